import type { ClinicalCode } from '../model/code.js';
import type { Band } from '../model/suggestion.js';
import type { Candidate } from './candidates.js';

/** Log-odds by kind of code: codes of circumstance and of organisms are seldom what a title alone proves; of the gut, the kidney and the blood more often (set on the CodiEsp development set). */
const byKind: readonly (readonly [RegExp, number])[] = [[/^Z/, -1.4], [/^[AB]/, -0.3], [/^M/, -0.3], [/^[NED]/, 0.4], [/^[KJ]/, 0.5], [/^[CH]/, 0.2]];

/** How sure a diagnosis is, 0–1. Hand-set, in log-odds: how long the words are, how often they stand there, how usual the code is, how early they come, what kind of code it is; and what the note says of its own parts. */
export function confidenceOf(candidate: Candidate, score: number, isMain: boolean, { usage }: { readonly usage: (code: ClinicalCode) => number }, count: number): number {
  const code = candidate.concept.codes[0];
  const length = Math.max(...candidate.codable.map(({ mention }) => mention.span.end - mention.span.start));
  const sum = -2 + 0.07 * Math.min(30, length) + 0.5 * Math.log2(candidate.codable.length) + 0.26 * Math.log10(1 + usage(code)) + 0.45 * (1 - candidate.first / Math.max(1, count))
    + (byKind.find(([pattern]) => pattern.test(code))?.[1] ?? 0)
    + 0.12 * (score - 2) + (isMain ? 0.4 : 0) - (candidate.codable.every(({ mention }) => mention.match !== 'exact') ? 0.5 : 0);
  return 1 / (1 + Math.exp(-sum));
}

/** The step that people see of a confidence. */
export function bandOf(confidence: number): Band {
  return confidence > 0.75 ? 'strong' : confidence > 0.5 ? 'fair' : 'slight';
}
