import type { PlacedMention } from './candidates.js';
import type { EpisodeQuestion } from './question.js';

/** An operation that the patient came for and that did not take place. */
export interface CalledOff {
  /** The words that say so, as a mention, for evidence. */
  readonly proof: PlacedMention;
  readonly words: string;
  /** Z53.-, persons encountering health services for a procedure that was not carried out: contraindication, the patient's decision, another reason, or none given. */
  readonly code: 'Z530' | 'Z532' | 'Z538' | 'Z539';
}

const nouns = '(?:procedures?|operations?|surgery|theatre (?:case|list|slot)|case|treatment|infusion|injections?|(?:ll|l)awdriniaeth|(?:d|t)riniaeth|(?:g)?weithdrefn|trwythiad|drwythiad|pigiad)';
const off = '(?:cancelled|canceled|postponed|deferred|called off|abandoned (?:before|prior to)|not (?:performed|done|carried out|undertaken|started|gone ahead|proceeded with)|(?:did|could|has|does) not (?:go(?:ne)? ahead|proceed(?:ed)?|take(?:n)? place|be (?:done|performed|carried out)))';
/** Statements about the operation of the day in general; one that names it is found beside its name. */
const statements: readonly RegExp[] = [
  new RegExp(`\\b${nouns}\\s(?:(?:was|were|is|has|had|have|been|to|be|therefore|then|subsequently|unfortunately|today)\\s){0,4}${off}\\b`, 'i'),
  /\b(?:cancelled|canceled|postponed) (?:on the day|on arrival|by (?:the )?(?:an(?:a)?esth\w+|surgeon|patient|hospital|consultant|theatre|ward)|in (?:theatre|the anaesthetic room|pre-?op)|due to|because|owing to|as\b|today|for (?:medical|clinical|non-?clinical))/i,
  /\b(?:patient|pt|she|he|they) (?:has |have )?(?:declined|refused|changed (?:her|his|their) mind|decided (?:not to|against)|did not wish to|did not want to)\s?(?:(?:to|about|having|have|the|go|ahead|with)\s){0,4}(?:surgery|operation|procedure|proceed|ahead|treatment)?(?: on the day| today| on arrival)/i,
  /\b(?:canslwyd|gohiriwyd|diddymwyd) (?:(?:y|yr|ei|eu|’r|'r)\s)?(?:(?:ll|l)awdriniaeth|(?:d|t)riniaeth|weithdrefn|trwythiad|pigiad)/i,
  /\b(?:ni wnaed|ni chafodd|ni aeth|ni chynhaliwyd|ni wnaethpwyd) (?:y|yr|ei)?\s?(?:(?:ll|l)awdriniaeth|(?:d|t)riniaeth|weithdrefn)/i,
  /\b(?:(?:ll|l)awdriniaeth|(?:d|t)riniaeth) (?:wedi(?:['’]i| ei) (?:chanslo|ganslo|gohirio|ohirio))/i,
];
/** Words beside a named operation of the day. */
export const offNamed = /\b(?:cancelled|canceled|postponed|deferred|called off|(?:did|could) not (?:go ahead|proceed|take place)|abandoned (?:before|prior to)|canslwyd|gohiriwyd|wedi['’]i (?:chanslo|ganslo|gohirio|ohirio)|ni wnaed|(?:declined|refused|not (?:performed|done|carried out))\b[^.;\n]{0,30}\b(?:on the day|today|on arrival|in theatre))\b/i;
/** That statement is about another day. */
const otherDay = /\b(?:previous(?:ly)?|last (?:time|month|week|year|visit)|originally|initially|earlier|first (?:date|appointment)|twice|ago|clinics?|appointments?|clinig|in (?:January|February|March|April|May|June|July|August|September|October|November|December|(?:19|20)\d\d)|yn flaenorol|llynedd)\b/i;
/** Later in the note it was done after all. */
const doneAfter = /\b(?:went ahead|proceeded|was (?:then |later |subsequently )?(?:performed|carried out|completed)|uneventful|operation performed|procedure performed|aeth (?:ymlaen|yn ei blaen))\b/i;

const byPatient = /\b(?:declin|refus|chang\w* (?:her|his|their) mind|did not (?:wish|want)|decided (?:not|against)|patient(?:['’]s)? (?:choice|decision|request|wish)|self[- ]discharg|left (?:before|the)|did not attend|gwrthod|ddim eisiau|newid(?:iodd)? (?:ei|eu) meddwl|dewis y claf|penderfyniad y claf)/i;
const bySystem = /\b(?:no (?:bed|theatre|lens|staff|time|anaesthetist|surgeon)s?\b|lack of (?:time|bed|staff|theatre|equipment|drug)|list (?:overran|overrun|over-?ran)|overr[au]n|out of time|ran out|equipment|staff(?:ing)? (?:shortage|sickness)|(?:surgeon|anaesthetist|consultant) (?:was )?(?:sick|ill|unavailable|off)|(?:lens|drug|implant|stock|bed) (?:was )?(?:not available|unavailable)|non-?clinical|power cut|emergency (?:case|took)|dim gwely|diffyg (?:gwely|amser|staff|offer)|prinder)/i;
const byIllness = /\b(?:BP|blood pressure|hypertensi\w+|infect\w+|unwell|chest|cough|cold|sore throat|UTI|INR|anticoag\w+|warfarin|clopidogrel|apixaban|glucose|sugars?|HbA1c|BM|unfit|not fit|fever|febrile|pyrexi\w+|temperature|arrhythmi\w+|fast AF|ECG|lie flat|lying flat|an(?:a)?esthetic (?:grounds|reasons)|medical(?:ly)?|clinical reasons|blepharitis|conjunctivitis|platelets?|neutrop\w+|pregnan\w+|raised|anxi\w+|not starved|ate|eaten|rash|shingles|COVID|diarrh\w+|vomit\w+|contraindicat\w+|safe|haint|pwysedd|peswch|sâl|anhwylus|twymyn|ffit|iechyd)\b/i;

const textOfProof = (proof: string, around: string): CalledOff['code'] => (byPatient.test(proof) ? 'Z532' : bySystem.test(proof) || bySystem.test(around) ? 'Z538' : byIllness.test(around) ? 'Z530' : byPatient.test(around) ? 'Z532' : 'Z539');

/** The sentence of a text about a place, and its start. */
function sentenceAt(text: string, at: number): { readonly start: number; readonly end: number } {
  const before = text.slice(0, at);
  const start = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('. '), before.lastIndexOf('; ')) + 1;
  const stop = text.slice(at).search(/\n|\.\s|\.$/);
  return { start, end: stop < 0 ? text.length : at + stop };
}

/** Does the record say that the operation of the day did not take place? Only what a note says outright, of this day, without saying later that it was done. */
export function calledOff({ texts, mentions }: Pick<EpisodeQuestion, 'texts' | 'mentions'>): CalledOff | null {
  for (const text of texts) {
    const own = mentions.filter((one) => text.startsWith(one.sentence, one.sentenceAt));
    const [first] = own;
    if (!first) continue;
    const spans = [
      ...statements.flatMap((pattern) => { const found = pattern.exec(text); return found ? [{ start: found.index, end: found.index + found[0].trimEnd().length }] : []; }),
      ...own.flatMap(({ mention: { concept, span, section, assertion } }) => {
        if (concept.system !== 'OPCS-4' || section === 'plan' || section === 'history' || section === 'consent' || assertion.subject !== 'patient') return [];
        const { start, end } = sentenceAt(text, span.start);
        const found = offNamed.exec(text.slice(Math.max(start, span.start - 80), Math.min(end, span.end + 80)));
        return found ? [{ start: Math.max(start, span.start - 80) + found.index, end: Math.max(start, span.start - 80) + found.index + found[0].length }] : [];
      }),
    ].sort((a, b) => a.start - b.start);
    const said = spans.find(({ start }) => { const whole = sentenceAt(text, start); return !otherDay.test(text.slice(whole.start, whole.end)) && !doneAfter.test(text.slice(whole.end)); });
    if (!said) continue;
    const whole = sentenceAt(text, said.start);
    const words = text.slice(said.start, said.end);
    const code = textOfProof(text.slice(whole.start, whole.end), text.slice(Math.max(0, whole.start - 120), whole.end + 120));
    return { code, words, proof: { ...first, sentence: text.slice(whole.start, whole.end), sentenceAt: whole.start, before: '', mention: { ...first.mention, span: said } } };
  }
  return null;
}
