import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import papa from 'papaparse';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packXlsx } from '../../../entrypoints/dashboard/pack-xlsx.js';
import { plainCell } from '../../../lib/base/csv.js';
import { violations } from '../../harness/axe.js';
import { bundle, openChromium, root } from '../../harness/chromium-page.js';

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

describe('the lead’s packs', () => {
  it('pass axe for three specialties in every choice of languages, light, dark and in forced colours, and print as one tagged page with its language', async () => {
    let [tried, printed] = [0, 0];
    const bad: string[] = [];
    for (const locale of ['en-GB', 'cy']) for (const look of [{}, { dark: true }, { forced: true }]) {
      const page = await open(locale, look);
      for (const specialty of ['neurology', 'rheumatology', 'cataract']) for (const language of ['both', 'en', 'cy']) {
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
    expect([tried, printed]).toEqual([54, 18]);
  });

  it('leave with the same words and figures as are seen, no formula, and nothing stopped', async () => {
    let tried = 0;
    for (const locale of ['en-GB', 'cy']) {
      const page = await open(locale);
      const buttons = await page.locator('.packs-choose .btn').all();
      await buttons[2]?.click();
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
