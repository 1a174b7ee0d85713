import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../../harness/axe.js';
import { bundle, openChromium, root } from '../../harness/chromium-page.js';

const pictures = join(root, '.cache/quality');
const locales = ['en-GB', 'cy'] as const;
const scenes = ['simulated', 'short', 'few', 'empty', 'fixed'] as const;
let browser: Browser;
let script = '';
let style = '';

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  script = await bundle({ entryPoints: [join(root, 'test/rooms/dashboard/quality-scene.tsx')], jsx: 'automatic', jsxImportSource: 'preact', target: 'es2022' });
  style = ['assets/tokens.css', 'components/panel/panel.css', 'components/dashboard/dashboard.css'].map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  browser = await openChromium();
});
afterAll(async () => { await browser?.close(); });

async function open(scene: (typeof scenes)[number], locale: (typeof locales)[number] = 'en-GB'): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1100 } });
  page.on('pageerror', (error) => { throw error; });
  await page.setContent(`<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>Nodi</title><style>${style}</style></head><body><div id="app"></div><script>location.hash = '${scene}';</script><script>${script.replaceAll('</script', '<\\/script')}</script></body></html>`);
  await page.waitForSelector('main h1');
  return page;
}
const lines = (page: Page, table: string): Promise<string[]> => page.locator(`table:has(caption:text-is("${table}")) tbody tr`).allInnerTexts().then((all) => all.map((row) => row.replace(/\s+/g, ' ').trim()));

describe('the quality page', () => {
  it('passes axe in both languages, light, dark and forced colours, at 1200 and 400 px, and leaves no word out', async () => {
    let tried = 0;
    const bad: string[] = [];
    for (const scene of scenes) for (const locale of locales) {
      const page = await open(scene, locale);
      await page.locator('details').evaluateAll((all) => { for (const one of all) one.setAttribute('open', ''); });
      for (const [look, colorScheme, forcedColors, width] of [['light', 'light', 'none', 1200], ['dark', 'dark', 'none', 1200], ['forced', 'light', 'active', 1200], ['narrow', 'light', 'none', 400]] as const) {
        await page.emulateMedia({ colorScheme, forcedColors });
        await page.setViewportSize({ width, height: 1100 });
        tried += 1;
        const name = `${scene}.${locale}.${look}`;
        bad.push(...(await violations(page)).map((violation) => `${name} ${violation}`));
        if (/\{\{|(?:quality|xmr|dashboard|fault)\.[a-z]/.test(await page.innerText('main'))) bad.push(`${name}: words are missing`);
        if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) bad.push(`${name}: wider than the window`);
        await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
      }
      await page.close();
    }
    console.info(`pages tried ${tried}, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect(tried).toBe(40);
  });

  it('says in its title how many specialties show a signal, lists them by name and not by rate, and compares none with another', async () => {
    const page = await open('simulated');
    expect(await page.innerText('h1')).toBe('1 specialty shows a signal. 2 vary as usual or are too new or too small to say.');
    expect((await lines(page, 'Specialties')).map((row) => row.split(' ')[0])).toEqual(['Cataract', 'Neurology', 'Rheumatology']);
    expect(await page.locator('table:has(caption:text-is("Specialties")) tfoot').innerText()).toContain('Not compared');
    await page.close();
  });

  it('opens a specialty by keyboard, with its chart, what was done, what became rarer with its range, and every count with what it stands against', async () => {
    const page = await open('simulated');
    await page.getByRole('button', { name: 'Neurology' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^Neurology/ }).first().waitFor();
    expect(await page.innerText('section.done')).toContain('Sheet starter-7 issued');
    const compared = page.getByRole('heading', { name: /became rarer/ });
    expect(await compared.innerText()).toMatch(/3 terms became rarer/);
    const text = await page.locator('section:has(h3:text("became rarer"))').innerText();
    expect(text).toContain('no change shown');
    expect(text).toMatch(/0\.\d\d times as often \(0\.\d\d to 0\.\d\d\): fewer/);
    await page.locator('summary', { hasText: 'findings by site' }).click();
    const sites = await lines(page, 'Neurology: findings by site');
    expect(sites.map((row) => row.replace(/[\d.,]+/g, '#'))).toEqual(['Bryn-mawr Hospital # # # #', 'Glan-y-Don Hospital # # # #']);
    await page.getByRole('button', { name: 'Rheumatology' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => compared.innerText()).toMatch(/0 terms became rarer/);
    await page.close();
  });

  it('notes what was done, draws limits anew only when a person asks, and takes each back', async () => {
    const page = await open('short');
    await page.getByRole('button', { name: 'Neurology' }).click();
    await page.getByLabel('Day', { exact: true }).fill('2025-09-09');
    await page.getByRole('button', { name: 'Note it' }).click();
    await page.getByText('Noted. The chart shows it on its day.').waitFor();
    expect(await page.evaluate(() => window.quality.settings.interventions)).toEqual([{ kind: 'lead-briefed', date: '2025-09-09', edition: null, specialty: 'neurology' }]);
    await expect.poll(() => page.locator('.xmr svg text', { hasText: 'Lead briefed' }).count()).toBe(1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => page.locator('.xmr svg text', { hasText: 'Lead briefed' }).count()).toBe(0);
    expect(await page.locator('.xmr svg text', { hasText: 'limits set anew' }).count()).toBe(0);
    await page.getByLabel('Set the limits anew from').selectOption('2025-08');
    await page.getByRole('button', { name: 'Set anew' }).click();
    await page.locator('.xmr svg text', { hasText: 'limits set anew' }).waitFor();
    await page.getByRole('button', { name: 'Take back the limits from Aug 2025' }).click();
    await expect.poll(() => page.locator('.xmr svg text', { hasText: 'limits set anew' }).count()).toBe(0);
    expect(await page.innerText('main')).toContain('trial');
    await page.close();
  });

  it('hides small counts and says so, tells of lost rows before any figure, and says what an empty page has not read', async () => {
    const page = await open('few');
    const text = await page.innerText('main');
    expect(text).toContain('Too few to show');
    expect(text.indexOf('Part of the log is missing')).toBeLessThan(text.indexOf('show a signal'));
    await page.locator('summary', { hasText: 'by term' }).click();
    expect(await lines(page, 'Neurology: findings by term')).toEqual(['? under 5, or hidden 27 – –']);
    await page.close();
    const empty = await open('empty');
    expect(await empty.innerText('h1')).toBe('Nothing has been counted yet');
    expect(await empty.innerText('main')).toContain('no document of a known patient was read');
    await empty.close();
    const fixed = await open('fixed', 'cy');
    expect(await fixed.getByRole('button', { name: 'Nodi hyn' }).count()).toBe(0);
    expect(await fixed.innerText('section.done')).toContain('Wedi’i osod gan eich bwrdd iechyd.');
    await fixed.close();
  });
});
