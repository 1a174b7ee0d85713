import type { ConceptId } from '../../model/mention.js';
import type { ClinicalCode } from '../../model/code.js';
import type { SectionKind } from '../../model/mention.js';
import { sectionWeight } from '../primary-diagnosis.js';
import { codeOf, lineOf, mark, ours, type CodingRule, type Draft } from '../draft.js';
import { doneWeight } from './done.js';

/** Operations that are done for one condition only, with its least specific code and the family of codes in which a note may name it (ours). */
const treats: readonly { readonly operation: RegExp; readonly condition: string; readonly family: RegExp; readonly label: ReturnType<typeof ours>; readonly prompt: string }[] = [
  { operation: /^C71[1239]/, condition: 'H269', family: /^(?:H2[56]|H28|Q120)/, label: ours('Cataract, type not stated', 'Cataract, math heb ei nodi'), prompt: 'prompt.operated-condition' },
  { operation: /^C733/, condition: 'H264', family: /^H264/, label: ours('After-cataract', 'Ôl-gataract'), prompt: 'prompt.operated-condition' },
  { operation: /^C6(?:0[15]|1[13])/, condition: 'H409', family: /^(?:H4[02]|Q150)/, label: ours('Glaucoma, type not stated', 'Glawcoma, math heb ei nodi'), prompt: 'prompt.operated-condition' },
  { operation: /^A651/, condition: 'G560', family: /^G560/, label: ours('Carpal tunnel syndrome', 'Syndrom twnnel y carpws'), prompt: 'prompt.operated-condition' },
  { operation: /^A6(?:71|81)/, condition: 'G562', family: /^G562/, label: ours('Ulnar nerve lesion', 'Nam ar y nerf wlnar'), prompt: 'prompt.operated-condition' },
  { operation: /^A14[25]|^A13/, condition: 'T850', family: /^(?:T850|G91|G932)/, label: ours('Mechanical fault of a CSF shunt', 'Nam mecanyddol siynt'), prompt: 'prompt.operated-condition' },
  { operation: /^L29[45]|^L314/, condition: 'I652', family: /^I65/, label: ours('Narrowing of a carotid artery', 'Culhau rhydweli garotid'), prompt: 'prompt.operated-condition' },
];

/** What an operation brought about is not what it was for. */
const ofOperation = /^(?:T8[0-8]|H59|H95|G97|M96|Y)/;

/** Parts that tell how an operation went, not what it was for. */
const telling: ReadonlySet<SectionKind> = new Set(['complications', 'description', 'examination', 'plan', 'consent']);

/** Is nothing said of a condition where a note says what it is for? Background, status and what is only past are no reason for an operation. */
function isBare(draft: Draft): boolean {
  return draft.lines.every((line) => !line.mayLead || /^Z/.test(codeOf(line)) || (ofOperation.test(codeOf(line)) && line.candidate.codable.every(({ mention: { section } }) => section !== 'diagnosis' && section !== 'preoperative' && section !== 'reason')) || line.candidate.codable.every(({ mention: { section } }) => telling.has(section)) || line.candidate.weight <= sectionWeight.history);
}

/** Where no condition is named at all, that which the operation treats is put forward in its least specific form, with a question to the clinician, or as an examination names it: an operation note without its diagnosis is a fault of the note. */
export const operatedCondition: CodingRule = {
  id: 'operated-condition', isToBeChecked: true, on: 'diagnoses',
  apply(draft, { question: { mentions } }) {
    if (!isBare(draft)) return draft;
    for (const { operation, condition, family, label, prompt } of treats) {
      const proof = mentions.filter(({ mention: { concept, section, assertion } }) => concept.system === 'OPCS-4' && concept.codes.some((code) => operation.test(code)) && doneWeight[section] !== undefined && assertion.polarity === 'affirmed' && assertion.temporality === 'current');
      const [first] = proof;
      if (!first) continue;
      // “Nuclear sclerosis” of the examination is what the lens was taken out for.
      const named = draft.lines.find((one) => one.mayLead && family.test(codeOf(one)) && one.candidate.codable.some(({ mention: { section } }) => section !== 'history'));
      if (named) return { ...draft, lines: draft.lines.map((one) => (one === named ? { ...mark(one, 'operated-condition'), candidate: { ...one.candidate, weight: Math.max(one.candidate.weight, 3.6) } } : one)) };
      const line = lineOf({ concept: { id: `rule.operated-condition.${condition}` as ConceptId, system: 'ICD-10', codes: [condition as ClinicalCode], source: 'pack', label }, codable: proof, against: [], weight: 3.6, first: 0 });
      return { ...draft, lines: [...draft.lines, { ...line, fired: ['operated-condition'], prompts: [prompt], confidence: 0.4 }] };
    }
    return draft;
  },
};
