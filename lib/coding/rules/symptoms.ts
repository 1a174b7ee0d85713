import { isDoubted } from '../candidates.js';
import { codeOf, refuse, type CodingRule, type Draft } from '../draft.js';
import { isSymptom } from '../symptoms.js';

/** Symptoms with the diagnoses that they belong to; the pairs are ours. */
const integral: readonly (readonly [symptom: RegExp, of: RegExp])[] = [
  [/^R568/, /^(?:G40|G41|F445)/], [/^R51X/, /^(?:G43|G44|G932|G97|I60|G03|M316|M315)/], [/^(?:R42X|R270|R26)/, /^(?:G35|G11|H81|G91|G20|G21)/], [/^R251/, /^(?:G20|G25|G21)/],
  [/^(?:M255|M254|M256)/, /^(?:M0[5-9]|M1[0-9]|M32|M34|M353|M45|M02)/], [/^R53X/, /^(?:M353|M32|M797|G35|G70|D6)/],
  [/^(?:R20|R202)/, /^(?:G35|G5|G6|M5[014]|I6)/], [/^(?:R29[0-5]|R47|R13)/, /^(?:I6|G12|G70)/],
  [/^(?:H53[1-9]|H54)/, /^(?:H2[5-8]|H4[036]|H3[3-6])/], [/^(?:M79[16])/, /^(?:M33|M60|M353|M797)/], [/^R55X/, /^(?:I95|I4[4-9]|G40|G45)/], [/^R4[01]/, /^(?:F0|G93|K72|G30)/],
  [/^R51X/, /^(?:I6[12]|G0[0-5]|G91)/], [/^R298/, /^(?:G12|G35|G61|G7[0-2]|G8[1-3]|M541|M5[01])/], [/^L53[89]/, /^(?:L0[1-8]|M1[01]|H0[01]|A46)/],
  // Bony spurs are what spondylosis and arthrosis are made of.
  [/^M257/, /^M(?:1[5-9]|4[78]|5[01])/],
  [/^(?:M255|M796)/, /^S[4-9]/],
  [/^M545/, /^(?:M51|M48|M47|M54[34])/], [/^M542/, /^(?:M50|M47|M54[12])/],
];

/** Does the diagnosis account for the symptom? Both as codes. */
export function isIntegral(symptom: string, diagnosis: string): boolean {
  return symptom !== diagnosis && integral.some(([one, of]) => one.test(symptom) && of.test(diagnosis));
}

/** DCS.XVIII: a symptom that belongs to a coded diagnosis is not coded beside it; the diagnosis takes over its place in the note. */
export const symptomsOfDiagnosis: CodingRule = {
  id: 'DCS.XVIII', isToBeChecked: true, on: 'diagnoses',
  apply(draft) {
    const whole = draft.lines.filter((line) => !isSymptom(codeOf(line)) && !isDoubted(line.candidate));
    const owned = draft.lines.filter((line) => whole.some((other) => isIntegral(codeOf(line), codeOf(other))));
    const heirs: Draft = { ...draft, lines: draft.lines.map((line) => ({ ...line, standsFor: [...line.standsFor, ...owned.filter((one) => one !== line && isIntegral(codeOf(one), codeOf(line))).map((one) => one.candidate)] })) };
    return owned.reduce((held, line) => { const here = held.lines.find(({ candidate }) => candidate === line.candidate); return here ? refuse(held, here, ['DCS.XVIII', 'symptom-of-diagnosis']) : held; }, heirs);
  },
};
