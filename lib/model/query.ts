import type { Brand } from '../base/brand.js';
import type { EpisodeKey, EventId } from './event-id.js';
import type { SpecialtyId } from './episode.js';
import type { FaultCategory } from './fault.js';
import type { RuleId } from './rulebook.js';

/** Names a query's template: a closed set that ships, so that it may be logged. */
export type QueryTemplateId = Brand<string, 'QueryTemplateId'>;

export const queryStates = ['drafted', 'sent', 'answered', 'closed'] as const;
/** Where a query to a clinician stands. Overdue is no state of its own: it is a sent one whose day has passed. */
export type QueryState = (typeof queryStates)[number];

export const queryOutcomes = ['none', 'clarified', 'record-amended', 'no-change', 'not-answered'] as const;
/** What came of it; `none` while nothing has. */
export type QueryOutcome = (typeof queryOutcomes)[number];

export const queryLanguages = ['en', 'cy', 'both'] as const;
export type QueryLanguage = (typeof queryLanguages)[number];

/** One query as the log has it now. */
export interface Query {
  /** The row that drafted it names it. */
  readonly id: EventId;
  /** Empty for a query about what a specialty's documents share. */
  readonly episode: EpisodeKey | '';
  readonly specialty: SpecialtyId | 'unknown';
  readonly category: FaultCategory;
  readonly rule: RuleId | '';
  readonly findings: number;
  readonly language: QueryLanguage;
  readonly state: QueryState;
  readonly outcome: QueryOutcome;
  /** Milliseconds since 1970 UTC, as the other moments here. */
  readonly drafted: number;
  readonly sent: number | null;
  readonly answered: number | null;
  readonly due: number | null;
  /** Whole days that it has been, or was, open: from sending (or drafting) to the answer, the closing, or now. */
  readonly days: number;
  readonly isOverdue: boolean;
}

/** What queries ask of one specialty, so that nobody asks too much. */
export interface QueryBurden {
  readonly specialty: SpecialtyId | 'unknown';
  readonly open: number;
  readonly overdue: number;
  /** Ever sent, as far back as the log reaches. */
  readonly sent: number;
  readonly answered: number;
  /** Median of whole days from sending to the answer; null where none was answered. */
  readonly medianDays: number | null;
}

/** What a specialty's documents share often enough to ask about it once. */
export interface SharedFault {
  readonly specialty: SpecialtyId | 'unknown';
  readonly category: FaultCategory;
  readonly rule: RuleId | null;
  /** Findings of the months asked about: episodes with it, as a term counts once an episode. Never under the smallest that may be shown. */
  readonly findings: number;
}

/** The template of a category: one for a single episode, one for what many share. */
export function templateOf(category: FaultCategory, isShared: boolean): QueryTemplateId {
  return (isShared ? `${category}-shared` : category) as QueryTemplateId;
}

/** The short name of a query by which an answer is found again; it stands in its text. */
export function referenceOf(id: EventId): string {
  return id.slice(0, 8).toUpperCase();
}

/** Where a person may move a query from each state. An answer or an end can be taken up again. */
export const queryMoves: Readonly<Record<QueryState, readonly QueryState[]>> = {
  drafted: ['sent', 'closed'], sent: ['answered', 'closed'], answered: ['closed', 'sent'], closed: ['sent'],
};
