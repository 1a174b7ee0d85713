export { evidenceIn, viewCoding, type PlacedDocument } from './view-coding.js';
export { framesOf, mergeGaps, mergeSubjects, missingParts, shownFrames } from './merge-frames.js';
export { cardOf, episodeIn, fixesFor, muteDays, viewRecord, type Decisions, type ReviewedFrame } from './view-record.js';
export { findCopies, shortestCopy, type Copy } from './copied-forward.js';
