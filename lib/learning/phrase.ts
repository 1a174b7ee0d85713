import type { Span } from '../base/span.js';
import type { CaseWord, Phrase } from '../model/learning.js';

/** Longest phrase that is remembered, in words. */
export const longestPhrase = 8;

/** One of the forms of a word: the plural as the singular. Already folded words only. */
export function stem(word: string): string {
  if (word.length > 5 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.length > 4 && word.endsWith('s') && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word;
}

/** May this word be part of what is remembered? */
export type Vocabulary = (stem: string) => boolean;

/** A number of more than one figure is no word that may be kept: type 2 and L5 are, 4512 is not. */
export function holdsNumber(word: string): boolean {
  return /\p{Nd}/u.test(word) && !/^[a-z]?\p{Nd}$/u.test(word);
}

/** The vocabulary of lists: the stems of their (folded) words, without numbers. */
export function listedWords(folded: Iterable<string>): ReadonlySet<string> {
  const words = new Set<string>();
  for (const word of folded) if (!holdsNumber(word)) words.add(stem(word));
  return words;
}

/** The words of a span as a phrase, or null when it is empty, too long, or holds a word that the vocabulary does not know: then nothing of it may be kept. */
export function phraseOf(words: readonly CaseWord[], span: Span, vocabulary: Vocabulary): Phrase | null {
  const inside = words.filter((word) => word.start < span.end && word.end > span.start).map((word) => stem(word.folded));
  return inside.length > 0 && inside.length <= longestPhrase && inside.every(vocabulary) ? inside.join(' ') as Phrase : null;
}

/**
 * The vocabulary of a board's own coded episodes: a word that people marked as proof, or that stands in three episodes and more;
 * never a number of more than one figure, and never one that is nearly always written with a capital inside sentences, as names are, unless the shipped lists know it. Yields often, how many episodes it has read.
 */
export function* growVocabulary(cases: Iterable<{ readonly words: readonly CaseWord[]; readonly spans: readonly Span[]; readonly text: string }>, shipped: Vocabulary): Generator<number, ReadonlySet<string>> {
  const episodes = new Map<string, number>();
  let read = 0;
  const marked = new Set<string>();
  const written = new Map<string, { capital: number; all: number }>();
  for (const { words, spans, text } of cases) {
    const here = new Set<string>();
    words.forEach((word, at) => {
      const name = stem(word.folded);
      here.add(name);
      if (spans.some((span) => word.start < span.end && word.end > span.start)) marked.add(name);
      // The first word of a sentence has a capital whatever it is.
      if (words[at - 1]?.sentence !== word.sentence) return;
      const held = written.get(name) ?? { capital: 0, all: 0 };
      held.all += 1;
      if (/^\p{Lu}\p{Ll}/u.test(text.slice(word.start, word.start + 2))) held.capital += 1;
      written.set(name, held);
    });
    for (const name of here) episodes.set(name, (episodes.get(name) ?? 0) + 1);
    read += 1;
    if (read % 250 === 0) yield read;
  }
  const kept = new Set<string>();
  for (const [name, count] of episodes) {
    if (holdsNumber(name)) continue;
    const { capital = 0, all = 0 } = written.get(name) ?? {};
    const isName = all > 0 && capital / all > 0.9;
    if (shipped(name) || (!isName && (marked.has(name) || count >= 3))) kept.add(name);
  }
  return kept;
}

/** The same in one go. */
export function vocabularyOf(cases: Parameters<typeof growVocabulary>[0], shipped: Vocabulary): ReadonlySet<string> {
  const steps = growVocabulary(cases, shipped);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}
