/** A guest at someone's workplace: the page with the extension is, byte for byte, the page without it. */
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { demonstrationCopy, launchChromium } from '../harness/browser.mjs';
import { root } from '../harness/chromium-page.js';
import { until, type Portal } from '../harness/sample-record.js';
import { serveDemo } from '../harness/serve.mjs';

interface Watched { readonly records: string[]; readonly keys: string[]; readonly roots: Node[]; readonly globals: Set<string> }

/** Runs in every frame before its own scripts: writes down each change of the page, and what became of each key. */
function watchEverything(): void {
  const watched: Watched = { records: [], keys: [], roots: [], globals: new Set(Object.getOwnPropertyNames(window)) };
  (window as unknown as { watched: Watched }).watched = watched;
  const name = (node: Node): string => (node instanceof Element ? `${node.localName}#${node.id}` : `${node.nodeName} ${node.nodeValue ?? ''}`);
  const observer = new MutationObserver((records) => {
    for (const { type, target, attributeName, addedNodes, removedNodes, oldValue } of records) {
      watched.records.push(`${type} ${name(target)} ${attributeName ?? ''} +${[...addedNodes].map(name).join()} -${[...removedNodes].map(name).join()} ${oldValue ?? ''}`);
    }
  });
  const observe = (node: Node): void => observer.observe(node, { subtree: true, childList: true, attributes: true, characterData: true, attributeOldValue: true, characterDataOldValue: true });
  observe(document);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function attachWatched(options) { const made = attach.call(this, options); watched.roots.push(made); observe(made); return made; };
  for (const kind of ['keydown', 'keyup']) addEventListener(kind, (event) => { watched.keys.push(`${kind} ${(event as KeyboardEvent).key} ${event.defaultPrevented}`); });
}

/** Everything of a frame that a person or the page's own script could notice. */
function stateOf(): Record<string, unknown> {
  const { watched } = window as unknown as { watched: Watched };
  const all = [...document.querySelectorAll('*')];
  const path = (node: Node | null): string => (node?.parentNode ? `${path(node.parentNode)}/${[...node.parentNode.childNodes].indexOf(node as ChildNode)}` : '');
  const selection = getSelection();
  return {
    html: document.documentElement.outerHTML,
    shadows: watched.roots.map((made) => (made as ShadowRoot).innerHTML),
    values: all.flatMap((one) => ('value' in one ? [`${path(one)} ${String(one.value)} ${'checked' in one ? String(one.checked) : ''}`] : [])),
    focus: path(document.activeElement), focused: document.hasFocus(),
    selection: selection ? `${path(selection.anchorNode)}:${selection.anchorOffset} ${path(selection.focusNode)}:${selection.focusOffset} ${selection.toString()}` : '',
    scrolled: [`${scrollX} ${scrollY}`, ...all.flatMap((one) => (one.scrollTop || one.scrollLeft ? [`${path(one)} ${one.scrollTop} ${one.scrollLeft}`] : []))],
    height: document.documentElement.scrollHeight, sheets: document.styleSheets.length, adopted: document.adoptedStyleSheets.length,
    title: document.title, address: location.href, history: history.length, name: window.name,
    stored: JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    globals: Object.getOwnPropertyNames(window).filter((one) => !watched.globals.has(one)).sort(),
    keys: [...watched.keys], records: [...watched.records],
  };
}

const marksIn = (frame: Frame): Promise<number> => frame.evaluate(() => [...CSS.highlights.values()].reduce((sum, one) => sum + one.size, 0)).catch(() => 0);
const marks = async (page: Page): Promise<number> => (await Promise.all(page.frames().map(marksIn))).reduce((sum, one) => sum + one, 0);
const portal = (page: Page, call: keyof Portal, ...words: unknown[]): Promise<unknown> =>
  page.evaluate(([name, given]) => (window as unknown as { portal: Record<string, (...all: unknown[]) => unknown> }).portal[name as string]?.(...(given as unknown[])), [call, words] as const);

/** What a coder does at the record; `marked` says that the reader has something to mark after the step. */
const steps: readonly { readonly name: string; readonly marked: boolean; readonly act: (page: Page) => Promise<unknown> }[] = [
  { name: 'worklist', marked: false, act: (page) => page.fill('#find', 'pa') },
  { name: 'a record', marked: true, act: (page) => portal(page, 'open', 'p01') },
  { name: 'scroll and focus', marked: true, act: (page) => page.evaluate(() => { document.getElementById('work')?.scrollTo(0, 60); document.getElementById('language')?.focus(); }) },
  { name: 'selection', marked: true, act: (page) => page.evaluate(() => getSelection()?.selectAllChildren(document.querySelector('#documents p') ?? document.body)) },
  { name: 'keys', marked: true, act: async (page) => { for (const key of ['Tab', 'ArrowDown', 'Escape', 'F8', 'l', 'd', '?', '/', 'Alt+;']) await page.keyboard.press(key); } },
  { name: 'another record', marked: true, act: (page) => portal(page, 'open', 'p02') },
  { name: 'another in the same elements', marked: true, act: (page) => portal(page, 'open', 'p01', { inPlace: true }) },
  { name: 'late banner', marked: true, act: async (page) => { await portal(page, 'open', 'p02', { bannerAfter: 120 }); await page.waitForFunction(() => !document.querySelector('#banner .wait')); } },
  { name: 'recent tab', marked: false, act: (page) => portal(page, 'tab', 'recent') },
  { name: 'language', marked: true, act: (page) => page.click('#language') },
  { name: 'worklist again', marked: false, act: (page) => page.click('#menu-worklist') },
];

async function walk(page: Page, url: string, extended: boolean): Promise<{ readonly states: Record<string, unknown>[]; readonly marked: number }> {
  await page.addInitScript(watchEverything);
  await page.goto(url);
  await page.waitForFunction(() => document.documentElement.dataset['ready'] === 'yes');
  const states: Record<string, unknown>[] = [];
  let marked = 0;
  for (const step of steps) {
    await step.act(page);
    await page.waitForFunction(() => [...document.querySelectorAll('iframe')].every((frame) => frame.contentDocument === null || frame.contentDocument.readyState === 'complete'));
    if (extended && step.marked) { await until(() => marks(page), (count) => count > 0, 30_000); marked += 1; }
    // Two frames on, all that answers a change has answered.
    await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(() => done(null))); }));
    states.push({ step: step.name, frames: await Promise.all(page.frames().map((frame) => frame.evaluate(stateOf))) });
  }
  return { states, marked };
}

describe('a guest', () => {
  it('changes nothing that the page or its person could notice, and puts at most one element beside the page', async () => {
    const site = await serveDemo({ root: join(root, 'assets/demo') });
    try {
      const alone = await launchChromium({});
      const control = await walk(await alone.context.newPage(), site.url, false).finally(alone.close);
      const browser = await launchChromium({ extension: demonstrationCopy(process.env['NODI_EXTENSION']) });
      try {
        const page = await browser.context.newPage();
        const visited = await walk(page, site.url, true);
        let bytes = 0;
        let records = 0;
        const differ: string[] = [];
        for (const [index, state] of visited.states.entries()) {
          const before = control.states[index];
          const [now, then] = [state, before].map((one) => (one?.['frames'] ?? []) as Record<string, unknown>[]);
          if (now?.length !== then?.length) differ.push(`${String(state['step'])}: frames`);
          for (const [place, frame] of (now ?? []).entries()) {
            bytes += String(frame['html']).length;
            if (index === visited.states.length - 1) records += (frame['records'] as string[]).length;
            for (const key of Object.keys(frame)) if (JSON.stringify(frame[key]) !== JSON.stringify(then?.[place]?.[key])) differ.push(`${String(state['step'])}, frame ${place}: ${key}`);
          }
        }
        console.info(`steps ${visited.states.length}, steps with marks ${visited.marked}, bytes of page compared ${bytes}, mutation records ${records}, differences ${differ.length}`);
        expect(differ).toEqual([]);
        expect(visited.states.length).toBe(steps.length);
        expect(visited.marked).toBe(steps.filter((step) => step.marked).length);
        expect(bytes).toBeGreaterThan(50_000);
        expect(records).toBeGreaterThan(50);
        await onlyOneHost(page);
      } finally { await browser.close(); }
    } finally { await site.close(); }
  });
});

/** With the pointer on every mark in turn there is one element more at most, outside the body; without it, none. */
async function onlyOneHost(page: Page): Promise<void> {
  await portal(page, 'open', 'p01');
  await until(() => marks(page), (count) => count > 0);
  const body = await page.evaluate(() => document.body.outerHTML);
  const places = await page.evaluate(() => [...CSS.highlights.values()].flatMap((one) => [...(one as unknown as Iterable<StaticRange>)].map((range) => {
    const live = document.createRange();
    live.setStart(range.startContainer, range.startOffset);
    live.setEnd(range.endContainer, range.endOffset);
    const box = live.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  })).filter(({ y }) => y > 120 && y < innerHeight - 10));
  let cards = 0;
  for (const { x, y } of places.slice(0, 8)) {
    await page.mouse.move(x, y);
    await until(() => page.evaluate(() => document.documentElement.children.length), (count) => count === 3);
    cards += 1;
    expect(await page.evaluate(() => document.body.outerHTML)).toBe(body);
    await page.mouse.move(2, 2);
    await until(() => page.evaluate(() => document.documentElement.children.length), (count) => count === 2);
  }
  console.info(`marks pointed at ${cards}, hosts at most 1`);
  expect(cards).toBeGreaterThan(2);
}
