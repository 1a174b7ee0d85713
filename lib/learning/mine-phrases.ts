import type { Span } from '../base/span.js';
import type { CodeName, LabelledCase, Phrase } from '../model/learning.js';
import type { PhraseLink } from './phrase-memory.js';
import { phraseOf, stem, type Vocabulary } from './phrase.js';

/** What a mined phrase must have: episodes that hold it and were coded alike, and the share of them among all that hold it. */
export interface MiningBar {
  readonly support: number;
  readonly share: number;
  /** Longest phrase that is looked at, in words. */
  readonly longest: number;
}

export const usualBar: MiningBar = { support: 3, share: 0.5, longest: 4 };

/** Phrases that episodes of one code share, with the episodes that hold them and those of them that have the code. */
export interface MinedPhrase {
  readonly phrase: Phrase;
  readonly code: CodeName;
  readonly accepted: number;
  readonly seen: number;
}

/**
 * Word sequences that tell a code by themselves (support and share as in `bar`). Grown word by word from frequent beginnings
 * (Apriori), so that the work stays near the size of the text; a longer phrase is kept only where it tells more than its beginning and its end. Yields often, how far it is (0–1).
 */
export function* minePhrases(cases: readonly LabelledCase[], vocabulary: Vocabulary, bar: MiningBar = usualBar): Generator<number, readonly MinedPhrase[]> {
  const full = cases.filter((one) => one.depth === 'full');
  const mined = new Map<string, MinedPhrase>();
  /** By place: the frequent phrase of the length before that begins there, or null. At first the words themselves, as nothing is shorter. */
  const before: (string | null)[][] = [];
  for (let length = 1; length <= bar.longest; length += 1) {
    const holders = new Map<string, number[]>();
    for (const [index, { words }] of full.entries()) {
      if (index % often === 0) yield (length - 1 + index / full.length) / bar.longest;
      const stems = length === 1 ? words.map((word) => { const text = stem(word.folded); return vocabulary(text) ? text : null; }) : before[index] ?? [];
      const here = new Set<string>();
      const longer = stems.map((text, first): string | null => {
        const last = first + length - 1;
        if (text === null || (length > 1 && ((stems[first + 1] ?? null) === null || words[first]?.sentence !== words[last]?.sentence))) return null;
        const phrase = length === 1 ? text : `${text} ${stem(words[last]?.folded ?? '')}`;
        here.add(phrase);
        return phrase;
      });
      before[index] = longer;
      for (const phrase of here) { const held = holders.get(phrase); if (held) held.push(index); else holders.set(phrase, [index]); }
    }
    const next = new Set<string>();
    let looked = 0;
    for (const [phrase, episodes] of holders) {
      // A common word stands in nearly every episode: looks are by episodes, not by phrases.
      looked += episodes.length;
      if (looked > 20_000) { looked = 0; yield length / bar.longest; }
      if (episodes.length < bar.support) continue;
      next.add(phrase);
      const counts = new Map<CodeName, number>();
      for (const index of episodes) for (const code of full[index]?.codes ?? []) counts.set(code, (counts.get(code) ?? 0) + 1);
      for (const [code, accepted] of counts) {
        const share = accepted / episodes.length;
        if (accepted < bar.support || share < bar.share) continue;
        const words = phrase.split(' ');
        const better = [words.slice(0, -1).join(' '), words.slice(1).join(' ')].some((part) => { const held = mined.get(`${part}\t${code}`); return held !== undefined && held.accepted / held.seen >= share; });
        if (!better) mined.set(`${phrase}\t${code}`, { phrase: phrase as Phrase, code, accepted, seen: episodes.length });
      }
    }
    if (next.size === 0) break;
    for (const [index, places] of before.entries()) {
      places.forEach((phrase, at) => { if (phrase !== null && !next.has(phrase)) places[at] = null; });
      if (index % often === 0) yield length / bar.longest;
    }
  }
  return [...mined.values()];
}

/** Episodes between two looks at a pause. */
const often = 250;

/** The words that people marked and those that the engine's own suggestions rest on, each with its code: the first inventory of the memory. Yields often, how far it is (0–1). */
export function* markedPhrases(cases: readonly LabelledCase[], vocabulary: Vocabulary): Generator<number, readonly PhraseLink[]> {
  const links = new Map<string, PhraseLink>();
  const add = (words: LabelledCase['words'], span: Span, code: CodeName): void => {
    const phrase = phraseOf(words, span, vocabulary);
    if (phrase) links.set(`${phrase}\t${code}`, { phrase, code, kind: 'marked' });
  };
  for (const [index, { words, spans, candidates }] of cases.entries()) {
    if (index % often === 0) yield index / cases.length;
    for (const span of spans) add(words, span, span.name);
    for (const { name, spans: places } of candidates) for (const span of places) add(words, span, name);
  }
  return [...links.values()];
}
