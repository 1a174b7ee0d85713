/** From a note that is shown to its first mark, and what the reader does when nothing happens. */
import type { CDPSession } from 'playwright-core';
import { demonstrationCopy, launchChromium } from '../harness/browser.mjs';
import { until, wordsPainted } from '../harness/sample-record.js';
import { servePages, vendorPages } from '../harness/vendor-pages.js';
import { median, type Figure } from './figures.js';
import { notesOf, sampleNotes } from './notes.js';

const rounds = 25;

/** Milliseconds of the page's main thread over five seconds without an event. */
async function idle(thread: CDPSession): Promise<number> {
  const spent = async (): Promise<number> => (await thread.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? NaN;
  const before = await spent();
  await new Promise((done) => { setTimeout(done, 5000); });
  return (await spent() - before) * 1000;
}

/** The built extension on a page of another vendor's kind, warm. */
export async function benchShown(): Promise<readonly Figure[]> {
  const extension = demonstrationCopy();
  const [browser, site] = await Promise.all([launchChromium({ extension }), servePages()]);
  const own = await browser.page('options.html');
  await own.evaluate((adapters) => (globalThis as unknown as { chrome: { runtime: { sendMessage: (message: object) => Promise<unknown> } } }).chrome.runtime.sendMessage({ nodi: 1, name: 'panel.change-settings', ask: { adapters } }), vendorPages().map((page) => page.adapter));
  const page = await browser.context.newPage();
  await page.goto(`${site.url}/quill/page.html`);
  await until(() => page.evaluate(wordsPainted), (words) => words.length > 0);
  const note = notesOf(20_000, sampleNotes());
  const times = await page.evaluate(async ({ text, count }) => {
    const place = document.getElementById('earlier') as HTMLElement;
    const taken: number[] = [];
    for (let round = 0; round < count; round += 1) {
      place.replaceChildren();
      // Long enough for the empty page to be read, so that each round begins the same.
      await new Promise((done) => setTimeout(done, 400));
      const article = document.createElement('article');
      article.append(...text.split('\n').map((line) => { const part = document.createElement('p'); part.textContent = `${line} ${round}`; return part; }));
      const started = performance.now();
      place.append(article);
      for (;;) {
        await new Promise((done) => requestAnimationFrame(done));
        const marked = [...CSS.highlights.values()].some((highlight) => [...(highlight as unknown as Iterable<StaticRange>)].some((one) => article.contains(one.startContainer)));
        if (marked || performance.now() - started > 3000) break;
      }
      taken.push(performance.now() - started);
    }
    return taken;
  }, { text: note, count: rounds });
  const thread = await browser.context.newCDPSession(page);
  await thread.send('Performance.enable');
  const resting = await idle(thread);
  await browser.close();
  await site.close();
  return [
    { name: `shown: 20 KB note to first mark, median of ${times.length}`, value: median(times), unit: 'ms', goal: { atMost: 100 } },
    { name: 'shown: script on the page’s main thread in 5 s without an event', value: resting, unit: 'ms', goal: { atMost: 0.5 } },
  ];
}
