import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOf, noPrevious } from '../../../lib/log/chain.js';
import { retentionDay } from '../../../lib/log/retention.js';
import { mergeCounters, totalsOf, type Counter } from '../../../lib/model/counters.js';
import { codeOrigins, type CodeOrigin } from '../../../lib/model/coded-episode.js';
import type { EpisodeKey, EventBody, LogEvent } from '../../../lib/model/decision.js';
import { countedEpisode, countersOfEpisode } from '../../../lib/model/episode-counters.js';
import type { QueryTemplateId } from '../../../lib/model/query.js';
import type { SpecialtyId } from '../../../lib/model/episode.js';
import { faultCategories, type SiteId } from '../../../lib/model/fault.js';
import { behindItsBack, behindItsBackIn, clickId, device, draft, fault, finding, keyOf, reading, type Device } from './invented-decisions.js';

const day = 86_400_000;
const policy = { days: 90, months: 13 };

/** A decision of each kind that is counted, in three specialties and seven episodes. */
function decision(number: number): EventBody {
  const place = { episode: keyOf(100 + number % 7), specialty: (['neurology', 'rheumatology', 'unknown'] as const)[number % 7 % 3] } as { episode: never; specialty: SpecialtyId };
  return { ...[reading(number % 4), finding('finding-logged', number, `BM00${number % 5}`), fault('missing-cause', number % 3), reading(number % 5)][number % 4] as EventBody, ...place } as EventBody;
}

async function written(on: Device, numbers: readonly number[]): Promise<void> {
  const store = on.open();
  for (const number of numbers) expect((await store.append(draft(number, decision(number)))).ok).toBe(true);
  await store.backedUp();
  store.close();
}

const upTo = (last: number, first = 1): number[] => Array.from({ length: last - first + 1 }, (_, at) => first + at);
const rowsOf = async (on: Device): Promise<readonly LogEvent[]> => { const read = await on.open().read(); return read.ok ? read.value : []; };
const specialties = ['neurology', 'rheumatology', 'unknown'] as const;
/** All counters, as they are asked for: one specialty after the other. They must come to what the totals say. */
async function countsOf(on: Device): Promise<readonly Counter[]> {
  const store = on.open();
  const counters: Counter[] = [];
  for (const specialty of specialties) { const read = await store.countersOf(specialty as SpecialtyId | 'unknown'); if (read.ok) counters.push(...read.value); }
  const totals = await store.totals();
  const ordered = (of: readonly object[]): string[] => of.map((one) => JSON.stringify(one)).sort();
  expect(ordered(totals.ok ? totals.value : [])).toEqual(ordered(totalsOf(counters)));
  return mergeCounters(counters);
}

/** What the counters must come to: a scan of all rows. */
function scanned(rows: readonly LogEvent[]): readonly Counter[] {
  const episodes = new Set(rows.flatMap((row) => countedEpisode(row) ?? []));
  return mergeCounters(...[...episodes].map((episode) => countersOfEpisode(rows.filter((row) => row.kind === 'undone' || countedEpisode(row) === episode))));
}

/** The database as the build of schema 1 wrote it, by hand: its stores, its version, rows that lie open. */
async function writtenBySchema1(on: Device, count: number, bodyOf: (number: number) => EventBody = (number) => (number % 7 === 0 ? { kind: 'undone', undoes: clickId(number - 1) } : finding('finding-logged', number % 5))): Promise<readonly LogEvent[]> {
  let previous = noPrevious;
  const rows = upTo(count).map((number) => {
    const { body, id, edition } = draft(number, bodyOf(number));
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
    expect(await countsOf(on)).toEqual(scanned(rows));
    console.info(`rows of schema 1 taken up ${stored.length - 1}, lost 0`);
  });

  it('goes on in one chain over a code of the board’s own coder, a way in that no older build knew', async () => {
    const on = device();
    const accepted = (origin: CodeOrigin): EventBody => ({ kind: 'codes-accepted', episode: keyOf(1) as EpisodeKey, specialty: 'unknown', system: 'ICD-10', codes: 'I10X', list: 'icd-10-5th-edition', origin, depth: 'full', phrase: '', flag: 'plain', standing: 'none', replaces: '' });
    const known = codeOrigins.filter((origin) => origin !== 'board');
    const before = await writtenBySchema1(on, known.length, (number) => accepted(known[number - 1] as CodeOrigin));
    // By no code of the product: the hash of an older row is of its fields in order, and stands as it was written.
    for (const { hash, ...fields } of before) expect(createHash('sha256').update(JSON.stringify(Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))))).digest('hex')).toBe(hash);
    expect(await on.open().check()).toEqual({ kind: 'sound', rows: known.length });
    const next = await on.open().append(draft(5000, accepted('board')));
    expect(next.ok && next.value.previous).toBe(before.at(-1)?.hash);
    expect(await on.open().check()).toEqual({ kind: 'sound', rows: known.length + 1 });
    const rows = await rowsOf(on);
    expect(rows.slice(0, -1)).toEqual(before);
    expect(rows.map((row) => ('origin' in row ? row.origin : row.kind))).toEqual([...known, 'board']);
    // The way in is under the hash as every field is.
    await behindItsBack(on, (events) => { events.put({ ...rows.at(-1), origin: 'suggestion' }); });
    expect(await on.open().check()).toEqual({ kind: 'chain-broken', at: known.length + 1 });
    console.info(`ways in of older rows ${before.length}, bad 0`);
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
    expect(await countsOf(on)).toEqual(scanned(await rowsOf(on)));
  });
});

describe('what is counted while the log is written', () => {
  it('is what a scan of all rows would count, whatever was read, logged, dismissed, undone and redone, and in whatever order', async () => {
    const tried = { logs: 0, rows: 0, undone: 0, below: 0 };
    const turn = fc.record({ what: fc.constantFrom('read', 'read', 'logged', 'logged', 'dismissed', 'fault', 'unreadable', 'undone', 'undone'), at: fc.nat({ max: 3 }), episode: fc.nat({ max: 2 }), specialty: fc.constantFrom(...specialties), site: fc.constantFrom('unknown', 'glan-y-don'), later: fc.nat({ max: 20 }) });
    await fc.assert(fc.asyncProperty(fc.array(turn, { maxLength: 24 }), async (turns) => {
      tried.logs += 1;
      const on = device();
      // Two writers, as the panel and a page of the product are: each asks what the other has just written.
      const stores = [on.open(), on.open()];
      for (const [number, { what, at, episode, specialty, site, later }] of turns.entries()) {
        on.time.now += later * day;
        const own = { episode: keyOf(200 + episode), specialty, site, ...(what === 'logged' || what === 'unreadable' ? { category: faultCategories[at], authorRole: 'unknown', team: 'unknown', minutes: at } : {}) };
        const bodies: Readonly<Record<string, () => object>> = {
          read: () => ({ ...reading(at), ...own }), logged: () => ({ ...finding('finding-logged', at, `BM00${at % 2}`), ...own }),
          dismissed: () => { const { site: _, ...rest } = own; return { ...finding('finding-dismissed', at, `BM00${at % 2}`), ...rest }; },
          fault: () => ({ ...fault(faultCategories[at] ?? 'other', at), ...own }),
          unreadable: () => ({ kind: 'unreadable-logged', gap: 'image', count: 1, adapter: 'sample-epr', adapterVersion: 1, ...own }),
          undone: () => ({ kind: 'undone', undoes: clickId(Math.max(1, number - at)) }),
        };
        const kept = await stores[number % 2]?.append(draft(number + 1, bodies[what]?.() as EventBody));
        expect(kept).toMatchObject({ ok: true });
        tried.rows += 1;
        if (what === 'undone') tried.undone += 1;
      }
      const counters = await countsOf(on);
      tried.below += counters.filter((one) => Object.values(one).some((value) => typeof value === 'number' && value < 0)).length;
      expect(counters).toEqual(scanned(await rowsOf(on)));
      expect(await on.open().check()).toEqual({ kind: 'sound', rows: turns.length });
    }), { numRuns: 150 });
    console.info(`logs counted ${tried.logs} of ${tried.rows} rows, ${tried.undone} of them undos; other than a scan 0, below nought ${tried.below}`);
    expect(tried.undone).toBeGreaterThan(100);
    expect(tried.below).toBe(0);
  });

  it('is read from the month that is asked for, of one specialty alone', async () => {
    const on = device();
    const store = on.open();
    for (const month of [0, 1, 2]) { await store.append(draft(month + 1, { ...reading(1, 300 + month), site: 'bryn-mawr' as SiteId } as EventBody)); on.time.now += 31 * day; }
    await store.append(draft(9, { ...reading(1, 400), specialty: 'neurology-child' as SpecialtyId } as EventBody));
    const months = async (from?: string): Promise<readonly string[]> => { const read = await store.countersOf('neurology' as SpecialtyId, from as never); return read.ok ? [...new Set(read.value.map(({ month }) => month))] : []; };
    expect(await months()).toEqual(['2026-09', '2026-10', '2026-11']);
    expect(await months('2026-10')).toEqual(['2026-10', '2026-11']);
  });

  it('is seen to be missing when a hand or a damaged file takes some of it, and comes back from the backup', async () => {
    let tried = 0;
    let silent = 0;
    let mended = 0;
    for (const of of ['totals', 'details', 'both', 'changed'] as const) {
      for (const at of [0, 1, 2]) {
        const on = device();
        await written(on, upTo(40));
        const counted = await countsOf(on);
        await behindItsBackIn(on, ['totals', 'details'], ([totals, details]) => {
          const asked = totals?.getAllKeys();
          if (asked) asked.onsuccess = () => {
            const key = asked.result[at];
            if (key === undefined) return;
            if (of === 'totals' || of === 'both') totals?.delete(key);
            if (of === 'details' || of === 'both') details?.delete(key);
            if (of === 'changed') { const held = details?.get(key); if (held) held.onsuccess = () => { const row = held.result as { text: string }; details?.put({ ...row, text: row.text.replace(/\d+\]/, '7777]') }); }; }
          };
        });
        tried += 1;
        const store = on.open();
        if ((await store.check()).kind !== 'counters-broken') silent += 1;
        await store.restore();
        if ((await store.check()).kind === 'sound' && JSON.stringify(await countsOf(on)) === JSON.stringify(counted)) mended += 1;
      }
    }
    console.info(`counters taken out ${tried}, silent ${silent}, mended ${mended}`);
    expect([silent, mended]).toEqual([0, tried]);
  });

  it('comes back from its own copies where the rows that were counted have passed out of retention, or is said to be missing', async () => {
    let silent = 0;
    let whole = 0;
    const tries = 12;
    for (let round = 0; round < tries; round += 1) {
      const on = device();
      await written(on, upTo(30));
      on.time.now += 44 * day;
      await written(on, upTo(40, 31));
      on.time.now += 44 * day;
      await on.open().retain(policy);
      on.time.now += 20 * day;
      await on.open().retain(policy);
      await written(on, upTo(45, 41));
      expect((await rowsOf(on)).length).toBe(15);
      const counted = await countsOf(on);
      await new Promise<void>((resolve) => { on.indexedDB.deleteDatabase('nodi-log').onsuccess = () => resolve(); });
      const copies = [...on.files.held.keys()].filter((name) => /^(?:counts|sum)-/.test(name));
      if (round > 2) for (const [at, name] of copies.entries()) if ((at + round) % 3 === 0) on.files.held.delete(name);
      const store = on.open();
      await store.restore();
      const same = JSON.stringify(await countsOf(on)) === JSON.stringify(counted);
      const health = await store.check();
      if (same && health.kind === 'sound') whole += 1;
      else if (health.kind === 'sound') silent += 1;
      else {
        await store.acceptLoss();
        expect((await store.check()).kind).toBe('sound');
      }
    }
    console.info(`copies of counters damaged ${tries}, whole again ${whole}, said to be missing ${tries - whole - silent}, silent ${silent}`);
    expect(silent).toBe(0);
    expect(whole).toBeGreaterThan(2);
  });
});

describe('retention', () => {
  it('destroys the keys of the days that have passed, and what is left is one sound chain with its counts', async () => {
    const on = device();
    await written(on, upTo(10));
    on.time.now += 40 * day;
    await written(on, upTo(20, 11));
    const before = await storedIn(on) as { sequence: number; sealed: Uint8Array }[];
    on.time.now += 41 * day;
    await written(on, upTo(23, 21));
    on.time.now += 10 * day;
    const counted = await countsOf(on);
    const store = on.open();
    expect(await store.retain(policy)).toEqual({ ok: true, value: { rows: 10, waits: false } });
    expect((await rowsOf(on)).map((row) => row.sequence)).toEqual(upTo(23, 11));
    expect(await store.check()).toEqual({ kind: 'sound', rows: 13 });
    expect(await countsOf(on)).toEqual(mergeCounters(counted));
    // The bytes that a database leaves behind: nothing that is left on the device opens them.
    const keys = [...on.files.held].filter(([name]) => name.startsWith('key-'));
    expect(keys.map(([name]) => name.slice(4, 14)).filter((one, at, all) => all.indexOf(one) === at)).toHaveLength(2);
    for (const row of before.filter(({ sequence }) => sequence <= 10)) for (const [, bytes] of on.files.held) expect(Buffer.from(bytes).includes(Buffer.from(row.sealed).toString('base64'))).toBe(false);
    // And it goes on behind it.
    const next = await store.append(draft(30));
    expect(next.ok && next.value.sequence).toBe(24);
    expect(await on.open().check()).toEqual({ kind: 'sound', rows: 14 });
  });

  it('keeps what is learned from and what was asked as long as the counters, and brings it back, though the rows about documents have passed', async () => {
    const on = device();
    const note = (number: number): EventBody => ({ kind: 'query-drafted', episode: '', specialty: 'neurology' as SpecialtyId, category: 'missing-type', rule: '', template: 'missing-type-shared' as QueryTemplateId, language: 'both', findings: number });
    const bodies: readonly EventBody[] = [reading(1), note(2), finding('finding-logged', 3), { kind: 'undone', undoes: clickId(2) }, note(5), { kind: 'undone', undoes: clickId(3) }, reading(7), note(8), { kind: 'undone', undoes: clickId(4) }];
    const append = async (numbers: readonly number[], body: (number: number) => EventBody): Promise<void> => { for (const number of numbers) expect((await on.open().append(draft(number, body(number)))).ok).toBe(true); };
    await append(upTo(9), (number) => bodies[number - 1] as EventBody);
    const first = await rowsOf(on);
    on.time.now += 40 * day;
    await append([10, 11], reading);
    for (const later of [30, 21, 10]) { on.time.now += later * day; expect(await on.open().retain(policy)).toMatchObject({ ok: true, value: { waits: false } }); }
    const left = await rowsOf(on);
    expect(left.map((row) => row.sequence)).toEqual([2, 4, 5, 8, 9, 10, 11]);
    expect(left.slice(0, 5)).toEqual(first.filter(({ sequence }) => [2, 4, 5, 8, 9].includes(sequence)));
    expect(await on.open().check()).toEqual({ kind: 'sound', rows: 7 });
    expect(await on.open().glance()).toEqual({ kind: 'sound', rows: 7 });
    // The days' keys are gone, and months' are there instead.
    expect([...new Set([...on.files.held.keys()].filter((name) => name.startsWith('key-')).map((name) => name.slice(4, -2)))].sort()).toEqual(['2026-09', '2026-10-31']);

    const counted = await countsOf(on);
    const text = await on.open().exported();
    const other = device();
    expect(await other.open().imported(text.ok ? text.value : '')).toMatchObject({ ok: true, value: { rows: 7, missing: 0 } });
    expect([await rowsOf(other), await other.open().check()]).toEqual([left, { kind: 'sound', rows: 7 }]);
    const changed = (text.ok ? text.value : '').replace('"findings":5', '"findings":6');
    expect(await device().open().imported(changed)).toMatchObject({ failure: { kind: 'damaged', at: 5 } });

    await behindItsBack(on, (events) => { events.delete(clickId(5)); });
    expect(await on.open().check()).toEqual({ kind: 'chain-broken', at: 9 });
    expect(await on.open().restore()).toMatchObject({ value: { back: 1, missing: 0 } });
    expect(await on.open().check()).toEqual({ kind: 'sound', rows: 7 });
    await new Promise<void>((resolve) => { on.indexedDB.deleteDatabase('nodi-log').onsuccess = () => resolve(); });
    expect(await on.open().restore()).toMatchObject({ value: { rows: 7, back: 7, missing: 0 } });
    expect([await rowsOf(on), await countsOf(on), await on.open().check()]).toEqual([left, counted, { kind: 'sound', rows: 7 }]);

    await append([12], reading);
    expect(await on.open().check()).toEqual({ kind: 'sound', rows: 8 });
    for (let months = 0; months < 14; months += 1) { on.time.now += 30 * day; await on.open().retain(policy); }
    expect(await rowsOf(on)).toEqual([]);
    expect(await countsOf(on)).toEqual([]);
    expect(await on.open().check()).toEqual({ kind: 'sound', rows: 0 });
    expect([...on.files.held.keys()].filter((name) => !name.startsWith('sum-'))).toEqual([]);
    await append([13], reading);
    expect(await on.open().check()).toEqual({ kind: 'sound', rows: 1 });
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
    // Thirty days less the little that the test took: said, as months may be wrong; a minute is not.
    expect(await on.open().clock()).toEqual({ ok: true, value: { back: { sequence: 4, minutes: 30 * 24 * 60 }, waits: false } });
    const other = device();
    await written(other, upTo(3));
    other.time.now -= 60_000;
    await written(other, [4]);
    expect(await other.open().clock()).toEqual({ ok: true, value: { back: null, waits: false } });
    expect(retentionDay(Date.UTC(2026, 9, 1), policy, '2026-11-27', null)).toEqual({ kind: 'go', seen: '2026-11-27', rowsFrom: '2026-08-29', countsFrom: '2025-11' });
  });
});

describe('the backup', () => {
  it('brings back every row that a database lost, with the counts, or says how many are missing', async () => {
    const on = device();
    await written(on, upTo(150));
    const counted = await countsOf(on);
    await new Promise<void>((resolve) => { on.indexedDB.deleteDatabase('nodi-log').onsuccess = () => resolve(); });
    const store = on.open();
    expect(await store.check()).toEqual({ kind: 'data-loss', expected: 150, found: 0 });
    expect(await store.restore()).toEqual({ ok: true, value: { rows: 150, back: 150, missing: 0 } });
    expect(await store.check()).toEqual({ kind: 'sound', rows: 150 });
    expect(await countsOf(on)).toEqual(counted);
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

  it('is complete at the next start though the worker died before its last copies were made', async () => {
    const on = device();
    await written(on, upTo(100));
    const keep = on.files.write;
    // From here on nothing reaches the disk but keys: what a worker looks like that is ended at this moment.
    on.files.write = (name, bytes) => (name.startsWith('key-') ? keep(name, bytes) : Promise.reject(new Error('dead')));
    await written(on, upTo(110, 101));
    on.files.write = keep;
    const next = on.open();
    expect((await next.catchUp()).ok).toBe(true);
    await next.backedUp();
    next.close();
    const counted = await countsOf(on);
    const again = on.open();
    let asked = 0;
    on.files.write = () => { asked += 1; return Promise.resolve(); };
    await again.catchUp();
    await again.backedUp();
    again.close();
    expect(asked).toBe(0);
    on.files.write = keep;
    await new Promise<void>((resolve) => { on.indexedDB.deleteDatabase('nodi-log').onsuccess = () => resolve(); });
    expect(await on.open().restore()).toEqual({ ok: true, value: { rows: 110, back: 110, missing: 0 } });
    expect(await countsOf(on)).toEqual(counted);
  });

  it('brings every row back from either of its two copies alone, and mends the other', async () => {
    for (const lost of ['-a', '-b']) {
      const on = device();
      // Of these no counter tells: each decision writes an even number of files.
      const store = on.open();
      for (const number of upTo(70)) await store.append(draft(number, { kind: 'rule-muted', rule: `BM${String(number).padStart(3, '0')}` as never, until: on.time.now }));
      await store.backedUp();
      store.close();
      for (const name of [...on.files.held.keys()]) if (name.endsWith(lost)) on.files.held.delete(name);
      await new Promise<void>((resolve) => { on.indexedDB.deleteDatabase('nodi-log').onsuccess = () => resolve(); });
      const next = on.open();
      expect(await next.restore()).toEqual({ ok: true, value: { rows: 70, back: 70, missing: 0 } });
      await next.catchUp();
      await next.backedUp();
      const names = [...on.files.held.keys()];
      expect(names.length).toBeGreaterThan(3);
      expect(names.filter((name) => name.endsWith('-a')).map((name) => name.slice(0, -2)).sort()).toEqual(names.filter((name) => name.endsWith('-b')).map((name) => name.slice(0, -2)).sort());
    }
  });

  it('knows the log when sentinel and database are both gone, and brings it back', async () => {
    const on = device();
    await written(on, upTo(30));
    on.sentinel.value = null;
    await new Promise<void>((resolve) => { on.indexedDB.deleteDatabase('nodi-log').onsuccess = () => resolve(); });
    const store = on.open();
    expect(await store.check()).toEqual({ kind: 'data-loss', expected: 30, found: 0 });
    expect(await store.append(draft(31))).toMatchObject({ ok: false, failure: { kind: 'data-loss' } });
    expect(await store.restore()).toEqual({ ok: true, value: { rows: 30, back: 30, missing: 0 } });
    expect(await store.check()).toEqual({ kind: 'sound', rows: 30 });
    expect((await store.append(draft(31))).ok).toBe(true);
  });

  it('goes on by the rows when the sentinel itself is what was damaged, once a person asks', async () => {
    for (const how of ['restore', 'acceptLoss'] as const) {
      const on = device();
      await written(on, upTo(12));
      const { read, write } = on.sentinel;
      on.sentinel.read = () => Promise.reject(new Error('spoiled'));
      on.sentinel.write = (value) => { on.sentinel.read = read; return write(value); };
      const store = on.open();
      expect(await store.check()).toMatchObject({ kind: 'data-loss' });
      expect(await store.append(draft(13))).toMatchObject({ ok: false });
      expect(await store[how]()).toMatchObject({ ok: true });
      expect(await store.check()).toEqual({ kind: 'sound', rows: 12 });
      expect((await store.append(draft(13))).ok).toBe(true);
    }
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
    expect(await countsOf(other)).toEqual(await countsOf(on));
    expect(await other.open().check()).toEqual({ kind: 'sound', rows: 12 });
  });

  it('is refused whole when a row is not as it was written, and into another log', async () => {
    const on = device();
    await written(on, upTo(12));
    const text = await on.open().exported();
    const given = text.ok ? text.value : '';
    const bad = [given.replace('"BM001"', '"BM002"'), given.replace('"place":', '"note":"seen in clinic","place":'), given.slice(0, -20), given.replace('"episodes":1', '"episodes":2'), given.replace('"documents":1', '"documents":"1"'), '[]', given.replace('"unread":0', '"unread":1'), given.replace('"sequence":7', '"sequence":8')];
    let taken = 0;
    for (const one of bad) {
      const other = device();
      if ((await other.open().imported(one)).ok || (await rowsOf(other)).length > 0) taken += 1;
    }
    const other = device();
    await written(other, upTo(2));
    expect(await other.open().imported(given)).toEqual({ ok: false, failure: { kind: 'another-log' } });
    for (const schema of [1, 3]) expect(await device().open().imported(given.replace('"schema":2', `"schema":${schema}`))).toEqual({ ok: false, failure: { kind: 'other-schema', found: schema } });
    console.info(`damaged files tried ${bad.length}, taken ${taken}`);
    expect(taken).toBe(0);
  });
});
