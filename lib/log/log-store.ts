import Dexie, { type Table } from 'dexie';
import { fail, succeed, type Result } from '../base/result.js';
import type { LogEvent } from '../model/decision.js';
import type { Clock, EventDraft, LogFailure, LogHealth, LogSentinel, LogStore, SentinelStore } from '../model/ports.js';
import { chainStart, followChain, hashOf, noPrevious } from './chain.js';
import { checkDraft } from './check-draft.js';

/** Schema that this build writes. A database, sentinel or row with a higher one was written by a newer build. */
export const logSchema = 1;

export interface LogStoreOptions {
  /** Name of the database in the extension's origin. */
  readonly name: string;
  /** Kept outside the database, so that its loss is seen. */
  readonly sentinel: SentinelStore;
  readonly clock: Clock;
  /** Is this word in the clinical vocabulary? Without it no phrase is ever written. */
  readonly isClinical?: (word: string) => boolean;
  /** The browser's own where not given. */
  readonly indexedDB?: IDBFactory;
  readonly IDBKeyRange?: typeof IDBKeyRange;
}

/** The log on this device. */
export interface DeviceLog extends LogStore {
  /**
   * After a loss, and only because a person said so: goes on from the rows that are left, under a new epoch.
   * Nothing is deleted; without a loss nothing changes.
   */
  readonly acceptLoss: () => Promise<Result<{ readonly rows: number }, LogFailure>>;
  /** Lets go of the database; the next question opens it again. */
  readonly close: () => void;
}

/** The one row of `origin`: which database this is. */
interface Origin {
  readonly key: 'log';
  readonly epoch: string;
  readonly schema: number;
}

interface Database {
  readonly dexie: Dexie;
  readonly events: Table<LogEvent, string>;
  readonly origin: Table<Origin, string>;
}

type StandFailure = Extract<LogFailure, { readonly kind: 'newer-schema' | 'data-loss' }>;

/** Carries a failure out of a transaction, which it aborts. */
class Refusal extends Error {
  readonly failure: LogFailure;
  constructor(failure: LogFailure) {
    super(failure.kind);
    this.failure = failure;
  }
}

const batch = 500;

/**
 * The log as a database with one row per decision. One writer at a time (the background): writes wait in one queue.
 * `append` answers with the row only after its strict transaction has completed and the sentinel has been told;
 * whatever ends otherwise is not saved and may be sent again with the same id. Reading works in every state, also after
 * a loss or on a newer schema: whoever shows rows asks `check` first and says so. Opening alone never writes a row.
 */
export function createLogStore(options: LogStoreOptions): DeviceLog {
  let database: Database | null = null;
  let writes: Promise<unknown> = Promise.resolve();
  /** The highest number this store has acknowledged: a shorter log under a running store is a loss too. */
  let acknowledged = 0;

  const open = async (): Promise<Database> => {
    database ??= openDatabase(options);
    await database.dexie.open();
    return database;
  };

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
    const turn = writes.then(action);
    writes = turn.catch(() => undefined);
    return turn;
  };

  /** The row is durable whatever becomes of the sentinel: one that lags sees less, and is brought up by the next write. */
  const tellSentinel = async (sentinel: LogSentinel): Promise<void> => {
    await options.sentinel.write(sentinel).catch(() => undefined);
  };

  const write = async (draft: EventDraft): Promise<Result<LogEvent, LogFailure>> => attempt(async (open) => {
    const sentinel = await options.sentinel.read();
    const { row, told } = await open.dexie.transaction('rw', open.events, open.origin, async () => {
      const origin = await open.origin.get('log');
      const last = await open.events.orderBy('sequence').last();
      const stand = standFailure(sentinel, origin, last, open, acknowledged);
      if (stand !== null) throw new Refusal(stand);
      const epoch = origin?.epoch ?? crypto.randomUUID();
      if (origin === undefined) await open.origin.add({ key: 'log', epoch, schema: logSchema });
      const known = await open.events.get(draft.id);
      const row = known ?? rowAfter(last, draft, options.clock);
      if (known === undefined) await open.events.add(row);
      const head = known === undefined ? row : last ?? row;
      return { row, told: { epoch, sequence: head.sequence, head: head.hash, schema: logSchema } };
    });
    acknowledged = Math.max(acknowledged, told.sequence);
    await tellSentinel(told);
    return row;
  });

  return {
    append: (draft) => {
      const checked = checkDraft(draft, options.isClinical);
      return checked.ok ? inTurn(() => write(checked.value)) : Promise.resolve(checked);
    },

    read: ({ after = 0, limit } = {}) => attempt(async (open) => {
      const rows = open.events.where('sequence').above(after);
      return await (limit === undefined ? rows : rows.limit(limit)).sortBy('sequence');
    }),

    check: async () => {
      const look = (): Promise<Result<LogHealth, LogFailure>> => attempt(async (open): Promise<LogHealth> => {
        const sentinel = await options.sentinel.read();
        return await open.dexie.transaction('r', open.events, open.origin, async (): Promise<LogHealth> => {
          const stand = standFailure(sentinel, await open.origin.get('log'), await open.events.orderBy('sequence').last(), open, acknowledged);
          return stand ?? await walk(open, sentinel);
        });
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

    acceptLoss: () => inTurn(() => attempt(async (open) => {
      const sentinel = await options.sentinel.read();
      const { rows, told } = await open.dexie.transaction('rw', open.events, open.origin, async () => {
        const origin = await open.origin.get('log');
        const last = await open.events.orderBy('sequence').last();
        const rows = await open.events.count();
        const stand = standFailure(sentinel, origin, last, open, acknowledged);
        if (stand === null) return { rows, told: null };
        if (stand.kind === 'newer-schema') throw new Refusal(stand);
        const epoch = crypto.randomUUID();
        await open.origin.put({ key: 'log', epoch, schema: logSchema });
        return { rows, told: { epoch, sequence: last?.sequence ?? 0, head: last?.hash ?? noPrevious, schema: logSchema } };
      });
      if (told !== null) {
        await options.sentinel.write(told);
        acknowledged = told.sequence;
      }
      return { rows };
    })),

    close: () => {
      database?.dexie.close();
      database = null;
    },
  };
}

function openDatabase({ name, indexedDB, IDBKeyRange }: LogStoreOptions): Database {
  const dexie = new Dexie(name, {
    // The default, relaxed, answers before the operating system has been told to keep the bytes.
    chromeTransactionDurability: 'strict',
    ...(indexedDB === undefined ? {} : { indexedDB }),
    ...(IDBKeyRange === undefined ? {} : { IDBKeyRange }),
  });
  dexie.version(logSchema).stores({ events: 'id, &sequence', origin: 'key' });
  return { dexie, events: dexie.table('events'), origin: dexie.table('origin') };
}

/**
 * Is this the database that the sentinel knows, with every row that it knows, in a schema that this build may write?
 * Dexie 4 opens a newer database without a word (dexie#2097), so the schema is looked at in four places.
 */
function standFailure(sentinel: LogSentinel | null, origin: Origin | undefined, last: LogEvent | undefined, open: Database, acknowledged: number): StandFailure | null {
  const native = Math.floor(open.dexie.backendDB().version / 10);
  if (Math.max(sentinel?.schema ?? 0, origin?.schema ?? 0, last?.schema ?? 0, native) > logSchema) return { kind: 'newer-schema' };
  const found = last?.sequence ?? 0;
  const expected = Math.max(sentinel?.sequence ?? 0, acknowledged);
  const otherDatabase = sentinel !== null && origin?.epoch !== sentinel.epoch;
  return otherDatabase || found < expected ? { kind: 'data-loss', expected, found } : null;
}

function rowAfter(last: LogEvent | undefined, draft: EventDraft, clock: Clock): LogEvent {
  const fields = {
    ...draft.body,
    id: draft.id,
    edition: draft.edition,
    sequence: (last?.sequence ?? 0) + 1,
    wall: clock.wall(),
    offset: clock.offset(),
    schema: logSchema,
    previous: last?.hash ?? noPrevious,
  };
  return { ...fields, hash: hashOf(fields) };
}

/** The whole chain, some hundred rows at a time, and at its place the row that the sentinel remembers. */
async function walk(open: Database, sentinel: LogSentinel | null): Promise<LogHealth> {
  let position = chainStart;
  for (;;) {
    const rows = await open.events.where('sequence').aboveOrEqual(position.next).limit(batch).toArray();
    const reached = followChain(position, rows);
    if ('brokenAt' in reached) return { kind: 'chain-broken', at: reached.brokenAt };
    if (sentinel !== null && rows.some((row) => row.sequence === sentinel.sequence && row.hash !== sentinel.head)) return { kind: 'chain-broken', at: sentinel.sequence };
    if (rows.length < batch) break;
    position = reached;
  }
  const rows = await open.events.count();
  const highest = await open.events.orderBy('sequence').last();
  // A row whose number is below 1 or is no number stands outside the walk.
  return rows === (highest?.sequence ?? 0) ? { kind: 'sound', rows } : { kind: 'chain-broken', at: 1 };
}

/** Names of an error and of what Dexie wrapped in it, outermost first. A null cause is how Chromium reports a full disk the second time. */
function causes(error: unknown): readonly (string | null)[] {
  const names: (string | null)[] = [];
  let cause: unknown = error;
  for (let depth = 0; depth < 5; depth += 1) {
    if (cause === undefined && depth > 0) break;
    if (typeof cause !== 'object' || cause === null) { names.push(null); break; }
    names.push('name' in cause ? String(cause.name) : '');
    cause = 'inner' in cause ? cause.inner : undefined;
  }
  return names;
}

function wasClosed(error: unknown, database: Database | null): boolean {
  if (error instanceof Refusal) return false;
  const names = causes(error);
  return names.includes('DatabaseClosedError') || names.includes('InvalidStateError')
    || (names.includes('AbortError') && database !== null && !database.dexie.isOpen());
}

/** Judged by effect: nothing was completed, so nothing is saved, whatever the error is called. */
function failureOf(error: unknown): LogFailure {
  const names = causes(error);
  const full = names.some((name) => name === null || name === 'QuotaExceededError' || name === 'UnknownError')
    || (names.length === 1 && names[0] === 'AbortError');
  return { kind: full ? 'disk-full' : 'store-closed' };
}
