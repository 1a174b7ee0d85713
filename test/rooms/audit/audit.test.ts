import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditorAgreement, blindDue, cohenKappa, compareCoding, drawSample, foldAudits, readLines, trainingNeeds, waitingAudits, weekOf, wilson, writtenLines, laneFigures, laneOf } from '../../../lib/audit/index.js';
import { isBlind } from '../../../lib/learning/index.js';
import { auditCategories, auditCauses, auditLanes, lineKinds, type AuditableEpisode, type AuditLine } from '../../../lib/model/audit.js';
import type { ClinicalCode } from '../../../lib/model/code.js';
import type { EpisodeKey, EventBody, EventId, LogEvent } from '../../../lib/model/decision.js';
import { chanceFrom } from '../../harness/chance.js';

const keyOf = (at: number): EpisodeKey => at.toString(16).padStart(64, '0') as EpisodeKey;
const idOf = (at: number): EventId => `00000000-0000-4000-8000-${at.toString(16).padStart(12, '0')}` as EventId;
const of = (code: string): ClinicalCode => code as ClinicalCode;
const many = (count: number): AuditableEpisode[] => Array.from({ length: count }, (_, at) => ({
  episode: keyOf(at * 7919 + 1), specialty: (at % 3 === 0 ? 'neurology' : 'rheumatology') as never, coder: `coder-${'abcd'[at % 4]}`, coded: `2026-10-${String(at % 28 + 1).padStart(2, '0')}`, stay: at % 20, depth: 'full',
  criterion: at % 10 === 0 ? 'length-of-stay' : 'default', lane: auditLanes[at % 4] ?? 'typed', edition: 'starter-1' as never, row: at + 2, diagnoses: [of(at % 50 === 0 ? 'A419' : 'G35X')], procedures: [],
}));
const request = { method: 'random', seed: 4417, size: 20, specialty: null, coder: null, week: null, longestStay: 10 } as const;
const risk = { highRisk: ['A41'] };

describe('a sample', () => {
  it('is the same for the same seed, in whatever order the episodes come, and another for another', () => {
    const episodes = many(400);
    let tried = 0;
    fc.assert(fc.property(fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 1, max: 60 }), (seed, size) => {
      tried += 1;
      const one = drawSample(episodes, { ...request, seed, size }, risk);
      const other = drawSample(episodes.toReversed(), { ...request, seed, size }, risk);
      expect(other.episodes.map(({ episode }) => episode)).toEqual(one.episodes.map(({ episode }) => episode));
      expect(new Set(one.episodes.map(({ episode }) => episode)).size).toBe(size);
      expect(one.episodes.every(({ stay }) => (stay ?? 99) <= 10)).toBe(true);
    }), { numRuns: 200 });
    expect(drawSample(episodes, request, risk).episodes).not.toEqual(drawSample(episodes, { ...request, seed: 4418 }, risk).episodes);
    console.info(`samples tried ${tried}, bad 0`);
    expect(tried).toBe(200);
  });

  it('takes every episode with the same chance', () => {
    const episodes = many(40).map((one) => ({ ...one, stay: 1 }));
    const drawn = new Map<string, number>();
    for (let seed = 0; seed < 4000; seed += 1) for (const { episode } of drawSample(episodes, { ...request, seed, size: 10 }, risk).episodes) drawn.set(episode, (drawn.get(episode) ?? 0) + 1);
    // Expected 1,000 each; a spread of 27 is chance alone, five times that is not.
    const counts = episodes.map(({ episode }) => drawn.get(episode) ?? 0);
    console.info(`episodes tried ${counts.length}, from ${Math.min(...counts)} to ${Math.max(...counts)} of 1000`);
    expect(counts.every((count) => Math.abs(count - 1000) < 137)).toBe(true);
  });

  it('is of what was asked: specialty, coder, week, stay, lane, exception, risk, and nobody twice', () => {
    const episodes = many(400);
    const all = (part: object): readonly AuditableEpisode[] => drawSample(episodes, { ...request, longestStay: null, size: 400, ...part }, risk).episodes;
    expect(all({ specialty: 'neurology' }).every(({ specialty }) => specialty === 'neurology')).toBe(true);
    expect(all({ coder: 'coder-b' }).length).toBe(100);
    expect(all({ week: weekOf('2026-10-05') }).every(({ coded }) => coded >= '2026-10-05' && coded <= '2026-10-11')).toBe(true);
    expect(all({ method: 'auto-coded' }).length).toBe(300);
    expect(all({ method: 'one-key' }).length).toBe(100);
    expect(all({ method: 'exceptions' }).length).toBe(40);
    expect(all({ method: 'high-risk' }).length).toBe(8);
    const before = new Set(all({ size: 100 }).map(({ episode }) => episode));
    expect(drawSample(episodes, { ...request, longestStay: null, size: 400 }, risk, before).episodes.length).toBe(300);
    expect([weekOf('2026-12-31'), weekOf('2027-01-01'), weekOf('2024-12-30'), laneOf(['search', 'suggestion', 'one-key'])]).toEqual(['2026-W53', '2026-W53', '2025-W01', 'one-key']);
  });
});

describe('the blind share of the one-key lane', () => {
  it('comes by itself, in its share, once, and apart from the episodes that were coded without suggestions', () => {
    const next = chanceFrom(5);
    const keys = Array.from({ length: 20_000 }, () => Array.from({ length: 8 }, () => Math.floor(next() * 2 ** 32).toString(16).padStart(8, '0')).join('') as EpisodeKey);
    const [base] = many(1);
    const episodes = keys.map((episode, at): AuditableEpisode => ({ ...(base as AuditableEpisode), episode, lane: at % 2 === 0 ? 'one-key' : 'typed' })).filter(({ episode }) => !isBlind(episode, 0.08));
    const due = blindDue(episodes, new Set(), 0.08);
    const lane = episodes.filter((one) => one.lane === 'one-key').length;
    console.info(`episodes of the lane ${lane}, due ${due.length} (${(due.length / lane * 100).toFixed(1)} %, 8 asked)`);
    expect(due.every((one) => one.lane === 'one-key')).toBe(true);
    expect(Math.abs(due.length / lane - 0.08)).toBeLessThan(0.01);
    expect(blindDue(episodes, new Set(due.map(({ episode }) => episode)), 0.08)).toEqual([]);
  });
});

describe('the ranges', () => {
  it('are Wilson’s, as published', () => {
    // R. G. Newcombe, Stat Med 1998, 17:857, table I, method 3 (score without continuity correction).
    for (const [hits, of, low, high] of [[81, 263, 0.2553, 0.3662], [15, 148, 0.0624, 0.1605], [0, 20, 0, 0.1611], [1, 29, 0.0061, 0.1718]] as const) {
      const range = wilson(hits, of);
      expect([range?.low.toFixed(4), range?.high.toFixed(4)]).toEqual([low.toFixed(4), high.toFixed(4)]);
    }
    expect(wilson(0, 0)).toBe(null);
  });

  it('are Cohen’s κ with an interval that holds the true value as often as it says', () => {
    const table = (both: number, first: number, second: number, none: number): (readonly [string, string])[] => [...Array<readonly [string, string]>(both).fill(['right', 'right']), ...Array<readonly [string, string]>(first).fill(['right', 'wrong']), ...Array<readonly [string, string]>(second).fill(['wrong', 'right']), ...Array<readonly [string, string]>(none).fill(['wrong', 'wrong'])];
    expect(cohenKappa(table(20, 5, 10, 15))?.kappa).toBeCloseTo(0.4, 10);
    expect([cohenKappa([]), cohenKappa(table(9, 0, 0, 0))]).toEqual([null, null]);
    // Two auditors who agree beyond chance with κ = .6 on codes of which 70 % are right: how often does the interval hold .6?
    const next = chanceFrom(11);
    let held = 0;
    const trials = 600;
    for (let trial = 0; trial < trials; trial += 1) {
      const pairs = Array.from({ length: 200 }, (): readonly [string, string] => {
        const own = (): string => (next() < 0.7 ? 'right' : 'wrong');
        if (next() < 0.6) { const both = own(); return [both, both]; }
        return [own(), own()];
      });
      const found = cohenKappa(pairs);
      if (found && found.low <= 0.6 && found.high >= 0.6) held += 1;
    }
    console.info(`κ intervals tried ${trials}, held the true value in ${(held / trials * 100).toFixed(1)} % (95 expected)`);
    expect(held / trials).toBeGreaterThan(0.92);
    expect(held / trials).toBeLessThan(0.98);
  });
});

let clock = 0;
const log = (bodies: readonly (EventBody & { readonly at?: number })[]): LogEvent[] => bodies.map(({ at, ...body }, index) => ({ ...body, id: idOf(at ?? index + 1), sequence: index + 1, wall: 1_790_000_000_000 + (clock += 1), offset: 0, edition: 'starter-1', schema: 2, previous: '', hash: '' }) as never);
const sample = idOf(900);
const drawn = (episode: number, first: string, more: object = {}): EventBody => ({ kind: 'audit-drawn', sample, method: 'random', seed: 7, population: 30, size: 2, episode: keyOf(episode), specialty: 'neurology', coder: '', coded: '2026-10-09', stay: 1, depth: 'full', lane: 'suggestion', codedBy: 'starter-1', row: 0, diagnoses: first, procedures: '', ...more }) as never;
const coded = (episode: number, diagnoses: string, view: 1 | 2 = 1): EventBody => ({ kind: 'audit-coded', sample, episode: keyOf(episode), view, diagnoses, procedures: '' });
const judged = (episode: number, lines: readonly AuditLine[], state: 'judged' | 'rebutted' | 'second-view' | 'agreed', view: 1 | 2 = 1): EventBody => ({ kind: 'audit-judged', sample, episode: keyOf(episode), view, lines: writtenLines(lines), state });

describe('an audited episode', () => {
  it('is said to be coded anew where its auditor took codes back after the first ones were shown, and not for an undo that was itself undone', () => {
    const anew = (events: readonly EventBody[]) => foldAudits(log(events))[0]?.episodes.map((one) => one.anew);
    const begun = [drawn(1, 'G409'), coded(1, 'R51X')];
    expect(anew(begun)).toEqual([false]);
    expect(anew([...begun, { kind: 'undone', undoes: idOf(2) }, coded(1, 'G409')])).toEqual([true]);
    expect(anew([...begun, { kind: 'undone', undoes: idOf(2) }, { kind: 'undone', undoes: idOf(3) }])).toEqual([false]);
    expect(anew([...begun, judged(1, [], 'second-view'), coded(1, 'G403', 2)])).toEqual([false]);
  });

  it('waits for its auditor, then for a second one where that is asked, and for nobody else', () => {
    const waits = (events: readonly EventBody[]) => [...waitingAudits(foldAudits(log(events)))].map(([episode, { view, place, of: all }]) => [Number.parseInt(episode.slice(-8), 16), view, place, all]);
    const begun = [drawn(1, 'G409'), drawn(2, 'I10X')];
    expect(waits(begun)).toEqual([[1, 1, 1, 2], [2, 1, 2, 2]]);
    expect(waits([...begun, coded(1, 'G403')])).toEqual([[2, 1, 2, 2]]);
    expect(waits([...begun, coded(1, 'G403'), judged(1, [], 'judged')])).toEqual([[2, 1, 2, 2]]);
    expect(waits([...begun, coded(1, 'G403'), judged(1, [], 'second-view')])).toEqual([[1, 2, 1, 2], [2, 1, 2, 2]]);
    expect(waits([...begun, coded(1, 'G403'), judged(1, [], 'second-view'), coded(1, 'G409', 2)])).toEqual([[2, 1, 2, 2]]);
  });

  it('shows nothing of the first coder’s codes before its auditor has coded, nor to a second view', () => {
    const first = 'G409 I10X';
    const blind = foldAudits(log([drawn(1, first)]));
    expect(JSON.stringify(blind)).not.toMatch(/G409|I10X/);
    expect(blind[0]?.episodes[0]).toMatchObject({ state: 'open', lines: null });
    const open = foldAudits(log([drawn(1, first), coded(1, 'G403')]))[0]?.episodes[0];
    expect(open?.views[1]).toMatchObject({ at: 'coded', judged: false, first: { diagnoses: [of('G409'), of('I10X')] } });
    expect(JSON.stringify(open?.views[2])).not.toMatch(/G4/);
  });

  it('goes from judged to rebutted, to a second view and to agreed; the agreed lines stand, and an undo takes the last word back', () => {
    const lines = compareCoding({ diagnoses: [of('G409')], procedures: [] }, { diagnoses: [of('G403')], procedures: [] }, 'full');
    const right = compareCoding({ diagnoses: [of('G409')], procedures: [] }, { diagnoses: [of('G409')], procedures: [] }, 'full');
    const story = [drawn(1, 'G409'), coded(1, 'G403'), judged(1, lines, 'judged'), judged(1, lines, 'rebutted'), judged(1, lines, 'second-view'), coded(1, 'G409', 2), judged(1, right, 'agreed', 2)];
    const at = (steps: number): unknown => { const one = foldAudits(log(story.slice(0, steps)))[0]?.episodes[0]; return [one?.state, one?.lines?.[0]?.kind]; };
    expect([2, 3, 4, 5, 7].map(at)).toEqual([['open', undefined], ['judged', 'fourth'], ['rebutted', 'fourth'], ['second-view', 'fourth'], ['agreed', 'right']]);
    expect(foldAudits(log([...story, { kind: 'undone', undoes: idOf(7) }]))[0]?.episodes[0]?.state).toBe('second-view');
    const episode = foldAudits(log(story))[0]?.episodes;
    expect(auditorAgreement(episode ?? [])).toMatchObject({ items: 1, agreed: 0 });
  });

  it('is written to the log and read back as it was', () => {
    const code = fc.option(fc.stringMatching(/^[A-Z]\d\d[\dX]$/).map(of), { nil: null });
    const line = fc.record({ category: fc.constantFrom(...auditCategories), kind: fc.constantFrom(...lineKinds), first: code, audited: code, cause: fc.constantFrom(...auditCauses), reason: fc.constantFrom('', 'NAV', 'CLIFA') });
    let tried = 0;
    fc.assert(fc.property(fc.array(line, { maxLength: 20 }), (lines) => { tried += 1; expect(readLines(writtenLines(lines))).toEqual(lines); }), { numRuns: 300 });
    console.info(`lists of lines tried ${tried}, bad 0`);
    expect(tried).toBe(300);
  });

  it('loses or doubles no code of either coder, whatever they gave', () => {
    const codes = fc.array(fc.constantFrom('G409', 'G403', 'G35X', 'I10X', 'W190', 'W010', 'E119', 'C712', 'Z942', 'Z943', 'Z841', 'C711').map(of), { maxLength: 6 });
    let tried = 0;
    fc.assert(fc.property(codes, codes, codes, codes, (diagnoses, procedures, more, others) => {
      tried += 1;
      const lines = compareCoding({ diagnoses, procedures }, { diagnoses: more, procedures: others }, 'full');
      for (const [kind, wanted] of [['diagnosis', more], ['procedure', others]] as const) expect(lines.filter(({ category, audited }) => category.endsWith(kind) && audited !== null).map(({ audited }) => audited)).toEqual(wanted);
      expect(lines.every(({ first, audited }) => first !== null || audited !== null)).toBe(true);
      expect(lines.every(({ kind, first, audited }) => kind !== 'right' || first === audited)).toBe(true);
      // Nothing the first coder had is charged twice.
      for (const [kind, had] of [['diagnosis', diagnoses], ['procedure', procedures]] as const) for (const code of new Set(had)) {
        expect(lines.filter(({ category, first, kind: what }) => category.endsWith(kind) && first === code && what !== 'sequence').length).toBeLessThanOrEqual(had.filter((one) => one === code).length);
      }
    }), { numRuns: 1000 });
    expect(compareCoding({ diagnoses: [of('G35X'), of('I10X')], procedures: [] }, { diagnoses: [of('G35X')], procedures: [] }, 'primary')).toHaveLength(1);
    console.info(`pairs of records tried ${tried}, bad 0`);
    expect(tried).toBe(1000);
  });

  it('tells of each lane what was accepted wrongly, and what to teach', () => {
    const lines = compareCoding({ diagnoses: [of('G409'), of('I10X')], procedures: [] }, { diagnoses: [of('G403')], procedures: [] }, 'full');
    const two = [{ episode: keyOf(1), lane: 'one-key', lines }, { episode: keyOf(2), lane: 'one-key', lines }, { episode: keyOf(3), lane: 'typed', lines: null }] as const;
    expect(laneFigures(two)).toMatchObject([{ lane: 'one-key', episodes: 2, codes: 4, falseAccepts: 4, overridden: 2 }]);
    expect(trainingNeeds(two)).toEqual([{ category: 'G40', system: 'ICD-10', episodes: 2 }, { category: 'I10', system: 'ICD-10', episodes: 2 }]);
  });
});
