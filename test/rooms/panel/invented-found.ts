import type { ClinicalCode, CodeSystem } from '../../../lib/model/code.js';
import type { CodeHit, CodesFound } from '../../../lib/model/codebook.js';
import { inventedEditions } from './invented-coding.js';

const hit = (system: CodeSystem, code: string, title: string | null, words: string | null, part: Partial<CodeHit['entry']> = {}, usage = 0): CodeHit => ({ entry: { system, code: code as ClinicalCode, title, dual: 'none', sex: null, ages: null, usage: 0, ...part }, label: title === null ? { en: 'our own words', cy: 'ein geiriau ni', translation: 'draft' } : { en: title }, words, usage });
const all: readonly CodeHit[] = [
  hit('ICD-10', 'I10X', null, 'hypertension', {}, 3_141_592), hit('OPCS-4', 'C751', 'Insertion of lens prosthesis', null, {}, 677_473), hit('OPCS-4', 'Q071', 'An operation of one sex', null, { sex: 'female' }), hit('ICD-10', 'G632', null, 'neuropathy', { dual: 'asterisk', ages: { from: 16, to: 124 } }, 120),
];

/** Answers a search over four invented codes: those whose code or words hold what was asked. */
export function inventedFound(asked: string): CodesFound {
  const sought = asked.toLowerCase();
  return { editions: inventedEditions, before: sought.includes('hypertension') ? [{ system: 'ICD-10', code: 'I10X' as ClinicalCode, times: 3 }] : [], hits: sought === '' ? [] : all.filter(({ entry: { code, title }, words }) => code.toLowerCase().startsWith(sought.replace('.', '')) || `${title ?? ''} ${words ?? ''}`.toLowerCase().split(' ').some((word) => word !== '' && sought.includes(word))) };
}
