import { codeOf, refuse, type CodingRule, type Draft } from '../draft.js';

/** General words, and the precise ones that say the same condition. */
const precise: readonly (readonly [general: RegExp, precise: RegExp])[] = [
  // A tumour of unknown behaviour, and a spread without a site, are what the cancer and its sites are called elsewhere.
  [/^D37/, /^C[12]/], [/^D38/, /^C3/], [/^D39/, /^C5[1-8]/], [/^D40/, /^C6[0-3]/], [/^D41/, /^C6[4-8]/], [/^D43[0124]/, /^C7[0-2]/], [/^D44/, /^C7[3-5]/], [/^D48/, /^C(?:4|50|69)/], [/^C799/, /^C7[78]|^C79[0-8]/],
  [/^C80/, /^C[0-7]|^C9/], [/^T14[89]/, /^(?:I6[0-2]|S)/], [/^S09[89]/, /^S0[0-8]/], [/^S199/, /^S1[0-8]/], [/^S299/, /^S2[0-8]/], [/^S399/, /^S3[0-8]/], [/^S499/, /^S4[0-8]/], [/^S599/, /^S5[0-8]/], [/^S699/, /^S6[0-8]/], [/^S799/, /^S7[0-8]/], [/^S899/, /^S8[0-8]/], [/^S999/, /^S9[0-8]/], [/^R58X/, /^(?:I6[0-2]|K92|N93|R31|R04|H43)/], [/^I629/, /^I6[0-2][0-8]/], [/^D432/, /^C7[01]|^D33|^D32/], [/^C449/, /^C43/], [/^E149/, /^E1[0-3]/], [/^E119/, /^E11[0-8]/], [/^E109/, /^E10[0-8]/], [/^I64X/, /^I6[0-3]/], [/^I671/, /^I60/], [/^H269/, /^(?:H25|H26[0-4]|H280|Q120)/], [/^H259/, /^H25[0-8]/], [/^M199/, /^M1[5-8]/], [/^M139/, /^M(?:0[5-9]|1[0-9])/], [/^I259/, /^I25[013-8]/], [/^J22X/, /^J1[2-8]/], [/^F03X/, /^F0[0-2]/],
  [/^G629/, /^(?:G6[0-4]|G632)/], [/^N189/, /^N18[1-5]/], [/^I489/, /^I48[0-4]/], [/^I509/, /^I50[01]|^I11/], [/^I849|^K649/, /^K64[0-8]/], [/^M069/, /^M(?:05|060|06[1-4])/], [/^M819/, /^M8(?:1[0-8]|0)/], [/^R568/, /^G4[01]/], [/^G409/, /^G40[0-8]/], [/^H409/, /^H40[0-8]/],
];

/** Is the first code the general form of the second? */
export function isLessSpecific(general: string, other: string): boolean {
  if (general === other) return false;
  if (precise.some(([one, two]) => one.test(general) && two.test(other))) return true;
  // An old infarct is coded beside the disease of the heart, not for it.
  if (other === 'I252') return false;
  return general.slice(0, 3) === other.slice(0, 3) && general.endsWith('9') && !other.endsWith('8') && /^[A-QS]/.test(general);
}

/** DGCS.1, specificity: a condition given in general terms and precisely elsewhere is coded as the precise one, which takes over its place in the note. */
export const specificity: CodingRule = {
  id: 'less-specific', isToBeChecked: false, on: 'diagnoses',
  apply(draft) {
    const general = draft.lines.filter((line) => draft.lines.some((other) => isLessSpecific(codeOf(line), codeOf(other))));
    const heirs: Draft = { ...draft, lines: draft.lines.map((line) => ({ ...line, standsFor: [...line.standsFor, ...general.filter((one) => one !== line && isLessSpecific(codeOf(one), codeOf(line))).map((one) => one.candidate)] })) };
    return general.reduce((held, line) => { const here = held.lines.find(({ candidate }) => candidate === line.candidate); return here ? refuse(held, here, ['DGCS.1', 'less-specific']) : held; }, heirs);
  },
};
