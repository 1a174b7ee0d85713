export { readLanguage } from './document-language.js';
export { compileWords, openWords, scanWords, type WordMatcher, type WordPattern } from './matcher.js';
export { createReader, diagnose, type Finding, type Reader } from './reader.js';
export { createAsserter, readText, type Asserter, type ReadText } from './assertion.js';
export { findSideConflicts, type SidedDocument } from './quality/index.js';
export { compileLexicon, createLexicon, isAbbreviation, openLexicon, type Lexicon, type LexiconWords } from './lexicon.js';
export { findMentions, joinMentions } from './mentions.js';
export { mutatedPhrases } from './mutation.js';
export { placedWords, type PlacedWord } from './words.js';
