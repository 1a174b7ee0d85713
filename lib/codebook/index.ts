export { createCodeShelf, dayOf, newest, type CodeShelf } from './code-shelf.js';
export { createCodeBook, type CodeBookOptions } from './codebook-store.js';
export { chooseEdition, knownWindows } from './editions.js';
export { largestFile, textOfFile } from './file-text.js';
export { planImport, readEdition, type EditionReading, type FileText } from './plan-import.js';
export { readCodeFile } from './read-code-file.js';
export { shippedLists, type ShippedText } from './shipped-lists.js';
export { createCodeFinder, type CodeFinder, type FinderSources } from './code-finder.js';
export { createCodeSearch, type CodeSearch, type SearchHit, type SearchLine } from './search-codes.js';
