/** Pages in the styles of several vendors, read by the built extension in a real browser: what is seen is read or named, and nothing else is. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Worker } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demonstrationCopy, launchChromium, type RunningBrowser } from '../harness/browser.mjs';
import { until, wordsPainted } from '../harness/sample-record.js';
import { leftAlone, seen, servePages, vendorPages, type VendorPage } from '../harness/vendor-pages.js';

interface Sealed {
  readonly subject: { readonly subject: { readonly identifier: string } };
  readonly documents: readonly { readonly id: string; readonly key: { readonly tab: number; readonly frame: number }; readonly channel: string; readonly kind: string; readonly title: string; readonly date: string | null; readonly author: string | null; readonly episode: string | null; readonly rows: readonly { readonly words: string; readonly diagnostic: { readonly rule: string } }[] }[];
  readonly gaps: readonly { readonly kind: string; readonly count: number }[];
  readonly missing: readonly { readonly part: string }[];
}
interface View { readonly kind: string; readonly record?: { readonly sealed: Sealed } }
interface Chrome { readonly tabs: { readonly query: (by: object) => Promise<{ readonly id: number; readonly url?: string }[]> }; readonly runtime: { readonly sendMessage: (message: object) => Promise<unknown> } }
interface NodiPage { readonly ready: Promise<void>; readonly open: (at: number) => Promise<void>; readonly scrollTo?: (row: number) => Promise<void>; readonly delta?: () => unknown; readonly typed?: () => string }

let browser: RunningBrowser;
let worker: Worker;
let site: Awaited<ReturnType<typeof servePages>>;
let other: Awaited<ReturnType<typeof servePages>>;
let own: Page;
const table: string[] = [];
const record = process.env['NODI_RECORD'] === '1';

const ask = <Answer>(name: string, question: unknown): Promise<Answer> => own.evaluate(([named, asked]) => (globalThis as unknown as { chrome: Chrome }).chrome.runtime.sendMessage({ nodi: 1, name: named, ask: asked }), [name, question] as const) as Promise<Answer>;
/** What the frames of the record sent, as every page of the extension hears it; only the documents that the view has. */
const readOf = (sealed: Sealed): Promise<string> => own.evaluate((wanted) => wanted.map(({ tab, frame, id }) => {
  const sent = (window as unknown as { captured: Map<string, { documents: { id: string; text: string }[] }> }).captured.get(`${tab} ${frame}`);
  return sent?.documents.find((document) => document.id === id)?.text ?? '';
}).join('\n'), sealed.documents.map(({ id, key }) => ({ id, tab: key.tab, frame: key.frame })));
const plain = (text: string): string => text.replace(/\s+/g, '');

beforeAll(async () => {
  const pages = vendorPages();
  browser = await launchChromium({ extension: demonstrationCopy() });
  worker = browser.context.serviceWorkers()[0] as Worker;
  [site, other] = await Promise.all([servePages(), servePages()]);
  own = await browser.page('options.html');
  await own.evaluate(() => {
    const captured = new Map<string, unknown>();
    (window as unknown as { captured: Map<string, unknown> }).captured = captured;
    (globalThis as unknown as { chrome: { runtime: { onMessage: { addListener: (listener: (message: { name: string; ask: unknown }, sender: { tab?: { id: number }; frameId?: number }) => void) => void } } } }).chrome.runtime.onMessage.addListener((message, sender) => {
      if (message.name === 'frame.captured') captured.set(`${sender.tab?.id} ${sender.frameId}`, message.ask);
    });
  });
  const changed = await ask<{ settings?: { adapters: unknown[] } }>('panel.change-settings', { adapters: pages.map((page) => page.adapter) });
  expect(changed.settings?.adapters).toHaveLength(pages.length);
});
afterAll(async () => {
  console.info(`\n${['page | patient | characters seen | read | named | foreign | documents | findings', ...table].join('\n')}\n`);
  await browser?.close();
  await Promise.all([site?.close(), other?.close()]);
});

/** Opens a page with its first patient. */
async function openPage(vendor: VendorPage): Promise<{ page: Page; view: () => Promise<View> }> {
  const page = await browser.context.newPage();
  await page.goto(`${site.url}/${vendor.id}/page.html?other=${encodeURIComponent(`${other.url}/`)}`);
  let tab = -1;
  await until(() => worker.evaluate(async () => (globalThis as unknown as { chrome: Chrome }).chrome.tabs.query({})), (tabs) => { tab = tabs.find(({ url }) => url?.includes(`/${vendor.id}/page.html`))?.id ?? -1; return tab >= 0; });
  await page.evaluate(() => (window as unknown as { nodiPage: NodiPage }).nodiPage.ready);
  return { page, view: () => ask<View>('panel.view', { tab }) };
}

describe.each(vendorPages().map((vendor) => [vendor.id, vendor] as const))('%s', (_, vendor) => {
  it('is read for each patient: what is seen, nothing hidden, nothing foreign', async () => {
    const { page, view } = await openPage(vendor);
    const golden: unknown[] = [];
    const file = join(vendor.folder, 'expected.json');
    const expected = !record && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as object[] : null;
    for (const [at, patient] of vendor.facts.patients.entries()) {
      if (at > 0) await page.evaluate((index) => (window as unknown as { nodiPage: NodiPage }).nodiPage.open(index), at);
      const number = plain(patient.identifier);
      const sealed = async (): Promise<Sealed | null> => { const now = await view(); return now.kind === 'record' && now.record?.sealed.subject.subject.identifier === number ? now.record.sealed : null; };
      await until(sealed, (now) => now !== null && now.documents.length > 0).catch(async () => { throw new Error(`${vendor.id} ${at}: ${JSON.stringify(await view()).replace(/^.*"sealed":/, "").slice(0, 3000)}`); });
      const oracle = await seen(page, vendor.adapter);
      const left = await leftAlone(page, vendor.adapter);
      const words = plain(oracle);
      const unseen = (text: string): string[] => [...new Set(oracle.split(/\s+/).filter((word) => word.length > 3))].filter((word) => !text.includes(word) && !left.has(word));
      // Every word that a person sees in a note is in what was read; order is the reader's own.
      await until(async () => { const now = await sealed(); return now ? unseen(await readOf(now)) : ['no record']; }, (left) => left.length === 0, 10_000);
      const now = await sealed();
      if (!now) throw new Error('The record went away while it was looked at');
      const text = await readOf(now);
      const read = plain(text);
      const foreign = vendor.facts.patients.filter((one) => one !== patient).map((one) => one.marker).concat(vendor.facts.decoys).filter((marker) => read.includes(plain(marker)));
      table.push(`${vendor.id} | ${at + 1} | ${words.length} | ${read.length} | ${now.gaps.map((gap) => `${gap.kind} ${gap.count}`).join(', ') || '-'} | ${foreign.length} | ${now.documents.length} | ${now.documents.reduce((sum, one) => sum + one.rows.length, 0)}`);
      const told = (of: Sealed): object => ({
        patient: number, missing: of.missing.map((one) => one.part), gaps: of.gaps.map((gap) => `${gap.kind} ${gap.count}`).sort(),
        documents: of.documents.map(({ channel, kind, title, date, author, episode, rows }) => ({ channel, kind, title, date, author, episode, findings: rows.map((row) => `${row.diagnostic.rule} ${row.words}`) })),
      });
      const wanted = JSON.stringify(expected?.[at]);
      // Frames answer one after the other: the whole record is waited for, and shown as it was when it never came.
      let last: object = {};
      await until(async () => { const of = await sealed(); if (of) last = told(of); return JSON.stringify(last); }, (words) => words === wanted, record ? 2500 : 8000).catch(() => undefined);
      golden.push(last);
      expect(foreign).toEqual([]);
      expect(read).toContain(patient.marker);
      const painted = (await Promise.all(page.frames().map((frame) => frame.evaluate(wordsPainted).catch(() => [])))).flat();
      expect(painted.filter((one) => one.trim() === '')).toEqual([]);
    }
    if (record) writeFileSync(file, `${JSON.stringify(golden, null, 2)}\n`);
    else expect(golden).toEqual(expected);
    await page.close();
  }, 40_000);
});

const nodi = <Answer>(page: Page, call: (of: NodiPage) => Answer): Promise<Awaited<Answer>> => page.evaluate(`(${call.toString()})(window.nodiPage)`) as Promise<Awaited<Answer>>;
const vendor = (id: string): VendorPage => { const found = vendorPages().find((one) => one.id === id); if (!found) throw new Error(`No page ${id}`); return found; };

describe('a page that works on', () => {
  it('recycles rows 1,000 times and never has a mark on other words; what was shown stays listed', async () => {
    const { page, view } = await openPage(vendor('grid-notes'));
    await until(async () => (await page.evaluate(wordsPainted)).length, (count) => count > 3);
    const known = (JSON.parse(readFileSync(join(vendor('grid-notes').folder, 'expected.json'), 'utf8')) as { documents: { findings: string[] }[] }[]).flatMap((one) => one.documents.flatMap((document) => document.findings.map((finding) => finding.replace(/^\S+ /, ''))));
    const result = await page.evaluate(async (words) => {
      const shown = new Set(words);
      let tried = 0, marks = 0, bad = 0;
      for (let turn = 0; turn < 1000; turn += 1) {
        await (window as unknown as { nodiPage: NodiPage }).nodiPage.scrollTo?.((turn * 37) % 500);
        tried += 1;
        for (const highlight of CSS.highlights.values()) for (const one of highlight as unknown as Iterable<StaticRange>) {
          if (!one.startContainer.isConnected) continue;
          const range = document.createRange();
          range.setStart(one.startContainer, one.startOffset);
          range.setEnd(one.endContainer, one.endOffset);
          marks += 1;
          if (!shown.has(range.toString())) bad += 1;
        }
      }
      return { tried, marks, bad };
    }, known);
    console.info(`recyclings tried ${result.tried}, marks looked at ${result.marks}, bad ${result.bad}`);
    expect(result).toMatchObject({ tried: 1000, bad: 0 });
    expect(result.marks).toBeGreaterThan(1000);
    // Rows that were read are kept although most of them are no longer in the page.
    const rows = async (): Promise<number> => (await view()).record?.sealed.documents[0]?.rows.length ?? 0;
    await until(rows, (count) => count > 60);
    await page.close();
  }, 120_000);

  it('keeps its own state: a React field takes what is typed, Quill’s text is its own, and neither is changed by a mark', async () => {
    const react = await openPage(vendor('react-timeline'));
    await until(async () => (await react.page.evaluate(wordsPainted)).length, (count) => count > 3);
    const field = react.page.locator('[data-testid=draft]');
    await field.click();
    await react.page.keyboard.press('End');
    await react.page.keyboard.type(' Possible DVT.');
    expect(await nodi(react.page, (of) => of.typed?.())).toContain('Possible DVT.');
    expect(await field.inputValue()).toContain('Possible DVT.');
    await until(async () => (await react.view()).record?.sealed.documents.flatMap((one) => one.rows.map((row) => row.words)) ?? [], (words) => words.includes('Possible'));
    await until(() => react.page.evaluate(() => document.querySelectorAll('html > :not(head):not(body)').length), (hosts) => hosts === 1);
    await react.page.close();
    const quill = await openPage(vendor('quill'));
    const before = JSON.stringify(await nodi(quill.page, (of) => of.delta?.()));
    await until(async () => (await quill.page.evaluate(wordsPainted)).length, (count) => count > 3);
    expect(JSON.stringify(await nodi(quill.page, (of) => of.delta?.()))).toBe(before);
    await quill.page.close();
  });

  it('changes a form’s values without a sign, and no mark or row of the last patient outlives a person’s next act', async () => {
    const { page, view } = await openPage(vendor('erp-form'));
    await until(async () => (await view()).record?.sealed.documents.length ?? 0, (count) => count > 0);
    // As `open`, without the address: nothing but values.
    await page.evaluate(() => {
      const { people } = window as unknown as { people: Record<string, unknown>[] };
      const [, one] = people as [unknown, { notes: { text: string }[] } & Record<string, string>];
      for (const [id, name] of [['name', 'name'], ['number', 'number'], ['episode', 'episode'], ['consultant', 'consultant'], ['specialty', 'specialty'], ['admitted', 'admitted'], ['discharged', 'discharged']] as const) (document.getElementById(id) as HTMLInputElement).value = one[name] ?? '';
      for (let at = 0; at < 6; at += 1) (document.getElementById(`note${at}`) as HTMLTextAreaElement).value = one.notes[at]?.text ?? '';
    });
    await page.mouse.click(5, 5);
    const second = plain(vendor('erp-form').facts.patients[1]?.identifier ?? '');
    await until(async () => (await view()).record?.sealed.subject.subject.identifier, (number) => number === second);
    await page.close();
  });

  it('never shows the words of a frame that is not displayed, while the page still waits for its pictures', async () => {
    const { page, view } = await openPage(vendor('other-origins'));
    const titles = async (): Promise<readonly string[]> => ((await view()).record?.sealed.documents ?? []).map(({ title }) => title);
    await until(titles, (all) => all.length === 4);
    const [hidden, shown] = [1, 0].map((note) => `${other.url}/other-origins/letter.html?patient=1&note=${note}&waits`);
    await page.route('**/waits.png', () => undefined);
    const sent = (): Promise<number> => own.evaluate(() => [...(window as unknown as { captured: Map<string, { documents: { title: string }[] }> }).captured.values()].filter((one) => one.documents.some(({ title }) => title === 'Day unit note')).length);
    const before = await sent();
    const seenIn: string[][] = [];
    await page.evaluate((addresses) => {
      for (const [at, src] of addresses.entries()) {
        const frame = document.createElement('iframe');
        if (at === 0) frame.style.visibility = 'hidden';
        frame.src = src;
        document.querySelector('#letters')?.append(frame);
      }
    }, [hidden, shown] as string[]);
    // The one that can be seen is read: so the page was asked although its frames never end to load.
    await until(async () => { const now = await titles(); seenIn.push([...now]); return now; }, (all) => all.includes('Llythyr clinig'));
    expect(await sent()).toBeGreaterThan(before);
    console.info(`views of the record looked at ${seenIn.length}, with words of a hidden frame ${seenIn.filter((all) => all.includes('Day unit note')).length}`);
    expect(seenIn.flat()).not.toContain('Day unit note');
    await page.close();
  });

  it.each([['', false], [', nor after the worker died', true]] as const)('does not lend the next patient to a frame that still shows the last one’s letter, says so, and does when a person asks%s', async (_, dies) => {
    const { page, view } = await openPage(vendor('other-origins'));
    const [first, second] = vendor('other-origins').facts.patients;
    await until(async () => (await view()).record?.sealed.documents.length ?? 0, (count) => count === 4);
    const painted = async (): Promise<string[]> => (await Promise.all(page.frames().map((frame) => frame.evaluate(wordsPainted).catch(() => [])))).flat();
    await until(painted, (words) => words.length > 3);
    if (dies) {
      const session = await browser.context.newCDPSession(own);
      await session.send('ServiceWorker.enable');
      await session.send('ServiceWorker.stopAllWorkers');
    }
    // The banner names the second patient; the frames that cannot see it still hold the first one's letters.
    await page.evaluate((number) => {
      (document.querySelector('[data-number]') as HTMLElement).textContent = number;
      for (const frame of document.querySelectorAll('iframe')) if (frame.srcdoc || frame.src.startsWith('blob:')) frame.remove();
    }, second?.identifier ?? '');
    const sealed = async (): Promise<Sealed | null> => { const now = await view(); return now.record?.sealed.subject.subject.identifier === plain(second?.identifier ?? '') ? now.record.sealed : null; };
    const confirmed = await until(sealed, (now) => now?.gaps.some((gap) => gap.kind === 'unconfirmed' && gap.count === 2) ?? false);
    expect(confirmed?.documents).toEqual([]);
    await until(painted, (words) => words.length === 0);
    expect(first?.identifier).not.toBe(second?.identifier);
    const { key } = await view() as unknown as { key: { tab: number } };
    await ask('panel.read-again', { tab: key.tab, anyPage: false });
    await until(sealed, (now) => now?.documents.length === 2 && !now.gaps.some((gap) => gap.kind === 'unconfirmed'));
    await page.close();
  });
});
