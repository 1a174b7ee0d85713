import { csvRows } from '../../lib/base/csv-rows.js';
import { fail, succeed, type Result } from '../../lib/base/result.js';
import type { SheetTableFailure } from '../../lib/model/sheet-table.js';
import { readXlsx, type XlsxFailure } from './read-xlsx.js';

/** A file's table: its heads, and the rows under them with the file's own line numbers. */
export interface SheetFile {
  readonly header: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly line: number }[];
}

/** Reads a table from CSV (comma, semicolon or tab, UTF-8) or an Excel workbook; which of them is told by its bytes, not by its name. */
export async function readSheetFile(bytes: Uint8Array<ArrayBuffer>): Promise<Result<SheetFile, SheetTableFailure | XlsxFailure>> {
  if (bytes.length > 32_000_000) return fail({ kind: 'too-large' });
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const read = await readXlsx(bytes);
    return read.ok ? headed(read.value) : read;
  }
  let text: string;
  try { text = new TextDecoder('utf-8', { fatal: true }).decode(bytes); } catch { return fail({ kind: 'not-text' }); }
  if (text.includes('\u0000')) return fail({ kind: 'not-text' });
  const [line = ''] = text.split(/\r|\n/, 1);
  const separator = [',', ';', '\t'].reduce((best, one) => (line.split(one).length > line.split(best).length ? one : best));
  const rows: SheetFile['rows'][number][] = [];
  const reading = csvRows(text, separator);
  for (;;) {
    const { done, value } = reading.next();
    if (!done) { rows.push(value); continue; }
    return value.ok ? headed(rows) : fail({ kind: 'open-quote', line: value.failure.line });
  }
}

function headed(rows: SheetFile['rows']): Result<SheetFile, SheetTableFailure> {
  const [header, ...others] = rows;
  return header && others.length > 0 ? succeed({ header: header.cells, rows: others }) : fail({ kind: 'empty' });
}
