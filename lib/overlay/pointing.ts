import type { Surface } from './surface.js';

/** How the frame about the place that is pointed at looks, and the line that says what to do. */
export const pointingLook = `
.shield{position:fixed;inset:0;z-index:2147483645;cursor:crosshair;outline:none}
.aim{position:fixed;box-sizing:border-box;border:2px solid light-dark(#1450a8,#8ebcff);outline:1px solid light-dark(#fff,#10151c);background:light-dark(#1450a81f,#8ebcff29);pointer-events:none}
.hint{position:fixed;left:8px;bottom:8px;max-width:calc(100vw - 16px);padding:6px 10px;border-radius:6px;font:400 13px/1.45 "Segoe UI",system-ui,"Noto Sans",sans-serif;background:light-dark(#fff,#22262b);color:light-dark(#15181c,#e8eaed);box-shadow:0 0 0 1px light-dark(#0000001a,#ffffff1f)}
@media (forced-colors:active){.aim{border-color:Highlight;forced-color-adjust:none}.hint{border:1px solid CanvasText}}`;

export interface Pointing { readonly end: () => void }

const walk = {
  ArrowUp: (at: Element) => at.parentElement,
  ArrowDown: (at: Element) => at.firstElementChild,
  ArrowLeft: (at: Element) => at.previousElementSibling,
  ArrowRight: (at: Element) => at.nextElementSibling,
} as const;

/**
 * Lets a person point at an element, by mouse or by arrow keys: up widens, down narrows, left and right go to its neighbours, Enter or a click chooses, Escape ends.
 * Pointer and keys reach our own shield only, so that the page does nothing by them.
 */
export function startPointing(page: Document, surface: Surface, hint: string, onAim: (element: Element) => void, onChoose: (element: Element) => void, onEnd: () => void, signal: AbortSignal): Pointing {
  const shield = page.createElement('div');
  shield.className = 'shield';
  shield.tabIndex = 0;
  shield.setAttribute('role', 'application');
  shield.setAttribute('aria-label', hint);
  const aim = page.createElement('div');
  aim.className = 'aim';
  const line = page.createElement('div');
  line.className = 'hint';
  line.textContent = hint;
  shield.append(aim, line);
  const before = page.activeElement;
  let at: Element | null = page.body?.firstElementChild ?? page.body;
  const life = new AbortController();
  const draw = (): void => {
    if (!at) return;
    const box = at.getBoundingClientRect();
    Object.assign(aim.style, { left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px`, height: `${box.height}px` });
  };
  const go = (to: Element | null): void => {
    if (!to || to === at || to === page.documentElement || to.getRootNode() !== page) return;
    at = to;
    const { top, bottom } = to.getBoundingClientRect();
    if (bottom < 0 || top > (page.defaultView?.innerHeight ?? 0)) to.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    draw();
    onAim(to);
  };
  const end = (): void => {
    if (life.signal.aborted) return;
    life.abort();
    surface.drop(shield);
    if (before instanceof HTMLElement && before !== page.body) before.focus({ preventScroll: true });
    onEnd();
  };
  const under = (x: number, y: number): Element | null => {
    shield.style.pointerEvents = 'none';
    const found = page.elementFromPoint(x, y);
    shield.style.pointerEvents = '';
    return found;
  };
  const options = { signal: life.signal };
  shield.addEventListener('pointermove', (event) => go(under(event.clientX, event.clientY)), options);
  shield.addEventListener('click', (event) => { if (!event.isTrusted) return; const to = under(event.clientX, event.clientY); if (to) { go(to); onChoose(to); } }, options);
  shield.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'Escape') { end(); return; }
    if (event.key === 'Enter' && at) { event.preventDefault(); onChoose(at); return; }
    const step = walk[event.key as keyof typeof walk];
    if (step && at) { event.preventDefault(); go(step(at)); }
  }, options);
  page.addEventListener('scroll', draw, { capture: true, passive: true, signal: life.signal });
  signal.addEventListener('abort', end, { once: true });
  surface.put(shield);
  shield.focus({ preventScroll: true });
  draw();
  return { end };
}
