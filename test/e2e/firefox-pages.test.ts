/** The main pages of other vendors' kinds in Firefox: frames three deep, a frameset, fields, an editor's frame, closed roots defined late, another origin. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFirefox } from '../harness/bootstrap.mjs';
import { launchFirefox, type RunningFirefox } from '../harness/firefox.mjs';
import { until } from '../harness/sample-record.js';
import { servePages, vendorPages } from '../harness/vendor-pages.js';

const firefox = findFirefox();
const main = ['frames-three-deep', 'frameset', 'erp-form', 'tinymce', 'ward-cards', 'react-timeline', 'other-origins'];
interface ExtensionApi { readonly tabs: { readonly query: (by: object) => Promise<{ readonly id?: number; readonly url?: string }[]> }; readonly runtime: { readonly sendMessage: (message: object) => Promise<unknown> } }
interface View { readonly kind: string; readonly record?: { readonly sealed: { readonly subject: { readonly subject: { readonly identifier: string } }; readonly documents: readonly { readonly title: string; readonly rows: readonly { readonly words: string }[] }[] } } }

describe.skipIf(!firefox)('Firefox, on pages of other vendors', () => {
  let running: RunningFirefox;
  let site: Awaited<ReturnType<typeof servePages>>;
  let other: Awaited<ReturnType<typeof servePages>>;
  let own: Page;
  const ask = <Answer>(name: string, question: unknown): Promise<Answer> => own.evaluate((named, asked) => (globalThis as unknown as { browser: ExtensionApi }).browser.runtime.sendMessage({ nodi: 1, name: named, ask: asked }), name, question) as Promise<Answer>;
  const pages = vendorPages();

  beforeAll(async () => {
    [site, other] = await Promise.all([servePages(), servePages()]);
    running = await launchFirefox(firefox as string);
    own = await running.page('options.html');
    await until(() => ask<{ settings: { adapters: unknown[] } }>('panel.change-settings', { adapters: pages.map((page) => page.adapter) }), ({ settings }) => settings.adapters.length === pages.length);
  });
  afterAll(async () => { await running?.close(); await Promise.all([site?.close(), other?.close()]); });

  it.each(main)('%s: each patient is read with the findings of that patient', async (id) => {
    const vendor = pages.find((page) => page.id === id);
    if (!vendor) throw new Error(`No page ${id}`);
    const page = await running.browser.newPage();
    await page.goto(`${site.url}/${id}/page.html?other=${encodeURIComponent(`${other.url}/`)}`, { waitUntil: 'domcontentloaded' });
    await page.evaluate(() => (window as unknown as { nodiPage: { ready: Promise<void> } }).nodiPage.ready);
    let tab = -1;
    await until(() => own.evaluate(async () => (globalThis as unknown as { browser: ExtensionApi }).browser.tabs.query({})), (tabs) => { tab = tabs.find(({ url }) => url?.includes(`/${id}/page.html`))?.id ?? -1; return tab >= 0; });
    for (const [at, patient] of vendor.facts.patients.entries()) {
      if (at > 0) await page.evaluate((index) => (window as unknown as { nodiPage: { open: (at: number) => Promise<void> } }).nodiPage.open(index), at);
      const number = patient.identifier.replace(/\s/g, '');
      await until(() => ask<View>('panel.view', { tab }), ({ record }) => record?.sealed.subject.subject.identifier === number && record.sealed.documents.length >= 1 && record.sealed.documents.some((one) => one.rows.length > 0));
    }
    await page.close();
  }, 60_000);

  it('tried all of them', () => { expect(main.every((id) => pages.some((page) => page.id === id))).toBe(true); });
});
