import type { Brand } from '../base/brand.js';
import type { Span } from '../base/span.js';
import type { ClinicalCode, CodeSystem } from './code.js';
import type { SpecialtyId } from './episode.js';
import type { Bilingual, TranslationStatus } from './language.js';
import type { Month } from './month.js';
import type { RuleId, Verdict } from './rulebook.js';

/** Names one rule that trainees learn, for example `cataract-type`. */
export type TaughtRuleId = Brand<string, 'TaughtRuleId'>;

/** Names one invented case, for example `N01`. */
export type CaseId = Brand<string, 'CaseId'>;

/** A rule of coding as it is taught, with the question of its card. */
export interface TaughtRule {
  readonly id: TaughtRuleId;
  /** The standard that it rests on, or that it is to be checked locally. */
  readonly standard: Bilingual<string>;
  /** False where the answer is common practice and not yet confirmed against the book: always said. */
  readonly checked: boolean;
  readonly name: Bilingual<string>;
  readonly why: Bilingual<string>;
  readonly ask: Bilingual<string>;
  readonly answer: Bilingual<string>;
}

export const caseSets = ['pre', 'practice', 'post'] as const;
/** What a case is for: the test before learning, practice, or the test after it. No case is in two. */
export type CaseSet = (typeof caseSets)[number];

/** A term of the sheet that stands in the note of a case. */
export interface CaseMark {
  readonly rule: RuleId;
  readonly verdict: Verdict;
  readonly words: string;
  /** Every place of these words: marking one of them is enough. */
  readonly places: readonly [Span, ...Span[]];
}

/** A code of the answer, with the words that prove it and the way to it. */
export interface CaseCode {
  readonly system: CodeSystem;
  readonly code: ClinicalCode;
  readonly span: Span;
  readonly words: string;
  readonly rule: TaughtRuleId;
  /** The way through the alphabetical index: the lead term, then its qualifiers. English, as the index is. */
  readonly trail: readonly [string, ...string[]];
  /** May be coded and need not: left out it is not missed. */
  readonly optional: boolean;
}

/** An invented note with its answer. Codes stand in recording order, the primary first. */
export interface TrainingCase {
  readonly id: CaseId;
  readonly specialty: SpecialtyId;
  readonly language: 'en' | 'cy';
  readonly set: CaseSet;
  readonly text: string;
  readonly marks: readonly CaseMark[];
  readonly codes: readonly [CaseCode, ...CaseCode[]];
}

/** All that trainees learn from. */
export interface Curriculum {
  readonly translation: TranslationStatus;
  readonly rules: readonly TaughtRule[];
  readonly cases: readonly TrainingCase[];
}

/** What is remembered: a taught rule (`rule:cataract-type`) or a term of the sheet (`term:BM028`). */
export type ItemId = `rule:${string}` | `term:${string}`;

/** Words that a trainee marked, and what they would say of them. */
export interface TraineeMark { readonly span: Span; readonly verdict: Verdict }

/** What a trainee answered. Codes in the order in which they were written. */
export interface TraineeAnswer {
  readonly marks: readonly TraineeMark[];
  readonly diagnoses: readonly ClinicalCode[];
  readonly procedures: readonly ClinicalCode[];
}

/** How well something is known: 1 not, 2 hardly, 3 well, 4 easily. */
export const grades = [1, 2, 3, 4] as const;
export type RecallGrade = (typeof grades)[number];

/** The memory of one item, as ts-fsrs counts it. Times in milliseconds since 1970 UTC, stability and intervals in days. */
export interface ItemCard {
  readonly item: ItemId;
  readonly due: number;
  readonly stability: number;
  readonly difficulty: number;
  readonly scheduledDays: number;
  readonly reps: number;
  readonly lapses: number;
  /** 0 new, 1 learning, 2 review, 3 relearning. */
  readonly state: number;
  readonly last: number | null;
}

/** What became of one item in one case: ids and yes or no, no words of a note. */
export interface ItemOutcome { readonly item: ItemId; readonly specialty: SpecialtyId; readonly right: boolean; readonly at: number }

/** One case answered: counts only. */
export interface CaseAttempt { readonly case: CaseId; readonly set: CaseSet; readonly at: number; readonly right: number; readonly of: number; readonly extra: number }

/** A supervisor has seen that a rule is known. */
export interface SignOff { readonly item: ItemId; readonly specialty: SpecialtyId; readonly at: number; /** Letters by which the department knows the supervisor, at most four. */ readonly by: string }

export const surenesses = ['guessing', 'fairly', 'sure'] as const;
/** How sure a trainee said she was before she saw the answer. */
export type Sureness = (typeof surenesses)[number];

/** One answer for which it was said: how much of it was right. */
export interface SureAnswer { readonly sure: Sureness; readonly at: number; readonly right: number; readonly of: number }

/** How often she was right when she was so sure. */
export interface Calibration { readonly sure: Sureness; readonly answers: number; readonly right: number; readonly of: number }

/** Whether one item was right: an id and yes or no. */
export interface ItemResult { readonly item: ItemId; readonly right: boolean }

/** A live record that was guessed before it was shown: counts, and ids of rules and entries with yes or no. No code and no word of it. */
export interface LiveCount { readonly specialty: SpecialtyId | 'unknown'; readonly at: number; readonly right: number; readonly of: number; readonly extra: number; readonly items: readonly ItemResult[] }

/** What an answer asks for: a case's, or what the engine says of a record on screen. Codes in recording order. */
export interface ExpectedAnswer {
  readonly marks: readonly { readonly rule: string; readonly verdict: Verdict; readonly places: readonly Span[] }[];
  readonly codes: readonly { readonly system: CodeSystem; readonly code: ClinicalCode; readonly rule: string; readonly optional: boolean }[];
}

/** `order`: the code, in the wrong place. `fourth`: three characters are right. `third`: two are. `extra`: nothing asks for it. */
export type CodeOutcome = 'right' | 'order' | 'fourth' | 'third' | 'missed' | 'extra';

/** `verdict`: found, and the sheet says something else of it. */
export type MarkOutcome = 'right' | 'verdict' | 'missed' | 'extra';

/** One line of the comparison; `expected` names the place in the answer, null for what nothing asks for. */
export interface ComparedCode { readonly system: CodeSystem; readonly outcome: CodeOutcome; readonly expected: number | null; readonly given: ClinicalCode | null }
export interface ComparedMark { readonly outcome: MarkOutcome; readonly expected: number | null; readonly given: TraineeMark | null }

/** A trainee's answer beside the answer. `of` is what was asked for; `credit` counts a right category with a wrong fourth character as half and a right second character as a quarter. */
export interface Comparison {
  readonly codes: readonly ComparedCode[];
  readonly marks: readonly ComparedMark[];
  readonly right: number;
  readonly of: number;
  readonly extra: number;
  readonly credit: number;
  /** Each item that was asked for once, right only where all of it was right. */
  readonly items: readonly ItemResult[];
}

/** How far a rule or term is known in a specialty. `ready`: a supervisor may sign it. `signed`: one has, and no mistake came after. */
export interface Competency {
  readonly item: ItemId;
  readonly specialty: SpecialtyId;
  readonly tried: number;
  readonly right: number;
  /** Of the last five. */
  readonly lately: { readonly right: number; readonly of: number };
  /** 0–1 now; null where there is no card because nothing was wrong yet. */
  readonly recall: number | null;
  readonly due: number | null;
  readonly level: 'learning' | 'ready' | 'signed';
  readonly signOff: SignOff | null;
}

/** A test as far as it has been taken: only the first answer to a case counts. */
export interface TestScore { readonly set: CaseSet; readonly taken: number; readonly cases: number; readonly right: number; readonly of: number; readonly extra: number }

/** A rule to be learned, with what an audit found wrong against it. It says nothing of an episode and nothing of a person. */
export interface DeckCard {
  readonly rule: TaughtRuleId;
  readonly specialties: readonly (SpecialtyId | 'unknown')[];
  /** Classification and three characters, for example `ICD-10 G40`. */
  readonly categories: readonly string[];
}

/** What an audit asks a trainee to learn. */
export interface TrainingDeck {
  /** The month in which the audit's sample was drawn. */
  readonly month: Month;
  readonly cards: readonly DeckCard[];
}

/** A deck that a trainee took: what it brought is hers, and goes again with it as long as she has not learned from it. */
export interface TakenDeck extends TrainingDeck {
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  /** Rules whose cards were not there before. */
  readonly brought: readonly TaughtRuleId[];
}

/** A learner's record as it is kept on the device: a trainee's progress, and anybody's ticks of the first steps. It has no room for text of a record. */
export interface TraineeProgress {
  readonly schema: 1;
  readonly cards: readonly ItemCard[];
  readonly outcomes: readonly ItemOutcome[];
  readonly attempts: readonly CaseAttempt[];
  readonly signOffs: readonly SignOff[];
  readonly live: readonly LiveCount[];
  readonly sure: readonly SureAnswer[];
  /** Decks of audits that were taken: rules, categories of codes and specialties. */
  readonly decks: readonly TakenDeck[];
  /** First steps: `did-…` was seen being done, `tick-…` is a person's own word. */
  readonly steps: readonly string[];
}

/** Nothing learned yet. */
export const noProgress: TraineeProgress = { schema: 1, cards: [], outcomes: [], attempts: [], signOffs: [], live: [], sure: [], decks: [], steps: [] };
