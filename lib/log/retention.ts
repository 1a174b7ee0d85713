import type { LogEvent } from '../model/decision.js';
import { monthsOn, type Month } from '../model/month.js';
import type { Retention } from '../model/settings.js';

/**
 * Does a decision stay as long as the counters? What coders are learned from and what was asked of clinicians do: they name no place in
 * a document. Rows about documents pass with their day. An undo stays with what it takes back.
 */
export function outlivesItsDay(row: LogEvent): boolean {
  switch (row.kind) {
    case 'document-read': case 'finding-logged': case 'finding-dismissed': case 'fault-logged': case 'unreadable-logged': case 'rule-muted': case 'undone': return false;
    case 'codes-accepted': case 'codes-rejected': case 'codes-removed': case 'codes-moved': case 'depth-chosen': case 'episode-coded': case 'phrase-forgotten': case 'phrase-judged':
    case 'query-drafted': case 'query-moved': case 'audit-drawn': case 'audit-coded': case 'audit-judged': return true;
  }
}

/** Days that a device may have been off before its clock is doubted. */
const longestAway = 45;

/** The day (UTC) of a moment. */
export function dayOf(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10);
}

export function addDays(day: string, by: number): string {
  return dayOf(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000);
}

/** What retention goes by today: the first day whose rows stay and the first month whose counts stay; or that it waits, as the clock has leapt. */
export type RetentionDay =
  | { readonly kind: 'go'; readonly seen: string; readonly rowsFrom: string; readonly countsFrom: Month }
  | { readonly kind: 'wait'; readonly leap: string };

/**
 * A clock that was put back destroys nothing sooner or later: the latest day that was ever seen counts. One that leaps far ahead may be wrong, and
 * what is destroyed does not come back: the leap must hold until a later day.
 */
export function retentionDay(wall: number, { days, months }: Retention, seen: string | null, leap: string | null): RetentionDay {
  const today = dayOf(wall);
  const isLeap = seen !== null && today > addDays(seen, longestAway);
  if (isLeap && (leap === null || today <= leap || today > addDays(leap, longestAway))) return { kind: 'wait', leap: leap !== null && today >= leap && today <= addDays(leap, longestAway) ? leap : today };
  const latest = seen !== null && seen > today ? seen : today;
  return { kind: 'go', seen: latest, rowsFrom: addDays(latest, -days), countsFrom: monthsOn(latest.slice(0, 7) as Month, 1 - months) };
}
