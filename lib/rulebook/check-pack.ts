import * as v from 'valibot';
import { fail, succeed, type Result } from '../base/result.js';
import type { Specialty, SpecialtyId } from '../model/episode.js';
import { canMatch, termKinds, verdicts, type EditionId, type Rule, type RuleId, type Rulebook } from '../model/rulebook.js';

/** What is wrong with a sheet: which pack, which rule, which field, and why. */
export interface RulebookProblem {
  readonly pack: string;
  readonly rule: string | null;
  readonly field: string | null;
  readonly why: string;
}

export interface RulebookFailure {
  readonly kind: 'not-a-rulebook';
  readonly problems: readonly RulebookProblem[];
}

const words = v.pipe(v.string(), v.minLength(1), v.maxLength(600));
const ruleText = v.strictObject({ short: v.pipe(words, v.maxLength(90)), why: words, instead: v.array(words) });
const cue = v.strictObject({ before: v.optional(v.array(words)), after: v.optional(v.array(words)), sentence: v.optional(v.array(words)) });
const example = v.strictObject({ text: words, specialty: v.optional(v.nullable(v.string()), null) });
const ruleShape = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[A-Z]{2}\d{3,5}$/)),
  term: words,
  kind: v.picklist(termKinds),
  verdict: v.picklist(verdicts),
  forms: v.pipe(v.array(v.pipe(v.strictObject({
    text: words,
    language: v.optional(v.picklist(['any', 'en', 'cy']), 'any'),
    caseSensitive: v.optional(v.boolean(), false),
    match: v.optional(v.picklist(['words', 'literal', 'before-term', 'between-terms']), 'words'),
  }), v.check((form) => canMatch(form), 'neither a word nor a symbol that could be looked for'))), v.minLength(1)),
  appliesTo: v.union([v.literal('all'), v.pipe(v.array(v.string()), v.minLength(1))]),
  noisy: v.optional(v.boolean(), false),
  unless: v.optional(v.nullable(cue), null),
  onlyWhen: v.optional(v.nullable(cue), null),
  number: v.optional(v.nullable(v.pipe(v.strictObject({ atLeast: v.optional(v.number()), atMost: v.optional(v.number()) }), v.check(({ atLeast = -Infinity, atMost = Infinity }) => atLeast <= atMost, 'atLeast is more than atMost: no number fits'))), null),
  text: v.strictObject({ en: ruleText, cy: ruleText }),
  translation: v.picklist(['draft', 'reviewed', 'approved']),
  source: v.strictObject({ en: words, cy: words }),
  examples: v.strictObject({ find: v.pipe(v.array(example), v.minLength(1)), leave: v.pipe(v.array(example), v.minLength(1)) }),
});
const packShape = v.strictObject({ pack: v.pipe(v.string(), v.regex(/^[a-z-]{1,40}$/)), rules: v.array(v.unknown()) });
const specialtyShape = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z-]{1,40}$/)), treatmentFunction: v.pipe(v.string(), v.regex(/^\d{3}$/)),
  name: v.strictObject({ en: words, cy: words }), aliases: v.array(words),
});

function problemsOf(pack: string, rule: string | null, issues: readonly v.BaseIssue<unknown>[]): RulebookProblem[] {
  return issues.map((issue) => ({ pack, rule, field: v.getDotPath(issue), why: issue.message }));
}

/** Checks one pack of the sheet. Nothing of a pack with a fault is taken; every fault is named. */
export function checkPack(input: unknown, name: string): Result<readonly Rule[], RulebookFailure> {
  const pack = v.safeParse(packShape, input);
  if (!pack.success) return fail({ kind: 'not-a-rulebook', problems: problemsOf(name, null, pack.issues) });
  const problems: RulebookProblem[] = [];
  const rules: Rule[] = [];
  for (const entry of pack.output.rules) {
    const id = typeof entry === 'object' && entry !== null && 'id' in entry ? String(entry.id) : null;
    const checked = v.safeParse(ruleShape, entry);
    if (checked.success) rules.push(checked.output as unknown as Rule);
    else problems.push(...problemsOf(pack.output.pack, id, checked.issues));
  }
  return problems.length > 0 ? fail({ kind: 'not-a-rulebook', problems }) : succeed(rules);
}

/** Makes one edition of the rulebook from packs and specialties, or says everything that is wrong with them. */
export function createRulebook(input: { readonly edition: EditionId; readonly packs: readonly unknown[]; readonly specialties: readonly unknown[] }): Result<Rulebook, RulebookFailure> {
  const problems: RulebookProblem[] = [];
  const rules = new Map<RuleId, Rule>();
  const specialties = new Map<SpecialtyId, Specialty>();
  for (const one of input.specialties) {
    const checked = v.safeParse(specialtyShape, one);
    if (!checked.success) { problems.push(...problemsOf('specialties', null, checked.issues)); continue; }
    const specialty = checked.output as unknown as Specialty;
    if (specialties.has(specialty.id)) problems.push({ pack: 'specialties', rule: null, field: 'id', why: `${specialty.id} stands twice` });
    specialties.set(specialty.id, specialty);
  }
  input.packs.forEach((pack, index) => {
    const checked = checkPack(pack, `pack ${index + 1}`);
    if (!checked.ok) { problems.push(...checked.failure.problems); return; }
    for (const rule of checked.value) {
      if (rules.has(rule.id)) problems.push({ pack: `pack ${index + 1}`, rule: rule.id, field: 'id', why: 'this id stands twice' });
      const strangers = rule.appliesTo === 'all' ? [] : rule.appliesTo.filter((id) => !specialties.has(id));
      const lost = [...rule.examples.find, ...rule.examples.leave].flatMap(({ specialty }) => (specialty !== null && !specialties.has(specialty) ? [specialty] : []));
      for (const stranger of lost) problems.push({ pack: `pack ${index + 1}`, rule: rule.id, field: 'examples', why: `no specialty is called ${stranger}` });
      for (const stranger of strangers) problems.push({ pack: `pack ${index + 1}`, rule: rule.id, field: 'appliesTo', why: `no specialty is called ${stranger}` });
      rules.set(rule.id, rule);
    }
  });
  if (problems.length > 0) return fail({ kind: 'not-a-rulebook', problems });
  return succeed({ edition: input.edition, rules: [...rules.values()], specialties: [...specialties.values()] });
}
