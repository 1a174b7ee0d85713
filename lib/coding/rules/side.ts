import type { ClinicalCode } from '../../model/code.js';
import type { CodingRule, ProcedureCode, ProcedureDraft } from '../draft.js';

const sides: readonly (readonly [RegExp, ClinicalCode])[] = [
  [/(?<!\p{L})(?:[Bb]ilateral(?:ly)?|BILATERAL|[Bb]oth (?:eyes|(?:upper |lower |upper and lower )?(?:eye)?lids|knees|shoulders|hips|wrists|hands|elbows|ankles|feet|arms|legs|sides)|[Rr]ight and left|[Ll]eft and right|dwyochrog|ddwyochrog|y (?:ddau|ddwy) (?:lygad|ben-?glin|ochr|ysgwydd|arddwrn|law|glun)|BE|OU)(?!\p{L})/u, 'Z941' as ClinicalCode],
  [/(?<!\p{L})(?:[Rr]ight|RIGHT|R|RE|OD|[Rr]t|dde|Dde|(?:llygad|llaw|ochr|(?:pen|ben|phen)-?glin|h?ysgwydd|h?arddwrn|penelin|benelin|clun|glun|ffêr) de|R\)|\(R\))(?!\p{L})/u, 'Z942' as ClinicalCode],
  [/\b(?:[Ll]eft|LEFT|L|LE|OS|[Ll]t|chwith|Chwith)\b/, 'Z943' as ClinicalCode],
];

/** Does an operation of this code have a side? Paired organs of the packs. */
export function hasSide(code: string): boolean {
  return /^(?:C|W9|W8|W3[7-9]|W4[0-2]|T62|T7|A6|A73|L67|X375|D|B2)/.test(code) && !/^C9/.test(code);
}

/** The side that the words about the procedures name, or none; `conflict` when they name both without saying both. */
export function sideOf(sentences: readonly string[]): { readonly code: ClinicalCode; readonly at: number } | 'conflict' | null {
  const found = new Map<ClinicalCode, number>();
  sentences.forEach((sentence, at) => { for (const [pattern, code] of sides) if (pattern.test(sentence) && !found.has(code)) found.set(code, at); });
  const both = found.get('Z941' as ClinicalCode);
  if (both !== undefined) return { code: 'Z941' as ClinicalCode, at: both };
  if (found.size > 1) return 'conflict';
  const [only] = found;
  return only ? { code: only[0], at: only[1] } : null;
}

/** Words for a side directly before what has one; the eye's by themselves, the joints and limbs of an injection. */
const eyes = /(?<!\p{L})(?:(right|left|both|R|L) eyes?|llygad (dde|de|chwith))(?!\p{L})/giu;
const limbs = /(?<!\p{L})(?:(right|left|both|bilateral|R|L) (?:(?:\w+ ){0,2}?)(?:knees?|shoulders?|wrists?|elbows?|hips?|ankles?|hands?|thumbs?|fingers?|foot|feet|heels?|buttocks?|MCPJ?s?|PIPJ?s?|MTPJ?|CMCJ?|SIJs?|GHJ|ACJ|temporal|trochanteric|olecranon|subacromial|carpal|occipital)|(?:pen-?glin|ben-?glin|phen-?glin|h?ysgwydd|h?arddwrn|benelin|penelin|clun|glun|llaw|ffêr) (dde|de|chwith))(?!\p{L})/giu;
const sideOfWord = (word: string): ClinicalCode => (/^(?:right|r|re|dde|de)$/i.test(word) ? 'Z942' : /^(?:left|l|le|chwith)$/i.test(word) ? 'Z943' : 'Z941') as ClinicalCode;

/** Operations on the eye, or injections of joints and limbs, in a single note that names one side throughout, though not beside the operation: that side, proved by those words. */
function onlySide(texts: readonly string[], first: ProcedureCode, sided: readonly ProcedureCode[]): ProcedureCode | null {
  const [text] = texts;
  const [placed] = first.from.here;
  const isEye = sided.every(({ code }) => code.startsWith('C'));
  if (!text || !placed || texts.length > 1 || !(isEye || sided.every(({ code }) => /^(?:W90|T62|T74|A73|A65|L67)/.test(code)))) return null;
  const named = [...text.matchAll(isEye ? eyes : limbs)];
  const [only] = named;
  const found = new Set(named.map(([, ...words]) => sideOfWord(words.find(Boolean) ?? '')));
  const [code] = found;
  if (!only || !code || found.size !== 1 || (isEye && code === 'Z941')) return null;
  const proof = { ...placed, mention: { ...placed.mention, span: { start: only.index, end: only.index + only[0].length } } };
  return { code, from: first.from, index: 99, fired: ['PCSZ2', 'PRule7'], proof };
}

/** Of another day or of the other eye: no word about the side of this operation. */
const otherTime = /\b(?:previous(?:ly)?|prior|(?:19|20)\d\d|ago|pseudophak\w*|fellow eye|other (?:eye|side)|ffug-?ffac\w*|yn ôl)\b/i;

/** PCSZ2: a documented side is coded once, after all procedures on the site; where the record names none it is asked for, and where it contradicts itself nothing is said. */
export const side: CodingRule = {
  id: 'PCSZ2', isToBeChecked: false, on: 'procedures',
  apply(draft, { question: { mentions, texts } }): ProcedureDraft {
    const sided = draft.codes.filter(({ code }) => hasSide(code));
    const [first] = draft.codes;
    if (!first || sided.length === 0 || draft.codes.some(({ code }) => /^Z94/.test(code))) return draft;
    const own = sided.flatMap(({ from }) => from.here);
    const ownSide = sideOf(own.map(({ sentence }) => sentence));
    const places = [...sided.flatMap(({ from }) => from.here), ...mentions.filter(({ mention, sentence }) => (mention.section === 'operation' || mention.section === 'diagnosis' || mention.section === 'preoperative') && !otherTime.test(sentence))];
    const said = sideOf(places.map(({ sentence }) => sentence));
    // A condition of both sides says nothing of an operation on one.
    const found = said !== 'conflict' && said?.code === 'Z941' && ownSide !== 'conflict' && ownSide !== null ? ownSide : said;
    if (found === 'conflict') return { ...draft, abstentions: [...draft.abstentions, { system: 'OPCS-4', role: 'secondary', reason: 'conflict' }] };
    const proof = found ? places[found.at] : undefined;
    const only = found ? null : onlySide(texts, first, sided);
    if (only) return { ...draft, codes: [...draft.codes, only] };
    if (!found || !proof) return { ...draft, prompts: [...draft.prompts, 'prompt.side'] };
    return { ...draft, codes: [...draft.codes, { code: found.code, from: first.from, index: 99, fired: ['PCSZ2', 'PRule7'], proof }] };
  },
};
