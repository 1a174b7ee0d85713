import type { Assertion } from './assertion.js';
import type { SectionKind } from './mention.js';

/** Words that move one axis of an assertion (ConText's triggers), in one language. */
export type CueSet = { [Axis in keyof Assertion]: {
  readonly axis: Axis;
  readonly value: Assertion[Axis];
  /** `forward`: the words come before the mention; `backward`: after it. */
  readonly direction: 'forward' | 'backward';
  readonly words: readonly string[];
  /** Most words between cue and mention; without it, to the end of the clause. */
  readonly reach?: number;
} }[keyof Assertion];

/** How a language heads its sections, denies, doubts, remembers, and ends the scope of such words. Plain data, one file a language. */
export interface LanguageReading {
  readonly language: 'en' | 'cy';
  /** Whole headings; `reason for *` and `* examination` are what a heading with other words begins or ends with. */
  readonly headings: { readonly [Kind in SectionKind]?: readonly string[] };
  /** Names of body systems: they head parts of an examination, or of the review, list or impression that they stand under. */
  readonly systems: readonly string[];
  /** Words that begin a letter's own telling, after a list and an empty line. */
  readonly openers: readonly string[];
  readonly cues: readonly CueSet[];
  /** Phrases that hold a cue's word and say nothing of the kind. */
  readonly pseudo: readonly string[];
  /** Words that end the scope of every cue, or of those of one value. */
  readonly stops: Readonly<Record<'all' | 'negated' | 'uncertain' | 'historical' | 'family', readonly string[]>>;
}
