/** Every page of the built extension, and its card on the record, as a person with other eyes, hands or colours meets them. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../harness/axe.js';
import { root } from '../harness/chromium-page.js';
import { openSampleRecord, until, type SampleRecord } from '../harness/sample-record.js';

const pictures = join(root, '.cache/surfaces');
const looks = [{ name: 'light', colorScheme: 'light', forcedColors: 'none' }, { name: 'dark', colorScheme: 'dark', forcedColors: 'none' }, { name: 'forced', colorScheme: 'dark', forcedColors: 'active' }] as const;

let sample: SampleRecord;
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  sample = await openSampleRecord();
  await until(sample.painted, (words) => words.length > 0);
});
afterAll(() => sample?.close());


describe('every page of the extension', () => {
  it('passes axe in both languages, light, dark and forced colours, and is no wider than a narrow window', async () => {
    // Something to report: one finding of each of two specialties.
    for (const patient of ['p01', 'p02']) {
      await sample.portal('open', patient);
      await until(() => sample.panel.getByRole('button', { name: /^Log for/ }).count(), (count) => count > 0);
      await sample.panel.getByRole('button', { name: /^Log for/ }).first().click();
      await until(async () => (await sample.rows()).length, (count) => count >= (patient === 'p01' ? 1 : 2));
    }
    let tried = 0;
    const bad: string[] = [];
    for (const locale of ['en-GB', 'cy'] as const) {
      await sample.ask('panel.change-settings', { locale });
      for (const path of [`sidepanel.html${new URL(sample.panel.url()).search}`, 'options.html', 'dashboard.html']) {
        const page = await sample.browser.page(path);
        await page.setViewportSize({ width: path.startsWith('side') ? 320 : 720, height: 900 });
        await until(() => page.evaluate(() => document.documentElement.lang), (lang) => lang === locale);
        await until(() => page.innerText('body'), (text) => text.trim().length > 100);
        for (const { name, ...look } of looks) {
          await page.emulateMedia(look);
          tried += 1;
          bad.push(...(await violations(page)).map((one) => `${path} ${locale} ${name}: ${one}`));
          if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) bad.push(`${path} ${locale} ${name}: wider than its window`);
          await page.screenshot({ path: join(pictures, `${path.split('.')[0]}-${locale}-${name}.png`), fullPage: true });
        }
        await page.close();
      }
    }
    await sample.ask('panel.change-settings', { locale: 'en-GB' });
    console.info(`pages with axe: tried ${tried}, bad ${bad.length}`);
    expect(tried).toBe(18);
    expect(bad).toEqual([]);
  });
});

describe('on the record', () => {
  it('Alt+; from the page asks for the panel and leaves the key to the page', async () => {
    const { page } = sample;
    await page.bringToFront();
    await page.evaluate(() => { (window as unknown as { heard: string[] }).heard = []; addEventListener('keydown', (event) => { (window as unknown as { heard: string[] }).heard.push(`${event.altKey ? 'Alt+' : ''}${event.key}:${event.defaultPrevented}`); }); });
    await page.keyboard.press('Alt+;');
    expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toContain('Alt+;:false');
  });

  it('a mark under the pointer shows its card in one host that leaves when the pointer does, and Escape hides it', async () => {
    const { page } = sample;
    await page.bringToFront();
    await sample.portal('open', 'p01');
    await until(sample.painted, (words) => words.includes('NS++'));
    const children = await page.evaluate(() => document.documentElement.children.length);
    const box = await page.evaluate(() => {
      for (const highlight of CSS.highlights.values()) for (const one of highlight as unknown as Iterable<StaticRange>) {
        const range = document.createRange();
        range.setStart(one.startContainer, one.startOffset);
        range.setEnd(one.endContainer, one.endOffset);
        if (range.toString() === 'NS++') { const { x, y, width, height } = range.getBoundingClientRect(); return { x: x + width / 2, y: y + height / 2 }; }
      }
      return null;
    });
    if (!box) throw new Error('No mark to point at');
    await page.mouse.move(box.x, box.y);
    await until(() => page.evaluate(() => document.documentElement.children.length), (count) => count === children + 1);
    await page.screenshot({ path: join(pictures, 'card.png') });
    // Closed to the page: neither its words nor its nodes can be read.
    expect(await page.evaluate(() => { const host = document.documentElement.lastElementChild; return [host?.shadowRoot ?? null, host?.textContent]; })).toEqual([null, '']);
    await page.keyboard.press('Escape');
    await until(() => page.evaluate(() => { const host = document.documentElement.lastElementChild; return host?.localName === 'body' || (host as HTMLElement).getBoundingClientRect().height === 0 || !(host as HTMLElement).checkVisibility(); }), (hidden) => hidden);
  });

  it('marks are told by line style and system colours where colours are forced, and are not printed', async () => {
    const { page } = sample;
    await page.bringToFront();
    const decorations = (): Promise<string[]> => page.evaluate(() => [...CSS.highlights.keys()].map((name) => { const style = getComputedStyle(document.querySelector('article') as Element, `::highlight(${name})`); return `${style.textDecorationLine} ${style.textDecorationStyle} ${style.backgroundColor}`; }));
    const plain = await decorations();
    expect(new Set(plain.map((one) => one.split(' ').slice(0, 2).join(' '))).size).toBeGreaterThan(1);
    await page.emulateMedia({ forcedColors: 'active' });
    for (const one of await decorations()) expect(one).toContain('underline');
    await page.screenshot({ path: join(pictures, 'record-forced.png') });
    await page.emulateMedia({ forcedColors: 'none', media: 'print' });
    for (const one of await decorations()) expect(one).toMatch(/^none /);
    await page.screenshot({ path: join(pictures, 'record-print.png') });
    await page.emulateMedia({ media: 'screen' });
  });

  it('one key hides every mark and shows them again', async () => {
    await sample.ask('panel.change-settings', { marks: false });
    await until(sample.painted, (words) => words.length === 0);
    await sample.ask('panel.change-settings', { marks: true });
    await until(sample.painted, (words) => words.length > 0);
  });

  it('registers only the marks about the window of a long record', async () => {
    const { page } = sample;
    await page.bringToFront();
    await page.evaluate(() => { const article = document.querySelector('#documents article') as Element; for (let at = 0; at < 3000; at += 1) { const line = document.createElement('p'); line.textContent = `Line ${at}: ?PE, likely.`; article.append(line); } });
    await until(sample.painted, (words) => words.length > 20);
    const registered = await page.evaluate(() => [...CSS.highlights.values()].reduce((sum, highlight) => sum + highlight.size, 0));
    expect(registered).toBeLessThanOrEqual(1000);
    await page.evaluate(() => { document.querySelector('#documents article p:last-child')?.scrollIntoView(); });
    await until(() => page.evaluate(() => [...CSS.highlights.values()].some((highlight) => [...(highlight as unknown as Iterable<StaticRange>)].some((one) => one.startContainer.textContent?.startsWith('Line 2999')))), (found) => found);
  });
});
