import { fail, succeed, type Result } from '../base/result.js';
import type { Day, DayOrder } from '../model/ledger.js';
import type { Month } from '../model/month.js';

/** Day of a date of the Gregorian calendar. Assumes that it exists. */
export function dayOf(year: number, month: number, date: number): Day {
  return Math.round(Date.UTC(year, month - 1, date) / 86_400_000) as Day;
}

/** The day of an ISO date (YYYY-MM-DD). Throws for what is none. */
export function dayOfIso(iso: string): Day {
  const read = readDay(iso, 'iso', false);
  if (!read.ok) throw new Error(`'${iso}' is no day.`);
  return read.value;
}

/** YYYY-MM-DD. */
export function isoOf(day: Day): string { return new Date(day * 86_400_000).toISOString().slice(0, 10); }

/** The month of a day as a number: twelve a year. Months as numbers are what a million rows are counted by. */
export function monthNumberOf(day: Day): number {
  const date = new Date(day * 86_400_000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
export function monthOfNumber(number: number): Month { return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}` as Month; }
export function numberOfMonth(month: Month): number { return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1; }

/** Last day of a month given as a number. */
export function lastDayOf(monthNumber: number): Day { return (dayOf(Math.floor((monthNumber + 1) / 12), ((monthNumber + 1) % 12) + 1, 1) - 1) as Day; }

/** Last day on which an episode of the month is coded in time: the end of the next month (governance §1; the framework's own text is to be checked). */
export function deadlineOf(monthNumber: number): Day { return lastDayOf(monthNumber + 1); }

const names: Readonly<Record<string, number>> = {
  jan: 1, feb: 2, mar: 3, apr: 4, may: 5, jun: 6, jul: 7, aug: 8, sep: 9, sept: 9, oct: 10, nov: 11, dec: 12,
  january: 1, february: 2, march: 3, april: 4, june: 6, july: 7, august: 8, september: 9, october: 10, november: 11, december: 12,
  ion: 1, ionawr: 1, chwef: 2, chwefror: 2, maw: 3, mawrth: 3, ebr: 4, ebrill: 4, mai: 5, meh: 6, mehefin: 6, gorff: 7, gorffennaf: 7, awst: 8, med: 9, medi: 9, hyd: 10, hydref: 10, tach: 11, tachwedd: 11, rhag: 12, rhagfyr: 12,
};
const timeOfDay = String.raw`(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?)?`;
const yearFirst = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${timeOfDay}$`);
const together = /^((?:19|20)\d{2})(\d{2})(\d{2})$/;
const figures = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${timeOfDay}$`);
const named = new RegExp(String.raw`^(\d{1,2})[- /.]([\p{L}]{3,10})\.?[- /.,]{1,2}(\d{4}|\d{2})${timeOfDay}$`, 'u');

/** `bad`: no day of the calendar. `ambiguous`: a day that can be read two ways, where nobody has said which. */
export type DayFailure = { readonly kind: 'bad' | 'ambiguous' };

/**
 * A day as extracts write it: year first, day or month first in figures, or with the month's name in English or Welsh; a time of day behind it is passed over.
 * Two figures of a year are of this century. `serial`: a workbook's own number of the day (1900 system), which no table of text has.
 */
export function readDay(text: string, order: DayOrder | null, serial: boolean): Result<Day, DayFailure> {
  const words = text.trim();
  if (words.length > 40) return fail({ kind: 'bad' });
  const iso = yearFirst.exec(words);
  if (iso) return calendar(Number(iso[1]), Number(iso[3]), Number(iso[4]));
  const plain = figures.exec(words);
  if (plain) {
    const [first, second, year] = [Number(plain[1]), Number(plain[3]), fullYear(plain[4] ?? '')];
    if (order === 'day-first') return calendar(year, second, first);
    if (order === 'month-first') return calendar(year, first, second);
    // One reading alone is on the calendar, or both are the same day: nothing has to be said. Two figures of a year may be a day too.
    if ((plain[4] ?? '').length === 2) return fail({ kind: 'ambiguous' });
    const [dayFirst, monthFirst] = [calendar(year, second, first), calendar(year, first, second)];
    if (dayFirst.ok && monthFirst.ok) return dayFirst.value === monthFirst.value ? dayFirst : fail({ kind: 'ambiguous' });
    return dayFirst.ok ? dayFirst : monthFirst;
  }
  const withName = named.exec(words);
  if (withName) { const month = names[(withName[2] ?? '').toLowerCase()]; return month === undefined ? fail({ kind: 'bad' }) : calendar(fullYear(withName[3] ?? ''), month, Number(withName[1])); }
  const run = together.exec(words);
  if (run) return calendar(Number(run[1]), Number(run[2]), Number(run[3]));
  // 1 March 1900 is day 61 of a workbook, which believes in a 29 February of that year.
  if (serial && /^\d{5}(?:\.\d{1,12})?$/.test(words)) { const day = Math.floor(Number(words)) - 25_569; return day >= 0 && day < 65_535 ? succeed(day as Day) : fail({ kind: 'bad' }); }
  return fail({ kind: 'bad' });
}

function fullYear(written: string): number { return written.length === 2 ? 2000 + Number(written) : Number(written); }

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
function calendar(year: number, month: number, date: number): Result<Day, DayFailure> {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  if (year < 1970 || year > 2140 || month < 1 || month > 12 || date < 1 || date > (lengths[month - 1] ?? 0) + leap) return fail({ kind: 'bad' });
  return succeed(dayOf(year, month, date));
}

/** What days in figures show of their order: one whose first figure is above 12 is day-first. Both ways in one extract show nothing, and neither do days that can all be read two ways. */
export function orderShown(texts: Iterable<string>): DayOrder | null {
  let [dayFirst, monthFirst, untold, others] = [0, 0, 0, 0];
  for (const text of texts) {
    const plain = figures.exec(text.trim());
    const [first, second] = [Number(plain?.[1] ?? 0), Number(plain?.[3] ?? 0)];
    if (!plain) { if (text.trim() !== '') others += 1; }
    else if (first > 12 && second <= 12) dayFirst += 1;
    else if (second > 12 && first <= 12) monthFirst += 1;
    else if (first !== second) untold += 1;
  }
  if (dayFirst > 0 || monthFirst > 0) return dayFirst > 0 && monthFirst > 0 ? null : dayFirst > 0 ? 'day-first' : 'month-first';
  return untold === 0 && others > 0 ? 'iso' : null;
}
