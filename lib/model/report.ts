import type { LogEvent } from './decision.js';
import type { Bilingual } from './language.js';

/** A table that a chart is drawn from: the chart never knows more than the table. */
export interface ReportTable<Row> {
  readonly rows: readonly Row[];
  /** How many events were read, so that no count stands without its denominator. */
  readonly eventsRead: number;
}

/** A question put to the log, and the fold that answers it. Pure: the same events give the same answer for ever. */
export interface ReportDefinition<Row> {
  readonly id: string;
  readonly question: Bilingual<string>;
  /** `now` in milliseconds since 1970 UTC, passed in. */
  readonly project: (events: Iterable<LogEvent>, now: number) => ReportTable<Row>;
}
