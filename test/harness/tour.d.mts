import type { RunningBrowser } from './browser.mjs';

export function tour(options: { readonly browser: RunningBrowser; readonly site: { readonly url: string }; readonly pictures: string }): Promise<boolean>;
