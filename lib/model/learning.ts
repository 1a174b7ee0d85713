import type { Brand } from '../base/brand.js';
import type { Span } from '../base/span.js';
import type { ClinicalCode, CodeSystem } from './code.js';
import type { EventId } from './event-id.js';
import type { Label } from './language.js';

/** Names a code of either classification: `ICD-10 G35X`, `OPCS-4 C751`. The same four characters are two codes. */
export type CodeName = Brand<string, 'CodeName'>;

/** The name of a code of a classification. */
export function codeName(system: CodeSystem, code: ClinicalCode): CodeName {
  return `${system} ${code}` as CodeName;
}

/** A code name's two parts. */
export function partsOfCodeName(name: CodeName): { readonly system: CodeSystem; readonly code: ClinicalCode } {
  const at = name.indexOf(' ');
  return { system: name.slice(0, at) as CodeSystem, code: name.slice(at + 1) as ClinicalCode };
}

/** Up to eight normalised words, each of them in the clinical vocabulary, so that it can hold no name and no number. */
export type Phrase = Brand<string, 'Phrase'>;

export const contextFlags = ['plain', 'denied', 'doubted', 'past', 'planned', 'other-person'] as const;
/** How the words of a phrase were meant, in one word: what is learned of denied words is not learned of plain ones. */
export type ContextFlag = (typeof contextFlags)[number];

/** A word of a document as learning sees it: folded, with its place (UTF-16 offsets, half open) and the number of its sentence. */
export interface CaseWord extends Span {
  readonly folded: string;
  readonly sentence: number;
}

/** A code that the engine ranked for a document. */
export interface CaseCandidate {
  readonly name: CodeName;
  /** 0–1. */
  readonly confidence: number;
  readonly shown: boolean;
  readonly spans: readonly [Span, ...Span[]];
}

/** One document with what the engine made of it. Held in memory while it is learned from or read, never kept. */
export interface CaseReading {
  readonly words: readonly CaseWord[];
  readonly specialty: string | null;
  readonly candidates: readonly CaseCandidate[];
  readonly flagOf: (span: Span) => ContextFlag;
}

/** A document with the codes that people gave it. */
export interface LabelledCase extends CaseReading {
  readonly codes: readonly CodeName[];
  /** Words that a person marked as the proof of a code. */
  readonly spans: readonly (Span & { readonly name: CodeName })[];
  /** Under `primary` a code that is not among `codes` is unknown, never wrong. */
  readonly depth: 'full' | 'primary';
}

/** Accepted and seen, by episodes. */
export interface Tally {
  readonly accepted: number;
  readonly seen: number;
}

/** A code as the model ranks it, with the words that speak most for it. */
export interface LearnedSuggestion {
  readonly name: CodeName;
  /** Calibrated on cases that the model had not seen: 0–1. */
  readonly confidence: number;
  readonly shown: boolean;
  readonly evidence: readonly [Span, ...Span[]];
  /** `lexicon`: the engine had it; `phrase`: remembered words; `words`: the whole wording resembles episodes that were coded so. */
  readonly from: 'lexicon' | 'phrase' | 'words';
  /** The record of the remembered words that speak most for it, or null. */
  readonly record: Tally | null;
}

export const phraseVerdicts = ['approved', 'declined'] as const;
/** What a person said of words that were proposed as a term for a code. */
export type PhraseVerdict = (typeof phraseVerdicts)[number];

/** Words that episodes of one code share, proposed as a term of the lexicon. Nothing uses them before a person approved them. No example of them is kept: it would be a record's text. */
export interface ProposedWords extends Tally {
  readonly phrase: Phrase;
  readonly name: CodeName;
  /** Coders who gave the code for them; null where a trained model knows them, which counts episodes only. */
  readonly coders: number | null;
}

/** Words that a person judged, with who and when: `by` is the name of a device, never of a person; `event` is what takes it back, null for another coder's. */
export interface JudgedWords {
  readonly phrase: Phrase;
  readonly name: CodeName;
  readonly verdict: PhraseVerdict;
  readonly by: string;
  readonly event: EventId | null;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
}

/** What waits for a person's word and what was judged, the newest first, each code with its label. `more`: proposals that are not listed yet. */
export interface WordsForApproval {
  /** Does this person's word count? False where the board names its senior coders and this device is none of them. */
  readonly isSenior: boolean;
  readonly proposed: readonly (ProposedWords & { readonly label: Label | null })[];
  readonly more: number;
  readonly judged: readonly (JudgedWords & { readonly label: Label | null })[];
}

/** Why a pack was not taken. Nothing of it is kept. */
export type PackFailure =
  | { readonly kind: 'not-a-pack' }
  | { readonly kind: 'other-schema'; readonly found: number }
  | { readonly kind: 'damaged'; readonly part: number }
  /** A word that is in no clinical list: it could be a name. */
  | { readonly kind: 'word'; readonly part: number }
  /** Signed, but not by the key that it names, or changed since. */
  | { readonly kind: 'tampered'; readonly part: number }
  /** Sound, but of coders whom the board's policy does not name: nobody here can let them in. */
  | { readonly kind: 'not-named'; readonly devices: readonly string[] }
  /** Sound, but of coders whom nobody here said they trust. */
  | { readonly kind: 'not-trusted'; readonly devices: readonly string[] };
