/** The one element that Nodi may add to a page, with a closed root in it. It joins the page when the first thing is put on it and leaves with the last. */
export interface Surface {
  readonly put: (thing: HTMLElement) => void;
  readonly drop: (thing: HTMLElement) => void;
  /** Is this event's target on the surface? */
  readonly holds: (event: Event) => boolean;
}

/** How often in a minute a page may take the surface away before it is left alone (trust/reliability.md R-18). */
const mostReturns = 5;
const minute = 60_000;

/** Style that every surface needs: nothing of the page's reaches in, nothing is printed. */
const ground = ':host{all:initial;color-scheme:light dark}@media print{:host{display:none}}';

/** Makes the surface of one frame. `open` is for tests: accessibility checkers do not see closed roots. `onRefused` is told once. */
export function createSurface(page: Document, style: string, signal: AbortSignal, open: boolean, onRefused: () => void = () => undefined): Surface {
  let host: HTMLElement | null = null;
  let root: ShadowRoot | null = null;
  const things = new Set<HTMLElement>();
  const taken: number[] = [];
  let refused = false;
  const make = (): ShadowRoot => {
    host = page.createElement('div');
    root = host.attachShadow({ mode: open ? 'open' : 'closed' });
    const sheet = page.createElement('style');
    sheet.textContent = ground + style;
    root.append(sheet);
    return root;
  };
  const join = (): void => {
    if (refused || things.size === 0 || signal.aborted) return;
    const into = root ?? make();
    for (const thing of things) if (thing.parentNode !== into) into.append(thing);
    if (host && !host.isConnected) { page.documentElement.append(host); watch.observe(page.documentElement, { childList: true }); }
  };
  const leave = (): void => { watch.disconnect(); host?.remove(); };
  const watch = new MutationObserver(() => {
    if (host?.isConnected || things.size === 0) return;
    const now = performance.now();
    taken.push(now);
    while (taken[0] !== undefined && now - taken[0] > minute) taken.shift();
    if (taken.length > mostReturns) { refused = true; watch.disconnect(); onRefused(); return; }
    // A look-alike may stand in its place: ours is made anew.
    root = null;
    host = null;
    join();
  });
  signal.addEventListener('abort', () => { things.clear(); leave(); host = null; root = null; }, { once: true });
  return {
    put(thing) { things.add(thing); join(); },
    drop(thing) {
      things.delete(thing);
      thing.remove();
      if (things.size === 0) leave();
    },
    holds: (event) => host !== null && event.composedPath().includes(host),
  };
}
