/** The log goes to a board's FHIR server in a real Chromium: TLS, the real engine behind it, replies dropped after commit, the server and the browser killed. What the server then holds is what the log says, once each. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page, Worker } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultSettings } from '../../lib/model/settings.js';
import { mergeStatements, type SharedStatement } from '../../lib/model/shared-statement.js';
import { leavingFigures } from '../../lib/reports/index.js';
import { defaultFhirNames } from '../../lib/sync/fhir-bundle.js';
import { figuresBundle, type MeasureReport } from '../../lib/sync/figures-bundle.js';
import { readStatementBundle } from '../../lib/sync/read-statement-bundle.js';
import { violations } from '../harness/axe.js';
import { launchChromium, type RunningBrowser } from '../harness/browser.mjs';
import { chanceFrom } from '../harness/chance.js';
import { root } from '../harness/chromium-page.js';
import { buryBrowser, killBrowser } from '../harness/kill-browser.js';
import { changePolicy, copyUnderPolicy } from '../harness/policy-copy.js';
import { until } from '../harness/sample-record.js';
import { selfSigned } from '../reference-coder/self-signed.js';
import { capabilityStatement } from '../rooms/sync/capability-statement.js';
import { startFhirEngine, type FhirEngine } from '../rooms/sync/fhir-engine.js';
import { writtenLog } from '../rooms/sync/written-log.js';

/** `2/5`: a fifth of the rows and the kills, for a machine that others use too. */
const parts = Number((process.env['NODI_PART'] ?? '1/1').split('/')[1]);
const isLong = process.env['NODI_LONG'] === '1';
const rowCount = isLong ? Math.ceil(5000 / parts) : 260;
const killsOfServer = isLong ? Math.ceil(50 / parts) : 2;
const killsOfBrowser = isLong ? Math.ceil(50 / parts) : 2;
const host = 'fhir.nodi.example';
const origin = `https://${host}`;
const policy = { fhirServer: { origin, path: '/fhir/R4' } };
const token = 'e2e-TOKEN.abc123';
const pictures = join(root, '.cache/sending');
const profile = mkdtempSync(join(tmpdir(), 'nodi-sending-'));
const built = join(root, '.cache/sending-build');
const folders = [profile, built];
const tls = selfSigned(host);

let engine: FhirEngine;
let store: Server;
let front: ChildProcess | null = null;
let port = 0;
let isOver = false;
const counts = { requests: 0, dropped: 0, servers: 0, browsers: 0, unauthorised: 0 };
const seen: { readonly method: string; readonly path: string; readonly authorization: string | undefined }[] = [];
/** Whatever is killed is killed in mid-request, before or after its commit. */
let isRough = false;

async function startFront(): Promise<void> {
  const child = spawn(process.execPath, ['test/rooms/sync/fault-proxy.mjs', `http://127.0.0.1:${(store.address() as AddressInfo).port}/`, String(port)], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODI_KEY: tls.key, NODI_CERT: tls.cert } });
  front = child;
  child.on('exit', () => { if (!isOver) void startFront(); });
  const [line] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]) as [unknown];
  if (port === 0) port = Number(String(line).trim());
}

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  const done = spawnSync(process.execPath, ['node_modules/wxt/bin/wxt.mjs', 'build', '-b', 'chrome', '--mv3'], { cwd: root, encoding: 'utf8', env: { ...process.env, NODI_CODER_ORIGINS: origin, NODI_OUT: '.cache/sending-build' } });
  if (done.status !== 0) throw new Error(done.stderr.slice(-2_000) || done.stdout.slice(-2_000));
  engine = await startFhirEngine({ isLarge: true });
  const chance = chanceFrom(7);
  store = createServer((request, response) => {
    const body: Buffer[] = [];
    request.on('data', (part: Buffer) => body.push(part));
    request.on('end', () => void (async () => {
      const { method = '', url = '', headers: { authorization } } = request;
      seen.push({ method, path: url, authorization });
      if (method === 'GET') { response.writeHead(200).end(JSON.stringify(capabilityStatement())); return; }
      if (authorization !== `Bearer ${token}`) { counts.unauthorised += 1; response.writeHead(401).end(); return; }
      counts.requests += 1;
      const isAt = isRough && counts.requests % 2 === 0;
      const isBefore = chance() < 0.5;
      const kill = (): void => {
        if (!isAt) return;
        if (counts.requests % 4 === 0 && counts.browsers < killsOfBrowser) { if (killBrowser(profile) > 0) counts.browsers += 1; }
        else if (counts.servers < killsOfServer && front?.kill('SIGKILL')) counts.servers += 1;
      };
      if (isBefore) kill();
      const answer = await engine.reply(JSON.parse(Buffer.concat(body).toString('utf8')) as object);
      if (!isBefore) kill();
      const isDropped = isRough && chance() < 0.3;
      if (isDropped) counts.dropped += 1;
      response.writeHead(200, isDropped ? { 'x-drop': '1' } : {}).end(JSON.stringify(answer));
    })().catch((error: unknown) => { response.writeHead(500).end(String(error)); }));
  }).listen(0, '127.0.0.1');
  await once(store, 'listening');
  await startFront();
});
afterAll(async () => {
  isOver = true;
  front?.kill('SIGKILL');
  store?.close();
  killBrowser(profile);
  await buryBrowser(profile).catch(() => undefined);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

const open = (extension: string): Promise<RunningBrowser> => launchChromium({ extension, profile, keepProfile: true, args: [`--host-resolver-rules=MAP ${host} 127.0.0.1:${port}`, '--ignore-certificate-errors'] });
const ask = <Answer>(page: Page, name: string, question: unknown): Promise<Answer> => page.evaluate(([named, asked]) => (window as unknown as { chrome: { runtime: { sendMessage: (message: object) => Promise<unknown> } } }).chrome.runtime.sendMessage({ nodi: 1, name: named, ask: asked }), [name, question] as const) as Promise<Answer>;
const told = (page: Page): Promise<string> => page.locator('.sending').innerText();

/** What the server holds, as another machine would read it, and how many resources that is. */
async function held(): Promise<{ readonly statements: readonly SharedStatement[]; readonly resources: number }> {
  const resources = (await Promise.all(['DetectedIssue', 'Task', 'Communication'].map((type) => engine.all(type)))).flat();
  const read = readStatementBundle(JSON.stringify({ resourceType: 'Bundle', entry: resources.map((resource) => ({ resource })) }), defaultFhirNames);
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  return { statements: read.value, resources: resources.length };
}

/** The monthly figures that the server holds, in order of months, without what it adds itself. */
async function figuresHeld(): Promise<readonly object[]> {
  const all = await engine.all('MeasureReport') as (MeasureReport & { readonly id?: string; readonly meta?: object })[];
  return all.map(({ id: _, meta: __, ...report }) => report).sort((a, b) => (a.period.start < b.period.start ? -1 : 1));
}

let browser: RunningBrowser;
let page: Page;
let worker: Worker;
const scenes: string[] = [];
async function look(name: string): Promise<void> {
  for (const locale of ['cy', 'en-GB'] as const) {
    await ask(page, 'panel.change-settings', { locale });
    await page.reload();
    await until(() => page.evaluate(() => document.documentElement.lang), (lang) => lang === locale);
    await page.locator('.sending').waitFor();
    scenes.push(...(await violations(page)).map((one) => `${name} ${locale}: ${one}`));
    await page.locator('.sending').screenshot({ path: join(pictures, `${name}-${locale}.png`) });
  }
}

describe('sending the log to the health board’s server', () => {
  it(`leaves nothing out and nothing twice: ${rowCount} rows, replies dropped, server killed ${killsOfServer} times, browser ${killsOfBrowser}`, async () => {
    const started = performance.now();
    const extension = copyUnderPolicy(join(built, 'chrome-mv3'), policy);
    folders.push(extension);
    // In two whole months, and not so long ago that it would pass out of retention.
    const { log, machine, says } = await writtenLog(rowCount, 9, Date.now() - 63 * 86_400_000);
    const totals = await log.totals();
    const figures = figuresBundle(leavingFigures(totals.ok ? totals.value : [], defaultSettings, { wall: () => Date.now(), offset: () => 0 }).figures, machine, defaultFhirNames).entry.map(({ resource }) => resource);
    expect(figures.length).toBe(2);
    const file = await log.exported();
    let lives = 0;
    let typed = 0;
    for (;;) {
      browser = await open(extension);
      lives += 1;
      const gone = new Promise<'gone'>((resolve) => { browser.context.on('close', () => resolve('gone')); });
      const live = async (): Promise<'done'> => {
        page = await browser.page('dashboard.html#data');
        worker = browser.context.serviceWorkers()[0] as Worker;
        if (lives === 1) {
          await until(() => told(page), (text) => text.includes('nothing is logged yet'));
          expect(await ask(page, 'panel.import-log', { text: file.ok ? file.value : '' })).toMatchObject({ health: { kind: 'sound', rows: rowCount } });
          await page.reload();
          // Shown whole before anything leaves; nobody has agreed yet, so not even what the server can do was asked.
          const payload = JSON.parse(await page.locator('.sending .payload:not(.figures)').innerText()) as { readonly entry: readonly object[] };
          expect(payload.entry.length).toBeGreaterThan(5);
          expect(JSON.stringify(payload)).toContain(machine);
          expect((JSON.parse(await page.locator('.sending .payload.figures').innerText()) as { readonly entry: readonly { readonly resource: object }[] }).entry.map(({ resource }) => resource)).toEqual(figures);
          await look('unseen');
          expect(seen).toEqual([]);
          await page.getByRole('button', { name: 'I have looked: send to this server' }).press('Enter');
        }
        // Forgotten with the browser: the server asks for it each time.
        await until(() => told(page), (text) => text.includes('(401)'), 30_000);
        expect(await told(page)).toContain('None is held.');
        isRough = true;
        await page.getByLabel('Access token for this server').fill(token);
        await page.keyboard.press('Enter');
        typed += 1;
        await until(() => told(page), (text) => text.includes('Everything that is logged has been sent.'), isLong ? 600_000 : 90_000);
        return 'done';
      };
      const ended = await Promise.race([gone, live().catch((problem: unknown) => { if (browser.context.browser()?.isConnected() === false || page.isClosed()) return 'gone' as const; throw problem; })]);
      if (ended === 'done') break;
      await browser.close().catch(() => undefined);
      await buryBrowser(profile);
    }
    isRough = false;
    const wanted = mergeStatements(says);
    const { statements, resources } = await held();
    const keys = new Set(statements.map(({ key }) => key));
    const missing = wanted.filter(({ key }) => !keys.has(key)).length;
    const duplicates = resources - wanted.reduce((sum, { kind }) => sum + (kind === 'query' ? 2 : 1), 0) + missing;
    const reports = await figuresHeld();
    console.info(`sending: ${rowCount} rows say ${wanted.length} things; bundles ${counts.requests}, replies dropped after commit ${counts.dropped}, server killed ${counts.servers}, browser killed ${counts.browsers}, browsers ${lives}, token typed ${typed}, refused without it ${counts.unauthorised}; missing ${missing}, duplicates ${duplicates}; monthly figures ${reports.length} of ${figures.length}; ${((performance.now() - started) / 1000).toFixed(0)} s`);
    expect([missing, duplicates]).toEqual([0, 0]);
    expect(statements).toEqual(wanted);
    expect(reports).toEqual(figures);
    expect([counts.servers, counts.browsers]).toEqual([killsOfServer, killsOfBrowser]);
    expect(counts.dropped).toBeGreaterThan(0);
    await look('sent');
    expect(await told(page)).toContain(`${origin}/fhir/R4`);
  }, isLong ? 3_600_000 : 240_000);

  it('goes on by itself with what is logged next, waits while a person has paused it, and is off with the policy that names it', async () => {
    const draft = (id: string): object => ({ tab: -1, command: { kind: 'draft-query', id, language: 'both', about: { by: 'specialty', specialty: 'neurology', category: 'conflict', rule: null, findings: 3 } } });
    const tasks = (): Promise<number> => engine.count('Task');
    const before = await tasks();
    const [first, second, third] = [1, 2, 3].map((part) => `11111111-0000-4000-8000-00000000000${part}`) as [string, string, string];
    expect(await ask(page, 'panel.run', draft(first))).toMatchObject({ kind: 'acknowledged' });
    await until(tasks, (count) => count === before + 1);
    await page.getByRole('button', { name: 'Pause' }).press('Enter');
    await until(() => told(page), (text) => text.includes('Paused.'));
    const sent = seen.length;
    await ask(page, 'panel.run', draft(second));
    await until(() => ask<{ readonly waiting: number }>(page, 'panel.sending', null), ({ waiting }) => waiting === 1);
    expect(seen.length).toBe(sent);
    await page.getByRole('button', { name: 'Resume' }).press('Enter');
    await until(tasks, (count) => count === before + 2);
    await until(() => told(page), (text) => text.includes('Everything that is logged has been sent.'));
    await changePolicy(worker, {}, 'fhirServer');
    await until(() => page.locator('.sending').count(), (count) => count === 0);
    const off = seen.length;
    await ask(page, 'panel.run', draft(third));
    expect(await ask(page, 'panel.sending', null)).toBeNull();
    await ask(page, 'panel.send', { again: true });
    await changePolicy(worker, policy, 'fhirServer');
    // Named again it asks for what it may not know any more.
    await until(() => told(page), (text) => text.includes('None is held.') && text.includes('(401)'));
    expect(seen.slice(off).filter(({ authorization }) => authorization !== undefined)).toEqual([]);
    expect(await tasks()).toBe(before + 2);
  });

  if (isLong) it('goes on after the worker has died with rows waiting: the browser’s alarm wakes it', async () => {
    const before = await engine.count('Task');
    await page.getByLabel('Access token for this server').fill(token);
    await page.keyboard.press('Enter');
    await until(() => told(page), (text) => text.includes('Everything that is logged has been sent.'));
    isOver = true;
    front?.kill('SIGKILL');
    await ask(page, 'panel.run', { tab: -1, command: { kind: 'draft-query', id: '11111111-0000-4000-8000-000000000004', language: 'both', about: { by: 'specialty', specialty: 'neurology', category: 'conflict', rule: null, findings: 3 } } });
    await until(() => told(page), (text) => text.includes('cannot be reached'), 60_000);
    // No page of ours is open that could wake it by a question.
    const session = await browser.context.newCDPSession(page);
    await session.send('ServiceWorker.enable');
    await session.send('ServiceWorker.stopAllWorkers');
    await page.goto('about:blank');
    isOver = false;
    await startFront();
    await until(() => engine.count('Task'), (count) => count > before + 1, 150_000);
    page = await browser.page('dashboard.html#data');
    worker = browser.context.serviceWorkers()[0] as Worker;
    await until(() => told(page), (text) => text.includes('Everything that is logged has been sent.'));
  }, 240_000);

  it('goes to the one address of the policy and to no other; the token stands in its header alone', async () => {
    expect([...new Set(seen.map(({ method, path }) => `${method} ${path}`))].sort()).toEqual(['GET /fhir/R4/metadata', 'POST /fhir/R4']);
    expect(seen[0]?.method).toBe('GET');
    for (const address of ['https://elsewhere.nodi.example/', 'https://coder.nodi.example/v1/suggestions']) expect(await worker.evaluate((to) => fetch(to, { method: 'POST', body: 'x' }).then(() => 'sent', () => 'forbidden'), address)).toBe('forbidden');
    const kept = await page.evaluate(async () => { const { storage: { local } } = (globalThis as unknown as { chrome: { storage: { local: { get: (key: null) => Promise<object> } } } }).chrome; return JSON.stringify([await local.get(null), Object.entries(localStorage), location.href, document.documentElement.innerHTML]); });
    expect(kept).toContain('sending-place');
    expect(kept).not.toContain(token);
    expect(scenes).toEqual([]);
    await browser.close();
  });

  it('is in no ordinary package: under the same policy it has no such part and sends nothing', async () => {
    const extension = copyUnderPolicy(join(root, '.output/chrome-mv3'), policy);
    folders.push(extension);
    const before = seen.length;
    browser = await open(extension);
    page = await browser.page('dashboard.html#data');
    await page.locator('main h1').waitFor();
    expect(await ask(page, 'panel.sending', null)).toBeNull();
    expect(await page.locator('.sending').count()).toBe(0);
    expect(await (browser.context.serviceWorkers()[0] as Worker).evaluate((to) => fetch(to, { method: 'POST', body: 'x' }).then(() => 'sent', () => 'forbidden'), `${origin}/fhir/R4`)).toBe('forbidden');
    expect(seen.length).toBe(before);
    await browser.close();
  });
});
