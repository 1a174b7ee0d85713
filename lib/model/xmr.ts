import type { Month } from './month.js';

/** Which way is an improvement. Neutral: neither, so a signal is only high or low. */
export type Better = 'lower' | 'higher' | 'neutral';

export const specialCauses = ['outside-limit', 'trend', 'two-of-three', 'shift'] as const;
/** The four signals of NHS *Making Data Count*, in their order of precedence where several apply to one point. */
export type SpecialCause = (typeof specialCauses)[number];

/** Upper or lower than usual; for a trend, rising or falling. */
export type Side = 'high' | 'low';

/** What a signal is good for, by the direction that is better. */
export type SignalMeaning = 'improvement' | 'concern' | 'neutral';

/** Special-cause variation at one point. */
export interface XmrSignal {
  /** The one that goes first. */
  readonly cause: SpecialCause;
  /** All that apply, in order of precedence. */
  readonly causes: readonly SpecialCause[];
  readonly side: Side;
  readonly meaning: SignalMeaning;
}

/** Where a person set the limits anew. Nobody else does: there is no automatic re-basing. */
export interface Rebase {
  /** First month of the new phase. */
  readonly from: Month;
  /** Last month that the limits of this phase are worked out from; null uses every month of it. */
  readonly limitsUntil: Month | null;
}

/** Lines of one stretch of months, in the units of the values. */
export interface XmrLimits {
  readonly mean: number;
  /** Average of the moving ranges. */
  readonly averageRange: number;
  /** Natural process limits: the mean plus and minus 2.66 average moving ranges. */
  readonly upper: number;
  readonly lower: number;
  /** Two thirds of the way to the limits: beyond these lies the outer third. */
  readonly nearUpper: number;
  readonly nearLower: number;
  /** Upper limit of the moving ranges. */
  readonly rangeLimit: number;
}

/** A stretch of points that share their limits. */
export interface XmrPhase {
  /** Places of its first and last point, both included. */
  readonly from: number;
  readonly to: number;
  /** Place of the last point that the limits are worked out from. */
  readonly limitsTo: number;
  /** Null where no two points follow each other, so that nothing is known of the variation. */
  readonly limits: XmrLimits | null;
  /** Points that the limits rest on. */
  readonly points: number;
  /** Fewer than 12 of them: the limits are on trial. */
  readonly trial: boolean;
}

/** One point as the rules read it. */
export interface XmrReading {
  /** Null where nothing was read. */
  readonly value: number | null;
  /** Distance from the point before in the same phase; null where there is none. */
  readonly range: number | null;
  readonly rangeOutside: boolean;
  readonly signal: XmrSignal | null;
}

/** Values with the limits of their phases and what the rules say of each. */
export interface Xmr {
  readonly better: Better;
  readonly readings: readonly XmrReading[];
  readonly phases: readonly [XmrPhase, ...XmrPhase[]];
}
