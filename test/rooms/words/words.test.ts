import { describe, expect, it } from 'vitest';
import { afterTo, createWords, formatDate, listed } from '../../../components/words.js';
import type { WordKey } from '../../../components/words.js';
import english from '../../../assets/languages/en-GB/messages.json';
import welsh from '../../../assets/languages/cy/messages.json';

const welshForms = ['zero', 'one', 'two', 'few', 'many', 'other'];
const stem = (key: string): string => key.replace(/_(zero|one|two|few|many|other)$/, '');
const places = (text: string): string => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort().join(',');
const catalogues = [['en-GB', english, ['one', 'other']], ['cy', welsh, welshForms]] as const;

describe('the catalogues', () => {
  it('hold the same messages, with every plural form of their language and the same places to fill', () => {
    const stems = catalogues.map(([, words]) => [...new Set(Object.keys(words).map(stem))].sort());
    expect(stems[1]).toEqual(stems[0]);
    let tried = 0;
    const bad: string[] = [];
    for (const [locale, words, forms] of catalogues) {
      const catalogue = words as Readonly<Record<string, string>>;
      for (const key of Object.keys(catalogue)) {
        tried += 1;
        const text = catalogue[key] ?? '';
        if (text.trim() === '' || text.includes('!')) bad.push(`${locale} ${key}: empty or shouting`);
        const other = Object.entries(english).find(([name]) => stem(name) === stem(key));
        if (places(text) !== places(other?.[1] ?? '?')) bad.push(`${locale} ${key}: places differ`);
        if (key !== stem(key)) {
          for (const form of forms) if (catalogue[`${stem(key)}_${form}`] === undefined) bad.push(`${locale} ${stem(key)}: no ${form}`);
          if (!forms.some((form) => key.endsWith(`_${form}`))) bad.push(`${locale} ${key}: not a form of this language`);
        }
      }
    }
    console.log(`messages: tried ${tried}, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect(tried).toBeGreaterThan(400);
  });

  it('are said for every key and count', () => {
    let tried = 0;
    for (const [locale, words] of catalogues) {
      const { say } = createWords(locale);
      for (const key of new Set(Object.keys(words).map(stem))) {
        for (const count of [0, 1, 2, 3, 4, 6, 11]) {
          tried += 1;
          expect(say(key as WordKey, { count })).not.toBe('');
        }
      }
    }
    expect(tried).toBeGreaterThan(2000);
  });
});

describe('words', () => {
  it('choose the plural form of each language', () => {
    const cy = createWords('cy');
    const en = createWords('en-GB');
    expect([0, 1, 2, 3, 6, 7].map((count) => cy.say('status.problems', { count }))).toEqual([
      'Rhestrwyd 0 problem', 'Rhestrwyd 1 broblem', 'Rhestrwyd 2 broblem', 'Rhestrwyd 3 problem', 'Rhestrwyd 6 phroblem', 'Rhestrwyd 7 problem']);
    expect([0, 1, 2].map((count) => en.say('status.read', { read: 0, count }))).toEqual(['Read 0 of 0 documents', 'Read 0 of 1 document', 'Read 0 of 2 documents']);
  });

  it('throw for a message that does not exist, and leave what a note holds as it is', () => {
    const { say } = createWords('cy');
    expect(() => say('no.such.key' as WordKey)).toThrow(/no\.such\.key/);
    expect(say('done.logged', { words: '<b>AF</b> & co' })).toBe('Mae ‘<b>AF</b> & co’ wedi’i gofnodi');
  });

  it('write dates and names as people do', () => {
    expect(formatDate('2026-11-12', 'en-GB')).toBe('12 Nov 2026');
    expect(formatDate('2026-11-12', 'cy')).toBe('12 Tach 2026');
    expect(formatDate('2026-09-03', 'cy', 'without-year')).toBe('3 Medi');
    expect(formatDate('soon', 'cy')).toBe('soon');
    expect(['Offthalmoleg', 'Meddygaeth gyffredinol', 'Cardioleg', 'Rhiwmatoleg', 'Llawfeddygaeth', 'Gastroenteroleg'].map((name) => afterTo(name, 'cy')))
      .toEqual(['offthalmoleg', 'feddygaeth gyffredinol', 'gardioleg', 'riwmatoleg', 'lawfeddygaeth', 'gastroenteroleg']);
    // No browser knows how Welsh joins a list: none says an English *and*.
    expect([listed(['Prif ddiagnosis', 'Prif driniaeth'], 'cy'), listed(['one', 'two', 'three'], 'en-GB')]).toEqual(['Prif ddiagnosis, Prif driniaeth', 'one, two and three']);
    expect([afterTo('General medicine', 'en-GB'), afterTo('ENT', 'en-GB')]).toEqual(['general medicine', 'ENT']);
  });
});
