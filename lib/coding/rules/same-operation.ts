import { refuseCodes, type CodingRule } from '../draft.js';

/** Unspecified or partial steps beside the operation that they are part of (ours, after the pairs of chapter C). */
const partOf: readonly (readonly [whole: RegExp, step: RegExp])[] = [
  [/^C712/, /^C7(?:1[1389]|49|3)|^C69[234]/], [/^C751/, /^C75[89]/], [/^V294/, /^V295/], [/^V33[17]/, /^V254/], [/^A(?:29|38)/, /^A029/],
  // The eye's local anaesthetic has codes of its own (PCSC1).
  [/^C90/, /^Y82/],
];

/** One operation is coded once: steps of it that have codes of their own are not coded beside it. */
export const sameOperation: CodingRule = {
  id: 'part-of-operation', isToBeChecked: true, on: 'procedures',
  apply: (draft) => refuseCodes(draft, ({ code }) => partOf.some(([whole, step]) => step.test(code) && draft.codes.some((other) => whole.test(other.code))), ['part-of-operation']),
};

/** Diagnostic procedures with the therapeutic ones at the same site. */
const therapeutic: readonly (readonly [diagnostic: RegExp, therapeutic: RegExp])[] = [
  [/^A55[39]/, /^A5(?:35|42)/], [/^W901/, /^W903/], [/^C866/, /^C[67]/], [/^W8[78]/, /^W8[2-5]/], [/^G45/, /^G4[34]/], [/^H2[258]/, /^H2[0136]/], [/^M45/, /^M4[2-4]/], [/^Q18/, /^Q1[67]/], [/^T624/, /^T625/],
];

/** PGCS2: of a diagnostic and a therapeutic procedure at the same site and time, the therapeutic one is coded. */
export const therapeuticOnly: CodingRule = {
  id: 'PGCS2', isToBeChecked: true, on: 'procedures',
  apply: (draft) => refuseCodes(draft, ({ code }) => therapeutic.some(([diagnostic, other]) => diagnostic.test(code) && draft.codes.some((one) => other.test(one.code))), ['PGCS2']),
};
