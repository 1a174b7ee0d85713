import { csvText, type TableLine } from '../base/csv.js';
import type { ItemId, Sureness, TraineeProgress, TrainingCase } from '../model/trainee.js';
import { calibration, competencies, testScore } from './progress.js';

/** What the columns and things are called, in the language of the export. */
export interface ProgressWords {
  readonly headings: readonly [string, string, string, string, string, string, string, string, string];
  readonly nameOf: (item: ItemId) => string;
  readonly standardOf: (item: ItemId) => string;
  readonly specialtyOf: (id: string) => string;
  readonly level: (level: 'learning' | 'ready' | 'signed') => string;
  readonly test: (set: 'pre' | 'post') => string;
  readonly live: string;
  readonly sure: (sure: Sureness) => string;
  readonly day: (wall: number) => string;
}

/** Progress as CSV: what was tried, right and signed, by rule and specialty, then the tests, the live records and how sure the trainee was, in counts. It names no case's words and no record. */
export function progressTable(progress: TraineeProgress, cases: readonly TrainingCase[], words: ProgressWords, wall: number): string {
  const lines: TableLine[] = competencies(progress, wall).map(({ item, specialty, tried, right, recall, level, signOff }) => [
    words.nameOf(item), words.standardOf(item), words.specialtyOf(specialty), tried, right, recall === null ? null : Math.round(recall * 100), words.level(level), level === 'signed' ? signOff?.by ?? null : null, level === 'signed' && signOff ? words.day(signOff.at) : null,
  ]);
  for (const set of ['pre', 'post'] as const) {
    const { taken, right, of } = testScore(progress, cases, set);
    if (taken > 0) lines.push([words.test(set), null, null, of, right, null, null, null, null]);
  }
  const sum = (of: 'right' | 'of'): number => progress.live.reduce((total, one) => total + one[of], 0);
  if (progress.live.length > 0) lines.push([words.live, null, null, sum('of'), sum('right'), null, null, null, null]);
  for (const { sure, right, of } of calibration(progress)) lines.push([words.sure(sure), null, null, of, right, null, null, null, null]);
  return csvText([words.headings, ...lines]);
}
