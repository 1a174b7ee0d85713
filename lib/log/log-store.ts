import { fail, succeed, type Result } from '../base/result.js';
import type { LogEvent } from '../model/decision.js';
import { isReadingId, readingIds } from '../model/event-id.js';
import { mergeCounters, type Counter, type CounterPlace } from '../model/counters.js';
import type { Clock, CounterStore, EventDraft, FileStore, LogCare, LogFailure, LogHealth, LogImportFailure, LogSentinel, LogStore, RestoredLog, SentinelStore } from '../model/ports.js';
import { createBackup } from './backup.js';
import { hashOf, noPrevious } from './chain.js';
import { checkDraft } from './check-draft.js';
import { addCounters, allCounters, areCountersSound, changesOf, countersFromBackup, recount, replaceCounters, type RebuiltCounters } from './counter-tables.js';
import { aboutOf, aboutOfEpisode, changesBy, countersIn, createKnownRows, rowBefore, weightOf, weightOfAll } from './counts.js';
import { carriedWith, failureOf, isSealed, lastOfChain, logSchema, noAnchor, noneCarried, openDatabase, Refusal, wasClosed, type Anchor, type Carried, type Database, type DatabasePlace, type Origin, type StoredRow } from './database.js';
import { readExport, writeExport } from './log-file.js';
import type { Retention } from '../model/settings.js';
import { dayOf, outlivesItsDay, retentionDay } from './retention.js';
import { createKeyring, openRow, sealRow, type SealedRow } from './seal.js';
import { anchorOf, batch, carriedIn, carriedNow, edges, ends, isMonth, provenChain, standFailure, walk } from './walk.js';

export { logSchema } from './database.js';

export interface LogStoreOptions extends DatabasePlace {
  /** Kept outside the database, so that its loss is seen. */
  readonly sentinel: SentinelStore;
  /** Keys of days and the backup, outside the database too. */
  readonly files: FileStore;
  /** Lets one writer in at a time, of all processes of this device; the next when the one before has ended or died. */
  readonly exclusive: <Value>(write: () => Promise<Value>) => Promise<Value>;
  readonly clock: Clock;
  /** Is this word in the clinical vocabulary? Without it no phrase is ever written. */
  readonly isClinical?: (word: string) => boolean;
}

/** The log on this device. */
export interface DeviceLog extends LogStore, CounterStore {
  /**
   * After a loss, and only because a person said so: goes on from the rows that are left, under a new epoch.
   * Nothing is deleted; without a loss nothing changes.
   */
  readonly acceptLoss: () => Promise<Result<{ readonly rows: number }, LogFailure>>;
  /** Brings back from the backup what the database has lost: rows as far as the chain proves them, counters as far as they add up. */
  readonly restore: () => Promise<Result<RestoredLog, LogFailure>>;
  /** Destroys what has passed out of retention: the keys of its days, so that the bytes that stay in the profile say nothing. */
  readonly retain: (policy: Retention) => Promise<Result<{ readonly rows: number; /** The clock has leapt far ahead: nothing is destroyed before it stands so on a later day. */ readonly waits: boolean }, LogFailure>>;
  /** What the clock of this device did, as far as the log has seen it. */
  readonly clock: () => Promise<Result<Pick<LogCare, 'back' | 'waits'>, LogFailure>>;
  /** The whole log as one text, for a file that a person keeps. It is not sealed: retention does not reach it. */
  readonly exported: () => Promise<Result<string, LogFailure>>;
  /** Takes such a file whole or not at all, and only where every row of it follows from the one before. */
  readonly imported: (text: string) => Promise<Result<RestoredLog, LogImportFailure | LogFailure>>;
  /** Copies what has no copy yet, or but one: to be asked for when a worker starts, on a quiet moment, since the one before may have died at it. Rows and counters are copied as they are written. */
  readonly catchUp: () => Promise<Result<null, LogFailure>>;
  /** Resolves when the backup has what was acknowledged. */
  readonly backedUp: () => Promise<void>;
  /** Lets go of the database; the next question opens it again. */
  readonly close: () => void;
}

/** Milliseconds that the clock may go back between two rows unsaid: computers set theirs right by seconds all day. */
const backJump = 5 * 60_000;

/**
 * The log as a database with one sealed row per decision. One writer at a time: writes wait in one queue, and for other processes.
 * `append` answers with the row only after its strict transaction has completed and the sentinel has been told;
 * whatever ends otherwise is not saved and may be sent again with the same id. Reading works in every state, also after
 * a loss or on a newer schema: whoever shows rows asks `check` first and says so. Opening alone never writes a row.
 */
export function createLogStore(options: LogStoreOptions): DeviceLog {
  let database: Database | null = null;
  let writes: Promise<unknown> = Promise.resolve();
  /** The highest number this store has acknowledged: a shorter log under a running store is a loss too. */
  let acknowledged = 0;
  /** The rows that the last row written counts with, opened: good while nobody else has written. */
  let atHand: { readonly about: string; readonly epoch: string; readonly upTo: number; readonly rows: readonly LogEvent[] } | null = null;
  const keys = createKeyring(options.files);

  const open = async (): Promise<Database> => {
    database ??= openDatabase(options);
    await database.dexie.open();
    return database;
  };
  const backup = createBackup(options.files, open);

  /** Runs once more on a fresh connection when the first was closed under it (sleep, update, storage pressure); every action here may be repeated. */
  const reopening = async <Value>(action: (open: Database) => Promise<Value>): Promise<Value> => {
    const first = database;
    try {
      return await action(await open());
    } catch (error) {
      if (!wasClosed(error, database ?? first)) throw error;
      database?.dexie.close();
      database = null;
      return await action(await open());
    }
  };

  const attempt = async <Value>(action: (open: Database) => Promise<Value>): Promise<Result<Value, LogFailure>> => {
    try {
      return succeed(await reopening(action));
    } catch (error) {
      return fail(error instanceof Refusal ? error.failure : failureOf(error));
    }
  };

  const inTurn = <Value>(action: () => Promise<Value>): Promise<Value> => {
    const turn = writes.then(() => options.exclusive(action));
    writes = turn.catch(() => undefined);
    return turn;
  };

  /** The row is durable whatever becomes of the sentinel: one that lags sees less, and is brought up by the next write. */
  const tellSentinel = async (sentinel: LogSentinel): Promise<void> => {
    acknowledged = Math.max(acknowledged, sentinel.sequence);
    await options.sentinel.write(sentinel).catch(() => undefined);
  };

  const opened = async (row: StoredRow): Promise<LogEvent | null> => (isSealed(row) ? openRow(row, keys) : row);
  const allOpened = async (rows: readonly StoredRow[]): Promise<LogEvent[]> => (await Promise.all(rows.map(opened))).filter((row) => row !== null);

  /** Rows that the copies know of where neither sentinel nor database knows of a log: both were lost, or there never was one. */
  const knownToCopies = async (sentinel: LogSentinel | null, origin: Origin | undefined): Promise<number> => Math.max(acknowledged, sentinel === null && origin === undefined ? (await backup.latest())?.counted ?? 0 : 0);

  /** Where the damage is the sentinel's own it can vouch for nothing: what a person asks for then goes by the rows, and writes it anew. */
  const sentinelAsFound = (): Promise<{ readonly sentinel: LogSentinel | null; readonly isSpoiled: boolean }> => options.sentinel.read().then((sentinel) => ({ sentinel, isSpoiled: false }), () => ({ sentinel: null, isSpoiled: true }));

  /** What the next row names as the one before it. A last row whose key is lost is taken at the sentinel's word; without it the chain is seen to be broken there. */
  const headOf = async (origin: Origin | undefined, last: StoredRow | undefined, sentinel: LogSentinel | null): Promise<string> => {
    if (last === undefined) return anchorOf(origin).hash;
    return (await opened(last))?.hash ?? (sentinel?.sequence === last.sequence ? sentinel.head : noPrevious);
  };

  /** Seals what an older build wrote, some hundred rows to a transaction and the counts with them: whoever is killed meanwhile goes on where it stopped. */
  const migrate = async (on: Database): Promise<void> => {
    const { dexie, events, origin, totals, details } = on;
    if ((await origin.get('log'))?.schema !== 1) return;
    const known = createKnownRows();
    let day = '';
    for (let after = 0; ;) {
      const rows = await events.where('sequence').above(after).limit(batch).toArray();
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.sequence;
      const fresh: SealedRow[] = [];
      const changes: Counter[] = [];
      for (const stored of rows) {
        const row = await opened(stored);
        if (isSealed(stored)) day = stored.day;
        if (row === null) continue;
        const { about, before } = known.add(row);
        if (isSealed(stored)) continue;
        const written = dayOf(row.wall);
        if (written > day) day = written;
        fresh.push(await sealRow(row, day, about, await keys.make(day)));
        changes.push(...changesBy(before, row));
      }
      if (fresh.length === 0) continue;
      await dexie.transaction('rw', [events, origin, totals, details], async () => {
        const held = await origin.get('log');
        await events.bulkPut(fresh);
        const by = await addCounters(on, mergeCounters(changes));
        if (held) await origin.put({ ...held, sum: (held.sum ?? 0) + by });
      });
      for (const row of fresh) backup.soon(row, changes);
    }
    const { origin: held, last } = await ends(on);
    if (held?.schema === 1) await origin.put({ ...held, schema: logSchema, counted: last?.sequence ?? 0 });
  };

  /** The log as it may be written to: nothing lost, nothing newer, every row of an older build sealed. */
  const ready = async (on: Database): Promise<LogSentinel | null> => {
    const sentinel = await options.sentinel.read();
    const { origin, last } = await edges(on);
    const stand = standFailure(sentinel, origin, last, on, await knownToCopies(sentinel, origin));
    if (stand !== null) throw new Refusal(stand);
    await migrate(on);
    return sentinel;
  };

  const write = (draft: EventDraft): Promise<Result<LogEvent, LogFailure>> => attempt(async (on) => {
    const { dexie, events, origin, totals, details } = on;
    const sentinel = await ready(on);
    for (;;) {
      const { body, id } = draft;
      const seen = await dexie.transaction('r', events, origin, async () => {
        const earlier = rowBefore(body);
        const told = earlier === null ? undefined : await events.get(earlier);
        const about = told && isSealed(told) ? told.about : aboutOf(body, id);
        const [held, known] = await Promise.all([origin.get('log'), events.get(id)]);
        const last = await lastOfChain({ events }, held);
        const isAtHand = atHand !== null && atHand.about === about && atHand.upTo === last?.sequence && atHand.epoch === held?.epoch;
        return { about, origin: held, last, known, group: isAtHand ? null : await events.where('about').equals(about).toArray() };
      });
      const epoch = seen.origin?.epoch ?? crypto.randomUUID();
      const anchor = anchorOf(seen.origin);
      const lastRow = seen.last ? await opened(seen.last) : null;
      const head = await headOf(seen.origin, seen.last, sentinel);
      if (seen.known) {
        const row = await opened(seen.known);
        if (row === null) throw new Refusal({ kind: 'store-closed' });
        await tellSentinel({ epoch, sequence: seen.last?.sequence ?? row.sequence, head, schema: logSchema, from: anchor.sequence });
        return row;
      }
      const row = rowAfter({ sequence: seen.last?.sequence ?? anchor.sequence, hash: head }, draft, options.clock);
      const today = dayOf(row.wall);
      const day = seen.last && isSealed(seen.last) && seen.last.day > today ? seen.last.day : today;
      const sealed = await sealRow(row, day, seen.about, await keys.make(day));
      const before = seen.group === null ? atHand?.rows ?? [] : await allOpened(seen.group);
      const changes = changesBy(before, row);
      const written = await dexie.transaction('rw', [events, origin, totals, details], async () => {
        const held = await origin.get('log');
        const last = await lastOfChain({ events }, held);
        // Sealing cannot be awaited in here: whoever wrote meanwhile is built upon.
        if (last?.sequence !== seen.last?.sequence || held?.epoch !== seen.origin?.epoch) return false;
        await events.add(sealed);
        const by = await addCounters(on, changes);
        // Counters that miss a row go on missing it until they are mended.
        const counted = (held?.counted ?? 0) === row.sequence - 1 ? row.sequence : held?.counted ?? 0;
        const back = lastRow && lastRow.wall - row.wall > backJump ? { back: { sequence: row.sequence, minutes: Math.round((lastRow.wall - row.wall) / 60_000) } } : {};
        await origin.put({ ...(held ?? { key: 'log', epoch }), ...back, schema: logSchema, counted, sum: (held?.sum ?? 0) + by });
        return true;
      });
      if (!written) continue;
      await tellSentinel({ epoch, sequence: row.sequence, head: row.hash, schema: logSchema, from: anchor.sequence });
      if ('episode' in row || before.length > 0) atHand = { about: seen.about, epoch, upTo: row.sequence, rows: [...before, row] };
      else if (atHand?.upTo === row.sequence - 1) atHand = { ...atHand, upTo: row.sequence };
      backup.soon(sealed, changes);
      return row;
    }
  });

  const readRows = (after: number, limit?: number): Promise<Result<LogEvent[], LogFailure>> => attempt(async ({ events }) => {
    const rows = events.where('sequence').above(after);
    return allOpened(await (limit === undefined ? rows : rows.limit(limit)).sortBy('sequence'));
  });

  /** Rows that were sealed say no more than their ids: the readings are a range of these. */
  const readDecisions = (): Promise<Result<LogEvent[], LogFailure>> => attempt(async ({ events }) => {
    const rows = [...await events.where('id').below(readingIds.from).toArray(), ...await events.where('id').aboveOrEqual(readingIds.to).toArray()];
    return allOpened(rows.sort((a, b) => a.sequence - b.sequence));
  });

  /** Puts rows where they belong that are not there, or not as they were, and the counters with them: these, or those that are there and what later rows add. The rows follow from the anchor without a gap. */
  const putBack = async (on: Database, rows: readonly LogEvent[], from: { readonly epoch: string; readonly anchor: Anchor; readonly carried: Carried }, rebuilt: RebuiltCounters | null, carriedOver: readonly LogEvent[]): Promise<number> => {
    const { dexie, events, origin, totals, details } = on;
    const held = await origin.get('log');
    const there = new Map((await events.toArray()).map((row) => [row.sequence, row]));
    const counted = held?.counted ?? 0;
    const known = createKnownRows();
    const fresh: SealedRow[] = [];
    let day = '';
    const standsThere = async (row: LogEvent): Promise<boolean> => { const stored = there.get(row.sequence); return stored !== undefined && (await opened(stored))?.hash === row.hash; };
    for (const row of carriedOver) {
      const { about } = known.add(row);
      const month = dayOf(row.wall).slice(0, 7);
      if (!(await standsThere(row))) fresh.push(await sealRow(row, month, about, await keys.make(month)));
    }
    for (const row of rows) {
      const { about } = known.add(row);
      const stored = there.get(row.sequence);
      const stands = await standsThere(row);
      const written = stored && isSealed(stored) ? stored.day : dayOf(row.wall);
      if (written > day) day = written;
      if (!stands) fresh.push(await sealRow(row, day, about, await keys.make(day)));
    }
    const added = rebuilt ? [] : changesOf(rows).flatMap(({ sequence, changes }) => (sequence > counted ? changes : []));
    const last = rows.at(-1);
    atHand = null;
    await dexie.transaction('rw', [events, origin, totals, details], async () => {
      for (const row of fresh) await events.where('sequence').equals(row.sequence).delete();
      await events.bulkPut(fresh);
      if (rebuilt) await replaceCounters(on, rebuilt.counters);
      const sum = rebuilt ? rebuilt.sum : (held?.sum ?? 0) + await addCounters(on, mergeCounters(added));
      await origin.put({ ...(held ?? { key: 'log' }), ...from, schema: logSchema, counted: last?.sequence ?? from.anchor.sequence, sum });
    });
    for (const row of fresh) backup.soon(row, []);
    await backup.catchUp(rebuilt !== null);
    return fresh.length;
  };

  return {
    append: (draft) => {
      const checked = checkDraft(draft, options.isClinical);
      return checked.ok ? inTurn(() => write(checked.value)) : Promise.resolve(checked);
    },

    read: ({ after = 0, limit } = {}) => readRows(after, limit),

    decisions: readDecisions,

    page: (after, limit) => attempt(async ({ events }) => {
      const stored = await events.where('sequence').above(after).limit(limit).toArray();
      return { rows: await allOpened(stored.filter(({ id }) => !isReadingId(id))), to: stored.at(-1)?.sequence ?? null };
    }),

    related: (rows) => attempt(async ({ events }) => {
      const named = [...new Set(rows.flatMap((row) => [row.id, ...[rowBefore(row)].filter((id) => id !== null)]))];
      const abouts = new Set((await events.bulkGet(named)).flatMap((row) => (row && isSealed(row) ? [row.about] : [])));
      const found = await events.where('about').anyOf([...abouts]).toArray();
      // A row that an older build wrote is sealed with the first that this one writes: until then it is related to itself.
      const all = new Map([...rows, ...await allOpened(found.filter(({ id }) => !isReadingId(id)))].map((row) => [row.id, row]));
      return [...all.values()].sort((a, b) => a.sequence - b.sequence);
    }),

    ofEpisode: (episode) => attempt(async ({ events }) => {
      const rows = await allOpened(await events.where('about').equals(aboutOfEpisode(episode)).toArray());
      return rows.filter((row) => 'episode' in row && row.episode === episode).sort((a, b) => a.sequence - b.sequence);
    }),

    check: async () => {
      const look = (): Promise<Result<LogHealth, LogFailure>> => attempt(async (on): Promise<LogHealth> => {
        for (let tries = 0; ; tries += 1) {
          const sentinel = await options.sentinel.read();
          const now = await ends(on);
          const health = standFailure(sentinel, now.origin, now.last, on, tries === 0 ? await knownToCopies(sentinel, now.origin) : 0) ?? await walk(on, now, sentinel, opened);
          // Retention may have moved the beginning under the walk.
          if (health.kind === 'sound' || tries > 0 || anchorOf((await ends(on)).origin).sequence === anchorOf(now.origin).sequence) return health;
        }
      });
      let health = await look();
      if (!health.ok) {
        // Just after a crash the browser may still be mending its files: nobody is told of a loss before a second, fresh look.
        database?.dexie.close();
        database = null;
        health = await look();
      }
      if (health.ok) return health.value;
      // A database that does not open shows no row: against the sentinel that is a loss until it opens again.
      const sentinel = await options.sentinel.read().catch(() => null);
      return { kind: 'data-loss', expected: Math.max(sentinel?.sequence ?? 0, acknowledged), found: 0 };
    },

    glance: async () => {
      const seen = await attempt(async (on): Promise<LogHealth> => {
        const [sentinel, { origin, last }] = [await options.sentinel.read(), await edges(on)];
        return standFailure(sentinel, origin, last, on, await knownToCopies(sentinel, origin)) ?? { kind: 'sound', rows: (last?.sequence ?? anchorOf(origin).sequence) - anchorOf(origin).sequence + (origin?.carried?.count ?? 0) };
      });
      if (seen.ok) return seen.value;
      const sentinel = await options.sentinel.read().catch(() => null);
      return { kind: 'data-loss', expected: Math.max(sentinel?.sequence ?? 0, acknowledged), found: 0 };
    },

    acceptLoss: () => inTurn(() => attempt(async (on) => {
      const { sentinel, isSpoiled } = await sentinelAsFound();
      const { origin, last, rows } = await ends(on);
      const stand = standFailure(sentinel, origin, last, on, await knownToCopies(sentinel, origin));
      if (!isSpoiled && stand === null && await areCountersSound(on)) return { rows };
      if (stand?.kind === 'newer-schema') throw new Refusal(stand);
      const epoch = stand === null ? origin?.epoch ?? crypto.randomUUID() : crypto.randomUUID();
      const head = await headOf(origin, last, sentinel);
      const sequence = last?.sequence ?? anchorOf(origin).sequence;
      const carried = await carriedNow(on, anchorOf(origin), opened);
      await on.dexie.transaction('rw', on.origin, on.totals, on.details, async () => {
        const left = origin?.schema === 1 ? {} : { counted: sequence, sum: await recount(on), carried };
        await on.origin.put({ schema: logSchema, ...origin, key: 'log', epoch, ...left });
      });
      await options.sentinel.write({ epoch, sequence, head, schema: logSchema, from: anchorOf(origin).sequence });
      acknowledged = sequence;
      atHand = null;
      await backup.catchUp(true);
      return { rows };
    })),

    restore: () => inTurn(() => attempt(async (on) => {
      const { sentinel } = await sentinelAsFound();
      const { origin, last } = await ends(on);
      const known = await knownToCopies(sentinel, origin);
      const stand = standFailure(sentinel, origin, last, on, known);
      if (stand?.kind === 'newer-schema') throw new Refusal(stand);
      const epoch = sentinel?.epoch ?? origin?.epoch ?? (await backup.latest())?.epoch;
      const copied = await backup.parts();
      const parts = copied.rows.filter((part) => part.epoch === epoch);
      const expected = Math.max(sentinel?.sequence ?? 0, known, last?.sequence ?? 0);
      const same = origin !== undefined && origin.epoch === epoch;
      const sums = copied.sums.filter((one) => one.epoch === epoch).sort((a, b) => b.anchor.sequence - a.anchor.sequence || b.counted - a.counted);
      const anchor = [...(same ? [anchorOf(origin)] : []), ...parts.map((part) => part.anchor), ...sums.map((one) => one.anchor)].reduce((far, one) => (one.sequence > far.sequence ? one : far), noAnchor);
      const found = [...await on.events.toArray(), ...parts.flatMap((part) => part.rows)];
      const carriedOver = carriedIn(await allOpened(found.filter((row) => isSealed(row) && row.sequence <= anchor.sequence && isMonth(row.day))));
      const carried = (same ? origin.carried : sums[0]?.carried) ?? noneCarried;
      const { chain, position } = provenChain(anchor, await allOpened(found));
      const reached = position.next - 1;
      // What the database has beyond what is proved is never given up for it.
      if (epoch === undefined || reached < (last?.sequence ?? 0)) return { rows: last?.sequence ?? 0, back: 0, missing: expected - (last?.sequence ?? 0) };
      // Rows that go back to the first tell all that was ever counted.
      const whole = anchor.sequence === 0 ? wholeCount(chain) : null;
      const rebuilt = same && stand === null && await areCountersSound(on) ? null : whole ?? countersFromBackup(copied, epoch, chain);
      const back = await putBack(on, chain, { epoch, anchor, carried }, rebuilt, carriedOver);
      if (reached >= expected) await tellSentinel({ epoch, sequence: reached, head: position.previous, schema: logSchema, from: anchor.sequence });
      return { rows: chain.length + carriedOver.length, back, missing: expected - reached + Math.max(0, carried.count - carriedOver.length) };
    })),

    totals: () => attempt(async ({ totals }) => (await totals.toArray()).map(({ total }) => total)),

    countersOf: (specialty, from) => attempt(async ({ details }) => (await details.where('name').between(`${specialty}|${from ?? ''}`, `${specialty}}`).toArray()).flatMap(({ name, text }) => {
      const [, month, site] = name.split('|');
      return countersIn(text, { specialty, month, site } as CounterPlace);
    })),

    retain: (policy) => inTurn(() => attempt(async (on) => {
      const { dexie, events, origin, totals, details } = on;
      const sentinel = await ready(on);
      const now = await edges(on);
      if (!now.origin) return { rows: 0, waits: false };
      const day = retentionDay(options.clock.wall(), policy, now.origin.seen ?? (now.last && isSealed(now.last) ? now.last.day : null), now.origin.leap ?? null);
      if (day.kind === 'wait') {
        await origin.put({ ...now.origin, leap: day.leap });
        return { rows: 0, waits: true };
      }
      const before = (await events.where('day').below(day.rowsFrom).sortBy('sequence')).filter(isSealed);
      const old = before.filter((row) => !isMonth(row.day));
      const passed = before.filter((row) => isMonth(row.day) && row.day < day.countsFrom);
      const staying = new Set(before.filter((row) => isMonth(row.day) && row.day >= day.countsFrom).map(({ id }) => id));
      const carriedOver: SealedRow[] = [];
      const hashes: string[] = [];
      for (const stored of old) {
        const row = await opened(stored);
        const month = row === null ? '' : dayOf(row.wall).slice(0, 7);
        if (row === null || month < day.countsFrom || !(row.kind === 'undone' ? staying.has(row.undoes) : outlivesItsDay(row))) continue;
        staying.add(row.id);
        hashes.push(row.hash);
        carriedOver.push(await sealRow(row, month, stored.about, await keys.make(month)));
      }
      const leaving = (await allOpened(passed)).map(({ hash }) => hash);
      const gone = old.at(-1);
      const next = gone && await events.where('sequence').above(gone.sequence).first();
      const anchor = gone ? { sequence: gone.sequence, hash: (await opened(gone))?.hash ?? (next ? (await opened(next))?.previous : sentinel?.head) ?? noPrevious } : anchorOf(now.origin);
      // The witness is told first: a beginning that moved without it is a hand in the log.
      if (gone && sentinel) await options.sentinel.write({ ...sentinel, from: anchor.sequence });
      await dexie.transaction('rw', [events, origin, totals, details], async () => {
        const { leap: _, ...held } = await origin.get('log') ?? now.origin as Origin;
        await events.bulkDelete([...old, ...passed].map(({ id }) => id));
        await events.bulkPut(carriedOver);
        const past = await totals.where('month').below(day.countsFrom).toArray();
        await totals.bulkDelete(past.map(({ name }) => name));
        await details.bulkDelete(past.map(({ name }) => name));
        const carried = carriedWith(carriedWith(held.carried ?? noneCarried, leaving, -1), hashes);
        await origin.put({ ...held, anchor, carried, seen: day.seen, sum: (held.sum ?? 0) - past.reduce((sum, { total }) => sum + weightOf(total), 0) });
      });
      atHand = null;
      // Copied under the new beginning before the old one can no longer be read.
      for (const row of carriedOver) backup.soon(row, []);
      await backup.catchUp(false);
      await backup.settled();
      for (const one of await keys.days()) if (one < (isMonth(one) ? day.countsFrom : day.rowsFrom)) await keys.destroy(one);
      await backup.forget(day.rowsFrom, day.countsFrom);
      return { rows: old.length - carriedOver.length + passed.length, waits: false };
    })),

    clock: () => attempt(async ({ origin }) => {
      const held = await origin.get('log');
      return { back: held?.back ?? null, waits: held?.leap !== undefined };
    }),

    exported: () => attempt(async (on) => {
      const { origin, rows: count } = await ends(on);
      const rows = await allOpened(await on.events.orderBy('sequence').toArray());
      const counters = await allCounters(on);
      return writeExport({ epoch: origin?.epoch ?? null, anchor: anchorOf(origin), unread: count - rows.length, rows, counters });
    }),

    imported: (text) => inTurn(async (): Promise<Result<RestoredLog, LogImportFailure | LogFailure>> => {
      const file = readExport(text, options.isClinical);
      if (!file.ok) return file;
      const { epoch, anchor, rows, carriedOver, counters } = file.value;
      let refused: LogImportFailure | null = null;
      const done = await attempt(async (on): Promise<RestoredLog> => {
        const sentinel = await options.sentinel.read();
        const now = await ends(on);
        const stand = standFailure(sentinel, now.origin, now.last, on, acknowledged);
        if (stand?.kind === 'newer-schema') throw new Refusal(stand);
        const own = new Map(rows.map((row) => [row.sequence, row.hash]));
        const known = (await on.events.toArray()).every((row) => own.has(row.sequence) || row.sequence <= anchor.sequence);
        const isOther = (sentinel !== null && sentinel.epoch !== epoch) || (now.origin !== undefined && now.origin.epoch !== epoch && now.rows > 0) || !known;
        if (isOther) { refused = { kind: 'another-log' }; return { rows: now.rows, back: 0, missing: 0 }; }
        const carried = carriedWith(noneCarried, carriedOver.map(({ hash }) => hash));
        const back = await putBack(on, rows, { epoch, anchor, carried }, now.rows > 0 ? null : anchor.sequence === 0 ? wholeCount(rows) : { counters, sum: weightOfAll(counters) }, carriedOver);
        const last = rows.at(-1);
        const sequence = last?.sequence ?? anchor.sequence;
        const missing = Math.max(0, (sentinel?.sequence ?? 0) - sequence);
        if (missing === 0) await tellSentinel({ epoch, sequence, head: last?.hash ?? anchor.hash, schema: logSchema, from: anchor.sequence });
        return { rows: rows.length + carriedOver.length, back, missing };
      });
      return refused === null ? done : fail(refused);
    }),

    catchUp: () => inTurn(() => attempt(async () => { await keys.mend(); await backup.catchUp(false); return null; })),

    backedUp: () => backup.settled(),

    close: () => {
      database?.dexie.close();
      database = null;
    },
  };
}

function wholeCount(rows: readonly LogEvent[]): RebuiltCounters {
  const counters = mergeCounters(changesOf(rows).flatMap(({ changes }) => changes));
  return { counters, sum: weightOfAll(counters) };
}

function rowAfter(last: Anchor, draft: EventDraft, clock: Clock): LogEvent {
  const fields = {
    ...draft.body,
    id: draft.id,
    edition: draft.edition,
    sequence: last.sequence + 1,
    wall: clock.wall(),
    offset: clock.offset(),
    schema: logSchema,
    previous: last.hash,
  };
  return { ...fields, hash: hashOf(fields) };
}
