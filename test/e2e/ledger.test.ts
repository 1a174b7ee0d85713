/** The ledger in the built extension: an extract is read in the packaged worker, taken whole, survives the page, and is doubled by nothing. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSampleRecord, until, type SampleRecord } from '../harness/sample-record.js';
import { committeeExtract, sampleExtract } from '../harness/sample-extract.js';

let sample: SampleRecord;
let page: Page;
beforeAll(async () => { sample = await openSampleRecord(); page = await sample.browser.page('dashboard.html#completeness'); await until(() => page.innerText('h1'), (text) => text.includes('No extract')); });
afterAll(() => sample?.close());

const choose = (text: string): Promise<void> => page.locator('.ledger-import input[type=file]').first().setInputFiles({ name: 'extract.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
const said = (part: string): Promise<string> => until(() => page.innerText('body'), (text) => text.includes(part), 60_000);
const press = async (name: string): Promise<void> => { await page.getByRole('button', { name, exact: true }).focus(); await page.keyboard.press('Enter'); };

describe('an extract in the built extension', () => {
  it('is cancelled and leaves nothing, is taken whole by keyboard, says the committee’s figures, and is doubled by nothing', async () => {
    const text = sampleExtract(committeeExtract);
    await choose(text);
    await said('23,600 rows. What is in which column?');
    await press('Leave it');
    await said('Left. The ledger is as it was.');
    await choose(text);
    await said('What is in which column?');
    expect(await page.innerText('.ledger-import')).not.toMatch(/999\d{7}/);
    await press('Read the rows');
    await said('23,600 rows read: 23,600 can be taken, 0 are refused. Nothing is in the ledger yet.');
    await press('Take it into the ledger');
    await said('The extract is in the ledger.');
    await page.reload();
    await said('Nov 2025: 61.3% coded within one month');
    const cells = await page.locator('table:has(caption:text-is("Completeness against trajectory")) tbody tr').evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => (cell as HTMLElement).innerText.trim()).join(' ')));
    expect(cells).toEqual(expect.arrayContaining(['Oct 2025 63.4% 66%', 'Nov 2025 61.3% 62.3%', 'Dec 2025 – –']));
    await choose(text);
    await said('What is in which column?');
    await press('Read the rows');
    await said('As they were: 23,600');
    await press('Take it into the ledger');
    await said('It holds 23,600 episodes');
  });
});
