import type { ClinicalCode } from '../../model/code.js';
import type { CodingRule, ProcedureCode, ProcedureDraft } from '../draft.js';

const sides: readonly (readonly [RegExp, ClinicalCode])[] = [
  [/\b(?:[Bb]ilateral(?:ly)?|BILATERAL|[Bb]oth (?:eyes|(?:upper |lower )?(?:eye)?lids|knees|shoulders|hips|wrists|hands|sides)|dwyochrog|BE|OU)\b/, 'Z941' as ClinicalCode],
  [/\b(?:[Rr]ight|RIGHT|R|RE|OD|[Rr]t|dde|Dde|R\)|\(R\))\b/, 'Z942' as ClinicalCode],
  [/\b(?:[Ll]eft|LEFT|L|LE|OS|[Ll]t|chwith|Chwith)\b/, 'Z943' as ClinicalCode],
];

/** Does an operation of this code have a side? Paired organs of the packs. */
export function hasSide(code: string): boolean {
  return /^(?:C|W9|W8|T62|T7|A6|A73|L67|X375|D|B2)/.test(code) && !/^C9/.test(code);
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

/** An operation on the eye in a single note that names one eye throughout, though not beside the operation: that eye, proved by those words. */
function onlyEye(texts: readonly string[], first: ProcedureCode, sided: readonly ProcedureCode[]): ProcedureCode | null {
  const [text] = texts;
  const [placed] = first.from.here;
  if (!text || !placed || texts.length > 1 || !sided.every(({ code }) => code.startsWith('C'))) return null;
  const named = [...text.matchAll(/\b(?:(right|left|both) eyes?|llygad (dde|de|chwith))\b/gi)];
  const [only] = named;
  const words = new Set(named.map(([, english, welsh]) => (english ?? welsh ?? '').toLowerCase().replace('chwith', 'left').replace(/^dde$|^de$/, 'right')));
  if (!only || words.size !== 1 || words.has('both')) return null;
  const proof = { ...placed, mention: { ...placed.mention, span: { start: only.index, end: only.index + only[0].length } } };
  return { code: (words.has('right') ? 'Z942' : 'Z943') as ClinicalCode, from: first.from, index: 99, fired: ['PCSZ2', 'PRule7'], proof };
}

/** PCSZ2: a documented side is coded once, after all procedures on the site; where the record names none it is asked for, and where it contradicts itself nothing is said. */
export const side: CodingRule = {
  id: 'PCSZ2', isToBeChecked: false, on: 'procedures',
  apply(draft, { question: { mentions, texts } }): ProcedureDraft {
    const sided = draft.codes.filter(({ code }) => hasSide(code));
    const [first] = draft.codes;
    if (!first || sided.length === 0 || draft.codes.some(({ code }) => /^Z94/.test(code))) return draft;
    const places = [...sided.flatMap(({ from }) => from.here), ...mentions.filter(({ mention }) => mention.section === 'operation' || mention.section === 'diagnosis' || mention.section === 'preoperative')];
    const found = sideOf(places.map(({ sentence }) => sentence));
    if (found === 'conflict') return { ...draft, abstentions: [...draft.abstentions, { system: 'OPCS-4', role: 'secondary', reason: 'conflict' }] };
    const proof = found ? places[found.at] : undefined;
    const eye = found ? null : onlyEye(texts, first, sided);
    if (eye) return { ...draft, codes: [...draft.codes, eye] };
    if (!found || !proof) return { ...draft, prompts: [...draft.prompts, 'prompt.side'] };
    return { ...draft, codes: [...draft.codes, { code: found.code, from: first.from, index: 99, fired: ['PCSZ2', 'PRule7'], proof }] };
  },
};
