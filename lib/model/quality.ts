import type { SpecialtyId } from './episode.js';
import type { Month } from './month.js';
import type { EditionId } from './rulebook.js';
import type { Rebase, Side, SignalMeaning, Xmr } from './xmr.js';

export const interventionKinds = ['sheet-issued', 'lead-briefed', 'coding-depth-changed', 'template-changed', 'other'] as const;
/** What was done to make documents better. A closed list: there is no room for words of a record. */
export type InterventionKind = (typeof interventionKinds)[number];

/** Something done on a day, drawn on the chart as an annotation. It changes no limit. */
export interface Intervention {
  readonly kind: InterventionKind;
  /** ISO date (YYYY-MM-DD). */
  readonly date: string;
  /** The edition of the sheet that was issued, where one was. */
  readonly edition: EditionId | null;
}

/** An intervention as a person or the board's policy noted it: in one specialty or everywhere. */
export interface NotedIntervention extends Intervention {
  readonly specialty: SpecialtyId | 'all';
}

/** Limits of one specialty's chart that a person drew anew. */
export interface RedrawnLimits extends Rebase {
  readonly specialty: SpecialtyId;
}

/** One point of a rate chart: a month, or a quarter where months are too small to show. */
export interface RatePoint {
  readonly first: Month;
  readonly last: Month;
  readonly findings: number;
  /** Episodes read: the denominator. */
  readonly read: number;
}

/** What a chart says, so that its title can say it. `since` and `at` are first months of points. */
export type ChartReading =
  /** The last points, two or more of them, are signals of one side. */
  | { readonly kind: 'changed'; readonly side: Side; readonly meaning: SignalMeaning; readonly since: Month }
  /** The latest signal of these limits is one point alone. */
  | { readonly kind: 'apart'; readonly side: Side; readonly meaning: SignalMeaning; readonly at: Month }
  /** Several points in a row were signals, and later ones are not. */
  | { readonly kind: 'passed'; readonly side: Side; readonly meaning: SignalMeaning; readonly since: Month; readonly until: Month }
  | { readonly kind: 'usual' };

/** Findings per 100 episodes read over time, for one specialty compared with itself. */
export interface RateChart {
  readonly period: 'month' | 'quarter';
  readonly points: readonly RatePoint[];
  /** One reading for each point, in findings per 100 episodes read. */
  readonly xmr: Xmr;
  readonly interventions: readonly Intervention[];
  readonly rebases: readonly Rebase[];
  readonly reading: ChartReading;
}

/** A chart, or that the numbers are too small for one: a count under the smallest that may be shown would be read off it. */
export type ChartOrTooFew = { readonly kind: 'chart'; readonly chart: RateChart } | { readonly kind: 'too-few' };

/** A count that may be shown, or null where it is hidden: it is small, or a small one could be worked out from it. */
export type ShownCount = number | null;

/** One line of a table of counts. */
export interface CountRow {
  /** Id of the specialty, term, category, kind, site or month. */
  readonly key: string;
  readonly findings: ShownCount;
  /** What the findings stand against: episodes read, or documents read of one kind. */
  readonly read: ShownCount;
  /** Findings per 100 read; null where a count is hidden or nothing was read. */
  readonly rate: number | null;
  /** Minutes of coder time lost; null where findings are hidden. */
  readonly minutes: number | null;
}

/** Counts by one thing, in order of its id: never by rate. */
export interface CountTable {
  readonly readUnit: 'episodes' | 'documents';
  readonly rows: readonly CountRow[];
  readonly total: CountRow;
}

/** Tables that a specialty's totals are enough for. */
export type OverviewDimension = 'site' | 'month';
/** Tables that need its single counters. */
export type DetailDimension = 'term' | 'category' | 'document-kind';

/** One specialty at a first look, compared only with itself. */
export interface SpecialtyOverview {
  readonly specialty: SpecialtyId | 'unknown';
  readonly total: CountRow;
  readonly tables: Readonly<Record<OverviewDimension, CountTable>>;
  readonly chart: ChartOrTooFew;
}

/** All specialties at a first look. */
export interface QualityOverview {
  readonly from: Month;
  readonly to: Month;
  /** In order of ids, never of rates. */
  readonly bySpecialty: CountTable;
  readonly specialties: readonly SpecialtyOverview[];
}

/** A stretch of time in one comparison. */
export interface ComparedSpan {
  readonly from: Month;
  readonly to: Month;
  /** Episodes with the term; null where hidden. */
  readonly found: ShownCount;
  readonly read: ShownCount;
  /** Episodes with the term per 100 read; null where a count is hidden or nothing was read. */
  readonly rate: number | null;
}

/** Did a term become rarer? */
export type ComparedChange =
  /** `ratio`: rate after by rate before; `lower` and `upper` its 95 % interval (`upper` may be infinite). */
  | { readonly kind: 'told'; readonly verdict: 'fewer' | 'more' | 'no-change-shown'; readonly ratio: number; readonly lower: number; readonly upper: number }
  /** The direction is certain, and the figures are too small to be shown. */
  | { readonly kind: 'hidden'; readonly verdict: 'fewer' | 'more' }
  | { readonly kind: 'too-few' };

/** One term before and after an intervention in one specialty. */
export interface Comparison {
  readonly specialty: SpecialtyId | 'unknown';
  /** A rule or category id. */
  readonly key: string;
  readonly before: ComparedSpan;
  readonly after: ComparedSpan;
  readonly change: ComparedChange;
}

/** One month of one specialty as it may leave: a count that is hidden on the quality page is hidden here. */
export interface MonthlyFigure {
  readonly month: Month;
  readonly specialty: SpecialtyId | 'unknown';
  readonly findings: ShownCount;
  /** Episodes read. */
  readonly read: ShownCount;
  /** Findings per 100 episodes read; null where a count is hidden or nothing was read. */
  readonly rate: number | null;
  /** Minutes of coder time lost; null where findings are hidden. */
  readonly minutes: number | null;
}

/** This machine's figures of the whole months from the first to the last, both included. A month without any has no line. */
export interface LeavingFigures {
  readonly from: Month;
  readonly to: Month;
  /** In order of month, then specialty. */
  readonly figures: readonly MonthlyFigure[];
}

/** Findings of one specialty on this machine, and on all machines each once. */
export interface TogetherRow { readonly specialty: SpecialtyId | 'unknown'; readonly here: ShownCount; readonly all: ShownCount }

/** What all machines say together. No rate: other machines do not tell how many episodes they read. */
export interface MachinesTogether {
  readonly rows: readonly TogetherRow[];
  readonly total: Omit<TogetherRow, 'specialty'>;
  readonly openQueries: { readonly here: number; readonly all: number };
  /** Other machines, and statements of theirs that are kept here. */
  readonly machines: number;
  readonly kept: number;
}
