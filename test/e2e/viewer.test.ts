/** Nodi's own viewer: a letter that the browser's PDF viewer shows is fetched with the person's session, read, marked, and bound to its patient. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../harness/chromium-page.js';
import { makePdf } from '../harness/pdf-file.js';
import { openSampleRecord, until, wordsPainted, type SampleRecord } from '../harness/sample-record.js';

interface Person { readonly id: string; readonly nhs: string; readonly documents: readonly { readonly title: string; readonly show?: string }[] }
interface View { readonly kind: string; readonly subject?: { readonly kind: string; readonly reason?: string }; readonly record?: { readonly sealed: { readonly subject: { readonly subject: { readonly identifier: string } }; readonly documents: readonly { readonly rows: readonly { readonly words: string }[] }[]; readonly gaps: readonly { readonly kind: string; readonly count: number }[] } } }
interface Chrome { readonly tabs: { readonly query: (by: object) => Promise<{ readonly id: number; readonly url?: string }[]> } }

const folder = join(root, 'assets/demo/patients');
const people = readdirSync(folder).flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Person[]);
const withPdf = people.find((one) => one.documents.some((document) => document.show === 'pdf'));
let sample: SampleRecord;

beforeAll(async () => { sample = await openSampleRecord({ patient: withPdf?.id ?? 'p01' }); });
afterAll(() => sample?.close());

const tabOf = async (page: Page): Promise<number> => {
  const url = page.url();
  return (await sample.worker.evaluate(async () => (globalThis as unknown as { chrome: Chrome }).chrome.tabs.query({}))).find((tab) => tab.url === url)?.id ?? -1;
};
const view = (tab: number): Promise<View> => sample.ask<View>('panel.view', { tab });

/** Opens the viewer by itself and gives it a file as a person would. */
async function choose(file: Buffer, name = 'letter.pdf'): Promise<{ page: Page; tab: number }> {
  const page = await sample.browser.page('viewer.html');
  await page.setInputFiles('input[type=file]', { name, mimeType: 'application/pdf', buffer: file });
  return { page, tab: await tabOf(page) };
}

describe('a letter in the browser’s own PDF viewer', () => {
  it('opens in Nodi’s viewer from the panel, for the patient of the record, and is marked and listed', async () => {
    const tab = Number(new URL(sample.panel.url()).searchParams.get('tab'));
    await until(() => view(tab), ({ record }) => record?.sealed.gaps.some((gap) => gap.kind === 'plugin') ?? false);
    const [page] = await Promise.all([sample.browser.context.waitForEvent('page'), sample.panel.getByRole('button', { name: 'Open in Nodi’s viewer' }).click()]);
    await page.waitForSelector('.page[data-loaded] .textLayer span');
    const own = await tabOf(page);
    await until(() => view(own), ({ kind, record }) => kind === 'record' && record?.sealed.subject.subject.identifier === withPdf?.nhs.replace(/\s/g, ''));
    expect(await page.title()).toBe('Nodi');
    expect([...new URL(page.url()).searchParams.keys()]).toEqual(['tab']);
    await page.close();
  });

  it('reads columns and words from their places, marks them, and takes the patient from the one number in the letter', async () => {
    const left = ['Thank you for seeing this man who', 'came with ?TIA on Monday last and', 'was well again within the hour as', 'his wife tells us in her own note.'];
    const right = ['There is a history of CVA in the', 'family and SOB on the stairs for a', 'month, and no chest pain at any of', 'the times when he was asked of it.'];
    const words = [{ x: 60, y: 780, words: 'NHS number 999 000 0018' }, ...left.flatMap((line, at) => [{ x: 60, y: 740 - at * 15, words: line }, { x: 320, y: 740 - at * 15, words: right[at] as string }])];
    const { page, tab } = await choose(makePdf([words, [], [{ x: 60, y: 700, words: 'Second page: probable seizure.' }]]));
    await until(() => view(tab), ({ record }) => record?.sealed.documents[0]?.rows.some((row) => /TIA/.test(row.words)) ?? false);
    const { record } = await view(tab);
    expect(record?.sealed.subject.subject.identifier).toBe('9990000018');
    await until(async () => (await view(tab)).record?.sealed.gaps.map(({ kind, count }) => `${kind} ${count}`).join(), (gaps) => gaps === 'canvas 1');
    await until(() => page.evaluate(wordsPainted), (painted) => painted.some((one) => /TIA/.test(one)));
    const text = await page.evaluate(() => document.querySelector('.textLayer')?.textContent ?? '');
    expect(text).toContain('TIA');
    await page.close();
  });

  it.each([
    ['names two patients', makePdf([[{ x: 60, y: 700, words: 'NHS number 999 000 0018 and 999 331 0476: RA' }]])],
    ['names nobody', makePdf([[{ x: 60, y: 700, words: 'A letter about RA without a number' }]])],
  ])('that %s is shown and belongs to nobody', async (_, file) => {
    const { page, tab } = await choose(file);
    await page.waitForSelector('.page[data-loaded]');
    await until(() => view(tab), ({ kind, subject }) => kind === 'no-patient' && subject?.kind === 'unknown');
    expect(await page.evaluate(wordsPainted)).toEqual([]);
    await page.close();
  });

  it('says in both languages what is wrong with a file that is broken, locked or none, and stays of use', async () => {
    const sound = makePdf([[{ x: 60, y: 700, words: 'NHS number 999 000 0018 RA' }]]);
    const locked = Buffer.from(sound.toString('latin1').replace('/Root 1 0 R', '/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /O (01234567890123456789012345678901) /U (01234567890123456789012345678901) /P -4 >>'), 'latin1');
    let tried = 0;
    for (const [locale, words] of [['en-GB', { broken: /damaged/, locked: /password/ }], ['cy', { broken: /difrodi/, locked: /chyfrinair/ }]] as const) {
      await sample.ask('panel.change-settings', { locale });
      for (const [file, said] of [[Buffer.from('<html>sign in</html>'), words.broken], [sound.subarray(0, 200), words.broken], [Buffer.alloc(0), words.broken], [locked, words.locked]] as const) {
        const { page } = await choose(file);
        await until(() => page.innerText('[role=alert]'), (text) => said.test(text));
        await page.setInputFiles('input[type=file]', { name: 'sound.pdf', mimeType: 'application/pdf', buffer: sound });
        await page.waitForSelector('.page[data-loaded]');
        tried += 1;
        await page.close();
      }
    }
    await sample.ask('panel.change-settings', { locale: 'en-GB' });
    console.info(`files that are no letter: tried ${tried}, bad 0`);
    expect(tried).toBe(8);
  });

  it('reads 2,000 pages as they are shown and says how many were not', async () => {
    const { page, tab } = await choose(makePdf(Array.from({ length: 2000 }, (_, at) => [{ x: 60, y: 700, words: at === 0 ? 'NHS number 999 000 0018' : `Page ${at + 1} with RA` }])));
    await until(() => view(tab), ({ record }) => (record?.sealed.gaps.find((gap) => gap.kind === 'not-yet-shown')?.count ?? 0) === 1960, 40_000);
    await page.evaluate(() => document.querySelector('[data-page-number="1500"]')?.scrollIntoView());
    await until(() => view(tab), ({ record }) => (record?.sealed.gaps.find((gap) => gap.kind === 'not-yet-shown')?.count ?? 0) < 1960, 20_000);
    await page.close();
  });
});
