import type { Page } from 'playwright-core';
import { launchChromium } from '../harness/browser.mjs';

/** Opens a page of `url` in a browser of its own on a profile that stays, with `code` in it as `nodi`: what the last one left lies on the disk, and nothing of it is open. */
export function createProfilePage({ profile, url, code, args = [] }: { readonly profile: string; readonly url: string; readonly code: string; readonly args?: string[] }): <Value>(act: (page: Page) => Promise<Value>) => Promise<Value> {
  return async (act) => {
    const browser = await launchChromium({ profile, keepProfile: true, args });
    try {
      const page = await browser.context.newPage();
      await page.goto(url);
      await page.evaluate('globalThis.__name ??= (of) => of');
      await page.evaluate(`${code}; globalThis.nodi = nodi; 0`);
      return await act(page);
    } finally { await browser.close(); }
  };
}
