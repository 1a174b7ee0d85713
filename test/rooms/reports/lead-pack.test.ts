import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeCounters, type Counter } from '../../../lib/model/counters.js';
import type { SpecialtyId } from '../../../lib/model/episode.js';
import { identifiersIn } from '../../../lib/model/identifier.js';
import { packPeriods } from '../../../lib/model/lead-pack.js';
import { monthsBetween, type Month } from '../../../lib/model/month.js';
import { leadPack } from '../../../lib/reports/index.js';
import { packOf, packYears } from '../../harness/packs.js';

const month = (text: string): Month => text as Month;

describe('the pack of a clinical lead', () => {
  it('says that the intervention that works works, and of the one that does not that no change is shown', () => {
    const [neurology, rheumatology] = [packOf('neurology'), packOf('rheumatology')];
    expect(neurology.sinceDone).toBe(true);
    expect(neurology.change).toMatchObject({ kind: 'told', verdict: 'fewer' });
    expect(neurology.before.rate ?? 0).toBeGreaterThan(neurology.now.rate ?? Infinity);
    expect(neurology.terms.filter(({ change }) => 'verdict' in change && change.verdict === 'fewer').length).toBeGreaterThanOrEqual(2);
    expect(rheumatology.change).toMatchObject({ kind: 'told', verdict: 'no-change-shown' });
    // The request is of a term that is not getting rarer already.
    for (const pack of [neurology, rheumatology]) expect(pack.request && 'verdict' in pack.request.change ? pack.request.change.verdict : '').not.toBe('fewer');
    expect(packOf('cataract').sinceDone).toBe(false);
  });

  it('counts what the counters count: findings and episodes read of its months, each term by the episodes that have it', () => {
    for (const specialty of ['neurology', 'rheumatology', 'cataract'] as const) for (const period of packPeriods) {
      const pack = packOf(specialty, period);
      const own = packYears().counters.filter((counter) => counter.specialty === specialty);
      for (const span of [pack.before, pack.now]) {
        const inside = own.filter((counter) => counter.month >= span.from && counter.month <= span.to);
        expect(span.findings).toBe(inside.reduce((sum, counter) => sum + (counter.kind === 'findings' ? counter.findings : 0), 0));
        expect(span.read).toBe(inside.reduce((sum, counter) => sum + (counter.kind === 'episodes-read' ? counter.episodes : 0), 0));
        expect(span.months).toBe(monthsBetween(span.from, span.to).length);
      }
      expect(pack.terms.length).toBeLessThanOrEqual(5);
      expect(pack.examples.length).toBe(2);
    }
  });

  it('shows no count from 1 to 4, in any field, and none that its sums give away', () => {
    let [tried, hidden] = [0, 0];
    const months = monthsBetween(month('2025-01'), month('2025-12'));
    const rule = packOf('neurology').terms[0]?.rule ?? null;
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 30 })), { minLength: 12, maxLength: 12 }), fc.constantFrom(...packPeriods), (counts, period) => {
      tried += 1;
      const counters = mergeCounters(counts.flatMap(([findings, read], at): Counter[] => {
        const place = { month: months[at] as Month, specialty: 'neurology' as SpecialtyId, site: 'unknown' as const };
        return rule !== null ? [{ kind: 'episodes-read', ...place, episodes: read }, { kind: 'findings', ...place, documentKind: 'other', category: 'avoid-term', rule, findings, minutes: findings }, { kind: 'episodes-found', ...place, subject: { by: 'rule', rule }, episodes: findings }, { kind: 'episodes-found', ...place, subject: { by: 'any' }, episodes: findings }] : [];
      }));
      const pack = packOf('neurology', period, counters, month('2025-12'));
      const shown = [pack.before.findings, pack.before.read, pack.now.findings, pack.now.read, ...(pack.chart.kind === 'chart' ? pack.chart.chart.points.flatMap(({ findings, read }) => [findings, read]) : [])];
      for (const count of shown) expect(count !== null && count > 0 && count < 5).toBe(false);
      if (shown.includes(null) || pack.chart.kind === 'too-few') hidden += 1;
      if (pack.now.findings === null) expect([pack.minutes, pack.now.rate]).toEqual([null, null]);
      // A term's rate with its denominator would tell a count.
      for (const term of pack.terms) for (const [rate, span] of [[term.before, pack.before], [term.now, pack.now]] as const) if (rate !== null && span.read !== null) { const count = Math.round(rate * span.read / 100); expect(count > 0 && count < 5).toBe(false); }
    }), { numRuns: 400 });
    console.info(`packs tried ${tried}, with something hidden ${hidden}, small counts shown 0`);
    expect(hidden).toBeGreaterThan(50);
  });

  it('holds no identifier in any of its words', () => {
    const fields = ['neurology', 'rheumatology', 'cataract'].flatMap((specialty) => { const text = JSON.stringify(packOf(specialty), (key, value: unknown) => (key === 'chart' ? null : value)); return text.split(/[,{}]/).map((part, at) => ({ where: `${specialty} ${at}`, text: part })); });
    const found = identifiersIn(fields);
    console.info(`fields tried ${fields.length}, stopped ${found.length}`);
    expect(found).toEqual([]);
    expect(fields.length).toBeGreaterThan(100);
  });

  it('of a specialty of which nothing was read is empty, and no error', () => {
    expect(leadPack([], { specialty: 'neurology' as SpecialtyId, to: month('2025-12'), period: '12', interventions: [], rebases: [], rules: [], examples: new Map() }))
      .toMatchObject({ terms: [], request: null, change: { kind: 'too-few' }, now: { findings: 0, read: 0, rate: null }, chart: { kind: 'too-few' } });
  });
});
