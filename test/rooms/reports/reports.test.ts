import { describe, expect, it } from 'vitest';
import { findingsBySpecialty, findingsByTerm } from '../../../lib/reports/index.js';
import type { EpisodeKey, EventBody, EventId, LogEvent, PlaceKey } from '../../../lib/model/decision.js';
import type { SpecialtyId } from '../../../lib/model/episode.js';
import type { EditionId, RuleId, Verdict } from '../../../lib/model/rulebook.js';

const finding = (specialty: string, rule: string, place: number, episode: number, verdict: Verdict = 'avoid', kind: 'finding-logged' | 'finding-dismissed' = 'finding-logged'): EventBody => ({
  kind, rule: rule as RuleId, verdict, specialty: specialty as SpecialtyId, documentKind: 'ward-round', documentLanguage: 'en',
  episode: `e${episode}` as EpisodeKey, place: `p${place}` as PlaceKey, adapter: 'sample-epr', adapterVersion: 1,
});
const undo = (number: number): EventBody => ({ kind: 'undone', undoes: `id-${number}` as EventId });

function log(bodies: readonly EventBody[]): readonly LogEvent[] {
  return bodies.map((body, index) => ({ ...body, id: `id-${index + 1}` as EventId, sequence: index + 1, wall: 0, offset: 0, edition: 'starter-1' as EditionId, schema: 1, previous: '', hash: '' }));
}

const invented = log([
  finding('rheumatology', 'BM002', 1, 1),
  finding('neurology', 'BM001', 2, 2),
  finding('neurology', 'BM003', 3, 2, 'caution'),
  finding('neurology', 'BM001', 4, 3),
  finding('unknown', 'BM001', 5, 4),
  finding('neurology', 'BM009', 6, 5),
  undo(6),
  { kind: 'unreadable-logged', gap: 'plugin', count: 2, specialty: 'cataract' as SpecialtyId, episode: 'e9' as EpisodeKey, adapter: 'sample-epr', adapterVersion: 1 },
  finding('rheumatology', 'BM002', 7, 1, 'avoid', 'finding-dismissed'),
  finding('neurology', 'BM001', 2, 2),
  { kind: 'rule-muted', rule: 'BM004' as RuleId, until: 1 },
]);

describe('reports', () => {
  it('count findings for each specialty, each place once, without what was undone', () => {
    expect(findingsBySpecialty.project(invented, 0)).toEqual({
      eventsRead: 11,
      rows: [
        { specialty: 'cataract', findings: 0, episodes: 0, rules: [], unreadable: 2 },
        { specialty: 'neurology', findings: 3, episodes: 2, rules: [{ rule: 'BM001', verdict: 'avoid', findings: 2 }, { rule: 'BM003', verdict: 'caution', findings: 1 }], unreadable: 0 },
        { specialty: 'rheumatology', findings: 1, episodes: 1, rules: [{ rule: 'BM002', verdict: 'avoid', findings: 1 }], unreadable: 0 },
        { specialty: 'unknown', findings: 1, episodes: 1, rules: [{ rule: 'BM001', verdict: 'avoid', findings: 1 }], unreadable: 0 },
      ],
    });
  });

  it('count findings for each term, most first, equals by id', () => {
    expect(findingsByTerm.project(invented, 0)).toEqual({
      eventsRead: 11,
      rows: [
        { rule: 'BM001', verdict: 'avoid', findings: 3, episodes: 3, specialties: ['neurology', 'unknown'] },
        { rule: 'BM002', verdict: 'avoid', findings: 1, episodes: 1, specialties: ['rheumatology'] },
        { rule: 'BM003', verdict: 'caution', findings: 1, episodes: 1, specialties: ['neurology'] },
      ],
    });
  });

  it('bring back what was redone, and say nothing of an empty log', () => {
    const again = log([finding('neurology', 'BM001', 1, 1), undo(1), undo(2)]);
    expect(findingsBySpecialty.project(again, 0).rows.map((row) => row.findings)).toEqual([1]);
    expect(findingsByTerm.project([], 0)).toEqual({ rows: [], eventsRead: 0 });
  });

  it('give the same answer for the same events in any order of rows', () => {
    const orders = [invented.toReversed(), [...invented.slice(5), ...invented.slice(0, 5)]];
    for (const report of [findingsBySpecialty, findingsByTerm]) for (const order of orders) expect(report.project(order, 0)).toEqual(report.project(invented, 0));
    console.info(`reports 2, orders tried ${orders.length * 2}, bad 0`);
  });
});
