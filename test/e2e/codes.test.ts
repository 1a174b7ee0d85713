import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagedLexicon } from '../../entrypoints/batch/coder.js';
import { violations } from '../harness/axe.js';
import { root } from '../harness/chromium-page.js';
import { openSampleRecord, until, type SampleRecord } from '../harness/sample-record.js';

let sample: SampleRecord;
beforeAll(async () => { sample = await openSampleRecord(); });
afterAll(() => sample?.close());

/** Words under the highlights of one kind; names end with the kind's letter and that of the paper. */
const wordsOf = (letter: string): Promise<string[]> => sample.page.evaluate((wanted) => [...CSS.highlights].filter(([name]) => name.endsWith(`${wanted}x`) || name.endsWith(`${wanted}y`)).flatMap(([, highlight]) => [...(highlight as unknown as Iterable<StaticRange>)].map((one) => {
  const range = document.createRange();
  range.setStart(one.startContainer, one.startOffset);
  range.setEnd(one.endContainer, one.endOffset);
  return range.toString();
})), letter);

/** The note and the codes side by side, as a coder has them: in both languages and every look. */
async function takePictures(folder: string): Promise<void> {
  const { page, panel } = sample;
  const composer = await sample.browser.context.newPage();
  await page.setViewportSize({ width: 860, height: 900 });
  await page.bringToFront();
  await page.keyboard.press('Escape');
  // Both places of the contradiction are in the picture.
  await page.evaluate(() => { document.querySelector('#documents')?.scrollIntoView(); scrollTo(0, 120); });
  for (const locale of ['en-GB', 'cy'] as const) {
    await sample.ask('panel.change-settings', { locale });
    for (const [name, look] of [['', { colorScheme: 'light', forcedColors: 'none' }], ['.dark', { colorScheme: 'dark', forcedColors: 'none' }], ['.forced', { colorScheme: 'light', forcedColors: 'active' }]] as const) {
      const both: string[] = [];
      for (const one of [page, panel]) await one.emulateMedia(look);
      await panel.bringToFront();
      await panel.reload();
      await panel.getByRole('tab').nth(1).click();
      await panel.locator('[role=option]', { hasText: 'C75.1' }).click();
      await until(() => wordsOf('g'), (words) => words.some((word) => /phaco/i.test(word)));
      await panel.mouse.move(2, 2);
      const beside = await panel.screenshot({ caret: 'initial' });
      both.push((await page.screenshot({ caret: 'initial' })).toString('base64'), beside.toString('base64'));
      await composer.setViewportSize({ width: 1220, height: 900 });
      await composer.setContent(`<style>body{margin:0;display:flex}</style>${both.map((image) => `<img src="data:image/png;base64,${image}">`).join('')}`);
      writeFileSync(join(folder, `codes.${locale}${name}.png`), await composer.screenshot());
    }
    for (const one of [page, panel]) await one.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  }
  await composer.close();
}

describe('codes on offer', () => {
  it('stand in the panel with the words that prove them, which are marked in the note', async () => {
    const { panel } = sample;
    await panel.getByRole('tab', { name: /^Codes/ }).click();
    await until(() => panel.innerText('[role=tabpanel]'), (text) => text.includes('C75.1') && text.includes('C71.2') && /H2[56]\.\d/.test(text));
    const text = await panel.innerText('[role=tabpanel]');
    // The pair in its order, the side last.
    expect(text.indexOf('C75.1')).toBeLessThan(text.indexOf('C71.2'));
    expect(text).toContain('Z94.2');
    expect(text).not.toMatch(/\d ?%/);
    await until(async () => [...await wordsOf('e'), ...await wordsOf('g')], (words) => words.some((word) => /cataract/i.test(word)) && words.includes('T2DM'));
  });

  it('show their words in the note when these are pressed', async () => {
    const { panel } = sample;
    const quote = panel.locator('.codelist button.quote').first();
    const words = (await quote.innerText()).replace(/[“”]/g, '');
    await quote.click();
    await until(() => wordsOf('d'), (found) => found.includes(words));
  });

  it('have the words of the one in hand painted as such; keys, the pointer and the other tab change that', async () => {
    const { panel } = sample;
    await panel.locator('[role=option][tabindex="0"]').focus();
    await panel.keyboard.press('Home');
    await until(() => wordsOf('g'), (words) => words.length > 0 && words.every((word) => /cataract|NS/i.test(word)));
    await panel.keyboard.press('ArrowDown');
    await until(() => wordsOf('g'), (words) => words.some((word) => /phaco/i.test(word)));
    await panel.locator('[role=option]').first().hover();
    await until(() => wordsOf('g'), (words) => words.length > 0 && words.every((word) => /cataract|NS/i.test(word)));
    await panel.mouse.move(2, 2);
    await until(() => wordsOf('g'), (words) => words.some((word) => /phaco/i.test(word)));
    await panel.getByRole('tab', { name: /^Problems/ }).click();
    await until(() => wordsOf('g'), (words) => words.length === 0);
    await panel.getByRole('tab', { name: /^Codes/ }).click();
    await until(() => wordsOf('g'), (words) => words.length > 0);
  });

  it('are found from their words: a click in the note brings the code to hand, and takes neither the click nor the focus', async () => {
    const { page, panel } = sample;
    const clickOn = async (letter: string, words: string): Promise<void> => {
      const at = await page.evaluate(([wanted, sought]) => {
        for (const [name, highlight] of CSS.highlights) for (const one of name.endsWith(`${wanted}x`) || name.endsWith(`${wanted}y`) ? highlight as unknown as Iterable<StaticRange> : []) {
          const range = document.createRange();
          range.setStart(one.startContainer, one.startOffset);
          range.setEnd(one.endContainer, one.endOffset);
          if (range.toString() === sought) { range.startContainer.parentElement?.scrollIntoView({ block: 'center' }); const { x, y, width, height } = range.getBoundingClientRect(); return { x: x + width / 2, y: y + height / 2 }; }
        }
        return null;
      }, [letter, words] as const);
      if (!at) throw new Error(`Nothing is marked ${words}`);
      await page.mouse.click(at.x, at.y);
    };
    await page.evaluate(() => { (window as unknown as { clicks: boolean[] }).clicks = []; addEventListener('click', (event) => { (window as unknown as { clicks: boolean[] }).clicks.push(event.defaultPrevented); }); });
    // The card of the place shown last lies over the words below it.
    await page.keyboard.press('Escape');
    await until(() => wordsOf('e'), (words) => words.includes('HTN'));
    await clickOn('e', 'HTN');
    await until(() => panel.locator('[role=option][aria-selected=true]').textContent(), (text) => text !== null && text.includes('I10.X'));
    expect(await page.evaluate(() => (window as unknown as { clicks: boolean[] }).clicks)).toEqual([false]);
    // The words are those of the code in hand now.
    await until(() => wordsOf('g'), (words) => words.includes('HTN'));
    await clickOn('c', 'NS++');
    await until(() => panel.locator('[role=tab][aria-selected=true]').innerText(), (text) => text.startsWith('Problems'));
    expect(await panel.locator('[role=option][aria-selected=true]').textContent()).toContain('NS++');
    // By key, from where the caret stands.
    await page.evaluate(() => { const walker = document.createTreeWalker(document.querySelector('#documents') as Element, NodeFilter.SHOW_TEXT); for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) { const found = node.data.indexOf('left cataract surgery'); if (found >= 0) { getSelection()?.collapse(node, found + 3); return; } } });
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+;');
    await until(() => panel.locator('[role=option][aria-selected=true]').textContent(), (text) => text !== null && text.includes('Right'));
  });

  it('say that the record names the other side: both places marked, a row of Problems, and a line before the button', async () => {
    const { page, panel } = sample;
    expect((await until(() => wordsOf('f'), (words) => words.length === 2)).sort()).toEqual(['Right', 'left cataract surgery']);
    expect(await panel.textContent('.detail')).toMatch(/PCSZ2/);
    await panel.locator('.detail .places button').click();
    await until(() => wordsOf('d'), (words) => words.includes('left cataract surgery'));
    await panel.getByRole('tab', { name: /^Codes/ }).click();
    await panel.locator('[role=option]', { hasText: 'C75.1' }).click();
    expect(await panel.textContent('.cd.is-current')).toMatch(/Side: left in Neurology clinic letter, 3 Nov\. Check before you code\./);
    // Codes of one unit say each what they are.
    expect(await panel.textContent('[role=option][aria-selected=true]')).toMatch(/C75\.1 Insertion of prosthetic replacement for lens[^]*C71\.2 Phacoemulsification of lens/);
    await page.bringToFront();
    await page.keyboard.press('Escape');
  });

  it('pass axe with all their rows open, in both languages, light, dark and forced colours', async () => {
    const { panel } = sample;
    const folder = join(root, '.output/pictures');
    mkdirSync(folder, { recursive: true });
    let tried = 0;
    const bad: string[] = [];
    await panel.bringToFront();
    for (const locale of ['en-GB', 'cy'] as const) {
      await sample.ask('panel.change-settings', { locale });
      await panel.reload();
      await panel.getByRole('tab').nth(1).click();
      await panel.waitForSelector('.codelist');
      await panel.locator('.whynot summary').click();
      for (let at = 0, count = await panel.locator('[role=option]').count(); at < count; at += 1) { await panel.locator('[role=option]').nth(at).click(); await panel.locator('button.why').click(); }
      await panel.locator('[role=option]').nth(1).click();
      for (const [name, look] of [['light', { colorScheme: 'light', forcedColors: 'none' }], ['dark', { colorScheme: 'dark', forcedColors: 'none' }], ['forced', { colorScheme: 'light', forcedColors: 'active' }]] as const) {
        await panel.emulateMedia(look);
        tried += 1;
        bad.push(...(await violations(panel)).map((one) => `${locale} ${name}: ${one}`));
        if (await panel.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) bad.push(`${locale} ${name}: wider than its window`);
      }
      await panel.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
    }
    if (process.env['NODI_PICTURES']) await takePictures(folder);
    await sample.ask('panel.change-settings', { locale: 'en-GB' });
    await panel.reload();
    await panel.getByRole('tab').nth(1).click();
    console.info(`codes with axe: tried ${tried}, bad ${bad.length}`);
    expect(tried).toBe(6);
    expect(bad).toEqual([]);
  });

  it('say why, and why not', async () => {
    const { panel } = sample;
    await panel.getByRole('button', { name: /^Why [A-Z]/ }).first().click();
    expect(await panel.innerText('.codelist')).toContain('DGCS.1');
    await panel.locator('.whynot summary').click();
    expect(await panel.locator('.whynot li').count()).toBeGreaterThan(0);
  });

  it('are gone at once with their patient, and the next one’s come', async () => {
    const { panel } = sample;
    await sample.portal('open', 'p02');
    await until(() => panel.innerText('body'), (text) => text.includes('640') && !text.includes('C75.1'));
    await until(() => panel.innerText('[role=tabpanel]'), (text) => text.includes('A55.9') && text.includes('No primary diagnosis offered'));
    if (process.env['NODI_PICTURES']) {
      await panel.screenshot({ path: join(root, '.output/pictures/codes-2.en-GB.png'), caret: 'initial' });
      await panel.getByRole('button', { name: 'CY' }).click();
      await panel.emulateMedia({ colorScheme: 'dark' });
      await until(() => panel.innerText('body'), (text) => text.includes('Codau'));
      await panel.screenshot({ path: join(root, '.output/pictures/codes-2.cy.dark.png'), caret: 'initial' });
      await panel.getByRole('button', { name: 'EN' }).click();
    }
  });

  it('lie nowhere in the log, and nothing is accepted by itself', async () => {
    expect(await sample.rows()).toEqual([]);
  });

  it('come from a lexicon that was compiled from the lists of this very build', () => {
    expect(Buffer.compare(readFileSync(join(process.env['NODI_EXTENSION'] ?? join(root, '.output/chrome-mv3'), 'lexicon.bin')), Buffer.from(packagedLexicon()))).toBe(0);
  });
});
