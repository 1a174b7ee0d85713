import type { Brand } from '../base/brand.js';
import type { Span } from '../base/span.js';
import type { Assertion, AssertionCue } from './assertion.js';
import type { ClinicalCode, CodeSystem } from './code.js';
import type { Label } from './language.js';

/** Names one concept of the lexicon: a row of a specialty pack (`neurology.ms`) or a term of the index (`icd.K50`). */
export type ConceptId = Brand<string, 'ConceptId'>;

export const sectionKinds = ['reason', 'diagnosis', 'preoperative', 'operation', 'description', 'complications', 'history', 'present-illness', 'family', 'social', 'drugs', 'allergies', 'examination', 'investigations', 'impression', 'course', 'plan', 'consent', 'screening', 'differential', 'other'] as const;
/** What a part of a note is for, by its heading; `other` where none stands above. */
export type SectionKind = (typeof sectionKinds)[number];

/** A part of a note under one heading. */
export interface Section {
  readonly kind: SectionKind;
  /** From the end of the heading to the next one. */
  readonly span: Span;
  readonly heading: Span | null;
}

/** What the lexicon knows of a concept. */
export interface Concept {
  readonly id: ConceptId;
  readonly system: CodeSystem;
  /** In recording order: a dagger before its asterisk, a paired code before its partner. */
  readonly codes: readonly [ClinicalCode, ...ClinicalCode[]];
  /** How it was found: a pack's own row, a title of the book, a term of the index, words that a person approved here. It sets how far a match is trusted. */
  readonly source: 'pack' | 'title' | 'index' | 'approved';
  readonly label: Label;
}

/** Words of a note that name a concept, and how they were meant. Offsets are UTF-16, half open, in the note's own text. */
export interface Mention {
  readonly concept: Concept;
  readonly span: Span;
  readonly assertion: Assertion;
  readonly cues: readonly AssertionCue[];
  readonly section: SectionKind;
  /** `gapped`: other words stand between its own, or they stand in another order; `misspelt`: one word was read for another. */
  readonly match: 'exact' | 'gapped' | 'misspelt';
}
