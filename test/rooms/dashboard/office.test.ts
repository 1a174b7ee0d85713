/** What leaves as a table or a text is opened by LibreOffice, as whoever gets it may open it: its words and figures are those of its maker, and no cell reckons anything. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { leadPageLines, leadPageText } from '../../../components/dashboard/lead-page-text.js';
import { updatePaper, type UpdateFigures } from '../../../components/dashboard/update-paper.js';
import { createWords } from '../../../components/words.js';
import { packDocx } from '../../../entrypoints/dashboard/pack-docx.js';
import { packXlsx } from '../../../entrypoints/dashboard/pack-xlsx.js';
import { paperDocx } from '../../../entrypoints/dashboard/paper-docx.js';
import { csvText, plainCell, type TableCell, type TableLine } from '../../../lib/base/csv.js';
import type { CodedShare } from '../../../lib/model/ledger.js';
import type { Month } from '../../../lib/model/month.js';
import { defaultFhirNames } from '../../../lib/sync/fhir-bundle.js';
import { codesCsv } from '../../../lib/sync/codes-csv.js';
import { figuresCsv } from '../../../lib/sync/figures-bundle.js';
import { readStatementBundle } from '../../../lib/sync/read-statement-bundle.js';
import { statementsCsv } from '../../../lib/sync/statements-csv.js';
import { findOffice } from '../../harness/bootstrap.mjs';
import { longestPack, packOf } from '../../harness/packs.js';
import { statements } from '../imports/sound-files.js';
import { anyRecord } from '../sync/invented-episodes.js';
import { inventedFigures } from '../sync/invented-figures.js';

const office = findOffice();
const folder = mkdtempSync(join(tmpdir(), 'nodi-office-'));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

/** Opens files and gives each as another kind. CSV with quotation marks, in UTF-8, cells parted by the character of this number, formulas reckoned; days stay as they are written. */
function asOpened(files: Readonly<Record<string, string | Uint8Array>>, kind: 'fods' | 'txt' | 'pdf', comma = 44): Readonly<Record<string, string>> {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const done = spawnSync(office ?? '', [`-env:UserInstallation=file://${folder}/office`, '--headless', '--norestore', ...(Object.keys(files).some((name) => name.endsWith('.csv')) ? [`--infilter=CSV:${comma},34,76,1,,2057,false,false,false,false,false,-1,true`] : []),
    '--convert-to', kind === 'txt' ? 'txt:Text (encoded):UTF8' : kind, '--outdir', join(folder, kind), ...Object.keys(files).map((name) => join(folder, name))], { encoding: 'utf8', timeout: 90_000 });
  if (done.status !== 0) throw new Error(done.stderr.slice(-500));
  return Object.fromEntries(Object.keys(files).map((name) => [name, readFileSync(join(folder, kind, name.replace(/\w+$/, kind)), kind === 'pdf' ? 'latin1' : 'utf8')]));
}

const plainOf = (xml: string): string => xml.replace(/<text:s(?: text:c="(\d+)")?\/>/g, (_, count: string | undefined) => ' '.repeat(Number(count ?? 1))).replace(/<text:tab\/>/g, '\t').replace(/<[^>]+>/g, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', '\'').replaceAll('&amp;', '&');
/** The cells of the one sheet as they stand: words, figures, days as they are written; and how many reckon something. */
function sheetIn(xml: string): { readonly lines: readonly TableLine[]; readonly formulas: number } {
  const lines = [...xml.matchAll(/<table:table-row(?: [^>]*?table:number-rows-repeated="(\d+)")?[^>]*>(.*?)<\/table:table-row>/gs)].flatMap(([, times = '1', row = '']): TableLine[] => {
    const cells = [...row.matchAll(/<table:table-cell([^>]*?)(?:\/>|>(.*?)<\/table:table-cell>)/gs)].flatMap(([, names = '', content = '']): TableCell[] => {
      const said = (name: string): string | undefined => new RegExp(`${name}="([^"]*)"`).exec(names)?.[1];
      const kind = said(' office:value-type');
      const cell = kind === undefined ? null : kind === 'float' ? Number(said('office:value')) : kind === 'date' ? said('office:date-value') ?? '' : [...content.matchAll(/<text:p[^>]*?(?:\/>|>(.*?)<\/text:p>)/gs)].map(([, words = '']) => plainOf(words)).join('\n');
      return Array<TableCell>(Number(said('table:number-columns-repeated') ?? 1)).fill(cell);
    });
    while (cells.at(-1) === null) cells.pop();
    return cells.length === 0 ? [] : Array<TableLine>(Number(times)).fill(cells);
  });
  return { lines, formulas: (xml.match(/table:formula=/g) ?? []).length };
}
/** A table as a reader must see it: no empty cells behind the last, no empty lines. */
const shown = (lines: readonly TableLine[]): readonly TableLine[] => lines.map((line) => { const cells = line.map((cell) => (cell === '' ? null : typeof cell === 'string' ? plainCell(cell) : cell)); while (cells.at(-1) === null) cells.pop(); return cells; }).filter((line) => line.length > 0);
/** What a CSV of ours holds, cell by cell: read back by no more than its own rule. */
const cellsOf = (csv: string): readonly TableLine[] => csv.trimEnd().split('\r\n').map((line) => [...line.matchAll(/"((?:[^"]|"")*)"|([^,]+)/g)].map(([, words, figure]) => (words === undefined ? Number(figure) : words.replaceAll('""', '"'))));
const written = (lines: readonly TableLine[]): readonly (readonly (string | null)[])[] => lines.map((line) => line.map((cell) => (cell === null ? null : String(cell))));
const bytesOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer());

const hostile = ['=1+1', '+1+1', '-2+3', '@SUM(A1)', '\t=1+1', '\r=1+1', ' =1+1', '\n=1+1', '＝1+1', '|cmd', '=HYPERLINK("http://x.example";"x")', 'plain";=1+1', 'a;=1+1', '=cmd|\' /C calc\'!A0', '"=1+1"', '=\'file:///etc/passwd\'#$x.A1'];

const share = (percent: number): CodedShare => ({ coded: percent, episodes: 100, percent });
const months = ['2026-07', '2026-08', '2026-09'].map((month) => month as Month);
const figures: UpdateFigures = {
  asOf: '2026-11-05', today: '2026-11-06', episodes: 4120, target: 95, plans: [{ id: 'a', name: 'Agreed in August', agreed: '2026-08' as Month, months: { '2026-07': 58, '2026-08': 55, '2026-09': 80 } }],
  report: { rows: months.map((month, at) => ({ month, deadline: '2026-10-31', within: share(63.4 - at), current: share(66 - at), soFar: null, planned: [58 + at], toNewest: 1 })), years: [{ year: '2026/27', within: share(62.4), current: share(65), frozen: 3 }], cutOffs: [], frozenMonths: 3 },
  backlog: { bands: [120, 45, 3, 0, 7], episodes: 175, bySpecialty: [], byReason: [] }, forecast: { kind: 'too-short', months: 3, least: 12 },
  actions: [{ number: '2.1c', recommendation: 'The bookmarks sheet is translated', owner: 'Coding manager', due: '2026-09-30', status: 'open', reason: 'No translator' }],
};

describe.skipIf(!office)('LibreOffice', () => {
  it('shows every table that leaves cell for cell, and reckons nothing in any', async () => {
    const words = createWords('en-GB');
    const pages = ([['neurology', 'Neurology', 'Niwroleg'], ['longest', 'Trauma and orthopaedic surgery', 'Llawfeddygaeth trawma ac orthopedig']] as const).map(([specialty, en, cy]) => { const pack = specialty === 'longest' ? longestPack() : packOf(specialty); return leadPageLines(pack, [leadPageText(pack, { en, cy }, words), leadPageText(pack, { en, cy }, createWords('cy'))], words); });
    const said = readStatementBundle(statements(), defaultFhirNames);
    const cells: readonly TableLine[] = [hostile, hostile.map((text, at) => (at % 2 === 0 ? at - 3.5 : text))];
    const csv: Readonly<Record<string, string>> = {
      'hostile.csv': csvText(cells), 'pack.csv': csvText(pages[0] ?? []), 'longest.csv': csvText(pages[1] ?? []), 'findings.csv': statementsCsv(said.ok ? said.value : []), 'figures.csv': figuresCsv(inventedFigures(3, 0).figures), 'codes.csv': codesCsv(fc.sample(anyRecord, { numRuns: 20, seed: 5 })),
    };
    // What is not made safe is seen to reckon: a reader that took nothing for a formula would show nothing.
    const opened = asOpened({ ...csv, 'control.csv': '"=1+1",plain\r\n=2+2,"+1+1"\r\n' }, 'fods');
    const books: Readonly<Record<string, readonly TableLine[]>> = { 'hostile.xlsx': cells, 'pack.xlsx': pages[0] ?? [], 'longest.xlsx': pages[1] ?? [] };
    const workbooks = asOpened(Object.fromEntries(await Promise.all(Object.entries(books).map(async ([name, lines]) => [name, await bytesOf(await packXlsx(lines))] as const))), 'fods');
    let tried = 0;
    for (const [name, text] of Object.entries(csv)) {
      const { lines, formulas } = sheetIn(opened[name] ?? '');
      expect([name, formulas]).toEqual([name, 0]);
      // A table of text says not which of its cells are figures.
      if (name !== 'hostile.csv') expect(written(lines), name).toEqual(written(shown(cellsOf(text))));
      tried += lines.flat().length;
    }
    for (const [name, wanted] of Object.entries(books)) {
      const { lines, formulas } = sheetIn(workbooks[name] ?? '');
      expect([name, formulas]).toEqual([name, 0]);
      if (name !== 'hostile.xlsx') expect(lines, name).toEqual(shown(wanted));
      tried += lines.flat().length;
    }
    // Nor where a reader parts cells by semicolons or tabs.
    for (const comma of [59, 9]) expect(sheetIn(asOpened({ 'hostile.csv': csv['hostile.csv'] ?? '' }, 'fods', comma)['hostile.csv'] ?? '').formulas).toBe(0);
    const control = sheetIn(opened['control.csv'] ?? '');
    console.info(`tables opened ${Object.keys(csv).length + Object.keys(books).length}, cells ${tried}, formulas 0; in a table that is not made safe ${control.formulas}`);
    expect(control.formulas).toBeGreaterThan(1);
    expect(tried).toBeGreaterThan(500);
  }, 120_000);

  it('shows every word of the lead’s page, on one page, and of the committee’s paper, in both languages', async () => {
    const pack = packOf('neurology');
    const texts = (['en-GB', 'cy'] as const).map((locale) => leadPageText(pack, { en: 'Neurology', cy: 'Niwroleg' }, createWords(locale)));
    const [first, ...others] = texts;
    if (!first) throw new Error('no page');
    const papers = [updatePaper(figures, createWords('en-GB')), updatePaper(figures, createWords('cy'))] as const;
    const files = { 'lead.docx': await bytesOf(await packDocx([first, ...others], pack.chart.kind === 'chart' ? pack.chart.chart : null)), 'update.docx': await bytesOf(await paperDocx(papers)) };
    const read = asOpened(files, 'txt');
    const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
    const wanted: readonly (readonly [keyof typeof files, readonly string[]])[] = [
      ['lead.docx', texts.flatMap((page) => [page.specialty, page.month, page.title, page.thanks, page.terms, ...page.columns, ...page.rows.flatMap((row) => [row.term, row.instead, row.before, row.now, row.changed]), ...page.examples.flatMap(({ written, better }) => [written, better]), page.ask, ...page.sign, page.foot])],
      ['update.docx', papers.flatMap(({ title, blocks }) => [title, ...blocks.flatMap((block): readonly string[] => (block.kind === 'heading' || block.kind === 'text' ? [block.text] : block.kind === 'list' ? block.items : block.kind === 'field' ? [block.label] : block.kind === 'table' ? [block.caption, ...block.columns.map(({ text }) => text), ...block.rows.flat().flatMap((cell) => (cell === null ? [] : [String(cell)]))] : []))])],
    ];
    let looked = 0;
    const bad: string[] = [];
    for (const [name, all] of wanted) { const text = plain(read[name] ?? ''); for (const one of all) { looked += 1; if (!text.includes(plain(one))) bad.push(`${name}: “${one}” is missing`); } }
    const printed = asOpened(files, 'pdf');
    const pages = Object.values(printed).map((pdf) => (pdf.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length);
    console.info(`texts opened ${Object.keys(files).length}, words looked for ${looked}, bad ${bad.length}; pages printed ${pages.join(' and ')}`);
    expect(bad).toEqual([]);
    expect(looked).toBeGreaterThan(100);
    expect(pages[0]).toBe(1);
    expect(pages[1]).toBeGreaterThanOrEqual(2);
  }, 120_000);
});
