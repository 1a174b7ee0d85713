import type { AuditCategory, AuditKey, AuditLane, AuditSample } from './audit.js';
import type { CodeSystem } from './code.js';
import type { Month } from './month.js';

/** A share with the range in which it may lie, all fractions from 0 to 1. */
export interface ShareRange { readonly share: number; readonly low: number; readonly high: number }

/** Agreement beyond chance, -1 to 1, with its 95 % interval. */
export interface Kappa {
  readonly items: number;
  /** Share on which both agree. */
  readonly agreed: number;
  readonly kappa: number;
  readonly low: number;
  readonly high: number;
}

/** The four counts of a category, from which either denominator can be made. `wrong`: a code of both records that is not right. */
export interface CategoryCounts { readonly right: number; readonly wrong: number; readonly omitted: number; readonly extra: number }

/** A category's score: right codes of those that were checked. `range` is null where none was. */
export interface CategoryScore {
  readonly category: AuditCategory;
  readonly counts: CategoryCounts;
  readonly right: number;
  readonly of: number;
  readonly range: ShareRange | null;
  /** The lower and the upper reference line, fractions. */
  readonly lines: readonly [number, number];
  /** `under` the lower line, meets the `lower` one alone, or the `upper` one; null without a score. */
  readonly meets: 'under' | 'lower' | 'upper' | null;
  /** The lines that its range holds: more episodes could move it over them. */
  readonly crosses: readonly number[];
}

/** How often a key stands in the lines, by cause. */
export interface KeyCount { readonly key: AuditKey; readonly causes: { readonly coder: number; readonly documentation: number; readonly system: number }; readonly all: number }

/** What an audit says of one lane: of the codes that came in that way and were audited, those that the auditor does not have, and episodes whose primary diagnosis was overridden. */
export interface LaneFigures {
  readonly lane: AuditLane;
  readonly episodes: number;
  /** Codes of the first record that were checked. */
  readonly codes: number;
  /** Codes that were accepted and are not in the audited record. */
  readonly falseAccepts: number;
  readonly range: ShareRange | null;
  /** Episodes whose primary diagnosis the auditor has otherwise. */
  readonly overridden: number;
}

/** The scores of a part of an audit; `scores` null where it holds fewer episodes than may be shown. */
export interface PartScores { readonly name: string; readonly episodes: number; readonly scores: readonly CategoryScore[] | null }

/** What coders should be taught after an audit: a category of codes that was wrong by the coder's own doing in two episodes or more. No person is named. */
export interface TrainingNeed {
  /** Three characters. */
  readonly category: string;
  readonly system: CodeSystem;
  readonly episodes: number;
}

/** All that an audit says, with what it rests on. */
export interface AuditReport {
  readonly method: AuditSample['method'];
  readonly seed: number;
  readonly population: number;
  /** Milliseconds since 1970 UTC. */
  readonly drawnAt: number;
  /** Episodes that were drawn, judged, and agreed. */
  readonly drawn: number;
  readonly judged: number;
  readonly agreed: number;
  /** Judged episodes that were coded to their primary codes only: their secondary codes are in no score. */
  readonly primaryOnly: number;
  /** Judged episodes whose auditor coded again after the first codes had been shown. */
  readonly anew: number;
  readonly scores: readonly CategoryScore[];
  readonly errors: { readonly coder: number; readonly documentation: number; readonly system: number };
  readonly keys: readonly KeyCount[];
  readonly lanes: readonly LaneFigures[];
  readonly bySpecialty: readonly PartScores[];
  /** By the edition of the rulebook by which the episodes were coded. */
  readonly byEdition: readonly PartScores[];
  /** Coders by their pseudonyms; empty unless policy lets persons be audited. */
  readonly byCoder: readonly PartScores[];
  /** Codes that were accepted wrongly from suggestions, by the month of the coding: drift is seen here. `lanes` null where too few episodes may be shown. */
  readonly byMonth: readonly { readonly month: Month; readonly lanes: LaneFigures | null; readonly episodes: number }[];
  readonly agreement: Kappa | null;
  readonly needs: readonly TrainingNeed[];
}
