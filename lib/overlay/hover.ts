import { markLooks } from './mark-rules.js';
import type { PaintedMark, Painter } from './painter.js';

/** Milliseconds that the pointer rests on a mark before its card opens. */
const rest = 300;

/** A mark with the box of it that was hit. */
export interface Hit { readonly mark: PaintedMark; readonly box: DOMRect }

/** The marks under a point, the loudest first: looked for only when the pointer rests or clicks, by the boxes of the marks. */
export function marksAt(marks: readonly PaintedMark[], boxesOf: (mark: PaintedMark) => readonly DOMRect[], x: number, y: number): readonly Hit[] {
  return marks.flatMap((mark): Hit[] => {
    const box = boxesOf(mark).find((one) => x >= one.left && x <= one.right && y >= one.top && y <= one.bottom);
    return box ? [{ mark, box }] : [];
  }).sort((a, b) => markLooks[b.mark.diagnostic.severity].priority - markLooks[a.mark.diagnostic.severity].priority);
}

/** The marks that hold the caret, or touch what is selected, the loudest first. */
export function marksAround(marks: readonly PaintedMark[], selection: Selection | null): readonly PaintedMark[] {
  if (!selection || selection.rangeCount === 0) return [];
  const chosen = selection.getRangeAt(0);
  const root = chosen.commonAncestorContainer.getRootNode();
  return marks.filter(({ ranges }) => ranges.some((one) => one.startContainer.getRootNode() === root && ((chosen.comparePoint(one.startContainer, one.startOffset) <= 0 && chosen.comparePoint(one.endContainer, one.endOffset) >= 0)
    || chosen.isPointInRange(one.startContainer, one.startOffset) || chosen.isPointInRange(one.endContainer, one.endOffset))))
    .sort((a, b) => markLooks[b.diagnostic.severity].priority - markLooks[a.diagnostic.severity].priority);
}

/** What a page uses a click for itself: it is left alone there, and says nothing to the panel either. */
const used = 'a,button,input,select,textarea,option,label,summary,[role=button],[role=link],[role=tab],[role=menuitem],[role=option],[role=checkbox],[onclick],[contenteditable]:not([contenteditable=false])';

/** Tells of a plain click on marks that the page did not use itself. The event goes on as before, the focus stays. */
export function watchClicks(page: Document, painter: Pick<Painter, 'inView' | 'boxesOf'>, onMarks: (hits: readonly [Hit, ...Hit[]]) => void, isOwn: (event: Event) => boolean, signal: AbortSignal): void {
  page.addEventListener('click', (event) => {
    if (!event.isTrusted || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || isOwn(event)) return;
    const [target] = event.composedPath();
    // Somebody who draws over words wants to copy them.
    if ((target instanceof Element && target.closest(used)) || !(page.getSelection()?.isCollapsed ?? true)) return;
    const [first, ...more] = marksAt(painter.inView(), painter.boxesOf, event.clientX, event.clientY);
    if (first) onMarks([first, ...more]);
  }, { passive: true, signal });
}

/** Watches the pointer until the signal ends. Nothing is prevented or stopped: the page sees every event as before. */
export function watchPointer(page: Document, painter: Pick<Painter, 'inView' | 'boxesOf'>, onRest: (found: Hit | null) => void, isOwn: (event: Event) => boolean, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let x = 0;
  let y = 0;
  let moved = 0;
  const look = (): void => {
    timer = null;
    const left = rest - (performance.now() - moved);
    if (left > 5) { timer = setTimeout(look, left); return; }
    onRest(marksAt(painter.inView(), painter.boxesOf, x, y)[0] ?? null);
  };
  page.addEventListener('pointermove', (event) => {
    if (isOwn(event)) { if (timer !== null) { clearTimeout(timer); timer = null; } return; }
    x = event.clientX;
    y = event.clientY;
    moved = performance.now();
    // One timer for a whole movement: it looks at how long ago the last move was.
    timer ??= setTimeout(look, rest);
  }, { passive: true, signal });
  signal.addEventListener('abort', () => { if (timer !== null) clearTimeout(timer); }, { once: true });
}
