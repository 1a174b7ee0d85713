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
