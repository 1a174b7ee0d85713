import { fail, succeed, type Result } from '../base/result.js';
import type { CaseReading, LabelledCase } from '../model/learning.js';
import type { LabelledFileFailure, LabelledSummary, TrainingProgress } from '../model/training.js';
import { growVocabulary, type Vocabulary } from './phrase.js';
import { readLabelledFile, type LabelledReading } from './read-labelled-file.js';
import { train, type Trained } from './train.js';

/** What training needs of the other rooms, as an entrypoint joins them. */
export interface TrainingTools extends LabelledReading {
  /** A text as learning sees it. */
  readonly learn: (text: string, specialty: string | null) => CaseReading;
  /** The specialty that a file's words name, or null. */
  readonly specialtyOf: (written: string | null) => string | null;
  /** Is this word in the lists that ship? */
  readonly isClinical: Vocabulary;
  /** The name of the edition that a day's codes were held against; null where none is here for it. */
  readonly editionOf: (day: string | null) => string | null;
}

export interface TrainedOnFile extends Trained { readonly summary: LabelledSummary }

/** Bytes of the largest file that is read: a string of browsers and of Node holds some 500 million characters. */
export const largestFile = 400 * 1024 * 1024;
/** Fewer cannot be learned from and measured. */
export const fewestEpisodes = 10;
/** More are not learned from at once, the newest go before: what is read of a note must be in memory together. */
export const mostEpisodes = 20_000;

/**
 * Learns from a labelled file, oldest episode first where every one has a day, else in the order of the file. Nothing is kept: what comes back is for
 * a person to take or leave. The same file gives the same model, in a browser and in Node.
 */
export function* trainOnFile(text: string, tools: TrainingTools): Generator<TrainingProgress, Result<TrainedOnFile, LabelledFileFailure>> {
  const file = yield* readLabelledFile(text, tools);
  if (!file.ok) return file;
  const { format, read, bad, faults } = file.value;
  if (file.value.episodes.length < fewestEpisodes) return fail({ kind: 'too-few', usable: file.value.episodes.length, needed: fewestEpisodes });
  const order = file.value.episodes.every(({ date }) => date !== null) ? 'time' : 'file';
  const ordered = order === 'time' ? [...file.value.episodes].sort((a, b) => ((a.date ?? '') < (b.date ?? '') ? -1 : (a.date ?? '') > (b.date ?? '') ? 1 : 0)) : file.value.episodes;
  const episodes = ordered.slice(-mostEpisodes);
  const editions = new Map<string | null, number>();
  const cases: (LabelledCase & { readonly text: string })[] = [];
  // One copy of each word: half of the memory that a file of thousands needs.
  const words = new Map<string, string>();
  const same = (word: string): string => { const held = words.get(word); if (held !== undefined) return held; words.set(word, word); return word; };
  let withoutSpecialty = 0;
  for (const [index, { text: note, codes, spans, depth, specialty: written, date }] of episodes.entries()) {
    const specialty = tools.specialtyOf(written);
    if (specialty === null) withoutSpecialty += 1;
    const edition = tools.editionOf(date);
    editions.set(edition, (editions.get(edition) ?? 0) + 1);
    const reading = tools.learn(note, specialty);
    cases.push({ ...reading, words: reading.words.map((word) => ({ ...word, folded: same(word.folded) })), codes, spans, depth, text: note });
    if (index % 10 === 9) yield { step: 'coding', done: 0.1 + 0.4 * (index / episodes.length), counted: { done: index + 1, of: episodes.length } };
  }
  const growing = growVocabulary(cases, tools.isClinical);
  let vocabulary: ReadonlySet<string> | null = null;
  for (let step = growing.next(); vocabulary === null; step = growing.next()) { if (step.done) { vocabulary = step.value; break; } yield { step: 'phrases', done: 0.5, counted: { done: step.value, of: cases.length } }; }
  const steps = train(cases, vocabulary);
  for (let step = steps.next(); ; step = steps.next()) {
    if (!step.done) { yield { ...step.value, done: 0.5 + 0.5 * step.value.done }; continue; }
    const summary: LabelledSummary = {
      format, read, taken: cases.length, bad, faults, left: ordered.length - episodes.length, order, withoutSpecialty,
      editions: [...editions].sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1)).map(([name, count]) => ({ name, episodes: count })),
    };
    return succeed({ ...step.value, summary });
  }
}
