import type { Lifetime } from '../base/lifetime.js';
import { fail, succeed, type Result } from '../base/result.js';
import type { LogStore } from '../model/ports.js';
import type { MachineId } from '../model/shared-statement.js';
import type { FhirNames } from './fhir-bundle.js';
import { createStatementFold } from './shared-statement.js';
import { entriesOf, type SayingMode, type SharedBundle } from './statement-bundle.js';

/** A statement that the server would not take, set aside so that the ones behind it go on. `status` is the HTTP status of its last answer. */
export interface SetAside { readonly key: string; readonly sequence: number; readonly status: number }

/** What a start must know: rows up to `sentTo` have been answered for. Lost, everything is sent again and nothing counts twice. */
export interface OutboxPlace { readonly sentTo: number; readonly setAside: readonly SetAside[] }

/** Where the place is kept: outside memory, the whole or none of it. Its write is awaited before anything further is sent. */
export interface OutboxPlaceStore { readonly read: () => Promise<OutboxPlace | null>; readonly write: (place: OutboxPlace) => Promise<void> }

/** Why a transaction got no answer for its entries. `retryAfter` in milliseconds. */
export type SyncFailure = { readonly kind: 'network' } | { readonly kind: 'status'; readonly status: number; readonly retryAfter: number | null } | { readonly kind: 'withdrawn' };

/** The one module that sends, as the outbox knows it: one transaction, and the HTTP status of each entry in order. */
export type SendTransaction = (bundle: SharedBundle, signal: Lifetime) => Promise<Result<readonly number[], SyncFailure>>;

export interface OutboxParts {
  readonly log: Pick<LogStore, 'page'>;
  /** Whose log it is. */
  readonly machine: MachineId;
  readonly place: OutboxPlaceStore;
  readonly send: SendTransaction;
  readonly names: FhirNames;
  /** Waits so many milliseconds, or until the end of the signal. */
  readonly wait: (milliseconds: number, signal: Lifetime) => Promise<void>;
  /** A number from 0 up to 1. */
  readonly chance: () => number;
  /** Rows read at a time. */
  readonly batch?: number;
  /** First and longest wait between tries, in milliseconds. */
  readonly backOff?: { readonly first: number; readonly longest: number };
}

/** Why a run ended before the log did. Each may be begun again. */
export type OutboxStop =
  | { readonly kind: 'credential-needed' }
  /** More than one resource has our key (412): a person must look at the server. */
  | { readonly kind: 'key-not-unique'; readonly sequence: number }
  /** So many tries in a row failed that the server is left alone for a while. `retryAfter` in milliseconds. */
  | { readonly kind: 'circuit-open'; readonly retryAfter: number | null }
  | { readonly kind: 'log-unreadable' }
  | { readonly kind: 'withdrawn' };

/** Tries of one statement before it is set aside, and failures in a row before a run gives up (trust/reliability.md, R-28 and R-30). */
const mostTries = 5;
const mostFailures = 5;

const isDone = (status: number): boolean => status === 200 || status === 201;

/**
 * Sends what the log says and the server has not been told. The log is the outbox: its numbers are dense and nothing is ever deleted before it is old, so one
 * number says what is left. A place that was not written only sends again, and each entry names its key. An entry that was there already is said anew,
 * for it may have been taken back meanwhile by another machine: the last word stands.
 */
export async function sendWaiting({ log, machine, place: store, send, names, wait, chance, batch = 100, backOff = { first: 500, longest: 60_000 } }: OutboxParts, signal: Lifetime): Promise<Result<OutboxPlace, OutboxStop>> {
  let place = await store.read() ?? { sentTo: 0, setAside: [] };
  const fold = createStatementFold(machine);
  const told = new Set<string>();
  for (let after = 0; after < place.sentTo;) {
    const before = await log.page(after, batch);
    if (!before.ok) return fail({ kind: 'log-unreadable' });
    for (const row of before.value.rows) if (row.sequence <= place.sentTo) { const key = fold.add(row); if (key !== null) told.add(key); }
    if (before.value.to === null) break;
    after = before.value.to;
  }

  let failures = 0;
  /** Waits before the next try; false where there is to be none. */
  const again = async (retryAfter: number | null): Promise<boolean> => {
    failures += 1;
    if (failures >= mostFailures) return false;
    // Full jitter: many machines that failed together do not come back together.
    await wait(retryAfter ?? chance() * Math.min(backOff.longest, backOff.first * 2 ** (failures - 1)), signal);
    return !signal.aborted;
  };

  /** Sends some statements until the server has given its word on each; why the run ends where it cannot. */
  const settle = async (keys: ReadonlyMap<string, number>): Promise<OutboxStop | null> => {
    const left = new Map([...keys].map(([key, sequence]): [string, { readonly sequence: number; mode: SayingMode; tries: number; status: number }] => [key, { sequence, mode: told.has(key) ? 'say' : 'create', tries: 0, status: 0 }]));
    // A server that refuses a whole transaction does not say which entry it is about.
    let isApart = false;
    while (left.size > 0) {
      const now = [...left].slice(0, isApart ? 1 : undefined).flatMap(([key, one]) => { const state = fold.stateOf(key); return state ? [{ key, one, entries: entriesOf(state, one.mode, names) }] : []; });
      const answer = await send({ resourceType: 'Bundle', type: 'transaction', entry: now.flatMap(({ entries }) => entries) }, signal);
      if (signal.aborted) return { kind: 'withdrawn' };
      const refused = (key: string, status: number): void => {
        const one = left.get(key);
        if (!one) return;
        one.tries += 1;
        if (one.tries < mostTries) return;
        left.delete(key);
        place = { ...place, setAside: [...place.setAside.filter((other) => other.key !== key), { key, sequence: one.sequence, status }] };
      };
      if (!answer.ok) {
        const { failure } = answer;
        if (failure.kind === 'withdrawn') return failure;
        if (failure.kind === 'status') {
          if (failure.status === 401 || failure.status === 403) return { kind: 'credential-needed' };
          if (failure.status === 412) return { kind: 'key-not-unique', sequence: now[0]?.one.sequence ?? 0 };
          if (failure.status === 400 || failure.status === 413 || failure.status === 422) {
            if (isApart || left.size === 1) { for (const { key } of now.slice(0, 1)) refused(key, failure.status); } else isApart = true;
            continue;
          }
        }
        const retryAfter = failure.kind === 'status' ? failure.retryAfter : null;
        if (!await again(retryAfter)) return signal.aborted ? { kind: 'withdrawn' } : { kind: 'circuit-open', retryAfter };
        continue;
      }
      failures = 0;
      let at = 0;
      let isHeld = false;
      for (const { key, one, entries } of now) {
        const statuses = entries.map((_, index) => answer.value[at + index] ?? 0);
        at += entries.length;
        if (statuses.includes(401) || statuses.includes(403)) return { kind: 'credential-needed' };
        if (statuses.includes(412)) return { kind: 'key-not-unique', sequence: one.sequence };
        const bad = statuses.find((status) => !isDone(status));
        if (bad !== undefined) { refused(key, bad); isHeld = true; continue; }
        // What was there already may be another's word, or our own whose answer was lost.
        if (one.mode === 'create' && statuses.includes(200)) { one.mode = 'say'; continue; }
        left.delete(key);
        told.add(key);
        place = { ...place, setAside: place.setAside.filter((other) => other.key !== key) };
      }
      if (isHeld && left.size > 0) await wait(chance() * backOff.first, signal);
      if (signal.aborted) return { kind: 'withdrawn' };
    }
    return null;
  };

  for (;;) {
    const read = await log.page(place.sentTo, batch);
    if (!read.ok) return fail({ kind: 'log-unreadable' });
    const { rows, to } = read.value;
    if (to === null) return succeed(place);
    const keys = new Map<string, number>();
    for (const row of rows) { const key = fold.add(row); if (key !== null) keys.set(key, row.sequence); }
    const stop = await settle(keys);
    if (stop) return fail(stop);
    place = { ...place, sentTo: to };
    await store.write(place);
  }
}
