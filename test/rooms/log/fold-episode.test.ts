import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyEpisode, foldEpisodes } from '../../../lib/log/index.js';
import type { CodeSystem } from '../../../lib/model/code.js';
import type { EpisodeKey, EventBody, EventId, LogEvent } from '../../../lib/model/decision.js';
import { clickId, draft, keyOf } from './invented-decisions.js';

const episode = keyOf(1) as EpisodeKey;
const row = (sequence: number, body: EventBody): LogEvent => ({ ...draft(sequence, body), ...body, sequence, wall: 1_790_000_000_000 + sequence, offset: 60, schema: 1, previous: '', hash: '' } as unknown as LogEvent);
const accept = (codes: string, system: CodeSystem = 'ICD-10', replaces: EventId | '' = '', of: EpisodeKey = episode): EventBody => ({ kind: 'codes-accepted', episode: of, specialty: 'unknown', system, codes, list: 'icd-10-5th-edition', origin: 'suggestion', depth: 'primary', phrase: '', flag: 'plain', standing: 'shown', replaces });
const undo = (number: number): EventBody => ({ kind: 'undone', undoes: clickId(number) });
const sequence = (...bodies: readonly EventBody[]): { readonly diagnoses: readonly string[]; readonly procedures: readonly string[]; readonly coded: unknown } => {
  const { diagnoses, procedures, coded } = foldEpisodes(bodies.map((body, at) => row(at + 1, body))).get(episode) ?? emptyEpisode(episode);
  return { diagnoses: diagnoses.map(({ codes }) => codes.join(' ')), procedures: procedures.map(({ codes }) => codes.join(' ')), coded };
};

describe('the codes of an episode', () => {
  it('stand in the order in which they were accepted and moved, a group as one', () => {
    const moved: EventBody = { kind: 'codes-moved', episode, unit: clickId(3), after: 'first' };
    expect(sequence(accept('C751 C712 Z942', 'OPCS-4'), accept('H251'), accept('E113 H360'))).toMatchObject({ diagnoses: ['H251', 'E113 H360'], procedures: ['C751 C712 Z942'] });
    expect(sequence(accept('C751 C712 Z942', 'OPCS-4'), accept('H251'), accept('E113 H360'), moved)).toMatchObject({ diagnoses: ['E113 H360', 'H251'] });
    expect(sequence(accept('C751 C712 Z942', 'OPCS-4'), accept('H251'), accept('E113 H360'), moved, undo(4))).toMatchObject({ diagnoses: ['H251', 'E113 H360'] });
  });

  it('say how each came in, the proposal of the board’s own coder too, which is taken back and done again as any is', () => {
    const board: EventBody = { ...accept('I10X'), origin: 'board' } as EventBody;
    const origins = (...bodies: readonly EventBody[]): readonly string[] => foldEpisodes(bodies.map((body, at) => row(at + 1, body))).get(episode)?.diagnoses.map(({ codes, origin }) => `${origin} ${codes.join(' ')}`) ?? [];
    expect(origins(accept('H251'), board)).toEqual(['suggestion H251', 'board I10X']);
    expect(origins(accept('H251'), board, undo(2))).toEqual(['suggestion H251']);
    expect(origins(accept('H251'), board, undo(2), undo(3))).toEqual(['suggestion H251', 'board I10X']);
    // Offered by both and accepted in both places: one unit, as it came in first.
    expect(origins(accept('I10X'), board)).toEqual(['suggestion I10X']);
  });

  it('are edited in their place, removed, taken back and done again without end', () => {
    const bodies = [accept('H251'), accept('I10X'), accept('H269', 'ICD-10', clickId(1)), { kind: 'codes-removed', episode, unit: clickId(2) } as const, undo(4), undo(5), undo(3)];
    expect([3, 4, 5, 6, 7].map((many) => sequence(...bodies.slice(0, many)).diagnoses)).toEqual([['H269', 'I10X'], ['H269'], ['H269', 'I10X'], ['H269'], ['H251']]);
  });

  it('are one unit however often they are accepted, and belong to their episode only', () => {
    expect(sequence(accept('H251'), accept('H251'), accept('G35X', 'ICD-10', '', keyOf(2) as EpisodeKey))).toMatchObject({ diagnoses: ['H251'] });
  });

  it('are open again after any decision that follows the last word', () => {
    const done: EventBody = { kind: 'episode-coded', episode, specialty: 'unknown', depth: 'primary', criterion: 'default', diagnoses: 1, procedures: 0, offered: 2, kept: 1 };
    expect(sequence(accept('H251'), done).coded).toBe(clickId(2));
    expect(sequence(accept('H251'), done, accept('I10X')).coded).toBeNull();
    expect(sequence(accept('H251'), done, accept('I10X'), undo(3)).coded).toBe(clickId(2));
  });

  it('come back to what they were after as many undos as there were decisions, whatever these were', () => {
    let tried = 0;
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('accept', 'remove', 'move'), fc.nat(20), fc.nat(20)), { maxLength: 20 }), (steps) => {
      const bodies: EventBody[] = [accept('H251'), accept('I10X')];
      const before = sequence(...bodies);
      for (const [kind, one, other] of steps) {
        const unit = clickId(1 + (one % Math.max(1, bodies.length)));
        bodies.push(kind === 'accept' ? accept(`K${10 + one}${other % 10}`) : kind === 'remove' ? { kind: 'codes-removed', episode, unit } : { kind: 'codes-moved', episode, unit, after: other % 2 === 0 ? 'first' : clickId(1 + (other % bodies.length)) });
      }
      const last = bodies.length;
      for (let at = last; at > 2; at -= 1) bodies.push(undo(at));
      expect(sequence(...bodies)).toEqual(before);
      tried += 1;
    }), { numRuns: 300 });
    console.info(`tried ${tried} histories, bad 0`);
  });
});
