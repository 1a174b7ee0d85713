import type { ReliabilityRow } from '../model/training.js';

/** A prediction and what became of it. */
export interface Outcome {
  readonly sure: number;
  readonly right: boolean;
}

/** A rising map from what a ranker says to the share that was right, as points: `at` ascending, `share` at each; straight lines between them. */
export interface Calibration {
  readonly at: readonly number[];
  readonly share: readonly number[];
}

/** What is said is what is meant. */
export const uncalibrated: Calibration = { at: [], share: [] };

/** Isotonic regression by pooling adjacent violators (Ayer 1955), in pools of forty predictions and more (fewer where there are few); each pool is a point at its mean. */
export function calibrate(outcomes: readonly Outcome[]): Calibration {
  const sorted = [...outcomes].sort((a, b) => a.sure - b.sure);
  const least = Math.min(40, Math.max(5, Math.floor(sorted.length / 40)));
  const pools: { sum: number; right: number; all: number }[] = [];
  for (let at = 0; at < sorted.length; at += least) {
    const part = sorted.slice(at, at + least);
    pools.push({ sum: part.reduce((sum, { sure }) => sum + sure, 0), right: part.filter(({ right }) => right).length, all: part.length });
    for (let last = pools.length - 1; last > 0; last -= 1) {
      const [before, after] = [pools[last - 1], pools[last]];
      if (!before || !after || before.right / before.all < after.right / after.all) break;
      pools.splice(last - 1, 2, { sum: before.sum + after.sum, right: before.right + after.right, all: before.all + after.all });
    }
  }
  return { at: pools.map(({ sum, all }) => sum / all), share: pools.map(({ right, all }) => right / all) };
}

/** What a ranker's word is worth by the record. Outside the points the nearest one holds. */
export function calibrated({ at, share }: Calibration, sure: number): number {
  if (at.length === 0) return sure;
  let low = 0;
  let high = at.length;
  while (low < high) { const middle = (low + high) >> 1; if ((at[middle] as number) > sure) high = middle; else low = middle + 1; }
  // A little of the ranker's own word keeps the order among those that one point stands for.
  const keep = (value: number): number => value * 0.98 + sure * 0.02;
  if (low === 0) return keep(share[0] as number);
  if (low === at.length) return keep(share[low - 1] as number);
  const [from, to] = [at[low - 1] as number, at[low] as number];
  return keep((share[low - 1] as number) + ((share[low] as number) - (share[low - 1] as number)) * ((sure - from) / Math.max(1e-12, to - from)));
}

/** Ten rows of equal width, and the expected calibration error: the mean distance between what was said and what was right, weighted by number (Naeini 2015). */
export function reliability(outcomes: readonly Outcome[]): { readonly rows: readonly ReliabilityRow[]; readonly error: number } {
  const rows = Array.from({ length: 10 }, (_, at) => {
    const here = outcomes.filter(({ sure }) => Math.min(9, Math.floor(sure * 10)) === at);
    return { from: at / 10, to: (at + 1) / 10, said: here.reduce((sum, { sure }) => sum + sure, 0) / Math.max(1, here.length), right: here.filter(({ right }) => right).length, all: here.length };
  });
  const all = Math.max(1, outcomes.length);
  return { rows, error: rows.reduce((sum, row) => sum + (row.all / all) * Math.abs(row.said - row.right / Math.max(1, row.all)), 0) };
}
