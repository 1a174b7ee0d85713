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

const sizes = [{ name: '20 KB', size: 20_000, rounds: 5, shows: 10, marks: 1.5, markJs: 3 }, { name: '1 MB', size: 1_000_000, rounds: 5, shows: 1, marks: 4, markJs: 4 }, { name: '2 MB', size: 2_000_000, rounds: 5, shows: 1, marks: 4, markJs: 4 }] as const;

const inPage = `
  window.article = document.getElementById('note');
  window.life = new AbortController(); window.painter = nodi.createPainter(document, 'qqqqqq', nodi.createSurface(document, nodi.cardLook + nodi.fieldLook, life.signal, true), life.signal);
  window.readNow = () => nodi.readRegion(article, { excluded: () => false, entersShadow: () => false, openRoot: () => null });
  window.ways = {
    none() {},
    nodi() { const read = readNow(); painter.paint(diagnostics, new Map([['d', read.map]]), new Map([['d', article]]), new Map()); },
    wrapped() {
      const { map } = readNow(); let next = Infinity;
      for (let at = diagnostics.length - 1; at >= 0; at -= 1) {
        const [range] = map.rangesOf(diagnostics[at].span);
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
    const html = notesOf(size, from).split(/\n+/).map((line) => `<p>${line.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</p>`).join('');
    let given: object = {};
    let findings = 0;
    /** A page of its own for each way and round: what one way leaves behind would be another's to clear up. */
    const once = async (way: string): Promise<number> => {
      const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
      await page.setContent(`<!doctype html><html lang="en"><title>note</title><style>${highlightCss('qqqqqq', true)}</style><body><article id="note"></article>`);
      for (const content of [rooms, markJs]) await page.addScriptTag({ content });
      await page.evaluate((all) => { Object.assign(window, all); }, { html, diagnostics: [], words: [], ...given });
      await page.evaluate(inPage);
      if (findings === 0) {
        const text = await page.evaluate('(article.innerHTML = html, readNow().text)') as string;
        const found = reader.read(text, { specialty: 'unknown' });
        findings = found.length;
        given = { diagnostics: found.map((one) => ({ ...one, document: 'd', version: 1 })), words: [...new Set(found.map(({ span }) => text.slice(span.start, span.end)))] };
        await page.evaluate((all) => { Object.assign(window, all); }, given);
      }
      const thread = await watchMainThread(page);
      // The way is warm, as it is after the first note of the day.
      if (size < 100_000) for (let again = 0; again < 3; again += 1) await page.evaluate(`show('${way}')`);
      const took = await thread.during(async () => { for (let again = 0; again < shows; again += 1) await page.evaluate(`show('${way}')`); });
      await page.close();
      return took / shows;
    };
    const times: Record<string, number[]> = { none: [], nodi: [], wrapped: [], markJs: [] };
    for (let round = 0; round < rounds; round += 1) {
      // Seconds to minutes each for mark.js on a long note: once is enough to tell.
      for (const [way, all] of Object.entries(times)) if (way !== 'markJs' || size < 100_000 || round === 0) all.push(await once(way));
    }
    const of = (way: string): number => median(times[way] as number[]);
    const above = (way: string): number => of(way) - of('none');
    console.info(`paint ${name}: ${findings} findings; page alone ${of('none').toFixed(1)} ms, Nodi ${of('nodi').toFixed(1)} ms, wrapped ${of('wrapped').toFixed(1)} ms, mark.js ${of('markJs').toFixed(1)} ms of main-thread CPU, with the page’s own drawing`);
    figures.push(
      { name: `paint: ${name}, wrapped in <mark> against Nodi, above the page’s own drawing`, value: above('wrapped') / above('nodi'), unit: '×', goal: { atLeast: marks } },
      { name: `paint: ${name}, mark.js against Nodi, above the page’s own drawing`, value: above('markJs') / above('nodi'), unit: '×', goal: { atLeast: goal } },
    );
  }
  await browser.close();
  return figures;
}
