import type { Span } from '../base/span.js';
import { isConnected, textOf } from './page-access.js';

/** One text node's stretch of a document's text. */
export interface TextRun {
  readonly node: Text;
  /** Where the node's first unit stands in the document. */
  readonly start: number;
  readonly length: number;
  /** Drawn at a place of its own (a page of a PDF): no range may run from it into the next. */
  readonly apart?: true;
}

/** Offsets of one document's text to places in the page and back. It never leaves the page. */
export interface TextMap {
  readonly runs: readonly TextRun[];
  /** Static ranges for the span: one, or one for each piece that is drawn apart. None when either end stands on a break that the page does not have, or the words are not in the page now. */
  readonly rangesOf: (span: Span) => readonly StaticRange[];
  /** The document span of a stretch of one text node, or null when the node was not read. */
  readonly spanAt: (node: Node, offset: number, length?: number) => Span | null;
  /** What the page shows at the span now, breaks left out; compared with `readText` before anything is painted. */
  readonly liveText: (span: Span) => string;
  /** The document's own text of the span with breaks left out, as it was read. */
  readonly readText: (span: Span) => string;
}

/** Makes the map of a document that was read into `runs`, in order of `start`. */
export function createTextMap(text: string, runs: readonly TextRun[]): TextMap {
  let byNode: Map<Node, TextRun> | null = null;
  /** The last run that starts at or before the offset. */
  const runAt = (offset: number): number => {
    let low = 0;
    let high = runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((runs[middle] as TextRun).start <= offset) low = middle; else high = middle - 1;
    }
    return low;
  };
  const pieces = (span: Span): readonly { readonly run: TextRun; readonly from: number; readonly to: number }[] => {
    const found = [];
    for (let index = runAt(span.start); index < runs.length; index += 1) {
      const run = runs[index] as TextRun;
      if (run.start >= span.end) break;
      const from = Math.max(span.start, run.start) - run.start;
      const to = Math.min(span.end, run.start + run.length) - run.start;
      if (to > from) found.push({ run, from, to });
    }
    return found;
  };
  return {
    runs,
    rangesOf(span) {
      const found = pieces(span);
      const first = found[0];
      const last = found.at(-1);
      if (!first || !last || first.run.start + first.from !== span.start || last.run.start + last.to !== span.end) return [];
      const groups: (typeof found[number])[][] = [];
      for (const piece of found) {
        const before = groups.at(-1)?.at(-1);
        if (before && !before.run.apart && !piece.run.apart) (groups.at(-1) as (typeof found[number])[]).push(piece); else groups.push([piece]);
      }
      return groups.map((group) => {
        const [start] = group as [typeof first];
        const end = group.at(-1) as typeof first;
        return new StaticRange({ startContainer: start.run.node, startOffset: start.from, endContainer: end.run.node, endOffset: end.to });
      });
    },
    spanAt(node, offset, length = 0) {
      byNode ??= new Map(runs.map((run) => [run.node, run]));
      const run = byNode.get(node);
      return run && offset >= 0 && offset + length <= run.length ? { start: run.start + offset, end: run.start + offset + length } : null;
    },
    liveText: (span) => pieces(span).map(({ run, from, to }) => (isConnected(run.node) ? plain(textOf(run.node).slice(from, to)) : '')).join(''),
    readText: (span) => pieces(span).map(({ run, from, to }) => plain(text.slice(run.start + from, run.start + to))).join(''),
  };
}

/** White space one for one, so that offsets stay those of the page: what is not kept as written is a space. */
export function plain(data: string): string {
  return /[\t\n\r\f]/.test(data) ? data.replace(/[\t\n\r\f]/g, ' ') : data;
}
