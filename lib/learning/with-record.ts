import type { Span } from '../base/span.js';
import type { Label } from '../model/language.js';
import { codeName, partsOfCodeName, type CodeName, type LearnedSuggestion } from '../model/learning.js';
import type { Band, Coding, CodingRuleId, Evidence, Suggestion } from '../model/suggestion.js';

/** How the record is let in: what a place in the words means in documents, and whether the specialty was learned well enough to decide what is offered. */
export interface RecordPolicy {
  readonly evidenceAt: (span: Span) => Evidence;
  /** True: the record decides what is offered. False: the engine does, and what only the record knows is ranked below. */
  readonly decides: boolean;
  /** The label of a code that the engine did not have. */
  readonly labelOf: (name: CodeName) => Label;
}

/** Episodes of a specialty, coded in full, from which on the record decides what is offered. */
export const enoughEpisodes = 50;

const bandOf = (confidence: number): Band => (confidence > 0.75 ? 'strong' : confidence > 0.5 ? 'fair' : 'slight');

/** The engine's answer with the record's word on each code, and the codes that only the record knows behind them. Roles, order and evidence of the engine stay. */
export function withRecord(coding: Coding, learned: readonly LearnedSuggestion[], { evidenceAt, decides, labelOf }: RecordPolicy): Coding {
  const byName = new Map(learned.map((one) => [one.name, one]));
  const known = new Set(coding.suggestions.map(({ system, code }) => codeName(system, code)));
  const weighed = coding.suggestions.map((one): Suggestion => {
    const record = byName.get(codeName(one.system, one.code));
    if (!record) return one;
    return { ...one, confidence: record.confidence, band: bandOf(record.confidence), shown: decides ? record.shown : one.shown };
  });
  let group = Math.max(0, ...coding.suggestions.map((one) => one.group));
  const next = { 'ICD-10': coding.suggestions.filter(({ system }) => system === 'ICD-10').length, 'OPCS-4': coding.suggestions.filter(({ system }) => system === 'OPCS-4').length };
  const more = learned.filter(({ name }) => !known.has(name)).map((one): Suggestion => {
    const { system, code } = partsOfCodeName(one.name);
    const [first, ...others] = one.evidence;
    group += 1;
    return {
      system, code, label: labelOf(one.name), role: 'secondary', position: next[system]++, confidence: one.confidence, band: bandOf(one.confidence), grounds: [one.from === 'phrase' ? 'remembered-words' : 'alike-wording'],
      shown: decides && one.shown, evidence: [evidenceAt(first), ...others.map(evidenceAt)], because: [(one.from === 'phrase' ? 'learned-phrase' : 'learned-wording') as CodingRuleId], group, prompts: [],
    };
  });
  return { ...coding, suggestions: [...weighed, ...more] };
}
