export { createLogStore, logSchema, type DeviceLog, type LogStoreOptions } from './log-store.js';
export { checkDraft } from './check-draft.js';
export { faultName, faultSubject, foldDecisions, type FoldedDecisions } from './fold.js';
export { documentKey, episodeKey, normalIdentifier, placeKey, type DocumentPlace, type FoundPlace } from './keys.js';
export { emptyEpisode, foldEpisodes } from './fold-episode.js';
export { createSharedStore, type SharedStore, type SharedStoreFailure, type TakenStatements } from './shared-store.js';
