import type { Brand } from '../base/brand.js';
import type { Span } from '../base/span.js';
import type { ClinicalCode, CodeSystem } from './code.js';
import type { DocumentId } from './document.js';
import type { Label } from './language.js';

/** Names a rule of coding, by its standard where it has one: `DGCS.1`, `PConvention2`. */
export type CodingRuleId = Brand<string, 'CodingRuleId'>;

/** Words that prove a code: where they stand, in which version of which document. */
export interface Evidence {
  readonly document: DocumentId;
  readonly version: number;
  readonly span: Span;
}

export const bands = ['strong', 'fair', 'slight'] as const;
/** How sure the engine is, in three steps. Never a percentage: no record stands behind one yet. */
export type Band = (typeof bands)[number];

/** The step that people see of a confidence (0–1). */
export function bandOf(confidence: number): Band {
  return confidence > 0.75 ? 'strong' : confidence > 0.5 ? 'fair' : 'slight';
}

/** What confidence rests on, as keys of the interface's words. */
export type Ground = 'main-in-operation' | 'main-in-diagnosis' | 'main-in-reason' | 'only-condition' | 'pack-term' | 'title-match' | 'index-match' | 'approved-words' | 'companion' | 'weak-section' | 'remembered-words' | 'alike-wording';

/** What coders decided before about a code at words like these, in episodes. */
export interface SuggestionRecord {
  readonly accepted: number;
  readonly seen: number;
  /** Coders who accepted it. */
  readonly coders: number;
  /** The specialty whose record it is, or null for all specialties together. */
  readonly specialty: string | null;
  /** One key accepts it: the record is long, of several coders, and nearly without exception. */
  readonly oneKey: boolean;
}

/** A code that is offered. It cannot be written without evidence. */
export interface Suggestion {
  readonly system: CodeSystem;
  readonly code: ClinicalCode;
  readonly label: Label;
  readonly role: 'primary' | 'secondary';
  /** Place in the order of recording, from 0, within its classification. */
  readonly position: number;
  /** 0–1, for ranking and for the evaluation; people see `band` and `grounds`. */
  readonly confidence: number;
  readonly band: Band;
  readonly grounds: readonly Ground[];
  /** Left out where nobody decided yet, and while a specialty is scored in silence. */
  readonly record?: SuggestionRecord;
  /** False for one that is ranked, but below what a coder is offered. */
  readonly shown: boolean;
  readonly evidence: readonly [Evidence, ...Evidence[]];
  readonly because: readonly CodingRuleId[];
  /** Codes that are recorded together share a number; one key accepts them all. */
  readonly group: number;
  /** What the record would have to say for a better code, as keys of the interface's words. */
  readonly prompts: readonly string[];
}

/** A candidate that was not offered, and what spoke against it: *why not*. */
export interface Rejection {
  readonly system: CodeSystem;
  readonly code: ClinicalCode;
  readonly label: Label;
  readonly evidence: Evidence;
  readonly because: readonly CodingRuleId[];
  /** The words of the cue, where words rejected it. */
  readonly cue: string | null;
}

/** A row of its own where nothing can be said: the engine abstains and gives the reason. */
export interface Abstention {
  readonly system: CodeSystem;
  readonly role: 'primary' | 'secondary';
  /** `no-edition`: no list of the classification is for the episode's day; none of its codes is offered. */
  readonly reason: 'nothing-codable' | 'only-uncertain' | 'several-alike' | 'conflict' | 'no-edition';
}

/** All that the engine says of one episode. */
export interface Coding {
  readonly suggestions: readonly Suggestion[];
  readonly rejected: readonly Rejection[];
  readonly abstentions: readonly Abstention[];
}
