/** What Nodi adds to the page's own work: keys, changes, and a note drawn again. With and without the built extension, in turn. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { demonstrationCopy, launchChromium } from '../harness/browser.mjs';
import { root } from '../harness/chromium-page.js';
import { serveDemo } from '../harness/serve.mjs';
import { until } from '../harness/sample-record.js';
import { median, type Figure } from './figures.js';
import { notesOf, sampleNotes } from './notes.js';
import { watchMainThread } from './page-cost.js';

const sizes = [{ name: '20 KB', size: 20_000, goal: 1.5 }, { name: '1 MB', size: 1_000_000, goal: 1.3 }, { name: '2 MB', size: 2_000_000, goal: 1.3 }] as const;
const rounds = 5;
const keys = 40;
const changes = 40;

/** Opens a record and puts a long note, a field and a clock beside its letters. */
export async function openPage(page: Page, url: string, size: number, isMarked: boolean): Promise<void> {
  // The TypeScript runner names functions by a helper of its own, which the page does not have.
  await page.addInitScript('globalThis.__name ??= (of) => of');
  await page.goto(`${url}#/patient/p01`);
  await page.waitForSelector('html[data-ready]');
  await page.evaluate((text) => {
    const make = (words: string): HTMLParagraphElement => { const line = document.createElement('p'); line.textContent = words; return line; };
    const article = document.createElement('article');
    article.dataset['region'] = 'document';
    article.dataset['documentId'] = 'bench';
    article.append(...text.split(/\n+/).map(make));
    const small = document.createElement('article');
    small.dataset['region'] = 'document';
    small.dataset['documentId'] = 'again';
    small.id = 'again';
    const field = document.createElement('input');
    field.id = 'field';
    const clock = document.createElement('span');
    clock.id = 'clock';
    clock.textContent = '0';
    document.getElementById('documents')?.prepend(field, clock, small, article);
    (window as unknown as { drawAgain: () => number }).drawAgain = () => {
      const before = performance.now();
      small.replaceChildren(...text.slice(0, 20_000).split(/\n+/).map(make));
      small.getBoundingClientRect();
      return performance.now() - before;
    };
    (window as unknown as { drawAgain: () => number }).drawAgain();
  }, notesOf(size, sampleNotes()));
  if (isMarked) await until(() => page.evaluate(() => [...CSS.highlights.values()].reduce((sum, highlight) => sum + highlight.size, 0)), (count) => count > 20, 30_000);
  await page.bringToFront();
  await page.focus('#field');
}

/** Milliseconds of CPU a key and a change, and the page's own time for drawing a note again. */
async function measure(page: Page): Promise<{ readonly key: number; readonly change: number; readonly again: number }> {
  const thread = await watchMainThread(page);
  const frames = (act: string): string => `(async () => { for (let at = 0; at < ${changes}; at += 1) { ${act}; await new Promise((done) => requestAnimationFrame(() => setTimeout(done))); } })()`;
  const key = await thread.during(async () => {
    // Each key has a frame of its own, as when a person types.
    for (let at = 0; at < keys; at += 1) { await page.keyboard.press('a'); await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))'); }
  });
  const change = await thread.during(async () => { await page.evaluate(frames("document.getElementById('clock').firstChild.data = String(at)")); });
  const again = await page.evaluate(`(async () => { const took = []; for (let at = 0; at < 15; at += 1) { took.push(drawAgain()); await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30))); } return took.sort((a, b) => a - b)[7]; })()`) as number;
  return { key: key / keys, change: change / changes, again };
}

/** Figures of what the page pays, as ratios of with to without. */
export async function benchPage(): Promise<readonly Figure[]> {
  const site = await serveDemo({ root: join(root, 'assets/demo') });
  const figures: Figure[] = [];
  const bare = await launchChromium({});
  const marked = await launchChromium({ extension: demonstrationCopy() });
  for (const { name, size, goal } of sizes) {
    const without = await bare.context.newPage();
    const withNodi = await marked.context.newPage();
    await openPage(without, site.url, size, false);
    await openPage(withNodi, site.url, size, true);
    const ratios: Record<'key' | 'change' | 'again', number[]> = { key: [], change: [], again: [] };
    for (let round = 0; round <= rounds; round += 1) {
      await without.bringToFront();
      const a = await measure(without);
      await withNodi.bringToFront();
      const b = await measure(withNodi);
      if (round === 0) continue;
      for (const what of ['key', 'change', 'again'] as const) ratios[what].push(b[what] / a[what]);
      console.info(`page ${name}: a key ${a.key.toFixed(2)} ms → ${b.key.toFixed(2)}, a change ${a.change.toFixed(2)} → ${b.change.toFixed(2)}, a note again ${a.again.toFixed(2)} → ${b.again.toFixed(2)}`);
    }
    figures.push(
      { name: `page: ${name}, main-thread CPU a keystroke, with to without`, value: median(ratios.key), unit: '×', goal: { atMost: goal } },
      { name: `page: ${name}, main-thread CPU a change of the page, with to without`, value: median(ratios.change), unit: '×', goal: { atMost: goal } },
      { name: `page: ${name}, the page drawing a note again, with to without`, value: median(ratios.again), unit: '×', goal: { atMost: 1.1 } },
    );
    await without.close();
    await withNodi.close();
  }
  await bare.close();
  await marked.close();
  await site.close();
  return figures;
}
