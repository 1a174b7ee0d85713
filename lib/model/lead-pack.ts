import type { SpecialtyId } from './episode.js';
import type { Bilingual } from './language.js';
import type { Month } from './month.js';
import type { ChartOrTooFew, ComparedChange, ShownCount } from './quality.js';
import type { RuleId, Verdict } from './rulebook.js';

export const packPeriods = ['since', '3', '6', '12'] as const;
/** What a pack compares: the months since something was done with those before it, or so many months with as many before them. */
export type PackPeriod = (typeof packPeriods)[number];

/** A sentence as it is often written and as a coder could code it. Invented, never of a patient. */
export interface ExampleSentence {
  readonly written: string;
  readonly better: string;
}

/** Findings and episodes of one stretch of months; a count is null where it is hidden. */
export interface PackSpan {
  readonly from: Month;
  readonly to: Month;
  readonly months: number;
  readonly findings: ShownCount;
  readonly read: ShownCount;
  /** Findings per 100 episodes read; null where a count is hidden or nothing was read. */
  readonly rate: number | null;
}

/** One term of the page. Rates are of episodes in which it stands, per 100 episodes read. */
export interface LeadTerm {
  readonly rule: RuleId;
  readonly term: string;
  readonly verdict: Verdict;
  readonly instead: Bilingual<readonly string[]>;
  readonly before: number | null;
  readonly now: number | null;
  readonly change: ComparedChange;
}

/** All that a clinical lead's page says of one specialty, compared only with itself: every format is written from this. It has no field for words that a person types. */
export interface LeadPack {
  readonly specialty: SpecialtyId;
  /** Last month of it. */
  readonly to: Month;
  readonly before: PackSpan;
  readonly now: PackSpan;
  /** What was done in the month between the two; false where two equal stretches are compared. */
  readonly sinceDone: boolean;
  /** Of episodes with any finding. */
  readonly change: ComparedChange;
  /** Five at most. */
  readonly terms: readonly LeadTerm[];
  /** The term that the page asks to be written otherwise: the most frequent that is not yet rarer. */
  readonly request: LeadTerm | null;
  readonly examples: readonly Bilingual<ExampleSentence>[];
  /** Minutes of coder time lost now; null where findings are hidden. */
  readonly minutes: number | null;
  readonly chart: ChartOrTooFew;
  /** Smallest count that is shown. */
  readonly least: number;
}
