/** What the quality page asks of the counters, over a million logged findings. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { createLogStore } from '../../lib/log/index.js';
import type { replaceCounters } from '../../lib/log/counter-tables.js';
import type { weightOfAll } from '../../lib/log/counts.js';
import type { openDatabase } from '../../lib/log/database.js';
import type { Month } from '../../lib/model/month.js';
import { qualityReport } from '../../lib/reports/index.js';
import { bundle, root } from '../harness/chromium-page.js';
import { serveDemo } from '../harness/serve.mjs';
import { manyCounters } from '../harness/simulated-years.js';
import { median, type Figure } from './figures.js';
import { createProfilePage } from './profile-page.js';

const findings = 1_000_000;
/** Rows that lie in the database while the counters are read: a quarter of a year of one busy coder. */
const rows = 60_000;
const rounds = 7;

export async function benchQuality(): Promise<readonly Figure[]> {
  const counters = manyCounters(6, findings);
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    qualityReport(counters, { to: '2026-12' as Month, tableMonths: 12, chartMonths: 36, interventions: new Map(), rebases: new Map() });
    return performance.now() - start;
  });
  return [{ name: `quality: report of 1,000,000 findings from ${counters.length} counters, median of ${times.length}`, value: median(times), unit: 'ms', goal: { atMost: 300 } }, ...await readInChromium()];
}

interface Nodi {
  readonly createLogStore: typeof createLogStore;
  readonly openDatabase: typeof openDatabase;
  readonly replaceCounters: typeof replaceCounters;
  readonly weightOfAll: typeof weightOfAll;
  readonly manyCounters: typeof manyCounters;
}

interface Read { readonly ready: number; readonly totals: number; readonly counters: number; readonly health: string; readonly heap: number }

/** Runs in the page: everything that the first paint needs, from a database that nothing has opened yet. */
async function readFirst(): Promise<Read> {
  const { createLogStore: make } = (globalThis as unknown as { nodi: Nodi }).nodi;
  const start = performance.now();
  const sentinel = { read: () => Promise.resolve(JSON.parse(localStorage.getItem('sentinel') ?? 'null') as null), write: () => Promise.resolve() };
  const files = { names: () => Promise.resolve([]), read: () => Promise.resolve(null), write: () => Promise.resolve(), remove: () => Promise.resolve() };
  const store = make({ name: 'nodi-log', sentinel, files, exclusive: (write) => write(), clock: { wall: () => Date.now(), offset: () => 0 } });
  const [health, totals, counters] = await Promise.all([store.glance(), store.totals(), store.countersOf('specialty-00' as never)]);
  const ready = performance.now() - start;
  store.close();
  return { ready, totals: totals.ok ? totals.value.length : -1, counters: counters.ok ? counters.value.length : -1, health: health.kind, heap: (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize };
}

/** Fills the database as the log leaves it; the rows are of the size that sealed ones have. */
async function fill([many, kept]: readonly [number, number]): Promise<void> {
  const { openDatabase: open, replaceCounters: replace, weightOfAll: weigh, manyCounters: make } = (globalThis as unknown as { nodi: Nodi }).nodi;
  const all = make(6, many);
  const on = open({ name: 'nodi-log' });
  await on.dexie.open();
  await on.dexie.transaction('rw', on.totals, on.details, () => replace(on, all));
  for (let first = 1; first <= kept; first += 1000) {
    await on.events.bulkAdd(Array.from({ length: Math.min(1000, kept - first + 1) }, (_, at) => {
      const sequence = many - kept + first + at;
      return { id: crypto.randomUUID() as never, sequence, day: '2026-11-27', about: crypto.randomUUID(), schema: 2, iv: crypto.getRandomValues(new Uint8Array(12)), sealed: crypto.getRandomValues(new Uint8Array(600)) };
    }));
  }
  await on.origin.put({ key: 'log', epoch: 'e', schema: 2, anchor: { sequence: many - kept, hash: '0'.repeat(64) }, counted: many, sum: weigh(all) });
  localStorage.setItem('sentinel', JSON.stringify({ epoch: 'e', sequence: many, head: '', schema: 2, from: many - kept }));
  on.dexie.close();
}

/** A browser of its own for each look, as when a person opens the dashboard in the morning. */
async function readInChromium(): Promise<readonly Figure[]> {
  const code = await bundle({ stdin: { contents: "export { createLogStore } from './lib/log/index.ts'; export { openDatabase } from './lib/log/database.ts'; export { replaceCounters } from './lib/log/counter-tables.ts'; export { weightOfAll } from './lib/log/counts.ts'; export { manyCounters } from './test/harness/simulated-years.ts';", resolveDir: root, loader: 'ts' }, globalName: 'nodi', target: 'chrome120' });
  const profile = mkdtempSync(join(tmpdir(), 'nodi-counters-'));
  const site = await serveDemo({ root: join(root, 'assets/demo'), port: 0 });
  const inPage = createProfilePage({ profile, url: `${site.url}portal.css`, code, args: ['--enable-precise-memory-info'] });
  try {
    await inPage((page) => page.evaluate(fill, [findings, rows] as const));
    const reads: Read[] = [];
    for (let round = 0; round < rounds; round += 1) reads.push(await inPage((page) => page.evaluate(readFirst)));
    const [one] = reads;
    if (!one || one.health !== 'sound' || one.totals < 1000 || one.counters < 5000) throw new Error(`The counters were not read: ${JSON.stringify(one)}`);
    return [
      { name: `quality: ${one.totals} totals and ${one.counters} counters of a specialty, Chromium, log opened, median of ${rounds}`, value: median(reads.map(({ ready }) => ready)), unit: 'ms', goal: { atMost: 300 } },
      { name: 'quality: the same, slowest', value: Math.max(...reads.map(({ ready }) => ready)), unit: 'ms', goal: null },
      { name: 'quality: heap of the page with all of it in memory', value: Math.max(...reads.map(({ heap }) => heap)) / 1e6, unit: 'MB', goal: { atMost: 100 } },
    ];
  } finally {
    await site.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
