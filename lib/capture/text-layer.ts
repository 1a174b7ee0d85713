import { attributeOf, boxOf, isShown, isText, tagOf, textOf, firstChildOf, nextOf, isElement } from './page-access.js';

/** A piece of words at its place on a drawn page, pixels of the window. */
interface Piece { readonly node: Text; readonly words: string; readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }

/** Pieces on one line with no wide space between them. */
interface Segment { readonly pieces: readonly Piece[]; readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }

/** What is read of a drawn page, in the order of reading: words, and what parts them. */
export interface LayerPart { readonly node: Text; /** Break before these words. */ readonly before: '' | ' ' | '\t' | '\n' | '\n\n' }

/** Is this the text layer of pdf.js: words at fixed places over a drawing, in the order in which they were drawn? */
export function isTextLayer(element: Element): boolean {
  return tagOf(element) === 'div' && /(?:^|\s)textLayer(?:\s|$)/.test(attributeOf(element, 'class') ?? '');
}

/** Shares of a line's height: a gap that is a space between words, one that parts cells or columns, and an extra distance that parts paragraphs. */
const spaceGap = 0.12;
const cellGap = 1.2;
const paragraphGap = 0.55;
/** Fewest lines of a column, and the share of its width that most of them fill; a list of labels and values fills less. */
const columnLines = 3;
const columnFill = 0.6;
/** Narrowest column of prose, in heights of a line; names and values are narrower. */
const columnWidth = 8;

function piecesOf(layer: Element): readonly Piece[] {
  const pieces: Piece[] = [];
  const visit = (parent: Node): void => {
    for (let node = firstChildOf(parent); node; node = nextOf(node)) {
      if (isElement(node)) { if (tagOf(node) !== 'br') visit(node); continue; }
      if (!isText(node) || textOf(node).trim() === '' || !isElement(parent) || !isShown(parent)) continue;
      const { left, right, top, bottom } = boxOf(parent);
      if (right > left && bottom > top) pieces.push({ node, words: textOf(node), left, right, top, bottom });
    }
  };
  visit(layer);
  return pieces;
}

const middleOf = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

/** Pieces whose middles stand at one height, each line from left to right, lines from the top down. */
function linesOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const lines: Piece[][] = [];
  let bottom = -Infinity;
  let top = -Infinity;
  for (const piece of [...pieces].sort((a, b) => (a.top + a.bottom) - (b.top + b.bottom) || a.left - b.left)) {
    const middle = (piece.top + piece.bottom) / 2;
    const line = lines.at(-1);
    if (line && middle > top && middle < bottom && middle - top < (bottom - top) * 0.9) line.push(piece);
    else { lines.push([piece]); ({ top, bottom } = piece); }
  }
  return lines.map((line) => line.sort((a, b) => a.left - b.left));
}

function segmentsOf(line: readonly Piece[], height: number): readonly Segment[] {
  const groups: Piece[][] = [];
  for (const piece of line) {
    const last = groups.at(-1)?.at(-1);
    if (last && piece.left - last.right < cellGap * height) (groups.at(-1) as Piece[]).push(piece); else groups.push([piece]);
  }
  return groups.map((pieces) => ({
    pieces, left: Math.min(...pieces.map((one) => one.left)), right: Math.max(...pieces.map((one) => one.right)), top: Math.min(...pieces.map((one) => one.top)), bottom: Math.max(...pieces.map((one) => one.bottom)),
  }));
}

/**
 * Lines in order, two columns told apart: a run of lines with one clear gutter, whose halves are both mostly full, is read down the left and then down the right.
 * Lines with a gap that are not full (labels and values) stay lines.
 */
function zonesOf(lines: readonly (readonly Segment[])[], height: number): readonly (readonly (readonly Segment[])[])[] {
  const zones: (readonly (readonly Segment[])[])[] = [];
  let at = 0;
  while (at < lines.length) {
    let low = -Infinity;
    let high = Infinity;
    let end = at;
    let split = 0;
    // A line of one half only (the other ended sooner) belongs to the columns if it does not cross their gutter.
    for (; end < lines.length; end += 1) {
      const line = lines[end] as readonly Segment[];
      if (line.length > 2) break;
      const [first, second] = line as readonly [Segment, Segment?];
      const nextLow = second ? Math.max(low, first.right) : low;
      const nextHigh = second ? Math.min(high, second.left) : high;
      if (nextLow >= nextHigh) break;
      if (!second && Number.isFinite(low) && first.left < nextHigh && first.right > nextLow) break;
      if (!second && !Number.isFinite(low)) break;
      if (second) split += 1;
      low = nextLow; high = nextHigh;
    }
    const run = lines.slice(at, end);
    const gutter = (low + high) / 2;
    const left = run.flatMap((line) => line.filter((one) => one.right <= gutter));
    const right = run.flatMap((line) => line.filter((one) => one.left >= gutter));
    const full = (half: readonly Segment[]): boolean => {
      const width = Math.max(...half.map((one) => one.right)) - Math.min(...half.map((one) => one.left));
      return half.length >= columnLines && width >= columnWidth * height && middleOf(half.map((one) => one.right - one.left)) >= columnFill * width;
    };
    if (split >= columnLines && full(left) && full(right)) { zones.push(left.map((one) => [one]), right.map((one) => [one])); at = end; }
    else { zones.push([lines[at] as readonly Segment[]]); at += 1; }
  }
  return zones;
}

/** The words of a drawn page in the order in which a person reads them, with spaces, cells, lines and paragraphs from the places of the pieces. */
export function readTextLayer(layer: Element): readonly LayerPart[] {
  const pieces = piecesOf(layer);
  const height = middleOf(pieces.map((one) => one.bottom - one.top));
  const lines = linesOf(pieces).map((line) => segmentsOf(line, height));
  const distances = lines.slice(1).map((line, index) => (line[0] as Segment).top - ((lines[index] as readonly Segment[])[0] as Segment).top);
  // A letter of short paragraphs has more gaps than lines: the closest quarter tells how far lines are apart.
  const ordered = distances.filter((one) => one > height * 0.5).sort((a, b) => a - b);
  const pitch = ordered[ordered.length >> 2] ?? height;
  const parts: LayerPart[] = [];
  let above: Segment | null = null;
  for (const zone of zonesOf(lines, height)) {
    for (const line of zone) {
      line.forEach((segment, index) => segment.pieces.forEach((piece, place) => {
        const last = segment.pieces[place - 1];
        let before: LayerPart['before'];
        if (last) before = /\s$/.test(last.words) || /^\s/.test(piece.words) || piece.left - last.right <= spaceGap * height ? '' : ' ';
        else if (index > 0) before = '\t';
        else if (!above) before = '';
        else before = segment.top < above.top || segment.top - above.top > pitch * (1 + paragraphGap) ? '\n\n' : '\n';
        parts.push({ node: piece.node, before });
      }));
      above = line[0] as Segment;
    }
  }
  return parts;
}
