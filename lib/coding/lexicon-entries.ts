import { readCode, type ClinicalCode, type CodeSystem } from '../model/code.js';
import type { LexiconEntry, SpecialtyPack } from '../model/lexicon.js';
import type { ConceptId } from '../model/mention.js';
import { isLongTermCode } from './long-term.js';

/** The code lists that ship, as text: tab-separated lines (assets/codes/README.md). */
export interface ShippedCodes {
  /** code, `*` for an asterisk code, yearly usage. */
  readonly icd10: string;
  /** code, title, yearly usage. */
  readonly opcs4: string;
  /** code, term: the ICD-10-CM index cut to UK codes. */
  readonly index: string;
  /** code, term: CALIBER. */
  readonly synonyms: string;
}

/** Packs whose rows every specialty reads. */
const common = new Set(['comorbidities', 'all-specialties', 'general', 'procedure-steps']);

/** Categories of chapter O that hold sites (the overflow of chapter Z): what an image shows of a skull base is no operation. */
const siteOverflow = /^O(?:1[1-46]|28|3[01346]|4[23567]|5[023])/;

const linesOf = (text: string): string[][] => text.split('\n').filter(Boolean).map((line) => line.split('\t'));

/** Terms of the American index that name a default which UK rules do not share, or that are words before they are conditions. */
const notAsIndexed = new Set(['diabetes', 'diabetes mellitus', 'stroke', 'hypertensive disease', 'lesion', 'mass', 'lump', 'cold', 'other', 'disability', 'age', 'pain', 'history', 'dead', 'normal', 'operation', 'injury', 'foreign body', 'nevus', 'accident', 'blind', 'weak', 'bleeding', 'infection', 'chronic', 'acute', 'recurrent', 'sleep', 'crisis', 'rest', 'menopause', 'puberty', 'pregnancy', 'delivery', 'abuse', 'adverse effect', 'poisoning', 'exposure', 'swelling', 'contact', 'secondary', 'primary', 'family history', 'wound', 'complication', 'reaction', 'death', 'shock', 'lead', 'iron', 'gold', 'drugs', 'alcohol', 'tobacco', 'caffeine', 'aspirin', 'insulin', 'warfarin', 'allergy', 'allergies', 'illness', 'disease', 'axis', 'mental disorder', 'infectious diseases', 'infectious disease', 'trachea', 'larynx', 'carcinoma in situ', 'mydriasis', 'bite', 'cyst', 'polyp', 'fall', 'stable', 'strain', 'sprain', 'devices', 'rupture', 'dependence', 'counseling', 'malignant', 'benign', 'neoplasm', 'tumor', 'tumour', 'margin', 'hemorrhagic', 'atheroma', 'fracture', 'ganglion', 'callus', 'cocaine', 'falling', 'hypersensitivity', 'aortic arch', 'bovine arch', 'atlas', 'astragalus', 'malleus', 'meningoencephalitis', 'pseudotumor', 'pin', 'pres', 'pims', 'taco', 'gald', 'amh', 'ffi', 'stec', 'screaming', 'immersion', 'senility', 'underweight', 'any nasal', 'stage unspecified', 'greater vestibular', 'fibrin stabilizing', 'air conditioning', "nothnagel's type", "schultze's type", 'van neck', 'denny brown', 'pleural condition', 'universal mesentery', 'worms', 'bunion', 'leukocytes', 'other juvenile arthritis', 'cancer', 'pancytopenia', 'bacteremia', 'poor contractions', 'visual discomfort', 'appendicitis', 'hypercalciuria', 'iron pigmentation', 'spinal fusion', 'fusion of spine', 'spine fusion', 'flushing', 'fat pad', 'cauda equina', 'follicular cyst', 'lordosis', 'lordosis, lumbar region', 'lordosis, lumbosacral region', 'lordosis, thoracolumbar region', 'lumbar region lordosis', 'lumbosacral region lordosis', 'thoracolumbar region lordosis', 'bunion of foot', 'fracture of bone', 'fractured bone', 'bony fracture', 'bone fracture']);

/** Makes the whole lexicon, packs first, then synonyms and the index, then titles of OPCS-4. Codes that the UK list does not have are left out. */
export function lexiconEntries(packs: readonly SpecialtyPack[], shipped: ShippedCodes): readonly LexiconEntry[] {
  const entries: LexiconEntry[] = [];
  const icd = new Set(linesOf(shipped.icd10).map(([code = '']) => code));
  for (const pack of packs) {
    for (const row of pack.entries) {
      const codes = row.codes.flatMap((code) => readCode(code) ?? []);
      const [first, ...rest] = codes;
      if (!first) throw new Error(`${row.id} has no code`);
      const system: CodeSystem = row.kind === 'procedure' ? 'OPCS-4' : 'ICD-10';
      entries.push({
        concept: { id: row.id as ConceptId, system, codes: [first, ...rest], source: 'pack', label: row.label.cy === undefined ? { en: row.label.en } : { ...row.label, translation: pack.translation } },
        terms: row.terms, specialty: common.has(pack.id) ? null : pack.id, isLongTerm: system === 'ICD-10' && isLongTermCode(first),
        ...(row.unless ? { unless: row.unless } : {}), ...(row.onlyWhen ? { onlyWhen: row.onlyWhen } : {}),
      });
    }
  }
  const byCode = new Map<string, string[]>();
  for (const [code = '', term = ''] of [...linesOf(shipped.synonyms), ...linesOf(shipped.index)]) {
    if (!icd.has(code) || notAsIndexed.has(term) || term.length < 4) continue;
    const held = byCode.get(code);
    if (held) held.push(term); else byCode.set(code, [term]);
  }
  for (const [code, terms] of byCode) {
    entries.push({ concept: { id: `icd.${code}` as ConceptId, system: 'ICD-10', codes: [code as ClinicalCode], source: 'index', label: { en: terms[0] ?? code } }, terms: [...terms, ...terms.flatMap(cancers)], specialty: null, isLongTerm: isLongTermCode(code as ClinicalCode) });
  }
  for (const [code = '', title = ''] of linesOf(shipped.opcs4)) {
    if (/^[YZ]/.test(code) || siteOverflow.test(code) || /^(?:Other|Unspecified)\b/.test(title)) continue;
    const bare = title.replace(/\s*\b(?:NEC|NFQ|NOC)\b/g, '').trim();
    if (bare.split(' ').length < 2 || bare.split(' ').length > 8) continue;
    entries.push({ concept: { id: `opcs.${code}` as ConceptId, system: 'OPCS-4', codes: [code as ClinicalCode], source: 'title', label: { en: title } }, terms: [bare.toLowerCase()], specialty: null, isLongTerm: false });
  }
  return entries;
}

/** Words that a person approved as terms for a code, as entries of a lexicon. */
export function approvedEntries(words: readonly { readonly phrase: string; readonly system: CodeSystem; readonly code: ClinicalCode }[]): readonly LexiconEntry[] {
  const byCode = new Map<string, { readonly system: CodeSystem; readonly code: ClinicalCode; readonly terms: Set<string> }>();
  for (const { phrase, system, code } of words) {
    const held = byCode.get(`${system} ${code}`) ?? { system, code, terms: new Set<string>() };
    byCode.set(`${system} ${code}`, held);
    held.terms.add(phrase);
  }
  return [...byCode.values()].map(({ system, code, terms }) => ({
    concept: { id: `approved.${code}` as ConceptId, system, codes: [code], source: 'approved', label: { en: [...terms][0] ?? code } }, terms: [...terms], specialty: null, isLongTerm: system === 'ICD-10' && isLongTermCode(code),
  }));
}

/** The index files carcinoma and cancer of a site under its malignant neoplasm. */
function cancers(term: string): string[] {
  const site = /^malignant neoplasm of (?:the )?(.+)$/.exec(term)?.[1];
  if (!site || site.split(' ').length > 3) return [];
  return [`cancer of ${site}`, `carcinoma of ${site}`, `${site} cancer`, `${site} carcinoma`, `adenocarcinoma of ${site}`, `malignant tumor of ${site}`];
}

/** Is this the pack of one specialty, not one that all specialties read? */
export function isSpecialtyPack(pack: string): boolean {
  return !common.has(pack);
}
