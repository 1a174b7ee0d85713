/** What was learned, shared and brought in, in the built extension: what one device signs another takes whole, or not at all. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../harness/chromium-page.js';
import { openSampleRecord, until, type SampleRecord } from '../harness/sample-record.js';

const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
let sample: SampleRecord;
let page: Page;
beforeAll(async () => {
  sample = await openSampleRecord();
  await until(sample.painted, (words) => words.length > 0);
  page = await sample.browser.page('dashboard.html#model');
  await until(() => page.innerText('h1'), (text) => text.includes('has learned'));
});
afterAll(() => sample?.close());

/** A pack as another browser would sign it, made with the browser's own keys. */
const packOf = async (change: boolean): Promise<string> => page.evaluate(async (changed) => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const written = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const key = written(await crypto.subtle.exportKey('raw', pair.publicKey));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key)));
  const device = [...hash.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const part = { device, version: 9, finished: [['neurology', 40]], rows: [['multiple sclerosis', 'plain', 'neurology', 'ICD-10', 'icd-10-5th-edition', 30, 30, 'ICD-10 G35X', 29, 0, 29]] };
  const signature = written(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, new TextEncoder().encode(JSON.stringify([1, part.device, part.version, part.finished, part.rows]))));
  if (changed) (part.rows[0] as (string | number)[])[8] = 30;
  return JSON.stringify({ kind: 'nodi-pack', schema: 1, parts: [{ part, key, signature }] });
}, change);

const bringIn = async (text: string): Promise<void> => page.setInputFiles('input[aria-label="Bring in a pack"]', { name: 'pack.json', mimeType: 'application/json', buffer: Buffer.from(text) });
const said = (part: string): Promise<string> => until(() => page.innerText('body'), (text) => text.includes(part));

describe('the page of what was learned', () => {
  it('takes no changed pack and no other file, asks before it trusts a coder, and then shows that coder’s words', async () => {
    await bringIn(await packOf(true));
    await said('was changed after it was signed');
    await bringIn('{"kind":"something"}');
    await said('This file is not a pack. Nothing was brought in.');
    await bringIn(await packOf(false));
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

  it('passes axe in both languages, and no page is wider than a narrow window', async () => {
    const bad: string[] = [];
    let tried = 0;
    await page.setViewportSize({ width: 720, height: 900 });
    for (const locale of ['cy', 'en-GB'] as const) {
      await sample.ask('panel.change-settings', { locale });
      await until(() => page.evaluate(() => document.documentElement.lang), (lang) => lang === locale);
      for (const look of [{ colorScheme: 'light', forcedColors: 'none' }, { colorScheme: 'dark', forcedColors: 'none' }, { colorScheme: 'dark', forcedColors: 'active' }] as const) {
        await page.emulateMedia(look);
        await page.evaluate(axe);
        bad.push(...await page.evaluate(async () => (await (window as unknown as { axe: { run: () => Promise<{ violations: { id: string }[] }> } }).axe.run()).violations.map(({ id }) => id)));
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
    expect((JSON.parse(text) as { parts: unknown[] }).parts.length).toBe(2);
    await bringIn(text);
    await said('The pack was brought in.');
    expect(await page.getByText(/^Coder [0-9a-f]{16}/).count()).toBe(1);
  });
});
