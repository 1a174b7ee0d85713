import type { Brand } from '../base/brand.js';
import type { Specialty, SpecialtyId } from './episode.js';
import type { Bilingual, TranslationStatus } from './language.js';

/** Names one entry of the bookmarks sheet, for example `BM097`. Two capital letters and three to five digits. */
export type RuleId = Brand<string, 'RuleId'>;

/** Names one published state of the sheet; every event in the log says under which edition it was made. */
export type EditionId = Brand<string, 'EditionId'>;

export const verdicts = ['avoid', 'caution', 'use'] as const;
/** What the sheet says of a term. It is also the severity of the diagnostic, worst first. */
export type Verdict = (typeof verdicts)[number];

export const severities = ['conflict', ...verdicts] as const;
/** How bad a finding is, worst first: places that contradict each other, then what the sheet says of a term. */
export type Severity = (typeof severities)[number];

export const termKinds = ['word', 'phrase', 'abbreviation', 'symbol'] as const;
export type TermKind = (typeof termKinds)[number];

/**
 * One way in which a term is written, and how strictly it must match.
 * `text` holds words and symbols as written; `{number}` stands for one number.
 * `-like` (leading hyphen) matches a suffix joined by a hyphen.
 */
export interface TermForm {
  readonly text: string;
  readonly language: 'any' | 'en' | 'cy';
  /** Upper and lower case must be exactly as written. */
  readonly caseSensitive: boolean;
  /** `words`: words parted by white space or hyphens, plurals allowed. `literal`: a run of characters, symbols included. `before-term`: a symbol that counts only in front of a word, which is marked with it. `between-terms`: only between two words. */
  readonly match: 'words' | 'literal' | 'before-term' | 'between-terms';
}

const isUnit = (text: string, fits: (unit: string) => boolean): boolean => text.replaceAll('{number}', ' ').split('').some(fits);
const surrogate = /[\ud800-\udfff]/;
// An apostrophe, a soft hyphen or a mark of direction is part of the word about it, as the scanner takes it (U+02BC is a letter to Unicode).
const unseen = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff'\u2018\u2019\u02bc]/;
const hasWord = (text: string): boolean => text.includes('{number}') || isUnit(text, (unit) => surrogate.test(unit) || (/[\p{L}\p{N}]/u.test(unit) && !unseen.test(unit)));
const hasSymbol = (text: string): boolean => isUnit(text, (unit) => /[\u0300-\u036f]/.test(unit) || !(surrogate.test(unit) || unseen.test(unit) || /[\p{L}\p{N}\p{M}\s]/u.test(unit)));

/** Can anything ever match this form? Words need a word in them, a run of characters a symbol to be looked up by. */
export function canMatch({ text, match }: Pick<TermForm, 'text' | 'match'>): boolean { return match === 'words' ? hasWord(text) : hasSymbol(text); }

/** How a form is best matched that somebody only wrote down: as words where words and hyphens are all of it, else as the run of characters that it is. */
export function matchFor(text: string): TermForm['match'] { return hasWord(text) && !hasSymbol(text.replaceAll('-', ' ')) ? 'words' : 'literal'; }

/** Where the words of a cue stand: ending directly before a match, starting directly after it, or anywhere in its sentence. */
export const cuePlaces = ['before', 'after', 'sentence'] as const;
export type CuePlace = (typeof cuePlaces)[number];

/** Words near a match that decide whether it counts. Tokens are compared without case; `{number}` stands for a number. */
export interface ContextCue {
  /** Phrases that end directly before the match. */
  readonly before?: readonly string[];
  /** Phrases that start directly after the match. */
  readonly after?: readonly string[];
  /** Words anywhere in the same sentence. */
  readonly sentence?: readonly string[];
}

/** What is said of a term in one language. */
export interface RuleText {
  /** About five words for the list, for example “three meanings”. */
  readonly short: string;
  readonly why: string;
  /** Wordings to write instead; empty for terms to use. */
  readonly instead: readonly string[];
}

/** One checked entry of the bookmarks sheet. */
export interface Rule {
  readonly id: RuleId;
  readonly term: string;
  readonly kind: TermKind;
  readonly verdict: Verdict;
  readonly forms: readonly [TermForm, ...TermForm[]];
  /** Specialties in which it applies; `all` for every one and for an unknown specialty. */
  readonly appliesTo: 'all' | readonly SpecialtyId[];
  /** Marks so much that it is off unless someone turns it on. */
  readonly noisy: boolean;
  /** A match next to any of these is left alone. */
  readonly unless: ContextCue | null;
  /** A match counts only next to one of these. */
  readonly onlyWhen: ContextCue | null;
  /** Bounds for the `{number}` of a form, inclusive. */
  readonly number: { readonly atLeast?: number; readonly atMost?: number } | null;
  readonly text: Bilingual<RuleText>;
  readonly translation: TranslationStatus;
  /** The standard that the rule rests on, or that it is to be checked locally. */
  readonly source: Bilingual<string>;
  /** Text it must find and text it must leave alone; run as tests. */
  readonly examples: { readonly find: readonly RuleExample[]; readonly leave: readonly RuleExample[] };
}

/** A line of invented note text, and the specialty it stands in when that matters. */
export interface RuleExample {
  readonly text: string;
  readonly specialty: SpecialtyId | null;
}

/** One checked edition: the sheet and the specialties it knows. */
export interface Rulebook {
  readonly edition: EditionId;
  readonly rules: readonly Rule[];
  readonly specialties: readonly Specialty[];
}
