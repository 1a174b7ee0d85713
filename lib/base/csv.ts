/** One cell of a table that leaves: words, a number, or nothing. The type says which: a number is never guessed from words. */
export type TableCell = string | number | null;

/** A line of cells. */
export type TableLine = readonly TableCell[];

const sign = '[=+\\-@\\uff1d\\uff0b\\uff0d\\uff20|]';
const startsFormula = new RegExp(`^\\s*${sign}|[\\t\\r\\n]`);
/** Where a spreadsheet is set to part cells by a semicolon or a tab, quotation marks in the middle of a line hold nothing together. */
const startsPart = new RegExp(`([;\\t\\r\\n][\\s"]*)(?=${sign})`, 'g');

/** Words that no spreadsheet takes for a formula: set behind an apostrophe where they begin with a sign that starts one, also behind spaces, a semicolon or a line end, or as a full-width letter, or hold a tab or a line end (OWASP, CSV injection). */
export function plainCell(text: string): string {
  const guarded = text.replace(startsPart, '$1\'');
  return startsFormula.test(guarded) ? `'${guarded}` : guarded;
}

/** A cell as it is written: words quoted and without a formula, numbers as they are, below nought too. */
export function csvCell(cell: TableCell): string {
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '""';
  return `"${plainCell(cell ?? '').replaceAll('"', '""')}"`;
}

/** A table as CSV (RFC 4180, lines ended by CRLF, no mark at its start). All CSV that leaves is written here. */
export function csvText(lines: readonly TableLine[]): string {
  return lines.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}
