import { build, type BuildOptions } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { needChromium } from './bootstrap.mjs';

/** The repository's folder, with a slash at its end. */
export const root = new URL('../..', import.meta.url).pathname;

/** A headless Chromium without the extension, for tests of one room in a real page. */
export function openChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: needChromium(), args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu'] });
}

/** Bundles our own code to one script for a page. */
export async function bundle(options: BuildOptions): Promise<string> {
  const built = await build({ bundle: true, write: false, format: 'iife', absWorkingDir: root, ...options });
  return built.outputFiles?.[0]?.text ?? '';
}

/** The rooms that touch the page, as the global `nodi`. */
export function bundlePageRooms(): Promise<string> {
  return bundle({ stdin: { contents: "export * from './lib/capture/index.ts'; export * from './lib/overlay/index.ts';", resolveDir: root, loader: 'ts' }, globalName: 'nodi', target: 'chrome120' });
}

/** A way to look at a page: as it comes, dark, or in the machine's forced colours. */
export interface Look { readonly dark?: boolean; readonly forced?: boolean }
export const looks: readonly Look[] = [{}, { dark: true }, { forced: true }];

/** The page that is open in another look, as a person who changes the look of the whole machine sees it; opening it again would cost most of a second. */
export function wear(page: Page, look: Look): Promise<void> {
  return page.emulateMedia({ colorScheme: look.dark ? 'dark' : 'light', forcedColors: look.forced ? 'active' : 'none' });
}
