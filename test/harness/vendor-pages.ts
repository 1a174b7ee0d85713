/** Pages in the styles of other people's record systems, each with the description by which Nodi reads it, and an oracle that knows nothing of our code. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { build } from 'esbuild';
import type { Frame, Page } from 'playwright-core';
import type { AdapterDefinition } from '../../lib/model/adapter.js';
import { root } from './chromium-page.js';

export interface PageFacts {
  readonly name: string;
  readonly patients: readonly { readonly identifier: string; readonly marker: string }[];
  /** Words that are in the page and are hidden, decision support, help or menu: they must never be read. */
  readonly decoys: readonly string[];
}

export interface VendorPage { readonly id: string; readonly folder: string; readonly facts: PageFacts; readonly adapter: AdapterDefinition }

const folder = join(root, 'test/pages');

/** Every page of the shelf. */
export function vendorPages(): readonly VendorPage[] {
  return readdirSync(folder).sort().filter((id) => existsSync(join(folder, id, 'adapter.json'))).map((id) => ({
    id, folder: join(folder, id),
    facts: JSON.parse(readFileSync(join(folder, id, 'facts.json'), 'utf8')) as PageFacts,
    adapter: JSON.parse(readFileSync(join(folder, id, 'adapter.json'), 'utf8')) as AdapterDefinition,
  }));
}

const types: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8', '.jsx': 'text/javascript; charset=utf-8', '.json': 'application/json; charset=utf-8', '.pdf': 'application/pdf', '.svg': 'image/svg+xml', '.wasm': 'application/wasm' };

async function fileOf(path: string): Promise<Buffer | string | null> {
  const clean = normalize(path).replace(/^([/\\]|\.\.)+/, '');
  const file = clean.startsWith('npm/') ? join(root, 'node_modules', clean.slice(4)) : join(folder, clean);
  if (!existsSync(file)) return null;
  // React comes without a build for browsers: what a page of ours imports is bundled as it is asked for.
  if (extname(file) === '.jsx') return (await build({ entryPoints: [file], bundle: true, write: false, format: 'esm', jsx: 'automatic', jsxImportSource: 'react', tsconfigRaw: '{}', define: { 'process.env.NODE_ENV': '"production"' } })).outputFiles[0]?.text ?? null;
  return readFileSync(file);
}

/** Serves the pages and the packages they use, on loopback only. */
export async function servePages(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    void fileOf(decodeURIComponent(pathname)).catch(() => null).then((body) => {
      if (body === null) { response.writeHead(404).end(); return; }
      response.writeHead(200, { 'content-type': types[extname(pathname)] ?? 'application/octet-stream', 'cache-control': 'no-store' }).end(body);
    });
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return { url: `http://127.0.0.1:${address.port}`, close: () => new Promise((done) => { server.closeAllConnections(); server.close(() => done()); }) };
}

/** Words of the note regions that the description leaves out, buttons among them: what a page asks to be left alone. */
export async function leftAlone(page: Page, adapter: AdapterDefinition): Promise<ReadonlySet<string>> {
  const words = await Promise.all(page.frames().map((frame) => frame.evaluate((selectors) => [...document.querySelectorAll(selectors)].map((one) => (one as HTMLElement).innerText ?? '').join(' '), ['button', ...adapter.exclude].join(',')).catch(() => '')));
  return new Set(words.join(' ').split(/\s+/));
}

/** What a person sees of the note regions of one frame: by the browser's own `innerText` and the values of fields, not by our reader. */
function seenInFrame(regions: readonly string[]): { readonly text: string; readonly hidden: string } {
  const seen: string[] = [];
  const taken = new Set<Element>();
  for (const selector of regions) {
    for (const place of document.querySelectorAll(selector)) {
      if ([...taken].some((other) => other.contains(place))) continue;
      taken.add(place);
      if (!place.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      if (place instanceof HTMLTextAreaElement || place instanceof HTMLInputElement) { seen.push(place.value); continue; }
      seen.push((place as HTMLElement).innerText);
      for (const field of place.querySelectorAll('textarea,input[type=text],input:not([type])')) if (field.checkVisibility()) seen.push((field as HTMLInputElement).value);
    }
  }
  return { text: seen.join('\n'), hidden: document.documentElement.textContent };
}

/** What a person sees of the note regions of all frames that are displayed. */
export async function seen(page: Page, adapter: AdapterDefinition): Promise<string> {
  const regions = adapter.notes.map((note) => note.region).filter((region) => !region.includes('>>>'));
  const isShown = async (frame: Frame): Promise<boolean> => {
    for (let at: Frame | null = frame; at?.parentFrame(); at = at.parentFrame()) {
      const holder = await at.frameElement();
      if (!(await holder.evaluate((element) => { const box = (element as Element).getBoundingClientRect(); return (element as Element).checkVisibility({ opacityProperty: true, visibilityProperty: true }) && box.width > 1 && box.height > 1; }))) return false;
    }
    return true;
  };
  const all: string[] = [];
  for (const frame of page.frames()) {
    if (!(await isShown(frame).catch(() => false))) continue;
    all.push((await frame.evaluate(seenInFrame, regions).catch(() => ({ text: '' }))).text);
  }
  // Closed roots are closed to the oracle as well: such a page says itself what it shows.
  return [...all, await page.evaluate(() => (window as unknown as { nodiPage: { sealed?: () => string } }).nodiPage.sealed?.() ?? '')].join('\n');
}
