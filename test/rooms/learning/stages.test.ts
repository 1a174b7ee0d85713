import { describe, expect, it } from 'vitest';
import { chartOf, overrideCharts, overrideCounts, passesBar, pointEpisodes, relockedBy, stageOf } from '../../../lib/learning/index.js';
import { finish, rows, undo } from './invented-decisions.js';

/** Episodes of so many points, with so many of a hundred units overridden in each point. */
const points = (...shares: readonly number[]): readonly { readonly offered: number; readonly overridden: number }[] =>
  shares.flatMap((share) => Array.from({ length: pointEpisodes }, () => ({ offered: 5, overridden: (5 * share) / 100 })));
const signals = (...shares: readonly number[]): readonly (string | null)[] => chartOf(points(...shares)).points.map(({ signal }) => signal);

describe('earned confidence', () => {
  it('asks for a long record, of several coders, nearly without exception', () => {
    const tried: readonly (readonly [number, number, number, boolean])[] = [[20, 20, 3, false], [51, 51, 3, false], [52, 52, 3, true], [52, 52, 2, false], [85, 86, 3, false], [86, 87, 3, true], [405, 430, 9, false]];
    for (const [accepted, seen, coders, expected] of tried) expect([accepted, seen, coders, passesBar({ accepted, seen, coders })]).toEqual([accepted, seen, coders, expected]);
    console.info(`tried ${tried.length} records, bad 0`);
  });

  it('is scored in silence first, then shown, then allows one key', () => {
    expect(stageOf({ episodes: 199, chart: null, cells: 4 })).toEqual({ kind: 'shadow', episodes: 199, needed: 200 });
    expect(stageOf({ episodes: 200, chart: null, cells: 0 })).toEqual({ kind: 'assist', relocked: null });
    expect(stageOf({ episodes: 200, chart: chartOf(points(20, 22, 18)), cells: 4 })).toEqual({ kind: 'one-key', cells: 4 });
  });

  it('takes one-key back when overrides leave what is usual, by one point or by eight on one side', () => {
    const usual = [20, 22, 18, 21, 19, 20, 22, 18];
    expect(signals(...usual)).toEqual(usual.map(() => null));
    const apart = chartOf(points(...usual, 60));
    expect(apart.points.at(-1)?.signal).toBe('above-limit');
    expect(stageOf({ episodes: 400, chart: apart, cells: 4 })).toEqual({ kind: 'assist', relocked: 'above-limit' });
    const drift = chartOf(points(...Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? 18 : 22)), ...Array.from({ length: 8 }, () => 24)));
    expect(drift.points.slice(-9).map(({ signal }) => signal)).toEqual(Array.from({ length: 9 }, () => 'run-above'));
    expect(relockedBy(drift)).toBe('run-above');
    // Eight usual points later it is earned again.
    expect(relockedBy(chartOf(points(...usual, ...usual, 20, 22, 18, 20, 60, ...usual)))).toBeNull();
  });

  it('has limits that later points do not move, and says that few points are a trial', () => {
    const first = Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? 18 : 22));
    expect(chartOf(points(...first, 60, 60, 60)).centre).toBe(chartOf(points(...first)).centre);
    expect([chartOf(points(...first.slice(0, 11))).trial, chartOf(points(...first.slice(0, 12))).trial]).toEqual([true, false]);
  });

  it('charts each specialty by itself, each episode once, and from where a person set the limits anew', () => {
    const bodies = Array.from({ length: 45 }, (_, at) => finish(at, 4, 3));
    const log = rows([...bodies, finish(1, 4, 0), undo(46), finish(3, 2, 2, 'rheumatology')]);
    const charts = overrideCharts(log);
    expect([...charts.keys()].sort()).toEqual(['neurology', 'rheumatology']);
    expect(charts.get('neurology')).toMatchObject({ centre: 0.25, points: [{ offered: 80, overridden: 20 }, { offered: 80, overridden: 20 }] });
    expect(overrideCharts(log, new Map([['neurology', 20]])).get('neurology')?.points.length).toBe(1);
  });

  it('counts them by specialty and edition, each episode once by its last word, and none whose coder saw nothing', () => {
    const log = rows([...Array.from({ length: 10 }, (_, at) => finish(at, 4, 3)), finish(1, 4, 0), finish(30, 0, 0), finish(31, 2, 2, 'rheumatology')]).map((row, at) => (at < 6 ? { ...row, edition: 'starter-0' as typeof row.edition } : row));
    expect(overrideCounts(log).map(({ specialty, edition, episodes, offered, overridden }) => [specialty, edition, episodes, offered, overridden])).toEqual([
      ['neurology', 'starter-0', 5, 20, 5], ['neurology', log.at(-1)?.edition, 5, 20, 8], ['rheumatology', log.at(-1)?.edition, 1, 2, 0],
    ]);
  });
});
