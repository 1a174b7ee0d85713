export { createLogStore, logSchema, type DeviceLog, type LogStoreOptions } from './log-store.js';
export { checkDraft } from './check-draft.js';
export { foldDecisions, type DecisionState } from './fold.js';
export { episodeKey, normalIdentifier, placeKey } from './keys.js';
