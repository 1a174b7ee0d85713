import type { PlacedMention } from '../candidates.js';
import { refuseCodes, type CodingRule, type ProcedureDraft } from '../draft.js';

/** Not coded unless the admission was for it alone (imaging, EEG, monitoring: a setting of the department), or not mandatory (PCSC1: anaesthesia of the eye). */
export function isOptionalProcedure(code: string): boolean {
  return /^(?:C90|Y8|U[0-3]|A84[1-9]|A552|Y53|Y98|Y97|C434|C693|C86|C87|X28|E9|X403)/.test(code);
}

/** Is it told by what it showed? Then it was not what the patient came for. */
function isResult({ sentence, sentenceAt, mention: { span } }: PlacedMention): boolean {
  return /^[^.;\n]{0,40}\b(?:was|were|is|are|normal|clear|negative|unremarkable|NAD|show(?:s|ed)|reveal(?:s|ed)|confirm(?:s|ed)|suggest(?:s|ed)|yn normal|arferol)\b/i.test(sentence.slice(span.end - sentenceAt));
}

/** Tests beside an operation are coded only where a telling part of the note has them. */
export const optionalProcedures: CodingRule = {
  id: 'solely-admitted', isToBeChecked: true, on: 'procedures',
  apply(draft) {
    // Imaging and tests of the heart and lungs: only where the operation or the reason for admission names them.
    const imaging = refuseCodes(draft, ({ code, from }) => (/^(?:U[0-3]|E9)/.test(code) || (/^Y9[78]/.test(code) && /^U/.test(from.candidate.concept.codes[0]))) && !/^U22/.test(code) && !from.here.some((placed) => placed.mention.section === 'operation' || (placed.mention.section === 'reason' && !isResult(placed))), ['solely-admitted']);
    // A tube in the windpipe is part of the anaesthetic.
    const anaesthesia = refuseCodes(imaging, ({ code, from }) => /^X56/.test(code) && (draft.codes.some((one) => /^Y80/.test(one.code)) || from.here.every(({ sentence }) => /\ban(?:a)?esth/i.test(sentence))), ['solely-admitted']);
    return besideOperation(anaesthesia);
  },
};

/** Studies of nerves, muscles, brain and cord: beside an operation they are what led to it. */
const isTest = (code: string): boolean => /^A(?:84[1-9]|552)/.test(code);

function besideOperation(draft: ProcedureDraft): ProcedureDraft {
  const surgical = draft.codes.filter(({ from }) => !isOptionalProcedure(from.candidate.concept.codes[0]));
  if (surgical.length === 0) return draft;
  return refuseCodes(draft, (one) => (one.from.weight <= 2 || (isTest(one.code) && !one.from.here.some(({ mention: { section } }) => section === 'operation'))) && !surgical.some(({ from }) => from.candidate === one.from.candidate), ['solely-admitted']);
}
