export { compareAnswer, type CodeOutcome, type ComparedCode, type ComparedMark, type Comparison, type ExpectedAnswer, type MarkOutcome } from './compare.js';
export { afterCard, afterCase, afterLive, competencies, nextCase, readProgress, signOff, testScore, type Competency, type TestScore } from './progress.js';
export { progressTable, type ProgressWords } from './progress-table.js';
export { placesOf, readCurriculum } from './read-curriculum.js';
export { gradeCard, newCard, nextDay, recallOf, sessionOf } from './recall.js';
