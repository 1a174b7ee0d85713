import type { SpecialtyId } from './episode.js';
import type { EditionId } from './rulebook.js';

/** How far the record of a specialty may be used. */
export type Stage =
  /** Scored in silence: nothing changes on screen. */
  | { readonly kind: 'shadow'; readonly episodes: number; readonly needed: number }
  /** The record is shown and ranks; every code is the coder's own. `relocked`: one-key was taken back, and why. */
  | { readonly kind: 'assist'; readonly relocked: ChartSignal | null }
  /** As `assist`, and at words whose record passes the bar one key accepts. */
  | { readonly kind: 'one-key'; readonly cells: number };

/** Some coded episodes in a row: units that were on offer, and how many of them the coder did not keep as offered. */
export interface ChartPoint {
  readonly episodes: number;
  readonly offered: number;
  readonly overridden: number;
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
  readonly signal: ChartSignal | null;
}

/** What coders did with what was on offer in one specialty under one edition of the rulebook. */
export interface OverrideCount { readonly specialty: SpecialtyId | 'unknown'; readonly edition: EditionId; readonly episodes: number; readonly offered: number; readonly overridden: number }

/** Overrides by specialty and edition, and over time. */
export interface Overrides { readonly counts: readonly OverrideCount[]; readonly charts: ReadonlyMap<string, OverrideChart> }

/** Why a point is no usual variation. */
export type ChartSignal = 'above-limit' | 'below-limit' | 'run-above' | 'run-below';

/** Overrides over time. `centre` is the share of all points up to the twentieth: later points do not move what they are judged by. */
export interface OverrideChart {
  readonly points: readonly ChartPoint[];
  readonly centre: number;
  /** Fewer points than twelve: limits are on trial. */
  readonly trial: boolean;
}
