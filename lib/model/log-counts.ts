import type { EventBody } from './decision.js';

/** One cell of what was counted while decisions were logged: how many of a kind stand, by month. Cells of two devices are added. No patient, no place, no time of day. */
export interface LogCount {
  /** `2026-11`, in Europe/London. */
  readonly month: string;
  readonly kind: EventBody['kind'];
  /** A specialty pack's id, `unknown`, or empty where the event has none. */
  readonly specialty: string;
  readonly rule: string;
  readonly documentKind: string;
  /** Empty while events name no site. */
  readonly site: string;
  /** Below zero never. */
  readonly count: number;
}

/** What a cell is called: everything of it but the count. */
export type CountCell = Omit<LogCount, 'count'>;
