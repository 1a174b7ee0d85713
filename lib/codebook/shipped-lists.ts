import { readCode, type CodeEntry, type CodeSystem } from '../model/code.js';
import type { CodeList } from '../model/codebook.js';
import { knownWindows } from './editions.js';

/** Rows of a list that ships, as text: tab-separated lines (assets/codes/README.md). */
export interface ShippedText {
  /** code, `*` for an asterisk code, yearly usage. */
  readonly icd10: string;
  /** code, title, yearly usage. */
  readonly opcs4: string;
}

const rowsOf = (text: string): string[][] => text.split('\n').filter(Boolean).map((line) => line.split('\t'));

function entryOf(system: CodeSystem, [written = '', more = '', count = '']: readonly string[]): CodeEntry[] {
  const code = readCode(written);
  return code ? [{ system, code, title: system === 'OPCS-4' ? more : null, dual: system === 'ICD-10' && more === '*' ? 'asterisk' : 'none', sex: null, ages: null, usage: Number(count) || 0 }] : [];
}

/**
 * What works before any import, for the editions that TRUD names: the codes that English hospitals have used.
 * One list stands for each edition of OPCS-4, as the counts do not tell them apart; an import does.
 */
export function shippedLists({ icd10, opcs4 }: ShippedText): readonly CodeList[] {
  const entries: Readonly<Record<CodeSystem, readonly CodeEntry[]>> = {
    'ICD-10': rowsOf(icd10).flatMap((cells) => entryOf('ICD-10', cells)), 'OPCS-4': rowsOf(opcs4).flatMap((cells) => entryOf('OPCS-4', cells)),
  };
  return knownWindows.map(({ system, name, from, to }) => ({ summary: { system, name, from, to, codes: entries[system].length, titles: system === 'OPCS-4', source: 'shipped' }, entries: entries[system] }));
}
