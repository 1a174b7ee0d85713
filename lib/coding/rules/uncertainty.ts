import { mark, type CodingRule } from '../draft.js';

/** DGCS.2: probable, presumed, treat as and working diagnosis are coded as if confirmed. Words of doubt were rejected before: here the coder is told which code rests on the rule. */
export const uncertainty: CodingRule = {
  id: 'DGCS.2', isToBeChecked: false, on: 'diagnoses',
  apply: (draft) => ({ ...draft, lines: draft.lines.map((line) => (line.candidate.codable.some(({ mention }) => mention.assertion.certainty === 'codable') ? mark(line, 'DGCS.2') : line)) }),
};
