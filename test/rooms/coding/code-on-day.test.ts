import { describe, expect, it } from 'vitest';
import { openCoder } from '../../../entrypoints/batch/coder.js';
import { createCodeShelf, dayOf, shippedLists } from '../../../lib/codebook/index.js';
import type { ClinicalCode, CodeEntry, CodeSystem } from '../../../lib/model/code.js';
import type { CodeList } from '../../../lib/model/codebook.js';

const coder = openCoder();
const entry = (system: CodeSystem, code: string, title: string | null = null): CodeEntry => ({ system, code: code as ClinicalCode, title, dual: 'none', sex: null, ages: null, usage: 0 });
const list = (system: CodeSystem, name: string, from: string, to: string | null, entries: readonly CodeEntry[]): CodeList => ({ summary: { system, name, from, to, codes: entries.length, titles: true, source: 'imported' }, entries });

/** Two editions of OPCS-4: the later one has lost the phacoemulsification of the earlier one. */
const shelf = createCodeShelf([
  list('ICD-10', 'ICD-10 5th Edition', '2016-04-01', null, [entry('ICD-10', 'H269', 'Invented title'), entry('ICD-10', 'I10X')]),
  list('OPCS-4', 'OPCS-4.10', '2023-04-01', '2026-03-31', ['C751', 'C712', 'Z942'].map((code) => entry('OPCS-4', code, `Title of ${code}`))),
  list('OPCS-4', 'OPCS-4.11', '2026-04-01', null, ['C751', 'Z942'].map((code) => entry('OPCS-4', code))),
]);
const text = 'Operation: right phaco and IOL\nDiagnosis: cataract\nPMH: asthma';
const codedOn = (day: string) => coder.code(text, 'ophthalmology', 'full', shelf.on({ day, ground: 'discharged' })).coding;
const offered = (day: string): string => codedOn(day).suggestions.filter((one) => one.shown).map(({ code }) => code).join(' ');

describe('codes of an episode', () => {
  it('are those of the edition in force on its day', () => {
    expect(offered('2026-03-31')).toBe('H269 C751 C712 Z942');
    expect(offered('2026-04-01')).toBe('H269 C751 Z942');
    const later = codedOn('2026-04-01');
    expect(later.suggestions.map(({ code }) => code as string)).not.toContain('J459');
    expect(later.rejected.filter(({ because }) => because.some((id) => id === 'not-in-edition')).map(({ code }) => code as string).sort()).toEqual(['C712', 'J459']);
    expect(later.suggestions.every(({ position }, at, all) => all.findIndex((one) => one.system === all[at]?.system && one.position === position) === at)).toBe(true);
  });

  it('bear the titles of an edition that brings them', () => {
    const labels = (day: string): string[] => codedOn(day).suggestions.filter((one) => one.shown).map(({ label }) => label.en);
    expect(labels('2026-03-31')).toEqual(['Invented title', 'Title of C751', 'Title of C712', 'Z942']);
    expect(labels('2026-04-01')).not.toContain('Title of C751');
  });

  it('are withheld for a classification that has no edition for the day, whole, and it is said', () => {
    const before = codedOn('2020-01-01');
    expect(before.suggestions.map(({ system }) => system)).not.toContain('OPCS-4');
    expect(before.rejected.map(({ system }) => system)).not.toContain('OPCS-4');
    expect(before.abstentions.filter(({ system }) => system === 'OPCS-4')).toEqual([{ system: 'OPCS-4', role: 'primary', reason: 'no-edition' }]);
    expect(offered('2020-01-01')).toBe('H269');
    expect(offered('2010-01-01')).toBe('');
  });
});

describe('the day of an episode', () => {
  it('is that of discharge, else of admission, else today', () => {
    expect(dayOf({ admitted: '2026-03-30', discharged: '2026-04-02' }, '2026-11-27')).toEqual({ day: '2026-04-02', ground: 'discharged' });
    expect(dayOf({ admitted: '2026-03-30', discharged: null }, '2026-11-27')).toEqual({ day: '2026-03-30', ground: 'admitted' });
    expect(dayOf({ admitted: null, discharged: null }, '2026-11-27')).toEqual({ day: '2026-11-27', ground: 'today' });
  });
});

describe('the lists that ship', () => {
  it('stand for the editions that TRUD names and know the codes of each', () => {
    const lists = shippedLists({ icd10: 'G630\t*\t12\nG35X\t\t40\n', opcs4: 'C712\tPhacoemulsification of lens\t9\n' });
    expect(lists.map(({ summary }) => `${summary.name} ${summary.from} ${summary.to} ${summary.codes}`)).toEqual(['ICD-10 5th Edition 2016-04-01 null 2', 'OPCS-4.10 2023-04-01 2026-03-31 1', 'OPCS-4.11 2026-04-01 null 1']);
    const today = createCodeShelf(lists).on({ day: '2026-11-27', ground: 'today' });
    expect(today.entry('ICD-10', 'G630' as ClinicalCode)).toMatchObject({ dual: 'asterisk', usage: 12, title: null });
    expect(today.entry('OPCS-4', 'C712' as ClinicalCode)?.title).toBe('Phacoemulsification of lens');
    expect(today.entry('OPCS-4', 'G630' as ClinicalCode)).toBeNull();
  });
});
