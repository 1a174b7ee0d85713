import * as v from 'valibot';
import type { Span } from '../base/span.js';
import { fail, succeed, type Result } from '../base/result.js';
import { codeSystems, readCode, type ClinicalCode, type CodeSystem } from '../model/code.js';
import { codeName, type CodeName } from '../model/learning.js';

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

/** Why a line was not taken; never its words. */
export type LabelledFault =
  | { readonly kind: 'not-json' }
  | { readonly kind: 'shape'; readonly field: string; readonly expected: string }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'span'; readonly start: number; readonly end: number; readonly length: number }
  /** A code that is in no edition of its classification. */
  | { readonly kind: 'unknown-code'; readonly code: string };

const offset = v.pipe(v.number(), v.integer(), v.minValue(0));
const classification = v.optional(v.picklist(codeSystems));
const label = v.union([v.string(), v.object({ classification, code: v.string() })]);
const shape = v.object({
  id: v.pipe(v.string(), v.minLength(1)), text: v.string(), codes: v.array(label),
  spans: v.optional(v.array(v.object({ start: offset, end: offset, code: v.string(), classification }))),
  specialty: v.nullish(v.string()), date: v.nullish(v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d/))), coding_depth: v.optional(v.picklist(['full', 'primary_only'])),
});

/** A code as a label writes it: `G35X`, `G35.X`, `OPCS-4:C75.1`; ICD-10 where no classification is named. */
function nameOf(written: string, system: CodeSystem | undefined): CodeName | null {
  const [before, after] = written.includes(':') ? written.split(':', 2) : [system ?? 'ICD-10', written];
  const code = readCode(after ?? '');
  return code !== null && (codeSystems as readonly string[]).includes(before ?? '') ? codeName(before as CodeSystem, code) : null;
}

/** Reads one line of a labelled file (JSON Lines). `isKnown` says whether an edition has the code. A fault names a field, a code or a place, never words of the text. */
export function readLabelledLine(line: string, isKnown: (system: CodeSystem, code: ClinicalCode) => boolean): Result<LabelledEpisode, LabelledFault> {
  let data: unknown;
  try { data = JSON.parse(line); } catch { return fail({ kind: 'not-json' }); }
  const checked = v.safeParse(shape, data);
  if (!checked.success) { const [issue] = checked.issues; return fail({ kind: 'shape', field: v.getDotPath(issue) ?? 'line', expected: issue.expected ?? '' }); }
  const { id, text, specialty = null, date = null, coding_depth: depth = 'full' } = checked.output;
  const codes: CodeName[] = [];
  for (const one of checked.output.codes) {
    const written = typeof one === 'string' ? one : one.code;
    const name = nameOf(written, typeof one === 'string' ? undefined : one.classification);
    // A label of ours is quoted, whatever else stands there is not.
    if (name === null) return fail({ kind: 'code', code: written.slice(0, 12).replace(/[^\w.:-]/g, '?') });
    const [system, code] = name.split(' ') as [CodeSystem, ClinicalCode];
    if (!isKnown(system, code)) return fail({ kind: 'unknown-code', code: name });
    if (!codes.includes(name)) codes.push(name);
  }
  const spans: (Span & { readonly name: CodeName })[] = [];
  for (const { start, end, code, classification: system } of checked.output.spans ?? []) {
    if (start >= end || end > text.length) return fail({ kind: 'span', start, end, length: text.length });
    const name = nameOf(code, system);
    if (name === null) return fail({ kind: 'code', code: code.slice(0, 12).replace(/[^\w.:-]/g, '?') });
    // Words for a code that the episode does not have prove nothing.
    if (codes.includes(name)) spans.push({ start, end, name });
  }
  return succeed({ id, text, codes, spans, specialty, date: date?.slice(0, 10) ?? null, depth: depth === 'full' ? 'full' : 'primary' });
}
