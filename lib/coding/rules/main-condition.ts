import { codeOf, type CodingRule, type Line, type Scene } from '../draft.js';
import type { SectionKind } from '../../model/mention.js';
import { isDoubted, type Candidate } from '../candidates.js';
import { sectionWeight } from '../primary-diagnosis.js';
import { isSymptom } from '../symptoms.js';

/** What an episode of a specialty is usually for; a prior for the choice of the main condition, never a reason by itself. */
const fits: Readonly<Record<string, RegExp>> = {
  neurology: /^(?:G|I6|R2[05-9]|R4[0-7]|R51|R55|R56|F44|M54[1-5]|M79[26]|H4[6-9]|H532|C7[012]|D3[23]|Q0)/,
  rheumatology: /^(?:M|L40|R768|R700|I73|I776|D86|E85|J84)/,
  ophthalmology: /^(?:H[0-5]|S05|T85[23]|Q1[0-5]|C69|E1[0-4]3)/,
};

/** Conditions that are most often there besides: they lead only where the note puts them first. */
const beside = /^(?:I10|E78|E66|E1[0-4]9|I48|I25|J45|E03|K21|F32|F41|N18|M819|H91|N40|G473|F17|F10|D649|E55|K59|I739|G80|F7|F84|Q90|G470|G258|Z72)/;

/** Codes that name hardly a condition. */
const vague = /^(?:B99|D489|T149|T889|R58|R69|L989|M629|G939|I99|R688|M257)/;

/** What a test or an image showed: behind the symptom that it was done for. */
const finding = /^R9[0-4]/;

/** What a disease of the nervous system leads to: G81–G83 lead only where no cause is stated (note at the category), compression and oedema of the brain hardly ever; loss of sight or of a field, and the narrowed artery of a stroke, stand behind their cause and their effect. */
const syndrome = /^(?:G8[1-3]|G93[56]|G902|G952|H534|H54|H51|H47[0-7]|I6[56]|G96[01]|G932)/;
const causeOfSyndrome = /^(?:I6[0-467]|I71|G0|G3[5-7]|G95|G61|C7[0-2]|C793|D3[23]|D43|S06|S[123]4|M471|M50|Q28|G35|G36|D35|H4[06]|H3[3-6]|M316|C69)/;

/** What images show of many people: behind the complaint that they were made for, unless the team names it. */
const incidental = /^(?:G319|I678|I709|I517|I3[4-7]|M4[0137]|M48|M5[01]3|M257|J3[24]|N281|N83|K76|D1[78])/;
const imaged: ReadonlySet<SectionKind> = new Set(['investigations', 'description', 'examination']);
const isIncidental = ({ candidate: { concept, codable } }: Line, conditions: readonly Candidate[]): boolean => incidental.test(concept.codes[0]) && codable.every(({ mention: { section } }) => imaged.has(section)) && conditions.some((other) => other.codable.some(({ mention: { section } }) => section === 'reason'));

/** Is it named where the note says what it is for? */
const isReason = ({ codable }: Candidate): boolean => codable.some(({ mention: { section } }) => section === 'reason' || section === 'preoperative' || section === 'operation');

/** Directly before a condition: it is not new. */
const old = /\b(?:history of|hx of|h\/o|(?:on a )?background of|with underlying|(?:ar )?gefndir o|cefndir o|prior|previous|longstanding|long[- ]standing|remote|hanes o|blaenorol)\s(?:(?:a|an|the|known)\s)?$/i;

/** Directly before a condition: it is what has changed. */
const changed = /\b(?:worsening|exacerbation of|flare of|relapse of|new[ -]onset|decompensated|uncontrolled|breakthrough|gwaethygu)\s$/i;

/** Words that say what an episode was for, directly before its condition. */
const reasonBefore = /(?:evaluation of|presents? (?:with|for)|presented (?:with|for)|presenting with|admitted (?:with|for|due to|because of)|admission (?:for|with)|treatment of|treatment for|(?:infusions?|injections?|infused|injected|given|performed|biops(?:y|ied)|block|mg|g\/kg|mg\/kg|IVIg|exchanges?|telemetry|puncture|decompression|insertion|steroids?) for|(?:capsulotomy|laser|phaco\w*|vitrectomy|trabeculectomy|biopsy|release|fusion|replacement|arthroscopy|\w{2,}(?:mab|cept|prost|dronate|dronic acid))(?:\s[^\s.;,]+){0,3} for|indication(?: was| is)?:?|(?:trwythiad|pigiad|pwniad) (?:ar gyfer|am|oherwydd)|management of|referred (?:for|with)|investigation of|attended (?:for|with)|complain(?:s|ed|ing) of|dderbyn (?:gyda|oherwydd)|driniaeth)\s(?:(?:a|an|the|his|her|their|worsening|acute|progressive|right|left|further|known|recurrent)\s){0,3}$/i;

/** Words by which a team adopts a diagnosis in its telling. */
const foundBefore = /\b(?:(?:given|made) (?:a|the) diagnosis of|diagnosis (?:is|was) |(?:biopsy|histology|pathology|autopsy) (?:\w+\s)?(?:revealed|confirmed|showed)|which confirmed|final diagnosis|(?:working|discharge) diagnosis (?:was|is|became)|was (?:subsequently |then |finally |eventually )?diagnosed with|(?:felt|thought) to have suffered|which was diagnosed as|diagnosis:)\s?(?:(?:a|an|the|massive|large)\s){0,2}$/i;

/** Parts of a note that list diagnoses. A reason for admission is a sentence, and its first words are most often a symptom. */
const lists: ReadonlySet<SectionKind> = new Set(['diagnosis', 'impression', 'preoperative']);

/** What the place in a list of diagnoses adds: first, second. */
const firstNamed: readonly number[] = [1.5, 0.5];

/** How many conditions stand before this one in the part of the note that tells most of it; many where that part is no list of diagnoses. */
function earlierInList({ candidate }: Line, conditions: readonly Candidate[]): number {
  const [best] = [...candidate.codable].sort((a, b) => sectionWeight[b.mention.section] - sectionWeight[a.mention.section] || a.mention.span.start - b.mention.span.start);
  if (!best || !lists.has(best.mention.section)) return 99;
  return conditions.filter((other) => other !== candidate && other.codable.some(({ document, mention }) => document === best.document && mention.section === best.mention.section && mention.span.end <= best.mention.span.start)).length;
}

/** Behind another condition: it came with it. */
const accompanies = /(?<!associated )\b(?:with|complicated by|gyda|efo)\s(?:(?:a|an|some|secondary|associated|mild|moderate|severe|early|marked|right|left|bilateral|significant)\s){0,2}$/i;

/** Is every plain word of it told as what came with another condition of the same sentence? */
function isCompanion(candidate: Candidate, conditions: readonly Candidate[]): boolean {
  return candidate.codable.every(({ before, sentenceAt, document, mention: { span } }) => accompanies.test(before) && conditions.some((other) => other !== candidate && other.codable.some((one) => one.document === document && one.sentenceAt === sentenceAt && one.mention.span.end < span.start)));
}

const main = (id: string, weigh: (line: Line, scene: Scene) => number): CodingRule => ({ id, isToBeChecked: true, on: 'main', weigh });

/** DGCS.1, main condition treated or investigated: what speaks for a condition as the main one, each by its own weight. */
export const mainCondition: readonly CodingRule[] = [
  main('main.words', (line, { question }) => {
    const { concept, codable } = line.candidate;
    const [first] = codable;
    return 0.35 * Math.log2(codable.length) + (concept.source === 'pack' ? 0.7 : 0) + Math.min(0.8, (first ? first.mention.span.end - first.mention.span.start : 0) / 40) + 0.06 * Math.log10(1 + question.usage(codeOf(line)));
  }),
  main('main.specialty', (line, { question: { specialty } }) => (specialty !== null && fits[specialty]?.test(codeOf(line)) ? 1.2 : 0)),
  main('main.background', (line, { conditions }) => (/^Z/.test(codeOf(line)) ? -3 : vague.test(codeOf(line)) ? -5 : !beside.test(codeOf(line)) ? 0 : isReason(line.candidate) || !conditions.some((other) => isReason(other) && !beside.test(other.concept.codes[0])) ? -1.5 : -4)),
  main('main.reason-words', ({ candidate, standsFor }) => {
    const said = [candidate, ...standsFor].flatMap(({ codable }) => codable);
    return (said.some(({ before, mention: { section } }) => reasonBefore.test(before) || (section !== 'history' && foundBefore.test(before))) ? 1.3 : 0) + (said.some(({ before }) => changed.test(before)) ? 1 : 0);
  }),
  main('main.past-words', ({ candidate }) => (candidate.codable.every(({ before, mention: { section } }) => old.test(before) || (section !== 'reason' && !lists.has(section))) && candidate.codable.some(({ before }) => old.test(before)) ? -1.5 : 0)),
  main('main.companion', (line, { conditions, question: { specialty } }) => (specialty !== null && isCompanion(line.candidate, conditions) ? -1 : 0)),
  main('main.doubted', ({ candidate }) => (isDoubted(candidate) ? -5 : 0)),
  main('main.definite', (line, { conditions }) => (finding.test(codeOf(line)) ? -4.2 : isIncidental(line, conditions) ? -2.6 : isSymptom(codeOf(line)) ? -2.6 : syndrome.test(codeOf(line)) && conditions.some(({ codable, concept }) => codable.length > 0 && causeOfSyndrome.test(concept.codes[0])) ? -1.3 : 0)),
  main('main.first-named', (line, { conditions }) => -line.candidate.first / 400 + (firstNamed[earlierInList(line, conditions)] ?? 0)),
];
