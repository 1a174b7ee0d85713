import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeCounters, type Counter } from '../../../lib/model/counters.js';
import type { SiteId } from '../../../lib/model/fault.js';
import type { SpecialtyId } from '../../../lib/model/episode.js';
import { monthOf, monthsBetween, monthsOn, type Month } from '../../../lib/model/month.js';
import type { CountTable } from '../../../lib/model/quality.js';
import type { RuleId } from '../../../lib/model/rulebook.js';
import { beforeAfter, hiddenCells, qualityReport, rateRatio, type QualityQuestion, type SumLine } from '../../../lib/reports/index.js';
import { manyCounters, simulateYears } from '../../harness/simulated-years.js';

const question = (to: Month, part: Partial<QualityQuestion> = {}): QualityQuestion => ({ to, tableMonths: 12, chartMonths: 36, interventions: new Map(), rebases: new Map(), ...part });

describe('months', () => {
  it('are those of the wall clock where it was written', () => {
    expect([monthOf(Date.UTC(2026, 10, 30, 23, 30), 0), monthOf(Date.UTC(2026, 5, 30, 23, 30), 60)]).toEqual(['2026-11', '2026-07']);
    expect(monthsBetween('2025-11' as Month, '2026-02' as Month)).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
    expect([monthsOn('2026-01' as Month, -1), monthsOn('2026-12' as Month, 1)]).toEqual(['2025-12', '2027-01']);
    expect(() => monthsOn('2026-13' as Month, 1)).toThrow(/2026-13/);
  });
});

const counter: fc.Arbitrary<Counter> = fc.record({
  month: fc.constantFrom('2026-01', '2026-02', '2026-05').map((text) => text as Month), specialty: fc.constantFrom('neurology', 'rheumatology').map((text) => text as SpecialtyId), site: fc.constantFrom('a', 'b').map((text) => text as SiteId),
}).chain((place): fc.Arbitrary<Counter> => fc.oneof(
  fc.integer({ min: -3, max: 9 }).map((episodes): Counter => ({ kind: 'episodes-read', ...place, episodes })),
  fc.integer({ min: -3, max: 9 }).map((documents): Counter => ({ kind: 'documents-read', ...place, documentKind: 'result', documents })),
  fc.tuple(fc.constantFrom('BM001', 'BM002', null), fc.integer({ min: -2, max: 5 })).map(([rule, findings]): Counter => ({ kind: 'findings', ...place, documentKind: 'result', category: 'avoid-term', rule: rule as RuleId | null, findings, minutes: findings })),
  fc.integer({ min: -3, max: 9 }).map((episodes): Counter => ({ kind: 'episodes-found', ...place, subject: { by: 'any' }, episodes })),
));

describe('counters', () => {
  it('add up to the same in any order and any grouping, and an undo takes away what was counted', () => {
    let tried = 0;
    fc.assert(fc.property(fc.array(counter, { maxLength: 20 }), fc.array(counter, { maxLength: 20 }), fc.array(counter, { maxLength: 20 }), (a, b, c) => {
      tried += 1;
      const whole = mergeCounters(a, b, c);
      expect(mergeCounters(mergeCounters(c, a), b)).toEqual(whole);
      expect(mergeCounters(a, mergeCounters(b, c))).toEqual(whole);
      const undone = a.map((one): Counter => one.kind === 'documents-read' ? { ...one, documents: -one.documents } : one.kind === 'findings' ? { ...one, findings: -one.findings, minutes: -one.minutes } : { ...one, episodes: -one.episodes });
      expect(mergeCounters(a, undone)).toEqual([]);
    }), { numRuns: 500, seed: 6 });
    console.info(`counters merged: tried ${tried}, bad 0`);
  });
});

/** Every way to fill the hidden cells from 1 to `most` that agrees with what is shown. */
function possible(values: readonly number[], lines: readonly SumLine[], hidden: ReadonlySet<number>, most: number): ReadonlyMap<number, ReadonlySet<number>> {
  // Parts come before their totals, which follow from them.
  const cells = [...hidden].sort((a, b) => a - b);
  const seen = new Map(cells.map((cell) => [cell, new Set<number>()]));
  const filled = [...values];
  // A line is held against its total as soon as all of it is filled.
  const dueAt = cells.map((_, at) => lines.filter((line) => { const open = [...line.parts, line.total].map((cell) => cells.indexOf(cell)); return Math.max(...open) === at; }));
  const agrees = (at: number): boolean => (dueAt[at] ?? []).every(({ parts, total }) => parts.reduce((sum, part) => sum + (filled[part] ?? 0), 0) === filled[total]);
  const fill = (at: number): void => {
    const cell = cells[at];
    if (cell === undefined) { for (const one of cells) seen.get(one)?.add(filled[one] ?? 0); return; }
    const line = lines.find((one) => one.total === cell && one.parts.every((part) => !cells.slice(at).includes(part)));
    const choices = line ? [line.parts.reduce((sum, part) => sum + (filled[part] ?? 0), 0)] : Array.from({ length: most }, (_, value) => value + 1);
    for (const choice of choices) { if (choice < 1) continue; filled[cell] = choice; if (agrees(at)) fill(at + 1); }
  };
  fill(0);
  return seen;
}

describe('small cells', () => {
  it('are hidden, with the smallest others that would give them away', () => {
    const line = (count: number): readonly SumLine[] => [{ parts: Array.from({ length: count }, (_, at) => at), total: count }];
    expect([...hiddenCells([12, 3, 7, 22], line(3))].sort()).toEqual([1, 2]);
    expect([...hiddenCells([12, 3, 4, 19], line(3))].sort()).toEqual([1, 2]);
    expect([...hiddenCells([12, 8, 7, 27], line(3))]).toEqual([]);
    // Nought says nothing of anybody, and does not help to hide.
    expect([...hiddenCells([0, 3, 9, 12], line(3))].sort()).toEqual([1, 2]);
    // Five ones that add up to five would be known to be ones.
    expect([...hiddenCells([1, 1, 1, 1, 1, 5], line(5))].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('cannot be worked out from anything that is left, in rows, columns and all their totals', () => {
    let [tried, hiddenSmall, open] = [0, 0, 0];
    const bad: string[] = [];
    fc.assert(fc.property(fc.integer({ min: 2, max: 3 }), fc.array(fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 5, max: 9 })), { minLength: 6, maxLength: 6 }), (rows, cells) => {
      const columns = 6 / rows;
      const values = [...cells];
      const lines: SumLine[] = [];
      const put = (parts: readonly number[]): number => { const total = values.push(parts.reduce((sum, part) => sum + (values[part] ?? 0), 0)) - 1; lines.push({ parts, total }); return total; };
      const across = Array.from({ length: rows }, (_, row) => put(Array.from({ length: columns }, (__, column) => row * columns + column)));
      const down = Array.from({ length: columns }, (_, column) => put(Array.from({ length: rows }, (__, row) => row * columns + column)));
      const grand = put(across);
      lines.push({ parts: down, total: grand });
      const hidden = hiddenCells(values, lines);
      tried += 1;
      const small = values.flatMap((value, at) => (value > 0 && value < 5 ? [at] : []));
      if (small.some((cell) => !hidden.has(cell))) bad.push(`shown small: ${cells.join()}`);
      const ways = possible(values, lines, hidden, 14);
      // Where every cell that is not nought is hidden there is nothing more to hide.
      const exhausted = values.every((value, at) => value === 0 || hidden.has(at));
      for (const cell of small) { hiddenSmall += 1; if ((ways.get(cell)?.size ?? 0) < 2) { if (exhausted) open += 1; else bad.push(`${cells.join()} in ${rows} rows: cell ${cell} is ${values[cell]}`); } }
    }), { numRuns: 400, seed: 6 });
    console.info(`tables tried ${tried}, small cells ${hiddenSmall}, could be worked out ${bad.length}, nothing left to hide ${open}`);
    expect(bad).toEqual([]);
    expect(open).toBe(0);
    expect(hiddenSmall).toBeGreaterThan(500);
  });
});

/** Probability that a binomial count is at most `most`, summed term by term. */
function atMost(most: number, of: number, share: number): number {
  let [term, sum] = [of * Math.log1p(-share), 0];
  for (let count = 0; count <= most; count += 1) {
    sum += Math.exp(term);
    term += Math.log((of - count) / (count + 1)) + Math.log(share) - Math.log1p(-share);
  }
  return sum;
}

describe('the ratio of two rates', () => {
  it('is that of the example of R’s poisson.test (rates of breast cancer by radiation)', () => {
    const ratio = rateRatio({ count: 6 + 8 + 7, exposure: 1083 + 1050 + 878 }, { count: 11, exposure: 800 });
    expect(ratio?.ratio).toBeCloseTo(1.971488, 6);
    expect(ratio?.lower).toBeCloseTo(0.8584264, 6);
    expect(ratio?.upper).toBeCloseTo(4.2772659, 6);
  });

  it('has limits at which the counts are just as unlikely as was asked', () => {
    let tried = 0;
    fc.assert(fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }), (a, b, readBefore, readAfter) => {
      const ratio = rateRatio({ count: a, exposure: readBefore }, { count: b, exposure: readAfter });
      if (a + b === 0) { expect(ratio).toBeNull(); return; }
      tried += 1;
      const share = (limit: number): number => { const odds = (limit * readAfter) / readBefore; return odds / (1 + odds); };
      if (b === 0) expect(ratio?.lower).toBe(0);
      else expect(1 - atMost(b - 1, a + b, share(ratio?.lower ?? NaN))).toBeCloseTo(0.025, 6);
      if (a === 0) expect(ratio?.upper).toBe(Infinity);
      else expect(atMost(b, a + b, share(ratio?.upper ?? NaN))).toBeCloseTo(0.025, 6);
    }), { numRuns: 1500, seed: 6 });
    console.info(`rate ratios tried ${tried}, bad 0`);
    expect(tried).toBeGreaterThan(1000);
  });
});

const tablesOf = (report: ReturnType<typeof qualityReport>): readonly CountTable[] => [report.bySpecialty, ...report.specialties.flatMap(({ tables }) => Object.values(tables))];

describe('the quality report', () => {
  it('counts by every dimension from the counters alone, each with its denominator', () => {
    const years = simulateYears(6, 12);
    const report = qualityReport(years.counters, question(years.last));
    const neurology = report.specialties.find(({ specialty }) => specialty === 'neurology');
    const findings = years.counters.reduce((sum, one) => sum + (one.specialty === 'neurology' && one.kind === 'findings' ? one.findings : 0), 0);
    const read = years.counters.reduce((sum, one) => sum + (one.specialty === 'neurology' && one.kind === 'episodes-read' ? one.episodes : 0), 0);
    expect(report.bySpecialty.rows.map(({ key }) => key)).toEqual(['cataract', 'neurology', 'rheumatology']);
    expect(neurology?.tables.month.rows.map(({ key }) => key)).toEqual(monthsBetween(years.first, years.last));
    for (const table of Object.values(neurology?.tables ?? {})) {
      expect([table.total.findings, table.rows.reduce((sum, row) => sum + (row.findings ?? NaN), 0)]).toEqual([findings, findings]);
      if (table.readUnit === 'episodes') expect([table.total.read, table.total.rate]).toEqual([read, (100 * findings) / read]);
    }
    expect(tablesOf(report).every(({ rows, total }) => [...rows, total].every((row) => row.rate === null || (row.read ?? 0) > 0))).toBe(true);
  });

  it('is no league table: the order is that of the ids, whatever the rates are', () => {
    let tried = 0;
    for (let seed = 1; seed <= 40; seed += 1) {
      const report = qualityReport(manyCounters(seed, 400, { months: 6, specialties: 6, rules: 8 }), question('2024-06' as Month));
      for (const { rows } of tablesOf(report)) {
        const keys = rows.map(({ key }) => key);
        expect(keys).toEqual([...keys].sort());
        tried += 1;
      }
      expect(report.specialties.map(({ specialty }) => specialty)).toEqual(report.bySpecialty.rows.map(({ key }) => key));
      expect(JSON.stringify(report)).not.toMatch(/"(rank|position|place|coder|consultant)"/);
    }
    console.info(`tables tried ${tried}, sorted by rate 0`);
    expect(tried).toBeGreaterThan(500);
  });

  it('shows no count from 1 to 4 in any table or chart, and none that its sums give away', () => {
    let [tried, hidden] = [0, 0];
    const bad: string[] = [];
    for (let seed = 1; seed <= 60; seed += 1) {
      const report = qualityReport(manyCounters(seed, 60 * seed, { months: 6, specialties: 4, rules: 6 }), question('2024-06' as Month, { tableMonths: 6 }));
      for (const { rows, total } of tablesOf(report)) {
        for (const what of ['findings', 'read'] as const) {
          const cells = [...rows, total].map((row) => row[what]);
          tried += cells.length;
          hidden += cells.filter((cell) => cell === null).length;
          if (cells.some((cell) => cell !== null && cell > 0 && cell < 5)) bad.push(`seed ${seed}: a small ${what}`);
          // Terms share one denominator, so only counts that add up are asked.
          if (what === 'findings' && total.findings !== null && rows.filter((row) => row.findings === null).length === 1) bad.push(`seed ${seed}: one hidden of a shown sum`);
        }
      }
      for (const { chart } of report.specialties) if (chart.kind === 'chart' && chart.chart.points.some(({ findings, read }) => [findings, read].some((count) => count > 0 && count < 5))) bad.push(`seed ${seed}: a small point`);
    }
    console.info(`cells tried ${tried}, hidden ${hidden}, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect(hidden).toBeGreaterThan(100);
  });

  it('draws quarters where months are small, and nothing where quarters are', () => {
    const months = monthsBetween('2024-02' as Month, '2025-12' as Month);
    const few = (findings: (at: number) => number): readonly Counter[] => months.flatMap((month, at): readonly Counter[] => {
      const place = { month, specialty: 'neurology' as SpecialtyId, site: 'unknown' as const };
      return [{ kind: 'episodes-read', ...place, episodes: 40 }, { kind: 'findings', ...place, documentKind: 'result', category: 'avoid-term', rule: null, findings: findings(at), minutes: 1 }];
    });
    const chart = (findings: (at: number) => number): string => {
      const one = qualityReport(few(findings), question('2025-12' as Month)).specialties[0]?.chart;
      return one?.kind === 'chart' ? `${one.chart.period} ${one.chart.points.length} from ${one.chart.points[0]?.first}` : 'too few';
    };
    expect([chart(() => 8), chart((at) => (at === 9 ? 2 : 8)), chart(() => 1)]).toEqual(['month 23 from 2024-02', 'quarter 7 from 2024-04', 'too few']);
    // The charted quarter and two shown months would tell the third: then two of them are hidden.
    const report = qualityReport(few((at) => (at === 21 ? 2 : 8)), question('2025-12' as Month)).specialties[0];
    expect(report?.tables.month.rows.slice(-3).filter((row) => row.findings === null).length).toBeGreaterThanOrEqual(2);
  });

  it('opens a million logged findings from their counters', () => {
    const counters = manyCounters(6, 1_000_000);
    const report = qualityReport(counters, question('2026-12' as Month));
    console.info(`findings 1,000,000 in ${counters.length} counters of ${report.specialties.length} specialties`);
    expect(report.specialties.length).toBe(20);
  });
});

describe('before and after', () => {
  const termsOf = (rules: readonly string[]) => rules.map((rule) => ({ by: 'rule' as const, rule: rule as RuleId }));

  it('tells the intervention that worked from the one that did not, in simulated years', () => {
    let [worked, shown, falsely, quiet] = [0, 0, 0, 0];
    for (let seed = 1; seed <= 20; seed += 1) {
      const years = simulateYears(seed, 36);
      const spans = { before: { from: '2024-01' as Month, to: '2025-06' as Month }, after: { from: '2025-07' as Month, to: '2026-12' as Month } };
      for (const { change } of beforeAfter(years.counters, 'neurology' as SpecialtyId, termsOf(['BM001', 'BM002', 'BM003']), spans)) { worked += 1; if (change.kind === 'told' && change.verdict === 'fewer') shown += 1; }
      for (const { change } of beforeAfter(years.counters, 'rheumatology' as SpecialtyId, termsOf(['BM002', 'BM006', 'BM003', 'BM007']), spans)) { quiet += 1; if (change.kind === 'told' && change.verdict !== 'no-change-shown') falsely += 1; }
    }
    console.info(`terms that fell: shown ${shown} of ${worked}; terms that did not: claimed ${falsely} of ${quiet}`);
    expect(shown / worked).toBeGreaterThan(0.95);
    expect(falsely / quiet).toBeLessThan(0.06);
  });

  it('says when it is too few to tell, and shows no small count', () => {
    const place = { specialty: 'neurology' as SpecialtyId, site: 'unknown' as const };
    const spans = { before: { from: '2026-01' as Month, to: '2026-01' as Month }, after: { from: '2026-02' as Month, to: '2026-02' as Month } };
    const told = (before: number, after: number, read = 200) => beforeAfter([
      { kind: 'episodes-read', month: '2026-01' as Month, ...place, episodes: read }, { kind: 'episodes-read', month: '2026-02' as Month, ...place, episodes: read },
      { kind: 'episodes-found', month: '2026-01' as Month, ...place, subject: { by: 'rule', rule: 'BM001' as RuleId }, episodes: before },
      { kind: 'episodes-found', month: '2026-02' as Month, ...place, subject: { by: 'rule', rule: 'BM001' as RuleId }, episodes: after },
    ], 'neurology' as SpecialtyId, termsOf(['BM001']), spans)[0];
    expect(told(5, 4)?.change).toEqual({ kind: 'too-few' });
    expect(told(30, 3)).toMatchObject({ before: { found: null, read: 200 }, after: { found: null, read: 200 }, change: { kind: 'hidden', verdict: 'fewer' } });
    expect(told(30, 0)).toMatchObject({ before: { found: 30 }, after: { found: 0 }, change: { kind: 'told', verdict: 'fewer', ratio: 0, lower: 0 } });
    expect(told(12, 9)?.change).toMatchObject({ kind: 'told', verdict: 'no-change-shown' });
    expect(told(9, 30)?.change).toMatchObject({ kind: 'told', verdict: 'more' });
    expect(told(0, 0)?.change).toEqual({ kind: 'too-few' });
    expect(told(30, 12, 0)?.change).toEqual({ kind: 'too-few' });
  });
});

describe('the chart of a simulated year', () => {
  it('shows the change where the intervention worked, with limits that a person set on the months before it', () => {
    let [works, quiet, signals] = [0, 0, 0];
    for (let seed = 1; seed <= 20; seed += 1) {
      const years = simulateYears(seed, 36);
      const rebases = new Map([['neurology', [{ from: years.first, limitsUntil: '2025-06' as Month }]], ['rheumatology', [{ from: years.first, limitsUntil: '2025-06' as Month }]]].map(([id, set]) => [id as SpecialtyId, set as never]));
      const report = qualityReport(years.counters, question(years.last, { rebases, interventions: years.interventions }));
      const chartOf = (id: string) => { const chart = report.specialties.find(({ specialty }) => specialty === id)?.chart; if (chart?.kind !== 'chart') throw new Error(`no chart of ${id}`); return chart.chart; };
      const neurology = chartOf('neurology');
      expect(neurology.interventions.map(({ kind, date }) => [kind, date])).toEqual([['sheet-issued', '2025-07-02'], ['lead-briefed', '2025-07-09']]);
      expect(neurology.xmr.phases).toMatchObject([{ points: 18, trial: false, limitsTo: 17 }]);
      if (neurology.xmr.readings.slice(18).filter(({ signal }) => signal?.meaning === 'improvement').length >= 7) works += 1;
      const reading = chartOf('rheumatology').reading;
      quiet += 1;
      if (reading.kind === 'changed') signals += 1;
    }
    console.info(`charts: the change shown ${works} of 20; without a change, a change claimed ${signals} of ${quiet}`);
    expect(works).toBeGreaterThanOrEqual(18);
    expect(signals).toBeLessThanOrEqual(4);
  });

  it('says that a year of twelve months is enough for limits and eleven are a trial', () => {
    const year = simulateYears(3, 12);
    const chart = (to: Month) => qualityReport(year.counters, question(to)).specialties.flatMap((one) => one.chart.kind === 'chart' ? [one.chart.chart.xmr.phases[0].trial] : []);
    expect([chart(year.last), chart(monthsOn(year.last, -1))]).toEqual([[false, false, false], [true, true, true]]);
  });
});
