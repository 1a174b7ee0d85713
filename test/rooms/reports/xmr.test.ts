import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Better, SpecialCause, Xmr } from '../../../lib/model/xmr.js';
import { xmrOf } from '../../../lib/reports/index.js';
import { published, receivables } from './xmr-published.js';

const placesOf = (chart: Xmr, cause: SpecialCause): readonly number[] => chart.readings.flatMap(({ signal }, at) => (signal?.causes.includes(cause) ? [at] : []));
const from = (first: number, last: number): readonly number[] => Array.from({ length: last - first + 1 }, (_, at) => first + at);
/** 12 quiet points about 10: mean 10, average range 2, limits 10 ± 5.32, outer third beyond 10 ± 3.5467. */
const quiet = [9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 9, 11];
/** The quiet year sets the limits; what follows is judged by them. */
const after = (...values: readonly (number | null)[]): Xmr => xmrOf([...quiet, 9, 11, ...values], 'lower', [{ from: 0, limitsTo: 11 }]);
const first = 14;

describe('XmR limits', () => {
  it('are those of published charts, to the digits that were printed', () => {
    const bad: string[] = [];
    for (const one of published) {
      const chart = xmrOf(one.values, 'neutral');
      const { limits } = chart.phases[0];
      const pairs: readonly (readonly [string, number | undefined, number | undefined])[] = [
        ['mean', limits?.mean, one.mean], ['average range', limits?.averageRange, one.averageRange], ['upper', limits?.upper, one.upper],
        ['lower', limits?.lower, one.lower], ['range limit', limits?.rangeLimit, one.rangeLimit],
      ];
      for (const [what, found, expected] of pairs) if (expected !== undefined && !(Math.abs((found ?? NaN) - expected) <= one.within + (what === 'mean' || what === 'average range' ? 0.005 : 0))) bad.push(`${one.source}: ${what} ${found}, printed ${expected}`);
      if (one.outside && placesOf(chart, 'outside-limit').join() !== one.outside.join()) bad.push(`${one.source}: outside ${placesOf(chart, 'outside-limit').join()}`);
      const ranges = chart.readings.flatMap(({ rangeOutside }, at) => (rangeOutside ? [at] : []));
      if (one.rangesOutside && ranges.join() !== one.rangesOutside.join()) bad.push(`${one.source}: ranges outside ${ranges.join()}`);
    }
    console.info(`published XmR charts tried ${published.length}, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect(published.length).toBeGreaterThanOrEqual(10);
  });

  it('find the range that jumps in two years of accounts receivable', () => {
    const chart = xmrOf(receivables.values, 'neutral');
    expect(chart.readings.flatMap(({ rangeOutside }, at) => (rangeOutside ? [at] : []))).toEqual(receivables.rangesOutside);
  });

  it('are on trial with fewer than twelve points, and unknown while no two points follow each other', () => {
    expect([11, 12].map((count) => xmrOf(from(1, count), 'lower').phases[0].trial)).toEqual([true, false]);
    expect(xmrOf([4], 'lower').phases[0]).toMatchObject({ limits: null, points: 1, trial: true });
    expect(xmrOf([4, null, 5], 'lower').phases[0].limits).toBeNull();
    expect(xmrOf([], 'lower')).toMatchObject({ readings: [], phases: [{ from: 0, to: -1, limits: null, points: 0, trial: true }] });
  });

  it('are set anew only where a person said so, and neither ranges nor runs reach across', () => {
    const low = [4, 6, 4, 6, 4, 6];
    const one = xmrOf([...quiet, ...low], 'lower');
    const two = xmrOf([...quiet, ...low], 'lower', [{ from: 12, limitsTo: null }]);
    expect(one.phases.length).toBe(1);
    expect(two.phases.map(({ from: start, to, points, trial, limits }) => [start, to, points, trial, limits?.mean])).toEqual([[0, 11, 12, false, 10], [12, 17, 6, true, 5]]);
    expect(two.readings[12]?.range).toBeNull();
    expect(placesOf(two, 'shift')).toEqual([]);
    // The same place twice, places outside and the wrong order change nothing.
    expect(xmrOf([...quiet, ...low], 'lower', [{ from: 99, limitsTo: null }, { from: 12, limitsTo: 14 }, { from: 12, limitsTo: null }])).toEqual(two);
  });

  it('may rest on the first points and judge the later ones', () => {
    const chart = after(2, 20);
    expect(chart.phases[0]).toMatchObject({ from: 0, to: 15, limitsTo: 11, points: 12, limits: { mean: 10, averageRange: 2, rangeLimit: 6.536 } });
    expect(chart.phases[0].limits?.upper).toBeCloseTo(15.32, 10);
    expect(chart.readings.slice(-2).map(({ signal }) => [signal?.cause, signal?.side, signal?.meaning])).toEqual([['outside-limit', 'low', 'improvement'], ['outside-limit', 'high', 'concern']]);
  });
});

describe('special causes', () => {
  it('are a shift: seven on one side, all seven marked; a point on the mean ends it', () => {
    expect(placesOf(after(11, 12, 11, 12, 11, 12), 'shift')).toEqual(from(13, 19));
    expect(placesOf(after(9, 8, 9, 8, 9, 8), 'shift')).toEqual([]);
    expect(placesOf(after(9, 8, 9, 8, 9, 8, 9), 'shift')).toEqual(from(14, 20));
    expect(placesOf(after(9, 8, 9, 10, 8, 9, 8, 9), 'shift')).toEqual([]);
  });

  it('are a trend: seven points in one direction, all seven marked; an equal neighbour ends it', () => {
    // As in tests/testthat/test-ptd_calculate_point_type.R of NHSRplotthedots.
    expect(placesOf(xmrOf([2, 1, 2, 3, 4, 5, 6, 7, 3], 'lower'), 'trend')).toEqual(from(1, 7));
    expect(placesOf(xmrOf([2, 7, 6, 5, 4, 3, 2, 1, 3], 'lower'), 'trend')).toEqual(from(1, 7));
    expect(placesOf(xmrOf([1, 2, 3, 3, 4, 5, 6], 'lower'), 'trend')).toEqual([]);
    expect(placesOf(xmrOf(from(1, 6), 'lower'), 'trend')).toEqual([]);
    // The point that ends one trend and begins the next belongs to the next.
    const peak = xmrOf([0, 20, 0, 20, null, ...from(4, 10), 9, 8, 7, 6, 5, 4], 'neutral');
    expect(peak.readings.slice(5).map(({ signal }) => signal?.side)).toEqual([...Array.from({ length: 6 }, () => 'high'), ...Array.from({ length: 7 }, () => 'low')]);
  });

  it('are two of three in the outer third, all three on one side; only those two are marked', () => {
    expect(placesOf(after(14, 11, 14), 'two-of-three')).toEqual([14, 16]);
    expect(placesOf(after(11, 14, 14), 'two-of-three')).toEqual([15, 16]);
    expect(placesOf(after(14, 11, 11, 14), 'two-of-three')).toEqual([]);
    // On opposite sides: as in test-ptd_spc_standard.R.
    expect(placesOf(after(14, 6, 14), 'two-of-three')).toEqual([]);
    expect(placesOf(after(14, 9, 14), 'two-of-three')).toEqual([]);
    // A point outside the limits is not one of the two.
    expect(placesOf(after(16, 14, 11), 'two-of-three')).toEqual([]);
    expect(placesOf(xmrOf([1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 5.5, -5.5], 'lower'), 'two-of-three')).toEqual([]);
  });

  it('go in order: outside, trend, two of three, shift; and tell better from worse by the direction', () => {
    const chart = after(11, 11.5, 12, 12.5, 13, 14, 15, 16);
    expect(chart.readings.slice(first).map(({ signal }) => signal?.cause)).toEqual(['trend', 'trend', 'trend', 'trend', 'trend', 'trend', 'trend', 'outside-limit']);
    expect(chart.readings.at(-2)?.signal?.causes).toEqual(['trend', 'two-of-three', 'shift']);
    expect(after(14, 14, 11, 11, 11, 11).readings.slice(first).map(({ signal }) => signal?.cause)).toEqual(['two-of-three', 'two-of-three', 'shift', 'shift', 'shift', 'shift']);
    const meanings = (better: Better): readonly (string | undefined)[] => xmrOf([...quiet, 1, 30], better, [{ from: 0, limitsTo: 11 }]).readings.slice(12).map(({ signal }) => signal?.meaning);
    expect([meanings('lower'), meanings('higher'), meanings('neutral')]).toEqual([['improvement', 'concern'], ['concern', 'improvement'], ['neutral', 'neutral']]);
    // A trend is read by its direction: rising, and still below the mean.
    expect(after(6.6, 6.7, 6.8, 6.9, 7, 7.1, 7.2).readings.at(-1)?.signal).toMatchObject({ cause: 'trend', side: 'high', meaning: 'concern' });
  });

  it('are not claimed across a month in which nothing was read, nor by rounding', () => {
    expect(placesOf(after(9, 8, 9, null, 8, 9, 8, 9), 'shift')).toEqual([]);
    expect(after(9, null, 9).readings.slice(-2).map(({ range }) => range)).toEqual([null, null]);
    // The mean of equal shares is not exactly that share in floating point.
    const equal = Array.from({ length: 12 }, () => (100 * 1) / 3 / 10);
    expect(xmrOf(equal, 'lower').readings.filter(({ signal }) => signal !== null)).toEqual([]);
  });
});

/** The rules once more, written as the definitions read: every window of the points is looked at by itself. */
function oracle(values: readonly (number | null)[]): { readonly mean: number; readonly amr: number; readonly flags: readonly (readonly SpecialCause[])[] } | null {
  const known = values.filter((value): value is number => value !== null);
  const pairs = values.slice(1).map((value, at) => [values[at], value] as const).filter((pair): pair is readonly [number, number] => pair[0] !== null && pair[1] !== null);
  if (pairs.length === 0) return null;
  let sum = 0;
  for (const value of known) sum += value;
  let moved = 0;
  for (const [a, b] of pairs) moved += a > b ? a - b : b - a;
  const [mean, amr] = [sum / known.length, moved / pairs.length];
  const near = 1e-9 * Math.max(Math.abs(mean), amr);
  const over = (value: number | null | undefined, bound: number): boolean => typeof value === 'number' && value - bound > near;
  const under = (value: number | null | undefined, bound: number): boolean => typeof value === 'number' && bound - value > near;
  const far = (value: number | null | undefined): boolean => over(value, mean + 2.66 * amr) || under(value, mean - 2.66 * amr);
  const outer = (value: number | null | undefined): boolean => !far(value) && (over(value, mean + (2 * 2.66 * amr) / 3) || under(value, mean - (2 * 2.66 * amr) / 3));
  const windows = (at: number, size: number): readonly (readonly (number | null)[])[] => {
    const all: (readonly (number | null)[])[] = [];
    for (let start = at - size + 1; start <= at; start += 1) if (start >= 0 && start + size <= values.length) all.push(values.slice(start, start + size));
    return all;
  };
  const oneSide = (window: readonly (number | null)[]): boolean => window.every((value) => over(value, mean)) || window.every((value) => under(value, mean));
  const oneWay = (window: readonly (number | null)[]): boolean =>
    window.every((value) => value !== null) && (window.slice(1).every((value, at) => over(value, window[at] as number)) || window.slice(1).every((value, at) => under(value, window[at] as number)));
  const flags = values.map((value, at) => {
    const found: SpecialCause[] = [];
    if (far(value)) found.push('outside-limit');
    if (windows(at, 7).some(oneWay)) found.push('trend');
    if (outer(value) && windows(at, 3).some((window) => oneSide(window) && window.filter(outer).length >= 2)) found.push('two-of-three');
    if (windows(at, 7).some(oneSide)) found.push('shift');
    return found;
  });
  return { mean, amr, flags };
}

describe('the rules', () => {
  it('say what their definitions say, for any series with gaps, ties, steps and trends', () => {
    const counts: Record<SpecialCause, number> = { 'outside-limit': 0, trend: 0, 'two-of-three': 0, shift: 0 };
    let tried = 0;
    const segment = fc.oneof(
      fc.array(fc.option(fc.integer({ min: 0, max: 12 }), { freq: 12 }), { minLength: 1, maxLength: 12 }),
      fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: -3, max: 3 }), fc.integer({ min: 3, max: 9 })).map(([start, step, length]) => Array.from({ length }, (_, at) => start + at * step)),
      fc.array(fc.integer({ min: 6, max: 9 }), { minLength: 3, maxLength: 9 }),
      fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 2, maxLength: 10 }),
    );
    fc.assert(fc.property(fc.array(segment, { maxLength: 5 }), (segments) => {
      const values = segments.flat();
      tried += 1;
      const chart = xmrOf(values, 'lower');
      const expected = oracle(values);
      const { limits } = chart.phases[0];
      if (!expected) { expect([limits, chart.readings.filter(({ signal }) => signal !== null)]).toEqual([null, []]); return; }
      expect(limits?.mean).toBeCloseTo(expected.mean, 8);
      expect(limits?.averageRange).toBeCloseTo(expected.amr, 8);
      expect(chart.readings.map(({ signal }) => signal?.causes ?? [])).toEqual(expected.flags);
      for (const causes of expected.flags) for (const cause of causes) counts[cause] += 1;
    }), { numRuns: 4000, seed: 6 });
    console.info(`XmR series tried ${tried}, bad 0; points marked ${JSON.stringify(counts)}`);
    for (const cause of Object.keys(counts) as SpecialCause[]) expect(counts[cause]).toBeGreaterThan(50);
  });
});
