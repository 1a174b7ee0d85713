/** The board changes its policy while people work: what it decides holds at once, and not from the next start. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demonstrationCopy } from '../harness/browser.mjs';
import { openSampleRecord, until, type SampleRecord } from '../harness/sample-record.js';

interface PolicyApi { boardPolicy: object; daysOn: number; readonly chrome: { readonly storage: { readonly onChanged: { readonly dispatch: (changes: object, area: string) => void } } } }

/** A copy whose worker reads this policy, and a clock that the test can put on. No policy and no clock of the machine is touched. */
function copyUnderPolicy(): string {
  const folder = demonstrationCopy(process.env['NODI_EXTENSION']);
  const worker = join(folder, 'background.js');
  writeFileSync(worker, `globalThis.boardPolicy = {}; globalThis.daysOn = 0; chrome.storage.managed.get = () => Promise.resolve(globalThis.boardPolicy); { const real = Date.now; Date.now = () => real() + globalThis.daysOn * 86400000; }\n${readFileSync(worker, 'utf8')}`);
  return folder;
}

const extension = copyUnderPolicy();
let sample: SampleRecord;
beforeAll(async () => { sample = await openSampleRecord({ extension }); await until(sample.painted, (words) => words.includes('NS++')); });
afterAll(async () => { await sample.close(); rmSync(extension, { recursive: true, force: true }); });

const change = (policy: object, part: string): Promise<void> => sample.worker.evaluate(([next, name]) => {
  const api = globalThis as unknown as PolicyApi;
  api.boardPolicy = next as object;
  api.chrome.storage.onChanged.dispatch({ [name as string]: {} }, 'managed');
}, [policy, part] as const);

const tab = (): number => Number(new URL(sample.panel.url()).searchParams.get('tab'));
interface Row { readonly diagnostic: Record<'document' | 'version' | 'span' | 'rule', unknown>; readonly key: object; readonly state?: { readonly kind: string } }
interface View { readonly record?: { readonly sealed: { readonly documents: readonly { readonly rows: readonly Row[] }[] } } }
const found = async (): Promise<readonly Row[]> => (await sample.ask<View>('panel.view', { tab: tab() })).record?.sealed.documents.flatMap(({ rows }) => rows) ?? [];

describe('a policy that changes while the worker runs', () => {
  it('looks up and logs under the secret that the board names from then on', async () => {
    const [row] = await until(found, (rows) => rows.length > 0);
    const { document, version, span, rule } = row?.diagnostic ?? {};
    const log = (id: string): Promise<{ kind: string }> => sample.ask('panel.run', { tab: tab(), command: { kind: 'log-finding', id, target: { key: row?.key, document, version, span, rule } } });
    expect((await log('00000000-0000-4000-8000-000000000001')).kind).toBe('acknowledged');
    const logged = async (): Promise<number> => (await found()).filter(({ state }) => state?.kind === 'logged').length;
    await until(logged, (count) => count === 1);
    const episodes = async (): Promise<number> => new Set((await sample.rows()).flatMap(({ episode }) => (typeof episode === 'string' ? [episode] : []))).size;
    expect(await episodes()).toBe(1);
    await change({ episodeKeySecret: 'ab'.repeat(32) }, 'episodeKeySecret');
    // Under the board's secret the episode is another, of which nothing is logged.
    await until(logged, (count) => count === 0);
    expect((await log('00000000-0000-4000-8000-000000000002')).kind).toBe('acknowledged');
    expect(await episodes()).toBe(2);
    await change({}, 'episodeKeySecret');
    await until(logged, (count) => count === 1);
  });

  it('destroys at once what a shorter retention keeps no more, and nothing while the policy cannot be read', async () => {
    const before = await until(sample.everyRow, (rows) => rows.length >= 2);
    await sample.worker.evaluate(() => { (globalThis as unknown as PolicyApi).daysOn = 40; });
    const keys = (): Promise<number> => sample.panel.evaluate(async () => {
      let count = 0;
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('nodi-log');
      for await (const name of (folder as unknown as { keys: () => AsyncIterable<string> }).keys()) if (name.startsWith('key-')) count += 1;
      for (const { url } of await (await caches.open('nodi-log')).keys()) if (url.includes('/key-')) count += 1;
      return count;
    });
    // Two copies of each, in two places.
    expect(await keys()).toBeGreaterThanOrEqual(2);
    await change({ retention: { days: 30 } }, 'retention');
    await until(() => sample.ask<{ policyProblems: readonly string[] }>('panel.settings', null), ({ policyProblems }) => policyProblems.includes('retention'));
    await sample.ask('panel.log', null);
    expect((await sample.everyRow()).length).toBe(before.length);
    // Only the clock and the board's word, no decision of a person.
    await change({ retention: { days: 30, months: 6 } }, 'retention');
    await until(sample.everyRow, (rows) => rows.length === 0);
    await until(keys, (count) => count === 0);
    expect(await sample.ask('panel.log', null)).toMatchObject({ kind: 'sound' });
    console.info(`policies changed under a running worker 4, rows destroyed at once ${before.length}`);
  });
});
