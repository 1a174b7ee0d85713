import { codeName, type LearnedSuggestion } from '../model/learning.js';
import { bandOf, type Coding, type Suggestion } from '../model/suggestion.js';
import { besideEngine, type RecordWords } from './beside-engine.js';

/** How the record is let in: its words, and whether the specialty was learned well enough to decide what is offered. */
export interface RecordPolicy extends RecordWords {
  /** True: the record decides what is offered. False: the engine does, and what only the record knows is ranked below. */
  readonly decides: boolean;
}

/** Episodes of a specialty, coded in full, from which on the record decides what is offered. */
export const enoughEpisodes = 50;

/** The engine's answer with the record's word on each code, and the codes that only the record knows behind them. Roles, order and evidence of the engine stay. */
export function withRecord(coding: Coding, learned: readonly LearnedSuggestion[], { decides, ...words }: RecordPolicy): Coding {
  const byName = new Map(learned.map((one) => [one.name, one]));
  const weighed = coding.suggestions.map((one): Suggestion => {
    const record = byName.get(codeName(one.system, one.code));
    if (!record) return one;
    return { ...one, confidence: record.confidence, band: bandOf(record.confidence), shown: decides ? record.shown : one.shown };
  });
  const more = besideEngine(coding, learned.map(({ name, confidence, shown, evidence, from }) => ({ name, confidence, shown: decides && shown, at: evidence, from: from === 'phrase' ? 'phrase' : 'wording' })), words);
  return { ...coding, suggestions: [...weighed, ...more] };
}
