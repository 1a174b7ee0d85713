/** The trainee's page in the built extension, by keyboard alone: a case, what it should have been and why, the next day's cards, sign-off and export. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../harness/axe.js';
import { openSampleRecord, until, type SampleRecord } from '../harness/sample-record.js';

let sample: SampleRecord;
let page: Page;
beforeAll(async () => { sample = await openSampleRecord(); page = await sample.browser.page('dashboard.html#learn'); await until(() => page.innerText('h1'), (text) => text.includes('guess first')); });
afterAll(() => sample?.close());

const said = (part: string): Promise<string> => until(() => page.innerText('body'), (text) => text.includes(part), 30_000);
/** Goes on with Tab until the control of this name has the focus: what cannot be reached so is not there for the keyboard. */
async function tabTo(name: string): Promise<void> {
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => { const at = document.activeElement; return at instanceof HTMLElement ? (at.getAttribute('aria-label') ?? (at instanceof HTMLInputElement || at instanceof HTMLSelectElement ? at.labels?.[0]?.querySelector('span')?.textContent : at.innerText)) ?? '' : ''; });
    if (here.startsWith(name)) return;
  }
  throw new Error(`Tab never reaches ${name}.`);
}
const kept = (): Promise<string> => page.evaluate(() => new Promise((resolve, reject) => { const asked = indexedDB.open('nodi-learned', 1); asked.onerror = () => reject(new Error('no store')); asked.onsuccess = () => { const got = asked.result.transaction('parts').objectStore('parts').get('trainee'); got.onsuccess = () => { asked.result.close(); resolve(JSON.stringify(got.result ?? null)); }; }; }));

/** axe in both languages and the three looks; pictures where a folder is named for them. */
async function looked(name: string): Promise<string[]> {
  const bad: string[] = [];
  for (const locale of ['cy', 'en-GB'] as const) {
    await sample.ask('panel.change-settings', { locale });
    await until(() => page.evaluate(() => document.documentElement.lang), (lang) => lang === locale);
    for (const look of [{ colorScheme: 'light', forcedColors: 'none' }, { colorScheme: 'dark', forcedColors: 'none' }, { colorScheme: 'dark', forcedColors: 'active' }] as const) {
      await page.emulateMedia(look);
      bad.push(...(await violations(page)).map((found) => `${name} ${locale} ${look.colorScheme} ${look.forcedColors}: ${found}`));
      const folder = process.env['PICTURES'];
      if (folder) await page.screenshot({ path: `${folder}/learn-${name}.${locale}.${look.forcedColors === 'active' ? 'forced' : look.colorScheme}.png`, fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  return bad;
}

describe('learning from invented cases', () => {
  it('takes a case by keyboard: words marked, codes written, the answer with its rule and the way through the index', async () => {
    expect(await page.innerText('.learn-note')).toContain('?IIH');
    expect(await page.innerText('body')).not.toContain('R51.X');
    await tabTo('Words of the note');
    await page.keyboard.type('?IIH');
    await page.keyboard.press('Enter');
    await said('Remove');
    await tabTo('Diagnoses');
    await page.keyboard.type('G93.2');
    await tabTo('Procedures');
    await page.keyboard.type('A55.9');
    await tabTo('sure');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Enter');
    const shown = await said('to take away');
    expect(shown).toContain('missed');
    expect(shown).toContain('R51.X');
    expect(shown).toContain('Where no definitive diagnosis was made');
    expect(shown).toContain('DGCS.1');
    await tabTo('R51.X');
    await page.keyboard.press('Enter');
    await said('Analyse');
    const store = await kept();
    expect(store).toContain('rule:symptom-first');
    expect(store).toContain('"sure":"sure"');
    expect(store).not.toMatch(/headache|IIH|Elective/);
    expect(await looked('reveal')).toEqual([]);
  });

  it('refuses what is no code and keeps nothing of it', async () => {
    await tabTo('Next case');
    await page.keyboard.press('Enter');
    await until(() => page.innerText('.learn-note'), (text) => text.includes('natalizumab'));
    const before = await kept();
    await tabTo('Diagnoses');
    await page.keyboard.type('G43.909');
    await page.keyboard.press('Control+Enter');
    await said('No code: G43.909');
    expect(await kept()).toBe(before);
    expect(await looked('case')).toEqual([]);
  });

  it('brings mistakes back as cards the next day, answered with a key each', async () => {
    await page.clock.setFixedTime(Date.now() + 30 * 3_600_000);
    await page.reload();
    await said('Card 1 of');
    const cards = Number(/Card 1 of (\d+)/.exec(await page.innerText('body'))?.[1]);
    expect(cards).toBeGreaterThan(1);
    for (let at = 1; at <= cards; at += 1) {
      await said(`Card ${at} of ${cards}`);
      // The first was a guess: it is not rated beyond hard.
      await page.keyboard.press(at === 1 ? '1' : at === 2 ? '3' : 'Space');
      await said('Again');
      expect((await page.innerText('.learn-card')).includes('Good')).toBe(at > 1);
      if (at === 1) { expect(await looked('card')).toEqual([]); await page.locator('.learn-card').focus(); }
      await page.keyboard.press(at === 1 ? '2' : '3');
    }
    await said('That was today’s session.');
    const progress = JSON.parse(await kept()) as { readonly cards: readonly { readonly reps: number; readonly due: number }[] };
    expect(progress.cards.every(({ reps, due }) => reps === 1 && due > Date.now() + 30 * 3_600_000)).toBe(true);
    console.info(`cards answered ${cards}`);
  });

  it('shows what is known with its numbers, and exports it without a word of a note', async () => {
    await page.getByRole('button', { name: 'Progress' }).focus();
    await page.keyboard.press('Enter');
    await said('What you know, by rule and specialty');
    expect(await page.locator('.learn-tests').nth(1).innerText()).toMatch(/guessing\s+1\s+1 of 1 \(100%\)\s+sure\s+2/);
    expect(await looked('progress')).toEqual([]);
    await tabTo('Export progress');
    const coming = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    const table = readFileSync(await (await coming).path(), 'utf8');
    expect(table.split('\r\n').length).toBeGreaterThan(3);
    expect(table).not.toMatch(/IIH for|Elective|natalizumab/);
    expect(table).toContain('When “sure” was said');
  });

  it('is signed by a supervisor with initials once it is ready, and by nothing else', async () => {
    await page.evaluate(() => new Promise<void>((resolve) => { const asked = indexedDB.open('nodi-learned', 1); asked.onsuccess = () => {
      const store = asked.result.transaction('parts', 'readwrite').objectStore('parts');
      const got = store.get('trainee');
      got.onsuccess = () => { const one = got.result as { outcomes: object[] }; one.outcomes.push(...[1, 2, 3].map((at) => ({ item: 'rule:laterality', specialty: 'ophthalmology', right: true, at }))); store.put(one, 'trainee').onsuccess = () => { asked.result.close(); resolve(); }; };
    }; }));
    await page.reload();
    await page.getByRole('button', { name: 'Progress' }).focus();
    await page.keyboard.press('Enter');
    await said('ready to sign');
    expect(await page.getByRole('button', { name: /^Sign Side codes/ }).isDisabled()).toBe(true);
    await tabTo('Supervisor');
    await page.keyboard.type('ab');
    await tabTo('Sign Side codes');
    await page.keyboard.press('Enter');
    await said('signed AB,');
    expect(await kept()).toContain('"by":"AB"');
    expect(await looked('signed')).toEqual([]);
  });
});
