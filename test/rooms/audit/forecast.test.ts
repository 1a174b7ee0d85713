import { chanceFrom } from '../../../lib/base/chance.js';
import { describe, expect, it } from 'vitest';
import { backlogOf, bandOf, capacityOf, checkTrajectory, forecast, historyOf, leastHistory, newestFirst } from '../../../lib/audit/index.js';
import type { ForecastAssumptions, Trajectory } from '../../../lib/model/ledger.js';
import type { Month } from '../../../lib/model/month.js';
import { departmentMonths, sampleExtract } from '../../harness/sample-extract.js';
import { mustRead } from './reading.js';

const assumptions: ForecastAssumptions = { growth: 0, coders: 7, hoursEach: 100, sickness: 0.05, rateFull: 3, ratePrimary: 5, primaryShare: 0.7, outsourced: 0, autoShare: 0, autoAccepted: 0, order: 'as-before' };
const { counts } = mustRead(sampleExtract({ asOf: '2025-12-31', seed: 5, months: departmentMonths(5, 4000).slice(8) }), '2025-12-31');

describe('the forecast', () => {
  it('is the same for a seed, gives a range and no line, and says when the history is too short', () => {
    const ask = (seed: number, change: Partial<ForecastAssumptions> = {}) => forecast(counts, { ...assumptions, ...change }, 6, chanceFrom(seed), 300);
    expect(ask(7)).toEqual(ask(7));
    const made = ask(7);
    if (made.kind !== 'forecast') throw new Error(made.kind);
    expect(made.months.map(({ month }) => month)).toEqual(['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06']);
    for (const { middle, eighty: [low, high], ninetyFive: [lowest, highest] } of made.months) expect([lowest <= low, low <= middle, middle <= high, high <= highest, lowest >= 0, highest <= 100]).toEqual([true, true, true, true, true, true]);
    expect(made.months.some(({ ninetyFive: [low, high] }) => high > low)).toBe(true);
    const short = mustRead(sampleExtract({ asOf: '2025-12-31', seed: 5, months: departmentMonths(5, 100).slice(13) }), '2025-12-31');
    expect(forecast(short.counts, assumptions, 6, chanceFrom(1))).toEqual({ kind: 'too-short', months: 11, least: leastHistory });
    expect(historyOf(counts).arrivals.length).toBe(16);
  });

  it('rises with coders, with primary-only coding, with what is coded elsewhere and by auto-coding, and falls with sickness and arrivals', () => {
    const middle = (change: Partial<ForecastAssumptions>): number => { const made = forecast(counts, { ...assumptions, ...change }, 4, chanceFrom(3), 200); return made.kind === 'forecast' ? made.months.at(-1)?.middle ?? -1 : -1; };
    const base = middle({});
    const tried = [[{ coders: 9 }, 1], [{ primaryShare: 1 }, 1], [{ outsourced: 400 }, 1], [{ autoShare: 0.2, autoAccepted: 0.9 }, 1], [{ sickness: 0.2 }, -1], [{ growth: 150 }, -1], [{ coders: 5 }, -1], [{ order: 'deadline-first' }, 1], [{ order: 'oldest-first' }, -1]] as const;
    const bad = tried.filter(([change, way]) => (middle(change) - base) * way < 0 || Math.abs(middle(change) - base) < 0.01);
    console.info(`what-ifs tried ${tried.length}, bad ${bad.length}; the middle of April is ${base.toFixed(1)} %`);
    expect(bad).toEqual([]);
    expect(capacityOf({ ...assumptions, primaryShare: 0, sickness: 0 })).toBe(2100);
  });

  it('holds what comes to pass: of departments whose months are drawn by the same chance, the ranges hold about as many as they say', () => {
    let [inside, inWide, tried] = [0, 0, 0];
    for (let seed = 1; seed <= 40; seed += 1) {
      const own = mustRead(sampleExtract({ asOf: '2025-12-31', seed, months: departmentMonths(seed, 200).slice(8) }), '2025-12-31').counts;
      const small = { ...assumptions, coders: 0.4 };
      const made = forecast(own, small, 4, chanceFrom(seed), 300);
      const one = forecast(own, small, 4, chanceFrom(seed + 5000), 1);
      if (made.kind !== 'forecast' || one.kind !== 'forecast') throw new Error('no forecast');
      for (const [at, { eighty, ninetyFive }] of made.months.entries()) { if (ninetyFive[1] - ninetyFive[0] < 1) continue; const come = one.months[at]?.middle ?? -1; tried += 1; if (come >= eighty[0] && come <= eighty[1]) inside += 1; if (come >= ninetyFive[0] && come <= ninetyFive[1]) inWide += 1; }
    }
    console.info(`months tried ${tried}, in the range of 80 %: ${(100 * inside / tried).toFixed(0)} %, of 95 %: ${(100 * inWide / tried).toFixed(0)} %`);
    expect(inside / tried).toBeGreaterThan(0.7);
    expect(inside / tried).toBeLessThan(0.9);
    expect(inWide / tried).toBeGreaterThan(0.9);
  });
});

describe('the backlog', () => {
  it('comes to the same by age, specialty and reason, each episode once', () => {
    const backlog = backlogOf(counts);
    const sum = (lines: readonly { readonly episodes: number }[]): number => lines.reduce((all, one) => all + one.episodes, 0);
    const uncoded = counts.months.reduce((all, { episodes, coded }) => all + episodes - coded, 0);
    expect([sum(backlog.bySpecialty), sum(backlog.byReason), backlog.bands.reduce((all, one) => all + one, 0), backlog.episodes]).toEqual([uncoded, uncoded, uncoded, uncoded]);
    expect([0, 30, 31, 60, 90, 180, 365, 366].map(bandOf)).toEqual([0, 0, 1, 1, 2, 3, 4, 5]);
    expect(uncoded).toBeGreaterThan(500);
  });
});

describe('a trajectory', () => {
  it('is named, dated and from 0 to 100, or refused with what is wrong', () => {
    const sound: Trajectory = { id: 'a', name: ' New  trajectory ', agreed: '2026-01' as Month, months: { '2026-02': 88.5, '2025-12': 80 } };
    expect(checkTrajectory(sound, [])).toEqual({ ok: true, value: { ...sound, name: 'New trajectory', months: { '2025-12': 80, '2026-02': 88.5 } } });
    const wrong: readonly (readonly [Partial<Trajectory>, string])[] = [[{ name: ' ' }, 'no-name'], [{ name: 'x'.repeat(61) }, 'long-name'], [{ name: 'Plan 943 476 5919' }, 'identifier'], [{ agreed: '2026-13' as Month }, 'no-date'], [{ months: {} }, 'no-months'], [{ months: { '2026-02': 101 } }, 'bad-share'], [{ months: { '2026-02': 80.55 } }, 'bad-share'], [{ months: { '2026-02': NaN } }, 'bad-share'], [{ months: { soon: 1 } }, 'bad-share'], [{ name: 'Other' }, 'same-name']];
    for (const [change, kind] of wrong) expect(checkTrajectory({ ...sound, ...change }, [{ ...sound, id: 'b', name: 'Other' }])).toMatchObject({ ok: false, failure: { kind } });
    expect(newestFirst([sound, { ...sound, id: 'b', agreed: '2026-03' as Month }]).map(({ id }) => id)).toEqual(['b', 'a']);
  });
});
