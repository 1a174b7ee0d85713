import type { CodeSystem } from '../model/code.js';
import { partsOfCodeName, type CodeName, type ContextFlag, type Phrase } from '../model/learning.js';

/** What coders decided about one code at one phrase, in episodes. */
export interface CodeCount {
  accepted: number;
  /** Rejected, or edited into another code. */
  refused: number;
  /** Of the episodes that `given` counts, those in which this code was decided about as well. */
  beside: number;
}

/** A phrase in one context, specialty and edition of a classification. Words that were given a code of the one classification say nothing against a code of the other. */
export interface Cell {
  readonly phrase: Phrase;
  readonly flag: ContextFlag;
  readonly specialty: string;
  readonly system: CodeSystem;
  readonly list: string;
  /** Episodes in which somebody decided about these words. */
  episodes: number;
  /** Episodes coded in full in which these words were given a code. */
  given: number;
  readonly codes: Map<CodeName, CodeCount>;
}

/** Cells by phrase, then by their other names. */
export type Cells = Map<Phrase, Map<string, Cell>>;

export type CellKey = Pick<Cell, 'phrase' | 'flag' | 'specialty' | 'system' | 'list'>;

/** One name for a cell among those of its phrase. */
export function cellName({ flag, specialty, list }: CellKey): string { return `${specialty}\t${flag}\t${list}`; }

/** The cell of these names, made where it is missing. */
export function cellAt(cells: Cells, key: CellKey): Cell {
  const own = cells.get(key.phrase) ?? new Map<string, Cell>();
  cells.set(key.phrase, own);
  const name = cellName(key);
  const cell = own.get(name) ?? { ...key, episodes: 0, given: 0, codes: new Map<CodeName, CodeCount>() };
  own.set(name, cell);
  return cell;
}

/** Takes away a cell that counts nothing any more. */
export function dropEmpty(cells: Cells, cell: Cell): void {
  for (const [code, { accepted, refused, beside }] of cell.codes) if (accepted + refused + beside === 0) cell.codes.delete(code);
  if (cell.episodes > 0) return;
  const own = cells.get(cell.phrase);
  own?.delete(cellName(cell));
  if (own?.size === 0) cells.delete(cell.phrase);
}

/** Accepted and seen of a code in a cell: seen are the episodes that decided about it, and those coded in full that gave the words another code. */
export function tallyOf(cell: Cell, code: CodeName): { readonly accepted: number; readonly seen: number } {
  if (partsOfCodeName(code).system !== cell.system) return { accepted: 0, seen: 0 };
  const { accepted, refused, beside } = cell.codes.get(code) ?? { accepted: 0, refused: 0, beside: 0 };
  return { accepted, seen: accepted + refused + cell.given - beside };
}
