import type { Lifetime } from '../base/lifetime.js';
import { fail, succeed, type Result } from '../base/result.js';
import type { LogEvent } from '../model/decision.js';
import type { LogStore } from '../model/ports.js';
import type { EntryIssue, SendFailure, SendingPlace, SetAside } from '../model/sending.js';
import type { MachineId, SharedStatement } from '../model/shared-statement.js';
import type { FhirNames } from './fhir-bundle.js';
import type { FiguresBundle } from './figures-bundle.js';
import { createStatementFold } from './shared-statement.js';
import { entriesOf, type BundleKind, type SayingMode, type SharedBundle } from './statement-bundle.js';
import type { EntryAnswer } from './transaction-reply.js';

/** Where the place is kept: outside memory, the whole or none of it. Its write is awaited before anything further is sent; one that rejects ends the run. */
export interface SendingPlaceStore { readonly read: () => Promise<SendingPlace | null>; readonly write: (place: SendingPlace) => Promise<void> }

/** The one module that sends, as the outbox knows it: one bundle, and the server's word on each entry in order. */
export type SendTransaction = (bundle: SharedBundle | FiguresBundle, signal: Lifetime) => Promise<Result<readonly EntryAnswer[], SendFailure & { readonly issue?: string; readonly at?: string }>>;

export interface OutboxParts {
  readonly log: Pick<LogStore, 'page' | 'related'>;
  /** Whose log it is, and where it is told. */
  readonly machine: MachineId;
  readonly address: string;
  readonly place: SendingPlaceStore;
  readonly send: SendTransaction;
  readonly names: FhirNames;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  readonly bundle?: BundleKind;
  /** Rows read at a time: all that is ever held of the log, with the rows of the same episodes and queries. */
  readonly batch?: number;
  /** A person asks that what was set aside be tried once more. */
  readonly again?: boolean;
  /** Told of each new place once it is kept. */
  readonly reached?: (place: SendingPlace) => void;
}

/** Why a run ended before the log did. Each may be begun again, and nothing is lost or doubled by it. */
export type OutboxStop =
  | { readonly kind: 'credential-refused'; readonly status: number }
  /** So many statements are set aside that the server seems to refuse whatever it is told. */
  | { readonly kind: 'too-many-refused' }
  | { readonly kind: 'failed'; readonly failure: SendFailure }
  | { readonly kind: 'log-unreadable' }
  | { readonly kind: 'not-kept' }
  | { readonly kind: 'withdrawn' };

/** Rows of the log that go into one bundle. */
export const rowsAtOnce = 50;
/** Tries of one statement before it is set aside (trust/reliability.md, R-30), and statements that may be. */
const mostTries = 5;
const mostAside = 200;
/** As many statements may be what a server stumbles over; where more fail at once, the server is to blame. */
const mostStuck = 3;

/** It is there. */
export const isDone = (status: number): boolean => status === 200 || status === 201;
/** Refused for what it is: the same again is refused again. What else fails may pass later. */
export const isRefusal = (status: number): boolean => status >= 400 && status < 500 && ![401, 403, 408, 409, 425, 429].includes(status);
/** What was sent with it is missing or not enough. */
export const isCredential = (status: number): boolean => status === 401 || status === 403;

/** One thing to say: how, and how often it was tried. */
interface Saying { readonly statement: SharedStatement; mode: SayingMode; tries: number }

/** The place of this log at this server; at the beginning where what is kept is about another of either. */
export function placeOf(kept: SendingPlace | null, { machine, address }: Pick<SendingPlace, 'machine' | 'address'>): SendingPlace {
  if (kept?.machine === machine && kept.address === address) return kept;
  return { machine, as: kept?.address === address ? kept.as : machine, address, sentTo: 0, setAside: [], stuck: 0, confirmed: 0, lastSent: 0 };
}

/** What the rows of one page say, each thing once, as it stands now. What a later row says anew waits for that row's page. */
async function sayingsOf(log: Pick<LogStore, 'related'>, machine: MachineId, rows: readonly LogEvent[], { after, to }: { readonly after: number; readonly to: number }): Promise<ReadonlyMap<string, Saying> | null> {
  const related = await log.related(rows);
  if (!related.ok) return null;
  const fold = createStatementFold(machine);
  const [before, here] = [new Set<string>(), new Set<string>()];
  for (const row of related.value) { const key = fold.add(row); if (key !== null && row.sequence <= to) (row.sequence > after ? here : before).add(key); }
  return new Map([...here].flatMap((key): (readonly [string, Saying])[] => {
    const statement = fold.stateOf(key);
    return statement === null || statement.sequence > to ? [] : [[key, { statement, mode: before.has(key) ? 'say' : 'create', tries: 0 }]];
  }));
}

/** Rows read at once at most, where few of them say anything: most of a log are readings of documents. */
const mostRead = 2_000;

/** Reads a log on, some rows that may say something at a time. */
function createPages(log: Pick<LogStore, 'page'>, batch: number): (after: number) => ReturnType<LogStore['page']> {
  let reach = batch;
  return async (after) => {
    const read = await log.page(after, reach);
    if (!read.ok) return read;
    const { rows, to } = read.value;
    reach = rows.length > batch ? batch : rows.length < batch / 2 ? Math.min(mostRead, reach * 2) : reach;
    const last = rows.length > batch ? rows[batch - 1] : undefined;
    return succeed(last ? { rows: rows.slice(0, batch), to: last.sequence } : { rows, to });
  };
}

/** The first bundle that a run from here would send, for a person to see; null where there is nothing to send. Sends nothing. */
export async function firstBundle({ log, names, bundle = 'transaction', batch = rowsAtOnce }: Pick<OutboxParts, 'log' | 'names' | 'bundle' | 'batch'>, place: SendingPlace): Promise<Result<SharedBundle | null, { readonly kind: 'log-unreadable' }>> {
  const page = createPages(log, batch);
  for (let after = place.sentTo; ;) {
    const read = await page(after);
    if (!read.ok) return fail({ kind: 'log-unreadable' });
    const { rows, to } = read.value;
    if (to === null) return succeed(null);
    const said = rows.length === 0 ? new Map<string, Saying>() : await sayingsOf(log, place.as, rows, { after, to });
    if (said === null) return fail({ kind: 'log-unreadable' });
    if (said.size > 0) return succeed({ resourceType: 'Bundle', type: bundle, entry: [...said.values()].flatMap(({ statement, mode }) => entriesOf(statement, mode, names)) });
    after = to;
  }
}

/**
 * Sends what the log says and the server has not been told. The log is the outbox: its numbers are dense and nothing is ever deleted before it is old, so one
 * number says what is left, and a page of rows with those of the same episodes is all that is held. A place that was not written only sends again, and each entry
 * names its key. An entry that was there already is this machine's own whose answer was lost, and is said anew: the last word stands.
 * Never waits: whoever calls decides when a failure is tried again.
 */
export async function sendWaiting({ log, machine, address, place: store, send, names, now, bundle = 'transaction', batch = rowsAtOnce, again = false, reached }: OutboxParts, signal: Lifetime): Promise<Result<SendingPlace, OutboxStop>> {
  const kept = await store.read().catch(() => undefined);
  if (kept === undefined) return fail({ kind: 'not-kept' });
  const begun = placeOf(kept, { machine, address });
  let place = begun;
  const keep = async (next: SendingPlace): Promise<boolean> => {
    place = next;
    try { await store.write(place); } catch { return false; }
    reached?.(place);
    return true;
  };
  const aside = (one: SetAside): void => { place = { ...place, setAside: [...place.setAside.filter(({ key }) => key !== one.key), one] }; };
  /** Where the resources of the last answers are: a server that says again what it said to another bundle has stored nothing. */
  let heard = new Map<string, string>();

  /** Sends some statements until the server has given its word on each; why the run ends where it cannot. */
  const settle = async (sayings: ReadonlyMap<string, Saying>): Promise<OutboxStop | null> => {
    const left = new Map(sayings);
    // A server that refuses a whole transaction does not say which entry it is about.
    let isApart = false;
    /** It has taken something of this page: then it is well, and what it goes on failing at is to blame. */
    let isWell = false;
    while (left.size > 0) {
      let isMoving = false;
      /** What the statement that failed last was answered. */
      const last: { status: number } & EntryIssue = { status: 0, issue: '', at: '' };
      const refused = (key: string, one: Saying, status: number, { issue = '', at = '' }: { readonly issue?: string; readonly at?: string }): void => {
        Object.assign(last, { status, issue, at });
        one.tries += 1;
        if (isRefusal(status)) isMoving = true;
        if (one.tries < mostTries) return;
        left.delete(key);
        aside({ key, kind: one.statement.kind, sequence: one.statement.sequence, status, issue, at });
      };
      const groups = isApart ? [...left].map((one) => [one]) : [[...left]];
      for (const group of groups) {
        const sent = group.map(([key, one]) => ({ key, one, entries: entriesOf(one.statement, one.mode, names) }));
        const answer = await send({ resourceType: 'Bundle', type: bundle, entry: sent.flatMap(({ entries }) => entries) }, signal);
        if (signal.aborted) return { kind: 'withdrawn' };
        if (!answer.ok) {
          const { failure } = answer;
          if (failure.kind === 'withdrawn') return failure;
          if (failure.kind === 'status' && isCredential(failure.status)) return { kind: 'credential-refused', status: failure.status };
          if (failure.kind !== 'status' || !(isRefusal(failure.status) || failure.status === 500 || failure.status === 501)) return { kind: 'failed', failure };
          if (group.length > 1) { isApart = true; isMoving = true; break; }
          for (const { key, one } of sent) refused(key, one, failure.status, failure);
          continue;
        }
        const places = new Map<string, string>();
        let at = 0;
        for (const { key, one, entries } of sent) {
          const answers = answer.value.slice(at, at + entries.length);
          at += entries.length;
          const credential = answers.find(({ status }) => isCredential(status));
          if (credential) return { kind: 'credential-refused', status: credential.status };
          for (const { status, location } of answers) {
            if (location === '' || !isDone(status)) continue;
            const owner = places.get(location) ?? heard.get(location);
            if (owner !== undefined && owner !== key) return { kind: 'failed', failure: { kind: 'reply-refused', fault: 'replayed' } };
            places.set(location, key);
          }
          const bad = answers.find(({ status }) => !isDone(status));
          if (bad !== undefined || answers.length === 0) { refused(key, one, bad?.status ?? 0, bad ?? {}); continue; }
          isMoving = true;
          isWell = true;
          // What was there already is our own whose answer was lost, and may be an older word.
          if (one.mode === 'create' && answers.some(({ status }) => status === 200)) { one.mode = 'say'; continue; }
          left.delete(key);
          place = { ...place, setAside: place.setAside.filter((other) => other.key !== key), confirmed: place.confirmed + 1, lastSent: now() };
        }
        heard = places;
      }
      // Nothing went and nothing was refused for what it is: the server is not well, until some few have failed in run after run.
      if (!isMoving && !isWell && left.size > 0) {
        place = { ...place, stuck: place.stuck + 1 };
        if (left.size > mostStuck || place.stuck < mostTries) return { kind: 'failed', failure: { kind: 'status', status: last.status, retryAfter: null } };
        for (const [key, one] of left) { one.tries = mostTries; refused(key, one, last.status, last); }
      }
      if (place.setAside.length > mostAside) return { kind: 'too-many-refused' };
    }
    return null;
  };

  if (again) {
    for (let at = 0, all = place.setAside; at < all.length; at += batch) {
      const sayings = new Map<string, Saying>();
      for (const one of all.slice(at, at + batch)) {
        const read = await log.page(one.sequence - 1, 1);
        if (!read.ok) return fail({ kind: 'log-unreadable' });
        const row = read.value.rows.find(({ sequence }) => sequence === one.sequence);
        const said = row ? await sayingsOf(log, place.as, [row], { after: 0, to: Number.MAX_SAFE_INTEGER }) : new Map<string, Saying>();
        if (said === null) return fail({ kind: 'log-unreadable' });
        const found = said.get(one.key);
        // What has passed out of retention is told no more.
        if (found) sayings.set(one.key, found); else place = { ...place, setAside: place.setAside.filter(({ key }) => key !== one.key) };
      }
      const stop = await settle(sayings);
      if (!await keep(place)) return fail({ kind: 'not-kept' });
      if (stop) return fail(stop);
    }
  }

  const page = createPages(log, batch);
  for (let isKept = true; ;) {
    const read = await page(place.sentTo);
    if (!read.ok) return fail({ kind: 'log-unreadable' });
    const { rows, to } = read.value;
    if (to === null) return isKept || await keep(place) ? succeed(place) : fail({ kind: 'not-kept' });
    if (place.setAside.length > mostAside) return fail({ kind: 'too-many-refused' });
    const said = rows.length === 0 ? new Map<string, Saying>() : await sayingsOf(log, place.as, rows, { after: place.sentTo, to });
    if (said === null) return fail({ kind: 'log-unreadable' });
    const stop = await settle(said);
    if (stop) {
      // What was set aside or confirmed on the way is kept; the page itself is sent again.
      if (place !== begun && !await keep(place)) return fail({ kind: 'not-kept' });
      return fail(stop);
    }
    // Rows that say nothing are read again rather than written down one page after the other.
    isKept = said.size > 0;
    const next = { ...place, sentTo: to, stuck: 0 };
    if (!isKept) place = next; else if (!await keep(next)) return fail({ kind: 'not-kept' });
  }
}
