import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../../harness/axe.js';
import { bundle, openChromium, root } from '../../harness/chromium-page.js';

const pictures = join(root, '.cache/data');
const scenes = ['first', 'together', 'running', 'refused', 'unseen', 'aside', 'unfit'] as const;
let browser: Browser;
let script = '';
let style = '';

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  script = await bundle({ entryPoints: [join(root, 'test/rooms/dashboard/data-scene.tsx')], jsx: 'automatic', jsxImportSource: 'preact', target: 'es2022' });
  style = ['assets/tokens.css', 'components/panel/panel.css', 'components/dashboard/dashboard.css'].map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  browser = await openChromium();
});
afterAll(async () => { await browser?.close(); });

async function open(scene: (typeof scenes)[number] | 'sent', locale: 'en-GB' | 'cy' = 'en-GB'): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1000, height: 1000 } });
  page.on('pageerror', (error) => { throw error; });
  await page.setContent(`<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>Nodi</title><style>${style}</style></head><body><div id="app"></div><script>location.hash = '${scene}';</script><script>${script.replaceAll('</script', '<\\/script')}</script></body></html>`);
  await page.waitForSelector('main h1');
  return page;
}

describe('the page of data', () => {
  it('passes axe in both languages, light, dark and forced colours, at 1000 and 400 px', async () => {
    let tried = 0;
    const bad: string[] = [];
    for (const scene of scenes) for (const locale of ['en-GB', 'cy'] as const) {
      const page = await open(scene, locale);
      for (const [look, colorScheme, forcedColors, width] of [['light', 'light', 'none', 1000], ['dark', 'dark', 'none', 1000], ['forced', 'dark', 'active', 1000], ['narrow', 'light', 'none', 400]] as const) {
        await page.emulateMedia({ colorScheme, forcedColors });
        await page.setViewportSize({ width, height: 1000 });
        tried += 1;
        const name = `${scene}.${locale}.${look}`;
        bad.push(...(await violations(page)).map((violation) => `${name} ${violation}`));
        if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) bad.push(`${name}: wider than the window`);
        await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
      }
      await page.close();
    }
    console.info(`pages tried ${tried}, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect(tried).toBe(56);
  });

  it('is worked by keyboard alone; while something runs only its end can be pressed', async () => {
    const press = async (page: Page, stops = 12): Promise<unknown> => {
      for (let at = 0; at < stops; at += 1) { await page.keyboard.press('Tab'); if (await page.evaluate(() => document.activeElement?.tagName) === 'BUTTON') await page.keyboard.press('Enter'); }
      return page.evaluate(() => [...new Set((window as unknown as { readonly pressed: readonly string[] }).pressed)]);
    };
    expect(await press(await open('together'))).toEqual(expect.arrayContaining(['undo', 'bundle', 'csv', 'figures', 'figures-csv', 'count', 'forget']));
    expect(await press(await open('running'))).toEqual(['cancel']);
    expect(await press(await open('unseen'), 20)).toContain('agree');
    expect(await press(await open('aside'), 20)).toEqual(expect.arrayContaining(['now', 'pause', 'forget-credential', 'again']));
    const page = await open('sent');
    await page.getByLabel('Access token for this server').focus();
    await page.keyboard.type('abc.def');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => (window as unknown as { readonly pressed: readonly string[] }).pressed)).toEqual(['credential']);
    expect(await page.getByLabel('Access token for this server').inputValue()).toBe('');
  });
});
