import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../../harness/axe.js';
import { bundle, looks, openChromium, root, wear } from '../../harness/chromium-page.js';

const pictures = join(root, '.cache/xmr');
const locales = ['en-GB', 'cy'] as const;
const scenes = ['works', 'quiet', 'trial', 'rebased', 'gap', 'neutral', 'quarters', 'few'] as const;
let browser: Browser;
let script = '';
let style = '';

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  script = await bundle({ entryPoints: [join(root, 'test/rooms/dashboard/xmr-page.tsx')], jsx: 'automatic', jsxImportSource: 'preact', target: 'es2022' });
  style = ['assets/tokens.css', 'components/panel/panel.css', 'components/dashboard/dashboard.css'].map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  browser = await openChromium();
});
afterAll(async () => { await browser?.close(); });

async function open(scene: (typeof scenes)[number], locale: (typeof locales)[number], options: { width?: number } = {}): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: options.width ?? 1040, height: 1000 } });
  page.on('pageerror', (error) => { throw error; });
  await page.setContent(`<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>Nodi</title><style>${style}</style></head><body><div id="app"></div><script>location.hash = '${scene}';</script><script>${script.replaceAll('</script', '<\\/script')}</script></body></html>`);
  await page.waitForSelector('main h3');
  return page;
}
const focusedName = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');

describe('the XmR chart', () => {
  it('passes axe in both languages, light, dark and forced colours, and covers no words with others', async () => {
    let tried = 0;
    const bad: string[] = [];
    for (const locale of locales) for (const scene of scenes) { const page = await open(scene, locale); for (const look of looks) {
      await wear(page, look);
      tried += 1;
      const name = `${scene}.${locale}${Object.keys(look)[0] ? `.${Object.keys(look)[0]}` : ''}`;
      bad.push(...(await violations(page)).map((violation) => `${name} ${violation}`));
      if (/\{\{|xmr\./.test(await page.innerText('main'))) bad.push(`${name}: words are missing`);
      const covered = await page.evaluate(() => {
        const boxes = [...document.querySelectorAll('.xmr svg text')].map((node) => ({ words: node.textContent, box: node.getBoundingClientRect(), edge: node.closest('svg')?.getBoundingClientRect() }));
        const out = boxes.filter(({ box, edge }) => edge && (box.left < edge.left - 1 || box.right > edge.right + 1)).map(({ words }) => `${words} leaves the chart`);
        const pairs = boxes.flatMap((a, at) => boxes.slice(at + 1).filter((b) => a.box.left < b.box.right - 1 && b.box.left < a.box.right - 1 && a.box.top < b.box.bottom - 3 && b.box.top < a.box.bottom - 3).map((b) => `${a.words} over ${b.words}`));
        return [...out, ...pairs];
      });
      bad.push(...covered.map((words) => `${name}: ${words}`));
      await page.screenshot({ path: join(pictures, `${name}.png`) });
    } await page.close(); }
    console.info(`charts tried ${tried}, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect(tried).toBe(48);
  });

  it.each(locales)('is one stop for Tab; arrow keys say each point, as its row in the table does, in %s', async (locale) => {
    const page = await open('works', locale);
    await page.keyboard.press('Tab');
    const last = await focusedName(page);
    expect(last).toContain(locale === 'cy' ? 'Rhag 2025: ' : 'Dec 2025: ');
    const said: string[] = [last];
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('ArrowLeft');
      const now = await focusedName(page);
      if (now === said[0]) break;
      said.unshift(now);
      expect(await page.locator('.xmr-told').textContent()).toBe(now);
    }
    expect(said.length).toBe(24);
    const rows = await page.locator('.xmr tbody tr').all();
    expect(rows.length).toBe(24);
    let signals = 0;
    for (const [at, row] of rows.entries()) {
      const cells = await row.locator('td').allInnerTexts();
      const signal = cells[4]?.trim() ?? '';
      expect(said[at]).toContain(`${cells[0]} `);
      expect(said[at]).toContain(`: ${cells[1]}.`);
      if (signal !== '–') { signals += 1; expect(said[at]).toContain(signal); }
    }
    console.info(`points tried ${said.length}, with a signal ${signals}, bad 0`);
    expect(signals).toBeGreaterThan(6);
    await page.keyboard.press('End');
    expect(await focusedName(page)).toBe(last);
    await page.keyboard.press('Home');
    expect(await focusedName(page)).toBe(said[0]);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('twin');
    await page.close();
  });

  it('tells better from worse by shape, and says what was done, what limits rest on and what is on trial', async () => {
    const told: Record<string, { title: string; shapes: string[]; words: string }> = {};
    for (const scene of scenes) {
      const page = await open(scene, 'en-GB');
      told[scene] = await page.evaluate(() => ({
        title: document.querySelector('h3')?.textContent ?? '', words: document.querySelector('.xmr')?.textContent ?? '',
        shapes: [...new Set([...document.querySelectorAll('.mark .point')].map((node) => `${node.getAttribute('class')?.split(' ')[1]} ${(node.getAttribute('d') ?? '').replace(/[^A-Za-z]/g, '')}`))].sort(),
      }));
      await page.close();
    }
    expect(Object.values(told).map(({ title }) => title)).toEqual([
      'Neurology: fewer findings since Jan 2025', 'Neurology: varies as usual', 'Neurology: varies as usual', 'Neurology: one month higher than usual, Jun 2026', 'Neurology: one month higher than usual, Feb 2026', 'Neurology: one month higher than usual, Feb 2026', 'Neurology: varies as usual', 'Neurology',
    ]);
    expect(told['works']?.shapes).toEqual(['improvement MLLLZ', 'usual MaaZ']);
    expect(told['gap']?.shapes).toEqual(['concern MLHZ', 'usual MaaZ']);
    // The one high month lifts the mean above all the others: a shift, by the rules.
    expect(told['neutral']?.shapes).toEqual(['neutral MhvhZ']);
    for (const words of ['Sheet starter-7 issued, 2 Jan 2025', 'Lead briefed, 9 Jan 2025', 'Limits set on these 12 points']) expect(told['works']?.words).toContain(words);
    expect(told['trial']?.words).toContain('The limits rest on 8 points and are on trial until there are 12.');
    expect(told['works']?.words).not.toContain('on trial');
    expect(told['rebased']?.words).toContain('limits set anew');
    expect(told['quarters']?.words).toContain('by quarter, because months are too small to show');
    expect(told['few']?.words).toBe('NeurologyToo few to show: small counts are hidden, and so is what would give them away.');
  });
});
