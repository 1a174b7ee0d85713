import { codeOf, mark, type CodingRule, type Line } from '../draft.js';
import { sectionWeight } from '../primary-diagnosis.js';

/** Conditions that are always coded when they are documented (DGCS.3, Appendix 1 of the national list; by category, after secondary sources). */
export const mandatory = /^(?:E1[0-4]|I1[0-35]|I2[05]|I48|I50|J4[3-7]|N18|G20|G3[05]|G40|G8[0-3]|F0[0-3]|F1[0-9]|F2|F3[1-3]|F7|F84|C|B2[0-4]|B18|K7[034]|M0[56]|M45|M32|D57|E84|I6[39]|I73|Z21|Z921|Z94|Z992|H54|Q90|E66)/;

/** Who falls, is frail or forgets: living alone (Z60.2) matters to such an episode, and to the old. */
const frailty = /^(?:R296|R54|R26|F0[0-3]|G20|G30)/;

/** DGCS.3: what the national list names is recorded wherever the note says it of the patient, beside whatever else the episode is for. */
export const comorbidities: CodingRule = {
  id: 'DGCS.3', isToBeChecked: true, on: 'diagnoses',
  apply(draft, { patient: { age } }) {
    const isFrail = (age !== null && age >= 65) || draft.lines.some((line) => frailty.test(codeOf(line)));
    const isNeeded = (line: Line): boolean => (mandatory.test(codeOf(line)) || (isFrail && codeOf(line) === 'Z602')) && line.candidate.weight >= sectionWeight.social && line.candidate.concept.source === 'pack';
    return { ...draft, lines: draft.lines.map((line) => (isNeeded(line) ? { ...mark(line, 'DGCS.3'), offer: 'always' as const } : line)) };
  },
};
