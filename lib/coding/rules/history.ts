import type { Candidate, PlacedMention } from '../candidates.js';
import type { Label } from '../../model/language.js';
import { addedLine, codeOf, ours, type CodingRule, type Line } from '../draft.js';

/** Codes of what is past and still matters (section 2.9 of the coding knowledge): a malignant neoplasm by site, a stroke without deficit, a clot, an old infarct of the heart. */
const past: readonly (readonly [condition: RegExp, history: string, label: Label])[] = [
  [/^C(?:1[5-9]|2[0-6])/, 'Z850', ours('Past cancer of the digestive organs', 'Canser blaenorol y system dreulio')], [/^C3[34]/, 'Z851', ours('Past cancer of trachea, bronchus or lung', 'Canser blaenorol y tracea, y bronci neu’r ysgyfaint')], [/^C3[0-27-9]/, 'Z852', ours('Past cancer of other organs of the chest', 'Canser blaenorol organau eraill y frest')],
  [/^C50/, 'Z853', ours('Past breast cancer', 'Canser blaenorol y fron')], [/^C(?:5[1-8]|6[0-3])/, 'Z854', ours('Past cancer of the genital organs', 'Canser blaenorol yr organau cenhedlu')], [/^C6[4-8]/, 'Z855', ours('Past cancer of the urinary tract', 'Canser blaenorol y llwybr wrinol')],
  [/^C9[1-5]/, 'Z856', ours('Past leukaemia', 'Lewcemia blaenorol')], [/^C(?:8[1-9]|90|96)/, 'Z857', ours('Past cancer of lymphoid tissue', 'Canser blaenorol meinwe lymffatig')], [/^C80/, 'Z859', ours('Past cancer, site not stated', 'Canser blaenorol, safle heb ei nodi')], [/^C/, 'Z858', ours('Past cancer of other organs', 'Canser blaenorol organau eraill')],
  [/^(?:I6[0-4]|G45|I26|I80|I82)/, 'Z867', ours('Past circulatory disease (includes stroke, TIA)', 'Clefyd cylchrediad blaenorol (yn cynnwys strôc, TIA)')], [/^I21/, 'I252', ours('Old MI', 'Hen drawiad ar y galon (MI)')],
];

/** What is said of the patient as past, without doubt. */
export function pastMentions(candidate: Candidate): readonly PlacedMention[] {
  return candidate.against.filter(({ mention: { assertion } }) => assertion.polarity === 'affirmed' && assertion.subject === 'patient' && assertion.certainty !== 'uncertain' && assertion.temporality === 'historical');
}

/** A past cancer, stroke, clot or infarct leaves a code of its own. */
export const historyCodes: CodingRule = {
  id: 'history-code', isToBeChecked: true, on: 'diagnoses',
  apply(draft, { conditions }) {
    const lines = [...draft.lines];
    for (const candidate of conditions) {
      const found = candidate.codable.length > 0 ? undefined : past.find(([pattern]) => pattern.test(candidate.concept.codes[0]));
      const proof = pastMentions(candidate);
      if (!found || proof.length === 0 || lines.some((line: Line) => codeOf(line) === found[1])) continue;
      lines.push(addedLine(found[1], found[2], proof, candidate, 'history-code', 0.45));
    }
    return { ...draft, lines };
  },
};
