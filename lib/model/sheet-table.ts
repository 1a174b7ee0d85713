import type { SheetEntries } from './sheet.js';

/** Columns of the sheet as departments keep it in a table, in the order that we write them. */
export const sheetColumns = ['id', 'term', 'kind', 'verdict', 'variants', 'short-en', 'why-en', 'instead-en', 'short-cy', 'why-cy', 'instead-cy', 'specialties', 'source-en', 'source-cy', 'status-en', 'status-cy', 'match', 'find', 'leave'] as const;
export type SheetColumn = (typeof sheetColumns)[number];

/** A row of a file, with the file's own line number, from 1. */
export interface TableRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/** Why a cell cannot be taken; `line` is the file's own, from 1. */
export interface TableProblem {
  readonly line: number;
  readonly column: SheetColumn | null;
  readonly why: 'missing' | 'unknown-word' | 'bad-id' | 'twice' | 'unknown-specialty' | 'too-long' | 'hidden-letters' | 'formula' | 'too-many-cells';
}

/** Why nothing of a table was taken. */
export type SheetTableFailure =
  | { readonly kind: 'empty' | 'too-wide' }
  | { readonly kind: 'too-many'; readonly most: number }
  | { readonly kind: 'no-column' | 'column-twice'; readonly column: SheetColumn }
  | { readonly kind: 'open-quote'; readonly line: number }
  | { readonly kind: 'not-text' }
  | { readonly kind: 'rows'; readonly problems: readonly TableProblem[] };

/** What a table holds: its entries, and how many of them the sheet does not have yet. */
export interface SheetTable {
  readonly entries: SheetEntries;
  readonly added: number;
  readonly rows: number;
}
