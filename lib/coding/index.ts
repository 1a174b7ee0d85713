export { codeEpisode } from './code-episode.js';
export { codeOnDay } from './code-on-day.js';
export type { EpisodeQuestion } from './question.js';
export { codingRules } from './rules/index.js';
export type { PlacedMention } from './candidates.js';
export { lexiconEntries, type ShippedCodes } from './lexicon-entries.js';
export { isLongTermCode } from './long-term.js';
export { atDepth, depthOf, isInForce } from './coding-depth.js';
export { factsOf, isAnswer, type FactSources } from './episode-facts.js';
