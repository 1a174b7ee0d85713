import { describe, expect, it } from 'vitest';
import { shippedCurriculum } from '../../../assets/curriculum.js';
import type { SpecialtyId } from '../../../lib/model/episode.js';
import { noProgress, type ItemId, type TraineeProgress, type TrainingCase } from '../../../lib/model/trainee.js';
import { afterCard, afterCase, afterLive, calibration, compareAnswer, competencies, gradesFor, nextCase, nextDay, progressTable, readCurriculum, readProgress, recallOf, sessionOf, signOff, testScore } from '../../../lib/training/index.js';

const read = readCurriculum(shippedCurriculum.rules, shippedCurriculum.cases);
if (!read.ok) throw new Error('faulty');
const { cases } = read.value;
const start = Date.UTC(2026, 10, 2, 9);
const day = 86_400_000;

/** Chance that is the same each time (mulberry32). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6D2B79F5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A person who forgets: what was looked at fades by a power of time, more slowly each time it was recalled. It knows nothing of the schedule. */
interface Memory { strength: number; last: number }
const knows = (memory: Memory | undefined, at: number): number => (memory ? (1 + (at - memory.last) / day / (9 * memory.strength)) ** -1 : 0);
const look = (memory: Memory | undefined, recalled: boolean, at: number): Memory => ({ last: at, strength: memory ? (recalled ? memory.strength * 2.5 : Math.max(2, memory.strength * 0.4)) : 3 });

/** Answers a case by what is known now: an item that is not known goes missing. */
function answer(one: TrainingCase, isKnown: (item: ItemId) => boolean) {
  const marks = one.marks.filter(({ rule }) => isKnown(`term:${rule}`)).map(({ places: [span], verdict }) => ({ span, verdict }));
  const codes = one.codes.filter(({ rule }) => isKnown(`rule:${rule}`));
  return compareAnswer(one, { marks, diagnoses: codes.filter(({ system }) => system === 'ICD-10').map(({ code }) => code), procedures: codes.filter(({ system }) => system === 'OPCS-4').map(({ code }) => code) });
}

function thirtyDays(seed: number, studies: boolean) {
  const chance = dice(seed);
  const memories = new Map<ItemId, Memory>();
  let progress: TraineeProgress = noProgress;
  const asked: { readonly predicted: number; readonly known: boolean; readonly on: number; readonly away: number }[] = [];
  const met = new Set<ItemId>();
  const sit = (set: 'pre' | 'practice' | 'post', at: number): boolean => {
    const one = nextCase(progress, cases, set, 'all');
    if (!one) return false;
    const known = new Map<ItemId, boolean>();
    const isKnown = (item: ItemId): boolean => { if (!known.has(item)) known.set(item, chance() < Math.max(0.25, knows(memories.get(item), at))); return known.get(item) ?? false; };
    progress = afterCase(progress, one, answer(one, isKnown), null, at, 0);
    return true;
  };
  /** The answers are read when all of them have been given. */
  const readAnswers = (at: number): void => { for (const { item } of progress.cards) if (!met.has(item)) { met.add(item); memories.set(item, look(undefined, false, at)); } };
  while (sit('pre', start));
  readAnswers(start);
  let longest = 0;
  for (let on = 1; on <= 30; on += 1) {
    const at = start + on * day;
    sit('practice', at);
    readAnswers(at);
    if (!studies) continue;
    const session = sessionOf(progress.cards, at);
    longest = Math.max(longest, session.length);
    for (const card of session) {
      const memory = memories.get(card.item);
      const isKnown = chance() < knows(memory, at);
      if (card.last !== null) asked.push({ predicted: recallOf(card, at), known: isKnown, on, away: (at - card.last) / day });
      memories.set(card.item, look(memory, isKnown, at));
      progress = afterCard(progress, card.item, isKnown ? 3 : 1, null, at);
    }
  }
  const end = start + 31 * day;
  const recalled = [...met].reduce((sum, item) => sum + knows(memories.get(item), end), 0) / met.size;
  const predicted = progress.cards.reduce((sum, card) => sum + recallOf(card, end), 0) / progress.cards.length;
  while (sit('post', end));
  return { progress, asked, recalled, predicted, longest, end };
}

describe('a trainee over thirty days', () => {
  it('recalls more as the schedule predicts, and more than one who does not study', () => {
    const people = Array.from({ length: 20 }, (_, at) => ({ studied: thirtyDays(at + 1, true), not: thirtyDays(at + 1, false) }));
    const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
    const asked = people.flatMap(({ studied }) => studied.asked);
    const share = (rows: typeof asked) => ({ said: mean(rows.map(({ predicted }) => predicted)), known: mean(rows.map(({ known }) => (known ? 1 : 0))), away: mean(rows.map(({ away }) => away)), of: rows.length });
    const all = share(asked);
    const early = share(asked.filter(({ on }) => on <= 10));
    const late = share(asked.filter(({ on }) => on > 20));
    const scores = (who: 'studied' | 'not', set: 'pre' | 'post'): number => mean(people.map((one) => { const { right, of } = testScore(one[who].progress, cases, set); return right / of; }));
    const recalled = { studied: mean(people.map(({ studied }) => studied.recalled)), not: mean(people.map(({ not }) => not.recalled)), predicted: mean(people.map(({ studied }) => studied.predicted)) };
    console.info(`people ${people.length}, cards asked ${all.of}, longest session ${Math.max(...people.map(({ studied }) => studied.longest))}; the schedule said ${all.said.toFixed(3)}, known ${all.known.toFixed(3)} (days 1–10 ${early.known.toFixed(3)} after ${early.away.toFixed(1)} days away, days 21–30 ${late.known.toFixed(3)} after ${late.away.toFixed(1)}); at the end known ${recalled.studied.toFixed(3)} of predicted ${recalled.predicted.toFixed(3)}, without study ${recalled.not.toFixed(3)}; tests ${scores('studied', 'pre').toFixed(3)} → ${scores('studied', 'post').toFixed(3)}, without study ${scores('not', 'pre').toFixed(3)} → ${scores('not', 'post').toFixed(3)}`);
    expect(all.of).toBeGreaterThan(500);
    expect(Math.max(...people.map(({ studied }) => studied.longest))).toBeLessThanOrEqual(12);
    expect(Math.abs(all.said - all.known)).toBeLessThan(0.1);
    expect(Math.abs(recalled.predicted - recalled.studied)).toBeLessThan(0.1);
    // The schedule holds recall where it is asked to be, nine of ten, over times that grow.
    expect(Math.min(early.known, late.known)).toBeGreaterThan(0.85);
    expect(late.away).toBeGreaterThan(early.away * 1.5);
    expect(recalled.studied).toBeGreaterThan(recalled.not + 0.1);
    expect(scores('studied', 'post')).toBeGreaterThan(scores('studied', 'pre') + 0.2);
    expect(scores('studied', 'post')).toBeGreaterThan(scores('not', 'post'));
  });

  it('is kept and read back as it was, and what is damaged is nobody’s progress', () => {
    const { progress } = thirtyDays(7, true);
    expect(readProgress(JSON.parse(JSON.stringify(progress)))).toEqual(progress);
    for (const damaged of [null, {}, { ...progress, schema: 2 }, { ...progress, cards: [{}] }, { ...progress, note: 'words' }, { ...progress, live: [{ specialty: 'Mrs Jones', at: 1, right: 1, of: 1, extra: 0 }] }]) expect(readProgress(damaged)).toBeNull();
  });
});

describe('what a mistake becomes', () => {
  const one = cases.find(({ id }) => id === 'C03');
  if (!one) throw new Error('C03');
  const wrong = compareAnswer(one, { marks: [], diagnoses: [], procedures: [] });
  const right = answer(one, () => true);

  it('is a card of tomorrow, once, and nothing today', () => {
    const after = afterCase(noProgress, one, wrong, null, start, 60);
    expect(after.cards.map(({ item }) => item).sort()).toEqual(['rule:cataract-type', 'rule:laterality', 'rule:paired-order', 'term:BM207']);
    expect(sessionOf(after.cards, start)).toEqual([]);
    expect(sessionOf(after.cards, nextDay(start, 60))).toHaveLength(4);
    expect(new Date(nextDay(start, 60)).toISOString()).toBe('2026-11-02T23:00:00.000Z');
    expect(afterCase(after, one, wrong, null, start, 60).cards).toHaveLength(4);
    expect(afterCase(noProgress, one, right, null, start, 60).cards).toEqual([]);
  });

  it('is ready for a supervisor after three right, is signed with letters only, and a new mistake takes the signature’s force', () => {
    const item = 'rule:cataract-type' as const;
    const of = { item, specialty: 'ophthalmology' as SpecialtyId };
    const level = (progress: TraineeProgress): string => competencies(progress, start).find((line) => line.item === item)?.level ?? '';
    let progress: TraineeProgress = afterCase(noProgress, one, right, null, start, 0);
    expect(signOff(progress, of, 'AB', start)).toBe(progress);
    for (const at of [1, 2]) progress = afterCase(progress, one, right, null, start + at, 0);
    expect(level(progress)).toBe('ready');
    expect(signOff(progress, of, 'Anne Bowen', start + 3)).toBe(progress);
    progress = signOff(progress, of, 'ab', start + 3);
    expect(progress.signOffs).toEqual([{ ...of, at: start + 3, by: 'AB' }]);
    expect(level(progress)).toBe('signed');
    expect(level(afterCase(progress, one, wrong, null, start + 4, 0))).toBe('learning');
  });

  it('counts a test once: what is answered again is practice', () => {
    const [pre] = cases.filter(({ set }) => set === 'pre');
    if (!pre) throw new Error('no test');
    let progress = afterCase(noProgress, pre, compareAnswer(pre, { marks: [], diagnoses: [], procedures: [] }), null, start, 0);
    progress = afterCase(progress, pre, answer(pre, () => true), null, start + 1, 0);
    expect(testScore(progress, cases, 'pre')).toMatchObject({ taken: 1, cases: 15, right: 0 });
    expect(nextCase(progress, cases, 'pre', 'all')?.id).not.toBe(pre.id);
  });

  it('of how sure she was is counted by what she said, and a right guess is a card as well', () => {
    const guessed = afterCase(noProgress, one, right, 'guessing', start, 0);
    expect(guessed.cards.map(({ item }) => item)).toEqual(right.items.map(({ item }) => item));
    expect(afterCase(noProgress, one, right, 'sure', start, 0).cards).toEqual([]);
    const both = afterCase(afterCase(guessed, one, wrong, 'sure', start + 1, 0), one, right, 'sure', start + 2, 0);
    expect(calibration(both)).toEqual([{ sure: 'guessing', answers: 1, right: right.of, of: right.of }, { sure: 'sure', answers: 2, right: right.of, of: wrong.of + right.of }]);
    expect(calibration(afterCase(noProgress, one, right, null, start, 0))).toEqual([]);
  });

  it('is rated as far as the trainee was sure: a guess is never good, and no rating goes beyond it', () => {
    const [card] = afterCase(noProgress, one, wrong, null, start, 0).cards;
    if (!card) throw new Error('no card');
    const before = { ...noProgress, cards: [card] };
    expect(gradesFor('guessing')).toEqual([1, 2]);
    expect(gradesFor('fairly')).toEqual([1, 2, 3]);
    expect(afterCard(before, card.item, 3, 'guessing', start + day)).toBe(before);
    const hard = afterCard(before, card.item, 2, 'guessing', start + day);
    const good = afterCard(before, card.item, 3, 'sure', start + day);
    expect(hard.cards[0]?.due).toBeLessThan(good.cards[0]?.due ?? 0);
    expect(calibration(hard)).toEqual([{ sure: 'guessing', answers: 1, right: 1, of: 1 }]);
    expect(calibration(afterCard(before, card.item, 1, 'sure', start + day))).toEqual([{ sure: 'sure', answers: 1, right: 0, of: 1 }]);
  });

  it('of a live record keeps ids and counts, makes cards and no competency', () => {
    const live = afterLive(noProgress, 'unknown', { right: 1, of: 2, extra: 0, items: [{ item: 'rule:laterality', right: false }, { item: 'term:BM028', right: true }] }, 'fairly', start, 0);
    expect(live.cards.map(({ item }) => item)).toEqual(['rule:laterality']);
    expect(competencies(live, start)).toEqual([]);
    expect(readProgress(JSON.parse(JSON.stringify(live)))).toEqual(live);
    expect(readProgress({ ...JSON.parse(JSON.stringify(live)) as object, live: [{ ...live.live[0], items: [{ item: 'likely MS', right: true }] }] })).toBeNull();
  });

  it('reads what was kept before it was asked how sure she is', () => {
    const { sure, ...older } = { ...noProgress, live: [{ specialty: 'neurology', at: start, right: 1, of: 2, extra: 0 }] };
    expect(sure).toEqual([]);
    expect(readProgress(older)).toEqual({ ...older, sure: [], live: [{ ...older.live[0], items: [] }] });
  });

  it('leaves as a table without a word of a note, guarded against formulas', () => {
    const { progress } = thirtyDays(3, true);
    const table = progressTable(afterLive(progress, 'neurology' as SpecialtyId, { right: 2, of: 5, extra: 1, items: [] }, 'sure', start, 0), cases, {
      headings: ['rule', 'standard', 'specialty', 'tried', 'right', 'recall', 'level', 'by', 'on'], nameOf: (item) => `=${item}`, standardOf: () => 'DGCS.1', specialtyOf: (id) => id, level: (level) => level, test: (set) => set, live: 'live', sure: (sure) => sure, day: (wall) => new Date(wall).toISOString().slice(0, 10),
    }, start + 31 * day);
    const lines = table.trim().split('\r\n');
    console.info(`lines ${lines.length}`);
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.every((line) => !/^"=/.test(line))).toBe(true);
    const leaked = cases.flatMap(({ text }) => text.split('\n')).filter((line) => line.length > 12 && table.includes(line));
    expect(leaked).toEqual([]);
    expect(lines.at(-2)).toContain('"live",');
    expect(lines.at(-1)).toBe('"sure","","",5,2,"","","",""');
    expect(lines.some((line) => line.startsWith('"pre"'))).toBe(true);
  });
});
