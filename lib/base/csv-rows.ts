import { fail, succeed, type Result } from './result.js';

/** A row of a table with the line of the file that it begins in, from 1. */
export interface CsvRow { readonly cells: readonly string[]; readonly line: number }

/** A quotation mark that is opened in this line and never closed. */
export interface OpenQuote { readonly kind: 'open-quote'; readonly line: number }

/**
 * The rows of a table as RFC 4180 writes it, one after the other: quoted cells may hold separators, line ends and doubled quotation marks; lines end
 * in LF, CRLF or CR; empty lines are no rows. A quotation mark inside an unquoted cell, or words behind a closing one, stand as they are written.
 * Ours and no library's, as it is asked for row by row (so that reading can pause) and each row has its line; test/rooms holds it against papaparse.
 */
export function* csvRows(text: string, separator: string): Generator<CsvRow, Result<null, OpenQuote>> {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const cells: string[] = [];
    const from = line;
    for (;;) {
      let cell = '';
      if (text[at] === '"') {
        const opened = line;
        let close = at + 1;
        for (;;) {
          const found = text.indexOf('"', close);
          if (found < 0) return fail({ kind: 'open-quote', line: opened });
          cell += text.slice(close, found);
          close = found + 1;
          if (text[close] !== '"') break;
          cell += '"';
          close += 1;
        }
        line += lineEnds(cell);
        at = close;
      }
      const end = endOfCell(text, at, separator);
      cell += text.slice(at, end);
      at = end;
      cells.push(cell);
      if (text[at] !== separator) break;
      at += 1;
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    line += 1;
    if (cells.length > 1 || cells[0]?.trim() !== '') yield { cells, line: from };
  }
  return succeed(null);
}

function endOfCell(text: string, from: number, separator: string): number {
  for (let at = from; at < text.length; at += 1) { const here = text[at]; if (here === separator || here === '\n' || here === '\r') return at; }
  return text.length;
}

/** Line ends of a cell; CRLF is one. */
function lineEnds(cell: string): number { return cell.match(/\r\n|\r|\n/g)?.length ?? 0; }
