import type { Brand } from '../base/brand.js';

/** A calendar month as `YYYY-MM`; its order as text is its order in time. */
export type Month = Brand<string, 'Month'>;

/** The day (YYYY-MM-DD) of a moment on the wall clock of where it was written; `wall` and `offset` as for `monthOf`. */
export function dateOf(wall: number, offset: number): string {
  return new Date(wall + offset * 60_000).toISOString().slice(0, 10);
}

/** The month of a moment on the wall clock of where it was written: `wall` in milliseconds since 1970 UTC, `offset` of local time in minutes, east positive. */
export function monthOf(wall: number, offset: number): Month {
  return new Date(wall + offset * 60_000).toISOString().slice(0, 7) as Month;
}

/** The month so many months on; back in time where it is below nought. Throws for what is no month. */
export function monthsOn(month: Month, by: number): Month {
  const parts = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month);
  if (!parts) throw new Error(`'${month}' is no month.`);
  const at = Number(parts[1]) * 12 + Number(parts[2]) - 1 + by;
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}` as Month;
}

/** Every month from the first to the last, both of them included; none where the last comes before the first. */
export function monthsBetween(first: Month, last: Month): readonly Month[] {
  const months: Month[] = [];
  for (let month = first; month <= last; month = monthsOn(month, 1)) months.push(month);
  return months;
}
