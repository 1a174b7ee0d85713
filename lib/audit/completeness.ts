import { monthsBetween, type Month } from '../model/month.js';
import type { CodedShare, CompletenessReport, CompletenessRow, CutOff, Day, FrozenMonth, LedgerCounts, MonthCount, Trajectory, TreatmentFunction, YearFigure } from '../model/ledger.js';
import { dayOfIso, deadlineOf, isoOf, numberOfMonth } from './ledger-days.js';
import { newestFirst } from './trajectories.js';

/** Welsh Government's Tier 1 target: 95 % of episodes coded within one month (governance §1: Audit Wales 2020; the number in the current framework is to be confirmed). */
export const tierOneTarget = 95;

/** The share, in hundredths. */
export function shareOf(coded: number, episodes: number): CodedShare {
  return { coded, episodes, percent: episodes > 0 ? (100 * coded) / episodes : null };
}

/**
 * Months that are known for good: those frozen before, as they are, and those of the ledger whose deadline is past on the day of its data. What is coded,
 * opened again or found later changes none of them.
 */
export function freezeMonths(frozen: readonly FrozenMonth[], counts: LedgerCounts): readonly FrozenMonth[] {
  const known = new Set(frozen.map(({ month }) => month));
  const asOf = dayOfIso(counts.asOf);
  const fresh = [...byMonth(counts.months)].filter(([month]) => !known.has(month) && deadlineOf(numberOfMonth(month)) <= asOf)
    .map(([month, own]): FrozenMonth => ({ month, asOf: counts.asOf, counts: own.map(({ specialty, episodes, within }) => ({ specialty, episodes, within })) }));
  return [...frozen, ...fresh].sort((a, b) => (a.month < b.month ? -1 : 1));
}

function byMonth(counts: readonly MonthCount[]): ReadonlyMap<Month, readonly MonthCount[]> {
  const found = new Map<Month, MonthCount[]>();
  for (const one of counts) { const own = found.get(one.month); if (own) own.push(one); else found.set(one.month, [one]); }
  return found;
}

/** What is asked of the ledger. */
export interface CompletenessQuestion {
  readonly counts: LedgerCounts;
  readonly frozen: readonly FrozenMonth[];
  readonly plans: readonly Trajectory[];
  /** Null: all of them. */
  readonly specialty: TreatmentFunction | null;
  readonly from: Month;
  readonly to: Month;
  /** YYYY-MM-DD: the day that days to a deadline are counted from. */
  readonly today: string;
}

/** The committee's table, the figures of its years and the deadlines that are next. */
export function completenessReport(question: CompletenessQuestion): CompletenessReport {
  const { counts, frozen, specialty, from, to, today, plans } = question;
  const ours = <Row extends { readonly specialty: TreatmentFunction }>(rows: readonly Row[]): readonly Row[] => (specialty === null ? rows : rows.filter((row) => row.specialty === specialty));
  const nowOf = new Map<Month, CodedShare>();
  for (const [month, own] of byMonth(ours(counts.months))) nowOf.set(month, sumOf(own, ({ coded }) => coded));
  const frozenOf = new Map(frozen.flatMap(({ month, counts: own }): (readonly [Month, CodedShare])[] => { const mine = ours(own); return mine.length > 0 ? [[month, sumOf(mine, ({ within }) => within)]] : []; }));
  const newest = newestFirst(plans)[0] ?? null;
  const rows = monthsBetween(from, to).map((month): CompletenessRow => {
    const deadline = isoOf(deadlineOf(numberOfMonth(month)));
    const isPast = deadline <= counts.asOf;
    const [within, now] = [frozenOf.get(month) ?? null, nowOf.get(month) ?? null];
    const aim = newest?.months[month] ?? null;
    return {
      month, deadline, within, current: isPast ? now : null, soFar: isPast ? null : now, planned: plans.map(({ months }) => months[month] ?? null),
      toNewest: within?.percent === null || within === null || aim === null ? null : tenths(within.percent) - aim,
    };
  });
  return { rows, years: yearsOf(nowOf, frozenOf), cutOffs: cutOffsOf(nowOf, counts, today), frozenMonths: frozenOf.size };
}

function sumOf<Row extends { readonly episodes: number }>(rows: readonly Row[], coded: (row: Row) => number): CodedShare {
  return shareOf(rows.reduce((sum, row) => sum + coded(row), 0), rows.reduce((sum, { episodes }) => sum + episodes, 0));
}

/** As it is written in the paper: one place behind the point. */
export function tenths(percent: number): number { return Math.round(percent * 10) / 10; }

/** The financial year that a month lies in, by the year of its April. */
export function yearOf(month: Month): number { return Number(month.slice(0, 4)) - (Number(month.slice(5, 7)) < 4 ? 1 : 0); }

function yearsOf(now: ReadonlyMap<Month, CodedShare>, frozen: ReadonlyMap<Month, CodedShare>): readonly YearFigure[] {
  const years = [...new Set([...now.keys(), ...frozen.keys()].map(yearOf))].sort((a, b) => a - b);
  return years.map((year): YearFigure => {
    const of = (shares: ReadonlyMap<Month, CodedShare>): CodedShare => sumOf([...shares].filter(([month]) => yearOf(month) === year).map(([, share]) => share), ({ coded }) => coded);
    return { year: `${year}/${String((year + 1) % 100).padStart(2, '0')}`, within: of(frozen), current: of(now), frozen: [...frozen.keys()].filter((month) => yearOf(month) === year).length };
  });
}

/** Months whose deadline is still to come, on the day of the data and today. */
function cutOffsOf(now: ReadonlyMap<Month, CodedShare>, { asOf }: LedgerCounts, today: string): readonly CutOff[] {
  const from: Day = dayOfIso(today);
  return [...now].map(([month, { episodes, coded }]): CutOff => { const deadline = deadlineOf(numberOfMonth(month)); return { month, deadline: isoOf(deadline), days: deadline - from, uncoded: episodes - coded, episodes }; })
    .filter(({ days, deadline }) => days >= 0 && deadline > asOf).sort((a, b) => a.days - b.days);
}

/** Months of the table where nobody asks for others: those of the newest trajectory, else the last six whose deadline is past. */
export function tableMonths(counts: LedgerCounts | null, plans: readonly Trajectory[]): { readonly from: Month; readonly to: Month } | null {
  const planned = Object.keys(newestFirst(plans)[0]?.months ?? {}).sort() as Month[];
  const [first, last] = [planned[0], planned.at(-1)];
  if (first !== undefined && last !== undefined) return { from: first, to: last };
  if (!counts) return null;
  const known = [...new Set(counts.months.map(({ month }) => month))].sort();
  const to = known.at(-1);
  return to === undefined ? null : { from: known.at(-6) ?? known[0] ?? to, to };
}
