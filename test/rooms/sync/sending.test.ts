import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fail, succeed } from '../../../lib/base/result.js';
import type { LogEvent } from '../../../lib/model/decision.js';
import { defaultFhirNames } from '../../../lib/sync/fhir-bundle.js';
import { sendWaiting, type OutboxParts, type OutboxPlace, type SendTransaction, type SyncFailure } from '../../../lib/sync/outbox.js';
import { readStatementBundle } from '../../../lib/sync/read-statement-bundle.js';
import { mergeStatements, type SharedStatement } from '../../../lib/model/shared-statement.js';
import { createStatementFold } from '../../../lib/sync/shared-statement.js';
import { statementBundle } from '../../../lib/sync/statement-bundle.js';
import { startFhirEngine, type FhirEngine } from './fhir-engine.js';
import { chanceFrom } from '../../harness/chance.js';
import { inventedLog, machineOf, pagesOf } from './invented-log.js';

const isLong = process.env['NODI_LONG'] === '1';
const folder = mkdtempSync(join(tmpdir(), 'nodi-sending-'));
const children = new Set<ChildProcess>();
afterAll(() => { for (const child of children) child.kill('SIGKILL'); rmSync(folder, { recursive: true, force: true }); });

const machineIn = (rows: readonly LogEvent[]): ReturnType<typeof machineOf> => machineOf(Number.parseInt(rows[0]?.id.slice(0, 8) ?? '0', 16));
const saidBy = (rows: readonly LogEvent[]): readonly SharedStatement[] => { const fold = createStatementFold(machineIn(rows)); for (const row of rows) fold.add(row); return fold.all(); };

/** What the server holds, read back as another machine would read it, and how many resources that is. */
async function heldBy(engine: FhirEngine): Promise<{ readonly statements: readonly SharedStatement[]; readonly resources: number }> {
  const resources = (await Promise.all(['DetectedIssue', 'Task', 'Communication'].map((type) => engine.all(type)))).flat();
  const read = readStatementBundle(JSON.stringify({ resourceType: 'Bundle', entry: resources.map((resource) => ({ resource })) }), defaultFhirNames);
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  return { statements: read.value, resources: resources.length };
}

const numbers = (statuses: readonly string[]): readonly number[] => statuses.map((status) => Number(status.slice(0, 3)));

/** A log, its place and a server without a network between them. */
function atHand(rows: readonly LogEvent[], send: SendTransaction): OutboxParts & { readonly held: { place: OutboxPlace | null }; readonly waits: number[] } {
  const held: { place: OutboxPlace | null } = { place: null };
  const waits: number[] = [];
  return {
    held, waits, send, names: defaultFhirNames, chance: () => 0.5, batch: 20, wait: (milliseconds) => { waits.push(milliseconds); return Promise.resolve(); },
    log: pagesOf(rows), machine: machineIn(rows),
    place: { read: () => Promise.resolve(held.place), write: (place) => { held.place = place; return Promise.resolve(); } },
  };
}
const signal = new AbortController().signal;

describe('sending what was logged to a FHIR server', () => {
  it('leaves nothing out and nothing twice, with replies dropped after commit, the server killed and the machine killed', async () => {
    const rowCount = isLong ? 5000 : 300;
    const killsOfEach = isLong ? 50 : 5;
    const seed = 11;
    const engine = await startFhirEngine({ isLarge: true });
    const chance = chanceFrom(7);
    const counts = { requests: 0, dropped: 0, clients: 0, servers: 0 };
    let client: ChildProcess | null = null;
    let server: ChildProcess | null = null;

    // The store outlives the server's process, as a database does; it also chooses the moment of each kill: in mid-request, before or after its commit.
    const store = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => void (async () => {
        counts.requests += 1;
        const isAt = counts.requests % 4 === 0;
        const isClient = counts.requests % 8 === 0;
        const isBefore = chance() < 0.5;
        const kill = (): void => {
          if (!isAt) return;
          const victim = isClient ? client : server;
          if ((isClient ? counts.clients : counts.servers) >= killsOfEach || !victim?.kill('SIGKILL')) return;
          if (isClient) counts.clients += 1; else counts.servers += 1;
        };
        if (isBefore) kill();
        const bundle: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'));
        const statuses = await engine.send(bundle as object);
        if (!isBefore) kill();
        const isDropped = chance() < 0.3;
        if (isDropped) counts.dropped += 1;
        response.writeHead(200, isDropped ? { 'x-drop': '1' } : {}).end(JSON.stringify({ resourceType: 'Bundle', type: 'transaction-response', entry: statuses.map((status) => ({ response: { status } })) }));
      })().catch((error: unknown) => { response.writeHead(500).end(String(error)); }));
    }).listen(0, '127.0.0.1');
    await once(store, 'listening');
    const storeAddress = `http://127.0.0.1:${(store.address() as AddressInfo).port}/`;

    let port = 0;
    let isOver = false;
    const startServer = async (): Promise<void> => {
      const child = spawn(process.execPath, ['test/rooms/sync/fault-proxy.mjs', storeAddress, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
      children.add(child);
      server = child;
      child.on('exit', () => { children.delete(child); if (!isOver) void startServer(); });
      const [line] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]) as [unknown];
      if (port === 0) port = Number(String(line).trim());
    };
    await startServer();
    const started = performance.now();
    for (;;) {
      const child = spawn(process.execPath, ['--import', 'tsx', 'test/rooms/sync/sending-client.ts', `http://127.0.0.1:${port}/`, String(rowCount), String(seed), join(folder, 'place.json'), '5'], { stdio: ['ignore', 'inherit', 'inherit'] });
      children.add(child);
      client = child;
      const [code, by] = await once(child, 'exit') as [number | null, string | null];
      children.delete(child);
      if (by === 'SIGKILL') continue;
      expect(code).toBe(0);
      break;
    }
    isOver = true;
    (server as ChildProcess | null)?.kill('SIGKILL');
    store.close();

    const wanted = mergeStatements(saidBy(inventedLog(rowCount, seed)));
    const { statements, resources } = await heldBy(engine);
    const keys = new Set(statements.map(({ key }) => key));
    const missing = wanted.filter(({ key }) => !keys.has(key)).length;
    const duplicates = resources - wanted.reduce((sum, { kind }) => sum + (kind === 'query' ? 2 : 1), 0) + missing;
    console.log(`sync: ${rowCount} rows say ${wanted.length} things; ${counts.requests} requests, ${counts.dropped} replies dropped after commit, server killed ${counts.servers}, client killed ${counts.clients}; missing ${missing}, duplicates ${duplicates}, ${((performance.now() - started) / 1000).toFixed(0)} s`);
    expect(wanted.length).toBeGreaterThan(rowCount / 2);
    expect([counts.servers, counts.clients]).toEqual([killsOfEach, killsOfEach]);
    expect(counts.dropped / counts.requests).toBeGreaterThan(0.2);
    expect([missing, duplicates]).toEqual([0, 0]);
    expect(statements).toEqual(wanted);
  }, isLong ? 1_800_000 : 180_000);

  it('counts two coders on one note once, in whatever order they send, and again after a lost place', async () => {
    const engine = await startFhirEngine();
    const send: SendTransaction = async (bundle) => succeed(numbers(await engine.send(bundle)));
    const [first, second] = [inventedLog(40, 21, 10), inventedLog(40, 22, 10)];
    const [a, b] = [atHand(first, send), atHand(second, send)];
    for (const one of [a, b]) expect((await sendWaiting(one, signal)).ok).toBe(true);
    const distinct = new Set([...saidBy(first), ...saidBy(second)].map(({ key }) => key));
    const shared = saidBy(first).filter(({ key }) => saidBy(second).some((other) => other.key === key)).length;
    const once = await heldBy(engine);
    expect(shared).toBeGreaterThan(3);
    expect(new Set(once.statements.map(({ key }) => key))).toEqual(distinct);
    b.held.place = null;
    expect((await sendWaiting(b, signal)).ok).toBe(true);
    expect(await heldBy(engine)).toEqual(once);
    console.log(`sync: two coders said ${saidBy(first).length} and ${saidBy(second).length}, ${shared} of them the same; the server has ${once.statements.length}`);
  });

  it('sends what FHIR R4 allows', async () => {
    const engine = await startFhirEngine();
    const { entry } = statementBundle(saidBy(inventedLog(60, 5)), defaultFhirNames);
    for (const { resource, request } of entry) { engine.validate(resource); expect(request).toHaveProperty('ifNoneExist'); }
    expect(entry.length).toBeGreaterThan(30);
  });

  it('sets aside what is refused five times, says its status, and goes on', async () => {
    const rows = inventedLog(40, 31);
    const poison = saidBy(rows.slice(0, 1))[0]?.key ?? '';
    for (const whole of [true, false]) {
      const taken = new Set<string>();
      let tries = 0;
      const send: SendTransaction = ({ entry }) => {
        const values = entry.map(({ resource }) => resource.identifier[0].value);
        if (values.includes(poison) && whole) { tries += 1; return Promise.resolve(fail({ kind: 'status', status: 422, retryAfter: null })); }
        return Promise.resolve(succeed(values.map((value) => { if (value === poison) { tries += 1; return 422; } taken.add(value); return 201; })));
      };
      const parts = atHand(rows, send);
      const ended = await sendWaiting(parts, signal);
      expect(ended.ok && ended.value).toEqual({ sentTo: 40, setAside: [{ key: poison, sequence: expect.any(Number) as number, status: 422 }] });
      expect([...taken].sort()).toEqual(saidBy(rows).map(({ key }) => key).filter((key) => key !== poison).sort());
      expect(tries).toBeGreaterThanOrEqual(5);
    }
  });

  it('stops for a credential and for a key that is there twice, waits as it is told, and gives a failing server peace', async () => {
    const rows = inventedLog(30, 41);
    const failing = (failure: SyncFailure): SendTransaction => () => Promise.resolve(fail(failure));
    const status = (code: number, retryAfter: number | null = null): SyncFailure => ({ kind: 'status', status: code, retryAfter });
    for (const [failure, kind, waits] of [
      [status(401), 'credential-needed', []], [status(403), 'credential-needed', []], [status(412), 'key-not-unique', []],
      [status(503), 'circuit-open', [250, 500, 1000, 2000]], [status(429, 7000), 'circuit-open', [7000, 7000, 7000, 7000]], [status(409), 'circuit-open', [250, 500, 1000, 2000]], [{ kind: 'network' }, 'circuit-open', [250, 500, 1000, 2000]],
    ] as const) {
      const parts = atHand(rows, failing(failure));
      const ended = await sendWaiting(parts, signal);
      expect([ended.ok ? '' : ended.failure.kind, parts.waits, parts.held.place]).toEqual([kind, waits, null]);
    }
    const twice = atHand(rows, ({ entry }) => Promise.resolve(succeed(entry.map(() => 412))));
    const ended = await sendWaiting(twice, signal);
    expect([ended.ok ? '' : ended.failure.kind, twice.held.place]).toEqual(['key-not-unique', null]);
  });
});
