import type { ClinicalCode, CodeSystem } from './code.js';
import type { EpisodeKey, EventId } from './event-id.js';

export const codingDepths = ['full', 'primary'] as const;
/** How far an episode is coded. Under `primary` what was not coded is unknown, never absent; the word travels with every record. */
export type CodingDepth = (typeof codingDepths)[number];

export const codeOrigins = ['suggestion', 'one-key', 'search', 'selection', 'board'] as const;
/** How a code came in: accepted where it was offered, accepted by the one key that its record had earned, found by searching, chosen for words that the coder selected, or accepted where the board's own coder proposed it. */
export type CodeOrigin = (typeof codeOrigins)[number];

export const rejectionReasons = ['not-said', 'not-relevant', 'wrong-code', 'not-done', 'coded-elsewhere', 'other'] as const;
/** Why a coder rejected a suggestion: a closed list, because it is written to the log. */
export type RejectionReason = (typeof rejectionReasons)[number];

/** Codes that are recorded together and move as one: a dagger with its asterisk, a paired group of OPCS-4. Named by the event that accepted it. */
export interface CodedUnit {
  readonly id: EventId;
  readonly system: CodeSystem;
  /** In recording order. */
  readonly codes: readonly [ClinicalCode, ...ClinicalCode[]];
  readonly origin: CodeOrigin;
  /** The edition of its classification that it was coded by, for example `opcs-4.11`. */
  readonly list: string;
}

/** What an episode is coded to, as the log has it: the first diagnosis is the primary one, the first procedure the main one. */
export interface CodedEpisode {
  readonly episode: EpisodeKey;
  readonly diagnoses: readonly CodedUnit[];
  readonly procedures: readonly CodedUnit[];
  /** Units of suggestions that the coder rejected: codes joined by a space, by classification. */
  readonly rejected: readonly { readonly event: EventId; readonly system: CodeSystem; readonly codes: string }[];
  /** The depth that the coder chose over the criteria, or null. */
  readonly depth: CodingDepth | null;
  /** The event that said that it is coded, or null; a decision after it opens the episode again. */
  readonly coded: EventId | null;
}
