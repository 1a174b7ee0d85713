/** Training in the built extension: a file is learned from in a worker, and nothing is kept before a person says so. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../harness/axe.js';
import { openSampleRecord, until, type SampleRecord } from '../harness/sample-record.js';

let sample: SampleRecord;
let page: Page;
beforeAll(async () => { sample = await openSampleRecord(); page = await sample.browser.page('dashboard.html#train'); await until(() => page.innerText('h1'), (text) => text.includes('own coded episodes')); });
afterAll(() => sample?.close());

const table = (rows: number): string => `id,text,codes,specialty,date\n${Array.from({ length: rows }, (_, at) => `${at},"Came for infusion. ${at % 2 ? 'Stiff morning hands.' : 'Known wandering lesions.'}",${at % 2 ? 'M06.9' : 'G35'},Neurology,2026-05-${String(1 + (at % 28)).padStart(2, '0')}`).join('\n')}\n`;
const choose = (text: string): Promise<void> => page.setInputFiles('input[type=file]', { name: 'coded.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
const said = (part: string): Promise<string> => until(() => page.innerText('body'), (text) => text.includes(part), 60_000);
const kept = (): Promise<unknown> => page.evaluate(() => new Promise((resolve, reject) => { const asked = indexedDB.open('nodi-learned', 1); asked.onupgradeneeded = () => asked.result.createObjectStore('parts'); asked.onerror = () => reject(new Error('no store')); asked.onsuccess = () => { const got = asked.result.transaction('parts').objectStore('parts').get('model'); got.onsuccess = () => { asked.result.close(); resolve((got.result as { episodes?: number } | undefined)?.episodes ?? null); }; }; }));

describe('training from coded episodes', () => {
  it('names what is wrong with a file and learns nothing from it', async () => {
    await choose('id,text\n1,x\n');
    await said('The table has no heading “codes”. Nothing was learned.');
    expect(await kept()).toBeNull();
  });

  it('is cancelled from the keyboard and leaves nothing', async () => {
    await choose(table(6000));
    await page.getByRole('button', { name: 'Pause' }).focus();
    await page.keyboard.press('Enter');
    await until(() => page.innerText('[role=status]'), (text) => text === 'Paused.', 60_000);
    await page.getByRole('button', { name: 'Cancel' }).focus();
    await page.keyboard.press('Enter');
    await said('Cancelled. Nothing was kept.');
    expect(await kept()).toBeNull();
  });

  it('shows what was gained with its counts, and is kept when a person says so', async () => {
    await choose(`${table(60)}x,text,nonsense,,\n`);
    await said('Of 61 episodes in the file 60 were learned from; 1 could not be taken');
    expect(await page.innerText('body')).toContain('12 of 12 (100\u00a0%)');
    expect(await kept()).toBeNull();
    const bad: string[] = [];
    let tried = 0;
    for (const locale of ['cy', 'en-GB'] as const) {
      await sample.ask('panel.change-settings', { locale });
      await until(() => page.innerText('body'), (text) => text.includes(locale === 'cy' ? '12 o 12' : '12 of 12'));
      for (const look of [{ colorScheme: 'light', forcedColors: 'none' }, { colorScheme: 'dark', forcedColors: 'none' }, { colorScheme: 'dark', forcedColors: 'active' }] as const) {
        await page.emulateMedia(look);
        tried += 1;
        bad.push(...await violations(page));
      }
    }
    console.info(`looks tried ${tried}, bad ${bad.length}`);
    expect(bad).toEqual([]);
    await page.getByRole('button', { name: 'Use this model' }).focus();
    await page.keyboard.press('Enter');
    await said('The model is in use.');
    expect(await kept()).toBe(60);
  });
});
