export { createLogStore, logSchema, type DeviceLog, type LogStoreOptions } from './log-store.js';
export { checkDraft } from './check-draft.js';
export { faultName, faultSubject, foldDecisions, type FoldedDecisions } from './fold.js';
export { auditKey, createLedgerKeys, documentKey, episodeKey, normalIdentifier, placeKey, type DocumentPlace, type FoundPlace, type LedgerKeys } from './keys.js';
export { emptyEpisode, foldEpisodes } from './fold-episode.js';
export { createSharedStore, type SharedStore, type SharedStoreFailure, type TakenStatements } from './shared-store.js';
export { createLedgerStore, type LedgerHeld, type LedgerParts, type LedgerStore, type LedgerStoreFailure } from './ledger-store.js';
