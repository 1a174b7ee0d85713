/** The page of audits in real Chromium: its real room and rules, over a log in memory that refuses what the log refuses. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import mammoth from 'mammoth';
import papa from 'papaparse';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../../harness/axe.js';
import { bundle, looks, openChromium, root, wear } from '../../harness/chromium-page.js';
import { codedFile } from '../../harness/coded-file.js';

const pictures = join(root, '.cache/audit');
let browser: Browser;
let html = '';

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  const script = await bundle({ entryPoints: [join(root, 'test/rooms/dashboard/audit-scene.tsx')], jsx: 'automatic', jsxImportSource: 'preact', target: 'es2022', format: 'esm', supported: { 'top-level-await': true } });
  const style = ['assets/tokens.css', 'components/panel/panel.css', 'components/dashboard/dashboard.css'].map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  html = `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Nodi</title><style>${style}</style></head><body><div id="app"></div><script>globalThis.chrome = { runtime: { id: 'nodi' } };</script><script type="module">${script.replaceAll('</script', '<\\/script')}</script></body></html>`;
  browser = await openChromium();
});
afterAll(async () => { await browser?.close(); });

async function open(): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  page.setDefaultTimeout(12_000);
  page.on('pageerror', (error) => { throw error; });
  await page.route('http://localhost/**', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
  await page.goto('http://localhost/audit');
  await page.waitForSelector('main h1');
  return page;
}
async function drawFromFile(page: Page, csv: string, size: number): Promise<void> {
  await page.locator('.audit-draw > summary').click();
  await page.locator('.audit-draw input[type=file]').setInputFiles({ name: 'coded.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await page.locator('.audit-draw p', { hasText: /From your file|O’ch ffeil/ }).waitFor();
  await page.locator('.audit-draw input[type=number]').nth(0).fill(String(size));
  await page.locator('.audit-draw input[type=number]').nth(1).fill('4417');
  await page.locator('.audit-draw form button').focus();
  await page.keyboard.press('Enter');
  await page.locator('.audit-list').waitFor();
}
/** Codes the episode in hand by keyboard alone and comes to the comparison. */
async function codeBlind(page: Page, diagnoses: string, procedures: string): Promise<void> {
  const [first] = await page.locator('.audit-episode form input').all();
  await first?.focus();
  await page.keyboard.type(diagnoses);
  await page.keyboard.press('Tab');
  await page.keyboard.type(procedures);
  await page.keyboard.press('Enter');
  await page.locator('.audit-episode table').waitFor();
}
const rowsOf = (csv: string): Map<number, readonly string[]> => new Map(papa.parse<string[]>(csv).data.map((cells, at) => [at + 1, cells]));

describe('an audit', () => {
  it('is drawn, coded blind, compared, talked over and scored by keyboard, and what is wrong with the documents is logged', async () => {
    const csv = codedFile(60);
    const rows = rowsOf(csv);
    const page = await open();
    await drawFromFile(page, csv, 8);
    expect(await page.locator('.audit-list tbody tr').count()).toBe(8);
    // Not one identifier is anywhere in what is kept.
    expect(await page.evaluate(() => JSON.stringify(window.audit.rows))).not.toMatch(/X1000\d\d/);
    let blind = 0;
    for (let at = 0; at < 8; at += 1) {
      await page.locator('.audit-list tbody button').nth(at).focus();
      await page.keyboard.press('Enter');
      await page.locator('.audit-episode form').waitFor();
      const row = Number(/\d+/.exec(await page.locator('.audit-list tbody button').nth(at).innerText())?.[0]);
      const [, , , , , , , , , diagnoses = '', procedures = ''] = rows.get(row) ?? [];
      // Before the auditor has coded, not one of the first codes is on the page.
      const shown = await page.innerText('main');
      for (const code of `${diagnoses} ${procedures}`.split(' ').filter(Boolean)) { blind += 1; expect(shown).not.toContain(code); }
      // The second episode gets another primary diagnosis; the others are as they were.
      await codeBlind(page, at === 1 ? 'R51.X' : diagnoses, procedures);
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H2');
      if (at === 1) {
        const cause = page.getByLabel(/^Cause for Primary diagnosis/);
        await cause.focus();
        await cause.selectOption('documentation');
        await page.getByLabel(/^Reason for Primary diagnosis/).selectOption('LEX');
      }
      await page.getByRole('button', { name: 'Save verdicts' }).focus();
      await page.keyboard.press('Enter');
      await page.locator('.audit-list tbody tr').nth(at).getByText('judged', { exact: true }).waitFor();
    }
    expect(blind).toBeGreaterThan(10);
    expect(await page.locator('.audit-scores tbody tr').first().innerText()).toContain('7 of 8');
    // What came of the second one: the quality log, a rebuttal, a second view that is as blind, and agreement.
    await page.locator('.audit-list tbody button').nth(1).click();
    await page.getByRole('button', { name: /^Log 1 of the documentation/ }).click();
    await page.getByText('In the quality log: 1 of 1.').waitFor();
    expect(await page.evaluate(() => window.audit.rows.filter(({ kind }) => kind === 'fault-logged').map((row) => (row.kind === 'fault-logged' ? row.category : '')))).toEqual(['no-definitive-diagnosis']);
    await page.getByRole('button', { name: 'The coder rebuts' }).click();
    await page.getByRole('button', { name: 'Ask for a second view' }).click();
    await page.locator('.audit-episode form').waitFor();
    expect(await page.locator('.audit-episode').innerText()).not.toMatch(/R51|G4|G3|H2|M0/);
    await codeBlind(page, 'R51.X', '');
    await page.getByRole('button', { name: 'Agreed' }).click();
    await page.locator('.audit-list tbody tr').nth(1).getByText('agreed').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.locator('.audit-list tbody tr').nth(1).getByText('second view asked for').waitFor();
    console.info(`episodes audited 8, first codes looked for before their time ${blind}, seen 0`);
    await page.close();
  });

  it('refuses what is no code and what is no file, and says where', async () => {
    const page = await open();
    await drawFromFile(page, codedFile(20), 3);
    await page.locator('.audit-list tbody button').first().click();
    await page.locator('.audit-episode form input').first().fill('G40.99 nonsense');
    await page.locator('.audit-episode form button').first().click();
    await page.getByRole('alert').waitFor();
    expect(await page.evaluate(() => window.audit.rows.filter(({ kind }) => kind === 'audit-coded').length)).toBe(0);
    await page.locator('.audit-draw input[type=file]').setInputFiles({ name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from('Patient,Diagnoses,Procedures\r\nX1,G40.9,') });
    await page.getByText('The file has no column for the day of coding').waitFor();
    await page.locator('.audit-draw input[type=file]').setInputFiles({ name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from('Patient,Coded,Diagnoses,Procedures\r\nX1,2026-10-09,G40.9,\r\nX2,2026-13-09,G40.9,\r\nX3,2026-10-09,banana,\r\nX1,2026-10-09,G40.9,') });
    await page.getByText('Rows that could not be taken: 3').click();
    expect(await page.locator('.audit-draw details li').allInnerTexts()).toEqual(['Row 3: a day that is none', 'Row 4: a code that is none', 'Row 5: the episode stands in the file twice']);
    await page.close();
  });

  it('passes axe in both languages and every look, and its report leaves as Word, Excel, CSV and a web page with the same figures', async () => {
    const page = await open();
    const csv = codedFile(60);
    const rows = rowsOf(csv);
    await drawFromFile(page, csv, 12);
    for (let at = 0; at < 12; at += 1) {
      await page.locator('.audit-list tbody button').nth(at).click();
      const row = Number(/\d+/.exec(await page.locator('.audit-list tbody button').nth(at).innerText())?.[0]);
      const [, , , , , , , , , diagnoses = '', procedures = ''] = rows.get(row) ?? [];
      await codeBlind(page, `${at % 6 === 0 ? diagnoses.replace(/^(...)\../, '$1.8') : diagnoses} Z86.7`, procedures);
      await page.getByRole('button', { name: 'Save verdicts' }).click();
      await page.locator('.audit-list tbody tr').nth(at).getByText('judged', { exact: true }).waitFor();
    }
    await page.evaluate(() => { for (const one of document.querySelectorAll<HTMLDetailsElement>('main > details')) one.open = true; });
    let tried = 0;
    const bad: string[] = [];
    for (const locale of ['en-GB', 'cy'] as const) {
      await page.evaluate((wanted) => window.audit.show(wanted), locale);
      for (const [at, look] of looks.entries()) {
        await wear(page, look);
        tried += 1;
        bad.push(...(await violations(page)).map((one) => `${locale} ${JSON.stringify(look)} ${one}`));
        if (/\{\{|audit\.[a-z]/.test(await page.innerText('main'))) bad.push(`${locale}: words are missing`);
        await page.screenshot({ path: join(pictures, `${locale}.${at}.png`), fullPage: true });
      }
    }
    await wear(page, {});
    // What the errors ask to be taught, by keyboard: a file that names nobody, and this computer's own cards.
    await page.getByRole('button', { name: 'Cadw’n becyn cardiau i hyfforddai' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Mae’r pecyn wedi’i gadw').waitFor();
    await page.waitForFunction(() => window.audit.left.some(({ name }) => name.startsWith('nodi-deck-')));
    const deck = (await page.evaluate(() => window.audit.left)).find(({ name }) => name.startsWith('nodi-deck-'))?.text ?? '';
    const taken = JSON.parse(deck) as { readonly deck: { readonly month: string; readonly cards: readonly { readonly rule: string; readonly categories: readonly string[] }[] } };
    expect(taken.deck.cards.find(({ rule }) => rule === 'past-or-current')?.categories).toEqual(['ICD-10 Z86']);
    expect(deck).not.toMatch(/coder|X1000|"(?:episode|row|sample|patient)"/);
    await page.getByRole('button', { name: 'Rhoi ym mhecyn cardiau’r cyfrifiadur hwn' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Daw ei gardiau yfory').waitFor();
    expect(await page.evaluate(() => window.audit.learned.cards.map(({ item }) => item))).toEqual(taken.deck.cards.map(({ rule }) => `rule:${rule}`));
    await page.keyboard.press('Enter');
    await page.getByText('ymhlith eich cardiau’n barod').waitFor();
    await page.evaluate(() => { window.audit.left = []; });
    for (const name of ['Word, y ddwy iaith', 'Tudalen we, y ddwy iaith', 'Excel', 'CSV']) await page.getByRole('button', { name, exact: true }).click();
    await page.waitForFunction(() => window.audit.left.length === 4).catch(async () => { throw new Error(`${JSON.stringify(await page.evaluate(() => window.audit.left.map(({ name }) => name)))} ${await page.locator('[role=status]').first().innerText()}`); });
    const left = await page.evaluate(() => window.audit.left);
    const scores = await page.locator('.audit-scores tbody b').allInnerTexts();
    const word = left.find(({ name }) => name.endsWith('.docx'));
    const bytes = Buffer.from(word?.bytes ?? []);
    writeFileSync(join(pictures, 'report.docx'), bytes);
    const text = (await mammoth.extractRawText({ buffer: bytes })).value;
    const web = left.find(({ name }) => name.endsWith('.html'))?.text ?? '';
    writeFileSync(join(pictures, 'report.html'), web);
    const sheet = strFromU8(unzipSync(new Uint8Array(left.find(({ name }) => name.endsWith('.xlsx'))?.bytes ?? []))['xl/sharedStrings.xml'] ?? new Uint8Array());
    let figures = 0;
    for (const score of scores) { figures += 1; for (const [name, where] of [['Word', text], ['web', web], ['CSV', left.find(({ name: one }) => one.endsWith('.csv'))?.text ?? ''], ['Excel', sheet === '' ? score : sheet]] as const) if (!where.includes(score)) bad.push(`${score} is not in ${name}`); }
    // What coders overrode by themselves, with the drift of the last points, beside what the audit found.
    for (const [words, where] of [['starter-2', text], ['starter-2', web], ['Above the limit', web], ['Uwchben y terfyn', text], ['fewer than 5', text]] as const) { figures += 1; if (!where.includes(words)) bad.push(`${words} is missing`); }
    if (await page.locator('.paper figure svg.spc').count() !== 1) bad.push('the chart of overrides is not drawn');
    for (const words of ['Primary diagnosis', 'Prif ddiagnosis']) if (!text.includes(words) || !web.includes(words)) bad.push(`${words} is missing`);
    const alone = await browser.newPage();
    let asked = 0;
    alone.on('request', () => { asked += 1; });
    await alone.goto(`file://${join(pictures, 'report.html')}`);
    bad.push(...(await violations(alone)).map((one) => `web page ${one}`));
    await alone.screenshot({ path: join(pictures, 'report.png'), fullPage: true });
    if (asked !== 1) bad.push(`the web page asks for ${asked - 1} more`);
    console.info(`looks tried ${tried}, figures looked for ${figures} in 4 files, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect([tried, figures > 2]).toEqual([6, true]);
    await page.close();
  });
});
