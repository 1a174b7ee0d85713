/** Main-thread CPU of a page, by the browser's own count. */
import type { CDPSession, Page } from 'playwright-core';

/** Milliseconds of CPU (thread ticks, so that a busy machine does not count) that the page's main thread spends while something is done. */
export interface MainThread { readonly during: (act: () => Promise<void>) => Promise<number>; readonly heap: () => Promise<number> }

export async function watchMainThread(page: Page): Promise<MainThread> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const metric = async (name: string): Promise<number> => (await session.send('Performance.getMetrics')).metrics.find((one) => one.name === name)?.value ?? NaN;
  return {
    async during(act) {
      const before = await metric('TaskDuration');
      await act();
      return ((await metric('TaskDuration')) - before) * 1000;
    },
    async heap() {
      for (let again = 0; again < 3; again += 1) await session.send('HeapProfiler.collectGarbage');
      return metric('JSHeapUsedSize');
    },
  };
}
