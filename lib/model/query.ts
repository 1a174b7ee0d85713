import type { Brand } from '../base/brand.js';

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
