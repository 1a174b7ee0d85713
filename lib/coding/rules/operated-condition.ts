import type { ConceptId } from '../../model/mention.js';
import type { ClinicalCode } from '../../model/code.js';
import { lineOf, ours, type CodingRule } from '../draft.js';
import { doneWeight } from './done.js';

/** Operations that are done for one condition only, with its least specific code (ours). */
const treats: readonly { readonly operation: RegExp; readonly condition: string; readonly label: ReturnType<typeof ours>; readonly prompt: string }[] = [
  { operation: /^C71[1239]/, condition: 'H269', label: ours('Cataract, type not stated', 'Cataract, math heb ei nodi'), prompt: 'prompt.operated-condition' },
];

/** Where no condition is named at all, that which the operation treats is put forward in its least specific form, with a question to the clinician: an operation note without its diagnosis is a fault of the note. */
export const operatedCondition: CodingRule = {
  id: 'operated-condition', isToBeChecked: true, on: 'diagnoses',
  apply(draft, { question: { mentions } }) {
    if (draft.lines.length > 0) return draft;
    for (const { operation, condition, label, prompt } of treats) {
      const proof = mentions.filter(({ mention: { concept, section, assertion } }) => concept.system === 'OPCS-4' && concept.codes.some((code) => operation.test(code)) && doneWeight[section] !== undefined && assertion.polarity === 'affirmed' && assertion.temporality === 'current');
      const [first] = proof;
      if (!first) continue;
      const line = lineOf({ concept: { id: `rule.operated-condition.${condition}` as ConceptId, system: 'ICD-10', codes: [condition as ClinicalCode], source: 'pack', label }, codable: proof, against: [], weight: 1.5, first: 0 });
      return { ...draft, lines: [{ ...line, fired: ['operated-condition'], prompts: [prompt], confidence: 0.4 }] };
    }
    return draft;
  },
};
