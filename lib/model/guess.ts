import type { ClinicalCode, CodeSystem } from './code.js';
import type { Fingerprint } from './context.js';
import type { SpecialtyId } from './episode.js';
import type { DocumentLanguage, Label } from './language.js';
import type { RuleCard } from './rule-card.js';
import type { RuleId, Verdict } from './rulebook.js';
import type { CodingRuleId, Evidence } from './suggestion.js';
import type { CodeOutcome, Comparison, MarkOutcome, TaughtRuleId } from './trainee.js';

/** How the record on screen stands for a trainee who guesses first: its marks and codes are hidden until she has answered, or has turned guessing off for it. */
export type GuessState = 'hidden' | 'shown';

/** A record whose marks and codes a trainee may see, by fingerprints of this browser session. Memory only, and one for each tab. */
export interface ShownRecord { readonly tab: number; readonly subject: Fingerprint | 'unknown'; readonly episode: Fingerprint | 'unknown' }

/** Words of a note that a trainee would stop at, and what she would say of them. */
export interface GuessedMark extends Evidence { readonly verdict: Verdict }

/** What a trainee marked and coded in the record on screen. Memory only. */
export interface RecordGuess {
  readonly marks: readonly GuessedMark[];
  readonly diagnoses: readonly ClinicalCode[];
  readonly procedures: readonly ClinicalCode[];
}

/** A code on offer beside a guess, with the words that prove it. Patient text: memory only. */
export interface OfferedAnswer { readonly code: ClinicalCode; readonly label: Label; readonly words: string; /** Of the document that holds them. */ readonly language: DocumentLanguage; readonly because: readonly CodingRuleId[]; readonly rule: TaughtRuleId }

/** One line of codes or marks: what was given and what Nodi has; null on the side that has nothing. */
export interface ComparedGuessCode { readonly system: CodeSystem; readonly outcome: CodeOutcome; readonly given: ClinicalCode | null; readonly offered: OfferedAnswer | null }
export interface ComparedGuessMark { readonly outcome: MarkOutcome; readonly given: Verdict | null; readonly offered: { readonly rule: RuleId; readonly verdict: Verdict } | null; /** As written. Patient text: memory only. */ readonly words: string; readonly language: DocumentLanguage }

/** A guess beside what Nodi would have shown: suggestions, not an answer that a person vouches for. */
export interface GuessResult {
  readonly codes: readonly ComparedGuessCode[];
  readonly marks: readonly ComparedGuessMark[];
  /** All that may be kept of it: counts, and ids of rules and entries. */
  readonly counts: Pick<Comparison, 'right' | 'of' | 'extra' | 'items'>;
  readonly specialty: SpecialtyId | 'unknown';
  readonly cards: readonly RuleCard[];
}
