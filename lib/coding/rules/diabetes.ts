import type { Label } from '../../model/language.js';
import { codeOf, mark, recode, type CodingRule, type Line } from '../draft.js';
import { isDueTo } from '../links.js';

/** Complications by the code that they have on their own: fourth character of diabetes, and the asterisk that goes with it. */
const complications: readonly (readonly [of: RegExp, fourth: string, asterisk: string | null])[] = [
  [/^G629/, '4', 'G632'], [/^G909/, '4', 'G990'], [/^G58/, '4', 'G590'], [/^(?:N18|N289|N039|N059)/, '2', 'N083'], [/^H269/, '3', 'H280'], [/^H35[02]/, '3', 'H360'], [/^(?:L97|L984|R02)/, '5', null], [/^I739/, '5', 'I792'], [/^M14|^M139/, '6', 'M142'],
];
/** How each type is called in a label; the row's own words name type 2. */
const typeNames: Readonly<Record<string, readonly [en: string, cy: string]>> = {
  E10: ['Type 1 diabetes', 'Diabetes math 1'], E11: ['Type 2 diabetes', 'Diabetes math 2'], E12: ['Malnutrition-related diabetes', 'Diabetes diffyg maeth'], E13: ['Diabetes of another named type', 'Diabetes o fath arall a enwir'], E14: ['Diabetes, type not stated,', 'Diabetes, math heb ei nodi,'],
};
/** The label of a complication with the type that the record states. */
function typedLabel(label: Label, type: string): Label {
  const [en, cy] = typeNames[type] ?? ['Diabetes', 'Diabetes'];
  return { ...label, en: label.en.replace(/^Type 2 diabetes/, en), ...(label.cy === undefined ? {} : { cy: label.cy.replace(/^Diabetes math 2/, cy) }) };
}
/** A complication that has a code and a name of its own, with the diabetes before it. */
function withDiabetes(label: Label, type: string): Label {
  const [en, cy] = typeNames[type] ?? ['Diabetes', 'Diabetes'];
  return { ...label, en: `${en} with a complication + ${label.en}`, ...(label.cy === undefined ? {} : { cy: `${cy} â chymhlethdod + ${label.cy}` }) };
}
const isDiabetes = (line: Line): boolean => /^E1[0-4]/.test(codeOf(line));

/** DCS.IV.1: .0–.8 only where the record says that the complication is due to diabetes ("diabetic X", "X due to diabetes"); the third character is the type that the record states, E14 where it states none. */
export const diabetes: CodingRule = {
  id: 'DCS.IV.1', isToBeChecked: false, on: 'diagnoses',
  apply(draft) {
    if (!draft.lines.some(isDiabetes)) return draft;
    // Insulin does not make it type 1: only the stated type counts.
    const stated = draft.lines.filter(({ candidate }) => candidate.concept.codes.length === 1).map(codeOf).find((code) => /^E1[0-3]/.test(code))?.slice(0, 3) ?? 'E14';
    const typed = (line: Line): string => { const words = line.candidate.codable.map(({ sentence, sentenceAt, mention }) => sentence.slice(Math.max(0, mention.span.start - sentenceAt - 24), mention.span.end - sentenceAt + 4)).join(' '); return /\b(?:type\s?(?:1|i)\b|t1)/i.test(words) ? 'E10' : /\b(?:type\s?(?:2|ii)\b|t2)/i.test(words) ? 'E11' : stated; };
    let lines = draft.lines.map((line) => {
      if (!isDiabetes(line)) return line;
      const [first, ...rest] = line.candidate.concept.codes;
      if (rest.length === 0 && /9$/.test(first)) return mark(line, 'DCS.IV.1');
      return recode(line, [`${typed(line)}${first[3] ?? '9'}`, ...rest], 'DCS.IV.1', typedLabel(line.candidate.concept.label, typed(line)));
    });
    for (const cause of lines.filter((line) => isDiabetes(line) && codeOf(line).endsWith('9'))) {
      for (const effect of lines) {
        const found = isDiabetes(effect) ? undefined : complications.find(([of]) => of.test(codeOf(effect)));
        if (!found || !isDueTo(effect.candidate, cause.candidate)) continue;
        const [, fourth, asterisk] = found;
        const dual = recode(effect, [`${typed(cause)}${fourth}`, asterisk ?? codeOf(effect)], 'DCS.IV.1', withDiabetes(effect.candidate.concept.label, typed(cause)));
        lines = lines.map((line) => (line === effect ? dual : line));
      }
    }
    const several = new Set(lines.filter((line) => isDiabetes(line) && /[2-6]$/.test(codeOf(line))).map(codeOf)).size > 1;
    return { ...draft, lines: lines.map((line) => (!isDiabetes(line) ? line : mark(line, 'DCS.IV.1', ...(codeOf(line).startsWith('E14') ? ['prompt.diabetes-type'] : []), ...(several && /[2-6]$/.test(codeOf(line)) ? ['prompt.diabetes-several'] : [])))) };
  },
};
