import type { ClinicalCode } from '../../../lib/model/code.js';
import type { EditionsOfDay } from '../../../lib/model/codebook.js';
import type { ContextKey } from '../../../lib/model/context.js';
import type { DocumentId } from '../../../lib/model/document.js';
import type { CodingView, Quote } from '../../../lib/model/review.js';
import type { CodingRuleId, Ground, Rejection, Suggestion } from '../../../lib/model/suggestion.js';

type Part = Partial<Omit<Suggestion, 'code' | 'because' | 'evidence'>> & { readonly because?: readonly string[] };
let places = 0;

/** Both classifications by the day of discharge. */
export const inventedEditions: EditionsOfDay = {
  day: '2026-11-12', ground: 'discharged',
  systems: {
    'ICD-10': { ok: true, value: { system: 'ICD-10', name: 'ICD-10 5th Edition', from: '2016-04-01', to: null, codes: 12_379, titles: false, source: 'shipped' } },
    'OPCS-4': { ok: true, value: { system: 'OPCS-4', name: 'OPCS-4.11', from: '2026-04-01', to: null, codes: 9_857, titles: true, source: 'imported' } },
  },
};

/** Invented codes of an invented patient, out of order on purpose: a main diagnosis, a unit of four, three beside, one too weak to be shown, three rejected, one abstention. */
export function inventedCoding(key: ContextKey, documents: { readonly operation: string; readonly letter: string }): CodingView {
  places = 0;
  const quote = (document: string, words: string): Quote => { places += 40; return { key, document: document as DocumentId, version: 1, span: { start: places, end: places + words.length }, words }; };
  const row = (code: string, label: string, quotes: readonly [Quote, ...Quote[]], part: Part): CodingView['suggestions'][number] => {
    const [first, ...more] = quotes;
    const { because = ['DGCS.3', 'index-match'], ...others } = part;
    return {
      quotes,
      suggestion: {
        system: 'ICD-10', role: 'secondary', position: 0, confidence: 0.7134, band: 'fair', grounds: ['index-match'] satisfies Ground[], shown: true, group: 1, prompts: [], label: { en: label }, ...others,
        code: code as ClinicalCode, because: because as readonly CodingRuleId[], evidence: [first, ...more],
      },
    };
  };
  const rejected = (code: string, label: string, words: string, because: readonly string[], cue: string | null): CodingView['rejected'][number] => {
    const from = quote(documents.letter, words);
    return { quote: from, rejection: { system: 'ICD-10', code: code as ClinicalCode, label: { en: label }, evidence: from, because: because as Rejection['because'], cue } };
  };
  const phaco = quote(documents.operation, 'Right phacoemulsification + IOL');
  const operation: Part = { system: 'OPCS-4', group: 9, band: 'strong', grounds: ['pack-term'], because: ['PRule2', 'PConvention2'] };
  return {
    suggestions: [
      row('I10X', 'High blood pressure, diagnosed', [quote(documents.letter, 'known hypertension')], { position: 2, group: 3, band: 'strong', because: ['DGCS.3', 'DCS.IX.1'], label: { en: 'High blood pressure, diagnosed', cy: 'Pwysedd gwaed uchel, wedi’i ddiagnosio', translation: 'draft' } }),
      row('H269', 'Cataract, type not stated', [quote(documents.operation, 'NS++ cataract'), quote(documents.letter, `cataract ${'of the right eye which has slowly grown worse '.repeat(4)}`)], { role: 'primary', position: 0, group: 1, grounds: ['main-in-operation', 'title-match'], because: ['DGCS.1', 'DCS.VII.1'], prompts: ['prompt.cataract-type'] }),
      row('E119', 'Type 2 diabetes mellitus, without complications', [quote(documents.letter, 'T2DM')], { position: 1, group: 2, because: ['DGCS.3', 'a-rule-without-words'] }),
      row('G629', 'Polyneuropathy', [quote(documents.letter, 'numb feet')], { position: 3, group: 4, shown: false }),
      row('I252', 'Old myocardial infarction', [quote(documents.letter, 'previous MI 2019')], { position: 4, group: 5, band: 'slight', grounds: ['weak-section'] }),
      row('C712', 'Phacoemulsification of lens', [phaco], { ...operation, position: 1 }),
      row('C751', 'Insertion of lens prosthesis', [phaco], { ...operation, role: 'primary', position: 0 }),
      row('C647', 'Insertion of iris hooks', [quote(documents.operation, 'iris hooks ×4')], { ...operation, position: 2, because: ['PRule1'] }),
      row('Z942', 'Z942', [phaco], { ...operation, position: 3, because: ['PCSZ2', 'PRule7'], prompts: ['prompt.not-written-yet'] }),
    ],
    rejected: [rejected('H251', 'Age-related nuclear cataract', 'NS++', ['DCS.VII.1', 'less-specific'], null), rejected('I489', 'Atrial fibrillation', 'no AF', ['negated'], 'no'), rejected('G35X', 'Multiple sclerosis', 'mother had MS', ['family'], 'mother')],
    abstentions: [{ system: 'OPCS-4', role: 'secondary', reason: 'conflict' }],
    editions: inventedEditions,
  };
}
