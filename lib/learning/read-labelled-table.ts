import { fail, type Result } from '../base/result.js';
import type { LabelledFault } from '../model/training.js';
import { csvRows, type CsvRow } from '../base/csv-rows.js';
import { checkEpisode, type JudgeCode, type LabelledEpisode, type LabelledFields } from './read-labelled.js';

/** Headings of a table of episodes; the first three are needed. */
export const tableHeadings = ['id', 'text', 'codes', 'procedures', 'spans', 'specialty', 'date', 'coding_depth'] as const;
type Heading = (typeof tableHeadings)[number];

/** A table's separator and where each heading stands. */
export interface TableHead { readonly separator: string; readonly places: ReadonlyMap<Heading, number>; readonly width: number }

/** The head of a table by its first row: of the four usual separators the one that parts the headings which are needed. A heading that is missing is named; null where nothing looks like a head. */
export function tableHead(text: string): TableHead | { readonly missing: Heading } | null {
  let missing: Heading | null = null;
  for (const separator of [',', ';', '\t', '|']) {
    const first = csvRows(text, separator).next();
    if (first.done) continue;
    const names = first.value.cells.map((cell) => cell.trim().toLowerCase().replace(/ /g, '_'));
    const places = new Map(tableHeadings.flatMap((heading): [Heading, number][] => { const at = names.indexOf(heading); return at < 0 ? [] : [[heading, at]]; }));
    const absent = tableHeadings.slice(0, 3).filter((heading) => !places.has(heading));
    const [one] = absent;
    if (one === undefined) return { separator, places, width: names.length };
    if (absent.length < 3 && names.length > 1) missing = one;
  }
  return missing && { missing };
}

/** Reads one row below the head. Codes are parted by spaces, commas, semicolons or line ends; those under `procedures` are OPCS-4 without being called so; spans are `12-30 G35X`, parted by semicolons. */
export function readLabelledRow({ cells }: CsvRow, { places, width }: TableHead, judge: JudgeCode): Result<LabelledEpisode, LabelledFault> {
  if (cells.length !== width) return fail({ kind: 'cells', found: cells.length, expected: width });
  const cell = (heading: Heading): string => { const at = places.get(heading); return at === undefined ? '' : cells[at] ?? ''; };
  if (cell('id').trim() === '') return fail({ kind: 'shape', field: 'id', expected: '' });
  const parted = (written: string): readonly string[] => written.split(/[\s,;|]+/).filter(Boolean);
  const codes = [...parted(cell('codes')), ...parted(cell('procedures')).map((code) => ({ classification: 'OPCS-4' as const, code }))];
  if (codes.length === 0) return fail({ kind: 'no-codes' });
  const depth = cell('coding_depth').trim();
  if (!['', 'full', 'primary_only'].includes(depth)) return fail({ kind: 'shape', field: 'coding_depth', expected: '("full" | "primary_only")' });
  const spans: NonNullable<LabelledFields['spans']>[number][] = [];
  for (const written of cell('spans').split(';').map((one) => one.trim()).filter(Boolean)) {
    const [, start, end, code] = /^(\d{1,9})-(\d{1,9})\s+(\S+)$/.exec(written) ?? [];
    if (!start || !end || !code) return fail({ kind: 'shape', field: 'spans', expected: '12-30 G35X' });
    spans.push({ start: Number(start), end: Number(end), code });
  }
  return checkEpisode({ id: cell('id').trim(), text: cell('text'), codes, spans, specialty: cell('specialty').trim() || null, date: cell('date').trim() || null, depth: depth === 'primary_only' ? 'primary' : 'full' }, judge);
}
