/** One XmR chart that somebody published with its figures. */
export interface PublishedXmr {
  readonly source: string;
  readonly values: readonly number[];
  readonly mean: number;
  readonly averageRange?: number;
  readonly upper: number;
  readonly lower: number;
  readonly rangeLimit?: number;
  /** By how much the printed figures may differ: half of their last digit, or what the source's own rounding explains. */
  readonly within: number;
  /** Places outside the limits, from 0, where the source names them (or says that there are none). */
  readonly outside?: readonly number[];
  /** Places whose moving range is above its limit, where the source names them. */
  readonly rangesOutside?: readonly number[];
}

const makingSense = 'Wheeler, Making Sense of Data (2003)';
const plotTheDots = 'NHSRplotthedots';
/** set.seed(123); rnorm(20) of R, to the digits that R prints. */
const rnorm20 = [
  -0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123, -0.68685285, -0.44566197,
  1.2240818, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314, 0.49785048, -1.96661716, 0.70135590, -0.47279141,
];
const receivable = [55.6, 54.7, 54.9, 54.8, 56.9, 55.7, 53.8, 54.8, 53.4, 57.0, 59.4, 63.2];

/** Published charts and their figures. Where a source uses 3 / 1.128 instead of 2.66, `within` leaves room for that. */
export const published: readonly PublishedXmr[] = [
  { source: `${makingSense}, p. 382: data set for verifying software`, values: [5045, 4350, 4350, 3975, 4290, 4430, 4485, 4285, 3980, 3925, 3645, 3760, 3300, 3685, 3463, 5200], mean: 4135.5, averageRange: 355.93, upper: 5082.28, lower: 3188.72, rangeLimit: 1163.19, within: 0.006, outside: [15], rangesOutside: [15] },
  { source: `${makingSense}, p. 130, figure 9.9: peak flow, days 1 to 18`, values: [120, 140, 100, 150, 260, 150, 100, 120, 300, 300, 275, 300, 140, 170, 150, 150, 190, 180], mean: 183.1, averageRange: 52.4, upper: 322.5, lower: 43.7, rangeLimit: 171.3, within: 0.25, outside: [], rangesOutside: [8] },
  { source: `${makingSense}, table 9.1: accident rates, group A`, values: [43, 40, 37, 33, 30, 33, 34, 35, 29, 33, 31, 39], mean: 34.75, upper: 43.9, lower: 25.6, within: 0.05, outside: [] },
  { source: `${makingSense}, table 9.1: accident rates, group B`, values: [35, 37, 33, 32, 27, 29, 31, 22, 25, 30, 24, 19], mean: 28.67, upper: 39.3, lower: 18.0, within: 0.05, outside: [] },
  { source: `${plotTheDots}, vignette “Deviations from Excel defaults”, as the Making Data Count tools have it`, values: [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1], mean: 1.94, upper: 6.95, lower: -3.06, within: 0.005, outside: [4] },
  { source: `${plotTheDots}, tests/testthat/_snaps/ptd_spc.md: 20 points`, values: rnorm20, mean: 0.142, upper: 3.29, lower: -3.01, within: 0.005, outside: [] },
  { source: `${plotTheDots}, tests/testthat/_snaps/ptd_spc.md: facet 0`, values: rnorm20.slice(0, 10), mean: 0.0746, upper: 2.75, lower: -2.6, within: 0.005, outside: [] },
  { source: `${plotTheDots}, tests/testthat/_snaps/ptd_spc.md: facet 1`, values: rnorm20.slice(10), mean: 0.209, upper: 3.7, lower: -3.28, within: 0.005, outside: [] },
  { source: 'NIST/SEMATECH e-Handbook, 6.3.2.2: flow rate of ten batches', values: [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1], mean: 50.81, averageRange: 1.8778, upper: 55.8041, lower: 45.8159, within: 0.0009, outside: [] },
  { source: 'Montgomery, Applied Statistics and Probability for Engineers, exercise of section 15-4 (answer: questionai.com/textbooksolution-120656)', values: [51, 52, 54, 55, 55, 51, 52, 50, 51, 56, 51, 57, 58, 50, 53, 52, 54, 50, 56, 53], mean: 53.05, averageRange: 2.947, upper: 60.888, lower: 45.212, within: 0.004, outside: [] },
  { source: 'Montgomery, Introduction to Statistical Quality Control, example 6.5: cost of processing loans', values: [310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304], mean: 300.5, averageRange: 7.79, upper: 321.22, lower: 279.78, within: 0.008, outside: [] },
  { source: 'spc_plotly, README: monthly counts', values: [2478, 2350, 2485, 2296, 2359, 2567, 3089, 2668, 1788, 2854, 2365, 1883, 1959, 1927, 2640, 2626, 2144, 2409, 4412, 3287, 3049, 3364, 3078, 2972, 3415, 2753, 3102, 2191, 3693, 4385, 4699, 3031, 2659, 3885, 2628, 2621, 3071, 2002], mean: 2820.6316, averageRange: 571.8919, upper: 4341.864, lower: 1299.3993, within: 0.001 },
  { source: 'statprocon, README', values: [10, 50, 40, 30], mean: 32.5, upper: 85.7, lower: -20.7, within: 0.05 },
  { source: 'statprocon, tests: three points', values: [3, 4, 5], mean: 4, averageRange: 1, upper: 6.66, lower: 1.34, rangeLimit: 3.268, within: 0.0005 },
];

/** Table 9.2 of the same book: accounts receivable in percent of sales; limits from year one, both years judged by them. */
export const receivables = { source: `${makingSense}, table 9.2`, values: [...receivable, 60.9, 60.7, 58.6, 57.3, 56.9, 58.1, 58.3, 50.9, 53.3, 52.5, 50.8, 52.9], rangesOutside: [19] };
