/** Every entry of the starter sheet, found wherever a record may hold it: read from a real page in Chromium, by the whole sheet. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { starterSheet } from '../../../assets/starter.js';
import { createReader } from '../../../lib/analysis/index.js';
import type { Rule } from '../../../lib/model/rulebook.js';
import { createRulebook } from '../../../lib/rulebook/index.js';
import { bundlePageRooms, openChromium } from '../../harness/chromium-page.js';

const made = createRulebook(starterSheet);
if (!made.ok) throw new Error(JSON.stringify(made.failure.problems.slice(0, 5)));
const rulebook = made.value;
const reader = createReader(rulebook, { noisyOn: 'all' });

/** One line of invented note text, cut at what its entry marks in it. */
interface Placed { readonly rule: Rule; readonly specialty: string | null; readonly before: string; readonly marked: string; readonly after: string; readonly welsh: boolean }

/** The sheet's own examples, each with the words that its entry marks when it is read alone. */
const placed: readonly Placed[] = rulebook.rules.flatMap((rule) => {
  const alone = createReader({ ...rulebook, rules: [rule] }, { noisyOn: 'all' });
  return rule.examples.find.flatMap(({ text, specialty }): Placed[] => {
    const specialist = specialty ?? (rule.appliesTo === 'all' ? null : rule.appliesTo[0] ?? null);
    const [found] = alone.read(text, { specialty: specialist ?? 'unknown' });
    if (!found) return [];
    const { start, end } = found.span;
    return [{ rule, specialty: specialist, before: text.slice(0, start), marked: text.slice(start, end), after: text.slice(end), welsh: /[ŵŷ]|\b(?:yn|yr|wedi|Gwelwyd|heddiw|clinig)\b/.test(text) }];
  });
});

const safe = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
/** Each word cut in two by elements, as editors and older converters leave it. */
const inPieces = (text: string): string => text.split(/(\s+)/).map((word) => (word.length < 2 ? safe(word) : `<span>${safe(word.slice(0, 1))}</span><b>${safe(word.slice(1))}</b>`)).join('');

const contexts: Readonly<Record<string, (place: Placed) => string>> = {
  plain: ({ before, marked, after }) => `<p>${safe(before + marked + after)}</p>`,
  negated: ({ before, marked, after, welsh }) => `<p>${welsh ? 'Dim tystiolaeth o’r canlynol' : 'There is no evidence of'}: ${safe(before + marked + after)}</p>`,
  'across tags': ({ before, marked, after }) => `<p>${safe(before)}${inPieces(marked)}${safe(after)}</p>`,
  'in a table': ({ before, marked, after }) => `<table><tr><td>${safe(before + marked + after)}</td></tr></table>`,
  'in a cluster of symbols': ({ before, marked, after }) => `<p>O/E ↑↑ ++ (${safe(before + marked + after)}) ↓ +/-</p>`,
};

let browser: Browser;
let page: Page;
let script = '';
beforeAll(async () => {
  script = await bundlePageRooms();
  browser = await openChromium();
  page = await browser.newPage();
});
afterAll(() => browser?.close());

describe('the starter sheet in a record', () => {
  it('is found in five contexts each, 99 of 100 places or more', async () => {
    let tried = 0;
    let own = 0;
    const missed: string[] = [];
    for (const [name, write] of Object.entries(contexts)) {
      await page.setContent(`<!doctype html><body>${placed.map((one) => `<article>${write(one)}</article>`).join('')}</body>`);
      await page.addScriptTag({ content: script });
      const texts = await page.evaluate(() => [...document.querySelectorAll('article')].map((holder) => (
        (window as unknown as { nodi: { readRegion: (element: Element, options: object) => { text: string } } }).nodi.readRegion(holder, { excluded: () => false, entersShadow: () => false, openRoot: () => null }).text)));
      placed.forEach(({ rule, specialty, before, marked }, at) => {
        tried += 1;
        const text = texts[at] as string;
        const found = reader.read(text, { specialty: (specialty ?? 'unknown') as never });
        if (found.some((one) => one.rule === rule.id)) own += 1;
        // A longer neighbour of the sheet may stand on the same words: the coder sees them marked, once.
        const start = text.indexOf(marked, text.indexOf(before.trim()));
        if (start < 0 || !found.some(({ span }) => span.start < start + marked.length && span.end > start)) missed.push(`${name}: ${rule.id} ${rule.term}: “${text}”`);
      });
    }
    console.info(`places tried ${tried}, entries ${new Set(placed.map(({ rule }) => rule.id)).size}, found ${(100 * (1 - missed.length / tried)).toFixed(2)} %, by the entry itself ${(100 * own / tried).toFixed(2)} %; missed ${missed.length}`);
    expect(new Set(placed.map(({ rule }) => rule.id)).size).toBe(rulebook.rules.length);
    expect(tried).toBeGreaterThan(rulebook.rules.length * 5);
    expect(missed.length / tried, missed.join('\n')).toBeLessThanOrEqual(0.01);
  });
});
