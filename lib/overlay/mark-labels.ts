import type { PaintedMark } from './painter.js';
import type { Surface } from './surface.js';

/** How the letters at marks look: ink on amber, as the current place has it, whatever the paper. */
export const labelLook = `
.labels{position:fixed;inset:0;overflow:hidden;pointer-events:none;z-index:2147483647;contain:strict}
.labels b{position:absolute;left:0;top:0;box-sizing:border-box;padding:1px 4px;border:1px solid #15181c;border-radius:2px;font:700 12px/1.15 ui-monospace,"Cascadia Mono",Consolas,monospace;letter-spacing:.5px;background:#ffd75e;color:#15181c;text-transform:uppercase;white-space:nowrap}
.labels b i{font-style:normal;font-weight:400;text-decoration:line-through}
@media (forced-colors:active){.labels b{forced-color-adjust:none;background:Canvas;color:CanvasText;border:2px solid CanvasText}}`;

/** A mark that a person sees now. */
export interface MarkInView { readonly mark: PaintedMark; /** Which of its boxes, in the order of `boxesOf`. */ readonly box: number }

const holderOf = (mark: PaintedMark): Element | null => {
  let at = mark.field ?? mark.ranges[0]?.startContainer.parentElement ?? null;
  while (at && at.ownerDocument.defaultView?.getComputedStyle(at).display === 'contents') at = at.parentElement;
  return at;
};

/**
 * Marks that a person sees now, in the order given: what a box of the page, the frame or the window cuts off is left out.
 * The browser itself is asked, which knows of the pages about a frame; a page that is not shown has none.
 */
export async function marksInSight(page: Document, marks: readonly PaintedMark[], boxesOf: (mark: PaintedMark) => readonly DOMRect[]): Promise<readonly MarkInView[]> {
  const view = page.defaultView as (Window & typeof globalThis) | null;
  const holders = new Set(marks.flatMap((mark) => holderOf(mark) ?? []));
  if (!view || holders.size === 0 || page.visibilityState !== 'visible') return [];
  const seen = await new Promise<ReadonlyMap<Element, DOMRectReadOnly>>((resolve) => {
    const found = new Map<Element, DOMRectReadOnly>();
    const watch = new view.IntersectionObserver((entries) => {
      for (const { target, intersectionRect } of entries) found.set(target, intersectionRect);
      if (found.size === holders.size) { watch.disconnect(); resolve(found); }
    });
    for (const holder of holders) watch.observe(holder);
  });
  return marks.flatMap((mark): MarkInView[] => {
    const holder = holderOf(mark);
    const part = holder && seen.get(holder);
    if (!part) return [];
    const box = boxesOf(mark).findIndex(({ left, top, width, height }) => {
      const x = left + Math.min(width / 2, 8);
      const y = top + height / 2;
      return width > 0 && x >= Math.max(0, part.left) && x <= Math.min(view.innerWidth, part.right) && y >= Math.max(0, part.top) && y <= Math.min(view.innerHeight, part.bottom);
    });
    return box < 0 ? [] : [{ mark, box }];
  });
}

/** A mark with its letters. */
export interface LabelledMark extends MarkInView { readonly label: string }

/** Letters at marks, drawn on our surface. No key of the page is heard for them; they are typed in the panel. */
export interface MarkLabels {
  /** Draws those whose letters begin with what was typed; gives how many. */
  readonly show: (labelled: readonly LabelledMark[], typed: string) => number;
  readonly hide: () => void;
  /** Puts the letters where their words are now; leaves when `stands` says that one of the marks is gone. */
  readonly follow: (stands: (mark: PaintedMark) => boolean) => void;
  /** As if the person had turned away. */
  readonly leave: () => void;
}

/** Makes the letters of one frame. Whatever turns the person to the page (Escape, a click, a scroll, another size) takes them away at once, and `onLeave` is told. */
export function createMarkLabels(page: Document, surface: Surface, boxesOf: (mark: PaintedMark) => readonly DOMRect[], onLeave: () => void, signal: AbortSignal): MarkLabels {
  let shown: { readonly layer: HTMLElement; readonly drawn: readonly { readonly one: LabelledMark; readonly element: HTMLElement }[]; readonly life: AbortController } | null = null;
  const hide = (): void => {
    if (!shown) return;
    shown.life.abort();
    surface.drop(shown.layer);
    shown = null;
  };
  const leave = (): void => { if (shown) { hide(); onLeave(); } };
  const place = (): void => {
    if (!shown) return;
    const { innerWidth, innerHeight } = page.defaultView as Window;
    const taken: DOMRect[] = [];
    for (const { one, element } of shown.drawn) {
      const box = boxesOf(one.mark)[one.box];
      element.hidden = box === undefined;
      if (!box) continue;
      const { width, height } = element.getBoundingClientRect();
      const top = Math.max(0, Math.min(box.top - height + 3, innerHeight - height));
      let left = Math.max(0, box.left - 4);
      // Marks that stand close are told apart: the later letters give way to the right.
      for (const other of taken) if (left < other.right && left + width > other.left && top < other.bottom && top + height > other.top) left = other.right + 1;
      left = Math.min(left, innerWidth - width);
      element.style.transform = `translate(${left}px, ${top}px)`;
      taken.push(new DOMRect(left, top, width, height));
    }
  };
  signal.addEventListener('abort', hide, { once: true });
  return {
    show(labelled, typed) {
      hide();
      const left = labelled.filter(({ label }) => label.startsWith(typed));
      if (left.length === 0) return 0;
      const layer = page.createElement('div');
      layer.className = 'labels';
      // The panel says to those who do not see it how many there are; each mark is a row there.
      layer.setAttribute('aria-hidden', 'true');
      const drawn = left.map((one) => {
        const element = page.createElement('b');
        const before = page.createElement('i');
        before.textContent = typed;
        element.append(...(typed === '' ? [] : [before]), one.label.slice(typed.length));
        layer.append(element);
        return { one, element };
      });
      const life = new AbortController();
      shown = { layer, drawn, life };
      surface.put(layer);
      place();
      const options = { capture: true, passive: true, signal: life.signal } as const;
      for (const kind of ['scroll', 'pointerdown']) page.addEventListener(kind, leave, options);
      page.defaultView?.addEventListener('resize', leave, options);
      page.addEventListener('keydown', (event) => { if (event.key === 'Escape') leave(); }, options);
      return left.length;
    },
    hide,
    follow(stands) {
      if (!shown) return;
      if (shown.drawn.every(({ one }) => stands(one.mark))) place(); else leave();
    },
    leave,
  };
}
