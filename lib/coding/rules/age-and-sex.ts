import { codeOf, refuse, type CodingRule } from '../draft.js';

/** Where the edition brings no limits: chapters and categories of one sex or of the newborn (ours). */
const female = /^(?:O|N7[0-7]|N8[0-9]|N9[0-8]|C5[1-8]|D06|D2[5-8]|Z3[2-69])/;
const male = /^(?:N4[0-9]|N50|N51|C6[0-3]|D29)/;

/** A code that does not fit the age or the sex that the note states is a misreading: it is not offered. */
export const ageAndSex: CodingRule = {
  id: 'age-sex', isToBeChecked: true, on: 'diagnoses',
  apply(draft, { question: { entry }, patient }) {
    const isOut = (code: typeof draft.lines[number]['candidate']['concept']['codes'][0]): boolean => {
      const known = entry('ICD-10', code);
      const sex = known?.sex ?? (female.test(code) ? 'female' : male.test(code) ? 'male' : null);
      if (sex !== null && patient.sex !== null && sex !== patient.sex) return true;
      if (patient.age === null) return false;
      return known?.ages ? patient.age < known.ages.from || patient.age > known.ages.to : /^P/.test(code) && patient.age > 17;
    };
    return draft.lines.filter((line) => isOut(codeOf(line))).reduce((held, line) => refuse(held, line, ['age-sex']), draft);
  },
};
