import type { TranslationStatus } from './language.js';
import type { Concept } from './mention.js';
import type { ContextCue } from './rulebook.js';

/** One concept with the words that name it: a row of a specialty pack, a title of a code book, a term of the index. */
export interface LexiconEntry {
  readonly concept: Concept;
  readonly terms: readonly string[];
  /** The pack's specialty, whose reading of an abbreviation goes first in its own notes; null for all. */
  readonly specialty: string | null;
  /** A condition that stays: under past history it is current (DGCS.3). */
  readonly isLongTerm: boolean;
  readonly unless?: ContextCue;
  readonly onlyWhen?: ContextCue;
}

/** The row of a specialty pack, as a coder reviews it (assets/specialties/packs). */
export interface PackEntry {
  readonly id: string;
  readonly kind: 'diagnosis' | 'procedure';
  readonly label: { readonly en: string; readonly cy?: string };
  readonly codes: readonly string[];
  readonly terms: readonly string[];
  readonly status: 'listed' | 'to be checked';
  readonly note?: string;
  readonly unless?: ContextCue;
  readonly onlyWhen?: ContextCue;
  readonly examples: { readonly find: readonly string[]; readonly leave: readonly string[] };
}

export interface SpecialtyPack {
  readonly id: string;
  /** How far the Welsh of its labels has come. */
  readonly translation: TranslationStatus;
  readonly entries: readonly PackEntry[];
}

/** What is known of words apart from the terms that they stand in (assets/specialties/word-forms.json). */
export interface WordForms {
  /** Other forms of a word: the adjective of a site (femur: femoral), a figure for an ordinal. No code hangs on which of them is written. */
  readonly forms: Readonly<Record<string, readonly string[]>>;
  /** Welsh words of terms that take initial mutations: clefyd is also read in glefyd, chlefyd and nghlefyd. */
  readonly mutated: readonly string[];
  /** Words that may stand between those of a term: articles, sides, degrees, course. */
  readonly fillers: readonly string[];
  /** Words that are counted in Roman or Arabic figures: type, stage, grade. */
  readonly numbered: readonly string[];
  /** Heads whose “of” is left out in notes: fracture neck of femur. */
  readonly bare: readonly string[];
  /** Symbols that stand for a word before a letter: #. */
  readonly symbols: Readonly<Record<string, string>>;
  /** Parts of words that are medicine's own: a misspelt word is read only for one that has such a part. */
  readonly clinical: readonly string[];
  /** Words that are right as they stand and one letter from another of the lexicon. */
  readonly known: readonly string[];
}

/** One thing that an abbreviation may stand for. */
export interface AbbreviationReading {
  /** The long form; it is a reading of ours where the lexicon has these words. */
  readonly words: string;
  /** In whose notes the abbreviation goes for these words by itself; `any` for all. */
  readonly specialties: readonly string[];
  /** Words beside the long form that tell this reading, anywhere in the note. */
  readonly signs?: readonly string[];
}

/** Abbreviations that stand for several things (assets/specialties/abbreviations.json). What is not here has one meaning. */
export type Abbreviations = Readonly<Record<string, readonly AbbreviationReading[]>>;
