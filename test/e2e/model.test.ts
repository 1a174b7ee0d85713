/** What was learned, shared and brought in, in the built extension: what one device signs another takes whole, or not at all. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../harness/axe.js';
import { signedPack, type InventedCoder } from '../harness/signed-pack.js';
import { openSampleRecord, until, type SampleRecord } from '../harness/sample-record.js';

let sample: SampleRecord;
let page: Page;
beforeAll(async () => {
  sample = await openSampleRecord();
  await until(sample.painted, (words) => words.length > 0);
  page = await sample.browser.page('dashboard.html#model');
  await until(() => page.innerText('h1'), (text) => text.includes('has learned'));
});
afterAll(() => sample?.close());

const coder: InventedCoder = { finished: [['neurology', 40]], rows: [
  ['multiple sclerosis', 'plain', 'neurology', 'ICD-10', 'icd-10-5th-edition', 30, 30, 'ICD-10 G35X', 29, 0, 29],
  // Words of the sample's operation note that no list has for a code.
  ['dense nucleus', 'plain', 'ophthalmology', 'ICD-10', 'icd-10-5th-edition', 12, 12, 'ICD-10 H251', 12, 0, 12],
  ['mild rigidity', 'plain', 'neurology', 'ICD-10', 'icd-10-5th-edition', 5, 5, 'ICD-10 R298', 4, 0, 4],
] };

const bringIn = async (text: string): Promise<void> => page.setInputFiles('input[aria-label="Bring in a pack"]', { name: 'pack.json', mimeType: 'application/json', buffer: Buffer.from(text) });
const said = (part: string): Promise<string> => until(() => page.innerText('body'), (text) => text.includes(part));

describe('the page of what was learned', () => {
  it('takes no changed pack and no other file, asks before it trusts a coder, and then shows that coder’s words', async () => {
    await bringIn(await signedPack(page, [coder], 'changed'));
    await said('was changed after it was signed');
    await bringIn('{"kind":"something"}');
    await said('This file is not a pack. Nothing was brought in.');
    await bringIn(await signedPack(page, [coder]));
    await said('whom this device does not know');
    expect(await page.innerText('body')).not.toContain('accepted 29 of 30');
    await page.getByRole('button', { name: 'Trust and bring in' }).click();
    await said('accepted 29 of 30 · 1 coder');
    await said('40 episodes coded.');
  });

  it('forgets words and learns them again from the keyboard, as rows of the log', async () => {
    await page.getByRole('button', { name: /^Forget this/ }).first().focus();
    await page.keyboard.press('Enter');
    await said('Learn it again');
    expect(await page.innerText('body')).not.toContain('accepted 29 of 30');
    expect((await sample.rows()).map((row) => row['kind'])).toContain('phrase-forgotten');
    await page.getByRole('button', { name: /^Learn it again/ }).focus();
    await page.keyboard.press('Enter');
    await said('accepted 29 of 30');
  });

  it('proposes words that no list has, uses them once they are approved by one key, and no more when that is taken back', async () => {
    const tab = Number(new URL(sample.panel.url()).searchParams.get('tab'));
    interface View { readonly record?: { readonly sealed: { readonly coding: { readonly suggestions: readonly { readonly suggestion: { readonly code: string; readonly grounds: readonly string[] }; readonly quotes: readonly { readonly words: string }[] }[] } | null } } }
    const approved = async (): Promise<readonly string[]> => ((await sample.ask<View>('panel.view', { tab })).record?.sealed.coding?.suggestions ?? []).filter(({ suggestion }) => suggestion.grounds.includes('approved-words')).map(({ suggestion, quotes: [quote] }) => `${suggestion.code} ${quote?.words}`);
    await said('“dense nucleus”');
    expect(await approved()).toEqual([]);
    const judged = async (): Promise<string[]> => (await sample.rows()).filter(({ kind }) => kind === 'phrase-judged').map(({ phrase, code, verdict }) => [phrase, code, verdict].join(' '));
    await page.getByRole('button', { name: /^Approve “dense nucleus” H25.1/ }).focus();
    await page.keyboard.press('a');
    await said('“dense nucleus” is approved for H25.1.');
    expect(await judged()).toEqual(['dense nucleus H251 approved']);
    await until(approved, (codes) => codes.length > 0);
    expect(await approved()).toEqual(['H251 dense nucleus']);
    await until(() => page.evaluate(() => document.activeElement?.textContent ?? ''), (text) => text.includes('“mild rigidity” R29.8'));
    await page.keyboard.press('u');
    await said('“dense nucleus” for H25.1: taken back.');
    await until(approved, (codes) => codes.length === 0);
    await page.getByRole('button', { name: /^Approve “dense nucleus” H25.1/ }).click();
    await said('this device, ');
  });

  it('passes axe in both languages, and no page is wider than a narrow window', async () => {
    const bad: string[] = [];
    let tried = 0;
    await page.setViewportSize({ width: 720, height: 900 });
    for (const locale of ['cy', 'en-GB'] as const) {
      await sample.ask('panel.change-settings', { locale });
      await until(() => page.evaluate(() => document.documentElement.lang), (lang) => lang === locale);
      for (const look of [{ colorScheme: 'light', forcedColors: 'none' }, { colorScheme: 'dark', forcedColors: 'none' }, { colorScheme: 'dark', forcedColors: 'active' }] as const) {
        await page.emulateMedia(look);
        bad.push(...await violations(page));
        if (process.env['NODI_PICTURES']) await page.screenshot({ path: join(process.env['NODI_PICTURES'], `model-${locale}-${look.colorScheme}-${look.forcedColors}.png`), fullPage: true });
        if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) bad.push('wider than its window');
        tried += 1;
      }
    }
    console.info(`looks tried ${tried}, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect(tried).toBe(6);
  });

  it('saves a pack that this device signed and takes back nothing of its own', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save a pack' }).click()]);
    const text = readFileSync(await download.path(), 'utf8');
    const pack = JSON.parse(text) as { schema: number; parts: { part: { entries?: unknown[] } }[] };
    expect(pack.parts.length).toBe(2);
    expect([pack.schema, pack.parts.flatMap(({ part }) => part.entries ?? []).length]).toEqual([2, 1]);
    await bringIn(text);
    await said('The pack was brought in.');
    expect(await page.getByText(/^Coder [0-9a-f]{16}/).count()).toBe(1);
  });
});
