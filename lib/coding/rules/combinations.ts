import type { Label } from '../../model/language.js';
import type { PlacedMention } from '../candidates.js';
import { codeOf, ours, recode, refuse, type CodingRule, type Line } from '../draft.js';
import { isBeside } from '../links.js';

/** The two stand in one sentence, or both where the note says what it is for. */
function isTold(one: Line, two: Line): boolean {
  const heads = ({ mention: { section } }: PlacedMention): boolean => section === 'diagnosis' || section === 'preoperative' || section === 'impression' || section === 'reason';
  return one.candidate.codable.some((a) => two.candidate.codable.some((b) => isBeside(a, b) || (heads(a) && heads(b))));
}
const neck = /\bcervical\b|\bneck\b|\barms?\b|\bupper (?:limb|extremity)|\bC[2-8]\b|brachialgia/i;
const back = /\blumb\w+|\bsciatic\w*|\blegs?\b|\blower (?:limb|extremity)|\b[LS][1-5]\b/i;
/** No word about the nerve root says another part of the spine. */
const isThere = (other: RegExp) => (disc: Line, root: Line): boolean => isTold(disc, root) && !root.candidate.codable.every(({ sentence, sentenceAt, mention: { span } }) => other.test(sentence.slice(Math.max(0, span.start - sentenceAt - 40), span.end - sentenceAt + 20)) && !(other === back ? neck : back).test(sentence));
const isSentence = (one: Line, two: Line): boolean => one.candidate.codable.some((a) => two.candidate.codable.some((b) => isBeside(a, b)));

/** Conditions that one code holds together (the index of ICD-10; our table). `keeps`: the second is still coded. `when`: only where the note ties them. */
const together: readonly { readonly one: RegExp; readonly two: RegExp; readonly code: string; readonly label: Label; readonly keeps: boolean; readonly when?: (one: Line, two: Line) => boolean }[] = [
  { one: /^M316/, two: /^M353/, code: 'M315', label: ours('GCA with PMR', 'GCA gyda PMR'), keeps: false },
  { one: /^J44[19]/, two: /^J22X/, code: 'J440', label: ours('COPD with acute lower respiratory infection', 'COPD gyda haint acíwt y llwybr anadlol isaf'), keeps: false },
  { one: /^J44[19]/, two: /^J1[2-8]/, code: 'J440', label: ours('COPD with acute lower respiratory infection', 'COPD gyda haint acíwt y llwybr anadlol isaf'), keeps: true },
  { one: /^N201/, two: /^N200/, code: 'N202', label: ours('Stones of kidney and ureter', 'Cerrig yn yr aren a’r wreter'), keeps: false },
  // M54.1 is not for a root that a disc or spondylosis presses on (its exclusions).
  { one: /^M502/, two: /^M541/, code: 'M501 G551', label: ours('Cervical disc disorder with root symptoms + nerve root compressed by disc', 'Anhwylder disg y gwddf gyda symptomau gwreiddyn + gwreiddyn nerf wedi’i wasgu gan ddisg'), keeps: false, when: isThere(back) },
  { one: /^M512/, two: /^M541/, code: 'M511 G551', label: ours('Disc disorder with root symptoms + nerve root compressed by disc', 'Anhwylder disg gyda symptomau gwreiddyn + gwreiddyn nerf wedi’i wasgu gan ddisg'), keeps: false, when: isThere(neck) },
  { one: /^M47[89]/, two: /^M541/, code: 'M472', label: ours('Spondylosis with root symptoms', 'Sbondylosis gyda symptomau gwreiddyn'), keeps: false, when: isSentence },
  { one: /^M502/, two: /^G95[29]/, code: 'M500 G992', label: ours('Cervical disc disorder with cord involvement + myelopathy in another disease', 'Anhwylder disg y gwddf sy’n effeithio ar y llinyn + myelopathi mewn clefyd arall'), keeps: false, when: isTold },
  { one: /^M512/, two: /^G95[29]/, code: 'M510 G992', label: ours('Disc disorder with cord involvement + myelopathy in another disease', 'Anhwylder disg sy’n effeithio ar y llinyn + myelopathi mewn clefyd arall'), keeps: false, when: isTold },
  { one: /^M47[89]/, two: /^G959/, code: 'M471 G992', label: ours('Spondylosis with cord involvement + myelopathy in another disease', 'Sbondylosis sy’n effeithio ar y llinyn + myelopathi mewn clefyd arall'), keeps: false, when: isSentence },
  { one: /^M819/, two: /^M844/, code: 'M809', label: ours('Osteoporosis with a fracture, type not stated', 'Osteoporosis gyda thoriad, math heb ei nodi'), keeps: false, when: isTold },
  { one: /^M819/, two: /^S[23]20/, code: 'M809', label: ours('Osteoporosis with a fracture, type not stated', 'Osteoporosis gyda thoriad, math heb ei nodi'), keeps: false, when: isSentence },
  // A bleed about the brain beside a head injury of now is the injury's.
  { one: /^I620/, two: /^S0(?:60|69|99)/, code: 'S065', label: ours('Subdural bleed after an injury', 'Gwaedlif isddwrol ar ôl anaf'), keeps: false },
  { one: /^I60[5-9]/, two: /^S0(?:60|69|99)/, code: 'S066', label: ours('Subarachnoid bleed after an injury', 'Gwaedlif isaracnoid ar ôl anaf'), keeps: false },
  { one: /^G20X/, two: /^F03X/, code: 'G20X F023', label: ours('Parkinson disease with dementia', 'Clefyd Parkinson gyda dementia'), keeps: false },
];

/** One code for two conditions where the classification has it. Parkinson's disease with dementia only where both stay current. */
export const combinations: CodingRule = {
  id: 'combined', isToBeChecked: true, on: 'diagnoses',
  apply: (draft) => together.reduce((held, { one, two, code, label, keeps, when }) => {
    const first = held.lines.find((line) => one.test(codeOf(line)));
    const second = held.lines.find((line) => two.test(codeOf(line)));
    if (!first || !second || (when && !when(first, second))) return held;
    const [lead = code, ...rest] = code.split(' ');
    const heir = recode({ ...first, standsFor: [...first.standsFor, second.candidate] }, [lead, ...rest], 'combined', label);
    const draftWithHeir = { ...held, lines: held.lines.map((line) => (line === first ? heir : line)) };
    return keeps ? draftWithHeir : refuse(draftWithHeir, second, ['combined']);
  }, draft),
};
