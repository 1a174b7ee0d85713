import type { BrowserContext, Page } from 'playwright-core';

export interface RunningBrowser { readonly context: BrowserContext; readonly id: string; readonly profile: string; readonly page: (path: string) => Promise<Page>; readonly close: () => Promise<void> }
export function demonstrationCopy(built?: string): string;
export function launchChromium(options: { readonly extension?: string; readonly headless?: boolean; readonly profile?: string; readonly keepProfile?: boolean; readonly bfcache?: boolean; /** Further switches for the browser. */ readonly args?: readonly string[]; readonly viewport?: { readonly width: number; readonly height: number }; readonly colorScheme?: 'light' | 'dark' | null; readonly forcedColors?: 'active' | 'none' | null }): Promise<RunningBrowser>;
