export { codeEpisode, type EpisodeQuestion } from './code-episode.js';
export { codeOnDay } from './code-on-day.js';
export type { PlacedMention } from './candidates.js';
export { lexiconEntries, type ShippedCodes } from './lexicon-entries.js';
export { isLongTermCode } from './long-term.js';
