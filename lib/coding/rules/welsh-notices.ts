import { codeOf, refuse, type CodingRule } from '../draft.js';

/** A notice of DHCW (Clinical Coding Change Notice or Communication) over the national standards, with the days on which it holds. */
interface WelshNotice {
  readonly id: string;
  /** First and last day, YYYY-MM-DD; null: from before, or until further notice. */
  readonly from: string | null;
  readonly to: string | null;
  /** Words that it takes out of coding, as they stand in a note. */
  readonly words: RegExp;
  readonly codes: RegExp;
}

/** What is publicly known of them; a health board's own copies are the rest (to be checked against DHCW's list). */
const notices: readonly WelshNotice[] = [
  // "Cognitive impairment" alone cannot be indexed; "mild cognitive impairment" can (F06.7).
  { id: 'DHCW.cognitive-impairment', from: null, to: null, words: /^(?!.*\bmild\b).*\b(?:cognitive impairment|nam gwybyddol)/i, codes: /^(?:F06|F0[1-3]|F99|R41|G31)/ },
];

/** The Welsh layer: notices in force on the episode's day go over the national rules. */
export const welshNotices: CodingRule = {
  id: 'DHCW', isToBeChecked: true, on: 'diagnoses',
  apply(draft, { question: { day = null } }) {
    const held = notices.filter(({ from, to }) => day === null || ((from === null || from <= day) && (to === null || day <= to)));
    const isOut = (line: typeof draft.lines[number]): boolean => held.some(({ words, codes }) => codes.test(codeOf(line)) && line.candidate.codable.every(({ sentence, sentenceAt, mention: { span } }) => words.test(sentence.slice(Math.max(0, span.start - sentenceAt - 6), span.end - sentenceAt)) && /impairment|nam/i.test(sentence.slice(span.start - sentenceAt, span.end - sentenceAt))));
    return draft.lines.filter(isOut).reduce((one, line) => refuse(one, line, ['DHCW']), draft);
  },
};
