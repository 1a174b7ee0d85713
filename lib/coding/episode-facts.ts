import type { ClinicalCode } from '../model/code.js';
import type { CodedEpisode } from '../model/coded-episode.js';
import type { ClinicalDocument } from '../model/document.js';
import type { Episode } from '../model/episode.js';
import { exceptionChoices, fieldKinds, type AskedField, type EpisodeFacts, type FactAnswer } from '../model/exception.js';
import type { Coding } from '../model/suggestion.js';
import { readPatient } from './patient-words.js';

/** Where the facts of an episode come from. */
export interface FactSources {
  /** As the page shows it. */
  readonly episode: Episode;
  readonly texts: readonly string[];
  /** TREATMENT FUNCTION CODE of the specialty that the page names, or null. */
  readonly treatmentFunction: string | null;
  /** Null while the lists are being opened: then the codes are not known. */
  readonly coding: Coding | null;
  readonly coded: CodedEpisode | null;
  readonly answers: Readonly<Partial<Record<AskedField, FactAnswer>>>;
}

/** The texts that speak of this stay: not those of another episode, nor those from before it. */
export function textsOfStay(documents: readonly Pick<ClinicalDocument, 'text' | 'date' | 'episode'>[], { number, admitted }: Episode): readonly string[] {
  return documents.filter(({ date, episode }) => (episode === null || number === null || episode === number) && (date === null || admitted === null || date.slice(0, 10) >= admitted)).map(({ text }) => text);
}

type Facts = { -readonly [Field in keyof EpisodeFacts]: EpisodeFacts[Field] };

/** What is known of an episode: the page's own fields, what the notes say outright, the codes accepted or on offer, and over these what the coder answered. */
export function factsOf({ episode, texts, treatmentFunction, coding, coded, answers }: FactSources): EpisodeFacts {
  const facts: Facts = { ...fromNotes(texts) };
  const stay = daysBetween(episode.admitted, episode.discharged);
  if (stay !== null) facts['length-of-stay'] = stay;
  const named = /\b(\d{3})\b/.exec(episode.specialty ?? '')?.[1] ?? treatmentFunction;
  if (named !== null) facts.specialty = named;
  const kind = patientClass(episode.patientClass ?? '');
  if (kind) facts['patient-class'] = kind;
  if (kind === 'day-case') {
    // NHS Data Dictionary, DAY CASE ADMISSION: admitted electively and not in need of a bed overnight; who goes on to critical care is a day case no longer.
    facts['length-of-stay'] ??= 0;
    facts['admission-method'] = 'elective';
    facts['critical-care'] = false;
  }
  if (coding) {
    facts.diagnosis = codesOf('ICD-10', coding, coded);
    facts.procedure = codesOf('OPCS-4', coding, coded);
    // The High Cost Drugs chapter of OPCS-4; that none is there says nothing, since its list does not ship.
    if (facts.procedure.some((code) => /^X(?:8[1-9]|9[0-8])/.test(code))) facts['high-cost-drug'] = true;
  }
  return { ...facts, ...answered(answers) };
}

/** Codes in the episode, and those on offer that the coder has not rejected. */
function codesOf(system: 'ICD-10' | 'OPCS-4', coding: Coding, coded: CodedEpisode | null): readonly ClinicalCode[] {
  const units = system === 'ICD-10' ? coded?.diagnoses : coded?.procedures;
  const denied = new Set(coded?.rejected.filter((one) => one.system === system).flatMap(({ codes }) => codes.split(' ')));
  return [...new Set([...(units ?? []).flatMap(({ codes }) => codes), ...coding.suggestions.filter((one) => one.system === system && one.shown && !denied.has(one.code)).map(({ code }) => code)])];
}

/** Nights between two days, or null where one is missing or they are the wrong way round. */
function daysBetween(from: string | null, to: string | null): number | null {
  const days = (Date.parse(to ?? '') - Date.parse(from ?? '')) / 86_400_000;
  return Number.isFinite(days) && days >= 0 ? Math.round(days) : null;
}

/** PATIENT CLASSIFICATION from the page's own words, English or Welsh. */
function patientClass(words: string): EpisodeFacts['patient-class'] | null {
  if (/day[\s-]?case|achos(?:ion)? dydd/i.test(words)) return 'day-case';
  if (/regular day/i.test(words)) return 'regular-day';
  if (/regular night/i.test(words)) return 'regular-night';
  return /\bin-?patient|\bordinary\b|claf mewnol|cleifion mewnol/i.test(words) ? 'ordinary' : null;
}

const baby = /\b\d{1,3}[\s-](?:day|week|month)s?[\s-]old\s+(?:baby|infant|neonate|boy|girl|male|female)\b/i;
const died = /\b(?:the )?patient (?:sadly |unfortunately |peacefully )*(?:died|passed away)\b|\bRIP\b|\bverification of death\b|\bdate of death\s*:|\bbu farw['’]r claf\b|\bdyddiad (?:y )?marwolaeth\s*:/;
const selfDischarged = /\bself[\s-]discharged?\b(?! risk)/i;
const wentHome = /\b(?:was |been )?discharged (?:back )?home\b|\baeth adref\b/i;
const emergency = /\b(?:admitted as an emergency|emergency admission|method of admission\s*:\s*emergency|admitted via (?:A&E|ED|the emergency department)|derbyniad brys)\b/i;
const elective = /\b(?:admitted electively|elective admission|method of admission\s*:\s*elective|derbyniad dewisol)\b/i;
const critical = /\b(?:admitted|transferred|stepped up) to (?:the )?(?:ICU|ITU|HDU|intensive care|critical care|high dependency)\b/i;
/** Words before a statement that make it none. */
const notSo = /\b(?:not|never|if|no|without|refused|heb|ddim)\b[^.\n]{0,25}$/i;

/** What the notes say outright; silence says nothing, and two statements that differ say nothing. */
function fromNotes(texts: readonly string[]): EpisodeFacts {
  const says = (pattern: RegExp): boolean => texts.some((text) => { const at = pattern.exec(text)?.index; return at !== undefined && !notSo.test(text.slice(Math.max(0, at - 40), at)); });
  const facts: Facts = {};
  const { age } = readPatient(texts);
  if (age !== null) facts.age = age;
  else if (says(baby)) facts.age = 0;
  if (says(died)) facts['discharge-method'] = 'died';
  else if (says(selfDischarged)) facts['discharge-method'] = 'self-discharged';
  else if (says(wentHome)) facts['discharge-method'] = 'discharged';
  const [urgent, planned] = [says(emergency), says(elective)];
  if (urgent !== planned) facts['admission-method'] = urgent ? 'emergency' : 'elective';
  if (says(critical)) facts['critical-care'] = true;
  return facts;
}

/** Answers that fit their field; another is none. */
function answered(answers: FactSources['answers']): EpisodeFacts {
  return Object.fromEntries(Object.entries(answers).filter(([field, answer]) => isAnswer(field as AskedField, answer))) as EpisodeFacts;
}

/** Can this be the answer for that field? */
export function isAnswer(field: AskedField, answer: unknown): boolean {
  switch (fieldKinds[field]) {
    case 'number': return typeof answer === 'number' && Number.isInteger(answer) && answer >= 0 && answer <= 9_999;
    case 'yes-no': return typeof answer === 'boolean';
    case 'specialty': return typeof answer === 'string' && /^\d{3}$/.test(answer);
    case 'choice': return (exceptionChoices[field as keyof typeof exceptionChoices] as readonly unknown[]).includes(answer);
    default: return false;
  }
}
