export { checkAdapter, chooseAdapter, createDeclarativeAdapter, genericAdapter, matchesAddress, readDate, shippedAdapters } from './adapters/index.js';
export { addressOf, openRootOnly, type OpenRoot } from './page-access.js';
export { readRegion, type RegionText } from './read-text.js';
export { createTextMap, type TextMap } from './text-map.js';
export { createFingerprint, readSubject, takeSnapshot, untaughtPage, type Lent, type Reading, type SnapshotOptions } from './take-snapshot.js';
export { watchPage, type PageWatch } from './watch-page.js';
export { fetchLetter, largestLetter, lettersIn, type LetterFailure, type ShownLetter } from './letters.js';
export { nhsNumbersIn } from './patient-identifier.js';
export { forgetRows } from './rows-shown.js';
