import { isElement, isText, parentOf, tagOf } from './page-access.js';

/** What the watcher tells its owner. */
export interface PageChange {
  /** Something may have changed who or what is on screen: look at the banner now, before anything else is done. */
  readonly onSign: () => void;
  /** Records of change, in the task they arrive in, before the page is painted. */
  readonly onRecords: (records: readonly MutationRecord[]) => void;
  /** May other words in this element matter to what is read? */
  readonly concerns: (place: Element) => boolean;
  /** Does the page hold words in form fields? Their values change without a record, so it is looked at a few times after a person's act or an answer from its server. */
  readonly holdsFields: () => boolean;
  /** Time to read again. Gives the milliseconds that the reading took. */
  readonly onRead: () => number;
}

/** A watch on one page. Without changes it does nothing: there is no timer that repeats. */
export interface PageWatch {
  /** Watches a shadow root too. Twice is once. */
  readonly addRoot: (root: ShadowRoot) => void;
  /** Asks for a reading when the place about an element grows or shrinks: what a custom element shows once it is defined leaves no other trace. */
  readonly awaitGrowth: (element: Element) => void;
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
/** Milliseconds after a person's act at which fields are looked at; then no more until the next. */
const echoes = [0, 120, 500, 1500];

/** Watches a page until the signal ends. Changes are gathered; the first is read at once, the next no sooner than the last reading's cost allows. */
export function watchPage(page: Document, change: PageChange, signal: AbortSignal): PageWatch {
  const view = page.defaultView as (Window & typeof globalThis) | null;
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
  // A frame that has come to another address: whether it may be asked, and whether it is displayed, is told anew.
  page.addEventListener('load', ({ target }) => { if (isElement(target as Node) && /^i?frame$/.test(tagOf(target as Element))) ask(); }, { ...passive, capture: true });
  // Form values change without a record; the banner may change under a click that changes no address.
  page.addEventListener('input', (event) => { const [place] = event.composedPath(); if (!(place instanceof Element) || change.concerns(place)) ask(); }, passive);
  page.addEventListener('pointerdown', () => change.onSign(), passive);
  const sizes = new WeakMap<Element, string>();
  const growth = new view.ResizeObserver((entries) => {
    for (const { target, contentRect: { width, height } } of entries) {
      const size = `${width} ${height}`;
      const before = sizes.get(target);
      sizes.set(target, size);
      if (before !== undefined && before !== '' && before !== size) ask();
    }
  });
  signal.addEventListener('abort', () => growth.disconnect(), { once: true });
  const awaitGrowth = (element: Element): void => {
    for (const place of [element, parentOf(element)]) {
      if (!place || !isElement(place) || sizes.has(place)) continue;
      sizes.set(place, '');
      growth.observe(place);
    }
  };
  let echo: ReturnType<typeof setTimeout> | null = null;
  const echoFrom = (at: number): void => {
    const wait = echoes[at];
    if (wait === undefined || signal.aborted) { echo = null; return; }
    echo = setTimeout(() => { change.onSign(); ask(); echoFrom(at + 1); }, wait);
  };
  const act = (): void => {
    if (!change.holdsFields()) return;
    if (echo !== null) clearTimeout(echo);
    echoFrom(0);
  };
  for (const name of ['pointerup', 'keyup', 'change', 'submit'] as const) page.addEventListener(name, act, { passive: true, capture: true, signal });
  // An answer from the page's server, after which it may fill its fields.
  if (typeof view.PerformanceObserver === 'function') {
    const answers = new view.PerformanceObserver(act);
    try { answers.observe({ type: 'resource' }); signal.addEventListener('abort', () => answers.disconnect(), { once: true }); } catch { /* an old browser without it */ }
  }
  signal.addEventListener('abort', () => { if (echo !== null) clearTimeout(echo); observer.disconnect(); if (timer !== null) clearTimeout(timer); }, { once: true });
  return { addRoot: observe, awaitGrowth, ask, askNow, isPending: () => { const records = observer.takeRecords().filter((record) => !isBeside(record)); if (records.length > 0) { change.onRecords(records); ask(); } return records.length > 0; } };
}
