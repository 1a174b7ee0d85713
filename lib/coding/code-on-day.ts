import type { ClinicalCode, CodeSystem } from '../model/code.js';
import { codeSystems } from '../model/code.js';
import type { CodesOfDay } from '../model/codebook.js';
import type { Coding, CodingRuleId, Rejection, Suggestion } from '../model/suggestion.js';
import type { PlacedMention } from './candidates.js';
import { codeEpisode } from './code-episode.js';
import type { EpisodeQuestion } from './question.js';

const notInEdition = 'not-in-edition' as CodingRuleId;

/**
 * Codes an episode by the editions in force on its day. A code that they do not have is not offered and is named under *why not*;
 * a classification without an edition for the day is withheld whole, never answered from another edition.
 */
export function codeOnDay(question: Omit<EpisodeQuestion, 'entry' | 'day'>, codes: CodesOfDay): Coding {
  const isHeld = (system: CodeSystem): boolean => codes.systems[system].ok;
  const has = (system: CodeSystem, code: ClinicalCode): boolean => codes.entry(system, code) !== null;
  const rejected: Rejection[] = [];
  const mentions = question.mentions.flatMap((placed): readonly PlacedMention[] => {
    const { mention: { concept, span }, document, version } = placed;
    if (!isHeld(concept.system)) return [];
    for (const code of concept.codes) if (!has(concept.system, code)) rejected.push({ system: concept.system, code, label: concept.label, evidence: { document, version, span }, because: [notInEdition], cue: null });
    // The first code carries the meaning; one that only goes with it may be missing.
    if (!has(concept.system, concept.codes[0])) return [];
    const [first, ...rest] = concept.codes;
    const kept = rest.filter((code) => has(concept.system, code));
    return [kept.length === rest.length ? placed : { ...placed, mention: { ...placed.mention, concept: { ...concept, codes: [first, ...kept] } } }];
  });
  const coding = codeEpisode({ ...question, mentions, entry: codes.entry, day: codes.ground === 'newest' ? null : codes.day });
  // A rule may have put a code beside those of the note.
  const valid = (one: Suggestion): boolean => isHeld(one.system) && has(one.system, one.code);
  for (const { system, code, label, evidence } of coding.suggestions.filter((one) => isHeld(one.system) && !valid(one))) rejected.push({ system, code, label, evidence: evidence[0], because: [notInEdition], cue: null });
  const titled = (one: Suggestion): Suggestion => {
    const title = codes.entry(one.system, one.code)?.title ?? null;
    // A label that is the code again has words of the interface in both languages; editions bring English titles, so our own Welsh stays.
    return title === null || one.label.en === one.code ? one : { ...one, label: { ...one.label, en: title } };
  };
  return {
    suggestions: coding.suggestions.filter(valid).map(titled),
    rejected: [...coding.rejected.filter(({ system }) => isHeld(system)), ...rejected],
    abstentions: [...coding.abstentions.filter(({ system }) => isHeld(system)), ...codeSystems.filter((system) => !isHeld(system)).map((system) => ({ system, role: 'primary', reason: 'no-edition' } as const))],
  };
}
