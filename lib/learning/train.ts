import type { CodeName, LabelledCase } from '../model/learning.js';
import type { Score, TrainingProgress, TrainingReport } from '../model/training.js';
import { calibrate, calibrated, reliability, uncalibrated, type Outcome } from './calibration.js';
import { rankedCandidates, type RankedCandidate } from './candidates.js';
import { markedPhrases, minePhrases } from './mine-phrases.js';
import type { LearnedModel } from './model.js';
import { emptyMemory, remember, type PhraseMemory } from './phrase-memory.js';
import { createRanker, sureness, teach, type Ranker } from './ranker.js';
import { learnWording, scoreWording, usualWording, type WordingModel } from './wording.js';

export interface Trained {
  readonly model: LearnedModel;
  readonly report: TrainingReport;
}

interface Learned { readonly memory: PhraseMemory; readonly wording: WordingModel; readonly prior: ReadonlyMap<CodeName, number> }
interface Sample { readonly case: number; readonly candidate: RankedCandidate; readonly right: boolean }

/** Parts that the episodes are divided into, in order of time; the last is what the report is measured on. */
const parts = 5;
/** Above this number a part is not learned without five times, but once: the newest. */
const most = 1500;
const passes = 6;

/**
 * Learns from labelled episodes in order of time, oldest first. What the ranker learns from is what the memory says of episodes that it has not
 * seen, so that it learns how far to trust it. Yields often, so that a person sees progress, can pause and can stop; the same episodes give the same model.
 */
export function* train(cases: readonly LabelledCase[], vocabulary: ReadonlySet<string>): Generator<TrainingProgress, Trained> {
  const known = (word: string): boolean => vocabulary.has(word);
  const size = Math.ceil(cases.length / parts);
  const partOf = (index: number): number => Math.min(parts - 1, Math.floor(index / size));
  const held = cases.length <= most ? Array.from({ length: parts }, (_, at) => at) : [parts - 1];
  const samples: Sample[][] = Array.from({ length: parts }, () => []);
  let done = 0;
  const share = 0.9 / (held.length + 1);
  for (const part of held) {
    const from = cases.filter((_, index) => partOf(index) !== part);
    const learned = yield* learn(from, known, (step, fraction) => ({ step, done: done + share * fraction }));
    for (const [index, one] of cases.entries()) {
      if (partOf(index) !== part) continue;
      samples[part]?.push(...samplesOf(one, index, learned, known));
      if (index % 20 === 0) yield { step: 'ranking', done: done + share };
    }
    done += share;
  }
  const newest = samples[parts - 1] ?? [];
  const older = samples.slice(0, -1).flat();
  // The report's ranker has seen nothing of the newest part; where there are too many episodes to leave out each part once, half of the newest part teaches it.
  const taught = older.length > 0 ? older : newest.filter((one) => one.case % 2 === 0);
  const measured = older.length > 0 ? newest : newest.filter((one) => one.case % 2 === 1);
  const honest = yield* taughtRanker(taught, { step: 'ranking', done });
  const honestCalibration = calibrate(outcomesOf(honest, taught));
  const honestThreshold = bestThreshold(outcomesOf(honest, taught).map((one) => ({ ...one, sure: calibrated(honestCalibration, one.sure) })), goldOf(cases, taught));
  const report = reportOf(cases, measured, (candidate) => calibrated(honestCalibration, sureness(honest, candidate.features)), honestThreshold, cases.length - new Set(measured.map((one) => one.case)).size);
  yield { step: 'calibration', done };
  const learned = yield* learn(cases, known, (step, fraction) => ({ step, done: done + share * fraction }));
  const all = samples.flat();
  const ranker = yield* taughtRanker(all, { step: 'ranking', done: 0.99 });
  const outcomes = outcomesOf(ranker, all);
  const calibration = all.length > 0 ? calibrate(outcomes) : uncalibrated;
  const threshold = bestThreshold(outcomes.map((one) => ({ ...one, sure: calibrated(calibration, one.sure) })), goldOf(cases, all));
  const specialties = new Map<string, number>([['*', cases.length]]);
  for (const { specialty, depth } of cases) if (specialty !== null && depth === 'full') specialties.set(specialty, (specialties.get(specialty) ?? 0) + 1);
  return { model: { episodes: cases.length, specialties, vocabulary, ...learned, ranker, calibration, threshold }, report };
}

function* learn(cases: readonly LabelledCase[], known: (word: string) => boolean, progress: (step: TrainingProgress['step'], fraction: number) => TrainingProgress): Generator<TrainingProgress, Learned> {
  yield progress('phrases', 0);
  const support = Math.max(3, Math.round(cases.length / 1000));
  const mined = yield* told(minePhrases(cases, known, { support, share: 0.5, longest: cases.length > most ? 3 : 4 }), (fraction) => progress('phrases', 0.2 * fraction));
  const marked = yield* told(markedPhrases(cases, known), () => progress('phrases', 0.2));
  const memory = emptyMemory([...marked, ...mined.map(({ phrase, code }) => ({ phrase, code, kind: 'mined' as const }))]);
  for (const [index, one] of cases.entries()) { remember(memory, one, 1); if (index % 100 === 99) yield progress('phrases', 0.2 + (0.2 * index) / cases.length); }
  const full = cases.filter(({ depth }) => depth === 'full');
  const many = Math.max(1, full.length / 1000);
  const options = { ...usualWording, feature: Math.max(2, Math.round(2 * many)), code: Math.max(2, Math.round(2 * many)), rounds: full.length > most ? 4 : usualWording.rounds };
  const wording = yield* told(learnWording(full, known, options), (fraction) => progress('wording', 0.4 + 0.6 * fraction));
  const prior = new Map<CodeName, number>();
  for (const { codes } of cases) for (const code of codes) prior.set(code, (prior.get(code) ?? 0) + 1);
  return { memory, wording, prior };
}

/** Steps of a part, told as steps of the whole. */
function* told<Made>(steps: Generator<number, Made>, progress: (fraction: number) => TrainingProgress): Generator<TrainingProgress, Made> {
  for (let step = steps.next(); ; step = steps.next()) { if (step.done) return step.value; yield progress(step.value); }
}

/** The candidates of one episode with what became of them; under primary-only coding what was not coded is unknown and teaches nothing. */
function samplesOf(one: LabelledCase, index: number, { memory, wording, prior }: Learned, known: (word: string) => boolean): readonly Sample[] {
  const coded = new Set(one.codes);
  return rankedCandidates(one, { memory, wording: scoreWording(wording, one.words, known), prior: (name) => prior.get(name) ?? 0 })
    .map((candidate) => ({ case: index, candidate, right: coded.has(candidate.name) }))
    .filter(({ right }) => right || one.depth === 'full');
}

function* taughtRanker(samples: readonly Sample[], progress: TrainingProgress): Generator<TrainingProgress, Ranker> {
  const ranker = createRanker();
  for (let pass = 0; pass < passes; pass += 1) for (const [index, { candidate, right }] of samples.entries()) { teach(ranker, candidate.features, right); if (index % 2000 === 0) yield progress; }
  return ranker;
}

function outcomesOf(ranker: Ranker, samples: readonly Sample[]): readonly Outcome[] {
  return samples.map(({ candidate, right }) => ({ sure: sureness(ranker, candidate.features), right }));
}

function goldOf(cases: readonly LabelledCase[], samples: readonly Sample[]): number {
  return [...new Set(samples.map((one) => one.case))].reduce((sum, index) => sum + new Set(cases[index]?.codes ?? []).size, 0);
}

/** Half of the best F1 that can be reached: where sureness is calibrated, F1 is best at that threshold (Lipton 2014); one half where there is nothing to measure. */
function bestThreshold(outcomes: readonly Outcome[], gold: number): number {
  const sorted = [...outcomes].sort((a, b) => b.sure - a.sure);
  let found = 0;
  let best = 0;
  sorted.forEach(({ right }, at) => {
    if (right) found += 1;
    best = Math.max(best, (2 * found) / (at + 1 + gold));
  });
  return best === 0 ? 0.5 : best / 2;
}

function reportOf(cases: readonly LabelledCase[], samples: readonly Sample[], sureOf: (candidate: RankedCandidate) => number, threshold: number, learnedFrom: number): TrainingReport {
  const groups = new Map<string, { episodes: Set<number>; gold: number; before: { said: number; right: number }; after: { said: number; right: number } }>();
  const codes = new Map<CodeName, { gold: number; foundBefore: number; foundAfter: number; falseBefore: number; falseAfter: number }>();
  const codeOf = (name: CodeName): { gold: number; foundBefore: number; foundAfter: number; falseBefore: number; falseAfter: number } => {
    const row = codes.get(name) ?? { gold: 0, foundBefore: 0, foundAfter: 0, falseBefore: 0, falseAfter: 0 };
    codes.set(name, row);
    return row;
  };
  const outcomes: Outcome[] = [];
  const groupOf = (specialty: string): { episodes: Set<number>; gold: number; before: { said: number; right: number }; after: { said: number; right: number } } => {
    const group = groups.get(specialty) ?? { episodes: new Set<number>(), gold: 0, before: { said: 0, right: 0 }, after: { said: 0, right: 0 } };
    groups.set(specialty, group);
    return group;
  };
  for (const { case: index, candidate, right } of samples) {
    const one = cases[index];
    if (!one) continue;
    const sure = sureOf(candidate);
    outcomes.push({ sure, right });
    const before = one.candidates.find(({ name }) => name === candidate.name)?.shown ?? false;
    const after = sure >= threshold;
    const row = codeOf(candidate.name);
    if (before) { if (right) row.foundBefore += 1; else row.falseBefore += 1; }
    if (after) { if (right) row.foundAfter += 1; else row.falseAfter += 1; }
    for (const specialty of one.specialty === null ? ['*'] : ['*', one.specialty]) {
      const group = groupOf(specialty);
      if (!group.episodes.has(index)) { group.episodes.add(index); const gold = new Set(one.codes); group.gold += gold.size; if (specialty === '*') for (const code of gold) codeOf(code).gold += 1; }
      if (before) { group.before.said += 1; if (right) group.before.right += 1; }
      if (after) { group.after.said += 1; if (right) group.after.right += 1; }
    }
  }
  const score = ({ said, right }: { readonly said: number; readonly right: number }, gold: number): Score => ({ precision: said === 0 ? 0 : right / said, recall: gold === 0 ? 0 : right / gold, f1: said + gold === 0 ? 0 : (2 * right) / (said + gold), offered: said, right, gold });
  const { rows, error } = reliability(outcomes);
  return {
    learnedFrom, heldOut: groups.get('*')?.episodes.size ?? 0,
    specialties: [...groups].map(([specialty, { episodes, gold, before, after }]) => ({ specialty, episodes: episodes.size, before: score(before, gold), after: score(after, gold) })),
    codes: [...codes].map(([name, row]) => ({ name, ...row })).filter((row) => row.foundBefore !== row.foundAfter || row.falseBefore !== row.falseAfter)
      .sort((a, b) => (b.foundAfter - b.foundBefore - b.falseAfter + b.falseBefore) - (a.foundAfter - a.foundBefore - a.falseAfter + a.falseBefore)),
    reliability: rows, calibrationError: error,
  };
}
