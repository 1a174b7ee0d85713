import { calledOff } from '../called-off.js';
import { addedLine, codeOf, ours, type CodingRule } from '../draft.js';
import { isOptionalProcedure } from './optional-procedures.js';

const labels = {
  Z530: ours('Procedure not done: contraindicated', 'Triniaeth heb ei gwneud: gwrtharwydd'), Z532: ours('Procedure not done: patient’s decision', 'Triniaeth heb ei gwneud: penderfyniad y claf'),
  Z538: ours('Procedure not done: other reason', 'Triniaeth heb ei gwneud: rheswm arall'), Z539: ours('Procedure not done: reason not stated', 'Triniaeth heb ei gwneud: rheswm heb ei nodi'),
} as const;

/** A patient who came for an operation that did not take place: the condition stays the main one and Z53.- says why it was not done; nothing of the operation is coded. */
export const notCarriedOut: CodingRule = {
  id: 'not-carried-out', isToBeChecked: true, on: 'diagnoses',
  apply(draft, { question }) {
    const said = calledOff(question);
    const isFor = question.mentions.some(({ mention: { concept, section } }) => concept.system === 'OPCS-4' && !isOptionalProcedure(concept.codes[0]) && section !== 'plan' && section !== 'history');
    if (!said || !isFor) return draft;
    return { ...draft, lines: [...draft.lines.filter((line) => !codeOf(line).startsWith('Z53')), addedLine(said.code, labels[said.code], [said.proof], { concept: said.proof.mention.concept, codable: [said.proof], against: [], weight: 2, first: question.mentions.length }, 'not-carried-out', 0.55)] };
  },
};
