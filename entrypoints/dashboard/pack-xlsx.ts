import write from 'write-excel-file/universal';
import { plainCell, type TableLine } from '../../lib/base/csv.js';

/**
 * A table as an Excel file; loaded only when one is asked for. Words are cells of type String, which is never a formula, and keep their apostrophe for
 * whoever saves them as CSV again. By the entry that zips without a worker: the policy of our pages allows none made of words.
 */
export function packXlsx(lines: readonly TableLine[]): Promise<Blob> {
  const rows = lines.map((cells) => cells.map((cell) => (cell === null ? null : typeof cell === 'number' ? { value: cell, type: Number } : { value: plainCell(cell), type: String })));
  return write(rows, { sheet: 'Nodi', columns: [{ width: 30 }, { width: 50 }, { width: 14 }, { width: 14 }, { width: 24 }] }).toBlob();
}
