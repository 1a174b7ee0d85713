import type { AssertionCue } from '../model/assertion.js';
import type { ClinicalCode, CodeEntry, CodeSystem } from '../model/code.js';
import type { Abstention, Coding, CodingRuleId, Evidence, Ground, Rejection, Suggestion } from '../model/suggestion.js';
import { gather, type Candidate, type PlacedMention } from './candidates.js';
import { bandOf, confidenceOf } from './confidence.js';
import { historyCode } from './history-codes.js';
import { isLongTermCode } from './long-term.js';
import { sectionWeight } from './primary-diagnosis.js';
import { codeProcedures } from './procedures.js';
import { isIntegral, isSymptom } from './symptoms.js';

/** What the engine is asked: mentions of one episode in reading order, and what is known of it. */
export interface EpisodeQuestion {
  readonly mentions: readonly PlacedMention[];
  readonly specialty: string | null;
  /** `primary`: the department codes the main condition and the main procedure only; the others are ranked, not shown. */
  readonly depth: 'full' | 'primary';
  /** Yearly usage of ICD-10 codes in English hospitals, for ranking alike candidates. */
  readonly usage: (code: ClinicalCode) => number;
  readonly isAsterisk: (code: ClinicalCode) => boolean;
  /** The code in the edition of the episode's day, with the sex and ages that it fits; null where it is not in it. What is given is checked against it once more by `codeOnDay`. */
  readonly entry: (system: CodeSystem, code: ClinicalCode) => CodeEntry | null;
}

const rule = (id: string): CodingRuleId => id as CodingRuleId;
const codeOf = (candidate: Candidate): ClinicalCode => candidate.concept.codes[0];
const evidenceOf = ({ mention, document, version }: PlacedMention): Evidence => ({ document, version, span: mention.span });

/** A diagnosis that is said more precisely elsewhere is coded so (DGCS.1, specificity); conditions that one code holds together become it. */
const precise: readonly (readonly [general: RegExp, precise: RegExp])[] = [
  [/^C80/, /^C[0-7]|^C9/], [/^T148/, /^(?:I6[0-2]|S)/], [/^R58X/, /^(?:I6[0-2]|K92|N93|R31|R04|H43)/], [/^I629/, /^I6[0-2][0-8]/], [/^D432/, /^C7[01]|^D33|^D32/], [/^C449/, /^C43/], [/^E149/, /^E1[0-3]/], [/^E119/, /^E11[0-8]/], [/^E109/, /^E10[0-8]/], [/^I64X/, /^I6[0-3]/], [/^H269/, /^(?:H25|H26[0-4]|H280|Q120)/], [/^H259/, /^H25[0-8]/], [/^M199/, /^M1[5-8]/], [/^M139/, /^M(?:0[5-9]|1[0-9])/], [/^I259/, /^I25[0-8]/], [/^J22X/, /^J1[2-8]/], [/^F03X/, /^F0[0-2]/],
  [/^G629/, /^(?:G6[0-4]|G632)/], [/^N189/, /^N18[1-5]/], [/^I489/, /^I48[0-4]/], [/^I509/, /^I50[01]|^I11/], [/^I849|^K649/, /^K64[0-8]/], [/^M069/, /^M(?:05|060|06[1-4])/], [/^M819/, /^M8(?:1[0-8]|0)/], [/^G35X/, /^$/], [/^R568/, /^G4[01]/], [/^G409/, /^G40[0-8]/], [/^H409/, /^H40[0-8]/],
];

function isLessSpecific(general: string, other: string): boolean {
  if (general === other) return false;
  if (precise.some(([one, two]) => one.test(general) && two.test(other))) return true;
  return general.slice(0, 3) === other.slice(0, 3) && general.endsWith('9') && !other.endsWith('8') && /^[A-QS]/.test(general) && !/^(?:T|S)/.test(general);
}

/** What an episode of a specialty is usually for; a prior for the choice of the main condition, never a reason by itself. */
const fits: Readonly<Record<string, RegExp>> = {
  neurology: /^(?:G|I6|R2[05-9]|R4[0-7]|R51|R55|R56|F44|M54[1-5]|M79[26]|H4[6-9]|H532|C7[012]|D3[23]|Q0)/,
  rheumatology: /^(?:M|L40|R768|R700|I73|I776|D86|E85|J84)/,
  ophthalmology: /^(?:H[0-5]|S05|T85[23]|Q1[0-5]|C69|E1[0-4]3)/,
};

/** Conditions that are most often there besides: they lead only where the note puts them first. */
const beside = /^(?:I10|E78|E66|E1[0-4]9|I48|I25|J45|E03|K21|F32|F41|N18|M819|H91|N40|G473|F17|F10|D649|E55|K59|I739)/;

/** Words that say what an episode was for, directly before its condition (DGCS.1: treated or investigated). */
const reasonBefore = /(?:evaluation of|presents? (?:with|for)|presented (?:with|for)|presenting with|admitted (?:with|for|due to|because of)|admission (?:for|with)|treatment of|treatment for|management of|diagnosis of|diagnosed with|referred (?:for|with)|investigation of|attended (?:for|with)|complain(?:s|ed|ing) of|dderbyn (?:gyda|oherwydd)|driniaeth)\s(?:(?:a|an|the|his|her|their|worsening|acute|progressive|right|left|further|known|recurrent)\s){0,3}$/i;

/** How strongly a diagnosis is put, before its role is known. */
function strength(candidate: Candidate, { usage, specialty }: EpisodeQuestion): number {
  const code = codeOf(candidate);
  const [first] = candidate.codable;
  const words = first ? first.mention.span.end - first.mention.span.start : 0;
  return candidate.weight
    + 0.35 * Math.log2(candidate.codable.length)
    + (candidate.concept.source === 'pack' ? 0.7 : 0)
    + Math.min(0.8, words / 40)
    + 0.06 * Math.log10(1 + usage(code))
    + (specialty !== null && fits[specialty]?.test(code) ? 1.2 : 0)
    - (beside.test(code) ? 1.5 : 0)
    + (candidate.codable.some(({ before }) => reasonBefore.test(before)) ? 1.3 : 0)
    - (isSymptom(code) ? 2.6 : 0) - (/^Z/.test(code) ? 3 : 0);
}

/** Gives the codes of an episode, primary first, each with the words that prove it and the rules that fired; what was left out, and why; and where it abstains. */
export function codeEpisode(question: EpisodeQuestion): Coding {
  const candidates = gather(question.mentions);
  const diagnoses = candidates.filter(({ concept }) => concept.system === 'ICD-10');
  const rejected: Rejection[] = [];
  const reject = (candidate: Candidate, placed: PlacedMention, because: readonly string[], cue: string | null): void => {
    rejected.push({ system: candidate.concept.system, code: codeOf(candidate), label: candidate.concept.label, evidence: evidenceOf(placed), because: because.map(rule), cue });
  };
  for (const candidate of candidates) if (candidate.codable.length === 0) for (const placed of candidate.against) reject(candidate, placed, [whyNot(placed)], cueWords(placed.mention.cues));

  const stated = combine(diagnoses.filter((candidate) => candidate.codable.length > 0 && candidate.weight > 0));
  const kept: Candidate[] = [];
  // What is said precisely elsewhere takes over the place of the general words, and a diagnosis that of its symptom.
  const heirs = new Map<Candidate, number>();
  const inherit = (from: Candidate, to: Candidate): void => { heirs.set(to, Math.max(heirs.get(to) ?? 0, from.weight)); };
  for (const candidate of stated) {
    const code = codeOf(candidate);
    const [first] = candidate.codable;
    if (!first) continue;
    const better = stated.find((other) => other !== candidate && isLessSpecific(code, codeOf(other)));
    if (better) { for (const other of stated) if (isLessSpecific(code, codeOf(other))) inherit(candidate, other); reject(candidate, first, ['DGCS.1', 'less-specific'], null); continue; }
    const whole = stated.find((other) => other !== candidate && !isSymptom(codeOf(other)) && isIntegral(code, codeOf(other)));
    if (whole) { for (const other of stated) if (isIntegral(code, codeOf(other))) inherit(candidate, other); reject(candidate, first, ['DCS.XVIII', 'symptom-of-diagnosis'], null); continue; }
    kept.push(candidate);
  }
  const ranked = kept.map((candidate) => ({ candidate, score: strength(candidate, question) + Math.max(0, (heirs.get(candidate) ?? 0) - candidate.weight) - candidate.first / 400 })).sort((a, b) => b.score - a.score);
  const mayLead = ranked.filter(({ candidate }) => !question.isAsterisk(codeOf(candidate)) && !/^[V-Y]/.test(codeOf(candidate)) && candidate.weight > sectionWeight.drugs);
  // What stands only among the past history, the drugs or the habits is no reason for an episode: rather nothing than that.
  const main = mayLead.find(({ candidate }) => !(isSymptom(codeOf(candidate)) && candidate.weight <= sectionWeight.description) && candidate.codable.some(({ mention }) => mention.section !== 'history' && mention.section !== 'drugs' && mention.section !== 'social')) ;
  const order = main ? [main, ...ranked.filter((one) => one !== main).sort((a, b) => a.candidate.first - b.candidate.first)] : ranked;

  const suggestions: Suggestion[] = [];
  let group = 0;
  let position = 0;
  const given = new Set<string>();
  for (const { candidate, score } of order) {
    group += 1;
    const isMain = candidate === main?.candidate;
    const confidence = confidenceOf(candidate, score, isMain, question, question.mentions.length);
    for (const [index, code] of candidate.concept.codes.entries()) {
      if (given.has(code)) continue;
      given.add(code);
      const [one, ...more] = candidate.codable.map(evidenceOf);
      if (!one) continue;
      suggestions.push({
        system: 'ICD-10', code, label: candidate.concept.label, role: isMain && index === 0 ? 'primary' : 'secondary', position: position++,
        confidence: index === 0 ? confidence : confidence * 0.98, band: bandOf(confidence), grounds: groundsOf(candidate, isMain), shown: isOffered(candidate, isMain, confidence, question.specialty),
        evidence: [one, ...more], because: [...new Set([isMain ? 'DGCS.1' : 'DGCS.3', ...(candidate.concept.codes.length > 1 ? ['DGCS.5'] : []), ...rulesOf(candidate)])].map(rule), group, prompts: [],
      });
    }
  }
  // A past cancer, stroke or infarct leaves a code of its own.
  for (const candidate of diagnoses) {
    const history = candidate.codable.length === 0 ? historyCode(codeOf(candidate)) : null;
    const [one, ...more] = candidate.against.filter(({ mention: { assertion } }) => assertion.polarity === 'affirmed' && assertion.subject === 'patient' && assertion.certainty !== 'uncertain' && assertion.temporality === 'historical').map(evidenceOf);
    if (!history || !one || given.has(history.code)) continue;
    given.add(history.code);
    group += 1;
    suggestions.push({ system: 'ICD-10', code: history.code, label: history.label, role: 'secondary', position: position++, confidence: 0.45, band: 'slight', grounds: ['pack-term'], shown: true, evidence: [one, ...more], because: [rule('DGCS.3'), rule('history-code')], group, prompts: [] });
  }
  // What is in doubt or past is ranked below what a coder is offered: a word from the clinician would change it.
  for (const candidate of diagnoses) {
    const code = codeOf(candidate);
    const open = candidate.codable.length > 0 ? [] : candidate.against.filter(({ mention: { assertion } }) => assertion.polarity === 'affirmed' && assertion.subject === 'patient' && assertion.temporality !== 'hypothetical');
    const [one, ...more] = open.map(evidenceOf);
    if (!one || given.has(code)) continue;
    given.add(code);
    group += 1;
    const confidence = 0.5 * confidenceOf({ ...candidate, codable: open }, 0, false, question, question.mentions.length);
    suggestions.push({ system: 'ICD-10', code, label: candidate.concept.label, role: 'secondary', position: position++, confidence, band: 'slight', grounds: ['weak-section'], shown: false, evidence: [one, ...more], because: [rule(open[0] ? whyNot(open[0]) : 'DGCS.2')], group, prompts: [] });
  }
  const abstentions: Abstention[] = [];
  if (!main) abstentions.push({ system: 'ICD-10', role: 'primary', reason: diagnoses.some((one) => one.against.some(({ mention }) => mention.assertion.certainty === 'uncertain')) ? 'only-uncertain' : 'nothing-codable' });
  const procedures = codeProcedures(candidates.filter(({ concept }) => concept.system === 'OPCS-4'), question.mentions, group);
  const all = [...suggestions, ...procedures.suggestions];
  return { suggestions: question.depth === 'full' ? all : all.map((one) => (isNeeded(one, all) ? one : { ...one, shown: false })), rejected: [...rejected, ...procedures.rejected], abstentions: [...abstentions, ...procedures.abstentions] };
}

/** In primary-only coding: the main condition with the partner that its standard demands, and the group of the main procedure. */
function isNeeded(one: Suggestion, all: readonly Suggestion[]): boolean {
  const lead = all.find((other) => other.system === one.system && other.role === 'primary');
  return one.role === 'primary' || (lead !== undefined && lead.group === one.group);
}

function whyNot({ mention: { assertion } }: PlacedMention): string {
  if (assertion.subject !== 'patient') return 'family';
  if (assertion.polarity === 'negated') return 'negated';
  if (assertion.temporality === 'hypothetical') return 'hypothetical';
  if (assertion.certainty === 'uncertain') return 'DGCS.2';
  return 'historical';
}

function cueWords(cues: readonly AssertionCue[]): string | null {
  return cues.find((cue) => cue.span !== null)?.words ?? cues[0]?.words ?? null;
}

/** Forms of age-related cataract together are the combined form (H25.8); both eyes of a candidate list stand as they are. */
function combine(stated: readonly Candidate[]): readonly Candidate[] {
  const forms = stated.filter((candidate) => /^H25[01]/.test(codeOf(candidate)));
  if (new Set(forms.map(codeOf)).size < 2) return stated;
  const [first] = forms;
  if (!first) return stated;
  const together: Candidate = {
    ...first, concept: { ...first.concept, codes: ['H258' as ClinicalCode], label: { en: 'Age-related cataract, other or combined', cy: 'Cataract henaint, math arall neu gyfunol', translation: 'draft' } },
    codable: forms.flatMap((one) => one.codable), weight: Math.max(...forms.map((one) => one.weight)) + 0.5,
  };
  return [together, ...stated.filter((one) => !forms.includes(one) && codeOf(one) !== 'H258')];
}

function rulesOf({ concept, codable }: Candidate): string[] {
  const code = concept.codes[0];
  const more: string[] = [concept.source === 'pack' ? 'pack-term' : concept.source === 'title' ? 'title-match' : 'index-match'];
  if (/^E1[0-4]/.test(code)) more.push('DCS.IV.1');
  if (code === 'I10X') more.push('DCS.IX.1');
  if (/^H2[56]/.test(code)) more.push(code === 'H264' ? 'DCS.VII.2' : 'DCS.VII.1');
  if (codable.some(({ mention }) => mention.assertion.certainty === 'codable')) more.push('DGCS.2');
  return more;
}

function groundsOf(candidate: Candidate, isMain: boolean): Ground[] {
  const sections = new Set(candidate.codable.map(({ mention }) => mention.section));
  const grounds: Ground[] = [];
  if (isMain && (sections.has('operation') || sections.has('preoperative'))) grounds.push('main-in-operation');
  else if (isMain && sections.has('diagnosis')) grounds.push('main-in-diagnosis');
  else if (isMain && sections.has('reason')) grounds.push('main-in-reason');
  if (candidate.weight < 1) grounds.push('weak-section');
  grounds.push(candidate.concept.source === 'pack' ? 'pack-term' : 'index-match');
  return grounds;
}

/** Conditions beside the main one are offered where the note makes them relevant (DGCS.3): those that stay, and those that a telling section names; symptoms only where they head the note. */
function isOffered(candidate: Candidate, isMain: boolean, confidence: number, specialty: string | null): boolean {
  if (isMain) return true;
  if (specialty === null) return confidence > 0.25;
  const code = codeOf(candidate);
  if (isSymptom(code)) return candidate.weight >= sectionWeight.reason && confidence > 0.3;
  if (isLongTermCode(code) && !/^Z9[08]|^Z6/.test(code)) return (candidate.weight > sectionWeight.drugs || (/^F1[0-9]/.test(code) && candidate.weight >= sectionWeight.social)) && confidence > 0.25;
  return candidate.weight >= sectionWeight['present-illness'] && confidence > 0.35;
}
