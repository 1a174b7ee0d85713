import { grouped } from '../base/grouped.js';
import type { Span } from '../base/span.js';
import type { Marked } from '../model/diagnostic.js';
import type { DocumentId } from '../model/document.js';
import { createFieldMarks } from './field-marks.js';
import { markLooks, markName, type MarkKind } from './mark-rules.js';
import type { Surface } from './surface.js';

/** What painting needs of a document's text map. */
export interface PaintableText {
  readonly rangesOf: (span: Span) => readonly StaticRange[];
  readonly liveText: (span: Span) => string;
  readonly readText: (span: Span) => string;
}

/** A form field that holds a document, and what it held when it was read. */
export interface FieldText { readonly place: Element; readonly text: string }

/** A mark that stands in the page now: over words of the page, or over those of a form field. */
export interface PaintedMark {
  readonly diagnostic: Marked;
  /** One, or one for each piece that is drawn apart; none over a form field. */
  readonly ranges: readonly StaticRange[];
  readonly field: Element | null;
}

/** Words that prove the code in hand. */
export interface HeldPlace { readonly document: DocumentId; readonly version: number; readonly span: Span }

const placeName = ({ document, version, span }: HeldPlace): string => `${document} ${version} ${span.start} ${span.end}`;

/** A page range for a static one, to measure it by. */
function measured(page: Document, place: StaticRange): Range {
  const range = page.createRange();
  range.setStart(place.startContainer, place.startOffset);
  range.setEnd(place.endContainer, place.endOffset);
  return range;
}

/** Paints findings as CSS Custom Highlights; no node of the page is touched. */
export interface Painter {
  /** Replaces all marks. Each is checked against the live text in the task that paints it; one that differs is not painted. */
  readonly paint: (diagnostics: readonly Marked[], texts: ReadonlyMap<DocumentId, PaintableText>, regions: ReadonlyMap<DocumentId, Element>, fields: ReadonlyMap<DocumentId, FieldText>) => void;
  /** Drops the marks whose words changed. Call it with each batch of change records, before the page paints. */
  readonly reverify: (records: readonly MutationRecord[]) => void;
  /** Places of an entry that is tried, shown as the current place is and beside all marks; those whose words changed are not, and none is once the documents are painted in another version. */
  readonly light: (places: readonly Marked[]) => void;
  readonly clear: () => void;
  readonly setVisible: (visible: boolean) => void;
  readonly showCurrent: (mark: PaintedMark | null) => void;
  /** The words of the code in hand, in this frame; they stay so when all is painted again, until others are given or all is cleared. */
  readonly hold: (places: readonly HeldPlace[]) => void;
  /** Marks that can be stepped through, in reading order: those whose words still stand. */
  readonly marks: () => readonly PaintedMark[];
  /** Marks that are painted now and can be pointed at. */
  readonly inView: () => readonly PaintedMark[];
  /** Where a mark is drawn, window pixels. */
  readonly boxesOf: (mark: PaintedMark) => readonly DOMRect[];
  /** The words under a mark as the page shows them. */
  readonly wordsOf: (mark: PaintedMark) => string;
  /** Every finding of the last painting whose words are still there, registered or not. */
  readonly find: (document: DocumentId, span: Span) => PaintedMark | null;
}

/** Most ranges that are registered at one time: every one of them taxes every event of the page. */
export const mostRegistered = 1000;
/** Up to this many are registered wherever they are; above it only those in the window and a little beyond it, since each costs every key some microseconds. */
const registerAll = 40;
/** How far beyond the window marks are registered, in heights of the window: a scroll finds them painted. */
const beyond = 0.1;

/** How often in a minute a page may take our marks out of the registry before it is left alone. */
const mostCleared = 20;
const minute = 60_000;

/** Luminance of the first opaque background at or above an element, 0–1 (WCAG relative luminance); white where nothing is painted. */
export function isOnDark(element: Element): boolean {
  for (let at: Element | null = element; at; at = at.parentElement ?? ((at.getRootNode() as ShadowRoot).host ?? null)) {
    const numbers = getComputedStyle(at).backgroundColor.match(/[\d.]+/g)?.map(Number) ?? [];
    const [r = 0, g = 0, b = 0, alpha = 1] = numbers;
    if (numbers.length < 3 || alpha < 0.5) continue;
    const linear = [r, g, b].map((value) => { const share = value / 255; return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * (linear[0] as number) + 0.7152 * (linear[1] as number) + 0.0722 * (linear[2] as number) < 0.2;
  }
  return false;
}

/** Makes the painter of one frame. Ends with its signal, leaving no mark behind. */
export function createPainter(page: Document, prefix: string, surface: Surface, signal: AbortSignal, onRefused: () => void = () => undefined): Painter {
  const view = page.defaultView as (Window & typeof globalThis) | null;
  if (!view) throw new Error('A page without a window cannot be painted');
  const registry = view.CSS.highlights;
  const forced = view.matchMedia('(forced-colors: active)');
  let visible = true;
  let marks: PaintedMark[] = [];
  let darkOf = new Map<DocumentId, boolean>();
  let papers: ReadonlyMap<DocumentId, Element> = new Map();
  const measurePapers = (): void => { darkOf = new Map([...papers].map(([id, region]) => [id, isOnDark(region)])); };
  let current: PaintedMark | null = null;
  let lit: PaintedMark[] = [];
  let held: ReadonlySet<string> = new Set();
  const isHeld = ({ diagnostic: { severity, document, version, span } }: PaintedMark): boolean => severity === 'codable' && held.has(placeName({ document, version, span }));
  const kindOf = (mark: PaintedMark): MarkKind => (isHeld(mark) ? 'evidence' : mark.diagnostic.severity);
  let texts: ReadonlyMap<DocumentId, PaintableText> = new Map();
  let scheduled = false;
  let names: readonly string[] = [];
  let registered: readonly PaintedMark[] = [];
  let inFields: readonly PaintedMark[] = [];
  let fields: ReadonlyMap<DocumentId, FieldText> = new Map();
  let refused = false;
  const cleared: number[] = [];

  const fieldMarks = createFieldMarks(page, surface, signal);
  const boxOf = (mark: PaintedMark): DOMRect => measured(page, mark.ranges[0] as StaticRange).getBoundingClientRect();

  /** The marks about the viewport: per document a search over spans, whose boxes run down the page. */
  const aboutViewport = (some: readonly PaintedMark[]): PaintedMark[] => {
    const inText = some.filter((mark) => mark.field === null);
    if (inText.length <= registerAll) return inText;
    const height = view.innerHeight;
    const near: PaintedMark[] = [];
    for (const own of grouped(inText, (mark) => mark.diagnostic.document).values()) {
      const firstWhere = (fits: (box: DOMRect) => boolean): number => {
        let low = 0;
        let high = own.length;
        while (low < high) { const middle = (low + high) >>> 1; if (fits(boxOf(own[middle] as PaintedMark))) high = middle; else low = middle + 1; }
        return low;
      };
      near.push(...own.slice(firstWhere((box) => box.bottom > -beyond * height), firstWhere((box) => box.top > (1 + beyond) * height)));
    }
    return near.slice(0, mostRegistered);
  };

  const isLive = (mark: PaintedMark): boolean => {
    if (mark.field) return mark.field.isConnected && (mark.field as HTMLTextAreaElement).value === fields.get(mark.diagnostic.document)?.text;
    const text = texts.get(mark.diagnostic.document);
    return text !== undefined && text.liveText(mark.diagnostic.span) === text.readText(mark.diagnostic.span) && text.readText(mark.diagnostic.span) !== '';
  };

  const register = (): void => {
    for (const kind of Object.keys(markLooks) as MarkKind[]) for (const dark of [false, true]) registry.delete(markName(prefix, kind, dark));
    registered = visible && !refused ? aboutViewport(marks).filter(isLive) : [];
    inFields = visible ? marks.filter((mark) => mark.field !== null && isLive(mark)) : [];
    const shining = visible && !refused ? lit.filter(isLive) : [];
    fieldMarks.show([...inFields.map(({ diagnostic, field }) => ({ diagnostic, field: field as Element, kind: current?.diagnostic === diagnostic ? 'current' as const : kindOf({ diagnostic, field, ranges: [] }) })), ...shining.flatMap(({ diagnostic, field }) => (field ? [{ diagnostic, field, kind: 'current' as const }] : []))]);
    const sets = new Map<string, { readonly kind: MarkKind; readonly ranges: StaticRange[] }>();
    for (const mark of registered) {
      const kind = kindOf(mark);
      // In forced colours every registered range becomes a block: the quiet kind lives in the panel only.
      if ((kind === 'use' || kind === 'codable') && forced.matches) continue;
      const name = markName(prefix, kind, darkOf.get(mark.diagnostic.document) ?? false);
      const set = sets.get(name) ?? { kind, ranges: [] };
      set.ranges.push(...mark.ranges);
      sets.set(name, set);
    }
    names = [...sets.keys()];
    for (const [name, { kind, ranges }] of sets) {
      const highlight = new view.Highlight(...ranges);
      highlight.priority = markLooks[kind].priority;
      registry.set(name, highlight);
    }
    const inHand = [...(current && visible && !refused && current.field === null ? current.ranges : []), ...aboutViewport(shining).flatMap(({ ranges }) => ranges)];
    if (inHand.length > 0) {
      const highlight = new view.Highlight(...inHand);
      highlight.priority = markLooks.current.priority;
      registry.set(markName(prefix, 'current', false), highlight);
    }
  };

  /** Has the page, which shares the registry, taken our marks out of it? One that does so again and again is left alone, and that is said. */
  const isCleared = (): boolean => {
    if (refused || !names.some((name) => !registry.has(name))) return false;
    const now = performance.now();
    cleared.push(now);
    while (cleared[0] !== undefined && now - cleared[0] > minute) cleared.shift();
    if (cleared.length > mostCleared) { refused = true; names = []; register(); onRefused(); return false; }
    return true;
  };

  const later = (): void => {
    if (scheduled || (marks.length <= registerAll && lit.length <= registerAll && !isCleared())) return;
    scheduled = true;
    view.requestAnimationFrame(() => { scheduled = false; if (!signal.aborted) register(); });
  };
  page.addEventListener('scroll', later, { passive: true, capture: true, signal });
  view.addEventListener('resize', later, { passive: true, signal });
  forced.addEventListener('change', register, { signal });
  // A page that follows the desktop turns its paper with it.
  view.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { measurePapers(); register(); }, { signal });
  // The registry belongs to the page as well: what it cleared is painted again when someone comes back to it.
  page.addEventListener('visibilitychange', register, { signal });
  signal.addEventListener('abort', () => { marks = []; current = null; lit = []; register(); }, { once: true });

  /** Where a finding stands in what was painted last. */
  const placed = (diagnostic: Marked): PaintedMark[] => {
    const field = fields.get(diagnostic.document)?.place ?? null;
    const ranges = field ? [] : texts.get(diagnostic.document)?.rangesOf(diagnostic.span) ?? [];
    return field || ranges.length > 0 ? [{ diagnostic, ranges, field }] : [];
  };

  return {
    paint(diagnostics, given, regions, inField) {
      texts = given;
      fields = inField;
      papers = regions;
      measurePapers();
      current = null;
      // Several producers, one order of reading: stepping and the search about the window go by it.
      const place = new Map([...new Set([...regions.keys(), ...given.keys(), ...inField.keys()])].map((id, at) => [id, at]));
      const ordered = [...diagnostics].sort((a, b) => (place.get(a.document) ?? 0) - (place.get(b.document) ?? 0) || a.span.start - b.span.start);
      marks = ordered.flatMap(placed);
      // The same words read again: where they stand now. Words that changed were put out when they did.
      lit = lit.flatMap(({ diagnostic }) => placed(diagnostic));
      register();
    },
    reverify(records) {
      if (marks.length === 0 && lit.length === 0) return;
      const touched = records.some((record) => record.type !== 'attributes');
      if (!touched) { if (isCleared()) register(); return; }
      const before = marks.length + lit.length;
      const changed = new Set<Node>(records.flatMap((record) => (record.type === 'characterData' ? [record.target] : [])));
      const moved = records.some((record) => record.type === 'childList');
      // A node that was taken out is told by itself; only words that changed are compared.
      const stands = (mark: PaintedMark): boolean => (mark.field ? isLive(mark) : mark.ranges.every((range) => (!moved || (range.startContainer.isConnected && range.endContainer.isConnected)) && ((!changed.has(range.startContainer) && !changed.has(range.endContainer)) || isLive(mark))));
      [marks, lit] = [marks.filter(stands), lit.filter(stands)];
      if (current && !marks.includes(current)) current = null;
      if (marks.length + lit.length !== before || isCleared()) register();
    },
    hold(places) {
      const next = new Set(places.map(placeName));
      if (next.size === held.size && [...next].every((name) => held.has(name))) return;
      held = next;
      register();
    },
    light(places) {
      if (places.length === 0 && lit.length === 0) return;
      lit = [...places].sort((a, b) => a.span.start - b.span.start).flatMap(placed);
      register();
    },
    clear() { marks = []; current = null; lit = []; held = new Set(); register(); },
    setVisible(next) { visible = next; register(); },
    showCurrent(mark) { current = mark; register(); },
    marks: () => marks.filter(isLive),
    inView: () => [...registered, ...inFields],
    boxesOf: (mark) => (mark.field ? fieldMarks.boxesOf(mark.diagnostic) : mark.ranges.flatMap((range) => [...measured(page, range).getClientRects()])),
    wordsOf: (mark) => (mark.field ? (mark.field as HTMLTextAreaElement).value.slice(mark.diagnostic.span.start, mark.diagnostic.span.end) : mark.ranges.map((range) => measured(page, range).toString()).join(' ')),
    find: (document, span) => marks.find((mark) => mark.diagnostic.document === document && mark.diagnostic.span.start === span.start && mark.diagnostic.span.end === span.end && isLive(mark)) ?? null,
  };
}
