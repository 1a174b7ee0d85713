import type { Marked } from '../model/diagnostic.js';
import type { MarkKind } from './mark-rules.js';
import type { Surface } from './surface.js';

/** A finding in what a form field holds; offsets are those of the field's value. */
export interface FieldFinding { readonly diagnostic: Marked; readonly field: Element; readonly kind: MarkKind }

/** Marks over form fields, whose text no highlight reaches: boxes on our own surface that follow the field. The field itself is not touched, and no words stand in the boxes. */
export interface FieldMarks {
  /** Replaces all of them. */
  readonly show: (findings: readonly FieldFinding[]) => void;
  /** Where a finding is drawn now, as far as it is in view in its field. */
  readonly boxesOf: (diagnostic: Marked) => readonly DOMRect[];
}

/** How the boxes look: the same shapes as in text, drawn without text (design/tokens.css). */
export const fieldLook = `
.field{position:fixed;overflow:hidden;pointer-events:none;z-index:2147483646;contain:strict}
.field i{position:absolute;display:block;box-sizing:border-box}
.field .use{border-bottom:1px solid light-dark(#003420,#7af6e0)}
.field .codable{border-bottom:2px dotted light-dark(#1450a8,#8ebcff)}
.field .caution{border-bottom:2px dashed light-dark(#be7300,#fbd083);background:light-dark(#be73001a,#fbd0831a)}
.field .avoid{--line:light-dark(#8f0058,#ff5a93);background:linear-gradient(45deg,transparent 65%,var(--line) 80%,transparent 90%) 0 100%/8px 3px repeat-x,linear-gradient(135deg,transparent 5%,var(--line) 15%,transparent 25%) 0 100%/8px 3px repeat-x,linear-gradient(135deg,transparent 45%,var(--line) 55%,transparent 65%) 0 100%/8px 3px repeat-x,linear-gradient(45deg,transparent 25%,var(--line) 35%,transparent 50%) 0 100%/8px 3px repeat-x,light-dark(#8f005814,#ff5a931f)}
.field .conflict{border-bottom:4px double light-dark(#8f0058,#ff5a93);background:light-dark(#8f005814,#ff5a931f)}
.field .evidence{border-bottom:3px solid light-dark(#1450a8,#8ebcff);background:light-dark(#1450a833,#8ebcff3d)}
.field .current{border-bottom:3px solid #15181c;background:#ffd75e80}
.mirror{position:fixed;left:0;top:0;visibility:hidden;pointer-events:none;margin:0;border:0;overflow:hidden}
@media (forced-colors:active){.field i{forced-color-adjust:none;background:none!important;border-bottom:2px solid Highlight}.field .caution{border-bottom:2px dashed Highlight}.field .avoid{border-bottom:3px dotted Highlight}.field .conflict{border-bottom:4px double Highlight}.field .evidence{border-bottom:3px solid Highlight}}`;

/** What decides where a field's words stand. */
const telling = ['fontFamily', 'fontSize', 'fontWeight', 'fontStyle', 'fontVariant', 'fontStretch', 'fontKerning', 'fontFeatureSettings', 'letterSpacing', 'wordSpacing', 'lineHeight', 'textAlign', 'textIndent', 'textTransform', 'tabSize', 'direction', 'paddingTop', 'paddingRight', 'paddingBottom', 'paddingLeft', 'overflowWrap', 'wordBreak', 'lineBreak', 'hyphens'] as const;

interface Drawn { readonly field: HTMLTextAreaElement | HTMLInputElement; readonly box: HTMLElement; readonly inner: HTMLElement; readonly findings: readonly FieldFinding[]; parts: ReadonlyMap<Marked, readonly HTMLElement[]> }

/** Makes the layer of one frame. Ends with its signal. */
export function createFieldMarks(page: Document, surface: Surface, signal: AbortSignal): FieldMarks {
  const view = page.defaultView as (Window & typeof globalThis) | null;
  if (!view) throw new Error('A page without a window cannot be painted');
  let drawn: Drawn[] = [];
  let scheduled = false;

  /** Where each finding's words stand in the field's own box, by a hidden copy that is filled, measured and emptied in one task. */
  const measure = (field: Drawn['field'], findings: readonly FieldFinding[]): ReadonlyMap<Marked, readonly { readonly left: number; readonly top: number; readonly width: number; readonly height: number }[]> => {
    const style = view.getComputedStyle(field);
    const mirror = page.createElement('div');
    mirror.className = 'mirror';
    for (const name of telling) mirror.style[name] = style[name];
    const single = field.localName === 'input';
    mirror.style.boxSizing = 'border-box';
    mirror.style.width = single ? 'auto' : `${field.clientWidth}px`;
    mirror.style.whiteSpace = single ? 'pre' : 'pre-wrap';
    if (!single) mirror.style.overflowWrap = 'break-word';
    if (single) { mirror.style.lineHeight = `${Math.max(0, field.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom))}px`; mirror.style.minWidth = `${field.clientWidth}px`; }
    const words = page.createTextNode(field.value);
    mirror.append(words);
    surface.put(mirror);
    const origin = mirror.getBoundingClientRect();
    const found = new Map(findings.filter(({ diagnostic }) => diagnostic.span.end <= words.length).map(({ diagnostic }) => {
      const range = page.createRange();
      range.setStart(words, diagnostic.span.start);
      range.setEnd(words, diagnostic.span.end);
      return [diagnostic, [...range.getClientRects()].map(({ left, top, width, height }) => ({ left: left - origin.left, top: top - origin.top, width, height }))] as const;
    }));
    surface.drop(mirror);
    return found;
  };

  const place = ({ field, box, inner }: Drawn): void => {
    const rect = field.getBoundingClientRect();
    const away = !field.isConnected || rect.width < 2 || rect.bottom < 0 || rect.top > view.innerHeight || !field.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    box.style.display = away ? 'none' : 'block';
    if (away) return;
    // The field may be scrolled away inside a box of the page: only what is in view of every box about it is drawn.
    let { left, top, right, bottom } = { left: rect.left + field.clientLeft, top: rect.top + field.clientTop, right: rect.left + field.clientLeft + field.clientWidth, bottom: rect.top + field.clientTop + field.clientHeight };
    const origin = { left, top };
    for (let at = field.parentElement; at && at !== page.body && at !== page.documentElement; at = at.parentElement) {
      if (view.getComputedStyle(at).overflow === 'visible') continue;
      const about = at.getBoundingClientRect();
      left = Math.max(left, about.left); top = Math.max(top, about.top); right = Math.min(right, about.right); bottom = Math.min(bottom, about.bottom);
    }
    Object.assign(box.style, { left: `${left}px`, top: `${top}px`, width: `${Math.max(0, right - left)}px`, height: `${Math.max(0, bottom - top)}px` });
    inner.style.transform = `translate(${origin.left - left - field.scrollLeft}px, ${origin.top - top - field.scrollTop}px)`;
  };

  const draw = (one: Drawn): void => {
    const measured = measure(one.field, one.findings);
    one.inner.replaceChildren();
    one.parts = new Map(one.findings.map(({ diagnostic, kind }) => [diagnostic, (measured.get(diagnostic) ?? []).map((at) => {
      const part = page.createElement('i');
      part.className = kind;
      Object.assign(part.style, { left: `${at.left}px`, top: `${at.top}px`, width: `${at.width}px`, height: `${at.height}px` });
      one.inner.append(part);
      return part;
    })]));
    place(one);
  };

  const later = (): void => {
    if (scheduled || drawn.length === 0) return;
    scheduled = true;
    view.requestAnimationFrame(() => { scheduled = false; if (!signal.aborted) drawn.forEach(place); });
  };
  page.addEventListener('scroll', later, { passive: true, capture: true, signal });
  view.addEventListener('resize', later, { passive: true, signal });
  const sizes = new view.ResizeObserver(() => { drawn.forEach(draw); });
  signal.addEventListener('abort', () => { sizes.disconnect(); for (const { box } of drawn) surface.drop(box); drawn = []; }, { once: true });

  return {
    show(findings) {
      sizes.disconnect();
      for (const { box } of drawn) surface.drop(box);
      const byField = new Map<Element, FieldFinding[]>();
      for (const finding of findings) { const own = byField.get(finding.field); if (own) own.push(finding); else byField.set(finding.field, [finding]); }
      drawn = [...byField].map(([field, own]) => {
        const box = page.createElement('div');
        box.className = 'field';
        box.setAttribute('aria-hidden', 'true');
        const inner = page.createElement('div');
        box.append(inner);
        surface.put(box);
        const one: Drawn = { field: field as Drawn['field'], box, inner, findings: own, parts: new Map() };
        draw(one);
        sizes.observe(field);
        return one;
      });
    },
    boxesOf(diagnostic) {
      const one = drawn.find(({ parts }) => parts.has(diagnostic));
      if (!one) return [];
      const about = one.box.getBoundingClientRect();
      return (one.parts.get(diagnostic) ?? []).map((part) => part.getBoundingClientRect()).filter((box) => box.bottom > about.top && box.top < about.bottom);
    },
  };
}
