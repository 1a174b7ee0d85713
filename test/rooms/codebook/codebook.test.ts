import fc from 'fast-check';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseEdition, createCodeBook, createCodeSearch, readCodeFile, type SearchLine } from '../../../lib/codebook/index.js';
import { readCode, type ClinicalCode, type CodeEntry } from '../../../lib/model/code.js';
import type { EditionSummary } from '../../../lib/model/codebook.js';

/** The layouts of the NHS files with wording of our own. */
const icd = [
  'CODE\tALT_CODE\tUSAGE\tUSAGE_UK\tDESCRIPTION\tMODIFIER_4\tMODIFIER_5\tQUALIFIERS\tGENDER_MASK\tMIN_AGE\tMAX_AGE\tTREE_DESCRIPTION',
  'G35.X\tG35X\tDEFAULT\t3\tInvented wording one\t\t\t\t\t\t\tTree',
  'E11\tE11\tDEFAULT\t1\tA category\t\t\t\t\t\t\tTree',
  'E11.3\tE113\tDAGGER\t3\tInvented wording two\tWith the eye\t\t\t\t\t\tTree',
  'H28.0\tH280\tASTERISK\t3\tInvented\u00A0wording three\t\t\t\t\t\t\tTree',
  '"N40.X"\tN40X\tDEFAULT\t3\t"Wording ""four"""\t\t\t\tM\t15\t124\tTree',
].join('\r\n');
const titles = 'C71\tExtraction of lens\nC71.2\tPhacoemulsification of lens\nC751\tInsertion of lens\n';
const fixed = `${'1'.padEnd(12)}${'C712'.padEnd(12)}${'EXTRACTION OF LENS'.padEnd(60)}${'PHACOEMULSIFICATION OF LENS'.padEnd(107)}  ${'01'.padEnd(25)}1\n`;
const few = { fewest: 1 };

describe('a code file', () => {
  it('is read in each of its layouts', async () => {
    const read = await readCodeFile(`\uFEFF${icd}`, 'ICD-10', few);
    expect(read.ok && read.value.map(({ code, title, dual, sex, ages }) => [code, title, dual, sex, ages])).toEqual([
      ['G35X', 'Invented wording one', 'none', null, null], ['E113', 'Invented wording two - With the eye', 'dagger', null, null],
      ['H280', 'Invented wording three', 'asterisk', null, null], ['N40X', 'Wording "four"', 'none', 'male', { from: 15, to: 124 }],
    ]);
    const two = await readCodeFile(titles, 'OPCS-4', few);
    expect(two.ok && two.value.map(({ code, title }) => `${code} ${title}`)).toEqual(['C712 Phacoemulsification of lens', 'C751 Insertion of lens']);
    const wide = await readCodeFile(fixed, 'OPCS-4', few);
    expect(wide.ok && wide.value.map(({ code, title }) => `${code} ${title}`)).toEqual(['C712 PHACOEMULSIFICATION OF LENS']);
    const xml = await readCodeFile('<?xml version="1.0"?><dsv xmlns="https://www.digital.nhs.uk/opcs/codes"><code CODE="C71.2" TITLE="Lens &amp; more"/><code CODE="C75.1" TITLE="Two"/></dsv>', 'OPCS-4', few);
    expect(xml.ok && xml.value.map(({ code, title }) => `${code} ${title}`)).toEqual(['C712 Lens & more', 'C751 Two']);
  });

  it('is refused where it is another thing, cut off, faulty or doubled, with the line', async () => {
    const failure = async (text: string, system: 'ICD-10' | 'OPCS-4' = 'OPCS-4', options: object = few): Promise<unknown> => { const read = await readCodeFile(text, system, options); return read.ok ? 'read' : read.failure; };
    expect(await failure('%PDF-1.7 …')).toEqual({ kind: 'not-a-code-file' });
    expect(await failure('<!DOCTYPE html><html>Sign in</html>')).toEqual({ kind: 'not-a-code-file' });
    expect(await failure('PK\u0003\u0004zip')).toEqual({ kind: 'not-a-code-file' });
    expect(await failure('OPCS 4.2\tOPCS 4.3\nA01.1: one\tA01.1: two')).toEqual({ kind: 'not-a-code-file' });
    expect(await failure('')).toEqual({ kind: 'not-a-code-file' });
    expect(await failure(icd, 'OPCS-4')).toEqual({ kind: 'other-classification', found: 'ICD-10' });
    expect(await failure(`${titles}not a code\tWords\nC75.2\tMore\n`)).toEqual({ kind: 'bad-line', line: 4, reason: 'no-code' });
    expect(await failure(`${titles}C75.3\t\nC75.2\tMore\n`)).toEqual({ kind: 'bad-line', line: 4, reason: 'no-title' });
    expect(await failure(`${titles}C71.2\tAgain\nC75.2\tMore\n`)).toEqual({ kind: 'double-code', line: 4, code: 'C712' });
    expect(await failure(titles, 'OPCS-4', {})).toEqual({ kind: 'truncated', line: 3, codes: 2 });
    expect(await failure(`${titles}C7`, 'OPCS-4', {})).toEqual({ kind: 'truncated', line: 4, codes: 2 });
  });

  it('tells how far it is, and stops when it is cancelled', async () => {
    const many = Array.from({ length: 9000 }, (_, at) => `${String.fromCharCode(65 + Math.floor(at / 1000))}${String(at % 1000).padStart(3, '0').replace(/^(..)(.)$/, '$1.$2')}\tTitle ${at}`).join('\n');
    const seen: number[] = [];
    expect((await readCodeFile(many, 'OPCS-4', { onProgress: ({ lines }) => seen.push(lines) })).ok).toBe(true);
    expect(seen.length).toBeGreaterThan(3);
    const stop = new AbortController();
    const cancelled = await readCodeFile(many, 'OPCS-4', { signal: stop.signal, onProgress: ({ lines }) => { if (lines > 3000) stop.abort(); } });
    expect(cancelled).toEqual({ ok: false, failure: { kind: 'cancelled' } });
  });

  it('never throws, and names a line that is there', async () => {
    let tried = 0;
    await fc.assert(fc.asyncProperty(fc.constantFrom(icd, titles, fixed), fc.string({ maxLength: 40 }), fc.nat(400), async (text, noise, at) => {
      tried += 1;
      const mixed = text.slice(0, at) + noise + text.slice(at);
      const read = await readCodeFile(mixed, text === icd ? 'ICD-10' : 'OPCS-4', few);
      if (!read.ok && 'line' in read.failure) expect(read.failure.line).toBeLessThanOrEqual(mixed.split('\n').length);
    }), { numRuns: 400 });
    console.info(`files tried ${tried}, bad 0`);
    expect(tried).toBe(400);
  });
});

const entry = (code: string, title: string): CodeEntry => ({ system: 'OPCS-4', code: code as ClinicalCode, title, dual: 'none', sex: null, ages: null, usage: 1 });
const edition = (name: string, from: string, to: string | null): EditionSummary => ({ system: 'OPCS-4', name, from, to, codes: 1, titles: true, source: 'imported' });

describe('editions', () => {
  it('are chosen by the day of discharge, its first and last day included, and never answer for another time', () => {
    const both = [edition('OPCS-4.10', '2023-04-01', '2026-03-31'), edition('OPCS-4.11', '2026-04-01', null)];
    const on = (day: string): unknown => { const chosen = chooseEdition(both, 'OPCS-4', day); return chosen.ok ? chosen.value.name : chosen.failure; };
    expect([on('2023-04-01'), on('2026-03-31'), on('2026-04-01'), on('2031-01-01')]).toEqual(['OPCS-4.10', 'OPCS-4.10', 'OPCS-4.11', 'OPCS-4.11']);
    expect(on('2023-03-31')).toEqual({ kind: 'before-all', nearest: 'OPCS-4.10' });
    expect(chooseEdition(both.slice(0, 1), 'OPCS-4', '2026-04-01')).toEqual({ ok: false, failure: { kind: 'ended', nearest: 'OPCS-4.10' } });
    expect(chooseEdition(both, 'ICD-10', '2026-04-01')).toEqual({ ok: false, failure: { kind: 'none', nearest: null } });
  });

  it('lie side by side, survive a restart, and are there whole or not at all', async () => {
    const indexedDB = new IDBFactory();
    const options = { name: 'codes', shipped: [{ summary: { ...edition('OPCS-4.10', '2023-04-01', '2026-03-31'), source: 'shipped' as const }, entries: [entry('C712', 'shipped')] }], indexedDB, IDBKeyRange };
    const book = createCodeBook(options);
    expect((await book.find('OPCS-4', 'C712' as ClinicalCode, '2025-01-01'))?.title).toBe('shipped');
    expect((await book.add(edition('OPCS-4.11', '2026-04-01', null), [entry('C712', 'eleven'), entry('C755', 'new')])).ok).toBe(true);
    expect((await book.add(edition('OPCS-4.10', '2023-04-01', '2026-03-31'), [entry('C712', 'ten')])).ok).toBe(true);
    expect(await book.add(edition('OPCS-4.12', '2026-06-01', null), [entry('C712', 'x')])).toEqual({ ok: false, failure: { kind: 'overlaps', edition: 'OPCS-4.11' } });
    // What cannot be cloned breaks the transaction: the old edition stands.
    expect(await book.add(edition('OPCS-4.10', '2023-04-01', '2026-03-31'), [{ ...entry('C712', 'half'), usage: (() => 1) as unknown as number }])).toEqual({ ok: false, failure: { kind: 'not-saved' } });
    book.close();
    const again = createCodeBook(options);
    expect((await again.find('OPCS-4', 'C712' as ClinicalCode, '2025-01-01'))?.title).toBe('ten');
    expect((await again.find('OPCS-4', 'C712' as ClinicalCode, '2026-04-01'))?.title).toBe('eleven');
    expect(await again.find('OPCS-4', 'C755' as ClinicalCode, '2026-03-31')).toBeNull();
    expect((await again.editions()).map(({ name, source, codes }) => `${name} ${source} ${codes}`).sort()).toEqual(['OPCS-4.10 imported 1', 'OPCS-4.10 shipped 1', 'OPCS-4.11 imported 2']);
    again.close();
  });
});

describe('the search', () => {
  const folder = resolve(import.meta.dirname, '../../../assets/codes');
  const read = (name: string): string[][] => readFileSync(resolve(folder, name), 'utf8').split('\n').filter(Boolean).map((line) => line.split('\t'));
  const usage = new Map(read('icd10.tsv').map(([code = '', , count = '']) => [code, Number(count)]));
  const lines: SearchLine[] = [
    ...read('opcs4.tsv').map(([code = '', words = '', count = '']): SearchLine => ({ system: 'OPCS-4', code: code as ClinicalCode, words, usage: Number(count) })),
    ...[...read('icd10-index.tsv'), ...read('icd10-synonyms.tsv')].map(([code = '', words = '']): SearchLine => ({ system: 'ICD-10', code: code as ClinicalCode, words, usage: usage.get(code) ?? 0 })),
  ];
  const search = createCodeSearch(lines);
  const codes = (asked: string): string[] => search.find(asked).map(({ code }) => code);

  it('finds by the beginning of a code, by words in any order, by beginnings and with a letter wrong', () => {
    // The same characters are a code of each classification.
    expect(search.find('C71.2').map(({ system, code }) => `${system} ${code}`).sort()).toEqual(['ICD-10 C712', 'OPCS-4 C712']);
    expect(codes('g35')).toContain('G35X');
    expect(codes('C7').length).toBeGreaterThan(5);
    expect(codes('phacoemulsification lens')[0]).toBe('C712');
    expect(codes('phacoemulsifcation')).toContain('C712');
    expect(codes('lens phaco')[0]).toBe('C712');
    expect(codes('neck femur fracture').some((code) => code.startsWith('S72'))).toBe(true);
    expect(codes('multiple scler')[0]).toBe('G35X');
    expect(codes('hypothiroidism')).toContain('E039');
    expect(codes('zzzzzz')).toEqual([]);
    expect(codes('')).toEqual([]);
  });

  it('looks through all of what ships', () => {
    console.info(`search lines ${lines.length}`);
    expect(lines.length).toBeGreaterThan(25_000);
  });
});

describe('a code', () => {
  it('is read as people write it', () => {
    const cases: readonly (readonly [string, string | null])[] = [['G35.X', 'G35X'], ['g35', 'G35X'], ['C75.1', 'C751'], ['A00.-', 'A00X'], [' e11.3† ', 'E113'], ['G43.909', null], ['X', null], ['', null], ['M54.81', null]];
    for (const [written, sent] of cases) expect(readCode(written), written).toBe(sent);
    console.info(`spellings tried ${cases.length}`);
  });
});
