import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    await until(() => wordsOf('e'), (words) => words.some((word) => /cataract/i.test(word)));
  });

  it('show their words in the note when these are pressed', async () => {
    const { panel } = sample;
    const quote = panel.locator('.codelist button.quote').first();
    const words = (await quote.innerText()).replace(/[“”]/g, '');
    await quote.click();
    await until(() => wordsOf('d'), (found) => found.includes(words));
  });

  it('say why, and why not', async () => {
    const { panel } = sample;
    await panel.getByRole('button', { name: /^Why [A-Z]/ }).first().click();
    expect(await panel.innerText('.codelist')).toContain('DGCS.1');
    await panel.locator('.whynot summary').click();
    expect(await panel.locator('.whynot li').count()).toBeGreaterThan(0);
    if (process.env['NODI_PICTURES']) { const folder = join(root, '.output/pictures'); mkdirSync(folder, { recursive: true }); await panel.screenshot({ path: join(folder, 'codes.en-GB.png'), caret: 'initial' }); }
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
});
