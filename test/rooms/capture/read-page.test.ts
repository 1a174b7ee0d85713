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
      fingerprint: nodi.createFingerprint('00'.repeat(32)), openRoot: (element) => shutRoots.get(element) ?? element.shadowRoot, languageOf: () => 'en', versions: new Map(), rows: new Map(), lent: () => null, interfering: () => false };
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
  expect((await ask<string[]>('gaps()')).sort()).toEqual(['canvas:1', 'collapsed:1', 'not-yet-shown:499', 'plugin:1']);
  expect(await ask('readNow().snapshot.beside')).toEqual([0]);
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
      const [place] = map.rangesOf(span); if (!place) continue; tried += 1; const range = document.createRange(); range.setStart(place.startContainer, place.startOffset); range.setEnd(place.endContainer, place.endOffset);
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
    const life = new AbortController(); const painter = nodi.createPainter(document, 'q7', nodi.createSurface(document, '', life.signal, true), life.signal);
    const diagnose = (document) => [...document.text.matchAll(/RA/g)].map((match) => ({ rule: 'BM001', severity: 'avoid', kind: 'abbreviation', document: document.id, version: document.version, span: { start: match.index, end: match.index + 2 } }));
    const paint = () => { const read = readNow(); painter.paint(read.snapshot.documents.flatMap(diagnose), read.maps, read.regions, new Map()); };
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
    nodi.watchPage(document, { onSign: () => { signs += 1; }, onRecords: () => {}, onRead: () => { reads += 1; told(); return 1; }, holdsFields: () => false, concerns: () => true }, life.signal);
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
    nodi.watchPage(document, { onSign: () => {}, onRecords: () => {}, holdsFields: () => false, concerns: options.adapter.concerns, onRead: () => { reads += 1; told(); return 1; } }, life.signal);
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

const taught = (definition: object, body: string): Promise<void> => show(body).then(() => ask(`{ options.adapter = nodi.createDeclarativeAdapter(${JSON.stringify({
  id: 'taught', version: 1, name: 'Taught', matches: ['http://x/*'], banner: { region: ['#banner'], identifier: [{ label: ['NHS No', 'Rhif GIG'] }], name: [{ label: ['Name'] }] }, episode: {}, notes: [{ region: '.note', kind: 'other' }], exclude: [], ...definition,
})}); 0 }`));

test.each([
  ['cells of a row', '<table id="banner"><tr><th>NHS No:</th><td>999 000 0018</td><th>Name</th><td>PRICE, Nia</td></tr></table>'],
  ['headings over cells', '<table id="banner"><thead><tr><th>Name</th><th>NHS No</th></tr></thead><tbody><tr><td>PRICE, Nia</td><td>999 000 0018</td></tr></tbody></table>'],
  ['a list of definitions, in Welsh', '<dl id="banner"><dt>Name</dt><dd>PRICE, Nia</dd><dt>Rhif GIG</dt><dd>999 000 0018</dd></dl>'],
  ['labels of fields', '<form id="banner"><label for="a">Name</label><input id="a" value="PRICE, Nia"><label>NHS No <input id="b" value="999 000 0018"></label></form>'],
  ['labels and fields in boxes of their own', '<div id="banner"><span><label for="a">Name</label><input id="a" value="PRICE, Nia"></span><span><label for="b">NHS No</label><input id="b" value="999 000 0018"></span><span><label for="c">Ward</label><input id="c" value="7"></span></div>'],
  ['a field that names itself', '<form id="banner"><input aria-label="Name" value="PRICE, Nia"><input aria-label="NHS No" value="999 000 0018"></form>'],
  ['a bold word before its value', '<div id="banner"><span><b>Name:</b> PRICE, Nia</span><div><b>NHS No:</b> 999 000 0018</div></div>'],
  ['one run of words', '<div id="banner"><p>Name: PRICE, Nia</p><p>NHS No: 999 000 0018</p></div>'],
  ['boxes beside each other', '<div id="banner"><div><div><span>Name</span></div><div>PRICE, Nia</div></div><div><span>NHS No</span><span>999 000 0018</span></div></div>'],
])('a value is found beside its label: %s', async (_, body) => {
  await taught({}, `${body}<p class="note">x</p>`);
  expect(await ask('subject()')).toBe('018');
  expect(await ask('readNow().snapshot.subject.subject.initials')).toBe('N P');
});

test('each note of a timeline has its own date, author and episode, the nearest that stands before it', async () => {
  const before = (selector: string): object[] => [{ selector, from: 'text', place: 'before' }];
  await taught({ notes: [{ region: '.note', kind: 'other', date: before('h3'), author: before('.by'), episode: [{ selector: '.ep', from: 'text' }] }] },
    '<div id="banner">NHS No: 999 000 0018</div><h3>12 Tachwedd 2026</h3><i class="by">Registrar</i><div class="note"><b class="ep">E1</b> one</div><h3>3 Nov 2026</h3><i class="by">Consultant</i><div class="note"><b class="ep">E2</b> two</div>');
  expect(await ask('readNow().snapshot.documents.map(({ date, author, episode }) => [date, author, episode])')).toEqual([['2026-11-12', 'Registrar', 'E1'], ['2026-11-03', 'Consultant', 'E2']]);
});

test('a description that no longer fits names the part, and a region that is the whole page is not read', async () => {
  await taught({ episode: { consultant: [{ selector: '.gone', from: 'text' }] }, notes: [{ region: '.note', kind: 'other', title: [{ selector: 'h9', from: 'text' }] }] }, '<div id="banner">NHS No: 999 000 0018</div><p class="note">x</p>');
  const missing = 'readNow().snapshot.coverage.parts.filter((one) => !one.found).map((one) => one.part + (one.tooWide ? "!" : ""))';
  expect(await ask(missing)).toEqual(['name', 'consultant', 'title']);
  for (const region of ['body', '#all', '*']) {
    await taught({ notes: [{ region, kind: 'other' }], banner: { region: ['#banner'], identifier: [{ label: ['NHS No'] }], name: [] } }, '<div id="all"><div id="banner">NHS No: 999 000 0018</div></div>');
    expect(await ask('texts()')).toEqual(region === '*' ? expect.anything() : []);
    if (region !== '*') expect(await ask(missing)).toEqual(['notes!']);
  }
});

test('rows that were shown are kept in order while the patient is on screen, and only those in the page have a place', async () => {
  await taught({ notes: [{ region: '#list', kind: 'other', rows: 'li' }] }, '<div id="banner">NHS No: 999 000 0018</div><ul id="list" aria-rowcount="100"></ul>');
  const rows = (from: number, to: number): string => `{ list.innerHTML = Array.from({ length: ${to - from} }, (_, at) => '<li aria-rowindex="' + (at + ${from}) + '">entry ' + (at + ${from}) + ' RA</li>').join(''); 0 }`;
  await ask(rows(11, 21));
  expect(await ask('gaps()')).toEqual(['not-yet-shown:90']);
  await ask(rows(1, 15));
  const read = await ask<{ text: string; placed: number; tried: number; bad: number }>(`(() => {
    const { snapshot, maps } = readNow(); const [{ text, id }] = snapshot.documents; let placed = 0, tried = 0, bad = 0;
    for (const match of text.matchAll(/entry \\d+ RA/g)) { tried += 1; const [range] = maps.get(id).rangesOf({ start: match.index, end: match.index + match[0].length }); if (range) { placed += 1; if (range.startContainer.data.slice(range.startOffset, range.endOffset) !== match[0]) bad += 1; } }
    return { text, placed, tried, bad };
  })()`);
  expect(read.text.match(/\d+/g)).toEqual(Array.from({ length: 20 }, (_, at) => String(at + 1)));
  expect(read).toMatchObject({ placed: 14, tried: 20, bad: 0 });
  expect(await ask('gaps()')).toEqual(['not-yet-shown:80']);
});

test('a page of a PDF is read by the places of its words: columns, spaces, labels and values, paragraphs', async () => {
  const at = (x: number, y: number, words: string, width?: number): string => `<span style="position:absolute;white-space:pre;left:${x}px;top:${y}px;font:12px/14px monospace;${width ? `width:${width}px;` : ''}">${words}</span>`;
  const line = (x: number, y: number, words: string): string => words.split(' ').map((word, index, all) => at(x + all.slice(0, index).join(' ').length * 7.2 + (index > 0 ? 7.2 : 0), y, word)).join('');
  const left = ['The first column goes down', 'the page on its left side', 'and ends with ?TIA here now', 'as a last full line of it.'];
  const right = ['The second column is read', 'after it and not across it', 'with history of CVA in the', 'middle of its last lines.'];
  const drawn = line(20, 10, 'A heading over both of the columns of the letter that is wide') + left.map((words, index) => line(20, 50 + index * 16, words) + line(300, 50 + index * 16, right[index] as string)).join('')
    + line(20, 150, 'Name') + line(150, 150, 'Price') + line(20, 166, 'Ward') + line(150, 166, 'Seven') + line(20, 182, 'Bed') + line(150, 182, 'Two');
  await taught({}, `<div id="banner">NHS No: 999 000 0018</div><div class="note"><div class="textLayer" style="position:relative;height:300px;width:600px">${drawn}</div></div>`);
  expect(await ask('texts()')).toEqual([`text:A heading over both of the columns of the letter that is wide\n\n${left.join('\n')}\n\n${right.join('\n')}\n\nName\tPrice\nWard\tSeven\nBed\tTwo`]);
  expect(await ask(`(() => { const { snapshot, maps } = readNow(); const [{ text, id }] = snapshot.documents; const start = text.indexOf('history of CVA'); return maps.get(id).rangesOf({ start, end: start + 14 }).map((range) => range.startContainer.data.slice(range.startOffset, range.endOffset)); })()`)).toEqual(['history', 'of', 'CVA']);
});

test('a row that stood in the page under another patient is theirs until its words change, though nobody was named between', async () => {
  await taught({ notes: [{ region: '#list', kind: 'other', rows: 'li' }] }, '<div id="banner">NHS No: 999 000 0018</div><ul id="list"><li data-id="1">first of A</li><li data-id="2">second of A</li></ul>');
  const on = (number: string): Promise<unknown> => ask(`{ banner.textContent = '${number}'; for (const rows of options.rows.values()) nodi.forgetRows(rows); readNow(); 0 }`);
  expect(await ask('texts()')).toEqual(['text:first of A\n\nsecond of A']);
  await on('');
  await on('NHS No: 999 331 0476');
  expect(await ask('[texts(), gaps()]')).toEqual([[], ['unconfirmed:2']]);
  await ask(`{ list.firstChild.textContent = 'first of B'; 0 }`);
  expect(await ask('[texts(), gaps()]')).toEqual([['text:first of B'], ['unconfirmed:1']]);
  // Back to the first patient, whose row it is.
  await on('');
  await on('NHS No: 999 000 0018');
  expect(await ask('[texts(), gaps()]')).toEqual([['text:second of A'], ['unconfirmed:1']]);
});
