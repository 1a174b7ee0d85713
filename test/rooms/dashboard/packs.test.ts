import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import papa from 'papaparse';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layoutDocument } from 'docx/layout';
import mammoth from 'mammoth';
import { leadPageText } from '../../../components/dashboard/lead-page-text.js';
import { createWords } from '../../../components/words.js';
import { packDocument, packDocx } from '../../../entrypoints/dashboard/pack-docx.js';
import { packXlsx } from '../../../entrypoints/dashboard/pack-xlsx.js';
import { plainCell } from '../../../lib/base/csv.js';
import { violations } from '../../harness/axe.js';
import { bundle, looks, openChromium, root, wear } from '../../harness/chromium-page.js';
import { longestPack, packOf } from '../../harness/packs.js';

const pictures = join(root, '.cache/packs');
let browser: Browser;
let script = '';
const style = ['assets/tokens.css', 'components/panel/panel.css', 'components/dashboard/dashboard.css', 'components/dashboard/lead-page.css'].map((file) => readFileSync(join(root, file), 'utf8')).join('\n');

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  script = await bundle({ entryPoints: [join(root, 'test/rooms/dashboard/packs-story.tsx')], jsx: 'automatic', jsxImportSource: 'preact', target: 'es2022' });
  browser = await openChromium();
});
afterAll(async () => { await browser?.close(); });

async function open(locale: string, look: { readonly dark?: boolean; readonly forced?: boolean } = {}): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1040, height: 1400 }, colorScheme: look.dark ? 'dark' : 'light', forcedColors: look.forced ? 'active' : 'none' });
  page.on('pageerror', (error) => { throw error; });
  await page.setContent(`<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>Nodi</title><style>${style}</style></head><body><div id="app"></div><script>${script.replaceAll('</script', '<\\/script')}</script></body></html>`);
  await page.waitForSelector('.a4');
  return page;
}

describe('the Excel file', () => {
  it('holds every word as text and every figure as a number, and no formula', async () => {
    const hostile = ['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1', '＝1', '<f>1</f>', ' =HYPERLINK("http://x")', 'plain'];
    const parts = unzipSync(new Uint8Array(await (await packXlsx([hostile, [12.5, -3, null]])).arrayBuffer()));
    const xml = Object.entries(parts).filter(([name]) => name.endsWith('.xml')).map(([, bytes]) => strFromU8(bytes)).join('\n');
    const decoded = xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
    console.info(`cells tried ${hostile.length + 3}, formulas ${(xml.match(/<f[ >]/g) ?? []).length}`);
    expect(xml).not.toMatch(/<f[ >]/);
    for (const text of hostile) expect(decoded).toContain(plainCell(text));
    expect(xml).toContain('<v>12.5</v>');
    expect(xml).toContain('<v>-3</v>');
  });
});

describe('the Word file', () => {
  it('is read by another program with every word of the page, headings, a table with its header, a described chart, and the language of every run', async () => {
    const names = { neurology: ['Neurology', 'Niwroleg'], rheumatology: ['Rheumatology', 'Rhiwmatoleg'], cataract: ['Cataract surgery', 'Llawdriniaeth cataractau'], longest: ['Trauma and orthopaedic surgery', 'Llawfeddygaeth trawma ac orthopedig'] } as const;
    let [tried, looked, runs] = [0, 0, 0];
    const bad: string[] = [];
    for (const [specialty, [en, cy]] of Object.entries(names)) for (const locales of [['en-GB'], ['cy'], ['en-GB', 'cy'], ['cy', 'en-GB']] as const) {
      const pack = specialty === 'longest' ? longestPack() : packOf(specialty);
      const [first, ...others] = locales.map((locale) => leadPageText(pack, { en, cy }, createWords(locale)));
      if (!first) continue;
      const name = `${specialty}.${locales.join('+')}`;
      const file = Buffer.from(await (await packDocx([first, ...others], pack.chart.kind === 'chart' ? pack.chart.chart : null)).arrayBuffer());
      writeFileSync(join(pictures, `${name}.docx`), file);
      tried += 1;
      const pages = layoutDocument(packDocument([first, ...others], pack.chart.kind === 'chart' ? pack.chart.chart : null), { guess: true }).pages.length;
      if (pages !== 1) bad.push(`${name}: ${pages} pages`);
      const html = (await mammoth.convertToHtml({ buffer: file })).value;
      const text = html.replace(/<[^>]+>/g, ' ').replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replace(/\s+/g, ' ');
      for (const page of [first, ...others]) {
        const wanted = [page.specialty, page.month, page.title, page.thanks, page.chart, page.terms, ...page.columns, ...page.rows.flatMap((row) => [row.term, row.instead, row.before, row.now, row.changed]), ...page.examples.flatMap(({ written, better }) => [written, better]), page.ask, ...page.sign, page.foot];
        for (const one of wanted) { looked += 1; if (!text.includes(one.replace(/\s+/g, ' ').trim())) bad.push(`${name}: “${one}” is missing`); }
      }
      if ((html.match(/<h1>/g) ?? []).length !== locales.length || !/<thead>/.test(html)) bad.push(`${name}: headings or header row`);
      const parts = unzipSync(new Uint8Array(file));
      const document = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
      for (const run of document.match(/<w:r>.*?<\/w:r>/gs) ?? []) {
        if (!run.includes('<w:t')) continue;
        runs += 1;
        if (!/<w:lang w:val="(?:en-GB|cy)"/.test(run)) bad.push(`${name}: a run has no language`);
      }
      const charts = Object.keys(parts).filter((part) => /charts\/chart\d*\.xml$/.test(part)).length;
      if (charts !== (pack.chart.kind === 'chart' ? 1 : 0) || (charts === 1 && !document.includes(`descr="${first.chart}`))) bad.push(`${name}: ${charts} charts`);
      // Each of the lines to sign on is one: Word joins paragraphs whose border has nothing between them. Months are figures, which fit under their points.
      if ((document.match(/<w:between /g) ?? []).length !== first.sign.length) bad.push(`${name}: lines to sign on`);
      const labels = /<c:cat>.*?<\/c:cat>/s.exec(Object.entries(parts).filter(([part]) => /charts\/chart\d*\.xml$/.test(part)).map(([, bytes]) => strFromU8(bytes)).join(''))?.[0].match(/<c:v>[^<]*/g) ?? [];
      if (charts === 1 && (labels.length === 0 || labels.some((label) => !/>\d\d\/20\d\d$/.test(label)))) bad.push(`${name}: names of months`);
      // Nothing in it is fetched, and it has no macro.
      if (Object.entries(parts).some(([part, bytes]) => /\.bin$|vba/i.test(part) || (part.endsWith('.rels') && strFromU8(bytes).includes('TargetMode="External"')))) bad.push(`${name}: something from outside`);
    }
    console.info(`Word files tried ${tried}, words looked for ${looked}, runs ${runs}, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect([tried, looked > 300, runs > 300]).toEqual([16, true, true]);
  });
});

describe('the lead’s packs', () => {
  it('pass axe for three specialties and for the longest words of the sheet in every choice of languages, light, dark and in forced colours, and print as one tagged page with its language', async () => {
    let [tried, printed] = [0, 0];
    const bad: string[] = [];
    for (const locale of ['en-GB', 'cy']) for (const look of [{}, { dark: true }, { forced: true }]) {
      const page = await open(locale, look);
      for (const specialty of ['neurology', 'rheumatology', 'cataract', 'longest']) for (const language of ['both', 'en', 'cy']) {
        const [first, , third] = await page.locator('.packs-choose select').all();
        await first?.selectOption(specialty);
        await third?.selectOption(language);
        const name = `${specialty}.${language}.${locale}.${Object.keys(look)[0] ?? 'light'}`;
        tried += 1;
        bad.push(...(await violations(page)).map((one) => `${name} ${one}`));
        if (/\{\{|packs\.|xmr\./.test(await page.innerText('main'))) bad.push(`${name}: words are missing`);
        const wider = await page.evaluate(() => [...document.querySelectorAll('.a4 *')].filter((node) => node.getBoundingClientRect().right > (document.querySelector('.a4')?.getBoundingClientRect().right ?? 0)).length);
        if (wider > 0) bad.push(`${name}: ${wider} parts leave the page`);
        if (Object.keys(look).length > 0) continue;
        await page.locator('.a4').screenshot({ path: join(pictures, `${name}.png`) });
        const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, path: join(pictures, `${name}.pdf`) })).toString('latin1');
        printed += 1;
        const pages = (pdf.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
        if (pages !== 1 || !pdf.includes('/StructTreeRoot') || !pdf.includes('/Lang')) bad.push(`${name}: ${pages} pages, tagged ${pdf.includes('/StructTreeRoot')}, language ${pdf.includes('/Lang')}`);
      }
      await page.close();
    }
    console.info(`packs tried ${tried}, printed ${printed}, bad ${bad.length}; pictures in .cache/packs`);
    expect(bad).toEqual([]);
    expect([tried, printed]).toEqual([72, 24]);
  });

  it('saved as a web page open by themselves from a disk: nothing fetched, no script, the same words, axe finds nothing', async () => {
    let tried = 0;
    const bad: string[] = [];
    for (const locale of ['en-GB', 'cy']) {
      const page = await open(locale);
      await page.evaluate((text) => { Object.assign(window, { leadStyle: text }); }, readFileSync(join(root, 'components/dashboard/lead-page.css'), 'utf8'));
      for (const specialty of ['neurology', 'cataract']) for (const language of ['both', 'en', 'cy']) {
        const [first, , third] = await page.locator('.packs-choose select').all();
        await first?.selectOption(specialty);
        await third?.selectOption(language);
        await page.locator('.packs-choose .btn').last().click();
        const html = await page.evaluate(() => (window as unknown as { readonly left: { readonly html: string } }).left.html);
        const name = `${specialty}.${language}.${locale}`;
        const file = join(pictures, `${name}.html`);
        writeFileSync(file, html);
        const alone = await browser.newPage({ viewport: { width: 1040, height: 1400 } });
        const asked: string[] = [];
        alone.on('request', (request) => { asked.push(request.url()); });
        await alone.goto(`file://${file}`);
        for (const look of looks) {
          tried += 1;
          await wear(alone, look);
          if (asked.length !== 1) bad.push(`${name}: asks for ${asked.slice(1).join(', ')}`);
          if (/<script|\son[a-z]+=|javascript:|https?:/i.test(html.replace('http://www.w3.org/2000/svg', ''))) bad.push(`${name}: a script or an address`);
          if ((await alone.innerText('.a4')).replace(/\s+/g, ' ') !== (await page.innerText('.a4')).replace(/\s+/g, ' ')) bad.push(`${name}: other words than were seen`);
          bad.push(...(await violations(alone)).map((one) => `${name} ${JSON.stringify(look)} ${one}`));
          if (language === 'both' && specialty === 'neurology') await alone.screenshot({ path: join(pictures, `file.${name}.${Object.keys(look)[0] ?? 'light'}.png`) });
        }
        await alone.close();
      }
      await page.close();
    }
    console.info(`web pages opened by themselves ${tried}, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect(tried).toBe(36);
  });

  it('leave with the same words and figures as are seen, no formula, and nothing stopped', async () => {
    let tried = 0;
    for (const locale of ['en-GB', 'cy']) {
      const page = await open(locale);
      const buttons = await page.locator('.packs-choose .btn').all();
      await buttons[3]?.click();
      const left = await page.evaluate(() => (window as unknown as { readonly left: { readonly csv: string; readonly stopped: number } }).left);
      expect(left.stopped).toBe(0);
      const cells = papa.parse<string[]>(left.csv, { delimiter: ',' }).data.flat();
      for (const cell of cells) { tried += 1; expect(cell).not.toMatch(/^\s*[=+\-@]/); }
      for (const heading of await page.locator('.a4 .says').allInnerTexts()) expect(cells).toContain(heading);
      await page.close();
    }
    console.info(`cells tried ${tried}, bad 0`);
    expect(tried).toBeGreaterThan(100);
  });
});
