import { fail, succeed, type Result } from '../base/result.js';
import { ledgerFields, rowFaults, type ColumnFailure, type ColumnMapping, type Day, type EpisodeIdentity, type FrozenMonth, type LedgerCounts, type LedgerField, type MergeTally, type RefusedRow, type RowFault } from '../model/ledger.js';
import type { RefusedRows } from '../model/ledger-import.js';
import { freezeMonths } from './completeness.js';
import { addFresh, blockCount, blockOf, createWordList, episodeAt, mergeBlock, noChanges, type WordList } from './ledger-blocks.js';
import { folded, placesOf } from './ledger-columns.js';
import { createLedgerCounter } from './ledger-counts.js';
import { dayOfIso, isoOf, monthNumberOf } from './ledger-days.js';
import { readLedgerRow, type RowReading } from './ledger-row.js';

/** A table as a file gives it: heads, and the rows below them one after the other. */
export interface ExtractTable { readonly header: readonly string[]; readonly rows: Iterable<{ readonly cells: readonly string[]; readonly line: number }>; readonly isWorkbook: boolean }

/** What the ledger has before. */
export interface LedgerHeld { readonly block: (at: number) => Uint32Array; readonly counts: LedgerCounts | null; readonly frozen: readonly FrozenMonth[] }

export interface ExtractReading {
  readonly mapping: ColumnMapping;
  readonly asOf: Day;
  readonly functionOf: RowReading['functionOf'];
  /** The key of an episode, 32 hex digits or more. What it is made of goes no further. */
  readonly keyOf: (identity: EpisodeIdentity) => string;
  /** Pseudonym of a coder as 32 bits above 0; null where no policy lets coders into the ledger. */
  readonly coderOf: ((coder: string) => number) | null;
}

/** Most rows of one extract: six times a health board's year. */
export const mostRows = 2_000_000;

export type ExtractFailure = ColumnFailure | { readonly kind: 'nothing-read'; readonly refused: RefusedRows } | { readonly kind: 'too-many-rows'; readonly most: number };

/** What an extract would make of the ledger; nothing of it is kept until a person says so. */
export interface ExtractRead {
  /** Blocks that are not as they were. */
  readonly blocks: ReadonlyMap<number, Uint32Array<ArrayBuffer>>;
  readonly counts: LedgerCounts;
  readonly frozen: readonly FrozenMonth[];
  /** Months that this extract would freeze. */
  readonly freezes: readonly FrozenMonth[];
  readonly rows: number;
  readonly tally: MergeTally;
  readonly refused: RefusedRows;
  /** Reasons that no word of ours covers: they stand under “other”. */
  readonly otherReasons: number;
}

export type ExtractStep = { readonly step: 'rows' | 'joining'; readonly done: number };

/** Rows between two looks at whether the person has had enough. */
const turn = 2000;

/** Reads an extract into a new state of the ledger, in steps, so that it can be shown and ended. */
export function* readExtract(table: ExtractTable, reading: ExtractReading, held: LedgerHeld): Generator<ExtractStep, Result<ExtractRead, ExtractFailure>> {
  const places = placesOf(table.header, reading.mapping);
  if (!places.ok) return places;
  const of: RowReading = { places: places.value, mapping: reading.mapping, width: table.header.length, asOf: reading.asOf, isWorkbook: table.isWorkbook, fold: remembered(folded), functionOf: remembered(reading.functionOf) };
  const fresh: WordList[] = Array.from({ length: blockCount }, createWordList);
  const refused: RefusedRow[] = [];
  let [rows, otherReasons, first, last] = [0, 0, Infinity, -Infinity];
  for (const { cells, line } of table.rows) {
    rows += 1;
    if (rows > mostRows) return fail({ kind: 'too-many-rows', most: mostRows });
    const read = readLedgerRow(cells, line, of);
    if (read.ok) {
      const { identity, episode, coder, isReasonOther } = read.value;
      const key = reading.keyOf(identity);
      addFresh(fresh[blockOf(key)] as WordList, key, episode, reading.asOf, coder !== null && reading.coderOf ? reading.coderOf(coder) : 0, line);
      if (isReasonOther) otherReasons += 1;
      if (episode.ended < first) first = episode.ended;
      if (episode.ended > last) last = episode.ended;
    } else { const { why, field } = read.failure; refused.push({ line, why, field }); }
    if (rows % turn === 0) yield { step: 'rows', done: rows };
  }
  if (first > last) return fail({ kind: 'nothing-read', refused: refusedRows(refused) });
  const asOf = Math.max(reading.asOf, held.counts ? dayOfIso(held.counts.asOf) : 0) as Day;
  const counter = createLedgerCounter(asOf);
  const blocks = new Map<number, Uint32Array<ArrayBuffer>>();
  const changed = { ...noChanges };
  let [added, same, older, absent] = [0, 0, 0, 0];
  const [firstMonth, lastMonth] = [monthNumberOf(first as Day), monthNumberOf(last as Day)];
  for (let at = 0; at < blockCount; at += 1) {
    const before = held.block(at);
    const own = fresh[at] as WordList;
    // What was read is let go as soon as it is joined.
    fresh[at] = { words: new Uint32Array(0), length: 0 };
    const merged = mergeBlock(before, own);
    for (const place of merged.unnamed) { const month = monthNumberOf(episodeAt(before, place).ended); if (month >= firstMonth && month <= lastMonth) absent += 1; }
    for (const one of merged.refused) refused.push(one);
    for (const [change, count] of Object.entries(merged.tally.changed) as [keyof typeof changed, number][]) changed[change] += count;
    [added, same, older] = [added + merged.tally.fresh, same + merged.tally.same, older + merged.tally.older];
    if (own.length > 0) blocks.set(at, merged.words);
    counter.add(merged.words);
    yield { step: 'joining', done: at + 1 };
  }
  const counts = counter.counts();
  const frozen = freezeMonths(held.frozen, counts);
  const known = new Set(held.frozen.map(({ month }) => month));
  return succeed({
    blocks, counts, frozen, freezes: frozen.filter(({ month }) => !known.has(month)), rows, otherReasons, refused: refusedRows(refused.sort((a, b) => a.line - b.line)),
    tally: { fresh: added, same, changed, older, absent },
  });
}

/** Remembers the few words that stand in a column a million times. */
function remembered<Found>(find: (words: string) => Found): (words: string) => Found {
  const known = new Map<string, Found>();
  return (words) => {
    const before = known.get(words);
    if (before !== undefined) return before;
    const found = find(words);
    if (known.size < 10_000) known.set(words, found);
    return found;
  };
}

function refusedRows(rows: readonly RefusedRow[]): RefusedRows {
  const packed = new Uint32Array(rows.length * 2);
  for (const [at, { line, why, field }] of rows.entries()) { packed[at * 2] = line; packed[at * 2 + 1] = rowFaults.indexOf(why) * 32 + (field === null ? 31 : ledgerFields.indexOf(field)); }
  return openRefused(packed);
}

/** Refused rows as they crossed from the worker: two words each. */
export function openRefused(packed: Uint32Array<ArrayBuffer>): RefusedRows {
  const at = (index: number): RefusedRow => { const word = packed[index * 2 + 1] ?? 0; return { line: packed[index * 2] ?? 0, why: rowFaults[word >>> 5] as RowFault, field: ledgerFields[word & 31] as LedgerField | undefined ?? null }; };
  const byFault = new Map<RowFault, number>();
  for (let index = 0; index < packed.length / 2; index += 1) { const { why } = at(index); byFault.set(why, (byFault.get(why) ?? 0) + 1); }
  return { count: packed.length / 2, at, byFault, packed };
}

/** The latest day that the day columns of an extract show, YYYY-MM-DD, if any: what the extract is of, where nobody says another. */
export function latestDay(days: Iterable<Day>): string | null {
  let latest = -1;
  for (const day of days) if (day > latest) latest = day;
  return latest < 0 ? null : isoOf(latest as Day);
}
