import type { Label } from '../../model/language.js';
import { codeOf, ours, recode, refuse, type CodingRule } from '../draft.js';

/** Conditions that one code holds together (the index of ICD-10; our table). `keeps`: the second is still coded. */
const together: readonly { readonly one: RegExp; readonly two: RegExp; readonly code: string; readonly label: Label; readonly keeps: boolean }[] = [
  { one: /^M316/, two: /^M353/, code: 'M315', label: ours('GCA with PMR', 'GCA gyda PMR'), keeps: false },
  { one: /^J44[19]/, two: /^J22X/, code: 'J440', label: ours('COPD with acute lower respiratory infection', 'COPD gyda haint acíwt y llwybr anadlol isaf'), keeps: false },
  { one: /^J44[19]/, two: /^J1[2-8]/, code: 'J440', label: ours('COPD with acute lower respiratory infection', 'COPD gyda haint acíwt y llwybr anadlol isaf'), keeps: true },
  { one: /^N201/, two: /^N200/, code: 'N202', label: ours('Stones of kidney and ureter', 'Cerrig yn yr aren a’r wreter'), keeps: false },
  { one: /^G20X/, two: /^F03X/, code: 'G20X F023', label: ours('Parkinson disease with dementia', 'Clefyd Parkinson gyda dementia'), keeps: false },
];

/** One code for two conditions where the classification has it. Parkinson's disease with dementia only where both stay current. */
export const combinations: CodingRule = {
  id: 'combined', isToBeChecked: true, on: 'diagnoses',
  apply: (draft) => together.reduce((held, { one, two, code, label, keeps }) => {
    const first = held.lines.find((line) => one.test(codeOf(line)));
    const second = held.lines.find((line) => two.test(codeOf(line)));
    if (!first || !second) return held;
    const [lead = code, ...rest] = code.split(' ');
    const heir = recode({ ...first, standsFor: [...first.standsFor, second.candidate] }, [lead, ...rest], 'combined', label);
    const draftWithHeir = { ...held, lines: held.lines.map((line) => (line === first ? heir : line)) };
    return keeps ? draftWithHeir : refuse(draftWithHeir, second, ['combined']);
  }, draft),
};
