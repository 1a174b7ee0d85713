/** A coding manager teaches Nodi a page that nobody has described, by pointing, and the description reads the next patient too. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page, Worker } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAdapter } from '../../lib/capture/adapters/check-adapter.js';
import { demonstrationCopy, launchChromium, type RunningBrowser } from '../harness/browser.mjs';
import { root } from '../harness/chromium-page.js';
import { until, wordsPainted } from '../harness/sample-record.js';
import { servePages, vendorPages } from '../harness/vendor-pages.js';

interface Chrome { readonly tabs: { readonly query: (by: object) => Promise<{ readonly id: number; readonly url?: string }[]> }; readonly runtime: { readonly sendMessage: (message: object) => Promise<unknown> } }
const facts = vendorPages().find((one) => one.id === 'react-timeline')?.facts;
const pictures = join(root, '.cache/picker');
let browser: RunningBrowser;
let site: Awaited<ReturnType<typeof servePages>>;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  browser = await launchChromium({ extension: demonstrationCopy() });
  site = await servePages();
});
afterAll(async () => { await browser?.close(); await site?.close(); });

const ask = <Answer>(page: Page, name: string, question: unknown): Promise<Answer> => page.evaluate(([named, asked]) => (globalThis as unknown as { chrome: Chrome }).chrome.runtime.sendMessage({ nodi: 1, name: named, ask: asked }), [name, question] as const) as Promise<Answer>;

describe.each([['en-GB', 'Teach Nodi this page', /^Point/, 'Point', /^Save as version 1/, /Tested on 2 patients/], ['cy', 'Dysgu’r dudalen hon i Nodi', /^Pwyntio/, 'Pwyntio', /^Cadw fel fersiwn 1/, /Profwyd ar 2 glaf/]] as const)('pointing, in %s', (locale, teach, _, point, save, tested) => {
  it('makes a description from nothing, reads two patients by it, saves and exports it', async () => {
    const worker = browser.context.serviceWorkers()[0] as Worker;
    const settings = await browser.page('options.html');
    await ask(settings, 'panel.change-settings', { locale, adapters: [] });
    await settings.close();
    const page = await browser.context.newPage();
    await page.goto(`${site.url}/react-timeline/page.html`);
    let tab = -1;
    await until(() => worker.evaluate(async () => (globalThis as unknown as { chrome: Chrome }).chrome.tabs.query({})), (tabs) => { tab = tabs.find(({ url }) => url?.includes('/react-timeline/'))?.id ?? -1; return tab >= 0; });
    const panel = await browser.page(`sidepanel.html?tab=${tab}`);
    await panel.setViewportSize({ width: 400, height: 1100 });
    await panel.getByRole('button', { name: teach }).click();
    const before = await page.evaluate(() => document.body.outerHTML);
    const part = (name: string) => panel.locator(`[data-part=${name}]`);
    const aimAt = async (name: string): Promise<void> => {
      await part(name).getByRole('button', { name: point }).click();
      await page.waitForFunction(() => document.querySelectorAll('html > div').length === 1);
      await page.bringToFront();
    };
    const clickOn = async (name: string, selector: string): Promise<void> => {
      await aimAt(name);
      const box = await page.locator(selector).first().boundingBox();
      if (!box) throw new Error(`${selector} is not shown`);
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      await part(name).locator('code').waitFor();
    };
    // The banner by keyboard: from the first box of the page down to it, and chosen with Enter.
    await aimAt('banner');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.screenshot({ path: join(pictures, `pointing.${locale}.png`), caret: 'initial' });
    await page.keyboard.press('Enter');
    await part('banner').locator('code').waitFor();
    expect(await part('banner').locator('code').innerText()).toBe('[data-testid="patient-banner"]');
    // A number outside the banner is refused with the reason, and not taken.
    await aimAt('identifier');
    const outside = await page.locator('[data-testid=entry-title]').first().boundingBox();
    await page.mouse.click((outside?.x ?? 0) + 4, (outside?.y ?? 0) + 4);
    await part('identifier').locator('.warn').waitFor();
    expect(await part('identifier').locator('code').count()).toBe(0);
    await clickOn('identifier', '[data-testid=nhs-number]');
    await clickOn('name', '[data-testid=patient-name]');
    // The pointer falls on one line of the note: widened by key, and chosen.
    await aimAt('notes');
    const line = await page.locator('[data-testid=entry-text] > div').first().boundingBox();
    await page.mouse.move((line?.x ?? 0) + 5, (line?.y ?? 0) + 5);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await part('notes').locator('code').waitFor();
    await clickOn('date', '[data-testid=entry-date]');
    await clickOn('consultant', 'dd:last-of-type');
    expect(await part('notes').locator('code').innerText()).toBe('[data-testid="entry-text"]');
    expect(await part('consultant').locator('code').innerText()).toBe('Consultant');
    await until(() => page.evaluate(wordsPainted), (words) => words.some((word) => /TIA/.test(word)));
    // Nothing that was pointed at was pressed or changed.
    const after = await page.evaluate(() => document.body.outerHTML);
    expect(after.split('<').filter((piece, at) => before.split('<')[at] !== piece).slice(0, 2)).toEqual([]);
    await page.evaluate(() => (window as unknown as { nodiPage: { open: (at: number) => Promise<void> } }).nodiPage.open(1));
    await until(() => panel.innerText('main'), (text) => tested.test(text));
    // The words of the first patient are gone with the first patient.
    expect(await panel.innerText('main')).not.toContain('BOWEN');
    expect(await page.evaluate(() => document.querySelectorAll('html > div').length)).toBeLessThan(2);
    await panel.screenshot({ path: join(pictures, `picker.${locale}.png`), fullPage: true });
    await panel.evaluate(axe.source);
    const faults = await panel.evaluate(() => (window as unknown as { axe: { run: () => Promise<{ violations: { id: string }[] }> } }).axe.run().then(({ violations }) => violations.map(({ id }) => id)));
    expect(faults).toEqual([]);
    await panel.locator('input[type=text]').fill('React record');
    const [download] = await Promise.all([panel.waitForEvent('download'), panel.getByRole('button', { name: locale === 'cy' ? 'Allforio fel ffeil' : 'Export as a file' }).click()]);
    const exported = JSON.parse(readFileSync(await download.path(), 'utf8')) as { id: string };
    expect(checkAdapter(exported).ok).toBe(true);
    expect(JSON.stringify(exported)).not.toMatch(new RegExp(facts?.patients.map(({ marker, identifier }) => `${marker}|${identifier}`).join('|') ?? 'x'));
    await panel.getByRole('button', { name: save }).click();
    await until(() => ask<{ settings: { adapters: unknown[] } }>(panel, 'panel.settings', null), ({ settings }) => settings.adapters.length === 1);
    // Saved, it reads a page that is loaded anew.
    await panel.close();
    await page.reload();
    const own = await browser.page('options.html');
    await until(() => ask<{ kind: string }>(own, 'panel.view', { tab }), ({ kind }) => kind === 'record');
    await page.close();
    await own.close();
  });
});
