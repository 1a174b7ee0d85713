import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { episodeKey, foldDecisions, placeKey } from '../../../lib/log/index.js';
import type { EventBody, EventId, LogEvent } from '../../../lib/model/decision.js';
import type { EditionId, RuleId } from '../../../lib/model/rulebook.js';
import { findingKey } from '../../../lib/model/standing.js';
import { clickId, finding, keyOf } from './invented-decisions.js';

function log(bodies: readonly EventBody[]): readonly LogEvent[] {
  return bodies.map((body, index) => ({ ...body, id: clickId(index + 1), sequence: index + 1, wall: 0, offset: 0, edition: 'starter-1' as EditionId, schema: 1, previous: '', hash: '' }));
}

const undo = (number: number): EventBody => ({ kind: 'undone', undoes: clickId(number) });
const at = (place: number): string => findingKey({ place: keyOf(place), rule: 'BM001' });

describe('what the log comes to', () => {
  it('honours undo, redo and the undo of a redo', () => {
    const steps: readonly EventBody[] = [finding('finding-logged', 1), undo(1), undo(2), undo(3)];
    expect(steps.map((_, index) => foldDecisions(log(steps.slice(0, index + 1))).logged.has(at(1)))).toEqual([true, false, true, false]);
  });

  it('shows a place as it was last decided, and as before when that is taken back', () => {
    const steps: readonly EventBody[] = [finding('finding-dismissed', 1), finding('finding-logged', 1), undo(2)];
    const states = steps.map((_, index) => { const folded = foldDecisions(log(steps.slice(0, index + 1))); return [...folded.dismissed.keys(), '|', ...folded.logged.keys()]; });
    expect(states).toEqual([[at(1), '|'], ['|', at(1)], [at(1), '|']]);
  });

  it('mutes a rule to the day it comes back, and no longer when undone', () => {
    const mute: EventBody = { kind: 'rule-muted', rule: 'BM001' as RuleId, until: 5 };
    expect([...foldDecisions(log([mute])).muted]).toEqual([['BM001', { until: 5, event: clickId(1) }]]);
    expect(foldDecisions(log([mute, undo(1)])).muted.size).toBe(0);
  });

  it('agrees with a slow reading of the rule, in any order of rows', () => {
    let tried = 0;
    let bad = 0;
    const step = fc.oneof(
      fc.tuple(fc.constantFrom('finding-logged' as const, 'finding-dismissed' as const), fc.integer({ min: 1, max: 4 })).map(([kind, place]) => (): EventBody => finding(kind, place)),
      fc.nat().map((pick) => (so: number): EventBody => undo(so === 0 ? 999 : (pick % so) + 1)),
    );
    fc.assert(fc.property(fc.array(step, { maxLength: 25 }), fc.boolean(), (steps, turned) => {
      const events = log(steps.map((make, index) => make(index)));
      // Oracle: an event holds unless an undo after it holds that names it.
      const holds = (event: LogEvent): boolean => !events.some((later) => later.sequence > event.sequence && later.kind === 'undone' && later.undoes === event.id && holds(later));
      const state = new Map<string, string>();
      for (const event of events) if ((event.kind === 'finding-logged' || event.kind === 'finding-dismissed') && holds(event)) state.set(findingKey(event), `${event.kind} ${event.id}`);
      const folded = foldDecisions(turned ? events.toReversed() : events);
      const got = new Map<string, string>([...[...folded.logged].map(([key, id]): [string, string] => [key, `finding-logged ${id}`]), ...[...folded.dismissed].map(([key, id]): [string, string] => [key, `finding-dismissed ${id}`])]);
      const undone = events.filter((event) => !holds(event)).map((event) => event.id);
      tried += 1;
      if (JSON.stringify([...got].sort()) !== JSON.stringify([...state].sort()) || undone.length !== folded.undoneIds.size || undone.some((id: EventId) => !folded.undoneIds.has(id))) bad += 1;
    }), { numRuns: 1500 });
    console.info(`histories tried ${tried}, bad ${bad}`);
    expect({ tried, bad }).toEqual({ tried: 1500, bad: 0 });
  });
});

describe('keys of the log', () => {
  const secret = new Uint8Array(32).fill(7);
  const other = new Uint8Array(32).fill(8);
  const none = { number: null, admitted: null };

  it('know one patient however the number is written, and tell patients, episodes and boards apart', () => {
    const one = episodeKey(secret, '999 000 0018', none);
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect([episodeKey(secret, '999-000-0018', none), episodeKey(secret, ' 9990000018', none)]).toEqual([one, one]);
    const different = new Set([one, episodeKey(secret, '999 000 0026', none), episodeKey(other, '999 000 0018', none), episodeKey(secret, '999 000 0018', { number: '1', admitted: null }), episodeKey(secret, '999 000 0018', { number: null, admitted: '2026-11-02' })]);
    expect(different.size).toBe(5);
  });

  it('refuse a short secret and an identifier that is none', () => {
    expect(() => episodeKey(new Uint8Array(16), '9990000018', none)).toThrow('32 bytes');
    expect(() => episodeKey(secret, ' - ', none)).toThrow('identifier');
  });

  it('find a place again through white space, and not through a changed word', () => {
    const place = { episode: episodeKey(secret, '9990000018', none), rule: 'BM001' as RuleId, documentKind: 'clinic-letter' as const, documentDate: null, sentence: 'Seen  today:\n? MS', occurrence: 0 };
    const key = placeKey(secret, place);
    expect(placeKey(secret, { ...place, sentence: 'Seen today: ? MS ' })).toBe(key);
    expect(new Set([key, placeKey(secret, { ...place, sentence: 'Seen today: ? MG' }), placeKey(secret, { ...place, occurrence: 1 }), placeKey(secret, { ...place, documentDate: '2026-11-02' })]).size).toBe(4);
  });
});
