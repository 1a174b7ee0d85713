import type { PlacedMention } from '../candidates.js';
import { addedLine, codeOf, mark, refuse, type CodingRule } from '../draft.js';

/** Directly before the drug's words: it is not taken. */
const notTaken = /\b(?:not|never|no longer|stopped|avoid(?:ing)?|nid yw|ddim)\s(?:currently\s)?$/i;

const isTaken = ({ before, sentence, sentenceAt, mention: { span } }: PlacedMention): boolean => !notTaken.test(before) && !stoppedAfter.test(sentence.slice(span.end - sentenceAt));
const stoppedAfter = /^[^,;\n]{0,24}\b(?:stopped|discontinued|withheld|held|omitted|ceased|wedi(?:['’]i)? (?:s|st)opio)\b/i;

/** Long-term anticoagulation is always coded (a public trust guide), also where only the drug chart has it. */
export const anticoagulants: CodingRule = {
  id: 'anticoagulant', isToBeChecked: false, on: 'diagnoses',
  apply(draft) {
    const stopped = draft.lines.filter((line) => codeOf(line) === 'Z921' && !line.candidate.codable.some(isTaken));
    const taken = stopped.reduce((held, line) => refuse(held, line, ['negated']), draft);
    return { ...taken, lines: taken.lines.map((line) => (codeOf(line) === 'Z921' ? { ...mark(line, 'anticoagulant'), offer: 'always' as const, mayLead: false, candidate: { ...line.candidate, codable: line.candidate.codable.filter(isTaken) } } : line)) };
  },
};

/** An allergy to a drug is a state, not a plan: it stands where it is documented, under its own heading too. */
export const allergies: CodingRule = {
  id: 'allergy-status', isToBeChecked: true, on: 'diagnoses',
  apply(draft, { conditions }) {
    const lines = draft.lines.map((line) => (/^Z88/.test(codeOf(line)) ? { ...mark(line, 'allergy-status'), offer: 'always' as const, mayLead: false } : line));
    for (const candidate of conditions) {
      const [code] = candidate.concept.codes;
      const proof = [...candidate.codable, ...candidate.against].filter(({ mention: { assertion } }) => assertion.polarity === 'affirmed' && assertion.subject === 'patient' && assertion.certainty !== 'uncertain');
      if (!/^Z88/.test(code) || proof.length === 0 || lines.some((line) => codeOf(line) === code)) continue;
      lines.push(addedLine(code, candidate.concept.label, proof, candidate, 'allergy-status', 0.5));
    }
    return { ...draft, lines };
  },
};
