export { createSettings, createSettingsStore, createSentinelStore, type BrowserSettings } from './settings-store.js';
export type { StorageAreas, StorageArea, WritableArea } from './storage-areas.js';
export { createLearnedStore, type LearnedPart, type LearnedStore, type PartStore } from './learned-store.js';
export { deviceKeys, deviceOf, isSigned, type DeviceKeys } from './device-keys.js';
export { createLearnerRecord, type LearnerRecord } from './learner-record.js';
export { createLogFiles } from './cached-files.js';
export { createSheetStore, type SheetStore } from './sheet-store.js';
export { createSendingStore, isToken, type Credential, type SendingStore } from './sending-store.js';
