import type { CodingRule } from '../draft.js';

const asks: readonly (readonly [code: RegExp, prompt: string, unless: RegExp])[] = [
  [/^X28[19]/, 'prompt.infusion', /\b(?:intermittent|over \d+ ?(?:min|h)|bolus|pulse|\d+ ?-?(?:hour|minute)|day case|daycase)/i],
  [/^X32[29]/, 'prompt.exchanges', /(?:\bx ?\d|\b\d+ (?:exchanges|cycles|sessions)|\bsingle\b|\bone\b)/i],
];

/** What a note would have to say of a procedure for its code to be sure. */
export const procedurePrompts: CodingRule = {
  id: 'procedure-detail', isToBeChecked: true, on: 'procedures',
  apply: (draft) => ({ ...draft, prompts: [...new Set([...draft.prompts, ...asks.filter(([code, , unless]) => draft.codes.some((one) => code.test(one.code) && !one.from.here.some(({ sentence }) => unless.test(sentence)))).map(([, prompt]) => prompt)])] }),
};
