/** From a person's key to the word *logged*: the panel's own message, through the record's page, to a strict commit. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { createLogStore } from '../../lib/log/index.js';
import type { openDatabase } from '../../lib/log/database.js';
import type { createKeyring, sealRow } from '../../lib/log/seal.js';
import type { readingId } from '../../lib/model/event-id.js';
import type { createLogFiles } from '../../lib/settings/index.js';
import { demonstrationCopy, launchChromium } from '../harness/browser.mjs';
import { bundle, root } from '../harness/chromium-page.js';
import { openSampleRecord } from '../harness/sample-record.js';
import { serveDemo } from '../harness/serve.mjs';
import { median, type Figure } from './figures.js';

const decisions = 300;

/** Runs in the panel's page: logs and takes back the findings in view, one after the other as a person does. Milliseconds of each. */
async function decide({ tab, count }: { readonly tab: number; readonly count: number }): Promise<readonly number[]> {
  interface Row { readonly diagnostic: { readonly document: string; readonly version: number; readonly span: object; readonly rule: string }; readonly key: object }
  const { runtime } = (window as unknown as { chrome: { runtime: { sendMessage: (message: object) => Promise<unknown> } } }).chrome;
  const ask = <Answer>(name: string, question: object): Promise<Answer> => runtime.sendMessage({ nodi: 1, name, ask: question }) as Promise<Answer>;
  let rows: Row[] = [];
  while (rows.length === 0) {
    const view = await ask<{ record?: { sealed: { documents: { rows: Row[] }[] } } } | null>('panel.view', { tab });
    rows = view?.record?.sealed.documents.flatMap((document) => document.rows) ?? [];
    if (rows.length === 0) await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  const times: number[] = [];
  for (let turn = 0; times.length < count; turn += 1) {
    const { key, diagnostic: { document, version, span, rule } } = rows[turn % rows.length] as Row;
    const id = crypto.randomUUID();
    for (const command of [{ kind: 'log-finding', id, target: { key, document, version, span, rule } }, { kind: 'undo', id: crypto.randomUUID(), undoes: id }]) {
      const before = performance.now();
      const outcome = await ask<{ kind: string }>('panel.run', { tab, command });
      if (outcome.kind !== 'acknowledged') throw new Error(`A decision came to ${JSON.stringify(outcome)}`);
      times.push(performance.now() - before);
      // A person takes longer than this to find the next key.
      await new Promise((resolve) => { setTimeout(resolve, 40); });
    }
  }
  return times;
}

/** Ninety days of a coder: the documents that they read, and what they decided. */
const kept = { days: 90, readings: 22_000, decisions: 2_000 };

interface Nodi {
  readonly createLogStore: typeof createLogStore;
  readonly openDatabase: typeof openDatabase;
  readonly createKeyring: typeof createKeyring;
  readonly sealRow: typeof sealRow;
  readonly readingId: typeof readingId;
  readonly createLogFiles: typeof createLogFiles;
}

/** Runs in a page: fills the log with sealed rows, and reads what a worker that starts must know, from a database that nothing has opened yet. */
async function startOver({ days, readings, decisions: decided }: typeof kept): Promise<{ readonly times: readonly number[]; readonly rows: number }> {
  const nodi = (globalThis as unknown as { nodi: Nodi }).nodi;
  const files = nodi.createLogFiles(() => navigator.storage.getDirectory(), globalThis.caches, 'nodi-start');
  const [keys, on] = [nodi.createKeyring(files), nodi.openDatabase({ name: 'nodi-start' })];
  await on.dexie.open();
  const all = readings + decided;
  const dayAt = (sequence: number): string => new Date(Date.UTC(2026, 0, 1) + Math.floor((sequence * days) / all) * 86_400_000).toISOString().slice(0, 10);
  for (let sequence = 1; sequence <= all; sequence += 1) if (sequence === 1 || dayAt(sequence) !== dayAt(sequence - 1)) await keys.make(dayAt(sequence));
  const hex = (number: number): string => number.toString(16).padStart(64, '0');
  for (let first = 1; first <= all; first += 1000) {
    await on.events.bulkAdd(await Promise.all(Array.from({ length: Math.min(1000, all - first + 1) }, async (_, at) => {
      const sequence = first + at;
      const isReading = sequence % Math.round(all / decided) !== 0;
      const day = dayAt(sequence);
      const row = { kind: isReading ? 'document-read' : 'finding-logged', id: isReading ? nodi.readingId(crypto.getRandomValues(new Uint8Array(16))) : crypto.randomUUID(), sequence, schema: 2, wall: 0, offset: 0, edition: 'starter-1', previous: hex(sequence - 1), hash: hex(sequence), specialty: 'neurology', site: 'unknown', documentKind: 'clinic-letter', documentLanguage: 'en', episode: hex(sequence >> 3), place: hex(sequence), adapter: 'sample-epr', adapterVersion: 1 };
      return nodi.sealRow(row as never, day, hex(sequence >> 3).slice(-24), await keys.make(day));
    })));
  }
  on.dexie.close();
  const times: number[] = [];
  let rows = 0;
  for (let round = 0; round < 5; round += 1) {
    const store = nodi.createLogStore({ name: 'nodi-start', sentinel: { read: () => Promise.resolve(null), write: () => Promise.resolve() }, files, exclusive: (write) => write(), clock: { wall: () => Date.now(), offset: () => 0 } });
    const start = performance.now();
    const read = await store.decisions();
    times.push(performance.now() - start);
    rows = read.ok ? read.value.length : -1;
    store.close();
  }
  return { times, rows };
}

async function benchStart(): Promise<Figure> {
  const code = await bundle({ stdin: { contents: "export { createLogStore } from './lib/log/index.ts'; export { openDatabase } from './lib/log/database.ts'; export { createKeyring, sealRow } from './lib/log/seal.ts'; export { readingId } from './lib/model/event-id.ts'; export { createLogFiles } from './lib/settings/cached-files.ts';", resolveDir: root, loader: 'ts' }, globalName: 'nodi', target: 'chrome120' });
  const site = await serveDemo({ root: join(root, 'assets/demo'), port: 0 });
  const browser = await launchChromium({});
  try {
    const page = await browser.context.newPage();
    await page.goto(`${site.url}portal.css`);
    await page.evaluate('globalThis.__name ??= (of) => of');
    await page.evaluate(`${code}; globalThis.nodi = nodi; 0`);
    const { times, rows } = await page.evaluate(startOver, kept);
    if (rows !== kept.decisions) throw new Error(`${rows} decisions were read, not ${kept.decisions}`);
    return { name: `logging: what a start reads, ${kept.decisions} decisions beside ${kept.readings} readings in Chromium, median of ${times.length}`, value: median([...times]), unit: 'ms', goal: { atMost: 400 } };
  } finally {
    await browser.close();
    await site.close();
  }
}

export async function benchLogging(): Promise<readonly Figure[]> {
  const extension = demonstrationCopy();
  const sample = await openSampleRecord({ extension });
  try {
    await sample.panel.evaluate('globalThis.__name ??= (of) => of');
    const tab = Number(new URL(sample.panel.url()).searchParams.get('tab'));
    const times = [...await sample.panel.evaluate(decide, { tab, count: decisions })].sort((a, b) => a - b);
    const at = (share: number): number => times[Math.floor(times.length * share)] ?? NaN;
    return [
      { name: `logging: acknowledged, ${times.length} decisions in Chromium, p95`, value: at(0.95), unit: 'ms', goal: { atMost: 30 } },
      { name: 'logging: acknowledged, median', value: at(0.5), unit: 'ms', goal: null },
      await benchStart(),
    ];
  } finally {
    await sample.close();
    rmSync(extension, { recursive: true, force: true });
  }
}
