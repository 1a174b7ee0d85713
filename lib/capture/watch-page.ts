import { isElement, isText, parentOf } from './page-access.js';

/** What the watcher tells its owner. */
export interface PageChange {
  /** Something may have changed who or what is on screen: look at the banner now, before anything else is done. */
  readonly onSign: () => void;
  /** Records of change, in the task they arrive in, before the page is painted. */
  readonly onRecords: (records: readonly MutationRecord[]) => void;
  /** May other words in this element matter to what is read? */
  readonly concerns: (place: Element) => boolean;
  /** Time to read again. Gives the milliseconds that the reading took. */
  readonly onRead: () => number;
}

/** A watch on one page. Without changes it does nothing: there is no timer that repeats. */
export interface PageWatch {
  /** Watches a shadow root too. Twice is once. */
  readonly addRoot: (root: ShadowRoot) => void;
  /** Asks for a reading soon, as a change would. */
  readonly ask: () => void;
  /** Another patient, or a person who asks: the cost of the last reading does not count, only the shortest wait. */
  readonly askNow: () => void;
  /** True when changes have arrived that nobody has read. */
  readonly isPending: () => boolean;
}

/** Shortest time between two readings, and how many times its own cost a reading must wait: about 5 % of a core at most. */
const shortest = 40;
const costFactor = 20;
const longest = 2000;

/** Watches a page until the signal ends. Changes are gathered; the first is read at once, the next no sooner than the last reading's cost allows. */
export function watchPage(page: Document, change: PageChange, signal: AbortSignal): PageWatch {
  const view = page.defaultView;
  if (!view) throw new Error('A page without a window cannot be watched');
  const roots = new WeakSet<Node>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let lastRead = -Infinity;
  let cost = 0;
  const read = (): void => {
    timer = null;
    change.onRecords(observer.takeRecords());
    cost = change.onRead();
    lastRead = performance.now();
  };
  const readAfter = (wait: number): void => { timer = setTimeout(read, Math.max(4, wait - (performance.now() - lastRead))); };
  const ask = (): void => {
    if (timer === null && !signal.aborted) readAfter(Math.min(longest, Math.max(shortest, cost * costFactor)));
  };
  const askNow = (): void => {
    if (signal.aborted) return;
    if (timer !== null) clearTimeout(timer);
    readAfter(shortest);
  };
  /** Only words changed, and none that anybody reads: a clock, a counter, a message beside the record. */
  const isBeside = (record: MutationRecord): boolean => {
    if (record.type === 'attributes') return false;
    if (record.type === 'childList' && ![...record.addedNodes, ...record.removedNodes].every(isText)) return false;
    const place = isElement(record.target) ? record.target : parentOf(record.target);
    return place !== null && isElement(place) && !change.concerns(place);
  };
  const observer = new MutationObserver((records) => {
    if (records.every(isBeside)) return;
    change.onRecords(records);
    change.onSign();
    ask();
  });
  const observe = (root: Node): void => {
    if (roots.has(root)) return;
    roots.add(root);
    observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['class', 'style', 'hidden', 'open', 'aria-expanded', 'aria-hidden', 'value', 'src', 'srcdoc'] });
  };
  observe(page);
  const passive = { passive: true, signal } as const;
  const sign = (): void => { change.onSign(); ask(); };
  for (const name of ['popstate', 'hashchange', 'pageshow', 'pagehide', 'focus'] as const) view.addEventListener(name, sign, passive);
  const { navigation } = view as unknown as { readonly navigation?: EventTarget };
  for (const name of ['navigate', 'navigatesuccess', 'currententrychange']) navigation?.addEventListener(name, sign, passive);
  page.addEventListener('visibilitychange', sign, passive);
  page.addEventListener('toggle', sign, { ...passive, capture: true });
  page.addEventListener('transitionend', ask, passive);
  // Form values change without a record; the banner may change under a click that changes no address.
  page.addEventListener('input', (event) => { const [place] = event.composedPath(); if (!(place instanceof Element) || change.concerns(place)) ask(); }, passive);
  page.addEventListener('pointerdown', () => change.onSign(), passive);
  signal.addEventListener('abort', () => { observer.disconnect(); if (timer !== null) clearTimeout(timer); }, { once: true });
  return { addRoot: observe, ask, askNow, isPending: () => { const records = observer.takeRecords().filter((record) => !isBeside(record)); if (records.length > 0) { change.onRecords(records); ask(); } return records.length > 0; } };
}
