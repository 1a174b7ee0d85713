import type { CaseReading, CodeName, LearnedSuggestion } from '../model/learning.js';
import { calibrated, type Calibration } from './calibration.js';
import { rankedCandidates } from './candidates.js';
import type { PhraseMemory } from './phrase-memory.js';
import { sureness, type Ranker } from './ranker.js';
import { scoreWording, type WordingModel } from './wording.js';

/** Everything that was learned, as it is used. `written-model` writes and reads it as a file. */
export interface LearnedModel {
  /** Episodes that were learned from. */
  readonly episodes: number;
  /** Episodes of each specialty (`*`: all) that were coded in full. */
  readonly specialties: ReadonlyMap<string, number>;
  readonly vocabulary: ReadonlySet<string>;
  readonly memory: PhraseMemory;
  readonly wording: WordingModel;
  readonly prior: ReadonlyMap<CodeName, number>;
  readonly ranker: Ranker;
  readonly calibration: Calibration;
  /** What a code must reach to be offered: where the balance of found and false was best on episodes not learned from. */
  readonly threshold: number;
}

/** All codes that the model has something to say of for a document, surest first. */
export function suggestByRecord(model: LearnedModel, one: CaseReading): readonly LearnedSuggestion[] {
  const wording = scoreWording(model.wording, one.words, (word) => model.vocabulary.has(word));
  return rankedCandidates(one, { memory: model.memory, wording, prior: (name) => model.prior.get(name) ?? 0 })
    .map(({ name, features, evidence, from, record }): LearnedSuggestion => {
      const confidence = calibrated(model.calibration, sureness(model.ranker, features));
      return { name, confidence, shown: confidence >= model.threshold, evidence, from, record: record && { accepted: record.accepted, seen: record.seen } };
    })
    .sort((a, b) => b.confidence - a.confidence);
}
