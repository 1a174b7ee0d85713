import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import mammoth from 'mammoth';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../../harness/axe.js';
import { bundle, openChromium, root } from '../../harness/chromium-page.js';
import { sampleExtract } from '../../harness/sample-extract.js';

const pictures = join(root, '.cache/completeness');
const scenes = ['committee', 'department', 'empty'] as const;
const isLong = process.env['NODI_LONG'] !== undefined;
const looks = [['light', 'light', 'none', 1200], ['dark', 'dark', 'none', 1200], ['forced', 'dark', 'active', 1200], ['narrow', 'light', 'none', 400]] as const;
let browser: Browser;
let script = '';
let style = '';

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  script = await bundle({ entryPoints: [join(root, 'test/rooms/dashboard/completeness-scene.tsx')], format: 'esm', jsx: 'automatic', jsxImportSource: 'preact', target: 'es2022' });
  style = ['assets/tokens.css', 'components/panel/panel.css', 'components/dashboard/dashboard.css', 'components/dashboard/completeness.css'].map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  browser = await openChromium();
});
afterAll(async () => { await browser?.close(); });

async function open(scene: (typeof scenes)[number], locale: 'en-GB' | 'cy' = 'en-GB'): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1000 } });
  page.on('pageerror', (error) => { throw error; });
  await page.setContent(`<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>Nodi</title><style>${style}</style></head><body><div id="app"></div><script>location.hash = '${scene}';</script><script type="module">${script.replaceAll('</script', '<\\/script')}</script></body></html>`);
  await page.waitForSelector('main h1');
  return page;
}
const cellsOf = (page: Page, table: string): Promise<string[][]> => page.locator(`table:has(caption:text-is("${table}")) tbody tr`).evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => (cell as HTMLElement).innerText.trim())));
const choose = async (page: Page, text: string): Promise<void> => { await page.locator('.ledger-import input[type=file]').first().setInputFiles({ name: 'extract.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }); };

describe('the page of completeness', () => {
  it('passes axe in both languages, light, dark and forced colours, at 1200 and 400 px, and leaves no word out', async () => {
    let tried = 0;
    const bad: string[] = [];
    for (const scene of scenes) for (const locale of ['en-GB', 'cy'] as const) {
      const page = await open(scene, locale);
      await page.locator('details').evaluateAll((all) => { for (const one of all) one.setAttribute('open', ''); });
      for (const [look, colorScheme, forcedColors, width] of isLong || (scene === 'committee' && locale === 'cy') ? looks : scene === 'committee' ? looks.slice(0, 1) : scene === 'empty' ? looks.slice(3) : looks.slice(2)) {
        await page.emulateMedia({ colorScheme, forcedColors });
        await page.setViewportSize({ width, height: 1000 });
        tried += 1;
        const name = `${scene}.${locale}.${look}`;
        bad.push(...(await violations(page)).map((violation) => `${name} ${violation}`));
        if (/\{\{|undefined|NaN|(?:completeness|ledger|backlog|pace|plan|forecast|xmr|paper|action)\.[a-z]/.test(await page.innerText('main'))) bad.push(`${name}: words are missing`);
        if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) bad.push(`${name}: wider than the window`);
        await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
      }
      await page.close();
    }
    console.info(`pages tried ${tried}, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect(tried).toBe(isLong ? 24 : 11);
  });

  it('shows the committee’s table cell for cell, in both languages, says what it says, and copies it with a key', async () => {
    const wanted = [['63.4%', '66%', '73%', '58%', '+5.4'], ['61.3%', '62.3%', '75%', '55%', '+6.3'], ['–', '–', '83%', '80%', '–'], ['–', '–', '92%', '84%', '–'], ['–', '–', '100%', '88%', '–'], ['–', '–', '100%', '88%', '–']];
    const names = { 'en-GB': ['Completeness against trajectory', ['Oct 2025', 'Nov 2025', 'Dec 2025', 'Jan 2026', 'Feb 2026', 'Mar 2026']], cy: ['Cyflawnder yn erbyn y taflwybr', ['Hyd 2025', 'Tach 2025', 'Rhag 2025', 'Ion 2026', 'Chwef 2026', 'Maw 2026']] } as const;
    for (const locale of ['en-GB', 'cy'] as const) {
      const page = await open('committee', locale);
      const [table, months] = names[locale];
      expect(await cellsOf(page, table)).toEqual(wanted.map((cells, at) => [months[at], ...cells]));
      if (locale === 'en-GB') {
        expect(await page.innerText('h1')).toBe('Nov 2025: 61.3% coded within one month, 6.3 points above “New plan”');
        expect(await page.innerText('main')).toContain('19 days to the deadline of 31 Jan 2026; 5,700 of 7,600 episodes are not coded yet');
        expect(await page.innerText('main')).toContain('2025/26: 12,164 of 23,600 episodes are coded; 2 months of its 12 are past their deadline.');
        await page.getByRole('region', { name: table }).focus();
        await page.keyboard.press('c');
        await page.getByText('The table is on the clipboard.').waitFor();
        const copied = await page.evaluate(() => window.completeness.copied);
        expect(copied[0]?.split('\n').slice(0, 2)).toEqual(['Discharge month\t% coded within one month\t% coded now\tPlan of Aug 2025\tNew plan\tTo the newest trajectory', 'Oct 2025\t63.4\t66\t73\t58\t5.4']);
      }
      await page.close();
    }
  });

  it('brings an extract in by steps: columns guessed, refused rows with line and reason, nothing kept before it is taken, never doubled', async () => {
    const page = await open('empty');
    const sound = sampleExtract({ asOf: '2026-01-12', seed: 4, writes: 'day-first', months: [{ month: '2025-10', episodes: 60, within: 40, coded: 50 }, { month: '2025-11', episodes: 60, within: 30, coded: 40 }] });
    const lines = sound.split('\r\n');
    const spoiled = [...lines.slice(0, 5), (lines[5] ?? '').replace(/,\d\d\/\d\d\/2025/, ',31/02/2025'), ...lines.slice(6, 8), lines[7], ...lines.slice(8)].join('\r\n');
    await choose(page, spoiled);
    await page.getByText('extract.csv: 121 rows. What is in which column?').waitFor();
    expect(await page.getByLabel('end of episode').inputValue()).toBe('Episode end date');
    expect(await page.getByLabel('Days are written').inputValue()).toBe('day-first');
    expect(await page.innerText('.ledger-import')).not.toMatch(/999\d{7}/);
    await page.getByLabel('The extract is of').fill('2026-01-12');
    await page.getByRole('button', { name: 'Read the rows' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('121 rows read: 119 can be taken, 2 are refused. Nothing is in the ledger yet.').waitFor();
    expect(await page.evaluate(() => window.completeness.held())).toBeNull();
    await page.locator('summary', { hasText: 'refused rows' }).click();
    expect(await cellsOf(page, 'Refused rows')).toEqual([['6', 'no day of the calendar (admission)'], ['9', 'the same episode a second time (episode number)']]);
    await page.getByRole('button', { name: 'Save all refused rows (CSV)' }).click();
    expect((await page.evaluate(() => window.completeness.saved))[0]?.text).toBe('"Line","Why it was refused"\r\n6,"no day of the calendar (admission)"\r\n9,"the same episode a second time (episode number)"\r\n');
    await page.getByRole('button', { name: 'Leave it' }).click();
    expect(await page.evaluate(() => window.completeness.held())).toBeNull();
    for (const [text, taken] of [[sound, 'New episodes: 120'], [sound, 'As they were: 120']] as const) {
      await choose(page, text);
      await page.getByRole('button', { name: 'Read the rows' }).click();
      await page.getByText(taken).waitFor();
      await page.getByRole('button', { name: 'Take it into the ledger' }).click();
      await page.getByText('The extract is in the ledger.').waitFor();
    }
    expect(await page.innerText('h1')).toContain('Nov 2025: 50% coded within one month');
    await choose(page, 'a,b,c\r\n"1,2,3\r\n');
    await page.getByRole('alert').waitFor();
    expect(await page.innerText('.ledger-import .warning')).toContain('Refused');
    await page.close();
  });

  it('lets a person set a trajectory, say what the assumptions are, and takes each back; shows ranges and the team’s pace of five or more', async () => {
    const page = await open('committee');
    expect(await cellsOf(page, 'Episodes an hour, as a team')).toEqual([['Nov 2025', expect.stringMatching(/^\d\.\d\d$/), expect.any(String), '2,610', '19', 'Remove'], ['Dec 2025', 'Fewer than five people: not shown', 'Remove']]);
    await page.getByRole('button', { name: 'Set a trajectory' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Agreed in February');
    await page.getByLabel('Agreed in').fill('2026-02');
    await page.getByLabel('First month').fill('2025-11');
    await page.getByLabel('Months', { exact: true }).fill('2');
    await page.locator('.plan-months').getByLabel('Nov 2025').fill('61');
    await page.locator('.plan-months').getByLabel('Dec 2025').fill('101');
    await page.locator('.plans form').evaluate((form) => { (form as HTMLFormElement).noValidate = true; });
    await page.getByRole('button', { name: 'Keep the trajectory' }).click();
    expect(await page.innerText('.plans .warning')).toContain('Dec 2025: a share goes from 0 to 100');
    await page.locator('.plan-months').getByLabel('Dec 2025').fill('70');
    await page.getByRole('button', { name: 'Keep the trajectory' }).click();
    await page.getByText('The trajectory is kept.').waitFor();
    expect(await page.innerText('h1')).toContain('0.3 points above “Agreed in February”');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => page.innerText('h1')).toContain('above “New plan”');
    expect(await page.innerText('.forecast')).toContain('a forecast needs 12');
    await page.close();
    const full = await open('department');
    const months = await cellsOf(full, 'What may come');
    expect(months.length).toBe(6);
    for (const [, eighty] of months) expect(eighty).toMatch(/^[\d.]+ to [\d.]+%$/);
    const before = months.at(-1)?.[1];
    await full.getByLabel('Coders (whole-time equivalent)').fill('2');
    await full.getByRole('button', { name: 'Work it out' }).click();
    await expect.poll(async () => (await cellsOf(full, 'What may come')).at(-1)?.[1]).not.toBe(before);
    expect(await full.locator('section.xmr').count()).toBe(1);
    // A person alone sets the limits of the chart anew, for this choice of specialties alone, and can take that back.
    const limits = (): Promise<string> => full.locator('section.xmr path.limit, section.xmr path[class*=limit]').evaluateAll((all) => all.map((one) => one.getAttribute('d')).join(' '));
    const usual = await limits();
    const from = full.getByLabel('Set the limits anew from');
    await from.focus();
    await from.selectOption({ index: 8 });
    await full.getByRole('button', { name: 'Set anew' }).focus();
    await full.keyboard.press('Enter');
    await full.getByText('The limits are set anew.').waitFor();
    expect([usual !== '', await limits() !== usual]).toEqual([true, true]);
    await full.getByRole('button', { name: /^Take back the limits from/ }).focus();
    await full.keyboard.press('Enter');
    await full.getByText('Removed.').waitFor();
    expect(await limits()).toBe(usual);
    await full.close();
  });

  it('gives the committee’s paper in both languages with the same cells, its chart and its actions, as Word and as a web page that opens by itself; what a person says stays empty', async () => {
    const page = await open('committee');
    await page.locator('details').evaluateAll((all) => { for (const one of all) one.setAttribute('open', ''); });
    const cells = (await cellsOf(page, 'Completeness against trajectory')).flat().filter((cell) => !/^[+−]|^0$/.test(cell));
    const shown = await page.locator('.paper').innerText();
    const bad: string[] = [];
    let looked = 0;
    const left: { readonly name: string; readonly path: string }[] = [];
    for (const name of ['Word, both languages', 'Web page, both languages']) {
      const [download] = await Promise.all([page.waitForEvent('download', { timeout: 10_000 }), page.locator('.audit-report').getByRole('button', { name, exact: true }).click()]);
      left.push({ name: download.suggestedFilename(), path: join(pictures, download.suggestedFilename()) });
      await download.saveAs(join(pictures, download.suggestedFilename()));
    }
    const word = readFileSync(left[0]?.path ?? '');
    const text = (await mammoth.extractRawText({ buffer: word })).value;
    const html = (await mammoth.convertToHtml({ buffer: word })).value;
    const parts = unzipSync(new Uint8Array(word));
    const web = readFileSync(left[1]?.path ?? '', 'utf8');
    const wanted = ['63.4%', '66%', '61.3%', '62.3%', '73%', '58%', '75%', '55%', '83%', '80%', '92%', '84%', '100%', '88%', '2.1c', 'Re-issue the sheet of terms', 'overdue', 'yn hwyr', 'complete', 'wedi’i gwblhau', 'Purpose', 'Diben', 'Risk', 'Risg', 'Recommendations', 'Argymhellion', ...cells.filter((cell) => cell !== '–')];
    for (const one of wanted) { looked += 1; if (!text.includes(one)) bad.push(`Word lacks ${one}`); if (!web.includes(one)) bad.push(`the web page lacks ${one}`); if (/^[\d.]+%$/.test(one) && !shown.includes(one)) bad.push(`the page lacks ${one}`); }
    if (Object.keys(parts).filter((part) => /charts\/chart\d*\.xml$/.test(part)).length !== 2) bad.push('Word has not a chart in each language');
    if ((html.match(/<h1>/g) ?? []).length !== 2 || !html.includes('<thead>')) bad.push('Word has not its headings');
    if (!strFromU8(parts['word/document.xml'] ?? new Uint8Array()).includes('63.4%')) bad.push('the words of the chart have no figures');
    const alone = await browser.newPage({ viewport: { width: 1000, height: 1400 } });
    let asked = 0;
    alone.on('request', () => { asked += 1; });
    await alone.goto(`file://${left[1]?.path}`);
    bad.push(...(await violations(alone)).map((one) => `web page ${one}`));
    if (await alone.locator('svg').count() !== 2 || await alone.locator('.field').count() < 10) bad.push('the web page lacks its charts or its empty fields');
    if (asked !== 1) bad.push(`the web page asks for ${asked - 1} more`);
    await alone.screenshot({ path: join(pictures, 'paper.png'), fullPage: true });
    console.info(`papers 2, words looked for ${looked} in each, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect(looked).toBeGreaterThan(20);
    await alone.close();
    await page.close();
  });
});
