export { compareAnswer } from './compare.js';
export { afterCard, afterCase, afterLive, afterStep, calibration, competencies, gradesFor, nextCase, readProgress, signOff, testScore } from './progress.js';
export { progressTable, type ProgressWords } from './progress-table.js';
export { placesOf, readCurriculum } from './read-curriculum.js';
export { gradeCard, newCard, nextDay, recallOf, sessionOf } from './recall.js';
