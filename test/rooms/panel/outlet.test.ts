import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../../harness/axe.js';
import { bundle, openChromium, root } from '../../harness/chromium-page.js';

const pictures = join(root, '.cache/panel');
let browser: Browser;
let script = '';
let style = '';

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  script = await bundle({ entryPoints: [join(root, 'test/rooms/panel/page.tsx')], jsx: 'automatic', jsxImportSource: 'preact', target: 'es2022' });
  style = ['assets/tokens.css', 'components/panel/panel.css'].map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  browser = await openChromium();
});
afterAll(async () => { await browser?.close(); });

async function open(scene: string, locale: 'en-GB' | 'cy', options: { width?: number; dark?: boolean; forced?: boolean } = {}): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: options.width ?? 360, height: 700 }, colorScheme: options.dark ? 'dark' : 'light', forcedColors: options.forced ? 'active' : 'none' });
  page.on('pageerror', (error) => { throw error; });
  await page.setContent(`<!doctype html><html lang="${locale}" data-locale="${locale}"><head><meta charset="utf-8"><title>Nodi</title><style>${style}</style></head><body><div id="app"></div><script>location.hash = '${scene}';</script><script>${script.replaceAll('</script', '<\\/script')}</script></body></html>`);
  await page.waitForSelector('main');
  await page.locator('main').focus();
  return page;
}
const calls = (page: Page): Promise<string[]> => page.evaluate(() => [...window.story.calls]);
const toast = (page: Page): Promise<string> => page.locator('.toast').textContent().then((text) => text?.trim() ?? '');
async function fromPalette(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
}

describe.each(['en-GB', 'cy'] as const)('codes on their way out, in %s', (locale) => {
  const welsh = locale === 'cy';

  it('are copied in order by one key, and what was copied is said', async () => {
    const page = await open('accepted', locale);
    await page.keyboard.press('Control+Shift+C');
    await page.waitForSelector('.toast');
    expect(await calls(page)).toEqual(['copy E11.3\r\nH28.0\r\nI10.X\r\nC75.1\r\nZ94.2\r\nC71.2\r\nZ94.2']);
    expect(await toast(page)).toBe(welsh ? 'Copïwyd 7 cod yn eu trefn: E11.3 H28.0 I10.X C75.1 Z94.2 C71.2 Z94.2' : 'Copied 7 codes in order: E11.3 H28.0 I10.X C75.1 Z94.2 C71.2 Z94.2');
    await page.close();
  });

  it('are copied as the person chose, from then on', async () => {
    const page = await open('accepted', locale);
    await fromPalette(page, welsh ? 'Codau allan' : 'Codes out');
    const [dots, layout, ends] = await page.locator('dialog select').all();
    await dots?.selectOption('bare');
    await layout?.selectOption('tabs');
    await ends?.selectOption('lf');
    expect(await page.locator('.outletcodes').textContent()).toBe('E113 H280 I10X C751 Z942 C712 Z942');
    await page.locator('dialog .ways button').first().click();
    await page.waitForSelector('.toast');
    await page.keyboard.press('Control+Shift+C');
    await expect.poll(() => calls(page)).toEqual(Array(2).fill('copy E113\tH280\tI10X\nC751\tZ942\tC712\tZ942'));
    await page.close();
  });

  it('are typed one by one, forth and back by key, each read out by its characters', async () => {
    const page = await open('accepted', locale);
    await page.keyboard.press('Alt+Shift+C');
    const shown = async (): Promise<string> => `${await page.locator('.typingplace b').textContent()} ${await page.locator('.typingcode').textContent()}`;
    const of = welsh ? 'o' : 'of';
    await expect.poll(shown).toBe(`1 ${of} 7 E11.3`);
    expect(await page.locator('.typing [role=status]').textContent()).toBe(welsh ? '1 o 7. Prif ddiagnosis: E 1 1 dot 3' : '1 of 7. Primary diagnosis: E 1 1 dot 3');
    const seen: string[] = [];
    for (const key of ['ArrowRight', 'Enter', 'ArrowDown', 'ArrowLeft', 'End', 'Enter', 'Home', 'ArrowUp', 'Space']) { await page.keyboard.press(key); seen.push(await shown()); }
    expect(seen).toEqual([`2 ${of} 7 H28.0`, `3 ${of} 7 I10.X`, `4 ${of} 7 C75.1`, `3 ${of} 7 I10.X`, `7 ${of} 7 Z94.2`, `7 ${of} 7 Z94.2`, `1 ${of} 7 E11.3`, `1 ${of} 7 E11.3`, `2 ${of} 7 H28.0`]);
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog', { state: 'detached' });
    await page.close();
  });

  it('are saved as a table and as FHIR, without identifiers', async () => {
    const page = await open('accepted', locale);
    await fromPalette(page, 'CSV');
    await expect.poll(() => calls(page)).toEqual(['save csv 7']);
    expect(await toast(page)).toContain('nodi-codes.csv');
    await fromPalette(page, 'FHIR');
    // Seven codes, the encounter and the provenance.
    await expect.poll(() => calls(page)).toEqual(['save csv 7', 'save fhir 9']);
    await page.close();
  });

  it('are nothing while nothing is accepted, and this is said', async () => {
    const page = await open('codes', locale);
    for (const key of ['Control+Shift+C', 'Alt+Shift+C']) {
      await page.keyboard.press(key);
      await page.waitForSelector('.toast');
      expect(await toast(page)).toContain(welsh ? 'Nid oes dim wedi’i dderbyn eto' : 'Nothing accepted yet');
    }
    expect(await calls(page)).toEqual([]);
    await page.close();
  });

  it('pass axe, fit 320 pixels, and are photographed', async () => {
    let tried = 0;
    const bad: string[] = [];
    for (const look of [{}, { width: 320 }, { dark: true }, { forced: true }] as const) {
      for (const sheet of ['outlet', 'typing'] as const) {
        const page = await open('accepted', locale, look);
        if (sheet === 'typing') await page.keyboard.press('Alt+Shift+C'); else await fromPalette(page, welsh ? 'Codau allan' : 'Codes out');
        await page.waitForSelector(`.${sheet}`);
        bad.push(...(await violations(page)).map((one) => `${sheet} ${JSON.stringify(look)}: ${one}`));
        if (await page.evaluate(() => { const dialog = document.querySelector('dialog'); return !dialog || dialog.scrollWidth > dialog.clientWidth; })) bad.push(`${sheet} ${JSON.stringify(look)}: too wide`);
        const small = await page.evaluate(() => [...document.querySelectorAll('dialog button, dialog select')].filter((one) => one.getBoundingClientRect().height < 24).length);
        if (small > 0) bad.push(`${sheet}: ${small} targets under 24 px`);
        await page.screenshot({ path: join(pictures, `${sheet}.${locale}.${Object.keys(look)[0] ?? 'light'}.png`) });
        tried += 1;
        await page.close();
      }
    }
    console.log(`ways out looked at: tried ${tried}, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect(tried).toBe(8);
  });
});
