/** One log for many pages, and a disk that fills up while they write. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { chainStart, followChain } from '../../lib/log/chain.js';
import type { LogEvent } from '../../lib/model/decision.js';
import type { LogHealth } from '../../lib/model/ports.js';
import { demonstrationCopy, launchChromium } from '../harness/browser.mjs';
import { openedRows } from '../harness/sample-record.js';

const extension = demonstrationCopy(process.env['NODI_EXTENSION']);
afterAll(() => rmSync(extension, { recursive: true, force: true }));

interface Message { readonly chrome: { readonly runtime: { readonly sendMessage: (message: object) => Promise<unknown> } } }
interface Outcome { readonly kind: string; readonly reason?: string; readonly event?: string; readonly sequence?: number }
const idOf = (lane: number, number: number): string => `00000000-0000-4000-8${lane.toString(16).padStart(3, '0')}-${number.toString(16).padStart(12, '0')}`;

/** Runs in a page: so many decisions, one behind the other, each sent twice as after an answer that was lost. */
async function decide([lane, first, count]: readonly [number, number, number]): Promise<readonly Outcome[]> {
  const { runtime } = (globalThis as unknown as Message).chrome;
  const told: Outcome[] = [];
  for (let number = first; number < first + count; number += 1) {
    const id = `00000000-0000-4000-8${lane.toString(16).padStart(3, '0')}-${number.toString(16).padStart(12, '0')}`;
    const message = { nodi: 1, name: 'panel.run', ask: { tab: -1, command: { kind: 'mute-rule', id, rule: `BM${String(number % 200 + 1).padStart(3, '0')}`, days: 1 } } };
    const both = await Promise.all([runtime.sendMessage(message), runtime.sendMessage(message)]) as readonly Outcome[];
    told.push(...both);
  }
  return told;
}
const rowsIn = (page: Page): Promise<readonly LogEvent[]> => page.evaluate(openedRows) as Promise<never>;
const health = (page: Page): Promise<LogHealth> => page.evaluate(() => (globalThis as unknown as Message).chrome.runtime.sendMessage({ nodi: 1, name: 'panel.log', ask: null })) as Promise<never>;
const walk = (rows: readonly LogEvent[]): string => { const walked = followChain(chainStart, [...rows].sort((a, b) => a.sequence - b.sequence)); return 'brokenAt' in walked ? `broken at ${walked.brokenAt}` : `1..${walked.next - 1}`; };

describe('several tabs that log at once', () => {
  it('make one row of each click, in one chain without a gap', async () => {
    const each = process.env['NODI_LONG'] ? 500 : 50;
    const browser = await launchChromium({ extension });
    try {
      const pages = await Promise.all(Array.from({ length: 8 }, () => browser.page('options.html')));
      for (const page of pages) await page.evaluate('globalThis.__name ??= (of) => of');
      const told = (await Promise.all(pages.map((page, lane) => page.evaluate(decide, [lane, 0, each] as const)))).flat();
      const rows = await rowsIn(pages[0] as Page);
      console.info(`tabs 8, clicks ${8 * each}, each sent twice: acknowledged ${told.filter(({ kind }) => kind === 'acknowledged').length}, rows ${rows.length}, chain ${walk(rows)}`);
      expect(told.filter(({ kind }) => kind !== 'acknowledged')).toEqual([]);
      expect(rows.length).toBe(8 * each);
      expect(new Set(rows.map(({ id }) => id)).size).toBe(8 * each);
      expect(walk(rows)).toBe(`1..${8 * each}`);
      const bySequence = new Map(rows.map((row) => [row.id as string, row.sequence]));
      expect(told.filter(({ event, sequence }) => bySequence.get(event ?? '') !== sequence)).toEqual([]);
      expect(await health(pages[0] as Page)).toEqual({ kind: 'sound', rows: 8 * each });
    } finally { await browser.close(); }
  }, 400_000);
});

/** A small disk of its own, where the machine lets us have one. */
function smallDisk(megabytes: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'nodi-disk-'));
  try { execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' }); return folder; } catch { rmSync(folder, { recursive: true, force: true }); return null; }
}
/** Fills the disk to the last byte that it takes. */
function fill(file: string): number {
  const held = openSync(file, 'a');
  for (let size = 1 << 20; size >= 1;) { try { writeSync(held, Buffer.alloc(size)); } catch { size = size > 1 ? size >> 1 : 0; } }
  closeSync(held);
  return statSync(file).size;
}

const disk = smallDisk(160);
afterAll(() => { if (disk) { execFileSync('umount', ['-l', disk]); rmSync(disk, { recursive: true, force: true }); } });

describe('a disk that fills up', () => {
  it.skipIf(disk === null)('says of each click that it was not saved, keeps all that was, and saves the same click when there is room', async () => {
    const browser = await launchChromium({ extension, profile: join(disk as string, 'profile'), keepProfile: true });
    try {
      const page = await browser.page('options.html');
      await page.evaluate('globalThis.__name ??= (of) => of');
      const before = await page.evaluate(decide, [0, 0, 40] as const);
      expect(before.every(({ kind }) => kind === 'acknowledged')).toBe(true);
      const filler = join(disk as string, 'filler');
      const acknowledged = new Set(before.map(({ event }) => event));
      let [refused, other] = [0, 0];
      // What LevelDB has set aside for its log takes some more rows.
      for (let number = 40; number < 1040 && refused < 10; number += 5) {
        fill(filler);
        for (const { kind, reason, event } of await page.evaluate(decide, [0, number, 5] as const)) {
          if (kind === 'acknowledged') acknowledged.add(event);
          else if (kind === 'not-saved') { refused += 1; if (reason !== 'disk-full') other += 1; }
          else throw new Error(`A full disk came to ${kind}`);
        }
      }
      rmSync(filler);
      const rows = await rowsIn(page);
      const ids = new Set(rows.map(({ id }) => id as string));
      const lost = [...acknowledged].filter((id) => !ids.has(id ?? ''));
      const last = Math.max(...[...acknowledged].map((id) => Number.parseInt((id ?? '').slice(-12), 16)));
      const again = await page.evaluate(decide, [0, 0, last + 10] as const);
      const after = await rowsIn(page);
      console.info(`full disk: acknowledged ${acknowledged.size}, said not to be saved ${refused} (called otherwise than full ${other}), lost ${lost.length}; with room again ${after.length} rows, chain ${walk(after)}`);
      expect(refused).toBeGreaterThan(0);
      expect(lost).toEqual([]);
      expect(again.filter(({ kind }) => kind !== 'acknowledged')).toEqual([]);
      expect(after.length).toBe(last + 10);
      expect(walk(after)).toBe(`1..${last + 10}`);
      expect(after.map(({ id }) => id as string).sort()).toEqual(Array.from({ length: last + 10 }, (_, number) => idOf(0, number)).sort());
      expect(await health(page)).toMatchObject({ kind: 'sound' });
    } finally { await browser.close(); }
  }, 400_000);
});
