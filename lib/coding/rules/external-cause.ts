import { addedLine, codeOf, mark, ours, type CodingRule } from '../draft.js';

/** Drugs in therapeutic use by the external cause of their adverse effects (table of drugs of ICD-10; ours by group). */
const drugs: readonly (readonly [words: string, code: string])[] = [
  ['steroids?|corticosteroids?|prednisolone|prednisone|dexamethasone|methylprednisolone|hydrocortisone|steroidau', 'Y420'], ['methotrexate|azathioprine|mycophenolate|ciclosporin|cyclosporine|tacrolimus', 'Y434'],
  ['NSAIDs?|ibuprofen|naproxen|diclofenac|indomethacin|indometacin', 'Y453'], ['aspirin', 'Y451'], ['opioids?|opiates?|morphine|codeine|tramadol|oxycodone|fentanyl', 'Y450'], ['paracetamol|acetaminophen', 'Y455'],
  ['phenytoin|dilantin', 'Y462'], ['carbamazepine|tegretol', 'Y464'], ['valproate|valproic acid|epilim|depakote', 'Y465'], ['levetiracetam|keppra|lamotrigine|topiramate|gabapentin|pregabalin', 'Y466'], ['levodopa|sinemet|madopar|ropinirole|pramipexole', 'Y467'],
  ['warfarin|coumadin|heparin|apixaban|rivaroxaban|dabigatran|edoxaban|anticoagula(?:nts?|tion)', 'Y442'], ['statins?|atorvastatin|simvastatin|rosuvastatin|lipitor', 'Y526'], ['ramipril|lisinopril|enalapril|perindopril|ACE inhibitors?', 'Y524'], ['digoxin', 'Y520'], ['amlodipine|diltiazem|verapamil|nifedipine', 'Y521'], ['amiodarone', 'Y522'],
  ['bisoprolol|atenolol|propranolol|metoprolol|beta[ -]?blockers?', 'Y517'], ['tamsulosin|doxazosin', 'Y516'], ['furosemide|bumetanide|frusemide', 'Y544'], ['bendroflumethiazide|thiazides?|hydrochlorothiazide', 'Y543'], ['penicillins?|amoxicillin|flucloxacillin|co-amoxiclav', 'Y400'], ['metformin|gliclazide|insulin', 'Y423'],
  ['lithium', 'Y495'], ['haloperidol|metoclopramide|prochlorperazine|antipsychotics?|neuroleptics?|risperidone|olanzapine', 'Y495'], ['hydroxychloroquine|plaquenil', 'Y412'], ['chemotherapy|cyclophosphamide', 'Y433'], ['contrast', 'Y575'], ['vaccin(?:e|ation)', 'Y599'],
];
const any = drugs.map(([words]) => words).join('|');
const effectOf = new RegExp(`^[\\s,(]*(?:(?:is|was|thought|felt)\\s)*(?:due to|secondary to|caused by|from|because of|induced by|side effects? of|oherwydd)\\s(?:(?:the|her|his|long[ -]term|high[ -]dose|oral|IV|use of)\\s){0,2}(${any})\\b`, 'i');
const inducedBy = new RegExp(`\\b(${any})[ -](?:induced|related|associated)\\s(?:\\w+\\s){0,1}$`, 'i');

/** An adverse effect of a drug: the manifestation first, the drug's external cause (Y40–Y59) directly after. Only where the note makes the drug the cause. */
export const adverseEffects: CodingRule = {
  id: 'adverse-effect', isToBeChecked: true, on: 'diagnoses',
  apply(draft) {
    const added = draft.lines.flatMap((line) => {
      if (/^[V-Z]/.test(codeOf(line))) return [];
      for (const placed of line.candidate.codable) {
        const { sentence, sentenceAt, mention: { span } } = placed;
        const word = effectOf.exec(sentence.slice(span.end - sentenceAt))?.[1] ?? inducedBy.exec(sentence.slice(0, span.start - sentenceAt))?.[1] ?? new RegExp(`^(${any})[ -]induced`, 'i').exec(sentence.slice(span.start - sentenceAt))?.[1];
        const code = word && drugs.find(([words]) => new RegExp(`^(?:${words})$`, 'i').test(word))?.[1];
        if (code) { const one = addedLine(code, ours('Adverse effect of a drug in proper use', 'Adwaith niweidiol i gyffur a ddefnyddiwyd yn gywir'), [placed], line.candidate, 'adverse-effect', 0.6); return [{ ...one, candidate: { ...one.candidate, first: line.candidate.first + 0.5 } }]; }
      }
      return [];
    });
    return { ...draft, lines: [...draft.lines, ...added.filter((one, at) => added.findIndex((other) => codeOf(other) === codeOf(one)) === at)] };
  },
};

/** DCS.XX: an injury, a poisoning or a complication of care needs its external cause; where the record does not say it, it is asked for and never guessed. */
export const externalCause: CodingRule = {
  id: 'DCS.XX.8', isToBeChecked: false, on: 'diagnoses',
  apply(draft) {
    const isGiven = draft.lines.some(({ candidate }) => candidate.concept.codes.some((code) => /^[V-Y]/.test(code)));
    return { ...draft, lines: draft.lines.map((line) => {
      const { codes } = line.candidate.concept;
      if (codes.some((code) => /^Y/.test(code))) return mark(line, 'DCS.XX.8');
      return /^(?:S|T[0-8])/.test(codes[0]) && !isGiven ? mark(line, 'DCS.XX.8', 'prompt.external-cause') : line;
    }) };
  },
};
