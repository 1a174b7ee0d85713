import browser from 'webextension-polyfill';

const scriptId = 'epr';
const scriptFile = 'content-scripts/epr.js';

/** Origins that the person or a policy has allowed, as match patterns. */
export async function allowedOrigins(): Promise<string[]> {
  const { origins = [] } = await browser.permissions.getAll();
  return origins.filter((origin) => !origin.startsWith('chrome-extension:') && !origin.startsWith('moz-extension:'));
}

/**
 * Registers the reader for exactly the allowed origins and starts it in pages that are already open.
 * Called when the worker starts and whenever permissions change; doing it twice changes nothing.
 */
export async function registerReaders(): Promise<void> {
  const matches = await allowedOrigins();
  const registered = await browser.scripting.getRegisteredContentScripts({ ids: [scriptId] });
  if (matches.length === 0) {
    if (registered.length > 0) await browser.scripting.unregisterContentScripts({ ids: [scriptId] });
    return;
  }
  const script = { id: scriptId, js: [scriptFile], matches, allFrames: true, matchOriginAsFallback: true, runAt: 'document_idle' as const, persistAcrossSessions: true };
  if (registered.length > 0) await browser.scripting.updateContentScripts([script]);
  else await browser.scripting.registerContentScripts([script]);
}

/** Starts the reader in open tabs of allowed origins; the reader itself refuses to run twice. */
export async function startInOpenTabs(): Promise<void> {
  const matches = await allowedOrigins();
  if (matches.length === 0) return;
  const tabs = await browser.tabs.query({ url: matches });
  await Promise.all(tabs.map(async (tab) => {
    if (tab.id === undefined) return;
    // A tab may be gone or on an error page by now: nothing to start there.
    await browser.scripting.executeScript({ target: { tabId: tab.id, allFrames: true }, files: [scriptFile] }).catch(() => undefined);
  }));
}

/** Is the page in this tab one that Nodi may read? Without permission the browser does not tell its address. */
export async function isAllowed(tab: number): Promise<boolean> {
  const shown = await browser.tabs.get(tab).catch(() => null);
  if (!shown?.url) return false;
  return browser.permissions.contains({ origins: [`${new URL(shown.url).origin}/*`] }).catch(() => false);
}

/** Do highlights inherit in this browser? In Chromium they do; Firefox, whose pages have addresses of their own, needs a rule for every element. */
export const highlightsInherit = !browser.runtime.getURL('').startsWith('moz-extension:');

/** Puts the rules of the marks into one frame: author rules keep their colours in Chromium, and only user rules reach shadow trees in Firefox. */
export async function insertMarkRules(tab: number, frame: number, css: string): Promise<void> {
  for (const origin of highlightsInherit ? ['AUTHOR'] as const : ['AUTHOR', 'USER'] as const) {
    await browser.scripting.insertCSS({ target: { tabId: tab, frameIds: [frame] }, css, origin }).catch(() => undefined);
  }
}
