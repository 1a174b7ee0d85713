/** The main path in Firefox: the same files, another browser. */
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFirefox } from '../harness/bootstrap.mjs';
import { root } from '../harness/chromium-page.js';
import { launchFirefox, type RunningFirefox } from '../harness/firefox.mjs';
import { isDecision, openedRows, until, wordsPainted, type Portal } from '../harness/sample-record.js';
import { serveDemo } from '../harness/serve.mjs';

const firefox = findFirefox();
interface ExtensionApi { readonly tabs: { readonly query: (by: object) => Promise<{ readonly id?: number; readonly url?: string }[]> }; readonly runtime: { readonly sendMessage: (message: object) => Promise<unknown> } }

describe.skipIf(!firefox)('Firefox', () => {
  let running: RunningFirefox;
  let site: { readonly url: string; readonly close: () => Promise<void> };
  let page: Page;
  let panel: Page;
  const painted = async (): Promise<string[]> => (await Promise.all(page.frames().map((frame) => frame.evaluate(wordsPainted).catch(() => [])))).flat();
  const open = (id: string): Promise<void> => page.evaluate((wanted) => (window as unknown as { portal: Portal }).portal.open(wanted), id);
  const panelText = (): Promise<string> => panel.evaluate(() => document.body.innerText);

  beforeAll(async () => {
    site = await serveDemo({ root: join(root, 'assets/demo') });
    running = await launchFirefox(firefox as string);
    page = await running.browser.newPage();
    await page.goto(`${site.url}#/patient/p01`, { waitUntil: 'domcontentloaded' });
    panel = await running.page('options.html');
    const tab = await panel.evaluate(async () => (await (globalThis as unknown as { browser: ExtensionApi }).browser.tabs.query({})).find(({ url }) => url?.startsWith('http://127.0.0.1'))?.id);
    panel = await running.page(`sidepanel.html?tab=${tab}`);
    await page.bringToFront();
  });
  afterAll(async () => { await running?.close(); await site?.close(); });

  it('marks the note, lists the findings, and changes no node of the page', async () => {
    await until(painted, (words) => ['NS++', '?PD', 'cannot exclude'].every((one) => words.includes(one)));
    await until(panelText, (text) => text.includes('NS++') && text.includes('E P'));
    expect(await page.evaluate(() => [document.documentElement.children.length, document.documentElement.outerHTML.includes('nodi')])).toEqual([2, false]);
  });

  it('paints in letters that are in frames and in shadow roots, open and closed', async () => {
    for (const id of ['o02', 'n01', 'o04', 'n02']) {
      await open(id);
      await until(() => page.evaluate(() => (window as unknown as { portal: Portal }).portal.shown()), (shown) => shown === id);
      await until(painted, (words) => words.length > 0);
    }
    const inRoots = await page.evaluate(() => [...CSS.highlights.values()].flatMap((highlight) => [...(highlight as unknown as Iterable<StaticRange>)]).filter((one) => one.startContainer.getRootNode() !== document).length);
    expect(inRoots).toBeGreaterThan(0);
  });

  it('clears and follows when the patient changes under one address', async () => {
    await open('p01');
    await until(painted, (words) => words.includes('NS++'));
    await open('p02');
    await until(painted, (words) => words.includes('? MS') && !words.includes('NS++'));
    await until(panelText, (text) => text.includes('640') && !text.includes('504'));
  });

  it('logs one finding as one row without a word of the record', async () => {
    await until(() => panel.evaluate(() => [...document.querySelectorAll('button')].some((button) => button.textContent?.startsWith('Log for'))), (there) => there);
    await panel.evaluate(() => { [...document.querySelectorAll('button')].find((button) => button.textContent?.startsWith('Log for'))?.click(); });
    const rows = (): Promise<Record<string, unknown>[]> => panel.evaluate(openedRows).then((all) => all.filter(isDecision));
    await until(rows, (all) => all.length === 1);
    const [row] = await rows();
    expect(row).toMatchObject({ kind: 'finding-logged', specialty: 'neurology', category: expect.stringMatching(/^(?:avoid-term|ambiguous-abbreviation|symbol|conflict)$/) as unknown, minutes: 0 });
    for (const secret of ['9994127640', '999 412', 'ROBERTS', 'CADASIL', 'G118342', 'E-24121']) expect(JSON.stringify(row)).not.toContain(secret);
  });
});
