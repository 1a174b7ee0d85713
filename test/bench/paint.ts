/** From a note shown to its marks painted: ours against the same matches wrapped in elements, and against mark.js. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { starterSheet } from '../../assets/starter.js';
import { createReader } from '../../lib/analysis/index.js';
import { highlightCss } from '../../lib/overlay/mark-rules.js';
import { createRulebook } from '../../lib/rulebook/index.js';
import { bundlePageRooms, openChromium, root } from '../harness/chromium-page.js';
import { median, type Figure } from './figures.js';
import { notesOf, sampleNotes } from './notes.js';
import { watchMainThread } from './page-cost.js';

const sizes = [{ name: '20 KB', size: 20_000, rounds: 9, shows: 10, marks: 1.5, markJs: 3 }, { name: '1 MB', size: 1_000_000, rounds: 5, shows: 1, marks: 4, markJs: 4 }, { name: '2 MB', size: 2_000_000, rounds: 5, shows: 1, marks: 4, markJs: 4 }] as const;

const inPage = `
  window.article = document.getElementById('note');
  window.life = new AbortController(); window.painter = nodi.createPainter(document, 'qqqqqq', life.signal);
  window.readNow = () => nodi.readRegion(article, { excluded: () => false, entersShadow: () => false, openRoot: () => null });
  window.ways = {
    none() {},
    nodi() { const read = readNow(); painter.paint(diagnostics, new Map([['d', read.map]]), new Map([['d', article]])); },
    wrapped() {
      const { map } = readNow(); let next = Infinity;
      for (let at = diagnostics.length - 1; at >= 0; at -= 1) {
        const range = map.rangeOf(diagnostics[at].span);
        if (!range || range.startContainer !== range.endContainer || diagnostics[at].span.end > next) continue;
        next = diagnostics[at].span.start;
        const node = range.startContainer; node.splitText(range.endOffset); const middle = node.splitText(range.startOffset);
        const mark = document.createElement('mark'); middle.replaceWith(mark); mark.append(middle);
      }
    },
    markJs() { new Mark(article).mark(words, { separateWordSearch: false, accuracy: 'exactly', caseSensitive: true }); },
  };
  window.show = (way) => new Promise((done) => {
    painter.clear(); article.innerHTML = html; ways[way]();
    requestAnimationFrame(() => requestAnimationFrame(() => done(0)));
  }); 0`;

/** Figures of painting. The reading of the text is counted; finding the matches, which happens in another process, is not. */
export async function benchPaint(): Promise<readonly Figure[]> {
  const rulebook = createRulebook(starterSheet);
  if (!rulebook.ok) throw new Error('The sheet does not pass its own check');
  const reader = createReader(rulebook.value, { noisyOn: 'all' });
  // The sample record, with every term turned on: as many marks as anyone could meet.
  const from = sampleNotes();
  const rooms = await bundlePageRooms();
  const markJs = readFileSync(join(root, 'node_modules/mark.js/dist/mark.min.js'), 'utf8');
  const browser = await openChromium();
  const figures: Figure[] = [];
  for (const { name, size, rounds, shows, marks, markJs: goal } of sizes) {
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    const escaped = notesOf(size, from).split(/\n+/).map((line) => `<p>${line.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</p>`).join('');
    await page.setContent(`<!doctype html><html lang="en"><title>note</title><style>${highlightCss('qqqqqq', true)}</style><body><article id="note"></article>`);
    for (const content of [rooms, markJs]) await page.addScriptTag({ content });
    await page.evaluate((html) => { Object.assign(window, { html, diagnostics: [], words: [] }); }, escaped);
    await page.evaluate(inPage);
    const text = await page.evaluate('(article.innerHTML = html, readNow().text)') as string;
    const findings = reader.read(text, { specialty: 'unknown' });
    await page.evaluate((given) => { Object.assign(window, given); }, { diagnostics: findings.map((one) => ({ ...one, document: 'd', version: 1 })), words: [...new Set(findings.map(({ span }) => text.slice(span.start, span.end)))] });
    const thread = await watchMainThread(page);
    const times: Record<string, number[]> = { none: [], nodi: [], wrapped: [], markJs: [] };
    for (let round = 0; round <= rounds; round += 1) {
      for (const [way, all] of Object.entries(times)) {
        // Seconds to minutes each: once is enough to tell.
        if (way === 'markJs' && size > 100_000 && round !== 1) continue;
        const took = (await thread.during(async () => { for (let again = 0; again < shows; again += 1) await page.evaluate(`show('${way}')`); })) / shows;
        if (round > 0) all.push(took);
      }
    }
    const of = (way: string): number => median(times[way] as number[]);
    const above = (way: string): number => of(way) - of('none');
    console.info(`paint ${name}: ${findings.length} findings; page alone ${of('none').toFixed(1)} ms, Nodi ${of('nodi').toFixed(1)} ms, wrapped ${of('wrapped').toFixed(1)} ms, mark.js ${of('markJs').toFixed(1)} ms of main-thread CPU, with the page’s own drawing`);
    figures.push(
      { name: `paint: ${name}, wrapped in <mark> against Nodi, above the page’s own drawing`, value: above('wrapped') / above('nodi'), unit: '×', goal: { atLeast: marks } },
      { name: `paint: ${name}, mark.js against Nodi, above the page’s own drawing`, value: above('markJs') / above('nodi'), unit: '×', goal: { atLeast: goal } },
    );
    await page.close();
  }
  await browser.close();
  return figures;
}
