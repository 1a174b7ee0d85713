/** The connected package in a real Chromium with a board's coder over TLS: what leaves and when, what is shown of the answer and can be accepted, and what is shown of lies and silence. The ordinary package beside it sends nothing. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCoder } from '../../entrypoints/batch/coder.js';
import type { ContractRequest } from '../../lib/coding/coders/index.js';
import { violations } from '../harness/axe.js';
import { root } from '../harness/chromium-page.js';
import { changePolicy, copyUnderPolicy } from '../harness/policy-copy.js';
import { openSampleRecord, until, type SampleRecord } from '../harness/sample-record.js';
import { faultsOf } from '../reference-coder/json-schema.js';
import { selfSigned } from '../reference-coder/self-signed.js';
import { replyOf, serve, type Served } from '../reference-coder/server.js';

const host = 'coder.nodi.example';
const origin = `https://${host}`;
const pictures = join(root, '.cache/connected');
const contract = JSON.parse(readFileSync(resolve(root, 'assets/contract/auto-coder.openapi.json'), 'utf8')) as { readonly components: { readonly schemas: { readonly Request: Record<string, unknown> } } };
const policy = { boardCoder: { origin, seconds: 5 } };

const batch = openCoder();
/** How the coder answers next. */
type Manner = (answer: ServerResponse, request: ContractRequest, good: string) => void;
const json = { 'content-type': 'application/json' };
const well: Manner = (answer, _request, good) => { answer.writeHead(200, json).end(good); };
const says = (model: string, suggestions: readonly object[], nonce?: string): Manner => (answer, request) => { answer.writeHead(200, json).end(JSON.stringify({ schema: 1, nonce: nonce ?? request.nonce, model, suggestions })); };
/** Words of the request where they stand, as evidence. */
function named(request: ContractRequest, code: string, words: string): object {
  const document = request.documents.find(({ text }) => text.includes(words));
  const start = document?.text.indexOf(words) ?? -1;
  return { classification: 'ICD-10', code, evidence: [{ document: document?.id ?? '1', start, end: start + words.length }], confidence: 0.8 };
}
let manner: Manner = well;
let server: Served;
const opened: SampleRecord[] = [];
const folders: string[] = [];

async function open(built: string): Promise<SampleRecord> {
  const extension = copyUnderPolicy(built, policy);
  folders.push(extension);
  const port = new URL(server.url).port;
  const sample = await openSampleRecord({ extension, args: [`--host-resolver-rules=MAP ${host} 127.0.0.1:${port}`, '--ignore-certificate-errors'] });
  opened.push(sample);
  await sample.panel.getByRole('tab', { name: /^Codes/ }).click();
  await until(() => sample.panel.locator('.codelist [role=option]').count(), (count) => count > 0);
  return sample;
}
const board = (sample: SampleRecord): Promise<string> => sample.panel.locator('.board').innerText();
const offered = (sample: SampleRecord): Promise<string[]> => sample.panel.locator('.codelist [role=option] .cc').allInnerTexts();
const proposed = (sample: SampleRecord): Promise<string[]> => sample.panel.locator('.board li.code .cc').allInnerTexts();
const posted = (): readonly ContractRequest[] => server.bodies.map((body) => JSON.parse(body) as ContractRequest);
/** Opens a patient, and waits until the panel is about that one and the coder has been heard of or not. */
async function turnTo(sample: SampleRecord, patient: string, said: RegExp): Promise<string> {
  await sample.portal('open', patient);
  return until(() => board(sample), (text) => said.test(text));
}

/** Looks at the section in both languages and all colours. */
let scenes = 0;
const bad: string[] = [];
async function look(sample: SampleRecord, page: Page, scene: string): Promise<void> {
  for (const locale of ['en-GB', 'cy'] as const) {
    await sample.ask('panel.change-settings', { locale });
    await until(() => page.evaluate(() => document.documentElement.lang), (lang) => lang === locale);
    for (const [name, colorScheme, forcedColors] of [['light', 'light', 'none'], ['dark', 'dark', 'none'], ['forced', 'dark', 'active']] as const) {
      await page.emulateMedia({ colorScheme, forcedColors });
      await page.locator('.board').evaluate((section) => { section.closest('.scroll')?.scrollBy(0, section.getBoundingClientRect().top - 160); });
      scenes += 1;
      bad.push(...(await violations(page)).map((one) => `${scene} ${locale} ${name}: ${one}`));
      if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) bad.push(`${scene} ${locale} ${name}: wider than its window`);
      await page.screenshot({ path: join(pictures, `${scene}-${locale}-${name}.png`) });
    }
  }
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  await sample.ask('panel.change-settings', { locale: 'en-GB' });
  await until(() => page.evaluate(() => document.documentElement.lang), (lang) => lang === 'en-GB');
}

let sample: SampleRecord;
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  const done = spawnSync(process.execPath, ['node_modules/wxt/bin/wxt.mjs', 'build', '-b', 'chrome', '--mv3'], { cwd: root, encoding: 'utf8', env: { ...process.env, NODI_CODER_ORIGINS: origin, NODI_OUT: '.cache/connected-build' } });
  if (done.status !== 0) throw new Error(done.stderr.slice(-2_000) || done.stdout.slice(-2_000));
  server = await serve((body) => (_incoming, answer) => { manner(answer, JSON.parse(body) as ContractRequest, replyOf(body, batch).body); }, selfSigned(host));
  sample = await open(join(root, '.cache/connected-build/chrome-mv3'));
});
afterAll(async () => {
  for (const one of opened) await one.close();
  await server?.close();
  for (const one of [...folders, join(root, '.cache/connected-build')]) rmSync(one, { recursive: true, force: true });
  console.info(`scenes of the section with axe: tried ${scenes}, bad ${bad.length}`);
});

describe('what leaves', () => {
  let payload: ContractRequest;
  it('is nothing before a person has seen it, and is shown whole', async () => {
    await until(() => board(sample), (text) => text.includes('Nothing has been sent'));
    payload = JSON.parse(await sample.panel.locator('.board .payload').innerText()) as ContractRequest;
    expect(payload.documents.some(({ text }) => text.includes('phacoemulsification'))).toBe(true);
    expect(await board(sample)).toContain(`${origin}/v1/suggestions`);
    await look(sample, sample.panel, 'unseen');
    expect(server.requests).toEqual([]);
  });

  it('is then what was shown, once, to the address of the policy and by the contract; no name, number, cookie or referrer', async () => {
    const local = await offered(sample);
    await sample.panel.getByRole('button', { name: 'I have looked: ask the board’s coder' }).click();
    await until(() => board(sample), (text) => text.includes('Nodi batch coder has answered'));
    expect(server.requests.map(({ method, path, headers }) => `${method} ${headers.host ?? ''}${path}`)).toEqual([`OPTIONS ${host}/v1/suggestions`, `POST ${host}/v1/suggestions`]);
    const [sent] = posted();
    expect(sent).toEqual({ ...payload, nonce: sent?.nonce });
    expect(sent?.nonce).not.toBe(payload.nonce);
    expect(faultsOf(sent, contract.components.schemas.Request, contract)).toEqual([]);
    const post = server.requests.at(-1);
    expect(post?.headers).toMatchObject({ 'content-type': 'application/json', origin: `chrome-extension://${sample.browser.id}` });
    for (const header of ['cookie', 'authorization', 'referer']) expect(post?.headers).not.toHaveProperty(header);
    const secrets = ['PARRY', 'Eluned', '999 633 1504', '9996331504', 'G204417', '14-Mar-1948', 'Rowlands', 'E-24117'];
    const told = JSON.stringify(server.requests).toLowerCase();
    expect(secrets.filter((one) => told.includes(one.toLowerCase()))).toEqual([]);
    // Nodi's own are what they were.
    expect(await offered(sample)).toEqual(local);
    // Looking again asks nothing again.
    await sample.panel.reload();
    await sample.panel.getByRole('tab', { name: /^Codes/ }).click();
    await until(() => board(sample), (text) => text.includes('Nodi batch coder has answered'));
    expect(server.bodies.length).toBe(1);
    console.info(`requests ${server.requests.length}, words of the patient tried ${secrets.length}, found 0`);
  });

  it('goes nowhere else: the package itself forbids every other address', async () => {
    const elsewhere = await sample.worker.evaluate(() => fetch('https://elsewhere.nodi.example/', { method: 'POST', body: 'x' }).then(() => 'sent', () => 'forbidden'));
    expect(elsewhere).toBe('forbidden');
  });
});

describe('what the coder proposes', () => {
  it('stands with its words and is accepted by a person alone, into the log as the board’s; taken back it is in hand again', async () => {
    const { panel } = sample;
    expect((await sample.rows()).filter(({ kind }) => kind === 'codes-accepted')).toEqual([]);
    const row = panel.locator('.board li.code', { hasText: 'I10.X' });
    expect(await row.locator('.quote').first().innerText()).toBe('“HTN”');
    await row.getByRole('button', { name: 'Accept' }).click();
    await until(() => row.locator('.mark').innerText().catch(() => ''), (text) => text.includes('accepted'));
    const [accepted] = (await sample.rows()).filter(({ kind }) => kind === 'codes-accepted');
    expect(accepted).toMatchObject({ system: 'ICD-10', codes: 'I10X', origin: 'board', phrase: 'htn' });
    expect(await sample.ask('panel.log', null)).toMatchObject({ kind: 'sound' });
    const inHand = (): Promise<string> => panel.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['row'] ?? '');
    await until(inHand, (name) => name === 'board ICD-10 I10X');
    await panel.keyboard.press('Control+z');
    await until(() => row.getByRole('button', { name: 'Accept' }).count(), (count) => count === 1);
    await until(inHand, (name) => name === 'board ICD-10 I10X');
    await panel.keyboard.press('Control+Shift+Z');
    await until(() => row.locator('.mark').innerText().catch(() => ''), (text) => text.includes('accepted'));
    const other = panel.locator('.board li.code', { hasText: 'I48.9' });
    await other.getByRole('button', { name: 'Reject' }).click();
    await panel.keyboard.press('1');
    await until(() => other.locator('.mark').innerText().catch(() => ''), (text) => text.includes('rejected'));
    await until(inHand, (name) => name === 'board ICD-10 I489');
    expect((await sample.rows()).find(({ kind }) => kind === 'codes-rejected')).toMatchObject({ codes: 'I489', phrase: 'af' });
    await look(sample, panel, 'answered');
    // Nothing of it left once more: neither a decision nor another language asks again.
    expect(server.bodies.length).toBe(1);
  });

  it('is not shown where it lies, and that is said: words outside the note, a code that is none, the answer to another request', async () => {
    const before = await sample.rows();
    manner = (answer, request) => says('Lying coder', [
      { ...named(request, 'G35.X', 'the'), evidence: [{ document: '1', start: 0, end: 9_999_999 }] }, named(request, 'U99.9', 'the'), { ...named(request, 'R29.8', 'the'), confidence: 2 },
    ])(answer, request, '');
    const text = await turnTo(sample, 'n01', /Lying coder has answered|Lying coder names no code/);
    expect(await proposed(sample)).toEqual([]);
    expect(text).toContain('3 parts of its replies refused');
    await sample.panel.locator('.board summary').click();
    for (const reason of ['words outside the notes that were sent', 'a code that the list of the day does not have', 'a confidence that is not between 0 and 1']) expect(await board(sample)).toContain(`${reason}: 1`);
    await look(sample, sample.panel, 'lying');
    manner = (answer, request) => says('Another’s answer', [named(request, 'G35.X', 'the')], '00000000-0000-4000-8000-000000000000')(answer, request, '');
    expect(await turnTo(sample, 'n02', /Its reply was refused/)).not.toContain('Another’s answer');
    expect(await proposed(sample)).toEqual([]);
    expect((await offered(sample)).length).toBeGreaterThan(0);
    expect(await sample.rows()).toEqual(before);
  });

  it('is never of the patient before: an answer that comes when the record has changed is withdrawn and shown nowhere', async () => {
    let late: { readonly answer: ServerResponse; readonly request: ContractRequest } | null = null;
    let gone = false;
    manner = (answer, request) => { late = { answer, request }; answer.on('close', () => { gone = !answer.writableFinished; }); };
    await turnTo(sample, 'r01', /Asked; nothing waits for it/);
    expect((await offered(sample)).length).toBeGreaterThan(0);
    await until(() => Promise.resolve(late), (held) => held !== null);
    manner = says('Coder of the second', []);
    await turnTo(sample, 'r02', /Coder of the second names no code/);
    await until(() => Promise.resolve(gone), (closed) => closed);
    const { answer, request } = late as unknown as { readonly answer: ServerResponse; readonly request: ContractRequest };
    if (!answer.destroyed) says('Coder of the first', [named(request, 'M06.9', 'the')])(answer, request, '');
    // The panel is asked anew as often as it likes: nothing of the first is there.
    for (let tries = 0; tries < 5; tries += 1) { await sample.panel.reload(); await sample.panel.getByRole('tab', { name: /^Codes/ }).click(); expect(await until(() => board(sample), (text) => text.includes('Coder of the'))).not.toContain('of the first'); }
    expect(await proposed(sample)).toEqual([]);
  });

  it('is off within a moment of the policy that names it no more, and nothing is sent from then on', async () => {
    const before = server.requests.length;
    const change = (next: object): Promise<void> => changePolicy(sample.worker, next, 'boardCoder');
    await change({});
    await until(() => sample.panel.locator('.board').count(), (count) => count === 0, 5_000);
    await sample.portal('open', 'r03');
    await until(() => sample.panel.locator('.codelist [role=option]').count(), (count) => count > 0);
    expect(server.requests.length).toBe(before);
    manner = says('Coder again', []);
    await change(policy);
    await until(() => board(sample), (text) => text.includes('Coder again names no code'), 5_000);
  });

  it('is missed by nobody when its server is gone: Nodi’s own codes stand, and that it cannot be reached is said', async () => {
    await server.close();
    const text = await turnTo(sample, 'p01', /cannot be reached|failed too often/);
    expect(text).toContain('cannot be reached');
    const own = await until(() => offered(sample), (codes) => codes.length > 3);
    expect(own).toContain('C75.1');
    expect(await proposed(sample)).toEqual([]);
    await look(sample, sample.panel, 'gone');
  });
});

describe('the ordinary package', () => {
  it('sends nothing under the same policy and has no such section', async () => {
    server = await serve((body) => (_incoming, answer) => { well(answer, JSON.parse(body) as ContractRequest, replyOf(body, batch).body); }, selfSigned(host));
    const plain = await open(join(root, '.output/chrome-mv3'));
    for (const patient of ['n01', 'r01', 'p01']) {
      await plain.portal('open', patient);
      await until(() => offered(plain), (codes) => codes.length > 0);
    }
    expect(await plain.panel.locator('.board').count()).toBe(0);
    expect(await plain.worker.evaluate((address) => fetch(address, { method: 'POST', body: 'x' }).then(() => 'sent', () => 'forbidden'), `${origin}/v1/suggestions`)).toBe('forbidden');
    expect(server.requests).toEqual([]);
  });
});

describe('the section of the board’s coder', () => {
  it('passes axe in both languages, light, dark and forced colours, and is no wider than its panel', () => {
    expect(scenes).toBe(24);
    expect(bad).toEqual([]);
  });
});
