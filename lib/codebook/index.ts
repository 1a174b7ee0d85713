export { createCodeShelf, dayOf, newest, type CodeShelf } from './code-shelf.js';
export { createCodeBook, type CodeBookOptions } from './codebook-store.js';
export { chooseEdition, knownWindows } from './editions.js';
export { fewestCodes, readCodeFile } from './read-code-file.js';
export type { ImportProgress, ReadingOptions } from './read-lines.js';
export { shippedLists, type ShippedText } from './shipped-lists.js';
export { createCodeSearch, type CodeSearch, type SearchHit, type SearchLine } from './search-codes.js';
