import * as v from 'valibot';
import type { Span } from '../base/span.js';
import { fail, succeed, type Result } from '../base/result.js';
import { codeSystems, readCode, type ClinicalCode, type CodeSystem } from '../model/code.js';
import { codeName, type CodeName } from '../model/learning.js';
import type { LabelledFault } from '../model/training.js';

/** An episode that a board coded: its text, the codes, and where they were marked the words that prove them (UTF-16 offsets, half open). */
export interface LabelledEpisode {
  readonly id: string;
  readonly text: string;
  readonly codes: readonly CodeName[];
  readonly spans: readonly (Span & { readonly name: CodeName })[];
  readonly specialty: string | null;
  /** Day of discharge, YYYY-MM-DD, where given: episodes are learned from in order of time. */
  readonly date: string | null;
  readonly depth: 'full' | 'primary';
}

/** How a code stands to the editions on this device, for an episode of that day (null: no day is known). */
export type CodeVerdict =
  | { readonly kind: 'valid' }
  | { readonly kind: 'unknown' }
  /** Not in the edition of the day, but in another one. */
  | { readonly kind: 'other-edition'; readonly edition: string; readonly found: string };

export type JudgeCode = (system: CodeSystem, code: ClinicalCode, day: string | null) => CodeVerdict;

/** A code as a label writes it, or what it is already. */
export type WrittenLabel = string | { readonly classification?: CodeSystem | undefined; readonly code: string };

/** What every way of writing an episode comes to, before it is checked. */
export interface LabelledFields {
  readonly id: string;
  readonly text: string;
  readonly codes: readonly WrittenLabel[];
  readonly spans?: readonly { readonly start: number; readonly end: number; readonly code: string; readonly classification?: CodeSystem | undefined }[] | undefined;
  readonly specialty?: string | null | undefined;
  readonly date?: string | null | undefined;
  readonly depth: 'full' | 'primary';
}

/** Longest text of one episode, in UTF-16 units; a stay of months has some 200,000. */
export const longestText = 1_000_000;

const offset = v.pipe(v.number(), v.integer(), v.minValue(0));
const classification = v.optional(v.picklist(codeSystems));
const label = v.union([v.string(), v.object({ classification, code: v.string() })]);
const shape = v.object({
  id: v.pipe(v.string(), v.minLength(1)), text: v.string(), codes: v.array(label),
  spans: v.optional(v.array(v.object({ start: offset, end: offset, code: v.string(), classification }))),
  specialty: v.nullish(v.string()), date: v.nullish(v.string()), coding_depth: v.optional(v.picklist(['full', 'primary_only'])),
});

/** A code as a label writes it: `G35X`, `G35.X`, `OPCS-4:C75.1`; ICD-10 where no classification is named. */
function nameOf(written: string, system: CodeSystem | undefined): CodeName | null {
  const [before, after] = written.includes(':') ? written.split(':', 2) : [system ?? 'ICD-10', written];
  const code = readCode(after ?? '');
  return code !== null && (codeSystems as readonly string[]).includes(before ?? '') ? codeName(before as CodeSystem, code) : null;
}

/** What is no code, where it looks enough like one to be quoted. */
const quoted = (written: string): string | null => (/^(?:[A-Z0-9-]{1,6}:)?[A-Za-z]\d[\w.]{0,6}$/.test(written.trim()) ? written.trim() : null);

/** A day as `2026-03-01`, with or without a time, or `01/03/2026` as it is written here; null for any other. */
export function readDay(written: string): string | null {
  const iso = /^(\d{4})-(\d\d)-(\d\d)(?:$|[T ])/.exec(written.trim());
  const british = /^(\d\d?)[/.](\d\d?)[/.](\d{4})(?:$| )/.exec(written.trim());
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : british ? [british[3], british[2]?.padStart(2, '0'), british[1]?.padStart(2, '0')] : [];
  if (!year || !month || !day) return null;
  const text = `${year}-${month}-${day}`;
  const time = Date.parse(`${text}T00:00:00Z`);
  // The thirtieth of February would be read as one of March.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text ? null : text;
}

/** Checks an episode, however it was written. The first fault ends it. */
export function checkEpisode({ id, text, codes: written, spans: places = [], specialty = null, date = null, depth }: LabelledFields, judge: JudgeCode): Result<LabelledEpisode, LabelledFault> {
  if (text.length > longestText) return fail({ kind: 'too-long', length: text.length });
  const day = date === null || date.trim() === '' ? null : readDay(date);
  if (day === null && date !== null && date.trim() !== '') return fail({ kind: 'shape', field: 'date', expected: 'YYYY-MM-DD' });
  const codes: CodeName[] = [];
  for (const one of written) {
    const as = typeof one === 'string' ? one : one.code;
    const name = nameOf(as, typeof one === 'string' ? undefined : one.classification);
    if (name === null) return fail({ kind: 'code', code: quoted(as) });
    const [system, code] = name.split(' ') as [CodeSystem, ClinicalCode];
    const verdict = judge(system, code, day);
    // Read as an operation by its place, and a diagnosis by its form: the columns may have been mixed up.
    if (verdict.kind !== 'valid' && system === 'OPCS-4' && !as.includes(':') && judge('ICD-10', code, day).kind === 'valid') return fail({ kind: 'diagnosis-code', code });
    if (verdict.kind === 'unknown') return fail({ kind: 'unknown-code', code: name });
    if (verdict.kind === 'other-edition') return fail({ kind: 'other-edition', code: name, edition: verdict.edition, found: verdict.found });
    if (!codes.includes(name)) codes.push(name);
  }
  const spans: (Span & { readonly name: CodeName })[] = [];
  for (const { start, end, code, classification: system } of places) {
    if (start >= end || end > text.length) return fail({ kind: 'span', start, end, length: text.length });
    const name = nameOf(code, system);
    if (name === null) return fail({ kind: 'code', code: quoted(code) });
    // Words for a code that the episode does not have prove nothing.
    if (codes.includes(name)) spans.push({ start, end, name });
  }
  return succeed({ id, text, codes, spans, specialty, date: day, depth });
}

/** Reads one line of a labelled file (JSON Lines). A fault names a field, a code or a place, never words of the text. */
export function readLabelledLine(line: string, judge: JudgeCode): Result<LabelledEpisode, LabelledFault> {
  let data: unknown;
  try { data = JSON.parse(line); } catch { return fail({ kind: 'not-json' }); }
  const checked = v.safeParse(shape, data);
  if (!checked.success) { const [issue] = checked.issues; return fail({ kind: 'shape', field: v.getDotPath(issue) ?? 'line', expected: issue.expected ?? '' }); }
  const { coding_depth: depth = 'full', ...fields } = checked.output;
  return checkEpisode({ ...fields, depth: depth === 'full' ? 'full' : 'primary' }, judge);
}
