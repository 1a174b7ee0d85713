import type { ClinicalCode } from '../../model/code.js';
import type { PlacedMention } from '../candidates.js';
import type { CodingRule, ProcedureCode, ProcedureDraft } from '../draft.js';

/** Joints by the words that name them (chapter Z of OPCS-4). */
const joints: readonly (readonly [words: RegExp, code: string])[] = [
  [/\b(?:SI joints?|SIJs?|sacro-?iliac)\b/i, 'Z841'], [/\b(?:gleno-?humeral|GHJ)\b/i, 'Z813'], [/\b(?:AC joint|ACJ|acromio-?clavicular)\b/i, 'Z812'], [/\b(?:sterno-?clavicular)\b/i, 'Z811'],
  [/\b(?:thumb base|base of (?:the |right |left )*thumb|(?:1st|first) (?:CMCJ?|carpometacarpal)|thumb CMCJ?|trapeziometacarpal|bôn y bawd)\b/i, 'Z823'], [/\b(?:thumb (?:MCPJ?|metacarpophalangeal))\b/i, 'Z831'], [/\b(?:MCPJ?s?|metacarpo-?phalangeal)\b/i, 'Z832'], [/\b(?:PIPJ?s?|proximal interphalangeal)\b/i, 'Z834'], [/\b(?:DIPJ?s?|distal interphalangeal)\b/i, 'Z835'],
  [/\b(?:(?:1st|first|great toe|big toe) (?:MTPJ?|metatarso-?phalangeal)|great toe|big toe|bawd troed)\b/i, 'Z864'], [/\b(?:MTPJ?s?|metatarso-?phalangeal)\b/i, 'Z865'], [/\b(?:subtalar|talocalcaneal)\b/i, 'Z853'],
  [/(?<!\p{L})(?:knees?|(?:pen|ben|phen)-?glin|(?:p|b|ph)engliniau)(?!\p{L})/iu, 'Z846'], [/(?<!\p{L})(?:hips?|(?:c|g|ch)lun|gluniau|cluniau)(?!\p{L})/iu, 'Z843'], [/\b(?:shoulders?|h?ysgwydd(?:au)?)\b/i, 'Z814'], [/\b(?:elbows?|(?:p|b|ph)enelin)\b/i, 'Z815'], [/\b(?:wrists?|radio-?carpal|h?arddwrn)\b/i, 'Z821'], [/(?<!\p{L})(?:ankles?|ffêr|pigwrn|migwrn)(?!\p{L})/iu, 'Z856'],
];
const isJointOperation = (code: string): boolean => /^W90/.test(code);
const isJoint = (code: string): boolean => /^Z8[1-6]/.test(code);

/** What is injected or aspirated beside a joint is not the joint. */
const bursa = /(?<!\p{L})(?:burs(?:a|ae|al|itis)|bwrsa|fwrsa|trochanteric|subacromial|GTPS)(?!\p{L})/iu;
const tendon = /\b(?:tendon sheath|trigger (?:finger|thumb)|(?:flexor|extensor|peroneal) (?:tendon|sheath)|de ?Quervain\w*|epicondyl\w*|(?:extensor|flexor) origin|tennis elbow|golfer['’]?s? elbow)\b/i;
const fascia = /\bplantar fasci\w*/i;

/** “Knee aspiration 40 ml + 40 mg Depo-Medrone”: what was put in makes it an injection (PGCS2). */
const drugPutIn = /(?:\+|\band\b|\bwith\b|\bthen\b|,|\ba\b|\bgyda\b)\s?(?:\d+\s?mg\s(?:of\s|o\s)?)?(?:depo-?\s?medrone|kenalog|triamcinolone|methylprednisolone|hydrocortisone|steroids?)\b/i;
const notPutIn = /\b(?:no|not|nil|without|later|next|plan|for|if|consider|heb|dim)\b/i;
const isFilled = ({ sentence, sentenceAt, mention: { span } }: PlacedMention): boolean => { const rest = sentence.slice(span.end - sentenceAt); const found = drugPutIn.exec(rest); return found !== null && !notPutIn.test(rest.slice(0, found.index + found[0].length)); };

/** The joints that some words name, each once, in the order of the table. */
function jointsIn(words: string): readonly string[] {
  let rest = words;
  const found: string[] = [];
  for (const [pattern, code] of joints) { if (!pattern.test(rest)) continue; found.push(code); rest = rest.replace(new RegExp(pattern, `g${pattern.flags}`), ' '); }
  return found;
}

/** "Right wrist and right 2nd MCP joint injected": what stands before the words and is joined to them. */
const joinedBefore = /(?:[^.;:()\n]{0,48})(?:,|&|\+|\/|\band\b|\bplus\b|\bac?\b)\s*(?:(?:the|right|left|R|L|both|bilateral|1st|2nd|3rd|4th|5th)\s)*$/i;
const joinedAfter = /^\s*(?:(?:joints?|injections?|R|L|right|left)\s*)*(?:,|&|\+|\/|\band\b|\bplus\b|\bac?\b)\s[^.;:()\n]{0,40}/i;

/** The joints that words about a procedure name: in the words themselves and what is joined to them, else close to them, else in their sentence. */
function jointsAt({ sentence, sentenceAt, mention: { span } }: PlacedMention): readonly string[] {
  const [from, to] = [span.start - sentenceAt, span.end - sentenceAt];
  const own = jointsIn(sentence.slice(from, to));
  if (own.length > 0) return [...new Set([...jointsIn(joinedBefore.exec(sentence.slice(Math.max(0, from - 60), from))?.[0] ?? ''), ...own, ...jointsIn(joinedAfter.exec(sentence.slice(to, to + 60))?.[0] ?? '')])];
  for (const reach of [40, 120]) { const found = jointsIn(sentence.slice(Math.max(0, from - reach), to + reach)); if (found.length > 0) return found; }
  return [];
}

/** What the clause of a joint operation names instead of a joint: a bursa, a tendon or its sheath, the fascia of the sole. */
function besideJoint({ sentence, sentenceAt, mention: { span } }: PlacedMention): 'bursa' | 'tendon' | 'fascia' | null {
  const words = sentence.slice(Math.max(0, span.start - sentenceAt - 60), span.end - sentenceAt + 60);
  return bursa.test(words) && !/\bjoints?\b|intra-?articular/i.test(words) ? 'bursa' : tendon.test(words) ? 'tendon' : fascia.test(words) ? 'fascia' : null;
}

/** Into a nerve, a muscle or about the cord, not into a joint. */
const elsewhere = /\b(?:phenol|botulinum|botox|dysport|xeomin|neurolysis|nerve (?:root )?blocks?|motor points?|epidural|foraminal|trigger points?|intravitreal|intrathecal)\b/i;
/** What numbs the wound at the end of an operation is part of it. */
const numbing = /\b(?:lidocaine|lignocaine|xylocaine|marcaine?|bupivacaine|chirocaine|levobupivacaine|ropivacaine|naropin|local an(?:a)?esthetic|LA)\b/i;
const treats = /\b(?:steroids?|cortico\w+|cortisone|depo-?\s?med\w*|kenalog|triamcinolone|methylpred\w*|hydrocortisone|dexamethasone|celestone|betamethasone|hyaluron\w+|synvisc|PRP|aspirat\w+)\b/i;
const isNumbing = ({ sentence, sentenceAt, mention: { section, span } }: PlacedMention): boolean => numbing.test(sentence) && !treats.test(sentence) && (section === 'description' || section === 'operation') && /^inject(?:ed|ions?)$/i.test(sentence.slice(span.start - sentenceAt, span.end - sentenceAt));
const isElsewhere = (placed: PlacedMention): boolean => isNumbing(placed) || isOutside(placed);
const isOutside = ({ sentence }: PlacedMention): boolean => elsewhere.test(sentence) && !/\bjoints?\b|intra-?articular|\bburs|(?:p|b|ph)en-?glin|\bcymal/i.test(sentence);

/** The same procedure on what is really treated: T62.5 and T62.4 a bursa, T74.4 a tendon, T57.5 a fascia. */
function atStructure(one: ProcedureCode): ProcedureCode {
  if (!isJointOperation(one.code) || one.from.here.length === 0) return one;
  const structures = new Set(one.from.here.map(besideJoint));
  const [structure = null] = structures;
  if (structures.size > 1 || structure === null) return one;
  const code = structure === 'tendon' ? 'T744' : structure === 'fascia' ? 'T575' : one.code === 'W901' ? 'T624' : 'T625';
  return structure !== 'bursa' && one.code === 'W901' ? one : { ...one, code: code as ClinicalCode, fired: [...one.fired, 'site-code'] };
}

/** The site of a joint operation is coded from the words, after it; where they name none it is asked for, and where they name several nothing is guessed. */
export const jointSites: CodingRule = {
  id: 'site-code', isToBeChecked: true, on: 'procedures',
  apply(given): ProcedureDraft {
    const inJoints = given.codes.filter(({ code, from }) => !(isJointOperation(code) && from.here.length > 0 && from.here.every(isElsewhere)));
    const gone = new Set(given.codes.filter((one) => !inJoints.includes(one)).map(({ from }) => from));
    const held = inJoints.filter(({ code, from }) => !(isJoint(code) && gone.has(from))).map((one): ProcedureCode => (one.code === 'W901' && one.from.here.some(isFilled) ? { ...one, code: 'W903' as ClinicalCode, fired: [...one.fired, 'PGCS2'] } : one));
    const draft = { ...given, codes: held.map(atStructure) };
    const operations = draft.codes.filter(({ code }) => isJointOperation(code));
    const moved = new Set(draft.codes.filter(({ code }, at) => code !== held[at]?.code).map(({ from }) => from));
    const [from] = operations;
    if (!from) return { ...draft, codes: draft.codes.filter((one) => !(isJoint(one.code) && moved.has(one.from))) };
    const proofs = operations.flatMap((one) => one.from.here);
    const named = new Map<string, PlacedMention>();
    for (const placed of proofs) for (const code of jointsAt(placed)) if (!named.has(code)) named.set(code, placed);
    const others = draft.codes.filter(({ code }) => !isJoint(code));
    if (named.size === 0) return { ...draft, codes: others, prompts: [...draft.prompts, 'prompt.site'] };
    const sites = [...named].map(([code, proof], index): ProcedureCode => ({ code: code as ClinicalCode, from: from.from, index: index + 1, fired: ['site-code', 'PRule7'], proof }));
    return { ...draft, codes: [...others, ...sites], prompts: named.size > 1 ? [...draft.prompts, 'prompt.several-sites'] : draft.prompts };
  },
};
