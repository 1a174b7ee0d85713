import { isByDepartment } from '../../model/assertion.js';
import { mark, type CodingRule } from '../draft.js';

/** DGCS.2: probable, presumed, treat as and working diagnosis are coded as if confirmed. Words of doubt were rejected before: here the coder is told which code rests on the rule, and which on the department's own setting. */
export const uncertainty: CodingRule = {
  id: 'DGCS.2', isToBeChecked: false, on: 'diagnoses',
  apply: (draft) => ({
    ...draft,
    lines: draft.lines.map((line) => {
      const doubted = line.candidate.codable.filter(({ mention }) => mention.assertion.certainty === 'codable');
      const byUk = doubted.some(({ mention }) => !isByDepartment(mention.cues)) ? mark(line, 'DGCS.2') : line;
      return doubted.some(({ mention }) => isByDepartment(mention.cues)) ? mark(byUk, 'department-doubt') : byUk;
    }),
  }),
};
