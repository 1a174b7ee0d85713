import type { ClinicalCode } from '../../model/code.js';
import type { PlacedMention } from '../candidates.js';
import type { CodingRule, ProcedureCode, ProcedureDraft } from '../draft.js';

/** Joints by the words that name them (chapter Z of OPCS-4). */
const joints: readonly (readonly [words: RegExp, code: string])[] = [
  [/\b(?:SI joints?|SIJs?|sacro-?iliac)\b/i, 'Z841'], [/\b(?:glenohumeral)\b/i, 'Z813'], [/\b(?:AC joint|ACJ|acromio-?clavicular)\b/i, 'Z812'], [/\b(?:sterno-?clavicular)\b/i, 'Z811'],
  [/\b(?:thumb base|base of (?:the )?thumb|(?:1st|first) (?:CMCJ?|carpometacarpal)|trapeziometacarpal)\b/i, 'Z823'], [/\b(?:thumb (?:MCPJ?|metacarpophalangeal))\b/i, 'Z831'], [/\b(?:MCPJ?s?|metacarpophalangeal)\b/i, 'Z832'], [/\b(?:PIPJ?s?|proximal interphalangeal)\b/i, 'Z834'], [/\b(?:DIPJ?s?|distal interphalangeal)\b/i, 'Z835'],
  [/\b(?:(?:1st|first|great toe) (?:MTPJ?|metatarsophalangeal)|great toe|big toe|bawd troed)\b/i, 'Z864'], [/\b(?:MTPJ?s?|metatarsophalangeal)\b/i, 'Z865'], [/\b(?:subtalar|talocalcaneal)\b/i, 'Z853'],
  [/\b(?:knees?|pen-?glin|ben-?glin|pengliniau)\b/i, 'Z846'], [/\b(?:hips?|clun)\b/i, 'Z843'], [/\b(?:shoulders?|ysgwydd)\b/i, 'Z814'], [/\b(?:elbows?|penelin|benelin)\b/i, 'Z815'], [/\b(?:wrists?|radiocarpal|arddwrn)\b/i, 'Z821'], [/\b(?:ankles?|ffêr|pigwrn)\b/i, 'Z856'],
];
const isJointOperation = (code: string): boolean => /^W90/.test(code);
const isJoint = (code: string): boolean => /^Z8[1-6]/.test(code);

/** The joints that words about a procedure name: in the words themselves, else in what stands close to them. */
function jointsAt({ sentence, sentenceAt, mention: { span } }: PlacedMention): readonly string[] {
  const near = [sentence.slice(span.start - sentenceAt, span.end - sentenceAt), sentence.slice(Math.max(0, span.start - sentenceAt - 40), span.end - sentenceAt + 40)];
  for (const words of near) {
    let rest = words;
    const found: string[] = [];
    for (const [pattern, code] of joints) { if (!pattern.test(rest)) continue; found.push(code); rest = rest.replace(new RegExp(pattern, 'gi'), ' '); }
    if (found.length > 0) return found;
  }
  return [];
}

/** The site of a joint operation is coded from the words, after it; where they name none it is asked for, and where they name several nothing is guessed. */
export const jointSites: CodingRule = {
  id: 'site-code', isToBeChecked: true, on: 'procedures',
  apply(draft): ProcedureDraft {
    const operations = draft.codes.filter(({ code }) => isJointOperation(code));
    if (operations.length === 0) return draft;
    const proofs = operations.flatMap(({ from }) => from.here);
    const named = new Map<string, PlacedMention>();
    for (const placed of proofs) for (const code of jointsAt(placed)) if (!named.has(code)) named.set(code, placed);
    const others = draft.codes.filter(({ code }) => !isJoint(code));
    const [from] = operations;
    if (!from) return draft;
    if (named.size === 0) return { ...draft, codes: others, prompts: [...draft.prompts, 'prompt.site'] };
    const sites = [...named].map(([code, proof], index): ProcedureCode => ({ code: code as ClinicalCode, from: from.from, index: index + 1, fired: ['site-code', 'PRule7'], proof }));
    return { ...draft, codes: [...others, ...sites], prompts: named.size > 1 ? [...draft.prompts, 'prompt.several-sites'] : draft.prompts };
  },
};
