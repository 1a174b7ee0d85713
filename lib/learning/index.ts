export { calibrate, calibrated, reliability, type Outcome, type ReliabilityRow } from './calibration.js';
export { caseReading, flagOf, type ReadForLearning } from './case-reading.js';
export { shrunkShare, wilsonLower } from './interval.js';
export { suggestByRecord, type LearnedModel } from './model.js';
export { phraseOf, stem, vocabularyOf } from './phrase.js';
export { readLabelledLine, type LabelledEpisode, type LabelledFault } from './read-labelled.js';
export { train, type Trained, type TrainingProgress, type TrainingReport } from './train.js';
export { enoughEpisodes, withRecord } from './with-record.js';
export { readModel, writeModel, type ModelFailure } from './written-model.js';
