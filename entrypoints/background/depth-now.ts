import { shippedExceptions } from '../../assets/starter.js';
import { depthOf, factsOf, isAnswer, textsOfStay } from '../../lib/coding/index.js';
import type { CodedEpisode, CodingDepth } from '../../lib/model/coded-episode.js';
import type { EpisodeKey } from '../../lib/model/decision.js';
import type { ClinicalDocument } from '../../lib/model/document.js';
import type { Episode } from '../../lib/model/episode.js';
import type { AskedField, DepthReason, FactAnswer } from '../../lib/model/exception.js';
import type { Settings } from '../../lib/model/settings.js';
import type { Coding } from '../../lib/model/suggestion.js';

type Answers = Readonly<Partial<Record<AskedField, FactAnswer>>>;

/** Episodes whose answers are kept; the oldest go first. */
const keptEpisodes = 200;

/** What coders said of episodes that the page does not say: in memory only, for as long as the background lives. */
export interface FactAnswers {
  readonly of: (episode: EpisodeKey) => Answers;
  /** False where that cannot be the answer. Null takes an answer back. */
  readonly give: (episode: EpisodeKey, field: AskedField, answer: FactAnswer | null) => boolean;
}

/** Makes the memory of answers. */
export function createFactAnswers(): FactAnswers {
  const kept = new Map<EpisodeKey, Answers>();
  return {
    of: (episode) => kept.get(episode) ?? {},
    give(episode, field, answer) {
      if (answer !== null && !isAnswer(field, answer)) return false;
      const { [field]: _, ...others } = kept.get(episode) ?? {};
      kept.delete(episode);
      kept.set(episode, answer === null ? others : { ...others, [field]: answer });
      const [oldest] = kept.keys();
      if (kept.size > keptEpisodes && oldest !== undefined) kept.delete(oldest);
      return true;
    },
  };
}

/** The episode on screen, as far as its depth depends on it. */
export interface DepthQuestion {
  readonly settings: Pick<Settings, 'depth' | 'exceptions'>;
  readonly episode: Episode;
  readonly documents: readonly ClinicalDocument[];
  readonly treatmentFunction: string | null;
  readonly coding: Coding | null;
  readonly coded: CodedEpisode | null;
  readonly answers: Answers;
  /** Day of discharge, or today where the page shows none. */
  readonly day: string;
}

/** How far the episode on screen is coded now: by the coder's choice, else by the department's list. `criterion` is what the log says of it. */
export function depthNow({ settings, episode, documents, treatmentFunction, coding, coded, answers, day }: DepthQuestion): { readonly depth: CodingDepth; readonly reason: DepthReason; readonly criterion: string } {
  const list = settings.exceptions ?? shippedExceptions;
  const facts = factsOf({ episode, texts: textsOfStay(documents, episode), treatmentFunction, coding, coded, answers });
  const { depth, ground, missing } = depthOf(list.criteria, facts, settings.depth, day);
  const about = { answered: Object.keys(answers) as AskedField[], status: list.status };
  // Who has chosen is asked nothing more.
  if (coded?.depth) return { depth: coded.depth, reason: { ground: { kind: 'chosen' }, missing: [], ...about }, criterion: 'coder' };
  return { depth, reason: { ground, missing, ...about }, criterion: ground.kind === 'criterion' ? ground.id : 'default' };
}
