import type { CodeName } from './learning.js';

/** The ways in which a board's own coded episodes may be written (README, *Training*). */
export type LabelledFormat = 'json-lines' | 'csv' | 'fhir';

/** Why an episode of a labelled file was not taken. It names a field, a code or a place, never words of the text. */
export type LabelledFault =
  | { readonly kind: 'not-json' }
  | { readonly kind: 'shape'; readonly field: string; readonly expected: string }
  /** Something that is no code. It is quoted only where it looks like one: a column that slipped may hold a name. */
  | { readonly kind: 'code'; readonly code: string | null }
  /** A code that is in no edition of its classification on this device. */
  | { readonly kind: 'unknown-code'; readonly code: string }
  /** A code of another edition than the one of the episode's day. */
  | { readonly kind: 'other-edition'; readonly code: string; readonly edition: string; readonly found: string }
  /** A bare code where codes of procedures stand, which is one of ICD-10 only. */
  | { readonly kind: 'diagnosis-code'; readonly code: string }
  | { readonly kind: 'span'; readonly start: number; readonly end: number; readonly length: number }
  /** More or fewer cells than there are headings. */
  | { readonly kind: 'cells'; readonly found: number; readonly expected: number }
  | { readonly kind: 'no-codes' }
  | { readonly kind: 'no-text' }
  | { readonly kind: 'too-long'; readonly length: number }
  /** The same id as at an earlier place: one episode is learned from once. */
  | { readonly kind: 'same-id'; readonly at: number };

/** A fault with its place: the line of a file, or in FHIR the entry of the bundle; both from 1. */
export interface PlacedFault { readonly at: number; readonly fault: LabelledFault }

/** Why nothing of a file was learned. */
export type LabelledFileFailure =
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'not-labelled' }
  /** A table without a heading that is needed. */
  | { readonly kind: 'no-heading'; readonly heading: string }
  /** A quotation mark that is opened and never closed: what is text and what is table cannot be told from there on. */
  | { readonly kind: 'open-quote'; readonly line: number }
  | { readonly kind: 'not-a-bundle' }
  /** Fewer episodes than something can be learned and measured on. */
  | { readonly kind: 'too-few'; readonly usable: number; readonly needed: number };

/** What was found in a labelled file. */
export interface LabelledSummary {
  readonly format: LabelledFormat;
  /** Lines of the file that hold an episode, or encounters of a bundle. */
  readonly read: number;
  /** Episodes that were learned from. */
  readonly taken: number;
  /** How many were not taken, and the first of them with their reasons. */
  readonly bad: number;
  readonly faults: readonly PlacedFault[];
  /** Older episodes that were left out: more are not learned from at once. */
  readonly left: number;
  /** `time`: every episode has a day. `file`: not all have one, so they stand in the order of the file. */
  readonly order: 'time' | 'file';
  /** Episodes whose specialty is none that Nodi knows: they count for all specialties together only. */
  readonly withoutSpecialty: number;
  /** The editions that codes were held against, and for how many episodes. `null`: no edition of the day is here, so the newest one was asked. */
  readonly editions: readonly { readonly name: string | null; readonly episodes: number }[];
}

export const trainingSteps = ['reading', 'coding', 'phrases', 'wording', 'ranking', 'calibration'] as const;

/** How far training is. */
export interface TrainingProgress {
  readonly step: (typeof trainingSteps)[number];
  /** 0–1, of the whole. */
  readonly done: number;
  /** Lines or episodes of this step that are done, and of how many; left out where the step has no such count. */
  readonly counted?: { readonly done: number; readonly of: number };
}

/** Shares 0–1, and the counts that they are of: codes that were offered, those of them that the episodes have, and all that the episodes have. */
export interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly offered: number;
  readonly right: number;
  readonly gold: number;
}

/** One row of a reliability table: of those said to be about so sure, how many were right. */
export interface ReliabilityRow {
  readonly from: number;
  readonly to: number;
  readonly said: number;
  readonly right: number;
  readonly all: number;
}

/** What was gained, measured on the newest fifth of the episodes after learning from the older ones only. */
export interface TrainingReport {
  readonly learnedFrom: number;
  readonly heldOut: number;
  /** `*` is all specialties. */
  readonly specialties: readonly { readonly specialty: string; readonly episodes: number; readonly before: Score; readonly after: Score }[];
  /** Codes of the held-out episodes whose count of right and false changed, largest gain first. */
  readonly codes: readonly { readonly name: CodeName; readonly gold: number; readonly foundBefore: number; readonly foundAfter: number; readonly falseBefore: number; readonly falseAfter: number }[];
  readonly reliability: readonly ReliabilityRow[];
  /** Expected calibration error, 0–1. */
  readonly calibrationError: number;
}
