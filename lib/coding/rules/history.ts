import type { Candidate, PlacedMention } from '../candidates.js';
import type { SectionKind } from '../../model/mention.js';
import type { Label } from '../../model/language.js';
import { addedLine, codeOf, ours, refuse, type CodingRule, type Line } from '../draft.js';

/** Codes of what is past and still matters (section 2.9 of the coding knowledge): a malignant neoplasm by site, a stroke without deficit, a clot, an old infarct of the heart. */
const past: readonly (readonly [condition: RegExp, history: string, label: Label])[] = [
  [/^C(?:1[5-9]|2[0-6])/, 'Z850', ours('Past cancer of the digestive organs', 'Canser blaenorol y system dreulio')], [/^C3[34]/, 'Z851', ours('Past cancer of trachea, bronchus or lung', 'Canser blaenorol y tracea, y bronci neu’r ysgyfaint')], [/^C3[0-27-9]/, 'Z852', ours('Past cancer of other organs of the chest', 'Canser blaenorol organau eraill y frest')],
  [/^C50/, 'Z853', ours('Past breast cancer', 'Canser blaenorol y fron')], [/^C(?:5[1-8]|6[0-3])/, 'Z854', ours('Past cancer of the genital organs', 'Canser blaenorol yr organau cenhedlu')], [/^C6[4-8]/, 'Z855', ours('Past cancer of the urinary tract', 'Canser blaenorol y llwybr wrinol')],
  [/^C9[1-5]/, 'Z856', ours('Past leukaemia', 'Lewcemia blaenorol')], [/^C(?:8[1-9]|90|96)/, 'Z857', ours('Past cancer of lymphoid tissue', 'Canser blaenorol meinwe lymffatig')], [/^C80/, 'Z859', ours('Past cancer, site not stated', 'Canser blaenorol, safle heb ei nodi')], [/^C/, 'Z858', ours('Past cancer of other organs', 'Canser blaenorol organau eraill')],
  [/^(?:I6[0-4]|G45|I26|I80|I82)/, 'Z867', ours('Past circulatory disease (includes stroke, TIA)', 'Clefyd cylchrediad blaenorol (yn cynnwys strôc, TIA)')], [/^I21/, 'I252', ours('Old MI', 'Hen drawiad ar y galon (MI)')],
];

const dated = /^[\s,(-]*(?:(?:in|back in|since|from|circa|yn|ers)\s)?(?:\w{3,9}\s)?(?:19|20)\d\d\b|^[\s,(-]*(?:about|approximately|some|over)?\s?\S+\s(?:years?|yrs?|months?) (?:ago|back|previously)|^[\s,(-]*\S+ (?:flynedd|mlynedd|mis) yn ôl/i;

/** An event with a year behind it is not of this episode ("CVA 2019" is no current stroke), unless its sentence is about the admission. */
function isDated({ sentence, sentenceAt, mention: { span } }: PlacedMention): boolean {
  return dated.test(sentence.slice(span.end - sentenceAt)) && !/\b(?:admi(?:tted|ssion)|present(?:s|ed|ing)|dderbyn)\b/i.test(sentence);
}

const oldBefore = /\b(?:prior|old|previous|silent|remote|hx of|history of|h\/o|hen|blaenorol)\s(?:(?:a|an|the|right|left|ischa?emic|embolic|lacunar|cerebral)\s){0,2}$/i;
const list: ReadonlySet<SectionKind> = new Set(['impression', 'diagnosis']);
/** A line with nothing but the event on it: "4. Stroke." */
const isBareLine = ({ before, sentence, sentenceAt, mention: { span } }: PlacedMention): boolean => /^[\s\d.)]*$/.test(before) && /^\W*$/.test(sentence.slice(span.end - sentenceAt));

/** One plain statement that an event is old makes a bare line of a list ("4. Stroke.") the same event; the telling of this episode does not. */
function isToldAsOld({ codable, against }: Candidate, conditions: readonly Candidate[]): boolean {
  const isLater = ({ document, mention: { section, span } }: PlacedMention): boolean => conditions.some((other) => other.codable.some((one) => one.document === document && one.mention.section === section && one.mention.span.end < span.start));
  if (codable.length === 0 || codable.some((placed) => !oldBefore.test(placed.before) && !(placed.mention.section === 'history' || (list.has(placed.mention.section) && isBareLine(placed) && isLater(placed))))) return false;
  return [...codable, ...against].some(({ before, mention: { assertion } }) => oldBefore.test(before) && assertion.polarity === 'affirmed' && assertion.subject === 'patient');
}

/** What is said of the patient as past, without doubt; an event that carries its date too. */
export function pastMentions(candidate: Candidate, conditions: readonly Candidate[]): readonly PlacedMention[] {
  if (isEvent.test(candidate.concept.codes[0]) && candidate.codable.length > 0 && candidate.codable.every(isDated)) return candidate.codable;
  if (isEvent.test(candidate.concept.codes[0]) && isToldAsOld(candidate, conditions)) return candidate.codable;
  return candidate.codable.length > 0 ? [] : candidate.against.filter(({ mention: { assertion } }) => assertion.polarity === 'affirmed' && assertion.subject === 'patient' && assertion.certainty !== 'uncertain' && assertion.temporality === 'historical');
}

/** Events that are over when they have a date behind them. */
const isEvent = /^(?:I6[0-4]|I2[16]|G45|I80)/;

/** An infection that runs its course: “recent gastroenteritis” is told because of what came of it. */
const passing = /^(?:A0|B0[0-9]|B27|B34|J0|J1[0-8]|J2[0-2]|J98|N30|N390|H66|A49|L03)/;
const recentBefore = /\b(?:recent(?:ly)?|preceding|antecedent|diweddar)\s(?:(?:a|an|had|bout of|episode of|treated|bacterial|viral|acute|mild|severe)\s){0,3}$/i;
/** “Following recent gastroenteritis”: what came of it is told. */
const afterRecent = /\b(?:following|after|post|yn dilyn|ar ôl)\s(?:a\s|an\s)?(?:recent|preceding|antecedent)\s(?:(?:bout of|episode of|bacterial|viral|acute|mild|severe)\s){0,2}$/i;
const recentAfter = /^\s(?:(?:yn\s)?d{1,2}iweddar|recently|(?:one|two|three|four|\d+) weeks? (?:ago|earlier|previously|prior|before))\b/i;
const isRecent = ({ before, sentence, sentenceAt, mention: { section, span } }: PlacedMention): boolean => afterRecent.test(before) || (section !== 'diagnosis' && section !== 'impression' && (recentBefore.test(before) || recentAfter.test(sentence.slice(span.end - sentenceAt))));
/** A joint or hip that is put in now: it is there when the patient leaves, and its operation says so. */
const putIn = /^Z966/;
const isNow = ({ mention: { section } }: PlacedMention): boolean => section === 'operation' || section === 'description' || section === 'preoperative';

/** A past cancer, stroke, clot or infarct leaves a code of its own. */
export const historyCodes: CodingRule = {
  id: 'history-code', isToBeChecked: true, on: 'diagnoses',
  apply(draft, { conditions }) {
    const dead = draft.lines.filter((line) => (isEvent.test(codeOf(line)) && pastMentions(line.candidate, conditions).length > 0) || (passing.test(codeOf(line)) && line.candidate.codable.every(isRecent)) || (putIn.test(codeOf(line)) && line.candidate.codable.some(isNow) && line.candidate.codable.every(({ mention: { section } }) => section !== 'history')));
    const lines = [...dead.reduce((held, line) => refuse(held, line, ['historical']), draft).lines];
    const rejected = dead.reduce((held, line) => refuse(held, line, ['historical']), draft).rejected;
    for (const candidate of conditions) {
      const found = past.find(([pattern]) => pattern.test(candidate.concept.codes[0]));
      const proof = pastMentions(candidate, conditions);
      if (!found || proof.length === 0 || lines.some((line: Line) => codeOf(line) === found[1])) continue;
      lines.push(addedLine(found[1], found[2], proof, candidate, 'history-code', 0.45));
    }
    return { lines, rejected };
  },
};
