import { monthsBetween, monthsOn, type Month } from '../model/month.js';
import type { ChartOrTooFew, ChartReading, Intervention, RateChart, RatePoint } from '../model/quality.js';
import type { Better, Rebase, Xmr } from '../model/xmr.js';
import { isSmall, smallestShown } from './small-cells.js';
import { xmrOf } from './xmr.js';

/** Findings and episodes read of one month. */
export interface MonthTally {
  readonly findings: number;
  readonly read: number;
}

/** What a person has set for a chart. */
export interface ChartSettings {
  readonly better: Better;
  readonly rebases: readonly Rebase[];
  readonly interventions: readonly Intervention[];
  /** Smallest count that may be read off the chart. */
  readonly least?: number;
}

/**
 * Findings per 100 episodes read, month by month from the first month in which something was read to `to`. Where a month
 * has a count too small to show, quarters are drawn; where those have one too, no chart: a hole would hide just the good
 * months, and limits worked out with them would give them away.
 */
export function rateChart(months: ReadonlyMap<Month, MonthTally>, to: Month, settings: ChartSettings): ChartOrTooFew {
  const first = [...months].flatMap(([month, { read }]) => (read > 0 && month <= to ? [month] : [])).sort()[0];
  if (first === undefined) return { kind: 'too-few' };
  const monthly = monthsBetween(first, to).map((month): RatePoint => pointOf([month], months));
  const least = settings.least ?? smallestShown;
  for (const [period, points] of [['month', monthly], ['quarter', quartersOf(monthly)]] as const) {
    if (points.length > 0 && points.every(({ findings, read }) => !isSmall(findings, least) && !isSmall(read, least))) return { kind: 'chart', chart: chartOf(period, points, settings) };
  }
  return { kind: 'too-few' };
}

function pointOf(span: readonly Month[], months: ReadonlyMap<Month, MonthTally>): RatePoint {
  const sum = (of: (tally: MonthTally) => number): number => span.reduce((total, month) => total + of(months.get(month) ?? { findings: 0, read: 0 }), 0);
  return { first: span[0] as Month, last: span.at(-1) as Month, findings: sum(({ findings }) => findings), read: sum(({ read }) => read) };
}

/** Whole quarters only, of the calendar year: a part of one would look like a fall. */
function quartersOf(monthly: readonly RatePoint[]): readonly RatePoint[] {
  const months = new Map(monthly.map(({ first, findings, read }) => [first, { findings, read }]));
  return monthly.filter(({ first }) => Number(first.slice(5)) % 3 === 1).map(({ first }) => [first, monthsOn(first, 1), monthsOn(first, 2)])
    .filter((span) => span.every((month) => months.has(month))).map((span) => pointOf(span, months));
}

function chartOf(period: RateChart['period'], points: readonly RatePoint[], { better, rebases, interventions }: ChartSettings): RateChart {
  const values = points.map(({ findings, read }) => (read > 0 ? (100 * findings) / read : null));
  // A phase starts with the first point that lies wholly in it, and its limits rest on points that lie wholly before their end.
  const starts = rebases.map(({ from, limitsUntil }) => ({ from: points.findIndex(({ first }) => first >= from), limitsTo: limitsUntil === null ? null : points.findLastIndex(({ last }) => last <= limitsUntil) }));
  const xmr = xmrOf(values, better, starts.filter(({ from }) => from >= 0));
  const [first, last] = [points[0]?.first ?? '', points.at(-1)?.last ?? ''];
  const shown = interventions.filter(({ date }) => date.slice(0, 7) >= first && date.slice(0, 7) <= last).sort((a, b) => (a.date < b.date ? -1 : 1));
  return { period, points, xmr, interventions: shown, rebases, reading: readingOf(xmr, points) };
}

/** What the latest limits say: the last unbroken stretch of signals of one side, in the last phase. */
function readingOf({ readings, phases }: Xmr, points: readonly RatePoint[]): ChartReading {
  const from = phases.at(-1)?.from ?? 0;
  const until = readings.findLastIndex(({ signal }, at) => at >= from && signal !== null);
  const signal = readings[until]?.signal;
  if (!signal) return { kind: 'usual' };
  let since = until;
  while (since > from && readings[since - 1]?.signal?.side === signal.side) since -= 1;
  const month = (at: number): Month => (points[at] as RatePoint).first;
  const { side, meaning } = signal;
  if (since === until) return { kind: 'apart', side, meaning, at: month(until) };
  return until === readings.length - 1 ? { kind: 'changed', side, meaning, since: month(since) } : { kind: 'passed', side, meaning, since: month(since), until: month(until) };
}
