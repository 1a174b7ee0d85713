import type { ConceptId } from '../../model/mention.js';
import type { ClinicalCode } from '../../model/code.js';
import { sectionWeight } from '../primary-diagnosis.js';
import { codeOf, lineOf, ours, type CodingRule, type Draft } from '../draft.js';
import { doneWeight } from './done.js';

/** Operations that are done for one condition only, with its least specific code (ours). */
const treats: readonly { readonly operation: RegExp; readonly condition: string; readonly label: ReturnType<typeof ours>; readonly prompt: string }[] = [
  { operation: /^C71[1239]/, condition: 'H269', label: ours('Cataract, type not stated', 'Cataract, math heb ei nodi'), prompt: 'prompt.operated-condition' },
  { operation: /^C733/, condition: 'H264', label: ours('After-cataract', 'Ôl-gataract'), prompt: 'prompt.operated-condition' },
  { operation: /^C6(?:0[15]|1[13])/, condition: 'H409', label: ours('Glaucoma, type not stated', 'Glawcoma, math heb ei nodi'), prompt: 'prompt.operated-condition' },
  { operation: /^A651/, condition: 'G560', label: ours('Carpal tunnel syndrome', 'Syndrom twnnel y carpws'), prompt: 'prompt.operated-condition' },
  { operation: /^A6(?:71|81)/, condition: 'G562', label: ours('Ulnar nerve lesion', 'Nam ar y nerf wlnar'), prompt: 'prompt.operated-condition' },
  { operation: /^A14[25]|^A13/, condition: 'T850', label: ours('Mechanical fault of a CSF shunt', 'Nam mecanyddol siynt'), prompt: 'prompt.operated-condition' },
  { operation: /^L29[45]|^L314/, condition: 'I652', label: ours('Narrowing of a carotid artery', 'Culhau rhydweli garotid'), prompt: 'prompt.operated-condition' },
];

/** Is nothing said of a condition where a note says what it is for? Background, status and what is only past are no reason for an operation. */
function isBare(draft: Draft): boolean {
  return draft.lines.every((line) => !line.mayLead || /^Z/.test(codeOf(line)) || line.candidate.weight <= sectionWeight.history);
}

/** Where no condition is named at all, that which the operation treats is put forward in its least specific form, with a question to the clinician: an operation note without its diagnosis is a fault of the note. */
export const operatedCondition: CodingRule = {
  id: 'operated-condition', isToBeChecked: true, on: 'diagnoses',
  apply(draft, { question: { mentions } }) {
    if (!isBare(draft)) return draft;
    for (const { operation, condition, label, prompt } of treats) {
      const proof = mentions.filter(({ mention: { concept, section, assertion } }) => concept.system === 'OPCS-4' && concept.codes.some((code) => operation.test(code)) && doneWeight[section] !== undefined && assertion.polarity === 'affirmed' && assertion.temporality === 'current');
      const [first] = proof;
      if (!first) continue;
      const line = lineOf({ concept: { id: `rule.operated-condition.${condition}` as ConceptId, system: 'ICD-10', codes: [condition as ClinicalCode], source: 'pack', label }, codable: proof, against: [], weight: 3.6, first: 0 });
      return { ...draft, lines: [...draft.lines, { ...line, fired: ['operated-condition'], prompts: [prompt], confidence: 0.4 }] };
    }
    return draft;
  },
};
