/** The shelf of reports: one file each, and a line here. */
export { machinesTogether } from './all-machines.js';
export { leavingFigures } from './monthly-figures.js';
export { chartMonths, questionOf } from './quality-question.js';
export { beforeAfter, type ComparedSpans } from './before-after.js';
export { qualityOverview, qualityReport, specialtyDetails, type QualityQuestion, type QualityReport, type SpecialtyQuality } from './quality-report.js';
export { canCompareSince, leadPack, type PackQuestion } from './lead-pack.js';
export { rateChart, type ChartSettings, type MonthTally } from './rate-chart.js';
export { rateRatio, type CountedRate, type RateRatio } from './rate-ratio.js';
export { hiddenCells, smallestShown, type HidingTerms, type SumLine } from './small-cells.js';
export { dimensions, noTerm, talliesOf, type Dimension, type SpecialtyTally, type Tally } from './tallies.js';
export { xmrOf, type PhaseStart } from './xmr.js';
export { foldQueries, queryBurden, sharedFaults } from './queries.js';
