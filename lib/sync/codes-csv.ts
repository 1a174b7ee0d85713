import { placedCodes, type CodedRecord } from './coded-record.js';

const columns = ['position', 'classification', 'code', 'edition', 'role', 'coding_depth', 'episode'] as const;

/**
 * A cell that no spreadsheet takes for a formula: always quoted, and set behind an apostrophe where its text begins with a sign that
 * starts one, also behind spaces or as a full-width letter, or holds a tab or a line end (OWASP, CSV injection).
 */
export function csvCell(text: string): string {
  const isFormula = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20|]|[\t\r\n]/.test(text);
  return `"${(isFormula ? `'${text}` : text).replaceAll('"', '""')}"`;
}

/**
 * Codes as a table (RFC 4180, UTF-8 without a mark, lines ended by CRLF): one row per code, diagnoses before procedures.
 * `position` counts from 1 within its classification. `episode` is the keyed hash of the log, so rows of one episode meet and nobody is named.
 */
export function codesCsv(records: readonly CodedRecord[]): string {
  const rows = records.flatMap(({ coded, depth }) => [...placedCodes(coded.diagnoses), ...placedCodes(coded.procedures)]
    .map(({ unit, code, position, role }) => [String(position), unit.system, code, unit.list, role, depth, coded.episode]));
  return [columns, ...rows].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}
