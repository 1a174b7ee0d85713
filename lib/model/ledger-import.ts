import type { ColumnFailure, ColumnMapping, DayOrder, FrozenMonth, LedgerCounts, LedgerField, MergeTally, RefusedRow, RowFault } from './ledger.js';

/** Refused rows without an object for each: there may be a million. */
export interface RefusedRows {
  readonly count: number;
  readonly at: (index: number) => RefusedRow;
  /** By reason, those that there are. */
  readonly byFault: ReadonlyMap<RowFault, number>;
  readonly packed: Uint32Array<ArrayBuffer>;
}

/** Why nothing of a file is taken. `changed`: another page took an extract meanwhile. `other-key`: the ledger's episodes are known by other columns, and would be there twice. */
export type LedgerFailure =
  | ColumnFailure
  | { readonly kind: 'too-large' | 'not-text' | 'empty' | 'too-many-columns' | 'not-a-workbook' | 'formula' | 'days-from-1904' | 'changed' | 'not-saved' | 'unreadable' }
  | { readonly kind: 'other-key'; readonly fields: readonly LedgerField[] }
  | { readonly kind: 'too-many-rows'; readonly most: number }
  | { readonly kind: 'open-quote'; readonly line: number }
  | { readonly kind: 'nothing-read'; readonly refused: Uint32Array<ArrayBuffer> };

/** A file at a first look. The sample stands on the page while a person says what each column is, and nowhere else. */
export interface LookedAt { readonly header: readonly string[]; readonly sample: readonly (readonly string[])[]; readonly rows: number; readonly days: DayOrder | null; readonly latest: string | null; readonly mapping: ColumnMapping }

/** What an extract would do, for a person to say yes or no to. */
export interface ReadTold { readonly asOf: string; readonly rows: number; readonly tally: MergeTally; readonly refused: Uint32Array<ArrayBuffer>; readonly byFault: readonly (readonly [RowFault, number])[]; readonly freezes: readonly FrozenMonth[]; readonly counts: LedgerCounts; readonly otherReasons: number }

/** What an extract did when it was taken. */
export interface LedgerImport { readonly asOf: string; /** Day on which it was taken. */ readonly on: string; readonly rows: number; readonly refused: number; readonly tally: MergeTally }

/** How far an import is; `of` is 0 where nobody knows. */
export interface LedgerProgress { readonly step: 'looking' | 'rows' | 'joining' | 'taking'; readonly done: number; readonly of: number }
