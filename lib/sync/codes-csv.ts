import { csvText } from '../base/csv.js';
import { placedCodes, type CodedRecord } from './coded-record.js';

const columns = ['position', 'classification', 'code', 'edition', 'role', 'coding_depth', 'episode'] as const;

/**
 * Codes as a table (RFC 4180, UTF-8 without a mark, lines ended by CRLF): one row per code, diagnoses before procedures.
 * `position` counts from 1 within its classification. `episode` is the keyed hash of the log, so rows of one episode meet and nobody is named.
 */
export function codesCsv(records: readonly CodedRecord[]): string {
  const rows = records.flatMap(({ coded, depth }) => [...placedCodes(coded.diagnoses), ...placedCodes(coded.procedures)]
    .map(({ unit, code, position, role }) => [String(position), unit.system, code, unit.list, role, depth, coded.episode]));
  return csvText([columns, ...rows]);
}
