export { conflictsIn, evidenceIn, viewBoard, viewCoding, type PlacedDocument, type TitleOf } from './view-coding.js';
export { framesOf, mergeGaps, mergeSubjects, missingParts, pagesAbout, unjudgedFrames } from './merge-frames.js';
export { cardOf, episodeIn, fixesFor, muteDays, viewRecord, type Decisions, type ReviewedFrame } from './view-record.js';
export { findCopies, shortestCopy, type Copy } from './copied-forward.js';
