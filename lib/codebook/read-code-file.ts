import { fail, succeed, type Result } from '../base/result.js';
import type { ClinicalCode, CodeEntry, CodeSystem } from '../model/code.js';
import type { ImportFailure } from '../model/codebook.js';
import { knownFile, type CodeRow } from './file-layout.js';
import { eachLine, type ReadingOptions } from './read-lines.js';

/** Fewer four-character codes than this, or none of the last category, and the file was cut off: ICD-10 has more than 12,000, OPCS-4 more than 9,000 (TRUD items 259 and 119), both in order. */
const whole: Readonly<Record<CodeSystem, { readonly fewest: number; readonly last: string }>> = { 'ICD-10': { fewest: 10_000, last: 'Z95' }, 'OPCS-4': { fewest: 8_000, last: 'Z94' } };

/** What no text holds: a file with it was damaged on its way, or is no text. */
const unwritten = /[\u0000-\u0008\u000e-\u001f\ufffd]/;

/** The ages of a row; what is no number, or leaves nothing out, is none. */
function agesOf({ from, to }: CodeRow): CodeEntry['ages'] {
  const low = Number(from || '0');
  const high = Number(to || '130');
  return Number.isFinite(low) && Number.isFinite(high) && (low > 0 || high < 120) && low <= high ? { from: low, to: high } : null;
}

const dualOf = ({ usage }: CodeRow): CodeEntry['dual'] => (/asterisk/i.test(usage) ? 'asterisk' : /dagger/i.test(usage) ? 'dagger' : 'none');

/** What one file holds. */
export interface ReadFile { readonly part: 'codes' | 'metadata'; readonly entries: readonly CodeEntry[] }

/**
 * Reads a file of one of the two classifications as the NHS distributes it. The first fault ends it, with its line; nothing half read is given.
 * `wanted` is the classification that the edition's name says; `fewest` takes the place of the completeness check, for short files.
 */
export async function readCodeFile(text: string, wanted: CodeSystem, options: ReadingOptions & { readonly fewest?: number } = {}): Promise<Result<ReadFile, ImportFailure>> {
  const known = knownFile(text);
  if (!known) return fail({ kind: 'not-a-code-file' });
  const { system, part } = known;
  if (system !== wanted) return fail({ kind: 'other-classification', found: system });
  const entries = new Map<ClinicalCode, CodeEntry>();
  let failure: Extract<ImportFailure, { readonly line: number }> | null = null;
  let last = 0;
  const end = await eachLine(known.lines(), known.of, (line) => {
    const read = unwritten.test(line.text) ? { kind: 'bad', reason: 'characters' } as const : known.read(line);
    if (line.text.trim() !== '') last = line.number;
    if (read.kind === 'skip') return true;
    if (read.kind === 'bad') { failure = { kind: 'bad-line', line: line.number, reason: read.reason }; return false; }
    const { row } = read;
    const entry: CodeEntry = { system, code: row.code, title: row.title, dual: dualOf(row), sex: row.sex, ages: agesOf(row), usage: 0 };
    const before = entries.get(row.code);
    // A code that is both a cause and a condition of its own stands twice, with one title.
    if (before && before.title === entry.title && before.dual !== entry.dual) { if (before.dual === 'none') entries.set(row.code, entry); return true; }
    if (before) { failure = { kind: 'double-code', line: line.number, code: row.code }; return false; }
    entries.set(row.code, entry);
    return true;
  }, options);
  if (end === 'cancelled') return fail({ kind: 'cancelled' });
  const { fewest, last: lastCategory } = whole[wanted];
  const isShort = entries.size < (options.fewest ?? fewest) || (options.fewest === undefined && ![...entries.keys()].some((code) => code >= lastCategory));
  // A fault on the last line of a short file is where it was cut off.
  if (known.isCutOff || (isShort && (failure === null || isLast(failure, known.lines())))) return fail({ kind: 'truncated', line: last, codes: entries.size });
  return failure ? fail(failure) : succeed({ part, entries: [...entries.values()] });
}

function isLast(failure: Extract<ImportFailure, { readonly line: number }>, lines: Iterable<{ readonly text: string; readonly number: number }>): boolean {
  if (failure.kind !== 'bad-line') return false;
  for (const { text, number } of lines) if (number > failure.line && text.trim() !== '') return false;
  return true;
}
