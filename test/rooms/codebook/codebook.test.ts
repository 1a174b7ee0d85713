import fc from 'fast-check';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseEdition, createCodeBook, createCodeFinder, createCodeShelf, planImport, readCodeFile, readEdition, shippedLists, textOfFile } from '../../../lib/codebook/index.js';
import { specialtyPacks } from '../../../assets/starter.js';
import { readCode, type ClinicalCode, type CodeEntry } from '../../../lib/model/code.js';
import type { CodeList, EditionDraft, EditionSummary, EpisodeDay } from '../../../lib/model/codebook.js';

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
    expect(read.ok && read.value.entries.map(({ code, title, dual, sex, ages }) => [code, title, dual, sex, ages])).toEqual([
      ['G35X', 'Invented wording one', 'none', null, null], ['E113', 'Invented wording two - With the eye', 'dagger', null, null],
      ['H280', 'Invented wording three', 'asterisk', null, null], ['N40X', 'Wording "four"', 'none', 'male', { from: 15, to: 124 }],
    ]);
    const two = await readCodeFile(titles, 'OPCS-4', few);
    expect(two.ok && two.value.entries.map(({ code, title }) => `${code} ${title}`)).toEqual(['C712 Phacoemulsification of lens', 'C751 Insertion of lens']);
    const wide = await readCodeFile(fixed, 'OPCS-4', few);
    expect(wide.ok && wide.value.entries.map(({ code, title }) => `${code} ${title}`)).toEqual(['C712 PHACOEMULSIFICATION OF LENS']);
    const xml = await readCodeFile('<?xml version="1.0"?><dsv xmlns="https://www.digital.nhs.uk/opcs/codes"><code CODE="C71.2" TITLE="Lens &amp; more"/><code CODE="C75.1" TITLE="Two"/></dsv>', 'OPCS-4', few);
    expect(xml.ok && xml.value.entries.map(({ code, title }) => `${code} ${title}`)).toEqual(['C712 Lens & more', 'C751 Two']);
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
    const many = Array.from({ length: 90_000 }, (_, at) => (at < 26_000 ? `${String.fromCharCode(65 + Math.floor(at / 1000))}${String(at % 1000).padStart(3, '0').replace(/^(..)(.)$/, '$1.$2')}\tTitle ${at}` : `C71\tHeading ${at}`)).join('\n');
    const seen: number[] = [];
    let turns = 0;
    const ticking = setInterval(() => { turns += 1; }, 0);
    expect((await readCodeFile(many, 'OPCS-4', { fewest: 1, onProgress: ({ lines }) => seen.push(lines) })).ok).toBe(true);
    clearInterval(ticking);
    expect([seen[0], seen.at(-1)]).toEqual([0, 90_000]);
    expect(seen.length).toBeGreaterThan(3);
    // The page had its turns meanwhile.
    expect(turns).toBeGreaterThan(0);
    const stop = new AbortController();
    const cancelled = await readCodeFile(many, 'OPCS-4', { signal: stop.signal, onProgress: ({ lines }) => { if (lines > 0) stop.abort(); } });
    expect(cancelled).toEqual({ ok: false, failure: { kind: 'cancelled' } });
  });

  it('is read though its ICD-10 has fifth characters, letters for dagger and asterisk, and a code that is both', async () => {
    const more = [icd, 'M45.X9\tM45X9\tDEFAULT\t3\tFifth\t\t\t\t\t\t\tTree', 'M00.01\tM0001\tDEFAULT\t3\tFifth\t\t\t\t\t\t\tTree', 'E10.3D\tE103D\tDAGGER\t3\tWith a letter\t\t\t\t\t\t\tTree', 'G63.0\tG630\tDEFAULT\t3\tBoth\t\t\t\t\t\t\tTree', 'G63.0\tG630\tASTERISK\t3\tBoth\t\t\t\t\t\t\tTree'].join('\n');
    const read = await readCodeFile(more, 'ICD-10', few);
    expect(read.ok && read.value.entries.slice(4).map(({ code, dual }) => `${code} ${dual}`)).toEqual(['E103 dagger', 'G630 asterisk']);
  });

  it('in XML says its own lines, its sexes, and that it was cut off', async () => {
    const xml = (...elements: string[]): string => `<?xml version="1.0"?>\n<dsv xmlns="https://www.digital.nhs.uk/opcs/meta">\n${elements.join('\n')}\n`;
    const meta = (code: string, sex: string): string => `<meta OPERATION_CODE="${code}" OPERATION_NAME_3="X" OPERATION_NAME_4="WORDS OF ${code}" SEX_SCRUTINY="${sex}" STATUS_OPERATION="01" METHOD_DELIVERY=""/>`;
    const read = await readCodeFile(`${xml(meta('Q071', 'F'), meta('C712', ''))}</dsv>\n`, 'OPCS-4', few);
    expect(read.ok && read.value).toMatchObject({ part: 'metadata', entries: [{ code: 'Q071', sex: 'female' }, { code: 'C712', sex: null }] });
    expect(await readCodeFile(`${xml(meta('Q071', 'F'), meta('nonsense', ''), meta('C712', ''))}</dsv>`, 'OPCS-4', few)).toEqual({ ok: false, failure: { kind: 'bad-line', line: 4, reason: 'no-code' } });
    expect(await readCodeFile(xml(meta('Q071', 'F'), meta('C712', '')), 'OPCS-4', few)).toEqual({ ok: false, failure: { kind: 'truncated', line: 4, codes: 2 } });
    const icdXml = '<?xml version="1.0"?><codes><code CODE="G35.X" ALT_CODE="G35X" USAGE="DEFAULT" DESCRIPTION="Invented" MODIFIER_4="" MODIFIER_5="" GENDER_MASK="" MIN_AGE="" MAX_AGE=""/></codes>';
    const one = await readCodeFile(icdXml, 'ICD-10', few);
    expect(one.ok && one.value.entries.map(({ code, title }) => `${code} ${title}`)).toEqual(['G35X Invented']);
  });

  it('without its last categories was cut off, though it has enough codes', async () => {
    const letters = [...'ABCDEFGHJKLMNOPQRSTUVWXY'];
    const cut = letters.flatMap((letter) => Array.from({ length: 400 }, (_, at) => `${letter}${String(at).padStart(3, '0')}\tTitle ${letter}${at}`)).join('\n');
    expect(await readCodeFile(cut, 'OPCS-4')).toEqual({ ok: false, failure: { kind: 'truncated', line: 9600, codes: 9600 } });
    expect((await readCodeFile(`${cut}\nZ94.2\tSide`, 'OPCS-4')).ok).toBe(true);
  });

  it('is decoded as it was written', () => {
    const bytes = (...units: number[]): Uint8Array => Uint8Array.from(units);
    expect(textOfFile(new TextEncoder().encode('Ménière'))).toBe('Ménière');
    expect(textOfFile(bytes(0x41, 0xa0, 0xe9))).toBe('A\u00A0é');
    expect(textOfFile(bytes(0xff, 0xfe, 0x41, 0, 0xe9, 0))).toBe('Aé');
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

describe('an import', () => {
  const file = (name: string, text: string) => ({ name, text });
  const draft = (part: Partial<EditionDraft>): EditionDraft => ({ system: 'OPCS-4', name: 'OPCS-4.11', from: '2026-04-01', to: null, files: ['OPCS411 CodesAndTitles Nov 2025 V1.0.txt'], ...part });

  it('knows its editions and their days by the names of the files and what is in them', () => {
    const { drafts, faults } = planImport([
      file('OPCS411 CodesAndTitles Nov 2025 V1.0.txt', titles), file('OPCS411 MetaData Nov 2025 V1.0.txt', fixed), file('OPCS410 CodesAndTitles Nov 2022 V1.0.txt', titles), file('ICD10_Edition5_CodesAndTitlesAndMetadata_GB_20160401.txt', icd), file('letter.pdf', '%PDF'),
    ], '2026-11-27');
    expect(drafts).toEqual([
      draft({ files: ['OPCS411 CodesAndTitles Nov 2025 V1.0.txt', 'OPCS411 MetaData Nov 2025 V1.0.txt'] }), draft({ name: 'OPCS-4.10', from: '2023-04-01', to: '2026-03-31', files: ['OPCS410 CodesAndTitles Nov 2022 V1.0.txt'] }),
      { system: 'ICD-10', name: 'ICD-10 5th Edition', from: '2016-04-01', to: null, files: ['ICD10_Edition5_CodesAndTitlesAndMetadata_GB_20160401.txt'] },
    ]);
    expect(faults).toEqual([{ kind: 'file-fault', file: 'letter.pdf', failure: { kind: 'not-a-code-file' } }]);
    expect(planImport([file('list.txt', titles)], '2026-01-15').drafts).toEqual([draft({ name: 'OPCS-4.10', from: '2023-04-01', to: '2026-03-31', files: ['list.txt'] })]);
    expect(planImport([file('OPCS412 codes.txt', titles)], '2026-01-15').drafts).toEqual([draft({ name: 'OPCS-4.12', from: '', files: ['OPCS412 codes.txt'] })]);
  });

  it('joins titles and metadata of one edition, whichever comes first', async () => {
    const meta = ['C712', 'C751'].map((code) => `${'1'.padEnd(12)}${code.padEnd(12)}${'A CATEGORY'.padEnd(60)}${`WORDS OF ${code}`.padEnd(107)}${code === 'C751' ? 'F ' : '  '}${'01'.padEnd(25)}1`).join('\n');
    for (const files of [['codes.txt', 'meta.txt'], ['meta.txt', 'codes.txt']]) {
      const read = await readEdition(draft({ files }), [file('codes.txt', titles), file('meta.txt', meta)], few);
      expect(read.ok && read.value.entries.map(({ code, title, sex }) => `${code} ${title} ${sex}`)).toEqual(['C712 Phacoemulsification of lens null', 'C751 Insertion of lens female']);
      expect(read.ok && read.value.summary).toEqual({ system: 'OPCS-4', name: 'OPCS-4.11', from: '2026-04-01', to: null, codes: 2, titles: true, source: 'imported' });
    }
  });

  it('is refused with the file and the reason', async () => {
    const texts = [file('codes.txt', titles), file('more.txt', 'C712\tWords\nA011\tWords\nA012\tWords'), file('bad.txt', `${titles}what is this\tWords\nC75.2\tMore\n`)];
    const failure = async (part: Partial<EditionDraft>): Promise<unknown> => { const read = await readEdition(draft(part), texts, few); return read.ok ? 'read' : [read.failure.file, read.failure.failure]; };
    expect(await failure({ files: ['bad.txt'] })).toEqual(['bad.txt', { kind: 'bad-line', line: 4, reason: 'no-code' }]);
    expect(await failure({ files: ['codes.txt', 'more.txt'] })).toEqual(['more.txt', { kind: 'same-part' }]);
    expect(await failure({ files: ['codes.txt'], name: ' ' })).toEqual(['codes.txt', { kind: 'no-name' }]);
    expect(await failure({ files: ['codes.txt'], name: 'ICD-10 5th Edition' })).toEqual(['codes.txt', { kind: 'other-classification', found: 'OPCS-4' }]);
    for (const days of [{ from: '' }, { from: '2026-13-01' }, { from: '2026-04-01', to: '2026-03-31' }]) expect(await failure({ files: ['codes.txt'], ...days })).toEqual(['codes.txt', { kind: 'bad-days' }]);
    const other = `${'1'.padEnd(12)}${'A011'.padEnd(12)}${'A CATEGORY'.padEnd(60)}${'WORDS'.padEnd(107)}  ${'01'.padEnd(25)}1`;
    const differ = await readEdition(draft({ files: ['codes.txt', 'meta.txt'] }), [file('codes.txt', titles), file('meta.txt', other)], few);
    expect(differ.ok || differ.failure.failure).toEqual({ kind: 'files-differ', codes: 3 });
  });
});

describe('editions', () => {
  it('are chosen by the day of discharge, its first and last day included, and never answer for another time', () => {
    const both = [edition('OPCS-4.10', '2023-04-01', '2026-03-31'), edition('OPCS-4.11', '2026-04-01', null)];
    const on = (day: string): unknown => { const chosen = chooseEdition(both, 'OPCS-4', day); return chosen.ok ? chosen.value.name : chosen.failure; };
    expect([on('2023-04-01'), on('2026-03-31'), on('2026-04-01'), on('2031-01-01')]).toEqual(['OPCS-4.10', 'OPCS-4.10', 'OPCS-4.11', 'OPCS-4.11']);
    expect(on('2023-03-31')).toEqual({ kind: 'before-all', nearest: 'OPCS-4.10' });
    expect(chooseEdition(both.slice(0, 1), 'OPCS-4', '2026-04-01')).toEqual({ ok: false, failure: { kind: 'ended', nearest: 'OPCS-4.10' } });
    expect(chooseEdition(both, 'ICD-10', '2026-04-01')).toEqual({ ok: false, failure: { kind: 'none', nearest: null } });
  });

  it('lie side by side, survive a restart, are there whole or not at all, and can be put back', async () => {
    const indexedDB = new IDBFactory();
    const options = { name: 'codes', indexedDB, IDBKeyRange };
    const list = (name: string, from: string, to: string | null, entries: readonly CodeEntry[]): CodeList => ({ summary: { ...edition(name, from, to), codes: entries.length }, entries });
    const shipped: CodeList = { summary: { ...edition('OPCS-4.10', '2023-04-01', '2026-03-31'), source: 'shipped' }, entries: [entry('C712', 'shipped')] };
    const book = createCodeBook(options);
    const titleOn = async (store: typeof book, code: string, day: string): Promise<string | null | undefined> => createCodeShelf([shipped, ...await store.lists()]).on({ day, ground: 'discharged' }).entry('OPCS-4', code as ClinicalCode)?.title;
    expect(await titleOn(book, 'C712', '2025-01-01')).toBe('shipped');
    const both = [list('OPCS-4.11', '2026-04-01', null, [entry('C712', 'eleven'), entry('C755', 'new')]), list('OPCS-4.10', '2023-04-01', '2026-03-31', [entry('C712', 'ten')])];
    expect((await book.add(both)).ok).toBe(true);
    expect(await book.add([list('OPCS-4.12', '2026-06-01', null, [entry('C712', 'x')])])).toEqual({ ok: false, failure: { kind: 'overlaps', edition: 'OPCS-4.11' } });
    // One of two overlaps: neither is taken.
    expect((await book.add([list('OPCS-4.9', '2020-04-01', '2023-03-31', [entry('C712', 'nine')]), list('OPCS-4.12', '2026-06-01', null, [entry('C712', 'x')])])).ok).toBe(false);
    expect(await book.add([...both, ...both])).toEqual({ ok: false, failure: { kind: 'overlaps', edition: 'OPCS-4.11' } });
    // What cannot be cloned breaks the transaction: the old edition stands.
    expect(await book.add([list('OPCS-4.10', '2023-04-01', '2026-03-31', [{ ...entry('C712', 'half'), usage: (() => 1) as unknown as number }])])).toEqual({ ok: false, failure: { kind: 'not-saved' } });
    book.close();
    const again = createCodeBook(options);
    expect([await titleOn(again, 'C712', '2025-01-01'), await titleOn(again, 'C712', '2026-04-01'), await titleOn(again, 'C755', '2026-03-31')]).toEqual(['ten', 'eleven', undefined]);
    expect((await again.lists()).map(({ summary: { name, codes } }) => `${name} ${codes}`).sort()).toEqual(['OPCS-4.10 1', 'OPCS-4.11 2']);
    const removed = await again.remove('OPCS-4.10');
    expect(removed?.entries).toEqual([entry('C712', 'ten')]);
    expect(await titleOn(again, 'C712', '2025-01-01')).toBe('shipped');
    expect(await again.remove('OPCS-4.10')).toBeNull();
    if (removed) await again.add([removed]);
    expect(await titleOn(again, 'C712', '2025-01-01')).toBe('ten');
    again.close();
  });
});

describe('the search', () => {
  const folder = resolve(import.meta.dirname, '../../../assets/codes');
  const textOf = (name: string): string => readFileSync(resolve(folder, name), 'utf8');
  const shipped = shippedLists({ icd10: textOf('icd10.tsv'), opcs4: textOf('opcs4.tsv') });
  const today = { day: '2026-11-27', ground: 'today' } as const;
  const finder = (more: readonly CodeList[] = []) => createCodeFinder(createCodeShelf([...shipped, ...more]), { lists: [...shipped, ...more], terms: [textOf('icd10-synonyms.tsv'), textOf('icd10-index.tsv')], packs: specialtyPacks });
  const all = finder();
  const codes = (asked: string, when: EpisodeDay = today): string[] => all.find(asked, when).hits.map(({ entry: { code } }) => code);

  it('finds by the beginning of a code, by words in any order, by beginnings and with a letter wrong', () => {
    // The same characters are a code of each classification.
    expect(all.find('C71.2', today).hits.map(({ entry: { system, code } }) => `${system} ${code}`).sort()).toEqual(['ICD-10 C712', 'OPCS-4 C712']);
    expect(codes('g35')).toContain('G35X');
    expect(codes('C7').length).toBeGreaterThan(5);
    expect(codes('phacoemulsification lens')[0]).toBe('C712');
    expect(codes('phacoemulsifcation')).toContain('C712');
    // A phaco with its lens is both codes; either order of the words finds them first.
    for (const asked of ['lens phaco', 'phaco lens']) expect(codes(asked).slice(0, 2).sort()).toEqual(['C712', 'C751']);
    expect(codes('neck femur fracture').some((code) => code.startsWith('S72'))).toBe(true);
    expect(codes('multiple scler')[0]).toBe('G35X');
    expect(codes('hypothiroidism')).toContain('E039');
    expect(codes('T2DM')[0]).toBe('E119');
    expect(codes('zzzzzz')).toEqual([]);
    expect(codes('')).toEqual([]);
    expect(codes('of the')).toEqual(codes('the of'));
  });

  it('knows British and American spellings and plurals as one', () => {
    const pairs = [['haemorrhage of brain', 'hemorrhage of brain'], ['anaemia', 'anemia'], ['oesophageal reflux', 'esophageal reflux'], ['tumour of pituitary', 'tumor of pituitary'], ['cataracts', 'cataract'], ['diarrhoea', 'diarrhea']] as const;
    for (const [british, american] of pairs) { expect(codes(british).length, british).toBeGreaterThan(0); expect(codes(british), british).toEqual(codes(american)); }
    console.info(`spellings tried ${pairs.length}`);
  });

  it('finds by words as they were written in a note, though no line has all of them', () => {
    const cases: readonly (readonly [string, RegExp])[] = [
      ['Admitted with relapsing remitting multiple sclerosis, elective infusion', /^G35/], ['known essential hypertension on ramipril', /^I1[05]/], ['Right phacoemulsification + IOL under sub-Tenon', /^C7[15]/], ['left-sided carpal tunnel decompression performed uneventfully', /^(?:G560|A651)/], ['diabetig math 2', /^E11/],
    ];
    for (const [words, fits] of cases) expect(codes(words).slice(0, 5).some((code) => fits.test(code)), `${words}: ${codes(words).slice(0, 5).join(' ')}`).toBe(true);
    expect(codes('x'.repeat(100_000))).toEqual([]);
    console.info(`selected words tried ${cases.length}`);
  });

  it('says what a code is called in the edition, else in our words, and which words led to it', () => {
    const [first] = all.find('T2DM', today).hits;
    expect(first).toMatchObject({ words: 'T2DM', entry: { code: 'E119', title: null } });
    expect(first?.label?.en).toMatch(/diabetes/i);
    expect(first?.usage).toBeGreaterThan(1000);
    expect(all.find('C712', today).hits.find(({ entry: { system } }) => system === 'OPCS-4')?.label?.en).toBe('Phacoemulsification of lens');
    const own: CodeList = { summary: { ...edition('ICD-10 5th Edition', '2016-04-01', null), system: 'ICD-10' }, entries: [{ ...entry('G35X', 'Invented wording of the edition'), system: 'ICD-10' }] };
    const imported = finder([own]);
    expect(imported.find('invented wording', today).hits.map(({ entry: { code }, label }) => `${code} ${label?.en}`)).toEqual(['G35X Invented wording of the edition']);
    expect(imported.find('multiple sclerosis', today).hits[0]).toMatchObject({ label: { en: 'Invented wording of the edition' }, words: expect.stringMatching(/multiple sclerosis/i) });
    // The imported edition has one code of ICD-10: no other is found.
    expect(imported.find('hypothyroidism', today).hits.filter(({ entry: { system } }) => system === 'ICD-10')).toEqual([]);
  });

  it('finds nothing that the edition of the day does not have, and says which editions answered', () => {
    const past = all.find('C71.2', { day: '2020-01-01', ground: 'discharged' });
    expect(past.hits.map(({ entry: { system } }) => system)).toEqual(['ICD-10']);
    expect(past.editions.systems['OPCS-4']).toEqual({ ok: false, failure: { kind: 'before-all', nearest: 'OPCS-4.10' } });
  });

  it('answers within 50 ms, whatever is asked', () => {
    const asked = ['c', 'ca', 'fracture', 'hypothiroidism', 'elective admision for intravenus imunoglobulin infusion in cronic inflamatory demyelinating polyneuropathy', 'other specified', 'C', 'I', 's72', 'qqqqqqqqqqqq wwwwwwwwwww eeeeeeeeee'];
    for (const words of asked) all.find(words, today);
    const times = asked.map((words) => Math.min(...[1, 2, 3].map(() => { const before = performance.now(); all.find(words, today); return performance.now() - before; })));
    console.info(`questions ${asked.length}, slowest ${Math.max(...times).toFixed(1)} ms`);
    // The figure with its goal is in the bench; here a machine that is busy with other tests must not fail it.
    expect(Math.max(...times)).toBeLessThan(150);
  });
});

describe('a code', () => {
  it('is read as people write it', () => {
    const cases: readonly (readonly [string, string | null])[] = [['G35.X', 'G35X'], ['g35', 'G35X'], ['C75.1', 'C751'], ['A00.-', 'A00X'], [' e11.3† ', 'E113'], ['G43.909', null], ['X', null], ['', null], ['M54.81', null]];
    for (const [written, sent] of cases) expect(readCode(written), written).toBe(sent);
    console.info(`spellings tried ${cases.length}`);
  });
});
