import type { Span } from '../base/span.js';
import type { Label } from '../model/language.js';
import { codeName, partsOfCodeName, type CodeName } from '../model/learning.js';
import { bandOf, type Coding, type CodingRuleId, type Evidence, type Suggestion, type SuggestionRecord } from '../model/suggestion.js';

/** How codes that only a record knows are put into words: where a place of the reading stands in documents, and what a code is called. */
export interface RecordWords {
  readonly evidenceAt: (span: Span) => Evidence;
  readonly labelOf: (name: CodeName) => Label;
}

/** A code that a record knows, with the words that speak for it. */
export interface RecordKnown {
  readonly name: CodeName;
  readonly confidence: number;
  readonly shown: boolean;
  readonly at: readonly [Span, ...Span[]];
  readonly from: 'phrase' | 'wording';
  readonly record?: SuggestionRecord;
}

/** Those of the codes that the engine does not have, as suggestions that stand behind its own: each a unit by itself, never the main one. */
export function besideEngine({ suggestions }: Coding, known: readonly RecordKnown[], { evidenceAt, labelOf }: RecordWords): readonly Suggestion[] {
  const held = new Set(suggestions.map(({ system, code }) => codeName(system, code)));
  const count = (system: Suggestion['system']): number => suggestions.filter((one) => one.system === system).length;
  const next = { 'ICD-10': count('ICD-10'), 'OPCS-4': count('OPCS-4') };
  let group = Math.max(0, ...suggestions.map((one) => one.group));
  return known.filter(({ name }) => !held.has(name)).map(({ name, confidence, shown, at: [first, ...others], from, record }): Suggestion => {
    const { system, code } = partsOfCodeName(name);
    group += 1;
    return {
      system, code, label: labelOf(name), role: 'secondary', position: next[system]++, confidence, band: bandOf(confidence), grounds: [from === 'phrase' ? 'remembered-words' : 'alike-wording'], ...(record ? { record } : {}),
      shown, evidence: [evidenceAt(first), ...others.map(evidenceAt)], because: [`learned-${from}` as CodingRuleId], group, prompts: [],
    };
  });
}
