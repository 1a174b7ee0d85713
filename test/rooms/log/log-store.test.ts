import fc from 'fast-check';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LogEvent } from '../../../lib/model/decision.js';
import type { EventDraft } from '../../../lib/model/ports.js';
import { behindItsBack, clickId, device, draft, finding, type Device } from './invented-decisions.js';

async function written(on: Device, count: number): Promise<readonly LogEvent[]> {
  const store = on.open();
  for (let number = 1; number <= count; number += 1) await store.append(draft(number));
  const rows = await store.read();
  store.close();
  return rows.ok ? rows.value : [];
}

afterEach(() => { vi.restoreAllMocks(); });

describe('the log', () => {
  it('makes one row of one click, however often it is sent', async () => {
    const on = device();
    const store = on.open();
    const answers = await Promise.all([1, 1, 2, 1, 2].map((number) => store.append(draft(number))));
    const again = await on.open().append(draft(1));
    const rows = await store.read();
    console.info(`sends 6, rows ${rows.ok ? rows.value.length : -1}`);
    expect(answers.map((answer) => answer.ok && answer.value.sequence)).toEqual([1, 1, 2, 1, 2]);
    expect(again).toEqual(answers[0]);
    expect(rows.ok && rows.value.map((row) => row.id)).toEqual([clickId(1), clickId(2)]);
  });

  it('numbers 8 × 50 decisions made at once without a gap or a double, and its chain is sound', async () => {
    const on = device();
    const stores = Array.from({ length: 8 }, () => on.open());
    const answers = await Promise.all(stores.flatMap((store, writer) => Array.from({ length: 50 }, (_, turn) => store.append(draft(writer * 50 + turn + 1)))));
    const numbers = answers.flatMap((answer) => (answer.ok ? [answer.value.sequence] : [])).sort((a, b) => a - b);
    console.info(`appended ${answers.length}, acknowledged ${numbers.length}, highest ${numbers.at(-1)}`);
    expect(numbers).toEqual(Array.from({ length: 400 }, (_, index) => index + 1));
    expect(await on.open().check()).toEqual({ kind: 'sound', rows: 400 });
  });

  it('gives back a stretch by number', async () => {
    const on = device();
    await written(on, 6);
    const rows = await on.open().read({ after: 2, limit: 3 });
    expect(rows.ok && rows.value.map((row) => row.sequence)).toEqual([3, 4, 5]);
  });

  it('tells at a glance what the whole walk tells of rows that are gone', async () => {
    const on = device();
    await written(on, 6);
    const store = on.open();
    expect(await store.glance()).toEqual({ kind: 'sound', rows: 6 });
    await behindItsBack(on, (events) => { events.delete(clickId(6)); });
    expect(await store.glance()).toEqual({ kind: 'data-loss', expected: 6, found: 5 });
    on.sentinel.value = { ...on.sentinel.value as NonNullable<typeof on.sentinel.value>, schema: 99 };
    expect(await store.glance()).toEqual({ kind: 'newer-schema' });
  });

  it('says which row is not as it was written, whatever was changed in it', async () => {
    let tried = 0;
    let bad = 0;
    for (const field of ['rule', 'place', 'wall', 'previous', 'hash', 'specialty', 'sequence', 'adapterVersion', 'extra'] as const) {
      for (const at of [1, 4, 7]) {
        const on = device();
        const rows = await written(on, 7);
        const row = { ...rows[at - 1] } as unknown as Record<string, unknown>;
        const value = row[field];
        row[field] = field === 'sequence' ? at + 100 : typeof value === 'number' ? value + 1 : typeof value === 'string' ? `${value.slice(0, -1)}${value.endsWith('1') ? '2' : '1'}` : 'x';
        await behindItsBack(on, (events) => { events.put(row); });
        const health = await on.open().check();
        tried += 1;
        if (health.kind !== 'chain-broken' || health.at !== at) bad += 1;
      }
    }
    console.info(`rows falsified ${tried}, not found ${bad}`);
    expect({ tried, bad }).toEqual({ tried: 27, bad: 0 });
  });

  it('finds a row that was taken out of the middle', async () => {
    const on = device();
    await written(on, 5);
    await behindItsBack(on, (events) => { events.delete(clickId(3)); });
    expect(await on.open().check()).toEqual({ kind: 'chain-broken', at: 3 });
  });

  it('finds a log that was written anew from end to end', async () => {
    const on = device();
    await written(on, 3);
    const other = device();
    const store = other.open();
    for (const number of [1, 2, 3]) await store.append(draft(number, finding('finding-dismissed', number)));
    const rows = await store.read();
    await behindItsBack(on, (events) => { for (const row of rows.ok ? rows.value : []) events.put(row); });
    expect(await on.open().check()).toEqual({ kind: 'chain-broken', at: 3 });
  });

  it('says that rows are lost and writes no more, until a person goes on', async () => {
    const on = device();
    await written(on, 5);
    await behindItsBack(on, (events) => { events.delete(clickId(4)); events.delete(clickId(5)); });
    const store = on.open();
    const lost = { kind: 'data-loss', expected: 5, found: 3 };
    expect(await store.check()).toEqual(lost);
    expect(await store.append(draft(6))).toEqual({ ok: false, failure: lost });
    expect(await store.acceptLoss()).toEqual({ ok: true, value: { rows: 3 } });
    const next = await store.append(draft(6));
    expect(next.ok && next.value.sequence).toBe(4);
    expect(await store.check()).toEqual({ kind: 'sound', rows: 4 });
  });

  it('does not begin anew in silence when the database is gone, even under a running store', async () => {
    const on = device();
    await written(on, 3);
    const running = on.open();
    await running.append(draft(4));
    await new Promise<void>((resolve) => { on.indexedDB.deleteDatabase('nodi-log').onsuccess = () => resolve(); });
    const lost = { kind: 'data-loss', expected: 4, found: 0 };
    expect(await running.append(draft(5))).toEqual({ ok: false, failure: lost });
    expect(await on.open().append(draft(5))).toEqual({ ok: false, failure: lost });
    expect(await on.open().check()).toEqual(lost);
    const rows = await on.open().read();
    expect(rows.ok && rows.value).toEqual([]);
  });

  it('knows another database by its epoch, though it is as long', async () => {
    const on = device();
    await written(on, 2);
    on.sentinel.value = { ...on.sentinel.value ?? { sequence: 2, head: '', schema: 1, from: 0 }, epoch: 'another' };
    expect(await on.open().check()).toEqual({ kind: 'data-loss', expected: 2, found: 2 });
  });

  it('takes up a log whose sentinel lags or was cleared, with all its rows', async () => {
    const on = device();
    await written(on, 3);
    on.sentinel.value = null;
    const next = await on.open().append(draft(4));
    expect(next.ok && next.value.sequence).toBe(4);
    expect(on.sentinel.value).toMatchObject({ sequence: 4 });
  });

  it('reads and does not write what a newer build has written', async () => {
    const on = device();
    await written(on, 2);
    await behindItsBack(on, (_, origin) => { const asked = origin.get('log'); asked.onsuccess = () => { origin.put({ ...asked.result as object, schema: 3 }); }; });
    const store = on.open();
    expect(await store.append(draft(3))).toEqual({ ok: false, failure: { kind: 'newer-schema' } });
    expect(await store.check()).toEqual({ kind: 'newer-schema' });
    const rows = await store.read();
    expect(rows.ok && rows.value.length).toBe(2);
  });

  it('knows a newer build by the database version too', async () => {
    const on = device();
    await written(on, 1);
    await new Promise<void>((resolve) => { const asked = on.indexedDB.open('nodi-log', 30); asked.onsuccess = () => { asked.result.close(); resolve(); }; });
    expect(await on.open().append(draft(2))).toEqual({ ok: false, failure: { kind: 'newer-schema' } });
  });

  it('goes on after the database was closed under it', async () => {
    const on = device();
    const store = on.open();
    await store.append(draft(1));
    // Another connection asks for an upgrade and goes away: Dexie closes ours.
    await new Promise<void>((resolve) => { const asked = on.indexedDB.open('nodi-log', 21); asked.onsuccess = () => { asked.result.close(); resolve(); }; });
    const next = await store.append(draft(2));
    expect(next.ok && next.value.sequence).toBe(2);
  });

  it('says that the disk is full, saves nothing, and saves the same click later', async () => {
    const on = device();
    const store = on.open();
    await store.append(draft(1));
    const add = vi.spyOn(IDBObjectStore.prototype, 'add');
    const failures: unknown[] = [];
    for (const name of ['QuotaExceededError', 'UnknownError']) {
      add.mockImplementationOnce(() => { throw new DOMException('IO error: .../000003.log: NO_SPACE', name); });
      failures.push(await store.append(draft(2)));
    }
    expect(failures).toEqual([{ ok: false, failure: { kind: 'disk-full' } }, { ok: false, failure: { kind: 'disk-full' } }]);
    const rows = await store.read();
    expect(rows.ok && rows.value.length).toBe(1);
    const next = await store.append(draft(2));
    expect(next.ok && next.value.sequence).toBe(2);
    expect(await store.check()).toEqual({ kind: 'sound', rows: 2 });
  });

  it('acknowledges what is durable though the sentinel could not be told, and one that cannot be read stops writing', async () => {
    const on = device();
    on.sentinel.write = () => Promise.reject(new Error('storage is full'));
    const store = on.open();
    expect((await store.append(draft(1))).ok).toBe(true);
    on.sentinel.read = () => Promise.reject(new Error('not readable'));
    expect(await store.append(draft(2))).toEqual({ ok: false, failure: { kind: 'store-closed' } });
    expect((await store.read())).toMatchObject({ ok: true, value: [{ sequence: 1 }] });
  });

  it('is the same as a list that drops doubles, for any order of sends', async () => {
    let tried = 0;
    await fc.assert(fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 15 }), async (sends) => {
      tried += 1;
      const store = device().open();
      const answers = await Promise.all(sends.map((number) => store.append(draft(number))));
      const distinct = [...new Set(sends)];
      expect(answers.map((answer) => answer.ok && answer.value.sequence)).toEqual(sends.map((number) => distinct.indexOf(number) + 1));
      expect((await store.check())).toEqual({ kind: 'sound', rows: distinct.length });
    }), { numRuns: 40 });
    console.info(`orders tried ${tried}, bad 0`);
    expect(tried).toBeGreaterThanOrEqual(40);
  });

  it('refuses a draft with room for text before it reaches the database', async () => {
    const on = device();
    const answer = await on.open().append({ ...draft(1), note: 'seen in clinic' } as EventDraft);
    expect(answer).toEqual({ ok: false, failure: { kind: 'not-allowed', field: 'unknown-field' } });
    const rows = await on.open().read();
    expect(rows.ok && rows.value).toEqual([]);
  });

  it('tells nobody of a loss because the database would not open once, and does when it stays so', async () => {
    const on = device();
    await written(on, 3);
    const { open } = IDBFactory.prototype;
    let refused = 0;
    let refusing = 1;
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(function (this: IDBFactory, ...given: Parameters<typeof open>) {
      if (refused < refusing) { refused += 1; throw new DOMException('The open was aborted', 'AbortError'); }
      return open.apply(this, given);
    });
    expect(await on.open().check()).toEqual({ kind: 'sound', rows: 3 });
    refusing = 99;
    expect(await on.open().check()).toEqual({ kind: 'data-loss', expected: 3, found: 0 });
    console.info(`openings refused ${refused}`);
    expect(refused).toBeGreaterThan(1);
  });
});
