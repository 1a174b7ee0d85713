import { addedLine, codeOf, mark, ours, recode, type CodingRule, type Line } from '../draft.js';

/** Drugs in therapeutic use by the external cause of their adverse effects (table of drugs of ICD-10; ours by group). */
const drugs: readonly (readonly [words: string, code: string])[] = [
  ['steroids?|corticosteroids?|prednisolone|prednisone|dexamethasone|methylprednisolone|hydrocortisone|steroidau', 'Y420'], ['methotrexate|capecitabine|fluorouracil', 'Y431'], ['azathioprine|mycophenolate|ciclosporin|cyclosporine|tacrolimus', 'Y434'],
  ['ibuprofen|naproxen|ketoprofen|dexketoprofen|flurbiprofen|nurofen|brufen', 'Y452'], ['NSAIDs?|non-steroidals?|diclofenac|indomethacin|indometacin|meloxicam|etoricoxib|celecoxib', 'Y453'], ['aspirin', 'Y451'], ['opioids?|opiates?|morphine|codeine|co-codamol|tramadol|oxycodone|fentanyl|buprenorphine', 'Y450'], ['paracetamol|acetaminophen', 'Y455'],
  ['phenytoin|dilantin', 'Y462'], ['carbamazepine|tegretol', 'Y464'], ['valproate|valproic acid|epilim|depakote', 'Y465'], ['levetiracetam|keppra|lamotrigine|topiramate|gabapentin|pregabalin|zonisamide|lacosamide', 'Y466'], ['levodopa|sinemet|madopar|ropinirole|pramipexole|rotigotine|apomorphine', 'Y467'],
  ['warfarin|coumadin|heparin|apixaban|rivaroxaban|dabigatran|edoxaban|anticoagula(?:nts?|tion)', 'Y442'], ['statins?|atorvastatin|simvastatin|rosuvastatin|lipitor', 'Y526'], ['ramipril|lisinopril|enalapril|perindopril|ACE inhibitors?', 'Y524'], ['digoxin', 'Y520'], ['amlodipine|diltiazem|verapamil|nifedipine|felodipine|calcium channel blockers?', 'Y521'], ['amiodarone|flecainide', 'Y522'],
  ['bisoprolol|atenolol|propranolol|metoprolol|carvedilol|beta[ -]?blockers?', 'Y517'], ['tamsulosin|doxazosin|alfuzosin|alpha[ -]?blockers?', 'Y516'], ['furosemide|bumetanide|frusemide', 'Y544'], ['bendroflumethiazide|indapamide|thiazides?|hydrochlorothiazide', 'Y543'], ['penicillins?|amoxicillin|flucloxacillin|co-amoxiclav', 'Y400'], ['metformin|gliclazide|insulin', 'Y423'],
  ['chlorpromazine|prochlorperazine|levomepromazine', 'Y493'], ['haloperidol|flupentixol', 'Y494'], ['lithium|antipsychotics?|neuroleptics?|risperidone|olanzapine|quetiapine|clozapine|aripiprazole', 'Y495'], ['metoclopramide|cyclizine|domperidone', 'Y430'], ['hydroxychloroquine|plaquenil', 'Y412'], ['chemotherapy|cyclophosphamide', 'Y433'], ['immunoglobulins?|IVIg', 'Y593'], ['contrast', 'Y575'], ['vaccin(?:e|ation)', 'Y599'],
];
const any = drugs.map(([words]) => words).join('|');
const effectOf = new RegExp(`^[\\s,(]*(?:(?:is|was|thought|felt)\\s)*(?:due to|secondary to|caused by|from|because of|induced by|side effects? of|oherwydd)\\s(?:(?:the|a|her|his|their|long[ -]term|high[ -]dose|oral|IV|use of|regular|excess|recent|over[ -]the[ -]counter|OTC)\\s){0,2}(${any})\\b`, 'i');
const inducedBy = new RegExp(`\\b(${any})[ -](?:induced|related|associated)\\s(?:\\w+\\s){0,1}$`, 'i');

/** Conditions that have a code of their own where a drug is the cause, with it and without (ICD-10; ours). */
const byDrug: readonly (readonly [general: RegExp, code: string, label: ReturnType<typeof ours>])[] = [
  [/^I95[19]/, 'I952', ours('Low blood pressure caused by a drug', 'Pwysedd gwaed isel a achoswyd gan gyffur')], [/^M819/, 'M814', ours('Osteoporosis caused by a drug, no fracture', 'Osteoporosis a achoswyd gan gyffur, heb doriad')], [/^H269/, 'H263', ours('Cataract caused by a drug', 'Cataract a achoswyd gan gyffur')],
  [/^G629/, 'G620', ours('Polyneuropathy caused by a drug', 'Polyniwropathi a achoswyd gan gyffur')], [/^G729/, 'G720', ours('Muscle disease caused by a drug', 'Clefyd y cyhyrau a achoswyd gan gyffur')], [/^R251/, 'G251', ours('Tremor caused by a drug', 'Cryndod a achoswyd gan gyffur')], [/^G20X|^G21[389]/, 'G211', ours('Parkinsonism caused by a drug', 'Parkinsonedd a achoswyd gan gyffur')], [/^M329/, 'M320', ours('SLE caused by a drug', 'SLE a achoswyd gan gyffur')],
];

/** An adverse effect of a drug: the manifestation first, the drug's external cause (Y40–Y59) directly after. Only where the note makes the drug the cause. */
export const adverseEffects: CodingRule = {
  id: 'adverse-effect', isToBeChecked: true, on: 'diagnoses',
  apply(draft) {
    const added: Line[] = [];
    const lines = draft.lines.map((line) => {
      if (/^[V-Z]/.test(codeOf(line))) return line;
      for (const placed of line.candidate.codable) {
        const { sentence, sentenceAt, mention: { span } } = placed;
        const [words, ahead, behind] = [sentence.slice(span.start - sentenceAt, span.end - sentenceAt), sentence.slice(0, span.start - sentenceAt), sentence.slice(span.end - sentenceAt)];
        const word = effectOf.exec(behind)?.[1] ?? inducedBy.exec(ahead)?.[1] ?? new RegExp(`^(${any})[ -]induced`, 'i').exec(words)?.[1];
        const code = word && drugs.find(([names]) => new RegExp(`^(?:${names})$`, 'i').test(word))?.[1];
        const own = word !== undefined || /\b(?:drug|medication)[ -](?:induced|related)\s(?:\w+\s)?$/i.test(ahead) || /^[\s,(]*(?:due to|secondary to|caused by)\s(?:(?:a|the|his|her)\s)?(?:drugs?|medications?|medicines?)\b/i.test(behind) ? byDrug.find(([general]) => general.test(codeOf(line))) : undefined;
        if (code) { const one = addedLine(code, ours('Adverse effect of a drug in proper use', 'Adwaith niweidiol i gyffur a ddefnyddiwyd yn gywir'), [placed], line.candidate, 'adverse-effect', 0.6); added.push({ ...one, candidate: { ...one.candidate, first: line.candidate.first + 0.5 } }); }
        if (own) return recode(line, [own[1]], 'adverse-effect', own[2]);
        if (code) break;
      }
      return line;
    });
    return { ...draft, lines: [...lines, ...added.filter((one, at) => added.findIndex((other) => codeOf(other) === codeOf(one)) === at)] };
  },
};

/** A fall by its words (W00–W19; ours), the most telling first. */
const falls: readonly (readonly [words: RegExp, code: string])[] = [
  [/\b(?:stairs?|steps|grisiau)\b/i, 'W10'], [/\bladders?\b|\bysgol\b/i, 'W11'], [/\b(?:out of|off|from) (?:the |her |his |a )?bed\b|o’r gwely/i, 'W06'], [/\b(?:off|from|out of) (?:the |her |his |a )?(?:wheel)?chair\b|o’r gadair/i, 'W07'], [/\b(?:ice|icy|snow|rhew|eira)\b/i, 'W00'], [/\b(?:trip(?:ped|ping)?|slip(?:ped|ping)?|stumbl\w+|baglodd|llithrodd)\b/i, 'W01'],
];
const fell = /(?<!\p{L})(?:fell|(?:mechanical|accidental|simple) fall|(?:a|after|following|with|from) (?:a )?(?:mechanical |accidental |simple |witnessed |unwitnessed )?fall|falling|tripped|slipped|cwympodd|cwymp|syrthiodd|codwm|baglodd|llithrodd)(?!\p{L})(?!\s(?:asleep|ill|pregnant|risks?|to \d|below|under|short|within))/iu;
const deniesFall = /\b(?:no|denies|without|nil|dim)\s(?:\w+\s){0,3}$/i;
/** The place of occurrence (fourth character): only where the words say it. */
const places: readonly (readonly [words: RegExp, fourth: string])[] = [
  [/\b(?:nursing|residential|care) home|cartref (?:gofal|nyrsio)\b/i, '1'], [/\b(?:at home|(?:her|his|their) (?:own )?(?:home|house|kitchen|bathroom|bedroom|garden|living room)|in the (?:kitchen|bathroom|bedroom|garden|living room)|gartref|yn y t\u0177)\b/i, '0'], [/\b(?:street|road|pavement|kerb|stryd)\b/i, '4'],
];
const fallLabel = ours('External cause: a fall', 'Achos allanol: cwymp');

/** The fall that a note ties to an injury: in its sentence, or in the words just before it. */
function fallOf(line: Line, texts: readonly string[]): Line | null {
  for (const placed of line.candidate.codable) {
    const { sentence, sentenceAt, mention } = placed;
    const text = texts.find((one) => one.startsWith(sentence, sentenceAt));
    const from = Math.max(0, sentenceAt - 160);
    const words = text === undefined ? sentence : text.slice(from, sentenceAt + sentence.length);
    const found = fell.exec(words);
    if (!found || mention.section === 'history' || deniesFall.test(words.slice(0, found.index))) continue;
    const [kind = 'W19'] = falls.flatMap(([pattern, code]) => (pattern.test(words) ? [code] : []));
    const [fourth = '9'] = places.flatMap(([pattern, code]) => (pattern.test(words) ? [code] : []));
    const start = (text === undefined ? sentenceAt : from) + found.index;
    const proof = { ...placed, mention: { ...mention, span: { start, end: start + found[0].length } } };
    const added = addedLine(`${kind}${fourth}`, fallLabel, [proof], line.candidate, 'DCS.XX.8', 0.5);
    return { ...added, candidate: { ...added.candidate, first: line.candidate.first + 0.5 } };
  }
  return null;
}

/** DCS.XX: an injury, a poisoning or a complication of care needs its external cause; where the record does not say it, it is asked for and never guessed. */
export const externalCause: CodingRule = {
  id: 'DCS.XX.8', isToBeChecked: false, on: 'diagnoses',
  apply(given, { question: { texts } }) {
    const has = (lines: readonly Line[]): boolean => lines.some(({ candidate }) => candidate.concept.codes.some((code) => /^[V-Y]/.test(code)));
    const fall = has(given.lines) ? null : given.lines.filter((line) => /^(?:S|T0)/.test(codeOf(line))).map((line) => fallOf(line, texts)).find((line) => line !== null) ?? null;
    const draft = fall ? { ...given, lines: [...given.lines, fall] } : given;
    const isGiven = has(draft.lines);
    return { ...draft, lines: draft.lines.map((line) => {
      const { codes } = line.candidate.concept;
      if (codes.some((code) => /^Y/.test(code))) return mark(line, 'DCS.XX.8');
      return /^(?:S|T[0-8])/.test(codes[0]) && !isGiven ? mark(line, 'DCS.XX.8', 'prompt.external-cause') : line;
    }) };
  },
};
