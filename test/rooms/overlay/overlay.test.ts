/** Marks and cards on a real page: what is painted, what is pointed at, and what is left behind. */
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundlePageRooms, openChromium } from '../../harness/chromium-page.js';
import { highlightCss, markName } from '../../../lib/overlay/mark-rules.js';

let browser: Browser;
let page: Page;
let script = '';

beforeAll(async () => {
  script = await bundlePageRooms();
  browser = await openChromium();
  page = await browser.newPage();
});
afterAll(() => browser?.close());

/** Shows a note with `RA` in it `count` times, read and painted as `severity`. */
async function paint({ count = 3, style = '', severity = 'avoid' } = {}): Promise<void> {
  await page.setContent(`<!doctype html><html lang="en"><title>t</title><main id="note" style="${style}">${'<p>Known RA since 2019</p>'.repeat(count)}</main></html>`);
  await page.addScriptTag({ content: script });
  await page.evaluate(`{
    window.life = new AbortController(); window.painter = nodi.createPainter(document, 'q7', nodi.createSurface(document, nodi.cardLook + nodi.fieldLook, life.signal, true), life.signal);
    const place = document.getElementById('note'); const read = nodi.readRegion(place, { excluded: () => false, entersShadow: () => false, openRoot: () => null });
    window.given = [[...read.text.matchAll(/RA/g)].map((match) => ({ rule: 'BM001', severity: '${severity}', kind: 'abbreviation', document: 'd', version: 1, span: { start: match.index, end: match.index + 2 } })), new Map([['d', read.map]]), new Map([['d', place]]), new Map()];
    window.before = document.documentElement.outerHTML; painter.paint(...given); 0 }`);
}
const ask = <Answer,>(expression: string): Promise<Answer> => page.evaluate(expression) as Promise<Answer>;
const registry = '[...CSS.highlights].map(([name, ranges]) => name + ":" + ranges.size)';

test('marks are registered under names without meaning, light or dark by the paper measured, and no node changes', async () => {
  await paint();
  expect(await ask(registry)).toEqual([`${markName('q7', 'avoid', false)}:3`]);
  expect(await ask('before === document.documentElement.outerHTML')).toBe(true);
  await paint({ style: 'background:#111' });
  expect(await ask(registry)).toEqual([`${markName('q7', 'avoid', true)}:3`]);
  expect(highlightCss('q7', true)).not.toMatch(/nodi|avoid|caution/);
  await ask('life.abort()');
  expect(await ask(registry)).toEqual([]);
});

test('paper that turns dark with the desktop has the marks of dark paper', async () => {
  await paint({ style: 'color-scheme: light dark; background: light-dark(#fff, #111)' });
  expect(await ask(registry)).toEqual([`${markName('q7', 'avoid', false)}:3`]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await ask('(async () => { for (let n = 0; n < 3; n += 1) await new Promise((done) => requestAnimationFrame(done)); })()');
  expect(await ask(registry)).toEqual([`${markName('q7', 'avoid', true)}:3`]);
  await page.emulateMedia({ colorScheme: 'light' });
  await ask('life.abort()');
});

test('places of an entry that is tried are lit beside all marks, stand through a repaint, and go with their words, with the patient and at a word', async () => {
  await paint();
  const place = (word: string): string => `(() => { const read = nodi.readRegion(document.getElementById('note'), { excluded: () => false, entersShadow: () => false, openRoot: () => null }); return [...read.text.matchAll(/${word}/g)].map((match) => ({ rule: 'LS001', severity: 'caution', kind: 'word', document: 'd', version: 1, span: { start: match.index, end: match.index + ${word.length} } })); })()`;
  const [marks, lit] = [`${markName('q7', 'avoid', false)}:3`, `${markName('q7', 'current', false)}:3`];
  expect(await ask(`(painter.light(${place('since')}), ${registry})`)).toEqual([marks, lit]);
  // It is no mark to step to or to point at.
  expect(await ask('[painter.marks().length, painter.inView().length]')).toEqual([3, 3]);
  expect(await ask(`(painter.paint(...given), ${registry})`)).toEqual([marks, lit]);
  await ask(`{ const [words] = document.querySelectorAll('p'); const seen = new MutationObserver((records) => painter.reverify(records)); seen.observe(document, { childList: true, characterData: true, subtree: true }); words.firstChild.data = 'Known RA after 2019'; 0 }`);
  expect(await ask(registry)).toContain(`${markName('q7', 'current', false)}:2`);
  expect(await ask(`(painter.light([]), ${registry})`)).not.toContain(`${markName('q7', 'current', false)}:2`);
  await ask(`painter.light(${place('since')})`);
  expect(await ask(`(painter.clear(), ${registry})`)).toEqual([]);
  await ask('life.abort()');
});

test('hidden and shown again by one call', async () => {
  await paint();
  expect(await ask(`(painter.setVisible(false), ${registry})`)).toEqual([]);
  expect(await ask(`(painter.setVisible(true), ${registry}).length`)).toBe(1);
});

test('what the page cleared is painted again when the page scrolls or changes', async () => {
  await paint({ count: 200 });
  const before = await ask<string[]>(registry);
  expect(before).toHaveLength(1);
  expect(await ask(`(CSS.highlights.clear(), painter.reverify([{ type: 'attributes' }]), ${registry})`)).toEqual(before);
  expect(await ask(`(async () => { CSS.highlights.clear(); scrollTo(0, 200); for (let n = 0; n < 4; n += 1) await new Promise((done) => requestAnimationFrame(done)); return ${registry}; })()`)).toHaveLength(1);
});

test('words that changed since they were read are not painted', async () => {
  await paint();
  expect(await ask(`(document.querySelector('p').firstChild.data = 'Known OA since 2019', painter.paint(...given), painter.marks().length)`)).toBe(2);
});

test('a long note registers only what is about the window, and follows it', async () => {
  await paint({ count: 3000 });
  const first = await ask<{ size: number; top: boolean }>('(([, set]) => ({ size: set.size, top: [...set][0].startContainer === document.querySelector("p").firstChild }))([...CSS.highlights][0])');
  expect(first.top).toBe(true);
  expect(first.size).toBeLessThanOrEqual(1000);
  const seen = await ask<boolean>(`(async () => { scrollTo(0, document.body.scrollHeight); for (let n = 0; n < 4; n += 1) await new Promise((done) => requestAnimationFrame(done));
    const last = document.querySelector('p:last-of-type').firstChild; return [...[...CSS.highlights][0][1]].some((range) => range.startContainer === last); })()`);
  expect(seen).toBe(true);
});

test('the words of the code in hand are painted as such, above all but the place just shown, until they are let go', async () => {
  await paint({ severity: 'codable' });
  expect(await ask(registry)).toEqual([`${markName('q7', 'codable', false)}:3`]);
  await ask('painter.hold(given[0].slice(1).map(({ document, version, span }) => ({ document, version, span })))');
  expect(await ask<string[]>(`${registry}.sort()`)).toEqual([`${markName('q7', 'codable', false)}:1`, `${markName('q7', 'evidence', false)}:2`]);
  // Another version of the note, or another note, is not what was meant.
  await ask('painter.hold(given[0].map(({ document, span }) => ({ document, version: 2, span })))');
  expect(await ask(registry)).toEqual([`${markName('q7', 'codable', false)}:3`]);
  await ask('painter.hold(given[0])');
  await ask('painter.paint(...given)');
  expect(await ask(registry)).toEqual([`${markName('q7', 'evidence', false)}:3`]);
  await ask('painter.clear()');
  await ask('painter.paint(...given)');
  expect(await ask(registry)).toEqual([`${markName('q7', 'codable', false)}:3`]);
});

test('a click on marks is told, the loudest first, unless the page uses it; nothing is prevented and the focus stays', async () => {
  await paint();
  await ask(`{
    const place = document.getElementById('note'); place.insertAdjacentHTML('beforeend', '<button>RA</button>');
    const read = nodi.readRegion(place, { excluded: () => false, entersShadow: () => false, openRoot: () => null });
    const at = (severity, match) => ({ rule: 'BM001', severity, kind: 'abbreviation', codes: [], document: 'd', version: 1, span: { start: match.index, end: match.index + 2 } });
    const found = [...read.text.matchAll(/RA/g)];
    painter.paint([...found.map((match) => at('codable', match)), ...found.map((match) => at('conflict', match)), ...found.map((match) => at('use', match))], new Map([['d', read.map]]), new Map([['d', place]]), new Map());
    window.told = []; window.heard = [];
    nodi.watchClicks(document, painter, (hits) => told.push(hits.map(({ mark }) => mark.diagnostic.severity + ' ' + painter.wordsOf(mark)).join(', ')), () => false, life.signal);
    document.querySelector('p:nth-of-type(3)').addEventListener('click', (event) => event.preventDefault());
    addEventListener('click', (event) => heard.push(event.defaultPrevented)); 0 }`);
  const centre = (selector: string, words: string): Promise<{ x: number; y: number }> => ask(`(() => { const node = document.querySelector('${selector}').firstChild; const range = document.createRange(); const at = node.data.indexOf('${words}'); range.setStart(node, at); range.setEnd(node, at + 2); const box = range.getBoundingClientRect(); return { x: box.x + box.width / 2, y: box.y + box.height / 2 }; })()`);
  for (const [selector, words] of [['p', 'RA'], ['p', 'Kn'], ['button', 'RA'], ['p:nth-of-type(3)', 'RA']] as const) { const { x, y } = await centre(selector, words); await page.mouse.click(x, y); }
  expect(await ask('told')).toEqual(['conflict RA, codable RA, use RA']);
  expect(await ask('heard')).toEqual([false, false, false, true]);
  await page.keyboard.down('Control');
  const { x, y } = await centre('p', 'RA');
  await page.mouse.click(x, y);
  await page.keyboard.up('Control');
  expect(await ask<string[]>('told')).toHaveLength(1);
  // The caret in a word, and words that are drawn over.
  expect(await ask(`(() => { const node = document.querySelector('p').firstChild; getSelection().collapse(node, node.data.indexOf('RA') + 1); return nodi.marksAround(painter.marks(), getSelection()).map(({ diagnostic }) => diagnostic.severity); })()`)).toEqual(['conflict', 'codable', 'use']);
  expect(await ask(`(getSelection().selectAllChildren(document.querySelector('p')), nodi.marksAround(painter.marks(), getSelection()).length)`)).toBe(3);
  expect(await ask(`(getSelection().collapse(document.querySelector('p').firstChild, 0), nodi.marksAround(painter.marks(), getSelection()).length)`)).toBe(0);
  await ask('life.abort()');
});

test('good terms are not painted in forced colours', async () => {
  await page.emulateMedia({ forcedColors: 'active' });
  await paint({ severity: 'use' });
  expect(await ask(registry)).toEqual([]);
  await paint();
  expect(await ask<string[]>(registry)).toHaveLength(1);
  await page.emulateMedia({ forcedColors: 'none' });
});

for (const locale of ['en-GB', 'cy'] as const) {
  test(`the card speaks ${locale}, has no button, is sound for a screen reader, and leaves the page as it was`, async () => {
    await paint();
    await ask(`{ window.host = nodi.createCardHost(document, nodi.createSurface(document, nodi.cardLook, life.signal, true));
      const text = { en: { short: 's', why: 'Three meanings', instead: ['rheumatoid arthritis'] }, cy: { short: 's', why: 'Tri ystyr', instead: ['arthritis gwynegol'] } };
      host.show({ rule: 'BM001', term: 'RA', kind: 'abbreviation', verdict: 'avoid', text, translation: 'draft', source: { en: 'Local', cy: 'Lleol' } }, 'e1', 'RA', document.querySelector('p').getBoundingClientRect(), { locale: '${locale}', use: 'Use', caution: 'Caution', avoid: 'Avoid', instead: 'Write instead', actInPanel: 'Act in the panel', draft: 'draft' }, true); 0 }`);
    const inside = await ask<{ words: string; buttons: number; hosts: number }>('(() => { const host = document.documentElement.lastElementChild; return { words: host.shadowRoot.querySelector("section").textContent, buttons: host.shadowRoot.querySelectorAll("button,a,input").length, hosts: document.documentElement.children.length }; })()');
    expect(inside.words).toContain(locale === 'cy' ? 'arthritis gwynegol' : 'rheumatoid arthritis');
    expect(inside.buttons).toBe(0);
    expect(inside.hosts).toBe(3);
    await page.addScriptTag({ content: axe.source });
    const faults = await ask<string[]>('axe.run(document.documentElement.lastElementChild).then(({ violations }) => violations.map(({ id }) => id))');
    expect(faults.filter((id) => id !== 'region')).toEqual([]);
    await ask('(host.hide(), 0)');
    expect(await ask('document.documentElement.children.length')).toBe(2);
  });
}

test('a pointer that rests on a mark finds it, and one that rests beside it finds nothing', async () => {
  await paint();
  await ask(`{ window.found = []; nodi.watchPointer(document, painter, (hit) => found.push(hit ? hit.mark.diagnostic.span.start : null), () => false, life.signal); 0 }`);
  const box = await ask<{ x: number; y: number }>('(() => { const [{ x, y }] = painter.boxesOf(painter.marks()[0]); return { x, y }; })()');
  await page.mouse.move(box.x + 2, box.y + 5);
  await page.waitForFunction('found.length === 1');
  await page.mouse.move(600, 500);
  await page.waitForFunction('found.length === 2');
  expect(await ask('found')).toEqual([6, null]);
});

test('words of a form field are marked on the surface, follow its scrolling and size, and go when the field holds others', async () => {
  await page.setContent('<!doctype html><html lang="en"><title>t</title><textarea id="note" style="width:300px;height:60px;font:16px/20px serif;padding:5px;border:3px solid"></textarea><input id="line" style="width:200px;font:14px serif"></html>');
  await page.addScriptTag({ content: script });
  await ask(`{
    window.life = new AbortController(); window.painter = nodi.createPainter(document, 'q7', nodi.createSurface(document, nodi.cardLook + nodi.fieldLook, life.signal, true), life.signal);
    note.value = 'Known RA since 2019.\\n' + 'Nothing else to say of it. '.repeat(20) + 'Again RA here.'; line.value = 'RA';
    const of = (id, field) => [...field.value.matchAll(/RA/g)].map((match) => ({ rule: 'BM001', severity: 'avoid', kind: 'abbreviation', document: id, version: 1, span: { start: match.index, end: match.index + 2 } }));
    window.all = [...of('n', note), ...of('l', line)];
    window.fields = () => new Map([['n', { place: note, text: note.value }], ['l', { place: line, text: line.value }]]);
    painter.paint(all, new Map(), new Map(), fields());
    window.boxes = () => painter.inView().map((mark) => painter.boxesOf(mark).map(({ left, top, width, height }) => ({ left, top, width, height })));
    window.frames = async () => { for (let n = 0; n < 3; n += 1) await new Promise((done) => requestAnimationFrame(done)); }; 0 }`);
  interface Box { readonly left: number; readonly top: number; readonly width: number; readonly height: number }
  const start = await ask<Box[][]>('boxes()');
  const field = await ask<Box>('(({ left, top, width, height }) => ({ left, top, width, height }))(note.getBoundingClientRect())');
  expect(start.map((one) => one.length)).toEqual([1, 0, 1]);
  // The first words of the field: after border and padding, on the first line.
  expect(start[0]?.[0]?.top).toBeCloseTo(field.top + 3 + 5, -1);
  expect(start[0]?.[0]?.left).toBeGreaterThan(field.left + 8 + 20);
  await ask('(note.scrollTop = 1000, frames())');
  expect((await ask<Box[][]>('boxes()')).map((one) => one.length)).toEqual([0, 1, 1]);
  await ask(`(note.scrollTop = 0, note.style.height = '600px', frames())`);
  expect((await ask<Box[][]>('boxes()')).map((one) => one.length)).toEqual([1, 1, 1]);
  expect(await ask('document.querySelectorAll("html > div").length')).toBe(1);
  expect(await ask('document.querySelector("html > div").shadowRoot.textContent.includes("Known")')).toBe(false);
  await ask(`(note.value = 'Another patient', painter.reverify([{ type: 'childList', target: document.body }]))`);
  expect(await ask('painter.inView().length')).toBe(1);
  await ask('life.abort()');
  expect(await ask('document.documentElement.children.length')).toBe(2);
});

test('a page that takes the surface or the marks away again and again is left alone, and that is said', async () => {
  await paint();
  const told = await ask<{ surface: number; marks: number; hosts: number }>(`(async () => {
    const life = new AbortController(); const told = { surface: 0, marks: 0, hosts: 0 };
    const surface = nodi.createSurface(document, '', life.signal, true, () => { told.surface += 1; });
    surface.put(document.createElement('p'));
    for (let n = 0; n < 12; n += 1) { document.documentElement.lastElementChild.localName === 'div' && document.documentElement.lastElementChild.remove(); await new Promise((done) => setTimeout(done)); }
    told.hosts = document.querySelectorAll('html > div').length;
    const painter = nodi.createPainter(document, 'q8', surface, life.signal, () => { told.marks += 1; });
    painter.paint(...given);
    for (let n = 0; n < 40; n += 1) { CSS.highlights.clear(); painter.reverify([{ type: 'attributes' }]); }
    return told;
  })()`);
  expect(told).toEqual({ surface: 1, marks: 1, hosts: 0 });
});
