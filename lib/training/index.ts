export { compareAnswer } from './compare.js';
export { compareRecord, type ReadRecord } from './compare-record.js';
export { deckFile, leaveDeck, readSignedDeck, takeDeck, writtenDeck } from './deck.js';
export { afterStep, firstSteps, tickStep, type FirstUse } from './first-steps.js';
export { taughtRuleOf } from './taught-rules.js';
export { afterCard, afterCase, afterLive, calibration, competencies, gradesFor, nextCase, readProgress, signOff, testScore } from './progress.js';
export { progressTable, type ProgressWords } from './progress-table.js';
export { placesOf, placesTyped, readCurriculum } from './read-curriculum.js';
export { gradeCard, newCard, nextDay, recallOf, sessionOf } from './recall.js';
