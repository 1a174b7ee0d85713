/** Firefox with the built extension in it, over WebDriver BiDi. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { root } from './bootstrap.mjs';
import { demonstrationCopy } from './browser.mjs';

/** Starts Firefox with a copy of the extension that may read loopback; gives the browser and the addresses of the extension's pages. */
export async function launchFirefox(executablePath) {
  const extension = demonstrationCopy(join(root, '.output/firefox-mv3'));
  const host = randomUUID();
  const browser = await puppeteer.launch({
    browser: 'firefox', executablePath, headless: true,
    // Without it no page of an extension can be asked anything.
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: { 'extensions.webextensions.uuids': JSON.stringify({ 'nodi@nodi.example': host }) },
  });
  await browser.installExtension(extension);
  return {
    browser,
    /** Opens a page of the extension. Its load is never reported to the driver, so what it shows is what is waited for. */
    page: async (path) => {
      const page = await browser.newPage();
      await page.goto(`moz-extension://${host}/${path}`, { timeout: 1500 }).catch(() => undefined);
      return page;
    },
    close: async () => { await browser.close(); rmSync(extension, { recursive: true, force: true }); },
  };
}
