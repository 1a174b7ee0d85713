import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOf, noPrevious } from '../../../lib/log/chain.js';
import { cellsOf, monthOf, nameOf } from '../../../lib/log/counts.js';
import { retentionDay } from '../../../lib/log/retention.js';
import type { LogEvent } from '../../../lib/model/decision.js';
import type { LogCount } from '../../../lib/model/log-counts.js';
import { standingEvents } from '../../../lib/model/standing.js';
import { behindItsBack, clickId, device, draft, finding, type Device } from './invented-decisions.js';

const day = 86_400_000;
const policy = { days: 90, months: 13 };

async function written(on: Device, numbers: readonly number[]): Promise<void> {
  const store = on.open();
  for (const number of numbers) expect((await store.append(draft(number))).ok).toBe(true);
  await store.backedUp();
  store.close();
}

const upTo = (last: number, first = 1): number[] => Array.from({ length: last - first + 1 }, (_, at) => first + at);
const rowsOf = async (on: Device): Promise<readonly LogEvent[]> => { const read = await on.open().read(); return read.ok ? read.value : []; };
const countsOf = async (on: Device): Promise<readonly LogCount[]> => { const read = await on.open().counts(); return read.ok ? read.value : []; };
const sums = (counts: readonly LogCount[]): Record<string, number> => Object.fromEntries(counts.map(({ count, ...cell }) => [nameOf(cell), count]).sort());

/** What the counts must come to: a scan of all rows. */
function scanned(rows: readonly LogEvent[]): Record<string, number> {
  const found = new Map<string, number>();
  for (const row of standingEvents(rows)) for (const { cell, by } of cellsOf(row, monthOf(row.wall))) found.set(nameOf(cell), (found.get(nameOf(cell)) ?? 0) + by);
  return Object.fromEntries([...found].sort());
}

/** The database as the build of schema 1 wrote it, by hand: its stores, its version, rows that lie open. */
async function writtenBySchema1(on: Device, count: number): Promise<readonly LogEvent[]> {
  let previous = noPrevious;
  const rows = upTo(count).map((number) => {
    const { body, id, edition } = number % 7 === 0 ? { ...draft(number), body: { kind: 'undone' as const, undoes: clickId(number - 1) } } : draft(number, finding('finding-logged', number % 5));
    const fields = { ...body, id, edition, sequence: number, wall: on.time.now - (count - number) * day / 4, offset: 0, schema: 1, previous };
    const row = { ...fields, hash: hashOf(fields) } as LogEvent;
    previous = row.hash;
    return row;
  });
  await new Promise<void>((resolve, reject) => {
    const asked = on.indexedDB.open('nodi-log', 10);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('events', { keyPath: 'id' }).createIndex('sequence', 'sequence', { unique: true });
      asked.result.createObjectStore('origin', { keyPath: 'key' });
    };
    asked.onerror = () => reject(new Error('not opened'));
    asked.onsuccess = () => {
      const transaction = asked.result.transaction(['events', 'origin'], 'readwrite');
      for (const row of rows) transaction.objectStore('events').add(row);
      transaction.objectStore('origin').add({ key: 'log', epoch: 'first', schema: 1 });
      transaction.oncomplete = () => { asked.result.close(); resolve(); };
    };
  });
  on.sentinel.value = { epoch: 'first', sequence: count, head: previous, schema: 1, from: 0 };
  return rows;
}

const storedIn = async (on: Device): Promise<object[]> => {
  let rows: object[] = [];
  await behindItsBack(on, (events) => { const all = events.getAll(); all.onsuccess = () => { rows = all.result as object[]; }; });
  return rows;
};

describe('a log of an older build', () => {
  it('is taken up with every row, sealed, counted and in one chain', async () => {
    const on = device();
    const before = await writtenBySchema1(on, 1200);
    expect(await on.open().check()).toEqual({ kind: 'sound', rows: 1200 });
    const next = await on.open().append(draft(5000));
    expect(next.ok && next.value.sequence).toBe(1201);
    const rows = await rowsOf(on);
    expect(rows.slice(0, 1200)).toEqual(before);
    expect(await on.open().check()).toEqual({ kind: 'sound', rows: 1201 });
    const stored = await storedIn(on);
    expect(stored.filter((row) => 'sealed' in row)).toHaveLength(1201);
    expect(JSON.stringify(stored)).not.toContain('finding-logged');
    expect(sums(await countsOf(on))).toEqual(scanned(rows));
    console.info(`rows of schema 1 taken up ${stored.length - 1}, lost 0`);
  });

  it('goes on where it stopped when the worker died while rows were sealed', async () => {
    const on = device();
    await writtenBySchema1(on, 1100);
    const { write } = on.files;
    let keys = 0;
    on.files.write = (name, bytes) => { keys += name.startsWith('key-') ? 1 : 0; return keys > 300 ? Promise.reject(new DOMException('gone', 'AbortError')) : write(name, bytes); };
    expect((await on.open().append(draft(5000))).ok).toBe(false);
    const half = (await storedIn(on)).filter((row) => 'sealed' in row).length;
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(1100);
    expect(await on.open().check()).toEqual({ kind: 'sound', rows: 1100 });
    on.files.write = write;
    expect((await on.open().append(draft(5000))).ok).toBe(true);
    expect(await on.open().check()).toEqual({ kind: 'sound', rows: 1101 });
    expect(sums(await countsOf(on))).toEqual(scanned(await rowsOf(on)));
  });
});

describe('what is counted while the log is written', () => {
  it('is what a scan of all rows would count, whatever was logged, dismissed, undone and redone', async () => {
    let tried = 0;
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom('logged', 'dismissed', 'undone'), fc.integer({ min: 1, max: 4 })), { maxLength: 20 }), async (turns) => {
      tried += 1;
      const on = device();
      const store = on.open();
      for (const [at, [what, which]] of turns.entries()) {
        on.time.now += 9 * day;
        await store.append(draft(at + 1, what === 'undone' ? { kind: 'undone', undoes: clickId(Math.max(1, at + 1 - which)) } : finding(`finding-${what}` as 'finding-logged', which)));
      }
      expect(sums(await countsOf(on))).toEqual(scanned(await rowsOf(on)));
    }), { numRuns: 60 });
    console.info(`logs counted ${tried}, other than a scan 0`);
    expect(tried).toBeGreaterThanOrEqual(60);
  });

  it('belongs to the month of Wales, in summer time and at the turn of the year', () => {
    expect([Date.UTC(2026, 5, 30, 22, 59), Date.UTC(2026, 5, 30, 23, 1), Date.UTC(2026, 11, 31, 23, 59), Date.UTC(2027, 0, 1)].map(monthOf)).toEqual(['2026-06', '2026-07', '2026-12', '2027-01']);
  });
});

describe('retention', () => {
  it('destroys the keys of the days that have passed, and what is left is one sound chain with its counts', async () => {
    const on = device();
    await written(on, upTo(10));
    on.time.now += 40 * day;
    await written(on, upTo(20, 11));
    const counted = await countsOf(on);
    const before = await storedIn(on) as { sequence: number; sealed: Uint8Array }[];
    on.time.now += 41 * day;
    await written(on, upTo(23, 21));
    on.time.now += 10 * day;
    const store = on.open();
    expect(await store.retain(policy)).toEqual({ ok: true, value: { rows: 10, waits: false } });
    expect((await rowsOf(on)).map((row) => row.sequence)).toEqual(upTo(23, 11));
    expect(await store.check()).toEqual({ kind: 'sound', rows: 13 });
    expect(sums(await countsOf(on))).toEqual(sums([...counted, ...await countsOf(on)].filter((one, at, all) => all.findLastIndex((other) => nameOf(other) === nameOf(one)) === at)));
    // The bytes that a database leaves behind: nothing that is left on the device opens them.
    const keys = [...on.files.held].filter(([name]) => name.startsWith('key-'));
    expect(keys.map(([name]) => name.slice(4, 14)).filter((one, at, all) => all.indexOf(one) === at)).toHaveLength(2);
    for (const row of before.filter(({ sequence }) => sequence <= 10)) for (const [, bytes] of on.files.held) expect(Buffer.from(bytes).includes(Buffer.from(row.sealed).toString('base64'))).toBe(false);
    // And it goes on behind it.
    const next = await store.append(draft(30));
    expect(next.ok && next.value.sequence).toBe(24);
    expect(await on.open().check()).toEqual({ kind: 'sound', rows: 14 });
  });

  it('may destroy all rows, and the next one still follows', async () => {
    const on = device();
    await written(on, upTo(3));
    for (let weeks = 0; weeks < 16; weeks += 1) { on.time.now += 7 * day; await on.open().retain(policy); }
    expect(await rowsOf(on)).toEqual([]);
    expect(await on.open().check()).toEqual({ kind: 'sound', rows: 0 });
    const next = await on.open().append(draft(9));
    expect(next.ok && next.value.sequence).toBe(4);
    expect(await on.open().check()).toEqual({ kind: 'sound', rows: 1 });
  });

  it('is not what a hand does that takes the first rows out and moves the beginning', async () => {
    const on = device();
    await written(on, upTo(6));
    const rows = await rowsOf(on);
    await behindItsBack(on, (events, origin) => {
      for (const number of [1, 2, 3]) events.delete(clickId(number));
      const asked = origin.get('log');
      asked.onsuccess = () => { origin.put({ ...asked.result as object, anchor: { sequence: 3, hash: rows[2]?.hash } }); };
    });
    expect(await on.open().check()).toEqual({ kind: 'chain-broken', at: 3 });
  });

  it('waits when the clock leaps ahead, until a later day says the same, and destroys nothing when it comes back', async () => {
    const on = device();
    await written(on, upTo(3));
    const store = on.open();
    const start = on.time.now;
    await store.retain(policy);
    on.time.now = start + 400 * day;
    expect(await store.retain(policy)).toEqual({ ok: true, value: { rows: 0, waits: true } });
    on.time.now = start + 1 * day;
    expect(await store.retain(policy)).toEqual({ ok: true, value: { rows: 0, waits: false } });
    on.time.now = start + 400 * day;
    expect(await store.retain(policy)).toMatchObject({ value: { rows: 0, waits: true } });
    on.time.now = start + 401 * day;
    expect(await store.retain(policy)).toMatchObject({ value: { rows: 3, waits: false } });
  });

  it('goes by the latest day seen when the clock was put back, and rows keep the order of their clicks', async () => {
    const on = device();
    await written(on, upTo(3));
    on.time.now -= 30 * day;
    await written(on, upTo(6, 4));
    expect((await rowsOf(on)).map((row) => row.id)).toEqual(upTo(6).map(clickId));
    expect(new Set((await storedIn(on) as { day: string }[]).map((row) => row.day)).size).toBe(1);
    expect(await on.open().check()).toEqual({ kind: 'sound', rows: 6 });
    expect(retentionDay(Date.UTC(2026, 9, 1), policy, '2026-11-27', null)).toEqual({ kind: 'go', seen: '2026-11-27', rowsFrom: '2026-08-29', countsFrom: '2025-11' });
  });
});

describe('the backup', () => {
  it('brings back every row that a database lost, with the counts, or says how many are missing', async () => {
    const on = device();
    await written(on, upTo(150));
    const counted = sums(await countsOf(on));
    await new Promise<void>((resolve) => { on.indexedDB.deleteDatabase('nodi-log').onsuccess = () => resolve(); });
    const store = on.open();
    expect(await store.check()).toEqual({ kind: 'data-loss', expected: 150, found: 0 });
    expect(await store.restore()).toEqual({ ok: true, value: { rows: 150, back: 150, missing: 0 } });
    expect(await store.check()).toEqual({ kind: 'sound', rows: 150 });
    expect(sums(await countsOf(on))).toEqual(counted);
    expect((await store.append(draft(151))).ok).toBe(true);
  });

  it('takes damaged files for none, and one generation for the other', async () => {
    let silent = 0;
    let whole = 0;
    const tries = 40;
    for (let round = 0; round < tries; round += 1) {
      const on = device();
      await written(on, upTo(70));
      await behindItsBack(on, (events) => { for (const number of upTo(70, 20 + round % 50)) events.delete(clickId(number)); });
      for (const [at, [name, bytes]] of [...on.files.held].entries()) {
        if (name.startsWith('key-') || (at + round) % 3 !== 0) continue;
        if (round % 2 === 0) { const place = (round * 7919) % bytes.length; bytes[place] = (bytes[place] ?? 0) ^ 0x5a; on.files.held.set(name, bytes); } else on.files.held.set(name, bytes.slice(0, bytes.length / 2));
      }
      const store = on.open();
      await store.restore();
      const rows = await rowsOf(on);
      const health = await store.check();
      if (rows.length === 70 && health.kind === 'sound') whole += 1;
      else if (health.kind === 'sound') silent += 1;
    }
    console.info(`damaged backups tried ${tries}, whole again ${whole}, loss said ${tries - whole - silent}, silent ${silent}`);
    expect(silent).toBe(0);
    expect(whole).toBeGreaterThan(tries / 4);
  });

  it('restores nothing over what is there and sound', async () => {
    const on = device();
    await written(on, upTo(5));
    expect(await on.open().restore()).toEqual({ ok: true, value: { rows: 5, back: 0, missing: 0 } });
    expect(await on.open().check()).toEqual({ kind: 'sound', rows: 5 });
  });
});

describe('the log as a file', () => {
  it('makes the same log on an empty device, and twice is once', async () => {
    const on = device();
    await written(on, upTo(12));
    const text = await on.open().exported();
    const other = device();
    for (const _ of [1, 2]) expect(await other.open().imported(text.ok ? text.value : '')).toMatchObject({ ok: true, value: { rows: 12, missing: 0 } });
    expect(await rowsOf(other)).toEqual(await rowsOf(on));
    expect(sums(await countsOf(other))).toEqual(sums(await countsOf(on)));
    expect(await other.open().check()).toEqual({ kind: 'sound', rows: 12 });
  });

  it('is refused whole when a row is not as it was written, and into another log', async () => {
    const on = device();
    await written(on, upTo(12));
    const text = await on.open().exported();
    const given = text.ok ? text.value : '';
    const bad = [given.replace('"BM001"', '"BM002"'), given.replace('"place":', '"note":"seen in clinic","place":'), given.slice(0, -20), '[]', given.replace('"unread":0', '"unread":1'), given.replace('"sequence":7', '"sequence":8')];
    let taken = 0;
    for (const one of bad) {
      const other = device();
      if ((await other.open().imported(one)).ok || (await rowsOf(other)).length > 0) taken += 1;
    }
    const other = device();
    await written(other, upTo(2));
    expect(await other.open().imported(given)).toEqual({ ok: false, failure: { kind: 'another-log' } });
    console.info(`damaged files tried ${bad.length}, taken ${taken}`);
    expect(taken).toBe(0);
  });
});
