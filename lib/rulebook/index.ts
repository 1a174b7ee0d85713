export { checkPack, createRulebook, type RulebookFailure, type RulebookProblem } from './check-pack.js';
export { findSpecialty } from './find-specialty.js';
export { findAuthorRole, findPlace } from './find-named.js';
export { entryOf, inOrder, isTextMissing, ruleOf, signedOff, withText } from './sheet-entry.js';
export { applyChanges, changedParts, diffSheets, mergeSheets, settleConflict } from './sheet-changes.js';
export { draftEntries, draftFrom, editionInForce, publishDraft, rolledBack, rulebookOf, shippedEdition, textsToReview, unreviewedTexts, unsoundEntries, withEntries } from './sheet-editions.js';
export { diagnoseEntry, noiseOf, wordsOfSheet, type ReadBy, type SheetWords } from './diagnose-entry.js';
export { mapColumns, readSheetTable, sheetTable } from './sheet-table.js';
export { readSignedEdition, writtenEdition } from './signed-edition.js';
