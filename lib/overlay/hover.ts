import { measured, type PaintedMark } from './painter.js';

/** Milliseconds that the pointer rests on a mark before its card opens. */
const rest = 300;

/** Which mark is under a point: looked for only when the pointer rests, by the boxes of the marks. */
export function markAt(page: Document, marks: readonly PaintedMark[], x: number, y: number): { readonly mark: PaintedMark; readonly box: DOMRect } | null {
  for (let index = marks.length - 1; index >= 0; index -= 1) {
    const mark = marks[index] as PaintedMark;
    for (const box of measured(page, mark).getClientRects()) {
      if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) return { mark, box };
    }
  }
  return null;
}

/** Watches the pointer until the signal ends. Nothing is prevented or stopped: the page sees every event as before. */
export function watchPointer(page: Document, marks: () => readonly PaintedMark[], onRest: (found: { readonly mark: PaintedMark; readonly box: DOMRect } | null) => void, isOwn: (event: Event) => boolean, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let x = 0;
  let y = 0;
  let moved = 0;
  const look = (): void => {
    timer = null;
    const left = rest - (performance.now() - moved);
    if (left > 5) { timer = setTimeout(look, left); return; }
    onRest(markAt(page, marks(), x, y));
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
