import { fail, succeed, type Result } from '../base/result.js';
import type { LabelledFault, LabelledFileFailure, LabelledFormat, PlacedFault, TrainingProgress } from '../model/training.js';
import { csvRows } from '../base/csv-rows.js';
import { readLabelledLine, type JudgeCode, type LabelledEpisode } from './read-labelled.js';
import { readLabelledBundle } from './read-labelled-bundle.js';
import { readLabelledRow, tableHead } from './read-labelled-table.js';

/** What the reading of a file needs of the world. */
export interface LabelledReading {
  readonly judge: JudgeCode;
  /** Reads base64 as UTF-8; null for what is not. */
  readonly textOf64: (data: string) => string | null;
}

/** Episodes of a file in its order, and what was not taken. */
export interface LabelledFile {
  readonly format: LabelledFormat;
  readonly read: number;
  readonly episodes: readonly LabelledEpisode[];
  readonly bad: number;
  readonly faults: readonly PlacedFault[];
}

/** Faults that are kept to be shown; all are counted. */
const mostFaults = 200;
const each = 200;

/** What a file is, by how it begins; null for none of the three. */
export function labelledFormat(text: string): LabelledFormat | null {
  const start = /[^\s\uFEFF]/.exec(text.slice(0, 10_000))?.index ?? -1;
  if (start < 0) return null;
  if (text[start] !== '{') return tableHead(text.slice(0, 100_000)) === null ? null : 'csv';
  const end = text.indexOf('\n', start);
  const line = text.slice(start, end < 0 ? text.length : end);
  // A bundle that is written over several lines, or on one.
  if (!/"resourceType"/.test(text.slice(start, start + 100_000))) return 'json-lines';
  try { return (JSON.parse(line) as { readonly resourceType?: unknown }).resourceType === undefined ? 'json-lines' : 'fhir'; } catch { return line.length < 40 || /^\s*\{\s*"resourceType"/.test(line) ? 'fhir' : 'json-lines'; }
}

/** Reads a labelled file, however it is written. Yields every few hundred episodes, so that it can show progress, pause and stop. */
export function* readLabelledFile(text: string, { judge, textOf64 }: LabelledReading): Generator<TrainingProgress, Result<LabelledFile, LabelledFileFailure>> {
  const format = labelledFormat(text);
  if (format === null) return fail({ kind: 'not-labelled' });
  const episodes: LabelledEpisode[] = [];
  const faults: PlacedFault[] = [];
  const seen = new Map<string, number>();
  let [read, bad] = [0, 0];
  const refuse = (at: number, fault: LabelledFault): void => { bad += 1; if (faults.length < mostFaults) faults.push({ at, fault }); };
  const take = (at: number, one: Result<LabelledEpisode, LabelledFault>): void => {
    if (!one.ok) { refuse(at, one.failure); return; }
    const before = seen.get(one.value.id);
    if (before !== undefined) { refuse(at, { kind: 'same-id', at: before }); return; }
    seen.set(one.value.id, at);
    episodes.push(one.value);
  };
  const progress = (done: number, of: number): TrainingProgress => ({ step: 'reading', done: 0.1 * (done / Math.max(1, of)), counted: { done, of } });
  const whole = (): Result<LabelledFile, LabelledFileFailure> => succeed({ format, read, episodes, bad, faults });

  if (format === 'fhir') {
    let data: unknown;
    try { data = JSON.parse(text.replace(/^\uFEFF/, '')); } catch { return fail({ kind: 'not-a-bundle' }); }
    const found = readLabelledBundle(data, judge, textOf64);
    if (!found) return fail({ kind: 'not-a-bundle' });
    read = found.encounters;
    let done = 0;
    for (const one of found.episodes) { take(one.at, one.read); done += 1; if (done % each === 0) yield progress(Math.min(done, read), read); }
    return whole();
  }
  const lines = (text.match(/\n/g)?.length ?? 0) + 1;
  if (format === 'csv') {
    const head = tableHead(text.slice(0, 100_000));
    if (!head) return fail({ kind: 'not-labelled' });
    if ('missing' in head) return fail({ kind: 'no-heading', heading: head.missing });
    const rows = csvRows(text, head.separator);
    rows.next();
    for (let row = rows.next(); ; row = rows.next()) {
      if (row.done) return row.value.ok ? whole() : fail(row.value.failure);
      read += 1;
      take(row.value.line, readLabelledRow(row.value, head, judge));
      if (read % each === 0) yield progress(row.value.line, lines);
    }
  }
  let number = 0;
  for (let from = text.startsWith('\uFEFF') ? 1 : 0; from < text.length;) {
    const found = text.indexOf('\n', from);
    const to = found < 0 ? text.length : found;
    const line = text.slice(from, to);
    from = to + 1;
    number += 1;
    if (line.trim() === '') continue;
    read += 1;
    take(number, readLabelledLine(line, judge));
    if (number % each === 0) yield progress(number, lines);
  }
  return whole();
}
