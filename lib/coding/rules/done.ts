import type { SectionKind } from '../../model/mention.js';
import type { PlacedMention } from '../candidates.js';
import { refuseCodes, type CodingRule, type Performed, type ProcedureCode, type ProcedureDraft } from '../draft.js';

/** How much a section says that a procedure was done; sections that are not here only plan, consent or tell of the past. */
export const doneWeight: Readonly<Partial<Record<SectionKind, number>>> = { operation: 6, description: 4, course: 3.2, other: 3, reason: 2.4, complications: 2.2, diagnosis: 2.2, impression: 1.6, preoperative: 1.5, investigations: 1 };

/** Words after or before a procedure, in its sentence, that say it did not take place. */
const notDone = /\b(?:cancelled|canceled|declined|refused|not (?:done|performed|carried out|attempted|given|undertaken|used|inserted|placed|needed|required|wanted)|no need for|(?:did|does) not (?:wish|want) to|deferred|postponed|did not (?:go ahead|proceed)|ni (?:wnaed|chafodd)|gohiriwyd|canslwyd)\b/i;
/** Words close before a procedure, in its clause, that only mean to do it. */
const meantBefore = /\b(?:waiting for|await(?:s|ing)?(?:\s+(?:a\s+)?(?:date|slot|bed|appointment)\s+for)?|(?:waiting |on the )?list(?:ed)? for|booked for|(?:re)?book|arrang(?:e|ing)|request(?:ed|ing)?|(?:refer(?:red|ral)?|seen|seek(?:ing)?|suitable|fit|put forward) for|(?:issue|idea|possibility|risks?|benefits?) of (?:having|doing|performing)|(?:will|would|may|might|to|could|can) (?:need|require|have|start|begin|consider|discuss|arrange|benefit from)|consider(?:ed|ing)?|discuss(?:ed|ing)?|not for|plan(?:s|ned)?|option of|ar restr aros am|rhestr aros am|aros am|gofynnwyd am|i drefnu|ystyried)\s+(?:(?:a|an|the|another|repeat|further|urgent|left|right|bilateral|L|R)\s+){0,2}$/i;
/** The same behind it. */
const meantAfter = /^(?!\s?[.,;:])[^.,;:\n]{0,30}?\b(?:requested|to follow|to be (?:\w+)|(?:is |was |has been |being )?(?:booked|arranged|planned|scheduled|awaited|pending|recommended|suggested|advised|offered)|due|next (?:week|month|visit|year|time|spring|summer|autumn|winter)|in (?:the (?:spring|summer|autumn|winter|new year)|(?:\d+|a|one|two|three|four|six|twelve)[ -](?:days?|weeks?|months?|years?))|on the waiting list|if (?!not)|once|i’w (?:drefnu|gynnal)|wedi’i drefnu|y mis nesaf|yr wythnos nesaf)/i;
const stage = /\b(?:attempted|unsuccessful(?:ly)?|abandoned|aborted|failed|not completed|incomplete|could not be (?:completed|obtained|done)|rhoddwyd y gorau|aflwyddiannus|methodd)\b/i;
/** Words of the same clause as the procedure: what stands behind a full stop, a semicolon or "but" is another matter. */
function clauseOf({ sentence, sentenceAt, mention: { span } }: PlacedMention): string {
  const from = Math.max(sentence.lastIndexOf(';', span.start - sentenceAt), sentence.lastIndexOf('\n', span.start - sentenceAt)) + 1;
  const rest = sentence.slice(span.end - sentenceAt);
  const to = /[;\n]/.exec(rest)?.index ?? rest.length;
  return sentence.slice(Math.max(from, span.start - sentenceAt - 60), span.end - sentenceAt + Math.min(to, 60));
}

/** Was it only meant to be done, by the words about it? Long waits and conditions are told in the same clause. */
function isOnlyMeant({ sentence, sentenceAt, mention: { span } }: PlacedMention): boolean {
  return meantBefore.test(sentence.slice(Math.max(0, span.start - sentenceAt - 60), span.start - sentenceAt)) || meantAfter.test(sentence.slice(span.end - sentenceAt, span.end - sentenceAt + 70));
}

/** A test that heads a part of the note ("NERVE CONDUCTION STUDIES: …") was done: what follows is its result. */
function isHeading({ sentence, sentenceAt, mention: { span } }: PlacedMention): boolean {
  return /^\s*(?:\d+[.)]\s*)?$/.test(sentence.slice(0, span.start - sentenceAt)) && /^(?:\s(?:results?|report|findings))?\s?:/i.test(sentence.slice(span.end - sentenceAt));
}

function weigh(candidate: Performed['candidate'], here: readonly PlacedMention[]): number {
  return Math.max(0, ...here.map((placed) => doneWeight[placed.mention.section] ?? (isHeading(placed) ? 3 : 0))) + 0.2 * Math.log2(1 + here.length) + (candidate.concept.source === 'pack' ? 0.6 : 0);
}

/** Only what was done is coded; what stands in a plan, a consent or a past, or was called off, is not. */
export const done: CodingRule = {
  id: 'PRule1', isToBeChecked: false, on: 'procedures',
  apply(draft) {
    const narrowed: ProcedureDraft = { ...draft, codes: draft.codes.map((one) => { const here = one.from.here.filter((placed) => doneWeight[placed.mention.section] !== undefined || isHeading(placed)); return { ...one, from: { ...one.from, here, weight: weigh(one.from.candidate, here) } }; }) };
    const planned = refuseCodes(narrowed, ({ from }) => from.here.every(isOnlyMeant), ['PRule1', 'plan-only']);
    const isCalledOff = ({ from }: ProcedureCode): boolean => from.here.every((placed) => notDone.test(clauseOf(placed)));
    return refuseCodes(planned, isCalledOff, ['PRule1', 'not-done'], ({ from: { here: [first] } }) => (first ? notDone.exec(clauseOf(first))?.[0] ?? null : null));
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

