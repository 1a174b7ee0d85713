import Dexie, { type Table } from 'dexie';
import type { LogEvent } from '../model/decision.js';
import type { LogFailure } from '../model/ports.js';
import { noPrevious } from './chain.js';
import type { DetailRow, TotalRow } from './counts.js';
import type { SealedRow } from './seal.js';

/** Schema that this build writes: 1 kept rows open, 2 seals each under the key of its day. A database, sentinel or row with a higher one was written by a newer build. */
export const logSchema = 2;

/** A row as it stands in the database; one that schema 1 wrote is open until it has been sealed. */
export type StoredRow = SealedRow | LogEvent;

export function isSealed(row: StoredRow): row is SealedRow {
  return 'sealed' in row;
}

/** The last row that retention has destroyed: the chain begins behind it. */
export interface Anchor {
  readonly sequence: number;
  readonly hash: string;
}

export const noAnchor: Anchor = { sequence: 0, hash: noPrevious };

/** Rows that outlive their day stand outside the chain, which has gone on without their neighbours: what they are is known by their number and all their hashes together. */
export interface Carried {
  readonly count: number;
  /** Exclusive or of their hashes, 64 hex digits: in any order, and one may be taken out again. */
  readonly digest: string;
}

export const noneCarried: Carried = { count: 0, digest: '0'.repeat(64) };

/** With these hashes put in, or taken out where `by` is below nought. */
export function carriedWith({ count, digest }: Carried, hashes: readonly string[], by: 1 | -1 = 1): Carried {
  const all = hashes.reduce((sum, hash) => sum ^ BigInt(`0x${hash}`), BigInt(`0x${digest}`));
  return { count: count + by * hashes.length, digest: all.toString(16).padStart(64, '0') };
}

/** The one row of `origin`: which database this is, where its chain begins, and how far its counts go. */
export interface Origin {
  readonly key: 'log';
  readonly epoch: string;
  readonly schema: number;
  readonly anchor?: Anchor;
  /** Number of the last row that the counters hold, and what all of them weigh: some that went missing are seen by it. */
  readonly counted?: number;
  readonly sum?: number;
  /** Rows before the anchor that stay: how many, and their hashes in one. */
  readonly carried?: Carried;
  /** The last row before which the clock was put back, and by how many minutes. */
  readonly back?: { readonly sequence: number; readonly minutes: number };
  /** The latest day (UTC) that retention has seen, and one so far ahead that the clock may be wrong. */
  readonly seen?: string;
  readonly leap?: string;
}

export interface Database {
  readonly dexie: Dexie;
  readonly events: Table<StoredRow, string>;
  readonly origin: Table<Origin, string>;
  readonly totals: Table<TotalRow, string>;
  readonly details: Table<DetailRow, string>;
}

export interface DatabasePlace {
  /** Name of the database in the extension's origin. */
  readonly name: string;
  /** The browser's own where not given. */
  readonly indexedDB?: IDBFactory;
  readonly IDBKeyRange?: typeof IDBKeyRange;
}

export function openDatabase({ name, indexedDB, IDBKeyRange }: DatabasePlace): Database {
  const dexie = new Dexie(name, {
    // The default, relaxed, answers before the operating system has been told to keep the bytes.
    chromeTransactionDurability: 'strict',
    ...(indexedDB === undefined ? {} : { indexedDB }),
    ...(IDBKeyRange === undefined ? {} : { IDBKeyRange }),
  });
  dexie.version(1).stores({ events: 'id, &sequence', origin: 'key' });
  // Rows are sealed later, some hundred at a time: sealing cannot be awaited inside an upgrade.
  dexie.version(2).stores({ events: 'id, &sequence, day, about', origin: 'key', totals: 'name, month', details: 'name, month' });
  return { dexie, events: dexie.table('events'), origin: dexie.table('origin'), totals: dexie.table('totals'), details: dexie.table('details') };
}

/** The last row of the chain; a row that was carried over is none. */
export async function lastOfChain({ events }: Pick<Database, 'events'>, origin: Origin | undefined): Promise<StoredRow | undefined> {
  const last = await events.orderBy('sequence').last();
  return last && last.sequence > (origin?.anchor ?? noAnchor).sequence ? last : undefined;
}

/** Carries a failure out of a transaction, which it aborts. */
export class Refusal extends Error {
  readonly failure: LogFailure;
  constructor(failure: LogFailure) {
    super(failure.kind);
    this.failure = failure;
  }
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

export function wasClosed(error: unknown, database: Database | null): boolean {
  if (error instanceof Refusal) return false;
  const names = causes(error);
  return names.includes('DatabaseClosedError') || names.includes('InvalidStateError')
    || (names.includes('AbortError') && database !== null && !database.dexie.isOpen());
}

/** Judged by effect: nothing was completed, so nothing is saved, whatever the error is called. */
export function failureOf(error: unknown): LogFailure {
  const names = causes(error);
  const full = names.some((name) => name === null || name === 'QuotaExceededError' || name === 'UnknownError')
    || (names.length === 1 && names[0] === 'AbortError');
  return { kind: full ? 'disk-full' : 'store-closed' };
}
