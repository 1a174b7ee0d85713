/** Real browsers with the real extension in them, for `npm start` and for the tests. */
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { needChromium, root } from './bootstrap.mjs';

/**
 * Copies the built extension and grants the copy the sample's loopback address. The shipped manifest asks for no host at all;
 * an unpacked copy cannot be granted one by policy or by a click before it runs, so the demonstration copy names 127.0.0.1 and nothing else.
 */
export function demonstrationCopy(built = join(root, '.output/chrome-mv3')) {
  const folder = mkdtempSync(join(tmpdir(), 'nodi-extension-'));
  cpSync(built, folder, { recursive: true });
  const file = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  manifest.host_permissions = ['http://127.0.0.1/*'];
  writeFileSync(file, JSON.stringify(manifest));
  return folder;
}

/**
 * A browser that was killed may start without the worker: it then wakes for the first that asks, as it does for a person who opens a page of ours.
 * The id of an unpacked extension is made of its folder's path.
 */
async function wakeWorker(context, extension) {
  const id = [...createHash('sha256').update(realpathSync(extension)).digest('hex').slice(0, 32)].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
  console.info('The worker did not start with the browser: a page of the extension wakes it.');
  const coming = context.waitForEvent('serviceworker', { timeout: 20_000 }).catch(() => null);
  const page = await context.newPage();
  await page.goto(`chrome-extension://${id}/options.html`);
  const worker = context.serviceWorkers()[0] ?? await coming ?? context.serviceWorkers()[0];
  await page.close();
  if (!worker) throw new Error('The extension has no worker, though a page of it was opened');
  return worker;
}

/** Starts Chromium with an unpacked extension; gives the context, the extension's id and a way to close and clean up. */
export async function launchChromium({ extension, headless = true, profile = mkdtempSync(join(tmpdir(), 'nodi-profile-')), viewport = { width: 1400, height: 900 }, colorScheme = null, forcedColors = null, bfcache = false, keepProfile = false, args = [] } = {}) {
  const asRoot = process.getuid?.() === 0;
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: needChromium(), headless, viewport, colorScheme, forcedColors,
    ignoreDefaultArgs: ['--disable-extensions', ...(bfcache ? ['--disable-back-forward-cache'] : [])],
    args: [...(asRoot ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', ...args,
      ...(extension ? [`--disable-extensions-except=${extension}`, `--load-extension=${extension}`] : [])],
  });
  let id = null;
  if (extension) {
    const worker = context.serviceWorkers()[0] ?? await context.waitForEvent('serviceworker', { timeout: 10_000 }).catch(() => wakeWorker(context, extension));
    id = new URL(worker.url()).host;
    // A page that opens before the reader is registered is not read until it is loaded again.
    for (let tries = 0; tries < 100; tries += 1) {
      const ready = await worker.evaluate(async () => {
        const { origins = [] } = await chrome.permissions.getAll();
        return origins.length === 0 || (await chrome.scripting.getRegisteredContentScripts()).length > 0;
      }).catch(() => false);
      if (ready) break;
      await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
  }
  return {
    context, id, profile,
    /** An extension page, for example `sidepanel.html`. */
    page: async (path) => { const page = await context.newPage(); await page.goto(`chrome-extension://${id}/${path}`); return page; },
    close: async () => { await context.close(); if (!keepProfile) rmSync(profile, { recursive: true, force: true }); },
  };
}
