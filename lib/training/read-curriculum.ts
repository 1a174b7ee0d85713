import * as v from 'valibot';
import { fail, succeed, type Result } from '../base/result.js';
import type { Span } from '../base/span.js';
import { codeSystems, readCode } from '../model/code.js';
import type { SpecialtyId } from '../model/episode.js';
import { verdicts, type RuleId } from '../model/rulebook.js';
import { caseSets, type CaseCode, type CaseId, type CaseMark, type Curriculum, type TaughtRuleId, type TrainingCase } from '../model/trainee.js';

const words = v.pipe(v.string(), v.minLength(1));
const both = v.strictObject({ en: words, cy: words });
const rulesShape = v.strictObject({
  translation: v.picklist(['draft', 'reviewed', 'approved']),
  rules: v.array(v.strictObject({ id: v.pipe(v.string(), v.regex(/^[a-z-]+$/)), standard: both, checked: v.boolean(), name: both, why: both, ask: both, answer: both })),
});
const caseShape = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[A-Z]\d\d$/)), specialty: words, language: v.picklist(['en', 'cy']), set: v.picklist(caseSets), text: words,
  marks: v.array(v.strictObject({ rule: v.pipe(v.string(), v.regex(/^[A-Z]{2}\d{3,5}$/)), verdict: v.picklist(verdicts), words })),
  codes: v.pipe(v.array(v.strictObject({ system: v.picklist(codeSystems), code: v.string(), words, rule: v.string(), trail: v.pipe(v.array(words), v.minLength(1)), optional: v.optional(v.boolean(), false) })), v.minLength(1)),
});
const fileShape = v.strictObject({ cases: v.array(caseShape) });
type WrittenCase = v.InferOutput<typeof caseShape>;

const isLetter = (letter: string | undefined): boolean => letter !== undefined && /[\p{L}\p{N}]/u.test(letter);

/** Every place where these words stand whole. */
export function placesOf(text: string, sought: string): readonly Span[] {
  const found: Span[] = [];
  for (let start = text.indexOf(sought); start >= 0; start = text.indexOf(sought, start + 1)) {
    const end = start + sought.length;
    const cutBefore = isLetter(sought[0]) && isLetter(text[start - 1]);
    const cutAfter = isLetter(sought.at(-1)) && isLetter(text[end]);
    if (!cutBefore && !cutAfter) found.push({ start, end });
  }
  return found;
}

/** Where a person's words stand whole: as she wrote them, else in small and capital letters alike. */
export function placesTyped(text: string, sought: string): readonly Span[] {
  const asWritten = placesOf(text, sought);
  const [small, words] = [text.toLowerCase(), sought.toLowerCase()];
  // Letters that grow when they are made small would move every place behind them.
  return asWritten.length > 0 || small.length !== text.length ? asWritten : placesOf(small, words);
}

/** Cases and rules from their files, spans found from the words so that no offset can drift; every fault by its case where one is found. */
export function readCurriculum(rulesFile: unknown, files: readonly unknown[]): Result<Curriculum, { readonly kind: 'faulty'; readonly faults: readonly string[] }> {
  const faults: string[] = [];
  const rules = v.safeParse(rulesShape, rulesFile);
  if (!rules.success) return fail({ kind: 'faulty', faults: rules.issues.map((issue) => `rules: ${v.getDotPath(issue) ?? ''} ${issue.message}`) });
  const known = new Set(rules.output.rules.map(({ id }) => id));
  if (known.size !== rules.output.rules.length) faults.push('rules: an id stands twice');
  const written: WrittenCase[] = [];
  for (const [at, file] of files.entries()) {
    const read = v.safeParse(fileShape, file);
    if (read.success) written.push(...read.output.cases);
    else faults.push(...read.issues.map((issue) => `file ${at}: ${v.getDotPath(issue) ?? ''} ${issue.message}`));
  }
  const ids = new Set<string>();
  const cases: TrainingCase[] = [];
  for (const one of written) {
    if (ids.has(one.id)) faults.push(`${one.id}: stands twice`);
    ids.add(one.id);
    const marks: CaseMark[] = [];
    for (const mark of one.marks) {
      const [first, ...more] = placesOf(one.text, mark.words);
      if (first) marks.push({ rule: mark.rule as RuleId, verdict: mark.verdict, words: mark.words, places: [first, ...more] });
      else faults.push(`${one.id}: “${mark.words}” is not in the note`);
    }
    const codes: CaseCode[] = [];
    for (const { system, code: spelling, words: proof, rule, trail: [lead, ...qualifiers], optional } of one.codes) {
      const [span, ...more] = placesOf(one.text, proof);
      const code = readCode(spelling);
      if (!span || more.length > 0) faults.push(`${one.id}: “${proof}” is not once in the note`);
      else if (code === null) faults.push(`${one.id}: ${spelling} is no code`);
      else if (!known.has(rule)) faults.push(`${one.id}: no rule ${rule}`);
      else if (lead !== undefined) codes.push({ system, code, span, words: proof, rule: rule as TaughtRuleId, trail: [lead, ...qualifiers], optional });
    }
    const [primary, ...others] = codes;
    if (primary?.system !== 'ICD-10') faults.push(`${one.id}: the first code is no diagnosis`);
    else cases.push({ id: one.id as CaseId, specialty: one.specialty as SpecialtyId, language: one.language, set: one.set, text: one.text, marks, codes: [primary, ...others] });
  }
  if (faults.length > 0) return fail({ kind: 'faulty', faults });
  return succeed({ translation: rules.output.translation, rules: rules.output.rules.map((rule) => ({ ...rule, id: rule.id as TaughtRuleId })), cases });
}
