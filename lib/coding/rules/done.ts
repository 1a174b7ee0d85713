import type { SectionKind } from '../../model/mention.js';
import type { PlacedMention } from '../candidates.js';
import { calledOff } from '../called-off.js';
import { refuseCodes, type CodingRule, type Performed, type ProcedureCode, type ProcedureDraft } from '../draft.js';

/** How much a section says that a procedure was done; sections that are not here only plan, consent or tell of the past. */
export const doneWeight: Readonly<Partial<Record<SectionKind, number>>> = { operation: 6, description: 4, course: 3.2, other: 3, reason: 2.4, complications: 2.2, diagnosis: 2.2, impression: 1.6, preoperative: 1.5, investigations: 1 };

/** Words after or before a procedure, in its sentence, that say it did not take place. */
const notDone = /\b(?:cancelled|canceled|declined|refused|not (?:done|performed|carried out|attempted|given|undertaken|used|inserted|placed|needed|required|wanted|indicated|repeated)|no need for|(?:did|does) not (?:wish|want) to|deferred|postponed|did not (?:go ahead|proceed)|could not (?:go ahead|proceed)|ni (?:wnaed|chafodd|chafwyd|roddwyd|chynhaliwyd)|gohiriwyd|canslwyd|gwrthododd|wedi['’]i (?:chanslo|ganslo|gohirio|ohirio))\b/i;
/** Words close before a procedure, in its clause, that only mean to do it. */
const meantBefore = /\b(?:waiting for|await(?:s|ing)?(?:\s+(?:a\s+)?(?:date|slot|bed|appointment)\s+for)?|(?:waiting |on the )?list(?:ed)? for|booked for|(?:re)?book|arrang(?:e|ing)|request(?:ed|ing)?|asked for|ask for|(?:refer(?:red|ral)?|seen|seek(?:ing)?|suitable|fit|put forward) for|(?:issue|idea|possibility|risks?|benefits?) of (?:having|doing|performing)|(?:will|would|may|might|to|could|can) (?:need|require|have|start|begin|consider|discuss|arrange|benefit from)|consider(?:ed|ing)?|discuss(?:ed|ing)?|not for|plan(?:s|ned)?|option of|offered|candidate for|(?:discharged|transferred|referred|refer) (?:back )?(?:to|for)|keen (?:on|for)|in need of|ar restr aros am|rhestr aros am|aros am|gofynnwyd am|i drefnu|trefnir|ystyried|cynigiwyd|atgyfeirio am)\s+(?:(?:a|an|the|another|repeat|further|urgent|left|right|bilateral|L|R)\s+){0,2}$/i;
/** “Continue prednisolone; for infliximab infusion.”: a clause that begins so is a plan. */
const bareFor = /(?:^|[.;,\n])\s*for\s(?:(?:a|an|the|repeat|further|urgent|left|right|L|R)\s){0,2}$/i;
const wait = '(?:days?|weeks?|months?|years?)';
/** The same behind it. */
const meantAfter = new RegExp(`^(?!\\s?[.,;:])[^.,;:\\n]{0,30}?\\b(?:requested|to follow|to be (?:\\w+)|(?:is |was |has been |being )?(?:booked|arranged|planned|scheduled|awaited|pending|recommended|suggested|advised|offered)|due|(?:may|might|could|can|should|will|would) (?:also |then |later |still )?(?:be (?:needed|required|considered|arranged|added|started|given|commenced|tried|done|performed|offered|indicated|necessary|repeated|undertaken|carried out)|help)|next (?:week|month|visit|year|time|spring|summer|autumn|winter)|in (?:the (?:spring|summer|autumn|winter|new year|future)|(?:\\d+|a|one|two|three|four|six|twelve)[ -]${wait})|on the waiting list|as (?:an? )?(?:out-?patient|OP)\\b|if (?!not)|once|i['’]w (?:d?drefnu|gynnal|chynnal|wneud|threfnu)|wedi['’]i d?refnu|fel claf allanol|yn y dyfodol|y mis nesaf|yr wythnos nesaf)`, 'i');
/** Directly before a procedure: what comes is told from it, or it is a treatment that goes on elsewhere. */
const pastBefore = /\b(?:since|post|after|following|ever since|ers|ar ôl|yn dilyn)\s(?:(?:a|an|the|his|her|their|last|first|recent|right|left|bilateral|\d)\s){0,2}$/i;
/** A drug by infusion or injection that the patient is on, or was. */
const habitBefore = /\b(?:(?:maintained |established |stable |remains |continues )?on|failed|tried|stopped|switched from|previously had)\s(?:(?:regular|long[- ]term|monthly|weekly|\d+[- ]weekly|yearly|annual|maintenance)\s){0,2}$/i;
const months = '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|Ionawr|Chwefror|Mawrth|Ebrill|Mai|Mehefin|Gorffennaf|Awst|Medi|Hydref|Tachwedd|Rhagfyr)';
/** Behind a procedure: it was done at another time or place. A day of the month may be one of the stay; a month alone is not. */
const pastAfter = new RegExp(`^(?:\\s?\\([^)\\n]{0,20}\\))?[\\s,(]{0,2}(?:(?:was|were|had been|been)\\s)?(?:(?:done|performed|carried out|inserted|implanted|fitted)\\s)?(?:(?:back\\s)?(?:in|around|circa|yn|ym)\\s(?:early\\s|late\\s|mid[- ])?(?:${months}\\b|(?:19|20)\\d\\d|the (?:past|(?:19|20)?\\d0s))|(?:some|about|approximately|over)?\\s?\\w{1,8}\\s${wait}\\s(?:ago|earlier|previously|prior|back)|last (?:week|month|year|spring|summer|autumn|winter|time)|elsewhere|at (?:another|the other|a previous|the referring) (?:hospital|site|centre)|previously|privately|\\w+ (?:flynedd|mlynedd|mis|wythnos) yn ôl|y llynedd|yn flaenorol|\\(?(?:19|20)\\d\\d\\b)`, 'i');
const stage = /\b(?:attempted|unsuccessful(?:ly)?|abandoned|aborted|failed|not completed|incomplete|could not be (?:completed|obtained|done)|rhoddwyd y gorau|aflwyddiannus|methodd)\b/i;
/** Words of the same clause as the procedure: what stands behind a full stop, a semicolon or "but" is another matter. */
function clauseOf({ sentence, sentenceAt, mention: { span } }: PlacedMention): string {
  const from = Math.max(sentence.lastIndexOf(';', span.start - sentenceAt), sentence.lastIndexOf('\n', span.start - sentenceAt)) + 1;
  const rest = sentence.slice(span.end - sentenceAt);
  const to = /[;\n]/.exec(rest)?.index ?? rest.length;
  return sentence.slice(Math.max(from, span.start - sentenceAt - 60), span.end - sentenceAt + Math.min(to, 60));
}

const before = ({ sentence, sentenceAt, mention: { span } }: PlacedMention): string => sentence.slice(Math.max(0, span.start - sentenceAt - 60), span.start - sentenceAt);
const after = ({ sentence, sentenceAt, mention: { span } }: PlacedMention): string => sentence.slice(span.end - sentenceAt, span.end - sentenceAt + 70);

/** Was it only meant to be done, by the words about it? Long waits and conditions are told in the same clause. What the reason for admission lists or plans is what the patient came for. */
function isOnlyMeant(placed: PlacedMention): boolean {
  const meant = meantBefore.exec(before(placed));
  return (bareFor.test(before(placed)) && placed.mention.section !== 'reason' && placed.mention.section !== 'operation' && !/\b(?:today|heddiw)\b/i.test(placed.sentence)) || (meant !== null && !(placed.mention.section === 'reason' && /^(?:plan|list|booked)/i.test(meant[0]))) || meantAfter.test(after(placed));
}

/** Was it done before the episode, or does it go on beside it? In the telling of an operation “after” is the next step. */
const isPast = (placed: PlacedMention): boolean => (placed.mention.section !== 'operation' && placed.mention.section !== 'description' && pastBefore.test(before(placed))) || pastAfter.test(after(placed)) || (/^X(?:28|29|3[78])/.test(placed.mention.concept.codes[0]) && habitBefore.test(before(placed)));

/** A test that heads a part of the note ("NERVE CONDUCTION STUDIES: …") was done: what follows is its result. */
function isHeading({ sentence, sentenceAt, mention: { span } }: PlacedMention): boolean {
  return /^\s*(?:\d+[.)]\s*)?$/.test(sentence.slice(0, span.start - sentenceAt)) && /^(?:\s(?:results?|report|findings))?\s?:/i.test(sentence.slice(span.end - sentenceAt));
}

/** “Plan: Injected the shoulder joint with 40 mg of Kenalog.”: what stands in the past tense was done. */
const isDoneInPlan = ({ sentence, mention: { section } }: PlacedMention): boolean => section === 'plan' && /^\s*(?:\d+[.)]\s*)?(?:(?:We|I)\s)?(?:injected|aspirated|performed|administered|gave|infused|chwistrellwyd|rhoddwyd|tynnwyd)\b/i.test(sentence) && !/\b(?:next|to be|if|tomorrow|nesaf|yfory)\b/i.test(sentence);

function weigh(candidate: Performed['candidate'], here: readonly PlacedMention[]): number {
  return Math.max(0, ...here.map((placed) => doneWeight[placed.mention.section] ?? (isHeading(placed) || isDoneInPlan(placed) ? 3 : 0))) + 0.2 * Math.log2(1 + here.length) + (candidate.concept.source === 'pack' ? 0.6 : 0);
}

/** Only what was done is coded; what stands in a plan, a consent or a past, or was called off, is not. */
export const done: CodingRule = {
  id: 'PRule1', isToBeChecked: false, on: 'procedures',
  apply(draft, { question }) {
    const narrowed: ProcedureDraft = { ...draft, codes: draft.codes.map((one) => { const here = one.from.here.filter((placed) => doneWeight[placed.mention.section] !== undefined || isHeading(placed) || isDoneInPlan(placed)); return { ...one, from: { ...one.from, here, weight: weigh(one.from.candidate, here) } }; }) };
    const planned = refuseCodes(narrowed, ({ from }) => from.here.every(isOnlyMeant), ['PRule1', 'plan-only']);
    const isCalledOff = (placed: PlacedMention): boolean => notDone.test(clauseOf(placed));
    const settled = refuseCodes(planned, ({ from }) => from.here.every(isCalledOff), ['PRule1', 'not-done'], ({ from: { here: [first] } }) => (first ? notDone.exec(clauseOf(first))?.[0] ?? null : null));
    const kept = refuseCodes(settled, ({ from }) => from.here.every((placed) => isPast(placed) || isOnlyMeant(placed) || isCalledOff(placed)), ['PRule1', 'historical']);
    // "Admitted for phaco … Procedure cancelled": what was named before those words was not done.
    const off = calledOff(question);
    return off === null ? kept : refuseCodes(kept, ({ from }) => from.here.every(({ document, mention: { span } }) => document === off.proof.document && span.start <= off.proof.mention.span.end), ['PRule1', 'not-done'], () => off.words);
  },
};

/** A procedure that was abandoned or failed is coded to the stage that it reached: the code stands, and the stage is asked for. */
export const stageReached: CodingRule = {
  id: 'stage-reached', isToBeChecked: true, on: 'procedures',
  apply(draft) {
    const isOpen = (one: ProcedureCode): boolean => one.from.here.length > 0 && one.from.here.every((placed) => stage.test(clauseOf(placed)));
    return { ...draft, codes: draft.codes.map((one) => (isOpen(one) ? { ...one, fired: [...one.fired, 'stage-reached'] } : one)), prompts: draft.codes.some(isOpen) ? [...new Set([...draft.prompts, 'prompt.stage-reached'])] : draft.prompts };
  },
};
