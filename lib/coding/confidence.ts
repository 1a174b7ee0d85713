import type { ClinicalCode } from '../model/code.js';
import type { Candidate } from './candidates.js';
import { isSpecialtyPack } from './lexicon-entries.js';

/** Log-odds by kind of code: codes of circumstance and of habit are seldom what a name alone proves; of injury, skin, nerve and kidney more often. */
const byKind: readonly (readonly [RegExp, number])[] = [[/^Z/, -2.2], [/^F/, -1.5], [/^T/, 1], [/^N/, 0.5], [/^[GL]/, 0.4]];

/** What confidence is asked with. */
export interface ConfidenceQuestion {
  /** Yearly usage of a code in English hospitals. */
  readonly usage: (code: ClinicalCode) => number;
  readonly specialty: string | null;
}

/**
 * How sure a diagnosis is, 0–1. Log-odds, fitted on CodiEsp (train and dev, each tried on the other) and rounded: how long its words are and how few,
 * how often they stand there, how usual the code is, how early it comes, what kind of code it is, and where the words were known from.
 * An abbreviation alone, a rest category (.8), a pair of codes and a specialty's own row read outside its specialty are less sure.
 */
export function confidenceOf(candidate: Candidate, score: number, isMain: boolean, { usage, specialty }: ConfidenceQuestion, count: number): number {
  const { codes, id, source } = candidate.concept;
  const [code] = codes;
  const [pack = ''] = id.split('.');
  const length = Math.max(...candidate.codable.map(({ mention }) => mention.span.end - mention.span.start));
  const words = candidate.codable[0] ? wordsIn(candidate.codable[0]) : { count: 1, isAbbreviation: false };
  const sum = -1.1
    + 0.036 * Math.min(30, length) - 0.3 * Math.min(5, words.count)
    + 0.6 * Math.log2(candidate.codable.length)
    + 0.33 * Math.log10(1 + usage(code))
    + 0.3 * (1 - candidate.first / Math.max(1, count))
    + (byKind.find(([pattern]) => pattern.test(code))?.[1] ?? 0)
    + (code.endsWith('8') ? -0.5 : code.endsWith('X') ? 0.5 : 0)
    + (codes.length > 1 ? -0.7 : 0)
    + (words.isAbbreviation ? -0.8 : 0)
    + (source === 'pack' ? isSpecialtyPack(pack) && pack !== specialty ? -0.7 : 0 : source === 'approved' ? 0 : -0.4)
    + 0.08 * (score - 2) + (isMain ? 0.3 : 0);
  return 1 / (1 + Math.exp(-sum));
}

/** The first plain mention's own words, by the sentence that holds them. */
function wordsIn({ mention, sentence, sentenceAt }: Candidate['codable'][number]): { readonly count: number; readonly isAbbreviation: boolean } {
  const text = sentence.slice(mention.span.start - sentenceAt, mention.span.end - sentenceAt).trim();
  return { count: text.split(/\s+/).length, isAbbreviation: /^\p{Lu}{2,}s?$/u.test(text) };
}
