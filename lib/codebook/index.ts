export { createCodeBook, type CodeBookOptions } from './codebook-store.js';
export { chooseEdition, knownWindows } from './editions.js';
export { fewestCodes, readCodeFile } from './read-code-file.js';
export type { ImportProgress, ReadingOptions } from './read-lines.js';
export { createCodeSearch, type CodeSearch, type SearchHit, type SearchLine } from './search-codes.js';
