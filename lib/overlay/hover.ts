import type { PaintedMark, Painter } from './painter.js';

/** Milliseconds that the pointer rests on a mark before its card opens. */
const rest = 300;

/** Which mark is under a point: looked for only when the pointer rests, by the boxes of the marks. */
export function markAt(marks: readonly PaintedMark[], boxesOf: (mark: PaintedMark) => readonly DOMRect[], x: number, y: number): { readonly mark: PaintedMark; readonly box: DOMRect } | null {
  for (const mark of marks.toReversed()) {
    for (const box of boxesOf(mark)) if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) return { mark, box };
  }
  return null;
}

/** Watches the pointer until the signal ends. Nothing is prevented or stopped: the page sees every event as before. */
export function watchPointer(page: Document, painter: Pick<Painter, 'inView' | 'boxesOf'>, onRest: (found: { readonly mark: PaintedMark; readonly box: DOMRect } | null) => void, isOwn: (event: Event) => boolean, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let x = 0;
  let y = 0;
  let moved = 0;
  const look = (): void => {
    timer = null;
    const left = rest - (performance.now() - moved);
    if (left > 5) { timer = setTimeout(look, left); return; }
    onRest(markAt(painter.inView(), painter.boxesOf, x, y));
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
