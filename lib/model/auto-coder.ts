import type { CodesOfDay } from './codebook.js';
import type { ClinicalCode, CodeSystem } from './code.js';
import type { DocumentId } from './document.js';
import type { DocumentLanguage, Locale } from './language.js';
import type { Evidence } from './suggestion.js';

/** What an auto-coder is asked: the notes of one episode, and the editions that its codes must be of. Memory only. */
export interface CoderQuestion {
  /** Language of the interface, for the coder's own words; the notes have theirs. */
  readonly language: Locale;
  readonly specialty: string | null;
  readonly codes: CodesOfDay;
  readonly documents: readonly AskedDocument[];
  /** What is known of the patient and must not leave: identifiers and names as the page shows them. */
  readonly known: KnownOfPatient;
}

/** One note as it is asked about. Its title and its author are not asked about. */
export interface AskedDocument {
  readonly document: DocumentId;
  readonly version: number;
  readonly language: DocumentLanguage;
  readonly text: string;
}

export interface KnownOfPatient {
  readonly identifiers: readonly string[];
  readonly names: readonly string[];
}

/** A code that an auto-coder names, with words of the notes that were asked about; of the editions of the day, or it would not be here. */
export interface BoardSuggestion {
  readonly system: CodeSystem;
  readonly code: ClinicalCode;
  /** 0–1, as the coder says of itself; no record stands behind it. */
  readonly confidence: number;
  readonly evidence: readonly [Evidence, ...Evidence[]];
}

export const refusals = ['not-a-suggestion', 'unknown-code', 'span-outside', 'span-inverted', 'span-hidden', 'bad-confidence', 'duplicate'] as const;
/**
 * Why one suggestion of a reply was refused: not of the contract's shape; a code that the editions of the day do not have; words outside the notes that were
 * sent, or cutting a character in two; an end before its start; words that were hidden before sending; a confidence that is none; a code named before.
 */
export type Refusal = (typeof refusals)[number];

/** What is left of a reply after the check, and what was not. */
export interface CoderAnswer {
  /** The coder's name as it gives it. */
  readonly model: string;
  readonly suggestions: readonly BoardSuggestion[];
  readonly refused: Readonly<Partial<Record<Refusal, number>>>;
}

export const replyFaults = ['too-large', 'wrong-type', 'login-page', 'not-json', 'not-schema', 'other-schema', 'other-nonce', 'too-many'] as const;
/** Why a reply was refused whole. `login-page`: an HTML page came in its place; `other-nonce`: it answers another request; `too-many`: more suggestions than anyone reads. */
export type ReplyFault = (typeof replyFaults)[number];

/** Why there is no answer from an auto-coder. */
export type CoderFailure =
  | { readonly kind: 'reply-refused'; readonly fault: ReplyFault }
  /** Nothing came in time. `seconds` is the limit. */
  | { readonly kind: 'slow'; readonly seconds: number }
  | { readonly kind: 'network' }
  /** It pointed to another address; no text is sent after it. */
  | { readonly kind: 'redirect' }
  | { readonly kind: 'status'; readonly status: number; /** Milliseconds that it asks us to wait. */ readonly retryAfter: number | null }
  /** More text than is ever sent at once, in characters. */
  | { readonly kind: 'too-much-text'; readonly characters: number }
  /** No edition of any classification is for the episode's day, or there is nothing to read. */
  | { readonly kind: 'nothing-to-ask' }
  /** The record on screen changed first. */
  | { readonly kind: 'withdrawn' };

/** The board's coder as the panel tells of it, beside what Nodi reads itself and never before it. */
export interface BoardCoderView {
  /** Its host, as policy names it. */
  readonly host: string;
  readonly state: BoardCoderState;
  /** Replies and suggestions refused since the browser started, by name. */
  readonly refused: readonly { readonly reason: Refusal | ReplyFault; readonly count: number }[];
}

export type BoardCoderState =
  /** Nothing was ever sent to this address: here is what would leave, and a person decides. Memory only. */
  | { readonly kind: 'unseen'; readonly payload: string; readonly address: string }
  | { readonly kind: 'asking' }
  | { readonly kind: 'answered'; readonly answer: CoderAnswer }
  | { readonly kind: 'failed'; readonly failure: CoderFailure }
  /** It failed so often that it is left alone until then (milliseconds since 1970 UTC). */
  | { readonly kind: 'circuit-open'; readonly until: number }
  /** This episode has been asked about as often as one episode may be. */
  | { readonly kind: 'spent' }
  /** Policy names an address that this build or its rules do not allow; nothing is sent. */
  | { readonly kind: 'address-refused'; readonly reason: AddressFault };

/** What speaks against the address of an auto-coder: the package was not built for its origin. What is no https origin the policy is not read with. */
export type AddressFault = 'not-in-build';
