/** An audit in the built extension: drawn, coded blind in the panel and on the page, compared, agreed and taught, over the real log. What wires it together is nowhere else tried. */
import { readFileSync, rmSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../harness/axe.js';
import { codedFile } from '../harness/coded-file.js';
import { changePolicy, copyUnderPolicy } from '../harness/policy-copy.js';
import { openSampleRecord, until, type SampleRecord } from '../harness/sample-record.js';

const extension = copyUnderPolicy(process.env['NODI_EXTENSION'] ?? '.output/chrome-mv3', {});
let sample: SampleRecord;
let page: Page;
/** The board's policy, for the worker and for the page, which reads it itself. */
async function policy(next: object, part: string): Promise<void> {
  await changePolicy(sample.worker, next, part);
  await page.addInitScript((given) => { (globalThis as unknown as { chrome: { storage: { managed: { get: () => Promise<object> } } } }).chrome.storage.managed.get = () => Promise.resolve(given as object); }, next);
  await page.reload();
}
interface View { readonly key: object; readonly record?: { readonly sealed: { readonly audit?: object; readonly coded: { readonly diagnoses: readonly { readonly codes: readonly string[] }[] }; readonly coding: { readonly suggestions: readonly object[] } | null } } }
const tab = (): number => Number(new URL(sample.panel.url()).searchParams.get('tab'));
const view = (): Promise<View> => sample.ask('panel.view', { tab: tab() });
let made = 0;
const run = async (command: object): Promise<string> => (await sample.ask<{ readonly kind: string }>('panel.run', { tab: tab(), command: { id: `00000000-0000-4000-8000-${String(made += 1).padStart(12, '0')}`, ...command } })).kind;
const inOrder = async (): Promise<readonly Record<string, unknown>[]> => (await sample.rows()).sort((a, b) => Number(a['sequence']) - Number(b['sequence']));
const said = (part: string, where: Page = page): Promise<string> => until(() => where.innerText('body'), (text) => text.includes(part));
const press = async (name: string, where: Page = page): Promise<void> => { const button = where.getByRole('button', { name, exact: true }); await button.focus(); await where.keyboard.press('Enter'); };
const code = async (coded: string, origin = 'search'): Promise<void> => { const { key } = await view(); expect(await run({ kind: 'accept-codes', key, system: 'ICD-10', codes: [coded], origin, evidence: null, replaces: null })).toBe('acknowledged'); };

beforeAll(async () => {
  sample = await openSampleRecord({ extension });
  await until(view, ({ record }) => (record?.sealed.coding?.suggestions.length ?? 0) > 0);
  await code('H269');
  await code('I10X');
  expect(await run({ kind: 'finish-episode', key: (await view()).key, depth: 'full', criterion: null })).toBe('acknowledged');
  await sample.ask('panel.change-settings', { profile: 'auditor', profileAsked: true });
  page = await sample.browser.page('dashboard.html#audit');
  await said('Clinical coding audit');
});
afterAll(async () => { await sample?.close(); rmSync(extension, { recursive: true, force: true }); });

describe('an audit in the extension', () => {
  it('is drawn from the log, coded blind in the panel of the open record, compared, agreed and scored', async () => {
    await page.locator('.audit-draw > summary').click();
    await press('Draw');
    await said('Drawn: 1, seed');
    const { panel } = sample;
    await panel.getByRole('tab', { name: /^Codes/ }).click();
    await said('Audit: episode 1 of 1', panel);
    // Neither the panel nor what it is answered has one of the first codes, or anything on offer.
    const asked = JSON.stringify((await view()).record?.sealed);
    expect([/H269|H26\.9/.test(asked), /I10X|I10\.X/.test(await panel.innerText('body')), (await view()).record?.sealed.coding?.suggestions.length]).toEqual([false, false, 0]);
    expect(await violations(panel)).toEqual([]);
    const folder = process.env['PICTURES'];
    if (folder) await panel.screenshot({ path: `${folder}/audit-panel.png` });
    await code('H251');
    expect(await run({ kind: 'finish-episode', key: (await view()).key, depth: 'full', criterion: null })).toBe('refused');
    await said('You have given it 1 code.', panel);
    await panel.keyboard.press('Control+k');
    await panel.keyboard.type('codes for the audit');
    await panel.keyboard.press('Enter');
    await said('Your codes are the audit’s', panel);
    // Now the first codes are shown, as they were: the auditor's went nowhere near them.
    expect((await until(view, ({ record }) => record !== undefined && record.sealed.audit === undefined)).record?.sealed.coded.diagnoses.map(({ codes }) => codes.join())).toEqual(['H269', 'I10X']);
    await page.locator('.audit-list tbody button').focus();
    await page.keyboard.press('Enter');
    const compared = await until(() => page.innerText('.audit-episode'), (text) => text.includes('H25.1'));
    expect(compared).toMatch(/H26\.9[\s\S]*H25\.1/);
    await press('Save verdicts');
    await said('Judged episodes: 1 of 1');
    await press('Agreed');
    await until(() => page.innerText('.audit-list tbody'), (text) => text.includes('agreed'));
    expect(await page.innerText('.audit-scores')).toContain('0 of 1');
    expect((await inOrder()).map(({ kind }) => kind).join(' ')).toMatch(/episode-coded audit-drawn codes-accepted audit-coded audit-judged audit-judged$/);
    expect(await sample.ask('panel.log', null)).toMatchObject({ kind: 'sound' });
  });

  it('tells persons apart by policy alone, and counts by the board’s own keys', async () => {
    const csv = codedFile(20);
    const drawn = async (size: number): Promise<readonly Record<string, unknown>[]> => {
      await page.locator('.audit-draw').evaluate((one) => { (one as HTMLDetailsElement).open = true; });
      await page.locator('.audit-draw input[type=file]').setInputFiles({ name: 'coded.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
      await said('From your file: 20 episodes');
      await page.locator('.audit-draw input[type=number]').first().fill(String(size));
      await page.keyboard.press('Tab');
      await press('Draw');
      await said(`Drawn: ${size}, seed`);
      return (await inOrder()).filter(({ kind }) => kind === 'audit-drawn').slice(-size);
    };
    expect((await drawn(3)).map(({ coder }) => coder)).toEqual(['', '', '']);
    const keys = [{ id: 'OURS', category: 'secondary-diagnosis', kind: 'omitted', counts: true, name: { en: 'Left out, as our board says', cy: 'Wedi’i hepgor, yn ôl ein bwrdd' } }];
    await policy({ auditPersons: true, auditTable: { keys, reasons: [], total: 'audited', othersCount: true, highRisk: [], confirmed: true } }, 'auditTable');
    await said('Clinical coding audit');
    const rows = await drawn(3);
    expect(rows.every(({ coder }) => /^coder-[abc]$/.test(String(coder)))).toBe(true);
    expect(JSON.stringify(await sample.everyRow())).not.toMatch(/X1000\d\d/);
    for (const { sample: of, episode, diagnoses, procedures } of rows) {
      const [first, codes] = [String(diagnoses).split(' '), String(procedures).split(' ').filter(Boolean)];
      expect(await run({ kind: 'code-audit', sample: of, episode, view: 1, coding: { diagnoses: [...first, 'Z867'], procedures: codes } })).toBe('acknowledged');
      const right = first.map((one, at) => ({ category: at === 0 ? 'primary-diagnosis' : 'secondary-diagnosis', kind: 'right', first: one, audited: one, cause: 'coder', reason: '' }));
      expect(await run({ kind: 'judge-audit', sample: of, episode, view: 1, lines: [...right, { category: 'secondary-diagnosis', kind: 'omitted', first: null, audited: 'Z867', cause: 'coder', reason: '' }], state: 'agreed' })).toBe('acknowledged');
    }
    await page.reload();
    const text = await said('Judged episodes: 3 of 3');
    expect(text).not.toContain('placeholder');
    await page.evaluate(() => { for (const one of document.querySelectorAll<HTMLDetailsElement>('main > details')) one.open = true; });
    const open = await said('Left out, as our board says');
    expect(open).toContain('The health board has set this table.');
    expect(open).toContain('By coder (pseudonyms)');
    expect(await page.locator('.audit-deck select option').allInnerTexts()).toContain('the whole team');
  });

  it('leaves a trainee’s deck, which the Learn page takes whole or refuses in the trainee’s language', async () => {
    const coming = page.waitForEvent('download');
    await press('Save as a trainee’s deck');
    const text = readFileSync(await (await coming).path(), 'utf8');
    expect(text).toContain('past-or-current');
    expect(text).not.toMatch(/coder|X1000|"(?:episode|row|patient)"/);
    await sample.ask('panel.change-settings', { profile: 'trainee', locale: 'cy' });
    await page.goto(page.url().replace('#audit', '#learn'));
    await page.reload();
    await page.getByRole('button', { name: /^Cardiau heddiw|^Cerdyn heddiw|\(0\)$/ }).first().click();
    const bring = (content: string): Promise<void> => page.setInputFiles('input[aria-label="Dod â phecyn cardiau o archwiliad i mewn"]', { name: 'deck.json', mimeType: 'application/json', buffer: Buffer.from(content) });
    await bring(text.replace('past-or-current', 'specificity'));
    await said('Newidiwyd y pecyn hwnnw ar ôl ei gadw');
    await bring('{"kind":"nodi-pack"}');
    await said('Nid pecyn cardiau yw’r ffeil honno');
    await bring(text);
    await said('Mae’r pecyn wedi’i gymryd; rheolau: 1');
    expect(await violations(page)).toEqual([]);
    await page.clock.setFixedTime(Date.now() + 30 * 3_600_000);
    await page.reload();
    await said('sy’n gofyn amdani: ICD-10 Z86');
    await page.getByRole('button', { name: 'Cynnydd' }).click();
    await page.getByRole('button', { name: /^Tynnu pecyn .* allan/ }).click();
    await said('Mae’r pecyn wedi’i dynnu allan');
  });
});
