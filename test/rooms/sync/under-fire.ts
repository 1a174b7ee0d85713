import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chanceFrom } from '../../harness/chance.js';
import type { FhirEngine } from './fhir-engine.js';

/** What was done to a machine that sends, and to the server it sends to. */
export interface Fire { readonly requests: number; readonly dropped: number; readonly clients: number; readonly servers: number; readonly seconds: number }

/**
 * Runs a machine that sends, in a process of its own, until it has done: every third reply is dropped after its commit, and server and machine are killed so many times
 * each, in mid-request, before or after the commit. `client` is the program and what it is told behind the server's address. Throws where the machine gives up.
 */
export async function underFire(engine: FhirEngine, [program, ...told]: readonly [string, ...string[]], killsOfEach: number): Promise<Fire> {
  const chance = chanceFrom(7);
  const counts = { requests: 0, dropped: 0, clients: 0, servers: 0 };
  const children = new Set<ChildProcess>();
  let client: ChildProcess | null = null;
  let server: ChildProcess | null = null;
  // The store outlives the server's process, as a database does; it also chooses the moment of each kill.
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
      const answer = await engine.reply(JSON.parse(Buffer.concat(parts).toString('utf8')) as object);
      if (!isBefore) kill();
      const isDropped = chance() < 0.3;
      if (isDropped) counts.dropped += 1;
      response.writeHead(200, isDropped ? { 'x-drop': '1' } : {}).end(JSON.stringify(answer));
    })().catch((error: unknown) => { response.writeHead(500).end(String(error)); }));
  }).listen(0, '127.0.0.1');
  await once(store, 'listening');
  let port = 0;
  let isOver = false;
  const startServer = async (): Promise<void> => {
    const child = spawn(process.execPath, ['test/rooms/sync/fault-proxy.mjs', `http://127.0.0.1:${(store.address() as AddressInfo).port}/`, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.add(child);
    server = child;
    child.on('exit', () => { children.delete(child); if (!isOver) void startServer(); });
    const [line] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]) as [unknown];
    if (port === 0) port = Number(String(line).trim());
  };
  const started = performance.now();
  try {
    await startServer();
    for (;;) {
      const child = spawn(process.execPath, ['--import', 'tsx', program, `http://127.0.0.1:${port}/`, ...told], { stdio: ['ignore', 'inherit', 'inherit'] });
      children.add(child);
      client = child;
      const [code, by] = await once(child, 'exit') as [number | null, string | null];
      children.delete(child);
      if (by === 'SIGKILL') continue;
      if (code !== 0) throw new Error(`The machine gave up with ${code}.`);
      return { ...counts, seconds: Math.round((performance.now() - started) / 1000) };
    }
  } finally {
    isOver = true;
    for (const child of children) child.kill('SIGKILL');
    store.close();
  }
}
