/** The sample record in a real Chromium with the built extension, and its side panel in a second page. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Worker } from 'playwright-core';
import { demonstrationCopy, launchChromium, type RunningBrowser } from './browser.mjs';
import { root } from './chromium-page.js';
import { serveDemo } from './serve.mjs';

/** What the sample's own script offers to tests, as the page sees it. */
export interface Portal {
  readonly open: (id: string, how?: { readonly bannerAfter?: number; readonly inPlace?: boolean }) => void;
  readonly close: () => void;
  readonly lie: (id: string, other: string) => void;
  readonly compare: (id: string, other: string) => void;
  readonly tab: (name: 'documents' | 'recent') => void;
  readonly addPatients: (count: number) => string[];
  readonly list: () => { readonly id: string; readonly marker: string }[];
  readonly shown: () => string | null;
}

export interface SampleRecord {
  readonly browser: RunningBrowser;
  readonly worker: Worker;
  readonly page: Page;
  readonly panel: Page;
  readonly url: string;
  /** The words that are painted now, read by the page itself and not by our own code. */
  readonly painted: () => Promise<string[]>;
  readonly portal: (call: keyof Portal, ...words: unknown[]) => Promise<unknown>;
  /** What was decided: the rows of the log, read from the extension's own database, without those of readings. */
  readonly rows: () => Promise<Record<string, unknown>[]>;
  /** All rows of the log. */
  readonly everyRow: () => Promise<Record<string, unknown>[]>;
  /** Asks the background as our own pages do. */
  readonly ask: <Answer>(name: string, question: unknown) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

interface ExtensionApi {
  readonly scripting: { readonly getRegisteredContentScripts: () => Promise<unknown[]> };
  readonly tabs: { readonly query: (by: { readonly url: string }) => Promise<{ readonly id?: number }[]> };
  readonly runtime: { readonly sendMessage: (message: object) => Promise<unknown> };
}

/** Waits until what is read fits; says what it was when it never does. */
export async function until<Value>(read: () => Promise<Value>, fits: (value: Value) => boolean, timeout = 15_000): Promise<Value> {
  const last = Date.now() + timeout;
  for (;;) {
    const value = await read().catch((problem: unknown) => problem);
    if (!(value instanceof Error) && fits(value as Value)) return value as Value;
    if (Date.now() > last) throw value instanceof Error ? value : new Error(`Not yet: ${JSON.stringify(value).slice(0, 600)}`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}

/** Words under every highlight of the frame. */
export const wordsPainted = (): string[] => [...CSS.highlights.values()].flatMap((highlight) => [...(highlight as unknown as Iterable<StaticRange>)].map((one) => {
  const range = document.createRange();
  range.setStart(one.startContainer, one.startOffset);
  range.setEnd(one.endContainer, one.endOffset);
  return range.toString();
}));

/** Runs in a page of the extension: the log's rows, opened with the keys of their days as they lie in the extension's own files. By no code of the product. */
export async function openedRows(): Promise<Record<string, unknown>[]> {
  interface Sealed { readonly id: string; readonly sequence: number; readonly day: string; readonly iv: Uint8Array<ArrayBuffer>; readonly sealed: Uint8Array<ArrayBuffer> }
  const stored = await new Promise<readonly Record<string, unknown>[]>((resolve, reject) => {
    const asked = indexedDB.open('nodi-log');
    asked.onerror = () => reject(new Error('no log'));
    asked.onsuccess = () => {
      if (!asked.result.objectStoreNames.contains('events')) { asked.result.close(); resolve([]); return; }
      const all = asked.result.transaction('events').objectStore('events').getAll();
      all.onsuccess = () => { asked.result.close(); resolve(all.result as Record<string, unknown>[]); };
    };
  });
  if (stored.length === 0) return [];
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('nodi-log').catch(() => null);
  const cache = await caches.open('nodi-log').catch(() => null);
  /** Both copies of the key of a day; one that is damaged opens nothing. */
  const keysOf = async (day: string): Promise<readonly CryptoKey[]> => {
    const file = await folder?.getFileHandle(`key-${day}-a`).then((handle) => handle.getFile()).then((held) => held.arrayBuffer()).catch(() => null);
    const entry = await cache?.match(`https://nodi.invalid/key-${day}-b`).then((found) => found?.arrayBuffer()).catch(() => null);
    return Promise.all([file, entry].filter((bytes) => bytes?.byteLength === 36).map((bytes) => crypto.subtle.importKey('raw', (bytes as ArrayBuffer).slice(0, 32), 'AES-GCM', false, ['decrypt'])));
  };
  const days = new Map<string, Promise<readonly CryptoKey[]>>();
  return Promise.all(stored.map(async (row) => {
    if (!('sealed' in row)) return row;
    const { id, sequence, day, iv, sealed } = row as unknown as Sealed;
    days.set(day, days.get(day) ?? keysOf(day));
    const opened = await Promise.any((await days.get(day) ?? []).map((key) => crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(`${id} ${sequence} ${day}`) }, key, sealed)));
    return JSON.parse(new TextDecoder().decode(opened)) as Record<string, unknown>;
  }));
}

/** Not one of the rows that say that a document was read. */
export const isDecision = ({ kind }: { readonly kind?: unknown }): boolean => kind !== 'document-read';

/** Starts everything with one patient open. `NODI_EXTENSION` names another build than the usual one. */
export async function openSampleRecord({ patient = 'p01', pages = join(root, 'assets/demo'), ...options }: { readonly patient?: string; /** A folder with other people than the sample's. */ readonly pages?: string } & Parameters<typeof launchChromium>[0] = {}): Promise<SampleRecord> {
  const site = await serveDemo({ root: pages });
  const extension = options.extension ?? demonstrationCopy(process.env['NODI_EXTENSION']);
  const browser = await launchChromium({ ...options, extension });
  const worker = browser.context.serviceWorkers()[0] as Worker;
  await until(() => worker.evaluate(async () => (await (globalThis as unknown as { chrome: ExtensionApi }).chrome.scripting.getRegisteredContentScripts()).length), (count) => count === 1);
  const page = await browser.context.newPage();
  await page.goto(`${site.url}#/patient/${patient}`);
  const tab = await worker.evaluate(async () => (await (globalThis as unknown as { chrome: ExtensionApi }).chrome.tabs.query({ url: 'http://127.0.0.1/*' }))[0]?.id);
  const panel = await browser.page(`sidepanel.html?tab=${tab}`);
  await panel.setViewportSize({ width: 360, height: 900 });
  await page.bringToFront();
  return {
    browser, worker, page, panel, url: site.url,
    painted: async () => (await Promise.all(page.frames().map((frame) => frame.evaluate(wordsPainted).catch(() => [])))).flat(),
    portal: (call, ...words) => page.evaluate(([name, given]) => (window as unknown as { portal: Record<string, (...all: unknown[]) => unknown> }).portal[name as string]?.(...(given as unknown[])), [call, words] as const),
    rows: async () => (await panel.evaluate(openedRows)).filter(isDecision),
    everyRow: () => panel.evaluate(openedRows),
    ask: <Answer>(name: string, question: unknown) => panel.evaluate(([named, asked]) => (window as unknown as { chrome: ExtensionApi }).chrome.runtime.sendMessage({ nodi: 1, name: named, ask: asked }), [name, question] as const) as Promise<Answer>,
    close: async () => { await browser.close(); await site.close(); if (!options.extension) rmSync(extension, { recursive: true, force: true }); },
  };
}
