import { codeOf, mark, ours, recode, refuse, type CodingRule } from '../draft.js';
import { isDueTo } from '../links.js';

/** DCS.IX.1: only where the patient is diagnosed as hypertensive. Heart failure or kidney disease that the record puts down to it makes it I11–I13; standing beside it is not enough. */
export const hypertension: CodingRule = {
  id: 'DCS.IX.1', isToBeChecked: true, on: 'diagnoses',
  apply(draft) {
    const high = draft.lines.find((line) => codeOf(line) === 'I10X');
    if (!high) return draft;
    const heart = draft.lines.find((line) => /^I50/.test(codeOf(line)) && isDueTo(line.candidate, high.candidate));
    const kidney = draft.lines.find((line) => /^(?:N18|N19|N289)/.test(codeOf(line)) && isDueTo(line.candidate, high.candidate));
    const code = heart && kidney ? 'I130' : heart ? 'I110' : kidney ? (/^N185|^N19/.test(codeOf(kidney)) ? 'I120' : 'I129') : null;
    const marked = mark(high, 'DCS.IX.1');
    const lines = draft.lines.map((line) => (line === high ? (code ? recode(marked, [code], 'DCS.IX.1', ours('Disease of heart or kidney due to high blood pressure', 'Clefyd y galon neu’r arennau oherwydd pwysedd gwaed uchel')) : marked) : line));
    return heart ? refuse({ ...draft, lines }, heart, ['DCS.IX.1', 'combined']) : { ...draft, lines };
  },
};
