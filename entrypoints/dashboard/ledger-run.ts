import { csvRows } from '../../lib/base/csv-rows.js';
import { fail, succeed, type Result } from '../../lib/base/result.js';
import { dayOfIso, latestDay, mappingFor, orderShown, readDay, readExtract, type ExtractRead, type ExtractReading, type ExtractTable } from '../../lib/audit/index.js';
import type { LedgerHeld, LedgerStore } from '../../lib/log/index.js';
import type { ColumnMapping, LedgerField } from '../../lib/model/ledger.js';
import type { LedgerFailure, LedgerProgress, LookedAt, ReadTold } from '../../lib/model/ledger-import.js';
import { countsFrom1904, readXlsx } from './read-xlsx.js';

/** Largest extract that is read, in bytes: four million rows of a PAS. */
export const largestExtract = 400_000_000;
const mostColumns = 200;
const keyFields = ['patient', 'spell', 'episode'] as const satisfies readonly LedgerField[];

/** What the page tells the worker. A cancel is no message: the page ends the worker, and all that it held is gone. */
export type ToLedger =
  | { readonly kind: 'look'; readonly file: Blob; readonly saved: ColumnMapping | null; /** YYYY-MM-DD: what is later is a slip. */ readonly today: string }
  | { readonly kind: 'read'; readonly mapping: ColumnMapping; readonly asOf: string; readonly secret: Uint8Array; /** May the ledger keep pseudonyms of coders? */ readonly coders: boolean }
  | { readonly kind: 'take'; readonly on: string };

export type FromLedger =
  | { readonly kind: 'progress' } & LedgerProgress
  | { readonly kind: 'looked'; readonly looked: LookedAt }
  | { readonly kind: 'read'; readonly told: ReadTold }
  | { readonly kind: 'taken' }
  | { readonly kind: 'failed'; readonly failure: LedgerFailure };

/** What a run needs of its worker. */
export interface LedgerRunParts {
  readonly store: Pick<LedgerStore, 'blocks' | 'take'>;
  readonly functionOf: ExtractReading['functionOf'];
  readonly keysOf: (secret: Uint8Array) => { readonly episode: ExtractReading['keyOf']; readonly coder: (written: string) => number };
  readonly post: (message: FromLedger) => void;
  /** Milliseconds. */
  readonly now: () => number;
}

interface Opened { readonly header: readonly string[]; readonly rows: () => Iterable<{ readonly cells: readonly string[]; readonly line: number }>; readonly isWorkbook: boolean; /** Set when the text ended inside a quotation. */ readonly broken: () => number | null }

/** One import: look, say what the columns are, read, see what it would do, take. Nothing rests anywhere before the last. */
export function createLedgerRun({ store, functionOf, keysOf, post, now }: LedgerRunParts): (message: ToLedger) => Promise<void> {
  let opened: Opened | null = null;
  let rows = 0;
  let ready: { readonly read: ExtractRead; readonly before: LedgerHeld | null; readonly asOf: string; readonly keyedBy: readonly LedgerField[]; readonly coders: boolean } | null = null;
  const failed = (failure: LedgerFailure): void => post({ kind: 'failed', failure });

  const look = async ({ file, saved, today }: Extract<ToLedger, { readonly kind: 'look' }>): Promise<void> => {
    post({ kind: 'progress', step: 'looking', done: 0, of: 0 });
    const found = await openExtract(file);
    if (!found.ok) { failed(found.failure); return; }
    opened = found.value;
    const { header, isWorkbook } = opened;
    const guess = mappingFor(header, saved, null);
    const places = (['admitted', 'discharged', 'ended', 'coded'] as const).map((field) => header.indexOf(guess.columns[field] ?? '')).filter((at) => at >= 0);
    const sample: (readonly string[])[] = [];
    const written = new Set<string>();
    rows = 0;
    let since = now();
    for (const { cells } of opened.rows()) {
      rows += 1;
      if (sample.length < 5) sample.push(header.map((_, at) => (cells[at] ?? '').slice(0, 60)));
      // There are some thousands of different days, however many rows.
      for (const at of places) { const cell = cells[at]; if (cell !== undefined && cell !== '' && written.size < 100_000) written.add(cell.slice(0, 40)); }
      if (rows % 5000 === 0 && now() - since > 200) { since = now(); post({ kind: 'progress', step: 'looking', done: rows, of: 0 }); }
    }
    const line = opened.broken();
    if (line !== null) { failed({ kind: 'open-quote', line }); return; }
    if (rows === 0) { failed({ kind: 'empty' }); return; }
    const days = isWorkbook && written.size === 0 ? null : orderShown(written);
    const mapping: ColumnMapping = { ...guess, days: guess.days ?? days };
    const last = dayOfIso(today);
    const latest = latestDay([...written].flatMap((text) => { const day = readDay(text, mapping.days, isWorkbook); return day.ok && day.value <= last ? [day.value] : []; }));
    post({ kind: 'looked', looked: { header, sample, rows, days, latest, mapping } });
  };

  const read = async ({ mapping, asOf, secret, coders }: Extract<ToLedger, { readonly kind: 'read' }>): Promise<void> => {
    if (!opened) return;
    const held = await store.blocks();
    if (!held.ok) { failed(held.failure); return; }
    const keys = keysOf(secret);
    const { blocks, held: before } = held.value;
    const keyedBy = keyFields.filter((field) => mapping.columns[field] !== undefined);
    if (before && before.keyedBy.join() !== keyedBy.join()) { failed({ kind: 'other-key', fields: before.keyedBy }); return; }
    const none = new Uint32Array(0);
    const table: ExtractTable = { header: opened.header, rows: opened.rows(), isWorkbook: opened.isWorkbook };
    const steps = readExtract(table, { mapping, asOf: dayOfIso(asOf), functionOf, keyOf: keys.episode, coderOf: coders ? keys.coder : null }, { block: (at) => blocks.get(at) ?? none, counts: before?.counts ?? null, frozen: before?.frozen ?? [] });
    let since = now();
    for (let step = steps.next(); ; step = steps.next()) {
      if (!step.done) { if (now() - since > 200) { since = now(); post({ kind: 'progress', step: step.value.step, done: step.value.done, of: step.value.step === 'rows' ? rows : 256 }); } continue; }
      if (!step.value.ok) { const { failure } = step.value; failed(failure.kind === 'nothing-read' ? { kind: 'nothing-read', refused: failure.refused.packed } : failure); return; }
      const made = step.value.value;
      ready = { read: made, before, asOf, keyedBy, coders: coders || (before?.coders ?? false) };
      const { refused, tally, freezes, counts, otherReasons } = made;
      post({ kind: 'read', told: { asOf, rows: made.rows, tally, refused: refused.packed, byFault: [...refused.byFault], freezes, counts, otherReasons } });
      return;
    }
  };

  const take = async (on: string): Promise<void> => {
    if (!ready) return;
    post({ kind: 'progress', step: 'taking', done: 0, of: 0 });
    const { read: { blocks, counts, frozen, tally, refused, rows: read }, before, asOf, keyedBy, coders } = ready;
    ready = null;
    const kept = await store.take(before?.generation ?? 0, blocks, { counts, frozen, keyedBy, coders, imports: [...before?.imports ?? [], { asOf, on, rows: read, refused: refused.count, tally }] });
    if (kept.ok) post({ kind: 'taken' }); else failed(kept.failure);
  };

  return async (message) => {
    try {
      switch (message.kind) {
        case 'look': await look(message); return;
        case 'read': await read(message); return;
        case 'take': await take(message.on);
      }
    } catch { failed({ kind: 'unreadable' }); }
  };
}

/** The table of a file, which is told by its bytes and not by its name: CSV (comma, semicolon, tab or bar; UTF-8, UTF-16 with its mark) or a workbook. */
export async function openExtract(file: Blob): Promise<Result<Opened, LedgerFailure>> {
  if (file.size > largestExtract) return fail({ kind: 'too-large' });
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const book = await readXlsx(bytes);
    if (!book.ok) return book;
    if (await countsFrom1904(bytes)) return fail({ kind: 'days-from-1904' });
    const [head, ...rows] = book.value;
    return !head || rows.length === 0 ? fail({ kind: 'empty' }) : head.cells.length > mostColumns ? fail({ kind: 'too-many-columns' }) : succeed({ header: head.cells.map(plainHead), rows: () => rows, isWorkbook: true, broken: () => null });
  }
  const text = textOf(bytes);
  if (text === null) return fail({ kind: 'not-text' });
  // A head that is no line of a table is not cut into a million pieces.
  const [line = ''] = /^[^\r\n]{0,20000}/.exec(text) ?? [];
  const separator = [',', ';', '\t', '|'].reduce((best, one) => (line.split(one).length > line.split(best).length ? one : best));
  const { done, value } = csvRows(text.slice(0, 100_000), separator).next();
  if (done) return fail(value.ok ? { kind: 'empty' } : { kind: 'open-quote', line: value.failure.line });
  const header = value.cells.map(plainHead);
  if (header.length > mostColumns) return fail({ kind: 'too-many-columns' });
  if (header.length < 3) return fail({ kind: 'no-column', field: 'episode' });
  let broken: number | null = null;
  function* rows(): Generator<{ readonly cells: readonly string[]; readonly line: number }> {
    const reading = csvRows(text as string, separator);
    reading.next();
    for (;;) { const next = reading.next(); if (!next.done) { yield next.value; continue; } if (!next.value.ok) broken = next.value.failure.line; return; }
  }
  return succeed({ header, rows, isWorkbook: false, broken: () => broken });
}

const plainHead = (cell: string): string => cell.replace(/\s+/gu, ' ').trim().slice(0, 200);

function textOf(bytes: Uint8Array<ArrayBuffer>): string | null {
  const [first, second] = bytes;
  const decoded = (encoding: string): string | null => { try { return new TextDecoder(encoding, { fatal: true }).decode(bytes); } catch { return null; } };
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return decoded(first === 0xff ? 'utf-16le' : 'utf-16be');
  const text = decoded('utf-8');
  if (text !== null) return text.includes('\u0000') ? null : text;
  // Windows-1252, as older systems write it. Any bytes are letters of it, so what holds control signs is no text.
  const older = decoded('windows-1252');
  return older === null || /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/.test(older) ? null : older;
}
