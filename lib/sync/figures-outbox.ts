import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Lifetime } from '../base/lifetime.js';
import { fail, succeed, type Result } from '../base/result.js';
import { monthsBetween, type Month } from '../model/month.js';
import type { LeavingFigures } from '../model/quality.js';
import type { FiguresPlace, FiguresView, RefusedFigures } from '../model/sending.js';
import type { FhirNames } from './fhir-bundle.js';
import { figuresEntry, type FiguresEntry } from './figures-bundle.js';
import { isCredential, isDone, isRefusal, type OutboxStop, type SendTransaction } from './outbox.js';
import type { BundleKind } from './statement-bundle.js';

/** Where it is kept which figures a server has: the whole or none of it. A write that rejects ends the run. */
export interface FiguresPlaceStore { readonly read: () => Promise<FiguresPlace | null>; readonly write: (place: FiguresPlace) => Promise<void> }

export interface FiguresOutboxParts extends Pick<FiguresPlace, 'as' | 'address' | 'day'> {
  /** As they are now; null where the counters cannot be read. */
  readonly figures: () => Promise<LeavingFigures | null>;
  readonly place: FiguresPlaceStore;
  readonly send: SendTransaction;
  readonly names: FhirNames;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  readonly bundle?: BundleKind;
}

/** What this server was told of this machine's figures; nothing where what is kept is about another of either. */
export function figuresPlaceOf(kept: FiguresPlace | null, { as, address }: Pick<FiguresPlace, 'as' | 'address'>): FiguresPlace {
  return kept?.as === as && kept.address === address ? kept : { as, address, day: '', isTaken: true, sent: {}, refused: [], lastSent: 0 };
}

/** The same for the Data page. */
export function figuresViewOf({ isTaken, refused, lastSent, sent }: FiguresPlace): FiguresView {
  const months = Object.keys(sent).sort() as Month[];
  return { isTaken, refused, lastSent, months: months.length, last: months.at(-1) ?? null };
}

interface Due { readonly month: Month; readonly entry: FiguresEntry; readonly hash: string }

/**
 * The months whose figures are not as the server has them. A month that it has and that is counted no more is said to be nought, unless it may have passed out of
 * retention: what comes before the first month that is still counted stays on the server as it was.
 */
export function dueFigures({ from, to, figures }: LeavingFigures, { as, sent }: Pick<FiguresPlace, 'as' | 'sent'>, names: FhirNames): readonly Due[] {
  const first = figures[0]?.month;
  return monthsBetween(from, to).flatMap((month): readonly Due[] => {
    const own = figures.filter((one) => one.month === month);
    if (own.length === 0 && (sent[month] === undefined || first === undefined || month < first)) return [];
    const entry = figuresEntry(month, own, as, names);
    const hash = bytesToHex(sha256(utf8ToBytes(JSON.stringify(entry.resource))));
    return sent[month] === hash ? [] : [{ month, entry, hash }];
  });
}

/**
 * Tells the server this machine's figures of whole months, as far as they are others than it has. Each names its key, so that one whose reply was lost is sent again and takes its
 * own place. A month that the server refuses holds up no other: it is tried again on another day, or when a person asks. Never waits.
 */
export async function sendFigures({ figures, as, address, day, place: store, send, names, now, bundle = 'transaction' }: FiguresOutboxParts, signal: Lifetime): Promise<Result<FiguresPlace, OutboxStop>> {
  const kept = await store.read().catch(() => undefined);
  if (kept === undefined) return fail({ kind: 'not-kept' });
  let place: FiguresPlace = { ...figuresPlaceOf(kept, { as, address }), isTaken: true };
  const keep = async (next: FiguresPlace): Promise<boolean> => {
    place = next;
    try { await store.write(place); } catch { return false; }
    return true;
  };
  const leaving = await figures().catch(() => null);
  if (leaving === null) return fail({ kind: 'log-unreadable' });
  const refused: RefusedFigures[] = [];
  const places = new Map<string, Month>();
  const due = dueFigures(leaving, place, names);
  const groups: (readonly Due[])[] = due.length === 0 ? [] : [due];
  for (let group = groups.shift(); group; group = groups.shift()) {
    const answer = await send({ resourceType: 'Bundle', type: bundle, entry: group.map(({ entry }) => entry) }, signal);
    if (signal.aborted) return fail({ kind: 'withdrawn' });
    if (!answer.ok) {
      const { failure } = answer;
      if (failure.kind === 'withdrawn') return fail(failure);
      if (failure.kind === 'status' && isCredential(failure.status)) return fail({ kind: 'credential-refused', status: failure.status });
      if (failure.kind !== 'status' || !isTheirFault(failure.status)) return fail({ kind: 'failed', failure });
      // A server that refuses a whole transaction does not say which month it is about.
      const [only] = group;
      if (group.length > 1) groups.push(...group.map((one) => [one]));
      else if (only) refused.push({ month: only.month, status: failure.status, issue: failure.issue ?? '', at: failure.at ?? '' });
      continue;
    }
    const done: Due[] = [];
    let unwell: number | null = null;
    for (const [index, one] of group.entries()) {
      const said = answer.value[index];
      if (said && isCredential(said.status)) return fail({ kind: 'credential-refused', status: said.status });
      const owner = said && said.location !== '' && isDone(said.status) ? places.get(said.location) : undefined;
      if (owner !== undefined && owner !== one.month) return fail({ kind: 'failed', failure: { kind: 'reply-refused', fault: 'replayed' } });
      if (said && isDone(said.status)) { done.push(one); if (said.location !== '') places.set(said.location, one.month); } else if (said && isTheirFault(said.status)) refused.push({ month: one.month, status: said.status, issue: said.issue, at: said.at }); else unwell = said?.status ?? 0;
    }
    if (done.length > 0 && !await keep({ ...place, sent: { ...place.sent, ...Object.fromEntries(done.map(({ month, hash }) => [month, hash])) }, lastSent: now() })) return fail({ kind: 'not-kept' });
    if (unwell !== null) return fail({ kind: 'failed', failure: { kind: 'status', status: unwell, retryAfter: null } });
  }
  const sent = Object.fromEntries(Object.entries(place.sent).filter(([month]) => month >= leaving.from));
  return await keep({ ...place, sent, refused, day }) ? succeed(place) : fail({ kind: 'not-kept' });
}

/** Refused for what it is, or stumbled over: the same again in a moment would meet the same. */
function isTheirFault(status: number): boolean {
  return isRefusal(status) || status === 500 || status === 501;
}
