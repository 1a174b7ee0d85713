import type { LogEvent } from '../model/decision.js';
import type { LogFailure, LogHealth, LogSentinel } from '../model/ports.js';
import { followChain, hashOf } from './chain.js';
import { areCountersSound } from './counter-tables.js';
import { carriedWith, lastOfChain, logSchema, noAnchor, noneCarried, type Anchor, type Carried, type Database, type Origin, type StoredRow } from './database.js';

/** Rows that are read, sealed or put away at once. */
export const batch = 500;

/** Opens a row; null where its key is gone or it is not as it was written. */
export type Opener = (row: StoredRow) => Promise<LogEvent | null>;

export const anchorOf = (origin: Origin | undefined): Anchor => origin?.anchor ?? noAnchor;

/** A row that outlives its day is sealed under its month. */
export const isMonth = (day: string): boolean => day.length === 7;

export type StandFailure = Extract<LogFailure, { readonly kind: 'newer-schema' | 'data-loss' }>;

export interface Edges {
  readonly origin: Origin | undefined;
  readonly last: StoredRow | undefined;
}

/** How the log begins and ends, in one transaction. */
export function edges({ dexie, events, origin }: Database): Promise<Edges> {
  return dexie.transaction('r', events, origin, async () => {
    const held = await origin.get('log');
    return { origin: held, last: await lastOfChain({ events }, held) };
  });
}

/** The same with the number of rows, which the browser finds by counting them. */
export function ends(on: Database): Promise<Edges & { readonly rows: number }> {
  return on.dexie.transaction('r', on.events, on.origin, async () => ({ ...await edges(on), rows: await on.events.count() }));
}

/**
 * Is this the database that the sentinel knows, with every row that it knows, in a schema that this build may write?
 * Dexie 4 opens a newer database without a word (dexie#2097), so the schema is looked at in four places.
 */
export function standFailure(sentinel: LogSentinel | null, origin: Origin | undefined, last: StoredRow | undefined, open: Database, acknowledged: number): StandFailure | null {
  const native = Math.floor(open.dexie.backendDB().version / 10);
  if (Math.max(sentinel?.schema ?? 0, origin?.schema ?? 0, last?.schema ?? 0, native) > logSchema) return { kind: 'newer-schema' };
  const found = last?.sequence ?? anchorOf(origin).sequence;
  const expected = Math.max(sentinel?.sequence ?? 0, acknowledged);
  const otherDatabase = sentinel !== null && origin?.epoch !== sentinel.epoch;
  return otherDatabase || found < expected ? { kind: 'data-loss', expected, found } : null;
}

/** Rows that outlived their day, as they stand: one that is not as it was written counts for none. */
export async function carriedNow({ events }: Database, anchor: Anchor, opened: Opener): Promise<Carried> {
  const rows = await Promise.all((await events.where('sequence').belowOrEqual(anchor.sequence).toArray()).map(opened));
  return carriedWith(noneCarried, rows.filter((row) => row !== null).filter((row) => row.hash === hashOf(row)).map(({ hash }) => hash));
}

/** The whole chain from where it begins, some hundred rows at a time, and at its place the row that the sentinel remembers. */
async function walkRows(on: Database, { origin, last, rows: count }: Awaited<ReturnType<typeof ends>>, sentinel: LogSentinel | null, opened: Opener): Promise<LogHealth> {
  const { events } = on;
  const anchor = anchorOf(origin);
  if (sentinel !== null && anchor.sequence > sentinel.from) return { kind: 'chain-broken', at: anchor.sequence };
  const highest = last?.sequence ?? anchor.sequence;
  let position = { next: anchor.sequence + 1, previous: anchor.hash };
  while (position.next <= highest) {
    const stored = await events.where('sequence').between(position.next, Math.min(position.next + batch, highest + 1)).toArray();
    const rows = await Promise.all(stored.map(opened));
    const unread = rows.indexOf(null);
    const reached = followChain(position, rows.slice(0, unread < 0 ? undefined : unread).filter((row) => row !== null));
    if ('brokenAt' in reached) return { kind: 'chain-broken', at: reached.brokenAt };
    if (unread >= 0 || stored.length === 0) return { kind: 'chain-broken', at: reached.next };
    if (sentinel !== null && rows.some((row) => row?.sequence === sentinel.sequence && row.hash !== sentinel.head)) return { kind: 'chain-broken', at: sentinel.sequence };
    position = reached;
  }
  const carried = await carriedNow(on, anchor, opened);
  const expected = origin?.carried ?? noneCarried;
  if (carried.count !== expected.count || carried.digest !== expected.digest) return { kind: 'chain-broken', at: anchor.sequence };
  // A row whose number is no number stands outside the walk.
  return count === highest - anchor.sequence + carried.count ? { kind: 'sound', rows: count } : { kind: 'chain-broken', at: anchor.sequence + 1 };
}

/** The chain, and the counters that must hold it. */
export async function walk(on: Database, now: Awaited<ReturnType<typeof ends>>, sentinel: LogSentinel | null, opened: Opener): Promise<LogHealth> {
  const health = await walkRows(on, now, sentinel, opened);
  return health.kind === 'sound' && !(await areCountersSound(on)) ? { kind: 'counters-broken' } : health;
}

/** The longest chain from its beginning that these rows prove, whatever else lies among them. */
export function provenChain(anchor: Anchor, rows: Iterable<LogEvent>): { readonly chain: readonly LogEvent[]; readonly position: { readonly next: number; readonly previous: string } } {
  const choices = new Map<number, LogEvent[]>();
  for (const row of rows) choices.set(row.sequence, [...choices.get(row.sequence) ?? [], row]);
  const chain: LogEvent[] = [];
  let position = { next: anchor.sequence + 1, previous: anchor.hash };
  for (;;) {
    const next = choices.get(position.next)?.flatMap((row) => { const reached = followChain(position, [row]); return 'brokenAt' in reached ? [] : [{ row, reached }]; })[0];
    if (!next) return { chain, position };
    chain.push(next.row);
    position = next.reached;
  }
}

/** Of rows that were carried over their day those that are as they were written, each once, in order. */
export function carriedIn(rows: readonly LogEvent[]): readonly LogEvent[] {
  return [...new Map(rows.filter((row) => row.hash === hashOf(row)).map((row) => [row.id, row])).values()].sort((a, b) => a.sequence - b.sequence);
}
