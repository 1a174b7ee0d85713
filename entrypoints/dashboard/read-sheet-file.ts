import { csvRows } from '../../lib/base/csv-rows.js';
import { fail, succeed, type Result } from '../../lib/base/result.js';
import type { SheetTableFailure, TableRow } from '../../lib/model/sheet-table.js';
import { readXlsx, type XlsxFailure } from './read-xlsx.js';

/** Columns that a table of ours may have. */
const mostColumns = 200;

/** Reads the rows of a CSV (comma, semicolon or tab, UTF-8) or of an Excel workbook, the heads among them; which of the two is told by its bytes, not by its name. Two rows or more. */
export async function readSheetFile(bytes: Uint8Array<ArrayBuffer>): Promise<Result<readonly TableRow[], SheetTableFailure | XlsxFailure>> {
  if (bytes.length > 32_000_000) return fail({ kind: 'too-large' });
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const read = await readXlsx(bytes);
    return read.ok ? table(read.value) : read;
  }
  let text: string;
  try { text = new TextDecoder('utf-8', { fatal: true }).decode(bytes); } catch { return fail({ kind: 'not-text' }); }
  if (text.includes('\u0000')) return fail({ kind: 'not-text' });
  // A title may stand above the heads, with nothing to tell its separator by.
  const first = text.slice(0, 100_000).split(/\r\n|\r|\n/, 10);
  const most = (one: string): number => Math.max(...first.map((line) => line.split(one).length));
  const separator = [',', ';', '\t'].reduce((best, one) => (most(one) > most(best) ? one : best));
  const rows: TableRow[] = [];
  const reading = csvRows(text, separator);
  for (;;) {
    const { done, value } = reading.next();
    if (!done) { rows.push(value); continue; }
    return value.ok ? table(rows) : fail({ kind: 'open-quote', line: value.failure.line });
  }
}

function table(rows: readonly TableRow[]): Result<readonly TableRow[], SheetTableFailure> {
  if (rows.length < 2) return fail({ kind: 'empty' });
  return rows.some(({ cells }) => cells.length > mostColumns) ? fail({ kind: 'too-wide' }) : succeed(rows);
}
