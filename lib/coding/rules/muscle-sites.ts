import type { ClinicalCode } from '../../model/code.js';
import { isCodable } from '../../model/assertion.js';
import type { PlacedMention } from '../candidates.js';
import type { CodingRule, ProcedureCode, ProcedureDraft } from '../draft.js';

/** Muscles by the words that name them (Z54–Z60 of OPCS-4). */
const muscles: readonly (readonly [words: RegExp, code: string])[] = [
  [/\b(?:splenius|spleni|sternocleido-?mastoids?|sternomastoids?|SCMs?|trapezius|trapezii|levator scapulae?|scalen\w+|semispinalis|longus (?:capitis|colli)|neck|cervical paraspinals?|(?:g|ng)?wddf)\b/i, 'Z602'],
  [/\b(?:orbicularis|zygomatic\w+|frontalis|corrugators?|procerus|mentalis|masseters?|temporalis|nasalis|risorius|buccinator|face|facial|forehead|glabella\w*|wyneb)\b/i, 'Z601'],
  [/\bbiceps(?! femoris)\b/i, 'Z544'], [/\btriceps(?! surae)\b/i, 'Z545'], [/\bdeltoids?\b/i, 'Z541'], [/\bpectoralis\b/i, 'Z543'],
  [/\b(?:FDS|FDP|FCU|FCR|FPL|flexor (?:carpi|digitorum|pollicis)|forearm flexors?|wrist flexors?|finger flexors?)\b/i, 'Z551'], [/\b(?:ECR|ECU|extensor (?:carpi|digitorum communis)|forearm extensors?|wrist extensors?)\b/i, 'Z552'], [/\bpronator/i, 'Z554'],
  [/\bthenar\b/i, 'Z562'], [/\b(?:iliopsoas|psoas)\b/i, 'Z572'], [/\b(?:quadriceps|rectus femoris)\b/i, 'Z573'], [/\badductors?\b(?! pollicis)/i, 'Z574'], [/\bhamstrings?\b/i, 'Z577'], [/\b(?:gastrocnemi\w+|gastrocs?|soleus|solei|calf|calves|triceps surae)\b/i, 'Z581'], [/\b(?:tibialis posterior|tib(?:ialis)? post)\b/i, 'Z583'], [/\b(?:tibialis anterior|tib(?:ialis)? ant)\b/i, 'Z584'],
];
/** Conditions of one group of muscles: their injections need no name of it. */
const byCondition: readonly (readonly [condition: RegExp, code: string])[] = [[/^G243/, 'Z602'], [/^G51[34]/, 'Z601']];
const eyelid = /\b(?:eye-?lids?|lids?|pretarsal|preseptal|amrant|amrannau)\b/i;

/** UTF-16 units about the words in which the muscles are looked for. */
const reach = 160;
const about = ({ sentence, sentenceAt, mention: { span } }: PlacedMention): string => sentence.slice(Math.max(0, span.start - sentenceAt - reach), span.end - sentenceAt + reach);

/** Botulinum toxin and other injections for local action (X37.5): the muscle is coded from the words, else from the condition that has only one; into an eyelid it is C22.4. */
export const muscleSites: CodingRule = {
  id: 'muscle-site', isToBeChecked: true, on: 'procedures',
  apply(draft, { question: { mentions } }): ProcedureDraft {
    const injections = draft.codes.filter(({ code }) => code === 'X375');
    const [first] = injections;
    if (!first) return draft;
    const has = (pattern: RegExp): boolean => mentions.some(({ mention: { concept, assertion } }) => concept.system === 'ICD-10' && pattern.test(concept.codes[0]) && isCodable(assertion));
    const named = new Map<string, PlacedMention>();
    for (const placed of injections.flatMap(({ from }) => from.here)) { const words = about(placed); for (const [pattern, code] of muscles) if (pattern.test(words) && !named.has(code)) named.set(code, placed); }
    const isLid = injections.every(({ from }) => from.here.some((placed) => eyelid.test(about(placed)))) || (named.size === 0 && has(/^G245/));
    const held = (code: string): boolean => draft.codes.some((one) => one.code === code);
    if (isLid && (has(/^G245/) || named.size === 0)) return { ...draft, codes: draft.codes.flatMap((one) => (one.code === 'X375' ? (held('C224') ? [] : [{ ...one, code: 'C224' as ClinicalCode, fired: [...one.fired, 'muscle-site'] }]) : [one])) };
    const [proof] = first.from.here;
    if (named.size === 0 && proof && !draft.codes.some(({ code }) => /^Z(?:5[4-9]|60)/.test(code))) for (const [condition, code] of byCondition) if (has(condition)) named.set(code, proof);
    const sites = [...named].filter(([code]) => !held(code)).map(([code, placed], index): ProcedureCode => ({ code: code as ClinicalCode, from: first.from, index: 1 + index, fired: ['muscle-site', 'PRule7'], proof: placed }));
    return sites.length === 0 ? draft : { ...draft, codes: [...draft.codes, ...sites] };
  },
};
