import { codeOf, mark, ours, recode, type CodingRule } from '../draft.js';

/** DCS.VII.1: age-related and nuclear must be in the words for H25; forms of age-related cataract together are the combined one (H25.8). */
export const cataractForms: CodingRule = {
  id: 'DCS.VII.1', isToBeChecked: false, on: 'diagnoses',
  apply(draft) {
    const lines = draft.lines.map((line) => (/^H2(?:5|69)/.test(codeOf(line)) ? mark(line, 'DCS.VII.1') : line));
    const forms = lines.filter((line) => /^H25[01]/.test(codeOf(line)));
    const [first] = forms;
    if (!first || new Set(forms.map(codeOf)).size < 2) return { ...draft, lines };
    const together = recode({ ...first, candidate: { ...first.candidate, codable: forms.flatMap(({ candidate }) => candidate.codable), weight: Math.max(...forms.map(({ candidate }) => candidate.weight)) + 0.5 } }, ['H258'], 'DCS.VII.1', ours('Age-related cataract, other or combined', 'Cataract henaint, math arall neu gyfunol'));
    return { ...draft, lines: [together, ...lines.filter((line) => !forms.includes(line) && codeOf(line) !== 'H258')] };
  },
};

/** DCS.VII.2: opacification of the posterior capsule is after-cataract. */
export const afterCataract: CodingRule = {
  id: 'DCS.VII.2', isToBeChecked: false, on: 'diagnoses',
  apply: (draft) => ({ ...draft, lines: draft.lines.map((line) => (codeOf(line) === 'H264' ? mark(line, 'DCS.VII.2') : line)) }),
};
