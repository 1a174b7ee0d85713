import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Worker } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { demonstrationCopy, launchChromium, type RunningBrowser } from '../harness/browser.mjs';
import { serveDemo } from '../harness/serve.mjs';

interface ExtensionApi { readonly scripting: { readonly getRegisteredContentScripts: () => Promise<unknown[]> }; readonly tabs: { readonly query: (by: { readonly url: string }) => Promise<{ readonly id?: number }[]> } }
interface Portal { readonly open: (id: string) => void; readonly close: () => void; readonly lie: (id: string, other: string) => void; readonly compare: (id: string, other: string) => void; readonly list: () => { readonly id: string; readonly marker: string }[]; readonly shown: () => string | null }

const root = join(import.meta.dirname, '../..');
let browser: RunningBrowser;
let site: { readonly url: string; readonly close: () => Promise<void> };
let page: Page;
let panel: Page;
let worker: Worker;

/** The words that are painted now, read by the page itself: not by our own code. */
const painted = (): Promise<string[]> => page.evaluate(() => [...CSS.highlights.values()].flatMap((highlight) => [...(highlight as unknown as Iterable<StaticRange>)].map((one) => {
  const range = document.createRange();
  range.setStart(one.startContainer, one.startOffset);
  range.setEnd(one.endContainer, one.endOffset);
  return range.toString();
})));
const portal = (call: string, ...words: string[]): Promise<unknown> => page.evaluate(([name, given]) => (window as unknown as { portal: Record<string, (...all: string[]) => unknown> }).portal[name as string]?.(...(given as string[])), [call, words] as const);
const until = <Value>(read: () => Promise<Value>, fits: (value: Value) => boolean): Promise<void> => vi.waitFor(async () => { const value = await read(); if (!fits(value)) throw new Error(`Not yet: ${JSON.stringify(value).slice(0, 300)}`); }, { timeout: 15_000, interval: 50 });

beforeAll(async () => {
  site = await serveDemo({ root: join(root, 'assets/demo') });
  browser = await launchChromium({ extension: demonstrationCopy() });
  worker = browser.context.serviceWorkers()[0] as Worker;
  await until(() => worker.evaluate(async () => (await (globalThis as unknown as { chrome: ExtensionApi }).chrome.scripting.getRegisteredContentScripts()).length), (count) => count === 1);
  page = await browser.context.newPage();
  await page.goto(`${site.url}#/patient/p01`);
  const tab = await worker.evaluate(async () => (await (globalThis as unknown as { chrome: ExtensionApi }).chrome.tabs.query({ url: 'http://127.0.0.1/*' }))[0]?.id);
  panel = await browser.page(`sidepanel.html?tab=${tab}`);
  await panel.setViewportSize({ width: 360, height: 900 });
});
afterAll(async () => { await browser?.close(); await site?.close(); });

describe('the record, marked', () => {
  it('paints the sheet’s terms in the note and lists them in the panel, and changes no node of the page', async () => {
    await until(painted, (words) => words.includes('NS++') && words.includes('?PD') && words.includes('cannot exclude'));
    expect(await painted()).not.toContain('RA');
    await until(() => panel.innerText('body'), (text) => text.includes('two meanings') && text.includes('E P'));
    expect(await panel.innerText('body')).not.toContain('PARRY');
    const here = await page.evaluate(() => document.documentElement.outerHTML);
    expect(here).not.toContain('nodi');
    expect(await page.evaluate(() => document.documentElement.children.length)).toBe(2);
  });

  it('clears at once and follows when the patient changes under the same address', async () => {
    const address = page.url();
    await portal('open', 'p02');
    await until(painted, (words) => words.includes('? MS') && !words.includes('NS++'));
    expect(page.url()).toBe(address);
    await until(() => panel.innerText('body'), (text) => text.includes('640') && !text.includes('504'));
  });

  it('shows nothing while banner and letter disagree, or two patients are in view', async () => {
    await portal('lie', 'p01', 'p02');
    await until(painted, (words) => words.length === 0);
    await until(() => panel.innerText('body'), (text) => text.includes('Cannot confirm the patient'));
    await portal('compare', 'p01', 'p02');
    await until(() => panel.innerText('body'), (text) => text.includes('one patient at a time'));
    expect(await painted()).toEqual([]);
  });

  it('reads a Welsh letter', async () => {
    await portal('open', 'p03');
    await until(painted, (words) => words.includes('hanes o') && words.includes('yn debygol') && words.includes('ni ellir diystyru'));
  });

  it('logs a finding as one row that holds no word of the record, and takes it back with another', async () => {
    await portal('open', 'p01');
    await until(() => panel.innerText('body'), (text) => text.includes('two meanings'));
    await panel.getByRole('button', { name: /^Log for/ }).first().click();
    const rows = (): Promise<Record<string, unknown>[]> => panel.evaluate(() => new Promise<Record<string, unknown>[]>((resolve, reject) => {
      const asked = indexedDB.open('nodi-log');
      asked.onerror = () => reject(new Error('no log'));
      asked.onsuccess = () => {
        const name = [...asked.result.objectStoreNames][0];
        if (!name) { asked.result.close(); resolve([]); return; }
        const all = asked.result.transaction(name).objectStore(name).getAll();
        all.onsuccess = () => { asked.result.close(); resolve(all.result as Record<string, unknown>[]); };
      };
    }));
    await until(rows, (found) => found.length === 1);
    const [row] = await rows();
    expect(row).toMatchObject({ kind: 'finding-logged', specialty: 'ophthalmology', sequence: 1 });
    for (const secret of ['9996331504', '999 633 1504', 'PARRY', 'Eluned', 'NS++', 'cataract', 'G204417', 'E-24117']) expect(JSON.stringify(row)).not.toContain(secret);
    await panel.keyboard.press('Control+z');
    await until(rows, (found) => found.length === 2);
  });

  it('marks a noisy term as soon as it is turned on, in the same text, and no longer when it is off', async () => {
    const turn = (noisyOn: readonly string[]): Promise<unknown> => panel.evaluate((on) => (window as unknown as { chrome: { runtime: { sendMessage: (message: object) => Promise<unknown> } } }).chrome.runtime.sendMessage({ nodi: 1, name: 'panel.change-settings', ask: { noisyOn: on } }), noisyOn);
    await page.bringToFront();
    expect(await painted()).not.toContain('Right');
    await turn(['BM014']);
    await until(painted, (words) => words.includes('Right'));
    await turn([]);
    await until(painted, (words) => !words.includes('Right') && words.includes('NS++'));
  });

  it('never shows another patient’s words over random switches', async () => {
    const switches = process.env['NODI_LONG'] ? 5000 : 300;
    // A page behind another is given no frames.
    await page.bringToFront();
    const result = await page.evaluate(async (count) => {
      const { portal: it } = window as unknown as { portal: Portal };
      const ids = it.list().map((one) => one.id);
      let seed = 7;
      const next = (): number => { seed = (seed * 1103515245 + 12345) & 0x7fffffff; return seed; };
      let frames = 0;
      let marks = 0;
      let foreign = 0;
      for (let index = 0; index < count; index += 1) {
        it.open(ids[next() % ids.length] as string);
        for (let wait = next() % 6; wait >= 0; wait -= 1) {
          await new Promise((resolve) => requestAnimationFrame(resolve));
          frames += 1;
          for (const highlight of CSS.highlights.values()) for (const one of highlight as unknown as Iterable<StaticRange>) {
            marks += 1;
            // A mark in a node that left the page with its patient would be the last patient's.
            const article = one.startContainer.parentElement?.closest('[data-document-id]')?.getAttribute('data-document-id') ?? '';
            if (one.startContainer.isConnected && !article.startsWith(`${it.shown()}-`)) foreign += 1;
          }
        }
      }
      return { frames, marks, foreign };
    }, switches);
    const listed = await panel.innerText('body');
    console.info(`switches: tried ${switches}, frames ${result.frames}, marks seen ${result.marks}, foreign ${result.foreign}`);
    expect(result.foreign).toBe(0);
    expect(result.marks).toBeGreaterThan(0);
    expect(listed.length).toBeGreaterThan(0);
  }, 600_000);

  it('asks for nothing in its manifest and shuts its own pages', () => {
    const manifest = JSON.parse(readFileSync(join(root, '.output/chrome-mv3/manifest.json'), 'utf8'));
    expect(manifest.host_permissions).toEqual([]);
    expect(manifest.web_accessible_resources).toEqual([]);
    expect(manifest.content_scripts).toBeUndefined();
    expect(manifest.externally_connectable).toEqual({ ids: [], matches: [] });
    expect([...manifest.permissions].sort()).toEqual(['scripting', 'sidePanel', 'storage', 'unlimitedStorage']);
    expect(manifest.content_security_policy.extension_pages).toContain("connect-src 'self'");
    expect(manifest.content_security_policy.extension_pages).toContain("trusted-types 'none'");
  });
});
