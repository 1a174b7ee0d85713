import { isByDepartment, type AssertionCue } from '../model/assertion.js';
import { bandOf, type Abstention, type Coding, type Ground, type Rejection, type Suggestion } from '../model/suggestion.js';
import { atDepth } from './coding-depth.js';
import { gather, type Candidate, type PlacedMention } from './candidates.js';
import { confidenceOf } from './confidence.js';
import { asRule, codeOf, evidenceOf, labelOf, lineOf, type Draft, type Line, type Scene } from './draft.js';
import { isLongTermCode } from './long-term.js';
import { readPatient } from './patient-words.js';
import { sectionWeight } from './primary-diagnosis.js';
import { codeProcedures } from './procedures.js';
import type { EpisodeQuestion } from './question.js';
import { codingRules } from './rules/index.js';
import { isSymptom } from './symptoms.js';

/** Difference of strength below which two conditions stand alike as the main one. */
const alike = 0.3;

/** Infection, haemorrhage and injury of no named place. */
const unnamed = /^(?:B99|R58|T14[89])/;

/** Gives the codes of an episode, primary first, each with the words that prove it and the rules that fired; what was left out, and why; and where it abstains. */
export function codeEpisode(question: EpisodeQuestion): Coding {
  const rules = codingRules.filter(({ id }) => question.rulesOff?.has(id) !== true);
  const candidates = gather(question.mentions);
  const conditions = candidates.filter(({ concept }) => concept.system === 'ICD-10');
  const scene: Scene = { question, conditions, patient: readPatient(question.texts) };
  const denied = candidates.flatMap((candidate) => (candidate.codable.length > 0 ? [] : candidate.against.map((placed): Rejection => ({ system: candidate.concept.system, code: candidate.concept.codes[0], label: candidate.concept.label, evidence: evidenceOf(placed), because: whyNot(placed).map(asRule), cue: cueWords(placed.mention.cues) }))));

  const named: Draft = { lines: conditions.filter((candidate) => candidate.codable.length > 0 && candidate.weight > 0).map(lineOf), rejected: [] };
  const draft = rules.reduce((held, rule) => (rule.on === 'diagnoses' ? rule.apply(held, scene) : held), named);
  const weighers = rules.flatMap((rule) => (rule.on === 'main' ? [rule] : []));
  const scored = draft.lines.map((line) => {
    const weights = weighers.map((rule) => ({ id: rule.id, weight: rule.weigh(line, scene) }));
    return { line, score: Math.max(line.candidate.weight, ...line.standsFor.map(({ weight }) => weight)) + weights.reduce((sum, { weight }) => sum + weight, 0), reasons: weights.filter(({ weight }) => weight >= 1).map(({ id }) => id) };
  }).sort((a, b) => b.score - a.score);
  const main = scored.find(({ line }) => mayBeMain(line, question));
  // Two that stand alike are a question to the coder; abstaining there would cost more right answers than wrong ones on the development notes.
  const rival = main && scored.some((one) => one !== main && main.score - one.score < alike && mayBeMain(one.line, question));
  const order = main ? [main, ...scored.filter((one) => one !== main).sort((a, b) => a.line.candidate.first - b.line.candidate.first)] : scored;

  const suggestions: Suggestion[] = [];
  let group = 0;
  const given = new Set<string>();
  for (const { line, score, reasons } of order) {
    group += 1;
    const { candidate } = line;
    const isMain = line === main?.line;
    const confidence = line.confidence ?? confidenceOf(candidate, score, isMain, question, question.mentions.length);
    const [one, ...more] = candidate.codable.map(evidenceOf);
    for (const [index, code] of candidate.concept.codes.entries()) {
      if (given.has(code) || !one) continue;
      given.add(code);
      suggestions.push({
        system: 'ICD-10', code, label: labelOf(candidate.concept, index), role: isMain && index === 0 ? 'primary' : 'secondary', position: suggestions.length,
        confidence: index === 0 ? confidence : confidence * 0.98, band: bandOf(confidence), grounds: groundsOf(candidate, isMain), shown: isOffered(line, isMain, confidence, question.specialty),
        evidence: [one, ...more], because: [...new Set([isMain ? 'DGCS.1' : 'DGCS.3', ...(isMain ? reasons : []), ...line.fired, knownFrom[candidate.concept.source]])].map(asRule),
        group, prompts: index > 0 ? [] : isMain && rival ? [...line.prompts, 'prompt.several-alike'] : line.prompts,
      });
    }
  }
  // What was set aside is ranked below everything that may be offered: its words were found, and a word from the clinician would change it.
  const below = (code: Suggestion['code'], candidate: Candidate, proof: readonly PlacedMention[], because: readonly string[], share: number): void => {
    const [one, ...more] = proof.map(evidenceOf);
    if (!one || given.has(code)) return;
    given.add(code);
    group += 1;
    suggestions.push({ system: 'ICD-10', code, label: candidate.concept.label, role: 'secondary', position: suggestions.length, confidence: share * confidenceOf({ ...candidate, codable: proof }, 0, false, question, question.mentions.length), band: 'slight', grounds: ['weak-section'], shown: false, evidence: [one, ...more], because: because.map(asRule), group, prompts: [] });
  };
  for (const candidate of conditions) {
    if (candidate.codable.length > 0) continue;
    const open = candidate.against.filter(({ mention: { assertion } }) => assertion.polarity === 'affirmed' && assertion.subject === 'patient' && assertion.temporality !== 'hypothetical');
    const [first] = open;
    if (first) below(candidate.concept.codes[0], candidate, open, whyNot(first), 0.5);
    else if (candidate.against[0]) below(candidate.concept.codes[0], candidate, candidate.against, whyNot(candidate.against[0]), 0.02);
  }
  for (const { code, because } of draft.rejected) {
    const candidate = conditions.find(({ concept }) => concept.codes[0] === code);
    if (candidate) below(code, candidate, candidate.codable, because, 0.02);
  }
  const abstentions: Abstention[] = main ? [] : [{ system: 'ICD-10', role: 'primary', reason: conditions.some((one) => one.against.some(({ mention }) => mention.assertion.certainty === 'uncertain')) ? 'only-uncertain' : 'nothing-codable' }];
  const procedures = codeProcedures(candidates.filter(({ concept }) => concept.system === 'OPCS-4'), rules, scene, group);
  const all = [...suggestions, ...procedures.suggestions];
  return atDepth({ suggestions: all, rejected: [...denied, ...draft.rejected, ...procedures.rejected], abstentions: [...abstentions, ...procedures.abstentions] }, question.depth);
}

/** An asterisk or an external cause never leads, and what stands only among the past history, the drugs or the habits is no reason for an episode: rather nothing than that; nor is a bruise of no named place outside the diagnoses. */
function mayBeMain(line: Line, { isAsterisk }: EpisodeQuestion): boolean {
  const code = codeOf(line);
  const weight = weightOf(line);
  if (!line.mayLead || isAsterisk(code) || /^[V-Y]/.test(code) || weight <= sectionWeight.drugs || (isSymptom(code) && weight <= sectionWeight.description) || (/^T148/.test(code) && weight < sectionWeight.preoperative)) return false;
  return namedBy(line).some(({ codable }) => codable.some(({ mention }) => mention.section !== 'history' && mention.section !== 'drugs' && mention.section !== 'social'));
}

/** The words that name a condition: its own, and general ones that it makes precise (“cataract” in the diagnosis, “nuclear sclerosis” in the examination). A symptom's place is not the diagnosis's own. */
function namedBy({ candidate, standsFor }: Line): readonly Candidate[] {
  return [candidate, ...standsFor.filter(({ concept }) => !isSymptom(concept.codes[0]))];
}
const weightOf = (line: Line): number => Math.max(...namedBy(line).map(({ weight }) => weight));

/** Stoma, transplant, implant or graft of the heart, shunt of the cerebrospinal fluid (Z93–Z95, Z98.2): present for as long as nobody says otherwise (DGCS.3). */
const inPlace = /^Z9(?:[345]|82)/;

/** “Falls” alone says it only where a note lists what the patient has. */
function isTendency({ mention: { section, span }, sentence, sentenceAt }: PlacedMention): boolean {
  // “History of fall” is one fall, and how the patient was hurt.
  if (/\bfall$/i.test(sentence.slice(span.start - sentenceAt, span.end - sentenceAt)) && !/tend/i.test(sentence)) return false;
  return (span.end - span.start > 'falls'.length || section === 'history' || section === 'diagnosis' || section === 'impression') && sectionWeight[section] > sectionWeight.drugs;
}

function whyNot({ mention: { assertion, cues } }: PlacedMention): readonly string[] {
  if (assertion.subject !== 'patient') return ['family'];
  if (assertion.polarity === 'negated') return ['negated'];
  if (assertion.temporality === 'hypothetical') return ['hypothetical'];
  if (assertion.certainty === 'uncertain') return isByDepartment(cues) ? ['department-doubt'] : ['DGCS.2'];
  return ['historical'];
}

function cueWords(cues: readonly AssertionCue[]): string | null {
  return cues.find((cue) => cue.span !== null)?.words ?? cues[0]?.words ?? null;
}

/** Where the words of a concept are known from. */
const knownFrom = { pack: 'pack-term', title: 'title-match', index: 'index-match', approved: 'approved-words' } as const;

function groundsOf(candidate: Candidate, isMain: boolean): Ground[] {
  const sections = new Set(candidate.codable.map(({ mention }) => mention.section));
  const grounds: Ground[] = [];
  if (isMain && (sections.has('operation') || sections.has('preoperative'))) grounds.push('main-in-operation');
  else if (isMain && sections.has('diagnosis')) grounds.push('main-in-diagnosis');
  else if (isMain && sections.has('reason')) grounds.push('main-in-reason');
  if (candidate.weight < 1) grounds.push('weak-section');
  grounds.push(candidate.concept.source === 'title' ? 'index-match' : knownFrom[candidate.concept.source]);
  return grounds;
}

/** Conditions beside the main one are offered where the note makes them relevant (DGCS.3): those that stay, and those that a telling section names; symptoms only where they head the note. */
function isOffered(line: Line, isMain: boolean, confidence: number, specialty: string | null): boolean {
  if (isMain || line.offer === 'always') return true;
  if (specialty === null) return confidence > 0.3;
  const { candidate } = line;
  const [code] = candidate.concept.codes;
  const weight = weightOf(line);
  // A tendency to fall is no symptom of now: it stays, and stands among the background.
  if (code === 'R296') return confidence > 0.15 && candidate.codable.some(isTendency);
  // What names hardly a condition is offered where the note lists what the patient has.
  if (unnamed.test(code) && weight < sectionWeight.impression) return false;
  if (isSymptom(code)) return weight >= sectionWeight.reason && confidence > 0.22;
  // A shunt, a stoma, a graft or an implant is there whatever the note goes on to say.
  if (inPlace.test(code)) return weight > sectionWeight.drugs;
  if (isLongTermCode(code) && !/^Z9[08]|^Z6/.test(code)) return (weight > sectionWeight.drugs || (/^F1[0-9]/.test(code) && weight >= sectionWeight.social)) && confidence > 0.15;
  return weight >= sectionWeight['present-illness'] && confidence > 0.28;
}
