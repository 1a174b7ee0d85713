import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeCounters, type Counter } from '../../../lib/model/counters.js';
import type { EpisodeKey, EventBody, EventId, LogEvent, PlaceKey } from '../../../lib/model/decision.js';
import { countersOfEpisode } from '../../../lib/model/episode-counters.js';
import type { SpecialtyId } from '../../../lib/model/episode.js';
import type { FaultCategory, FaultDetails } from '../../../lib/model/fault.js';
import { monthsOn, type Month } from '../../../lib/model/month.js';
import type { EditionId, RuleId } from '../../../lib/model/rulebook.js';

const june = Date.UTC(2026, 5, 30, 23, 30);
const row = (sequence: number, body: EventBody, wall = june): LogEvent => ({ id: `e${sequence}` as EventId, sequence, wall, offset: 60, edition: 'starter-1' as EditionId, schema: 1, previous: '', hash: '', ...body });
const where = { specialty: 'unknown' as SpecialtyId | 'unknown', documentKind: 'clinic-letter', documentLanguage: 'en', episode: 'e' as EpisodeKey, adapter: 'sample-epr', adapterVersion: 1 } as const;
const details: FaultDetails = { category: 'avoid-term', authorRole: 'unknown', site: 'unknown', team: 'unknown', minutes: 2 };
const read = (place: number, more: object = {}): EventBody => ({ kind: 'document-read', ...where, site: 'unknown', place: `d${place}` as PlaceKey, ...more });
const logged = (place: number, rule = 'BM001', more: object = {}): EventBody => ({ kind: 'finding-logged', ...where, rule: rule as RuleId, verdict: 'avoid', place: `p${place}` as PlaceKey, ...details, ...more });
const dismissed = (place: number, rule = 'BM001'): EventBody => ({ kind: 'finding-dismissed', ...where, rule: rule as RuleId, verdict: 'avoid', place: `p${place}` as PlaceKey });
const fault = (place: number, category: FaultCategory): EventBody => ({ kind: 'fault-logged', ...where, ...details, category, place: `d${place}` as PlaceKey });
const undo = (sequence: number): EventBody => ({ kind: 'undone', undoes: `e${sequence}` as EventId });
const counted = (bodies: readonly EventBody[]): readonly Counter[] => mergeCounters(countersOfEpisode(bodies.map((body, at) => row(at + 1, body))));
const ofKind = <K extends Counter['kind']>(counters: readonly Counter[], kind: K): readonly Extract<Counter, { readonly kind: K }>[] => counters.filter((one): one is Extract<Counter, { readonly kind: K }> => one.kind === kind);

describe('what one episode adds to the counters', () => {
  it('counts an episode and its documents once, in the month that it was by the clock on the wall', () => {
    const counters = counted([read(1), read(2), read(1)]);
    expect(ofKind(counters, 'episodes-read')).toEqual([{ kind: 'episodes-read', month: '2026-07', specialty: 'unknown', site: 'unknown', episodes: 1 }]);
    expect(ofKind(counters, 'documents-read').map(({ documents }) => documents)).toEqual([2]);
  });

  it('counts a term once in an episode, and the minutes of all its places', () => {
    const counters = counted([read(1), logged(1), logged(2), logged(2), logged(3, 'BM002', { category: 'symbol', minutes: 7 })]);
    expect(ofKind(counters, 'findings').map(({ rule, category, findings, minutes }) => [rule, category, findings, minutes])).toEqual([['BM001', 'avoid-term', 1, 4], ['BM002', 'symbol', 1, 7]]);
    expect(ofKind(counters, 'episodes-found').map(({ subject }) => subject)).toEqual([{ by: 'any' }, { by: 'category', category: 'avoid-term' }, { by: 'category', category: 'symbol' }, { by: 'rule', rule: 'BM001' }, { by: 'rule', rule: 'BM002' }]);
  });

  it('gives an episode the first specialty and site that one of its rows knows, and its findings go with it', () => {
    const counters = counted([read(1), logged(1, 'BM001', { specialty: 'neurology', site: 'glan-y-don' }), fault(1, 'missing-cause')]);
    expect(new Set(counters.map(({ specialty, site, month }) => `${month} ${specialty} ${site}`))).toEqual(new Set(['2026-07 neurology glan-y-don']));
    const later = countersOfEpisode([row(1, read(1)), row(2, logged(1), june + 40 * 86_400_000)]);
    expect(new Set(later.map(({ month }) => month))).toEqual(new Set(['2026-07']));
    expect(monthsOn('2026-07' as Month, 0)).toBe('2026-07');
  });

  it('takes back what is undone or dismissed, and knows a row of a build without categories', () => {
    expect(ofKind(counted([read(1), logged(1), undo(2)]), 'findings')).toEqual([]);
    expect(ofKind(counted([read(1), logged(1), undo(2), undo(3)]), 'findings')).toHaveLength(1);
    expect(ofKind(counted([read(1), logged(1), dismissed(1)]), 'episodes-found')).toEqual([]);
    const { category: _, authorRole: _role, site: _site, team: _team, minutes: _minutes, ...old } = logged(1) as Extract<EventBody, { kind: 'finding-logged' }>;
    expect(ofKind(counted([old as EventBody]), 'findings')).toMatchObject([{ category: 'avoid-term', minutes: 0, findings: 1 }]);
    expect(ofKind(counted([{ kind: 'unreadable-logged', gap: 'image', count: 3, specialty: 'unknown', episode: 'e' as EpisodeKey, adapter: 'sample-epr', adapterVersion: 1 }]), 'findings')).toMatchObject([{ category: 'unreadable-document', rule: null, findings: 1 }]);
    expect(counted([{ kind: 'rule-muted', rule: 'BM001' as RuleId, until: june }])).toEqual([]);
  });

  it('never counts below nought, and a row and its undo leave no trace', () => {
    let tried = 0;
    let bad = 0;
    const step = fc.oneof(
      fc.integer({ min: 1, max: 3 }).map((place) => read(place)), fc.tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom('BM001', 'BM002')).map(([place, rule]) => logged(place, rule)),
      fc.integer({ min: 1, max: 3 }).map((place) => dismissed(place)), fc.tuple(fc.integer({ min: 1, max: 2 }), fc.constantFrom<FaultCategory>('missing-type', 'other')).map(([place, category]) => fault(place, category)),
      fc.integer({ min: 1, max: 8 }).map(undo));
    fc.assert(fc.property(fc.array(step, { maxLength: 10 }), step, (bodies, last) => {
      const before = counted(bodies);
      const after = counted([...bodies, last, undo(bodies.length + 1)]);
      tried += 1;
      if (JSON.stringify(before) !== JSON.stringify(after) && last.kind !== 'undone') bad += 1;
      if (after.some((one) => Object.values(one).some((value) => typeof value === 'number' && value < 0))) bad += 1;
      const found = ofKind(after, 'findings').length > 0;
      if (found !== ofKind(after, 'episodes-found').some(({ subject }) => subject.by === 'any')) bad += 1;
    }), { numRuns: 2000 });
    console.info(`episodes tried ${tried}, bad ${bad}`);
    expect(tried).toBeGreaterThanOrEqual(2000);
    expect(bad).toBe(0);
  });
});
