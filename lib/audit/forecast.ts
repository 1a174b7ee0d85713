import type { Forecast, ForecastAssumptions, ForecastMonth, LedgerCounts } from '../model/ledger.js';
import { dayOfIso, lastDayOf, monthNumberOf, monthOfNumber, numberOfMonth } from './ledger-days.js';

/** Fewest whole months that a forecast rests on: fewer say nothing of a year's ups and downs. */
export const leastHistory = 12;
export const forecastRuns = 1000;

/** Whole months of arrivals, and what was uncoded of each on the day of the data. */
export interface History {
  readonly arrivals: readonly number[];
  readonly uncoded: readonly number[];
  /** Episodes coded in each of these months, whatever month they ended in. */
  readonly worked: readonly number[];
  readonly lastMonth: number;
  /** The month after: what of it is coded already, and the share of its days that is still to come. */
  readonly begun: { readonly coded: number; readonly left: number };
  /** Share of the work of the last twelve whole months that was on episodes still in time. */
  readonly inTime: number;
}

/** What the ledger says of the months that are whole on the day of its data. */
export function historyOf({ months, work, asOf }: LedgerCounts): History {
  const day = dayOfIso(asOf);
  const here = monthNumberOf(day);
  const lastMonth = day >= lastDayOf(here) ? here : here - 1;
  const whole = months.map(({ month, episodes, coded }) => ({ at: numberOfMonth(month), episodes, coded })).filter(({ at }) => at <= lastMonth);
  const first = whole.reduce((least, { at }) => Math.min(least, at), Infinity);
  const next = lastMonth + 1;
  const begun = { coded: months.reduce((sum, { month, coded }) => sum + (numberOfMonth(month) === next ? coded : 0), 0), left: here === next ? (lastDayOf(next) - day) / (lastDayOf(next) - lastDayOf(lastMonth)) : 1 };
  if (!Number.isFinite(first)) return { arrivals: [], uncoded: [], worked: [], lastMonth, begun, inTime: 1 };
  const count = lastMonth - first + 1;
  const [arrivals, uncoded, worked] = [0, 1, 2].map(() => Array.from({ length: count }, () => 0)) as [number[], number[], number[]];
  for (const { at, episodes, coded } of whole) { arrivals[at - first] = (arrivals[at - first] ?? 0) + episodes; uncoded[at - first] = (uncoded[at - first] ?? 0) + episodes - coded; }
  for (const { month, full, primary, untold } of work) { const at = numberOfMonth(month) - first; if (at >= 0 && at < count) worked[at] = full + primary + untold; }
  const within = months.reduce((sum, { month, within: own }) => { const at = numberOfMonth(month); return at > lastMonth - 12 && at <= lastMonth ? sum + own : sum; }, 0);
  const inTime = Math.min(1, within / Math.max(1, worked.slice(-12).reduce((sum, one) => sum + one, 0)));
  return { arrivals, uncoded, worked, lastMonth, begun, inTime };
}

/** Episodes that the staff can code in a month: hours without sickness, by the pace of each depth, and what is coded elsewhere. */
export function capacityOf({ coders, hoursEach, sickness, rateFull, ratePrimary, primaryShare, outsourced }: ForecastAssumptions): number {
  // Hours are spent by what an episode takes, so the pace of a mixture is the harmonic mean of both.
  const hoursAnEpisode = primaryShare / Math.max(0.01, ratePrimary) + (1 - primaryShare) / Math.max(0.01, rateFull);
  return (coders * hoursEach * (1 - sickness)) / hoursAnEpisode + outsourced;
}

/**
 * Completeness of the months to come, by simulation. Each run draws arrivals about the mean of the last twelve whole months with the spread that they had,
 * and capacity about the assumptions with the spread of the months worked; then it codes, and sees what was in time. `chance` gives numbers from 0 to below 1:
 * with a seed of its own the same forecast comes out for ever.
 */
export function forecast(counts: LedgerCounts, assumptions: ForecastAssumptions, ahead: number, chance: () => number, runs = forecastRuns): Forecast {
  const { arrivals, uncoded, lastMonth, worked, begun, inTime } = historyOf(counts);
  if (arrivals.length < leastHistory) return { kind: 'too-short', months: arrivals.length, least: leastHistory };
  const recent = arrivals.slice(-12);
  const mean = recent.reduce((sum, one) => sum + one, 0) / recent.length;
  const spread = deviation(recent, mean) / mean;
  const done = worked.slice(-12).filter((one) => one > 0);
  const doneMean = done.reduce((sum, one) => sum + one, 0) / Math.max(1, done.length);
  const workSpread = done.length > 1 ? Math.min(0.5, deviation(done, doneMean) / doneMean) : 0;
  const capacity = capacityOf(assumptions);
  const shares: number[][] = Array.from({ length: ahead }, () => []);
  const left: number[][] = Array.from({ length: ahead }, () => []);
  for (let run = 0; run < runs; run += 1) {
    /** Uncoded episodes by month of their end, oldest first; places run on into the months to come. */
    const waiting = [...uncoded];
    const came: number[] = [...arrivals];
    for (let step = 0; step <= ahead; step += 1) {
      const here = arrivals.length + step;
      if (step < ahead) {
        const arrived = Math.max(0, Math.round((mean + assumptions.growth * (step + 1)) * (1 + spread * normal(chance))));
        came.push(arrived);
        waiting.push(Math.max(0, Math.round(arrived * (1 - assumptions.autoShare * assumptions.autoAccepted)) - (step === 0 ? begun.coded : 0)));
      }
      const power = Math.max(0, capacity * (step === 0 ? begun.left : 1) * (1 + workSpread * normal(chance)));
      // Last month's are due first, then this month's; the rest is the backlog, oldest first.
      const near = [here - 1, here].filter((at) => at >= 0 && at < waiting.length);
      const old = Array.from({ length: Math.max(0, here - 1) }, (_, at) => at);
      const part = { 'as-before': inTime, 'deadline-first': 1, 'oldest-first': 0 }[assumptions.order];
      const over = codeFrom(waiting, near, power * part);
      codeFrom(waiting, near, codeFrom(waiting, old, power * (1 - part) + over));
      // The month before this one has reached its deadline.
      const due = step - 1;
      if (due >= 0) shares[due]?.push((100 * ((came[here - 1] ?? 0) - (waiting[here - 1] ?? 0))) / Math.max(1, came[here - 1] ?? 0));
      if (step < ahead) left[step]?.push(waiting.reduce((sum, one) => sum + one, 0));
    }
  }
  const months = shares.map((own, step): ForecastMonth => {
    const sorted = own.sort((a, b) => a - b);
    const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(part * (sorted.length - 1))))] ?? 0;
    const backlog = (left[step] ?? []).sort((a, b) => a - b);
    return { month: monthOfNumber(lastMonth + 1 + step), middle: at(0.5), eighty: [at(0.1), at(0.9)], ninetyFive: [at(0.025), at(0.975)], backlog: Math.round(backlog[Math.floor(backlog.length / 2)] ?? 0) };
  });
  return { kind: 'forecast', months, runs, history: arrivals.length, arrivals: Math.round(mean), capacity: Math.round(capacity) };
}

/** Codes so many of what waits, in this order; gives what was not needed. */
function codeFrom(waiting: number[], places: readonly number[], power: number): number {
  let left = power;
  for (const place of places) {
    if (left <= 0) return 0;
    const now = Math.min(left, waiting[place] ?? 0);
    waiting[place] = (waiting[place] ?? 0) - now;
    left -= now;
  }
  return left;
}

function deviation(values: readonly number[], mean: number): number {
  return Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, values.length - 1));
}

/** A number of the normal distribution, mean 0 and deviation 1 (Box–Muller). */
function normal(chance: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
}
