import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { createExchange, exchangeLimits, type Exchange } from '../../../entrypoints/background/exchange.js';
import { createFhirServer } from '../../../entrypoints/background/fhir-server.js';
import { dateOf } from '../../../lib/model/month.js';
import type { LeavingFigures } from '../../../lib/model/quality.js';
import type { SendingView } from '../../../lib/model/sending.js';
import type { MachineId } from '../../../lib/model/shared-statement.js';
import { createSendingStore } from '../../../lib/settings/sending-store.js';
import { defaultFhirNames } from '../../../lib/sync/fhir-bundle.js';
import { figuresBundle, type MeasureReport } from '../../../lib/sync/figures-bundle.js';
import { capabilityStatement } from '../sync/capability-statement.js';
import { startFhirEngine, type FhirEngine } from '../sync/fhir-engine.js';
import { inventedFigures } from '../sync/invented-figures.js';
import { inventedLog, machineOf, pagesOf } from '../sync/invented-log.js';

type Answering = (answer: ServerResponse, good: () => Promise<string>, nth: number) => void | Promise<void>;
const fhir = { 'content-type': 'application/fhir+json; charset=utf-8' };
const well: Answering = async (answer, good) => { answer.writeHead(200, fhir).end(await good()); };

/** A server with the real engine behind it, that answers as it is told to. */
async function serve(metadata: Answering, transaction: Answering, engine: FhirEngine) {
  const seen: { readonly method: string; readonly path: string; readonly authorization: string | undefined; readonly body: string }[] = [];
  const bodyOf = async (incoming: IncomingMessage): Promise<string> => { const parts: Buffer[] = []; for await (const part of incoming) parts.push(part as Buffer); return Buffer.concat(parts).toString('utf8'); };
  const server = createServer((incoming, answer) => void bodyOf(incoming).then(async (body) => {
    const { method = '', url = '', headers } = incoming;
    seen.push({ method, path: url, authorization: headers.authorization, body });
    answer.on('error', () => undefined);
    const nth = seen.filter((one) => one.path === url).length;
    if (url === '/R4/metadata') await metadata(answer, () => Promise.resolve(JSON.stringify(capabilityStatement())), nth);
    else if (url === '/R4' && method === 'POST') await transaction(answer, async () => JSON.stringify(await engine.reply(JSON.parse(body) as object)), nth);
    else answer.writeHead(404).end();
  }).catch(() => answer.destroy()));
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, posts: () => seen.filter(({ method }) => method === 'POST'), close: () => new Promise<void>((done) => { server.closeAllConnections(); server.close(() => done()); }) };
}

function areas() {
  const held = { local: new Map<string, unknown>(), session: new Map<string, unknown>() };
  const area = (of: Map<string, unknown>) => ({ get: () => Promise.resolve(Object.fromEntries(of)), set: (items: Record<string, unknown>) => { for (const [key, value] of Object.entries(items)) of.set(key, structuredClone(value)); return Promise.resolve(); } });
  return { held, local: area(held.local), session: area(held.session) };
}

/** A worker with a log, the clock in hand. What it keeps outlives it, as the disk and the browser do. */
function worker(origin: string, { rows = inventedLog(30, 3), on = areas(), clock = { now: 1_790_000_000_000 }, seconds = 0.5, figures = { value: { ...inventedFigures(3, 0), figures: [] } as LeavingFigures } } = {}) {
  const kept = createSendingStore(on);
  const wakes: (number | null)[] = [];
  let hear: () => void = () => undefined;
  const exchange: Exchange = createExchange({
    address: `${origin}/R4`, origin, log: () => Promise.resolve(pagesOf(rows)), machine: () => Promise.resolve(machineOf(3) as MachineId | null), kept, names: defaultFhirNames,
    server: createFhirServer(`${origin}/R4`, async () => (await kept.credential.read(origin)).token, seconds), now: () => clock.now, chance: () => 0.5,
    figures: () => Promise.resolve(figures.value), day: () => dateOf(clock.now, 0),
    waiting: (after) => Promise.resolve(rows.filter(({ sequence, kind }) => sequence > after && kind !== 'document-read').length), changed: () => hear(), wake: (at) => { wakes.push(at); },
  });
  /** Waits for the end of what is under way. */
  const rest = (begin: () => void): Promise<SendingView> => new Promise((resolve) => {
    let hasBegun = false;
    hear = () => void exchange.view().then((view) => { if (view.state.kind === 'sending') hasBegun = true; else if (hasBegun || view.state.kind !== 'idle') resolve(view); });
    begin();
  });
  return { exchange, kept, on, clock, wakes, rest, begin: (again = false) => rest(() => exchange.begin(again)) };
}

/** Something may be waiting, and what is done about it has come to rest without a word. */
async function soonQuiet({ exchange, kept }: ReturnType<typeof worker>): Promise<void> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  exchange.soon();
  await vi.advanceTimersByTimeAsync(exchangeLimits.settle);
  vi.useRealTimers();
  for (let turn = 0; turn < 20; turn += 1) await kept.place.read();
}

const said = ({ state }: SendingView): string => (state.kind === 'waiting' ? `waiting: ${state.failure.kind === 'reply-refused' ? state.failure.fault : state.failure.kind === 'status' ? String(state.failure.status) : state.failure.kind}` : state.kind === 'unfit' ? `unfit: ${state.faults.map(({ kind }) => kind).join(' ')}` : state.kind);
/** Writes for as long as somebody reads. */
const pour = (answer: ServerResponse, most: number): void => {
  const part = Buffer.alloc(65_536, 32);
  let written = 0;
  const more = (): void => { while (written < most && !answer.destroyed) { written += part.length; if (!answer.write(part)) { answer.once('drain', more); return; } } if (!answer.destroyed) answer.end(); };
  more();
};

describe('a server that behaves as none should', () => {
  it('is named by its state; nothing is lost, nothing doubled, and once it is well again everything is there', async () => {
    const changed = (good: string, change: (reply: { entry: { response: { status: string; location?: string; outcome?: object }; resource?: object }[]; type: string }) => unknown): string => { const reply = JSON.parse(good) as Parameters<typeof change>[0]; return JSON.stringify(change(reply) ?? reply); };
    const json = (make: (good: string) => string): Answering => async (answer, good) => { answer.writeHead(200, fhir).end(make(await good())); };
    const outcome = JSON.stringify({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception', diagnostics: 'MARKER Mrs Parry' }] });
    const cases: readonly (readonly [string, Answering, string])[] = [
      ['login page', (a) => { a.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>'); }, 'waiting: login-page'],
      ['login page that calls itself FHIR', (a) => { a.writeHead(200, fhir).end('<html>Sign in</html>'); }, 'waiting: login-page'],
      ['an OperationOutcome with 200', (a) => { a.writeHead(200, fhir).end(outcome); }, 'waiting: not-a-reply'],
      ['another resource', (a) => { a.writeHead(200, fhir).end('{"resourceType":"Patient"}'); }, 'waiting: not-a-reply'],
      ['the bundle itself, echoed', json((good) => changed(good, (one) => { one.type = 'transaction'; })), 'waiting: not-a-reply'],
      ['every answer twice', json((good) => changed(good, (one) => { one.entry.push(...one.entry); })), 'waiting: other-answer'],
      ['fewer answers than entries', json((good) => changed(good, (one) => { one.entry.pop(); })), 'waiting: other-answer'],
      ['no answers', json((good) => changed(good, (one) => { one.entry = []; })), 'waiting: other-answer'],
      ['answers of another kind', json((good) => changed(good, (one) => { for (const { response } of one.entry) response.location = 'Patient/1'; })), 'waiting: other-answer'],
      ['other resources in its answers', json((good) => changed(good, (one) => { for (const entry of one.entry) entry.resource = { resourceType: 'DetectedIssue', identifier: [{ system: 'x', value: 'y' }] }; })), 'waiting: other-answer'],
      ['one place for all', json((good) => changed(good, (one) => { for (const { response } of one.entry) { response.location = response.location?.replace(/\/.*/, '/1') ?? 'DetectedIssue/1'; } })), 'waiting: replayed'],
      ['statuses that are none', json((good) => changed(good, (one) => { for (const { response } of one.entry) response.status = 'OK'; })), 'waiting: not-a-reply'],
      ['50 MB', (a) => { a.writeHead(200, fhir); pour(a, 50_000_000); }, 'waiting: too-large'],
      ['never an answer', () => undefined, 'waiting: slow'],
      ['headers, then nothing', (a) => { a.writeHead(200, fhir).flushHeaders(); }, 'waiting: slow'],
      ['a redirect to another origin', (a) => { a.writeHead(307, { location: 'http://127.0.0.1:9/steal' }).end(); }, 'waiting: redirect'],
      ['a redirect to a login', (a) => { a.writeHead(302, { location: '/login' }).end(); }, 'waiting: redirect'],
      ['reset', (a) => { a.socket?.resetAndDestroy(); }, 'waiting: network'],
      ['half of the JSON', json((good) => good.slice(0, good.length / 2)), 'waiting: not-json'],
      ['another type', async (a, good) => { a.writeHead(200, { 'content-type': 'text/plain' }).end(await good()); }, 'waiting: wrong-type'],
      ['204', (a) => { a.writeHead(204).end(); }, 'waiting: 204'],
      ['503', (a) => { a.writeHead(503).end(); }, 'waiting: 503'],
      ['500', (a) => { a.writeHead(500, fhir).end(outcome); }, 'waiting: 500'],
      ['429', (a) => { a.writeHead(429, { 'retry-after': '120' }).end(); }, 'waiting: 429'],
      ['401', (a) => { a.writeHead(401, { 'www-authenticate': 'Bearer' }).end(); }, 'credential-refused'],
      ['403', (a) => { a.writeHead(403, fhir).end(outcome); }, 'credential-refused'],
    ];
    const rows = inventedLog(30, 3);
    const honest = await startFhirEngine({ isLarge: true });
    const good = await serve(well, well, honest);
    await worker(good.url, { rows }).begin();
    await good.close();
    const types = ['DetectedIssue', 'Task', 'Communication'] as const;
    const wanted = await Promise.all(types.map((type) => honest.count(type)));
    const wrong: string[] = [];
    for (const [name, answering, expected] of cases) {
      const engine = await startFhirEngine({ isLarge: true });
      let isWell = false;
      const server = await serve(well, (answer, make, nth) => (isWell ? well : answering)(answer, make, nth), engine);
      const it = worker(server.url, { rows, seconds: name.includes('MB') || name.startsWith('answers') ? 10 : 0.5 });
      const first = await it.begin();
      if (said(first) !== expected) wrong.push(`${name}: ${said(first)}`);
      if (JSON.stringify([first, ...it.on.held.local.values()]).includes('MARKER')) wrong.push(`${name}: repeats the server's words`);
      if (server.seen.some(({ path }) => !path.startsWith('/R4'))) wrong.push(`${name}: asked elsewhere`);
      isWell = true;
      const after = await it.begin(true);
      const held = await Promise.all(types.map((type) => engine.count(type)));
      if (said(after) !== 'idle' || after.setAside.length > 0 || held.join() !== wanted.join()) wrong.push(`${name}: then ${said(after)}, ${after.setAside.length} aside, ${held.join()} of ${wanted.join()}`);
      it.exchange.end();
      await server.close();
    }
    console.info(`hostile servers: tried ${cases.length}, bad ${wrong.length}; resources ${wanted.join(' + ')} each`);
    expect(wrong).toEqual([]);
    expect(wanted[0]).toBeGreaterThan(10);
  });

  it('is sent nothing before it says that it can take it, whatever it says instead', async () => {
    const engine = await startFhirEngine();
    const lacking = JSON.stringify({ ...capabilityStatement(), fhirVersion: '5.0.0' });
    const cases: readonly (readonly [string, Answering, string])[] = [
      ['login page', (a) => { a.writeHead(200, { 'content-type': 'text/html' }).end('<html>'); }, 'waiting: login-page'],
      ['R5', (a) => { a.writeHead(200, fhir).end(lacking); }, 'unfit: not-r4'],
      ['something else', (a) => { a.writeHead(200, fhir).end('{"resourceType":"Bundle"}'); }, 'unfit: no-statement'],
      ['nothing', (a) => { a.writeHead(200, fhir).end(); }, 'unfit: no-statement'],
      ['50 MB', (a) => { a.writeHead(200, fhir); pour(a, 50_000_000); }, 'waiting: too-large'],
      ['never', () => undefined, 'waiting: slow'],
      ['redirect', (a) => { a.writeHead(301, { location: 'http://127.0.0.1:9/' }).end(); }, 'waiting: redirect'],
      ['404', (a) => { a.writeHead(404).end(); }, 'waiting: 404'],
      ['401', (a) => { a.writeHead(401).end(); }, 'credential-refused'],
    ];
    for (const [name, answering, expected] of cases) {
      const server = await serve(answering, well, engine);
      const it = worker(server.url, { seconds: name === '50 MB' ? 10 : 0.5 });
      expect([name, said(await it.begin()), server.posts().length]).toEqual([name, expected, 0]);
      it.exchange.end();
      await server.close();
    }
    console.info(`statements that are none: tried ${cases.length}, sent to 0`);
  });
});

describe('patience', () => {
  it('waits longer with each failure, then leaves a failing server alone; a worker that slept knows until when; a person may ask sooner', async () => {
    const engine = await startFhirEngine({ isLarge: true });
    let isWell = false;
    const server = await serve(well, (answer, good, nth) => (isWell ? well(answer, good, nth) : void answer.writeHead(503).end()), engine);
    const clock = { now: 1_790_000_000_000 };
    const it = worker(server.url, { clock });
    const waits: number[] = [];
    for (let nth = 1; nth <= 6; nth += 1) {
      const { state } = await it.begin();
      if (state.kind !== 'waiting') throw new Error(state.kind);
      expect(state.isOpen).toBe(nth >= exchangeLimits.failuresToOpen);
      waits.push(state.until - clock.now);
      clock.now = state.until;
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 60_000, 60_000]);
    clock.now -= 30_000;
    it.exchange.end();
    const asked = server.seen.length;
    const next = worker(server.url, { clock, on: it.on });
    const slept = await next.rest(() => { next.exchange.soon(); clock.now += exchangeLimits.settle; });
    expect(slept.state).toMatchObject({ kind: 'waiting', isOpen: true });
    expect(server.seen.length).toBe(asked);
    expect(next.wakes.at(-1)).toBeGreaterThan(clock.now);
    isWell = true;
    expect((await next.begin()).state.kind).toBe('idle');
    expect(await engine.count('DetectedIssue')).toBeGreaterThan(5);
    next.exchange.end();
    await server.close();
  });

  it('keeps to a Retry-After, and goes on by itself when its time has come', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const engine = await startFhirEngine({ isLarge: true });
    const server = await serve(well, (answer, good, nth) => (nth === 1 ? void answer.writeHead(429, { 'retry-after': '7' }).end() : well(answer, good, nth)), engine);
    const clock = { now: 1_790_000_000_000 };
    const it = worker(server.url, { clock, seconds: 20 });
    const first = await it.begin();
    expect(first.state).toMatchObject({ kind: 'waiting', until: clock.now + 7000, failure: { kind: 'status', status: 429 } });
    clock.now += 7000;
    const done = it.rest(() => undefined);
    await vi.advanceTimersByTimeAsync(7000);
    vi.useRealTimers();
    expect((await done).state.kind).toBe('idle');
    it.exchange.end();
    await server.close();
  });
});

describe('the credential', () => {
  it('goes in its header alone, to the one origin; refused it stops everything until another is typed; no address, body or kept place holds it', async () => {
    const token = 'SECRET-abc.DEF_123~+/=';
    const engine = await startFhirEngine({ isLarge: true });
    const strict: Awaited<ReturnType<typeof serve>> = await serve(well, async (answer, good) => { if (strict.seen.at(-1)?.authorization === `Bearer ${token}`) await well(answer, good, 1); else answer.writeHead(401).end(); }, engine);
    const other = await serve(well, well, engine);
    const asked = worker(strict.url);
    expect((await asked.begin()).state).toEqual({ kind: 'credential-refused', status: 401 });
    // It asks no more by itself, nor does the next worker.
    const before = strict.seen.length;
    const next = worker(strict.url, { on: asked.on });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const stays = next.rest(() => next.exchange.soon());
    await vi.advanceTimersByTimeAsync(exchangeLimits.settle);
    vi.useRealTimers();
    expect((await stays).state).toEqual({ kind: 'credential-refused', status: 401 });
    expect(strict.seen.length).toBe(before);
    await next.kept.credential.write(strict.url, { token, refused: null });
    const done = await next.begin();
    expect(done).toMatchObject({ state: { kind: 'idle' }, hasCredential: true, setAside: [] });
    expect(strict.posts().at(-1)?.authorization).toBe(`Bearer ${token}`);
    expect(JSON.stringify([strict.seen.map(({ path, body }) => [path, body]), done, [...asked.on.held.local]])).not.toContain('SECRET');
    // Another origin never gets it.
    const elsewhere = worker(other.url, { on: asked.on });
    await elsewhere.begin();
    expect(other.seen.map(({ authorization }) => authorization)).toEqual(other.seen.map(() => undefined));
    expect(other.posts().length).toBeGreaterThan(0);
    for (const one of [asked, next, elsewhere]) one.exchange.end();
    await strict.close();
    await other.close();
  });
});

describe('monthly figures', () => {
  it('go after what was logged, then once a day as far as they have changed, or when a person asks; nothing is asked of the server where nothing has changed', async () => {
    const engine = await startFhirEngine({ isLarge: true });
    const server = await serve(well, well, engine);
    const clock = { now: Date.UTC(2026, 10, 15, 9) };
    const figures = { value: inventedFigures(3, 0) };
    const it = worker(server.url, { clock, figures });
    const first = await it.begin();
    expect(first).toMatchObject({ state: { kind: 'idle' }, waiting: 0, figures: { isTaken: true, months: 12, last: '2026-10', lastSent: clock.now, refused: [] } });
    expect(server.posts().map(({ body }) => /"resourceType":"(DetectedIssue|Task|Communication|MeasureReport)"/.exec(body)?.[1])).toEqual([...server.posts().slice(1).map(() => expect.not.stringMatching('MeasureReport') as unknown), 'MeasureReport']);
    const soon = async (next: ReturnType<typeof worker>): Promise<SendingView> => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const done = next.rest(() => next.exchange.soon());
      await vi.advanceTimersByTimeAsync(exchangeLimits.settle);
      vi.useRealTimers();
      return done;
    };
    const tried = server.seen.length;
    // The same day they stay as they were sent, unless a person asks.
    figures.value = inventedFigures(3, 40);
    const quiet = worker(server.url, { on: it.on, clock, figures });
    await soonQuiet(quiet);
    expect(server.seen.length).toBe(tried);
    clock.now += 86_400_000;
    const next = await soon(worker(server.url, { on: it.on, clock, figures }));
    expect(next.figures.lastSent).toBe(clock.now);
    expect(server.posts().length).toBeGreaterThan(1);
    const reports = await engine.all('MeasureReport') as readonly MeasureReport[];
    const wanted = figuresBundle(figures.value.figures, machineOf(3), defaultFhirNames).entry.map(({ resource }) => resource);
    expect(reports.map(({ identifier, group }) => ({ identifier, group })).sort((a, b) => (a.identifier[0].value < b.identifier[0].value ? -1 : 1))).toEqual(wanted.map(({ identifier, group }) => ({ identifier, group })));
    // Another day and nothing new: not even what the server can do is asked.
    const asked = server.seen.length;
    clock.now += 86_400_000;
    const idle = worker(server.url, { on: it.on, clock, figures });
    await soonQuiet(idle);
    expect(server.seen.length).toBe(asked);
    expect((await idle.kept.figures.read())?.day).toBe(dateOf(clock.now, 0));
    figures.value = inventedFigures(3, 80);
    expect((await idle.begin()).figures.lastSent).toBe(clock.now);
    for (const one of [it, quiet, idle]) one.exchange.end();
    await server.close();
  });

  it('are not sent to a server that does not keep them, which is said, and hold up nothing; once it does, they go', async () => {
    const engine = await startFhirEngine({ isLarge: true });
    let keeps = false;
    const statement = (): string => { const one = capabilityStatement(); if (!keeps) one.rest[0].resource = one.rest[0].resource.filter(({ type }) => type !== 'MeasureReport'); return JSON.stringify(one); };
    const server = await serve((answer) => { answer.writeHead(200, fhir).end(statement()); }, well, engine);
    const it = worker(server.url, { clock: { now: Date.UTC(2026, 10, 15, 9) }, figures: { value: inventedFigures(3, 0) } });
    expect(await it.begin()).toMatchObject({ state: { kind: 'idle' }, waiting: 0, setAside: [], figures: { isTaken: false, months: 0, last: null } });
    expect([await engine.count('MeasureReport'), (await engine.count('DetectedIssue')) > 5]).toEqual([0, true]);
    keeps = true;
    expect(await it.begin()).toMatchObject({ state: { kind: 'idle' }, figures: { isTaken: true, months: 12 } });
    expect(await engine.count('MeasureReport')).toBe(12);
    it.exchange.end();
    await server.close();
  });
});

describe('turned off', () => {
  it('withdraws what is under way at once, and says nothing more', async () => {
    const engine = await startFhirEngine();
    let gone: (() => void) | null = null;
    const withdrawn = new Promise<void>((resolve) => { gone = resolve; });
    let arrived: (() => void) | null = null;
    const here = new Promise<void>((resolve) => { arrived = resolve; });
    const server = await serve(well, (answer) => { arrived?.(); answer.on('close', () => gone?.()); }, engine);
    const it = worker(server.url, { seconds: 20 });
    it.exchange.begin(false);
    await here;
    it.exchange.end();
    await withdrawn;
    const asked = server.seen.length;
    it.exchange.begin(true);
    it.exchange.soon();
    expect(it.wakes.at(-1)).toBeNull();
    expect(server.seen.length).toBe(asked);
    expect(it.on.held.local.size).toBe(0);
    await server.close();
  });
});
