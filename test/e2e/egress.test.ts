/** Nothing leaves the browser: every request of a session goes through a proxy that writes it down, with Nodi and without. */
import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { launchChromium } from '../harness/browser.mjs';
import { root } from '../harness/chromium-page.js';
import { openSampleRecord, until, type Portal } from '../harness/sample-record.js';
import { serveDemo } from '../harness/serve.mjs';

interface Proxy { readonly port: number; readonly seen: string[]; readonly close: () => Promise<void> }

/** A proxy that forwards to loopback, refuses the rest, and keeps the address, headers and body of each request. */
async function startProxy(): Promise<Proxy> {
  const seen: string[] = [];
  const server = createServer((incoming, answer) => {
    const url = new URL(incoming.url ?? '/', 'http://unknown');
    const body: Buffer[] = [];
    incoming.on('data', (part: Buffer) => body.push(part));
    incoming.on('end', () => {
      seen.push(`${incoming.method} ${url.href} ${JSON.stringify(incoming.headers)} ${Buffer.concat(body).toString('utf8')}`);
      if (url.hostname !== '127.0.0.1') { answer.writeHead(502); answer.end(); return; }
      const forwarded = ask({ host: url.hostname, port: url.port, path: url.pathname + url.search, method: incoming.method }, (reply) => { answer.writeHead(reply.statusCode ?? 502, reply.headers); reply.pipe(answer); });
      forwarded.on('error', () => { answer.writeHead(502); answer.end(); });
      forwarded.end();
    });
  });
  server.on('connect', (incoming, socket) => { seen.push(`CONNECT ${incoming.url ?? ''}`); socket.end('HTTP/1.1 502 Refused\r\n\r\n'); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { port: (server.address() as AddressInfo).port, seen, close: () => new Promise((done) => { server.closeAllConnections(); server.close(() => done()); }) };
}

const patients = ['p01', 'o02', 'n01', 'n02', 'm01', 'r02', 'p02'];
const through = (proxy: Proxy): readonly string[] => [`--proxy-server=http://127.0.0.1:${proxy.port}`, '--proxy-bypass-list=<-loopback>'];
/** The sample's port is another each time. */
const named = (seen: readonly string[], site: string): string[] => seen.map((one) => one.split(' ').slice(0, 2).join(' ').replace(site, 'http://sample/'));

function listen(context: BrowserContext): string[] {
  const said: string[] = [];
  context.on('console', (line) => said.push(line.text()));
  context.on('weberror', (error) => said.push(String(error.error())));
  return said;
}
async function walk(page: Page, after: (id: string) => Promise<void>): Promise<void> {
  for (const id of patients) {
    await page.evaluate((wanted) => (window as unknown as { portal: Portal }).portal.open(wanted), id);
    await page.waitForFunction(() => [...document.querySelectorAll<HTMLIFrameElement>('#documents iframe, #recent iframe')].every((frame) => frame.contentDocument?.querySelector('iframe')?.contentDocument?.querySelector('article')));
    await after(id);
  }
}

describe('a session with everything done', () => {
  it('asks the network for nothing, and leaves no word of a patient in console, titles or storage', async () => {
    const control = await startProxy();
    const site = await serveDemo({ root: join(root, 'assets/demo') });
    const bare = await launchChromium({ args: through(control) });
    const page = await bare.context.newPage();
    await page.goto(`${site.url}#/patient/p01`);
    await page.waitForSelector('html[data-ready]');
    await walk(page, () => Promise.resolve());
    await bare.close();
    await site.close();

    const proxy = await startProxy();
    const sample = await openSampleRecord({ args: through(proxy) });
    const said = listen(sample.browser.context);
    await until(sample.painted, (words) => words.length > 0);
    let logged = 0;
    await walk(sample.page, async () => {
      await until(() => sample.panel.innerText('body'), (text) => /\d+/.test(text));
      const log = sample.panel.getByRole('button', { name: /^Log for/ }).first();
      if (await log.count() > 0 && await log.click({ timeout: 2000 }).then(() => true, () => false)) logged += 1;
    });
    await until(async () => (await sample.rows()).length, (count) => count > 0);
    await sample.panel.keyboard.press('Control+z');
    await sample.ask('panel.change-settings', { locale: 'cy' });
    for (const path of ['options.html', 'dashboard.html']) await until(() => sample.browser.page(path).then((one) => one.innerText('body')), (text) => text.length > 50);
    await sample.ask('panel.change-settings', { locale: 'en-GB' });

    const banners = await sample.page.evaluate(async () => {
      const files = ['first', 'ophthalmology', 'neurology', 'rheumatology', 'medicine'];
      const all = await Promise.all(files.map((name) => fetch(`patients/${name}.json`).then((answer) => answer.json() as Promise<{ id: string; name: string; nhs: string; hospital: string; marker: string }[]>)));
      return all.flat();
    });
    const secrets = banners.filter(({ id }) => patients.includes(id)).flatMap(({ name, nhs, hospital, marker }) => [name.split(',')[0] ?? name, nhs, nhs.replace(/ /g, ''), hospital, marker]);
    const storage = await sample.panel.evaluate(async () => JSON.stringify([await (globalThis as unknown as { chrome: { storage: { local: { get: (key: null) => Promise<object> } } } }).chrome.storage.local.get(null), Object.entries(localStorage)]));
    const rows = JSON.stringify(await sample.rows());
    const titles = await Promise.all(sample.browser.context.pages().filter((one) => one.url().startsWith('chrome-extension:')).map((one) => one.title()));
    const seen = [...proxy.seen];
    await sample.close();

    const allowed = new Set(named(control.seen, site.url));
    const hosts = new Set([...allowed].map((one) => one.split(' ')[1]?.replace(/^https?:\/\//, '').split(/[/:]/)[0]));
    // What the browser itself asks for differs from run to run only in its paths; the sample's own files are asked for by the page.
    const extra = named(seen, sample.url).filter((one) => !allowed.has(one) && !hosts.has(one.split(' ')[1]?.replace(/^https?:\/\//, '').split(/[/:]/)[0]));
    const sampleFiles = new Set([...allowed].filter((one) => one.includes('http://sample/')));
    const strangers = named(seen, sample.url).filter((one) => one.includes('http://sample/') && !sampleFiles.has(one));
    console.info(`requests: with Nodi ${seen.length}, without ${control.seen.length}, by Nodi ${extra.length + strangers.length}; rows logged ${logged}; places searched ${4 + titles.length}, patient words tried ${secrets.length}`);
    expect(extra).toEqual([]);
    expect(strangers).toEqual([]);
    expect(control.seen.length).toBeGreaterThan(20);
    expect(logged).toBeGreaterThan(2);
    const places: readonly (readonly [string, string])[] = [['requests', seen.filter((one) => !one.includes(sample.url)).join('\n')], ['console', said.join('\n')], ['storage', storage], ['log', rows], ['titles', titles.join('\n')]];
    const found = places.flatMap(([place, text]) => secrets.filter((secret) => text.toLowerCase().includes(secret.toLowerCase())).map((secret) => `${place}: ${secret}`));
    expect(found).toEqual([]);
    await proxy.close();
    await control.close();
  });
});
