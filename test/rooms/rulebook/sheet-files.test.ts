/** The sheet as departments have it: tables that come in whole or not at all, and editions that nobody changed on the way. */
import { zipSync, strToU8 } from 'fflate';
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { starterSheet } from '../../../assets/starter.js';
import { packXlsx } from '../../../entrypoints/dashboard/pack-xlsx.js';
import { readSheetFile } from '../../../entrypoints/dashboard/read-sheet-file.js';
import { csvText } from '../../../lib/base/csv.js';
import type { SheetEdition } from '../../../lib/model/sheet.js';
import { createRulebook, diffSheets, headRowOf, mapColumns, readSheetTable, readSignedEdition, sheetTable, shippedEdition, writtenEdition } from '../../../lib/rulebook/index.js';
import { createLearnedStore, deviceKeys, isSigned } from '../../../lib/settings/index.js';

const made = createRulebook(starterSheet);
if (!made.ok) throw new Error('the starter sheet is not sound');
const { specialties } = made.value;
const { entries } = shippedEdition(made.value);
const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));
const taken = async (file: Uint8Array<ArrayBuffer>, sheet = entries) => {
  const read = await readSheetFile(file);
  if (!read.ok) return read;
  const [head, rows] = [headRowOf(read.value), read.value];
  return readSheetTable(rows.slice(head + 1), mapColumns(rows[head]?.cells ?? [], rows.slice(head + 1)), { entries: sheet, specialties });
};

describe('a table of the sheet', () => {
  it('comes back from CSV and from Excel as it went', async () => {
    for (const file of [bytes(csvText(sheetTable(entries))), new Uint8Array(await (await packXlsx(sheetTable(entries))).arrayBuffer())]) {
      const read = await taken(file);
      if (!read.ok) throw new Error(JSON.stringify(read.failure).slice(0, 400));
      expect(diffSheets(entries, read.value.entries).map((change) => [change.id, change.kind === 'changed' ? change.parts : change.kind])).toEqual([]);
      expect(read.value).toMatchObject({ added: 0, rows: entries.length });
    }
  });

  it('is read under the heads that a department gives them, and its new words are drafts whatever it says of them', async () => {
    const read = await taken(bytes('Gair;Dyfarniad;Reason;Pam;Write instead;Arbenigedd;CY status\r\nprob likely;AVOID;Not a decision: say more.;Nid penderfyniad.;probable|presumed;Niwroleg;approved\r\nlikely;caution;;;;;\r\n'));
    if (!read.ok) throw new Error(JSON.stringify(read.failure));
    expect(read.value.entries.map(({ id, term, verdict }) => [id, term, verdict])).toEqual([['BM029', 'likely', 'caution'], ['LS001', 'prob likely', 'avoid']]);
    expect(read.value.entries[1]).toMatchObject({ appliesTo: ['neurology'], kind: 'phrase', text: { en: { short: 'Not a decision', instead: ['probable', 'presumed'] } }, status: { en: { state: 'missing' }, cy: { state: 'missing' } } });
  });

  it('has its columns guessed by their heads in either language, under a title, and the verdict by what stands in it', () => {
    const guesses: readonly (readonly [readonly string[], readonly (string | null)[]])[] = [
      [['Term', 'Use or avoid', 'Reason (English)', 'Rheswm (Cymraeg)', 'Write instead - English', 'Yn hytrach (Cymraeg)', 'Other forms', 'Specialty', 'Notes'], ['term', 'verdict', 'why-en', 'why-cy', 'instead-en', 'instead-cy', 'variants', 'specialties', null]],
      [['Rhif', 'Gair', 'Dyfarniad', 'Pam (Saesneg)', 'Pam', 'Arbenigedd', 'Enghreifftiau'], ['id', 'term', 'verdict', 'why-en', 'why-cy', 'specialties', 'find']],
      [['Welsh reason', 'English reason', 'Phrase', 'Recommendation', 'Source (Welsh)', 'Source'], ['why-cy', 'why-en', 'term', 'verdict', 'source-cy', 'source-en']],
      [['', 'term', 'term', 'verdict'], [null, 'term', null, 'verdict']],
    ];
    for (const [heads, columns] of guesses) expect(mapColumns(heads)).toEqual(columns);
    const rows = [['Neurology: words to use and not to use'], ['2024', 'draft'], ['Abbreviation', 'Team view', 'Reason'], ['prob', 'Do not use', 'Not a decision.'], ['likely', 'Gofal', 'Three meanings.']].map((cells, at) => ({ cells, line: at + 1 }));
    expect(headRowOf(rows)).toBe(2);
    expect(mapColumns(rows[2]?.cells ?? [], rows.slice(3))).toEqual(['term', 'verdict', 'why-en']);
    console.info(`layouts tried ${guesses.length + 1}, bad 0`);
  });

  it('is taken by a department that has none of it yet', async () => {
    const file = csvText(sheetTable(entries));
    const read = await taken(bytes(file), []);
    expect(read.ok && read.value.added).toBe(entries.length);
  });

  it('that is hostile or broken is refused whole, with its reason, 200 times', async () => {
    const head = 'id,term,kind,verdict,variants,why_en,instead_en,why_cy,instead_cy,applies_to,source,cy_status,match_hint';
    const good = 'BM900,fairly sure,phrase,avoid,,Not a decision.,probable,Nid penderfyniad.,probable,all,To be checked,draft,ci';
    const cells = good.split(',');
    const withCell = (at: number, value: string): string => [head, good.replace('BM900', 'BM901').replace('fairly sure', 'rather sure'), cells.map((cell, index) => (index === at ? `"${value.replaceAll('"', '""')}"` : cell)).join(',')].join('\r\n');
    const files: [string, Uint8Array<ArrayBuffer>][] = [];
    const add = (name: string, file: string | Uint8Array): void => { files.push([name, typeof file === 'string' ? bytes(file) : new Uint8Array(file)]); };
    for (const formula of ['=HYPERLINK("http://x","y")', '=cmd|\' /C calc\'!A0', '@SUM(A1)', '+SUM(1,2)', '-2+3+cmd|\' /C calc\'!A0', '=IMPORTXML("http://x")']) for (let at = 1; at < cells.length - 3; at += 1) if (at !== 2 && at !== 3) add(`formula in ${at}`, withCell(at, formula));
    for (const letter of ['\u202e', '\u200b', '\u0007', '\u001b', '\ufffd', '\u2066', '\u007f']) for (const at of [1, 4, 5, 6, 7, 8]) add(`hidden ${letter.charCodeAt(0)} in ${at}`, withCell(at, `fairly${letter} sure`));
    for (const at of [1, 4, 5, 6, 7, 8, 10]) add(`endless ${at}`, withCell(at, 'sure '.repeat(2_000)));
    for (const word of ['allow', 'AVOIDED', '', '0', 'use|avoid', 'osgoi?']) add(`verdict ${word}`, withCell(3, word));
    for (const word of ['noun', '1', 'Phrase!']) add(`kind ${word}`, withCell(2, word));
    for (const id of ['1', 'bm900', 'BM9', 'BM900000', '__proto__', 'constructor', '../BM900', 'BM 900', 'BM901']) add(`id ${id}`, withCell(0, id));
    for (const word of ['cardiology!', 'neurology|nowhere', '__proto__', '400']) add(`specialty ${word}`, withCell(9, word));
    for (const word of ['done', 'ok', 'yes']) add(`status ${word}`, withCell(11, word));
    for (const word of ['regex', '.*', 'ci;eval']) add(`match ${word}`, withCell(12, word));
    add('no term', withCell(1, '   '));
    for (const text of ['', '\r\n\r\n', head, `${head}\r\n`, '\ufeff', 'a', 'a,b\r\n1,2', '{"kind":"nodi-sheet"}', '<html><body>', 'term\r\nlikely', 'verdict\r\navoid', `term,verdict,term\r\na,avoid,b`.replace('term,verdict,term', 'term,word,phrase'), 'null', '[]']) add('no sheet', text);
    for (let at = 0; at < 12; at += 1) add('open quote', `${head}\r\n${cells.map((cell, index) => (index === at ? `"${cell}` : cell)).join(',')}\r\n`);
    for (const more of [',,,x', ',more', ',"a",b']) add('cells too many', `${head}\r\n${good}${more}\r\n`);
    add('NUL', `${head}\r\n${good}\u0000\r\n`);
    add('UTF-16', new Uint8Array(Buffer.from(`\ufeff${head}\r\n${good}`, 'utf16le')));
    add('Latin-1', new Uint8Array(Buffer.from(`${head}\r\n${good.replace('Nid', 'Nïd')}`, 'latin1')));
    add('too many rows', `${head}\r\n${`${good}\r\n`.repeat(20_001)}`);
    add('old Excel', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]));
    const sheet = (rows: string): Record<string, Uint8Array> => ({ 'xl/worksheets/sheet1.xml': strToU8(`<worksheet><sheetData>${rows}</sheetData></worksheet>`) });
    const cell = (r: string, t: string): string => `<c r="${r}" t="inlineStr"><is><t>${t}</t></is></c>`;
    const heads = `<row r="1">${cell('A1', 'term')}${cell('B1', 'verdict')}</row>`;
    add('xlsx with no sheet', zipSync({ 'xl/workbook.xml': strToU8('<workbook/>') }));
    add('xlsx formula', zipSync(sheet(`${heads}<row r="2"><c r="A2"><f>1+1</f><v>2</v></c>${cell('B2', 'avoid')}</row>`)));
    add('xlsx entity', zipSync({ 'xl/worksheets/sheet1.xml': strToU8(`<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData>${heads}<row r="2">${cell('A2', '&a;')}${cell('B2', 'avoid')}</row></sheetData></worksheet>`) }));
    add('xlsx lost string', zipSync(sheet(`${heads}<row r="2"><c r="A2" t="s"><v>9</v></c>${cell('B2', 'avoid')}</row>`)));
    add('xlsx far column', zipSync(sheet(`${heads}<row r="2">${cell('ZZZ2', 'x')}</row>`)));
    add('xlsx bomb', zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(70_000_000).fill(32) }, { level: 9 }));
    const whole = zipSync(sheet(`${heads}<row r="2">${cell('A2', 'fairly sure')}${cell('B2', 'avoid')}</row>`));
    expect((await taken(new Uint8Array(whole))).ok).toBe(true);
    expect((await taken(bytes(`${head}\r\n${good}\r\n`))).ok).toBe(true);
    for (let cut = 4; cut < whole.length - 1; cut += Math.ceil(whole.length / 48)) add(`xlsx cut at ${cut}`, whole.slice(0, cut));
    const reasons = new Map<string, number>();
    const [accepted, crashed]: [string[], string[]] = [[], []];
    for (const [name, file] of files) {
      try {
        const read = await taken(file);
        if (read.ok) accepted.push(name); else reasons.set(read.failure.kind, (reasons.get(read.failure.kind) ?? 0) + 1);
      } catch (problem) { crashed.push(`${name}: ${String(problem)}`); }
    }
    console.info(`hostile sheet files tried ${files.length}, accepted ${accepted.length}, crashed ${crashed.length}; refused as ${JSON.stringify(Object.fromEntries(reasons))}`);
    expect({ accepted, crashed }).toEqual({ accepted: [], crashed: [] });
    expect(files.length).toBeGreaterThanOrEqual(200);
  });

  it('says each row and each column that cannot be taken', async () => {
    const read = await taken(bytes('term,verdict,specialty\r\nfairly,avoid,\r\n,avoid,\r\nrather,maybe,nowhere\r\n'));
    expect(read).toEqual({ ok: false, failure: { kind: 'rows', problems: [{ line: 3, column: 'term', why: 'missing' }, { line: 4, column: 'verdict', why: 'unknown-word' }, { line: 4, column: 'specialties', why: 'unknown-specialty' }] } });
  });
});

describe('a signed edition', () => {
  const edition: SheetEdition = { number: 3, from: '2026-12-01', published: { by: 'A Lead', on: '2026-11-20' }, changes: { en: 'New.', cy: 'Newydd.' }, entries: entries.slice(0, 20) };

  it('comes back as it went, in whatever order its file has; any change on the way is found', async () => {
    const keys = await deviceKeys(createLearnedStore(new IDBFactory()));
    const signed = { kind: 'nodi-sheet', schema: 1, edition, device: keys.device, key: keys.key, signature: await keys.sign(writtenEdition(edition)) };
    const verdictOf = async (data: unknown): Promise<'taken' | 'refused' | 'tampered'> => {
      const read = readSignedEdition(data);
      if (!read.ok) return 'refused';
      return await isSigned({ device: read.value.device, key: read.value.key, signature: read.value.signature, text: writtenEdition(read.value.edition) }) ? 'taken' : 'tampered';
    };
    expect(await verdictOf(JSON.parse(JSON.stringify(signed)))).toBe('taken');
    expect(readSignedEdition(JSON.parse(JSON.stringify(signed)))).toMatchObject({ value: { edition: JSON.parse(JSON.stringify(edition)) } });
    expect(await verdictOf({ ...signed, edition: { ...edition, entries: [...edition.entries].reverse() } })).toBe('taken');
    let tried = 0;
    const text = JSON.stringify(signed);
    for (let at = 3; at < text.length; at += Math.floor(text.length / 150)) {
      const changed = `${text.slice(0, at)}${text[at] === 'a' ? 'e' : 'a'}${text.slice(at + 1)}`;
      let data: unknown;
      try { data = JSON.parse(changed); } catch { tried += 1; continue; }
      expect(await verdictOf(data)).not.toBe('taken');
      tried += 1;
    }
    for (const data of [null, [], {}, { ...signed, schema: 2 }, { ...signed, edition: { ...edition, number: 4 } }, { ...signed, edition: { ...edition, entries: [] } }, { ...signed, edition: { ...edition, entries: [...edition.entries, edition.entries[0]] } }, { ...signed, more: 1 }]) { expect(await verdictOf(data)).not.toBe('taken'); tried += 1; }
    console.info(`changed editions tried ${tried}, taken 0`);
    expect(tried).toBeGreaterThan(140);
  });
});
