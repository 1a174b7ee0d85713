import { codeOf, mark, refuse, type CodingRule } from '../draft.js';

/** Codes that cannot stand together: the second gives way to the first (ours, after the exclusions of ICD-10). */
const notWith: readonly (readonly [stays: RegExp, goes: RegExp])[] = [
  [/^I1[1-35]/, /^I10X/], [/^M315/, /^M3(?:16|53)/], [/^M05/, /^M069/], [/^M45X/, /^M46[89]/], [/^G35X/, /^G37[89]/], [/^I6[0-3]/, /^(?:I64X|G459)/], [/^I63/, /^I6[56]/], [/^M47[12]/, /^M47[89]/], [/^M50[01]/, /^M50[239]/], [/^M51[01]/, /^M51[239]/], [/^(?:M471|M500|M510)/, /^G95[29]/], [/^H40[1-8]/, /^H400/], [/^F0[0-3]/, /^F067/], [/^J18/, /^J22X/],
  [/^D50/, /^D649/], [/^N18/, /^N19X/], [/^E1[0-4]/, /^R73/], [/^Z992/, /^Z91/], [/^G20X/, /^G21[189]/], [/^F10[2]/, /^F101/], [/^E66/, /^R635/], [/^M80/, /^(?:M81|M844|S[23]20)/], [/^I48/, /^I49[89]/], [/^A4[01]/, /^A499/], [/^T812/, /^T818/],
];
/** Types that contradict each other: the record has to settle it, both stay and are asked for. */
const contradictory: readonly (readonly [RegExp, RegExp])[] = [[/^E10/, /^E11/], [/^M05/, /^M060/], [/^I480/, /^I48[12]/]];

/** Codes that exclude each other do not stand together; types that contradict each other are asked for. */
export const excludes: CodingRule = {
  id: 'excludes', isToBeChecked: true, on: 'diagnoses',
  apply(draft) {
    const settled = draft.lines.filter((line) => notWith.some(([stays, goes]) => goes.test(codeOf(line)) && draft.lines.some((other) => other !== line && stays.test(codeOf(other))))).reduce((held, line) => refuse(held, line, ['excludes']), draft);
    return { ...settled, lines: settled.lines.map((line) => (contradictory.some((pair) => pair.some((one, at) => one.test(codeOf(line)) && settled.lines.some((other) => pair[1 - at]?.test(codeOf(other))))) ? mark(line, 'excludes', 'prompt.contradiction') : line)) };
  },
};
