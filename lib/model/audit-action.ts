export const actionStatuses = ['open', 'complete', 'on-hold', 'overdue'] as const;
/** How an action stands. `overdue` is worked out of its day and never chosen. */
export type ActionStatus = (typeof actionStatuses)[number];

/** A recommendation of an audit and what is being done about it, as the update paper's tracker lists it. Typed by a person; it holds no name: an owner is a role. */
export interface AuditAction {
  /** As the auditors number it, for example `2.1c`. */
  readonly number: string;
  readonly recommendation: string;
  readonly owner: string;
  /** YYYY-MM-DD, or null where none was agreed. */
  readonly due: string | null;
  readonly status: Exclude<ActionStatus, 'overdue'>;
  /** Why it is on hold or late; empty where nothing has to be said. */
  readonly reason: string;
}

/** Most actions of a tracker. */
export const mostActions = 200;

/** The status as it is shown on a day: an open action whose day has passed is overdue. */
export function statusOn({ status, due }: Pick<AuditAction, 'status' | 'due'>, today: string): ActionStatus {
  return status === 'open' && due !== null && due < today ? 'overdue' : status;
}
