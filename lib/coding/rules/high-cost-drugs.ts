import { refuseCodes, type CodingRule } from '../draft.js';

/** PCSX24: a drug's own code (X81–X98) stands only where the drug is on the current High Cost Drugs list, which changes with each edition: none is listed until the department gives one. */
export const highCostDrugs: CodingRule = {
  id: 'PCSX24', isToBeChecked: true, on: 'procedures',
  apply: (draft, { question: { highCostDrugs: listed } }) => refuseCodes(draft, ({ code }) => /^X(?:8[1-9]|9[0-8])/.test(code) && listed?.has(code) !== true, ['PCSX24']),
};
