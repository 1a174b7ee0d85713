/** The coder's desk on the sample record: an ordinary day case coded by keyboard, undone, and kept through a killed worker. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSampleRecord, until, type SampleRecord } from '../harness/sample-record.js';

let sample: SampleRecord;
beforeAll(async () => { sample = await openSampleRecord(); });
afterAll(() => sample?.close());

/** What stands in the log of the codes, in order: the kind, and its codes. */
const decided = async (): Promise<string[]> => (await sample.rows()).sort((a, b) => Number(a['sequence']) - Number(b['sequence'])).map((row) => [row['kind'], row['codes']].filter(Boolean).join(' '));
const inHand = (): Promise<string> => sample.panel.evaluate(() => [...document.activeElement?.querySelectorAll('.cc') ?? []].map((one) => one.textContent).join('+'));

describe('a cataract day case', () => {
  it('is coded from note shown to “Episode coded” in at most 7 keystrokes, which leaves one for the copy', async () => {
    const { panel } = sample;
    await until(() => panel.innerText('[role=tablist]'), (text) => /Codes\s*\d/.test(text));
    await panel.bringToFront();
    let keys = 0;
    const press = async (key: string): Promise<void> => { keys += 1; await panel.keyboard.press(key); };
    // Alt ; from the note puts the focus into the panel; its page is in front here.
    keys += 1;
    await panel.locator('main').focus();
    await press('Control+]');
    await until(inHand, (codes) => /^H2[56]\.\d$/.test(codes));
    expect(await decided()).toEqual([]);
    await press('Enter');
    await until(inHand, (codes) => codes.startsWith('C75.1+C71.2'));
    await press('Enter');
    await until(() => panel.locator('.code.is-accepted').count(), (count) => count === 2);
    await press('Control+]');
    await until(() => panel.innerText('[role=tabpanel]'), (text) => text.includes('primary') && text.includes('C75.1'));
    await press('Control+Shift+Enter');
    await until(() => panel.innerText('.finish'), (text) => text.includes('Coded'));
    console.info(`keystrokes from note shown to episode coded: ${keys}`);
    expect(keys).toBeLessThanOrEqual(7);
    expect((await decided()).map((row) => row.replace(/H2[56]\d/, 'H2..'))).toEqual(['codes-accepted H2..', expect.stringMatching(/^codes-accepted C751 C712 (?:\w+ )*Z942$/), 'episode-coded']);
  });
});
