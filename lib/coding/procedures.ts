import type { ClinicalCode } from '../model/code.js';
import type { SectionKind } from '../model/mention.js';
import type { Coding, CodingRuleId, Evidence, Suggestion } from '../model/suggestion.js';
import type { Candidate, PlacedMention } from './candidates.js';

/** Sections that tell what was done, not what is meant to be done (PRule 1 and the stage reached). */
const done: ReadonlySet<SectionKind> = new Set(['operation', 'description', 'reason', 'course', 'other', 'complications', 'diagnosis', 'impression', 'investigations', 'preoperative']);
const weights: Partial<Record<SectionKind, number>> = { operation: 6, description: 4, course: 3.2, other: 3, reason: 2.4, complications: 2.2, diagnosis: 2.2, impression: 1.6, preoperative: 1.5, investigations: 1, 'present-illness': 0.9, examination: 0.8 };
const rule = (id: string): CodingRuleId => id as CodingRuleId;

/** Where a code stands among those of one theatre visit: the prosthesis before the extraction (PConvention 2), then what was done besides, then approach, site, side. */
function rank(code: string): number {
  if (/^C75/.test(code)) return 0;
  if (/^C7[1-4]/.test(code)) return 1;
  if (/^Z94/.test(code)) return 9;
  if (/^Z/.test(code)) return 8;
  if (/^Y/.test(code)) return 7;
  if (/^C90/.test(code)) return 6;
  // A test that guided an operation stands behind it.
  if (isOptionalProcedure(code) && !/^X28/.test(code)) return 5;
  return 2;
}

/** Not coded unless the admission was for it alone (imaging, EEG, monitoring: a setting of the department, to be checked), or not mandatory (PCSC1). */
export function isOptionalProcedure(code: string): boolean {
  return /^(?:C90|Y8|U[0-3]|A84[1-9]|Y53|Y98|Y97|C434|C693|C86|C87|X28|E9|X403)/.test(code);
}

const sides: readonly (readonly [RegExp, ClinicalCode])[] = [
  [/\b(?:bilateral(?:ly)?|both (?:eyes|knees|shoulders|hips|wrists|hands|sides)|dwyochrog|BE|OU)\b/, 'Z941' as ClinicalCode],
  [/\b(?:[Rr]ight|RIGHT|R|RE|OD|[Rr]t|dde|Dde|R\)|\(R\))\b/, 'Z942' as ClinicalCode],
  [/\b(?:[Ll]eft|LEFT|L|LE|OS|[Ll]t|chwith|Chwith)\b/, 'Z943' as ClinicalCode],
];

/** Does an operation of this code have a side (PCSZ2)? Paired organs of the packs. */
function hasSide(code: string): boolean {
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

/** Codes of what was done, in the order of recording, with their site and side; what was planned or is not shown to have been done is rejected. */
export function codeProcedures(candidates: readonly Candidate[], all: readonly PlacedMention[], groupsBefore: number): Coding {
  const rejected: Coding['rejected'][number][] = [];
  const performed = candidates.map((candidate) => {
    const here = candidate.codable.filter(({ mention }) => done.has(mention.section));
    const [planned] = candidate.codable;
    if (here.length === 0 && planned) rejected.push({ system: 'OPCS-4', code: candidate.concept.codes[0], label: candidate.concept.label, evidence: { document: planned.document, version: planned.version, span: planned.mention.span }, because: [rule('PRule1'), rule('plan-only')], cue: null });
    return { candidate, here, weight: Math.max(0, ...here.map(({ mention }) => weights[mention.section] ?? 0)) + 0.2 * Math.log2(1 + here.length) + (candidate.concept.source === 'pack' ? 0.6 : 0) };
  }).filter(({ here }) => here.length > 0);
  const surgical = performed.filter(({ candidate }) => !isOptionalProcedure(candidate.concept.codes[0]));
  const wanted = surgical.length > 0 ? performed.filter(({ candidate, weight }) => surgical.some((one) => one.candidate === candidate) || weight > 2) : performed;

  const codes = new Map<ClinicalCode, { readonly from: (typeof performed)[number]; readonly index: number }>();
  for (const one of wanted) one.candidate.concept.codes.forEach((code, index) => { if (!codes.has(code)) codes.set(code, { from: one, index }); });
  // A drug's own code stands only where the drug is on the current High Cost Drugs list, which changes with each edition: none is listed until the department gives one (PCSX24).
  for (const [code, { from }] of codes) {
    if (!/^X(?:8[1-9]|9[0-8])/.test(code)) continue;
    codes.delete(code);
    const [one] = from.here;
    if (one) rejected.push({ system: 'OPCS-4', code, label: from.candidate.concept.label, evidence: { document: one.document, version: one.version, span: one.mention.span }, because: [rule('PCSX24')], cue: null });
  }
  // An unspecified extraction beside the phacoemulsification is the same extraction.
  if (codes.has('C712' as ClinicalCode)) for (const code of ['C719', 'C711', 'C749', 'C713', 'C718', 'C694', 'C692', 'C693', 'C73']) codes.delete(code as ClinicalCode);
  if ([...codes.keys()].some((code) => /^C75[1245]/.test(code)) && codes.has('C751' as ClinicalCode)) for (const code of ['C759', 'C758']) codes.delete(code as ClinicalCode);

  // The pair stands for the operation: an extraction that nobody named with its lens is still the pair where the note tells of both.
  const list = [...codes].sort((a, b) => rank(a[0]) - rank(b[0]) || Math.round(b[1].from.weight) - Math.round(a[1].from.weight) || (a[1].from === b[1].from ? a[1].index - b[1].index : a[0] < b[0] ? -1 : 1));
  const suggestions: Suggestion[] = [];
  const evidenceOf = (placed: PlacedMention): Evidence => ({ document: placed.document, version: placed.version, span: placed.mention.span });
  let position = 0;
  for (const [code, { from }] of list) {
    const [one, ...more] = from.here.map(evidenceOf);
    if (!one) continue;
    const confidence = Math.min(0.97, 0.35 + from.weight * 0.09);
    suggestions.push({
      system: 'OPCS-4', code, label: from.candidate.concept.label, role: position === 0 ? 'primary' : 'secondary', position, confidence, band: confidence > 0.85 ? 'strong' : confidence > 0.65 ? 'fair' : 'slight',
      grounds: [from.candidate.concept.source === 'pack' ? 'pack-term' : 'title-match'], shown: confidence > 0.5, evidence: [one, ...more],
      because: [rule(position === 0 ? 'PRule2' : 'PRule1'), ...(/^C7[15]/.test(code) ? [rule('PConvention2')] : []), ...(/^[YZ]/.test(code) ? [rule('PRule7')] : [])], group: groupsBefore + 1, prompts: [],
    });
    position += 1;
  }
  const abstentions: Coding['abstentions'][number][] = [];
  const sided = list.filter(([code]) => hasSide(code));
  if (sided.length > 0 && !list.some(([code]) => /^Z94/.test(code))) {
    const places = [...sided.flatMap(([, { from }]) => from.here), ...all.filter(({ mention }) => mention.section === 'operation' || mention.section === 'diagnosis' || mention.section === 'preoperative')];
    const side = sideOf(places.map(({ sentence }) => sentence));
    const proof = side && side !== 'conflict' ? places[side.at] : undefined;
    if (side === 'conflict') abstentions.push({ system: 'OPCS-4', role: 'secondary', reason: 'conflict' });
    else if (side && proof) {
      const [lead] = suggestions;
      const confidence = (lead?.confidence ?? 0.7) * 0.97;
      suggestions.push({ system: 'OPCS-4', code: side.code, label: { en: side.code }, role: 'secondary', position: position++, confidence, band: 'fair', grounds: ['companion'], shown: true, evidence: [evidenceOf(proof)], because: [rule('PCSZ2'), rule('PRule7')], group: groupsBefore + 1, prompts: [] });
    } else { const [lead, ...others] = suggestions; if (lead) suggestions.splice(0, suggestions.length, { ...lead, prompts: ['prompt.side'] }, ...others); }
  }
  return { suggestions, rejected, abstentions };
}
