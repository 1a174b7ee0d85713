import type { Browser, Page } from 'puppeteer-core';

export interface RunningFirefox { readonly browser: Browser; readonly page: (path: string) => Promise<Page>; readonly close: () => Promise<void> }
export function launchFirefox(executablePath: string): Promise<RunningFirefox>;
