import { codeOf, type CodingRule } from '../draft.js';

/** What the record would have to say for a better code. Questions never lead to an answer. */
const asks: readonly (readonly [code: RegExp, prompt: string])[] = [
  [/^M069/, 'prompt.seropositive'], [/^H269/, 'prompt.cataract-type'], [/^N189/, 'prompt.ckd-stage'], [/^G409/, 'prompt.epilepsy-type'], [/^I64X/, 'prompt.stroke-type'], [/^I489/, 'prompt.af-type'], [/^I509/, 'prompt.heart-failure-type'],
  [/^(?:G629|D649|N179|G919|R55X|R568)/, 'prompt.cause'], [/^(?:A419|J189|N390|G009)/, 'prompt.organism'], [/^(?:M169|M179|M189)/, 'prompt.side-of-condition'], [/^(?:C719|C809|M199|M139)/, 'prompt.site'], [/^(?:F329|F03X|G439|H409|M819)/, 'prompt.type'],
];

export const specificityPrompts: CodingRule = {
  id: 'specificity', isToBeChecked: false, on: 'diagnoses',
  apply: (draft) => ({ ...draft, lines: draft.lines.map((line) => { const asked = asks.filter(([code]) => code.test(codeOf(line))).map(([, prompt]) => prompt); return asked.length > 0 ? { ...line, prompts: [...new Set([...line.prompts, ...asked])] } : line; }) }),
};
