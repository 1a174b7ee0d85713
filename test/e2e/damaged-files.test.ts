/** A ward PC's disk: the browser's own files are damaged, cut short or gone. What was acknowledged is there, or its loss is said; never is it empty and happy. */
import { cpSync, closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogHealth, RestoredLog } from '../../lib/model/ports.js';
import { demonstrationCopy, launchChromium } from '../harness/browser.mjs';
import { inLanes } from '../harness/in-lanes.js';
import { openedRows, until } from '../harness/sample-record.js';

const tries = process.env['NODI_LONG'] ? 200 : 10;
/** `2/8`: the second eighth of the damages, for a machine that others use too. */
const [part = 1, parts = 1] = (process.env['NODI_PART'] ?? '1/1').split('/').map(Number);
const decisions = 240;
const folder = mkdtempSync(join(tmpdir(), 'nodi-damaged-'));
const extension = demonstrationCopy(process.env['NODI_EXTENSION']);
afterAll(() => { for (const one of [folder, extension]) rmSync(one, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }); });

type Ask = <Answer>(name: string, question: unknown) => Promise<Answer>;
interface Message { readonly chrome: { readonly runtime: { readonly sendMessage: (message: object) => Promise<unknown> } } }

/** Opens a profile, asks a page of the extension, and closes. */
async function inProfile<Value>(profile: string, act: (ask: Ask, rows: () => Promise<readonly Record<string, unknown>[]>, copied: () => Promise<number>) => Promise<Value>): Promise<Value> {
  const browser = await launchChromium({ extension, profile, keepProfile: true });
  try {
    const page = await browser.page('options.html');
    await page.evaluate('globalThis.__name ??= (of) => of');
    const ask: Ask = (name, question) => page.evaluate(([named, asked]) => (globalThis as unknown as Message).chrome.runtime.sendMessage({ nodi: 1, name: named, ask: asked }), [name, question] as const) as Promise<never>;
    return await act(ask, () => page.evaluate(openedRows).catch(() => []), () => page.evaluate(lastCopied));
  } finally { await browser.close(); }
}

/** Runs in a page of the extension: the number of the last row that both copies outside the database know of. */
async function lastCopied(): Promise<number> {
  const file = await (await navigator.storage.getDirectory()).getDirectoryHandle('nodi-log').then((folder) => folder.getFileHandle('sum-a')).then((handle) => handle.getFile()).then((held) => held.text()).catch(() => '');
  const entry = await (await caches.open('nodi-log')).match('https://nodi.invalid/sum-b').then((found) => found?.text() ?? '');
  return Math.min(...[file, entry].map((text) => Number(/"counted":(\d+)/.exec(text)?.[1] ?? 0)));
}

const muted = (number: number): object => ({ kind: 'mute-rule', id: `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`, rule: `BM${String(number % 200 + 1).padStart(3, '0')}`, days: 1 });

/** Numbers that look like chance and are the same for ever: a round that went wrong can be had again. */
function chanceFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 4294967296; };
}

/** The files in which this browser keeps what the extension wrote: its database, its own files and its cache storage, and the sentinel's store. */
function filesOf(profile: string): readonly string[] {
  const all = readdirSync(join(profile, 'Default'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  return all.filter((name) => /\/(?:IndexedDB|File System|Local Extension Settings|CacheStorage|WebStorage)\//.test(name) && !name.endsWith('/LOCK') && statSync(name).size > 0).sort();
}

const kinds = ['flip', 'cut', 'gone'] as const;
function damage(file: string, kind: (typeof kinds)[number], chance: () => number): void {
  const { size } = statSync(file);
  if (kind === 'gone') { rmSync(file); return; }
  if (kind === 'cut') { truncateSync(file, Math.floor(size * chance())); return; }
  const held = openSync(file, 'r+');
  const at = Math.floor(size * chance());
  const bytes = readFileSync(file).subarray(at, at + 64).map((byte) => byte ^ (1 + Math.floor(chance() * 254)));
  writeSync(held, bytes, 0, bytes.length, at);
  closeSync(held);
}

describe('files of the profile that are damaged', () => {
  const profile = join(folder, 'profile');
  let acknowledged: readonly string[] = [];
  beforeAll(async () => {
    acknowledged = await inProfile(profile, async (ask, _, copied) => {
      const ids: string[] = [];
      for (let number = 1; number <= decisions; number += 1) {
        const outcome = await ask<{ kind: string; event: string }>('panel.run', { tab: -1, command: muted(number) });
        if (outcome.kind === 'acknowledged') ids.push(outcome.event);
      }
      // What was acknowledged a moment ago is copied a moment later: the disk fails after that.
      await until(copied, (last) => last === decisions);
      return ids;
    });
  });

  it(`lose nothing in silence over ${tries} damages, and most of it comes back`, async () => {
    expect(acknowledged).toHaveLength(decisions);
    const counts = { nothing: 0, told: 0, whole: 0, partly: 0, lost: 0, back: 0, silent: [] as string[], notOpened: 0 };
    const hit = new Map<string, number>();
    const [first, last] = [part - 1, part].map((one) => Math.floor(tries * one / parts)) as [number, number];
    await inLanes(Array.from({ length: last - first }, (_, at) => first + at), async (round) => {
      const chance = chanceFrom(round * 7919 + 17);
      const copy = join(folder, `round-${round}`);
      cpSync(profile, copy, { recursive: true, filter: (name) => !/Singleton/.test(name) });
      const files = filesOf(copy);
      // Each store in its turn: the database has few files and most of what can be lost.
      const stores = ['IndexedDB', 'IndexedDB', 'File System', 'Local Extension Settings', 'CacheStorage'] as const;
      const store = stores[round % stores.length] ?? 'IndexedDB';
      const own = files.filter((name) => name.includes(`/${store}/`));
      const file = own[Math.floor(chance() * own.length)];
      if (file === undefined) throw new Error(`No file of ${store}`);
      const kind = kinds[Math.floor(chance() * kinds.length)] ?? 'flip';
      damage(file, kind, chance);
      hit.set(`${store} ${kind}`, (hit.get(`${store} ${kind}`) ?? 0) + 1);
      const what = `round ${round}: ${kind} of ${relative(copy, file)}`;
      const seen = await inProfile(copy, async (ask, rows) => {
        const health = await ask<LogHealth | undefined>('panel.log', null);
        const before = new Set((await rows()).map(({ id }) => id));
        if (health?.kind === 'sound') return { health, before, restored: null, after: null };
        const restored = await ask<{ health: LogHealth; restored: RestoredLog | null } | undefined>('panel.restore-log', null);
        return { health, before, restored, after: new Set((await rows()).map(({ id }) => id)) };
      }).catch((problem: unknown) => { console.info(`${what}: ${String(problem).slice(0, 120)}`); return null; });
      rmSync(copy, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
      // The browser itself did not start or the extension did not answer: nobody can take that for an empty log.
      if (seen === null) { counts.notOpened += 1; return; }
      const holds = (ids: ReadonlySet<unknown>): boolean => acknowledged.every((id) => ids.has(id));
      if (seen.health?.kind === 'sound') { if (holds(seen.before) && seen.health.rows === decisions) counts.nothing += 1; else counts.silent.push(what); return; }
      counts.told += 1;
      const whole = seen.after !== null && holds(seen.after);
      if (seen.restored?.health.kind === 'sound' && !whole) counts.silent.push(`${what}, after it was restored`);
      if (whole) counts.whole += 1; else counts.partly += 1;
      const [readBefore, readAfter] = [seen.before, seen.after ?? new Set()].map((ids) => acknowledged.filter((id) => ids.has(id)).length) as [number, number];
      counts.lost += decisions - readBefore;
      counts.back += readAfter - readBefore;
      console.info(`${what}: ${JSON.stringify(seen.health)}, rows that could be read ${readBefore}, after the restore ${readAfter} of ${decisions} (${JSON.stringify(seen.restored)})`);
    });
    console.info(`damages tried ${last - first} of ${tries} (${[...hit].map(([name, count]) => `${name} ${count}`).join(', ')}): nothing lost ${counts.nothing}, loss told ${counts.told} (all back ${counts.whole}, not all ${counts.partly}; rows lost ${counts.lost}, back ${counts.back}), not opened ${counts.notOpened}, silent ${counts.silent.length}`);
    expect(counts.silent).toEqual([]);
    expect(counts.notOpened).toBeLessThan((last - first) / 4);
    expect(counts.told).toBeGreaterThan(0);
  }, tries * 30_000);
});
