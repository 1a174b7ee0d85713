/** The rooms that touch the page, in a real Chromium: what is read, what is said not to be read, and what is painted. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundlePageRooms, openChromium } from '../../harness/chromium-page.js';

let browser: Browser;
let page: Page;
let script = '';

beforeAll(async () => {
  script = await bundlePageRooms();
  browser = await openChromium();
  page = await browser.newPage();
});
afterAll(() => browser?.close());

/** Shows a page and starts a reader in it, whose pieces the test's own script reaches as `reader`. */
async function show(body: string): Promise<void> {
  await page.setContent(`<!doctype html><body>${body}</body>`);
  await page.addScriptTag({ content: script });
  await page.addScriptTag({ content: `
    window.shutRoots = new WeakMap();
    window.options = { page: document, adapter: nodi.createDeclarativeAdapter(nodi.shippedAdapters[0]), reader: 'r', tab: 1, frame: 0, top: true,
      fingerprint: nodi.createFingerprint('00'.repeat(32)), openRoot: (element) => shutRoots.get(element) ?? element.shadowRoot, languageOf: () => 'en', versions: new Map() };
    window.readNow = () => nodi.takeSnapshot(options, 1);
    window.texts = () => readNow().snapshot.documents.map(({ text, channel }) => channel + ':' + text);
    window.gaps = () => readNow().snapshot.coverage.gaps.map(({ kind, count }) => kind + ':' + count);
    window.subject = () => { const read = readNow().snapshot.subject; return read.kind === 'unknown' ? read.reason : read.kind === 'two' ? 'two' : read.subject.lastDigits; };` });
}
const banner = (number = '999 000 0018', attributes = ''): string => `<section data-region="patient-banner" ${attributes}><b data-field="name">PRICE, Nia (Mrs)</b> <span data-field="nhs-number">${number}</span></section>`;
const note = (body: string, attributes = ''): string => `<article data-region="document" data-document-id="d1" data-document-kind="clinic-letter" ${attributes}>${body}</article>`;
const ask = <Answer,>(expression: string): Promise<Answer> => page.evaluate(expression) as Promise<Answer>;

test('each way in which a page holds a note is read as a person reads it', async () => {
  const situations: readonly (readonly [string, string, string])[] = [
    ['table cells and rows', '<table><tr><td>RA</td><td>yes</td></tr><tr><td>OA</td><td>no</td></tr></table>', 'text:RA\tyes\n\nOA\tno'],
    ['line breaks', 'one<br>two<p>three</p>four', 'text:one\ntwo\n\nthree\n\nfour'],
    ['words in pieces', '<p>pneu<b>mon</b>ia</p>', 'text:pneumonia'],
    ['hidden words', '<p>seen</p><p style="display:none">x</p><p style="visibility:hidden">y</p><p style="opacity:0">z</p><p style="position:absolute;width:1px;height:1px;overflow:hidden">s</p>', 'text:seen'],
    ['decision support', '<p>seen</p><aside data-role="decision-support">Pulmonary embolism: low</aside>', 'text:seen'],
    ['closed section', '<details><summary>Plan</summary>bare <p>inside</p></details>', 'text:Plan'],
    ['editor', '<div contenteditable>draft words</div>', 'draft:draft words'],
    ['field', '<textarea readonly>in a field</textarea>', 'field:in a field'],
    ['form that hides properties', '<form><input type="hidden" name="childNodes"><input type="hidden" name="nodeType"><input type="hidden" name="getAttribute"><p>form words</p></form>', 'text:form words'],
    ['Welsh and symbols', '<p>Dim tystiolaeth o ↑ BP, ?PE ŵŷ 😀 end</p>', 'text:Dim tystiolaeth o ↑ BP, ?PE ŵŷ 😀 end'],
    ['line breaks kept', '<pre>a\nb</pre>', 'text:a\nb'],
  ];
  const wrong: string[] = [];
  for (const [name, body, expected] of situations) {
    await show(banner() + note(body));
    const [got] = await ask<string[]>('texts().map((text) => text.replace(/ +(?=\\n|\\t|$)/g, ""))');
    if (got !== expected) wrong.push(`${name}: ${JSON.stringify(got)}`);
  }
  console.log(`tried ${situations.length} situations, bad ${wrong.length}`);
  expect(wrong).toEqual([]);
});

test('open and closed shadow roots are read, with what their slots show', async () => {
  await show(banner() + note('<letter-card id="open">slotted</letter-card><sealed-letter id="shut"></sealed-letter>'));
  await ask(`{ document.getElementById('open').attachShadow({ mode: 'open' }).innerHTML = '<p>open <slot></slot></p>';
    const shut = document.getElementById('shut'); const root = shut.attachShadow({ mode: 'closed' }); root.innerHTML = '<p>sealed words</p>'; shutRoots.set(shut, root); 0 }`);
  expect(await ask('texts()')).toEqual(['text:open slotted\n\nsealed words']);
});

test('banner and note inside shadow roots are found by a selector that goes through them', async () => {
  await show('<portal-app id="app"></portal-app>');
  await ask(`{ const root = document.getElementById('app').attachShadow({ mode: 'closed' }); shutRoots.set(document.getElementById('app'), root);
    root.innerHTML = ${JSON.stringify(banner() + '<note-view></note-view>')}; root.querySelector('note-view').attachShadow({ mode: 'open' }).innerHTML = ${JSON.stringify(note('words in two roots'))};
    const shipped = nodi.shippedAdapters[0];
    options.adapter = nodi.createDeclarativeAdapter({ ...shipped, banner: { ...shipped.banner, region: ['portal-app >>> [data-region="patient-banner"]'] },
      notes: [{ ...shipped.notes[0], region: 'portal-app >>> note-view >>> article' }] }, options.openRoot); 0 }`);
  expect(await ask('[subject(), ...texts()]')).toEqual(['018', 'text:words in two roots']);
});

test('a note in a frame is of the episode that the page about it shows', async () => {
  await show(`${banner()}<dl><dd data-field="specialty">Neurology</dd></dl><iframe id="f" style="width:400px;height:200px" srcdoc='${note('in the frame')}'></iframe>`);
  await page.waitForFunction(`document.getElementById('f').contentDocument?.querySelector('article')`);
  expect(await ask('(options.page = document.getElementById("f").contentDocument, readNow().snapshot.episode.specialty)')).toBe('Neurology');
});

test('no phrase is read across two blocks, and one may go over a line of the same block', async () => {
  await show(banner() + note('<p>cannot</p><p>exclude</p><table><tr><td>cannot</td><td>exclude</td></tr></table><ul><li>cannot</li><li>exclude</li></ul><pre>cannot\nexclude\n\ncannot</pre>'));
  const [text] = await ask<string[]>('texts()');
  expect(text).toBe('text:cannot\n\nexclude\n\ncannot\texclude\n\ncannot\n\nexclude\n\ncannot\nexclude\n\ncannot');
});

test('the patient is known only when one is', async () => {
  const cases: readonly (readonly [string, string])[] = [
    [banner() + note('x'), '018'], [note('x'), 'no-banner'], [banner('') + note('x'), 'no-identifier'],
    [banner() + banner('999 000 0026') + note('x'), 'two'], [banner() + banner('999 000 0026', 'hidden') + note('x'), '018'],
    [banner() + note('<span data-field="document-nhs-number">999 000 0026</span>'), 'disagree'], [banner() + note('<span data-field="document-nhs-number">9990000018</span>'), '018'],
  ];
  for (const [body, expected] of cases) { await show(body); expect(await ask('subject()'), body).toBe(expected); }
});

test('a note in a frame belongs to the banner about it; a hidden frame is not read', async () => {
  for (const [style, expected] of [['', ['text:in the frame']], ['display:none', []]] as const) {
    await show(`${banner()}<iframe id="f" style="width:400px;height:200px;${style}" srcdoc='${note('in the frame')}'></iframe>`);
    await page.waitForFunction(`document.getElementById('f').contentDocument?.querySelector('article')`);
    expect(await ask('(options.page = document.getElementById("f").contentDocument, texts())')).toEqual(expected);
    expect(await ask('nodi.addressOf(options.page) === nodi.addressOf(document)')).toBe(true);
    if (style === '') expect(await ask('subject()')).toBe('018'); else expect(await ask('gaps()')).toContain('hidden-frame:1');
  }
});

test('what was not read is said', async () => {
  await show(banner() + note('<p>a</p><canvas width="300" height="100"></canvas><details><summary>s</summary>x</details><iframe sandbox srcdoc="y" width="200"></iframe><embed type="application/pdf" src="x.pdf" width="200" height="200"><table aria-rowcount="500"><tr><td>1</td></tr></table>'));
  expect((await ask<string[]>('gaps()')).sort()).toEqual(['canvas:1', 'collapsed:1', 'no-permission:1', 'not-yet-shown:499', 'plugin:1']);
});

test('a version grows only with its text', async () => {
  await show(banner() + note('<p id="p">one</p>'));
  expect(await ask(`[readNow(), readNow(), (document.getElementById('p').firstChild.data = 'two', readNow())].map((read) => read.snapshot.documents[0].version)`)).toEqual([1, 1, 2]);
});

test('every span of a text is found in the page with the same words', async () => {
  await show(banner() + note(Array.from({ length: 60 }, (_, at) => `<p>Line ${at} of <b>RA</b> and <i>?P</i>E\n ŵ<br>then 😀</p><table><tr><td>a${at}</td><td>b</td></tr></table>`).join('')));
  const { tried, bad } = await ask<{ tried: number; bad: number }>(`(() => {
    const { snapshot, maps } = readNow(); const { text, id } = snapshot.documents[0]; const map = maps.get(id); let seed = 7, tried = 0, bad = 0;
    const next = (below) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
    for (let n = 0; n < 5000; n += 1) {
      const start = next(text.length), end = Math.min(text.length, start + 1 + next(30)); const span = { start, end };
      const range = map.toRange(span); if (!range) continue; tried += 1;
      const squeeze = (words) => words.replace(/\\s/g, '');
      if (squeeze(range.toString()) !== squeeze(text.slice(start, end)) || map.liveText(span) !== map.readText(span)) bad += 1;
      const back = map.spanAt(range.startContainer, range.startOffset); if (!back || back.start !== start) bad += 1;
    }
    return { tried, bad };
  })()`);
  console.log(`tried ${tried} spans, bad ${bad}`);
  expect(tried).toBeGreaterThan(3000);
  expect(bad).toBe(0);
});

test('recycled rows never keep a mark on other words, and the page is the same before and after', async () => {
  await show(banner() + note('<ul id="list">' + '<li>Row with RA here</li>'.repeat(20) + '</ul>'));
  const result = await ask<{ tried: number; bad: number; painted: number; same: boolean; left: number }>(`(() => {
    const life = new AbortController(); const painter = nodi.createPainter(document, 'q7', life.signal);
    const diagnose = (document) => [...document.text.matchAll(/RA/g)].map((match) => ({ rule: 'BM001', severity: 'avoid', kind: 'abbreviation', document: document.id, version: document.version, span: { start: match.index, end: match.index + 2 } }));
    const paint = () => { const read = readNow(); painter.paint(read.snapshot.documents.flatMap(diagnose), read.maps, read.regions); };
    const before = document.documentElement.outerHTML; paint(); const painted = painter.marks().length; const same = before === document.documentElement.outerHTML;
    const watch = new MutationObserver(() => {}); watch.observe(document, { subtree: true, childList: true, characterData: true });
    const rows = document.getElementById('list').children; let tried = 0, bad = 0;
    for (let n = 0; n < 1000; n += 1) {
      const row = rows[n % rows.length]; const words = n % 3 ? 'A line without' : 'RA at the start';
      if (n % 2) row.firstChild.data = words; else row.textContent = words;
      painter.reverify(watch.takeRecords()); tried += 1;
      for (const [name, highlight] of CSS.highlights) for (const range of highlight) if (!range.startContainer.isConnected || range.startContainer.data.slice(range.startOffset, range.endOffset) !== 'RA') bad += 1;
      if (n % 7 === 0) paint();
    }
    life.abort(); return { tried, bad, painted, same, left: CSS.highlights.size };
  })()`);
  console.log(`tried ${result.tried} recyclings, bad ${result.bad}`);
  expect(result).toEqual({ tried: 1000, bad: 0, painted: 20, same: true, left: 0 });
});

test('late text is read soon, once for many changes, and nothing is left when the watch ends', async () => {
  await show(banner() + note('<p id="p">a</p>'));
  const result = await ask<{ reads: number; signs: number; after: number }>(`(async () => {
    const life = new AbortController(); let reads = 0, signs = 0, told; const first = new Promise((done) => { told = done; });
    nodi.watchPage(document, { onSign: () => { signs += 1; }, onRecords: () => {}, onRead: () => { reads += 1; told(); return 1; }, concerns: () => true }, life.signal);
    for (let n = 0; n < 200; n += 1) document.getElementById('p').append('late ');
    await first; const during = { reads, signs: Math.min(signs, 1) }; life.abort();
    document.getElementById('p').append('more'); await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return { ...during, after: reads };
  })()`);
  expect(result).toEqual({ reads: 1, signs: 1, after: 1 });
});

test('what ticks beside the record is not read, what changes in it is', async () => {
  await show(banner() + note('<p id="p">a</p>') + '<span id="clock">1</span>');
  const result = await ask<number[]>(`(async () => {
    const life = new AbortController(); let reads = 0, told = () => {}; const counts = [];
    nodi.watchPage(document, { onSign: () => {}, onRecords: () => {}, concerns: options.adapter.concerns, onRead: () => { reads += 1; told(); return 1; } }, life.signal);
    const frames = async (count) => { for (let n = 0; n < count; n += 1) await new Promise((done) => requestAnimationFrame(done)); };
    for (let n = 0; n < 20; n += 1) { document.getElementById('clock').firstChild.data = String(n); await frames(1); } await frames(10); counts.push(reads);
    const first = new Promise((done) => { told = done; }); document.getElementById('p').firstChild.data = 'b'; await first; counts.push(reads);
    const second = new Promise((done) => { told = done; }); document.getElementById('clock').append(document.createElement('b')); await second; counts.push(reads);
    life.abort(); return counts;
  })()`);
  expect(result).toEqual([0, 1, 2]);
});

test('a description of a page is checked with a message for each fault', async () => {
  await show('');
  expect(await ask('nodi.checkAdapter(nodi.shippedAdapters[0]).ok')).toBe(true);
  expect(await ask('nodi.checkAdapter({ ...nodi.shippedAdapters[0], id: "Not good", notes: [] }).failure.faults.map((fault) => fault.path)')).toEqual(['id', 'notes']);
});

test('a page that nobody described has a patient only where one NHS number is in view', async () => {
  for (const [body, expected] of [['<p>NHS No 999 000 0018</p><p>note</p>', '018'], ['<p>note</p>', 'no-banner'], ['<p>999 000 0018</p><p>999 000 0026</p>', 'no-identifier']] as const) {
    await show(body);
    expect(await ask('(options.adapter = nodi.genericAdapter, subject())'), body).toBe(expected);
  }
});
