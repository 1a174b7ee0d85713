import { afterFailure, backOff, closedCircuit } from '../../lib/base/circuit.js';
import { unreachable } from '../../lib/base/result.js';
import type { LogStore } from '../../lib/model/ports.js';
import type { LeavingFigures } from '../../lib/model/quality.js';
import type { SendFailure, SendingPlace, SendingState, SendingView } from '../../lib/model/sending.js';
import type { MachineId } from '../../lib/model/shared-statement.js';
import type { SendingStore } from '../../lib/settings/index.js';
import type { FhirNames } from '../../lib/sync/fhir-bundle.js';
import { dueFigures, figuresPlaceOf, figuresViewOf, sendFigures } from '../../lib/sync/figures-outbox.js';
import { placeOf, sendWaiting, type OutboxStop } from '../../lib/sync/outbox.js';
import type { ServerFit } from '../../lib/sync/server-fit.js';
import type { FhirServer } from './fhir-server.js';

/** Times in milliseconds, and counts (trust/reliability.md, R-28). */
export const exchangeLimits = {
  failuresToOpen: 5,
  open: 60_000,
  /** First and longest wait between tries. */
  first: 500,
  longest: 30_000,
  /** What was logged waits so long for more: a coder's decisions come in rows. */
  settle: 1_500,
  /** Longer waits than this are the browser's alarm's alone: the worker may sleep meanwhile. */
  timer: 20_000,
  /** A worker that dies while it sends is waked then. */
  net: 60_000,
  /** Pages hear of a run's progress no more often. */
  hint: 300,
} as const;

export interface ExchangeWires {
  /** The server's base, and its origin, for which a credential is kept. */
  readonly address: string;
  readonly origin: string;
  readonly log: () => Promise<Pick<LogStore, 'page' | 'related'>>;
  /** This machine's figures of whole months; null where they cannot be read. */
  readonly figures: () => Promise<LeavingFigures | null>;
  /** The day (YYYY-MM-DD): figures are gone through once on each. */
  readonly day: () => string;
  /** Names the log as it is now; null before anything was logged. */
  readonly machine: () => Promise<MachineId | null>;
  readonly kept: SendingStore;
  readonly server: FhirServer;
  readonly names: FhirNames;
  readonly now: () => number;
  /** 0 to 1, for waits that do not fall together. */
  readonly chance: () => number;
  /** Rows that say something behind this one. */
  readonly waiting: (after: number) => Promise<number>;
  readonly changed: () => void;
  /** Wakes the worker then, and calls `soon`; null: not at all. */
  readonly wake: (at: number | null) => void;
}

/** Tells one server what the log says, as long as it lives. */
export interface Exchange {
  /** Something may be waiting. */
  readonly soon: () => void;
  /** A person asks for it now, whatever stood in the way; `again`: what was set aside too. */
  readonly begin: (again: boolean) => void;
  readonly view: () => Promise<SendingView>;
  /** Withdraws what is under way. */
  readonly end: () => void;
}

/** What only a person, or another start of the browser, makes worth another try. */
const isForAPerson = ({ kind }: SendingState): boolean => kind === 'unfit' || kind === 'credential-refused' || kind === 'too-many-refused';

/** Joins the outbox with patience: one run at a time, back-off and circuit outside the worker's memory, so that one that slept goes on as it stood. */
export function createExchange({ address, origin, log, figures, day, machine, kept, server, names, now, chance, waiting, changed, wake }: ExchangeWires): Exchange {
  const life = new AbortController();
  let state: SendingState = { kind: 'idle' };
  /** What the server says that it can do, once it was asked. */
  let fit: Extract<ServerFit, { readonly isFit: true }> | null = null;
  let running: Promise<void> | null = null;
  let isWanted: 'no' | 'yes' | 'by-person' | 'again' = 'no';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hinted = 0;

  const say = (next: SendingState): void => { state = next; if (!life.signal.aborted) changed(); };
  const later = (at: number, kind: 'soon' | 'retry'): void => {
    clearTimeout(timer);
    if (life.signal.aborted) return;
    wake(kind === 'retry' ? at : now() + exchangeLimits.net);
    if (at - now() <= exchangeLimits.timer) timer = setTimeout(() => run('yes'), Math.max(0, at - now()));
  };

  const failed = async (failure: SendFailure): Promise<void> => {
    if (failure.kind === 'withdrawn') return;
    if (failure.kind === 'status' && (failure.status === 401 || failure.status === 403)) { await refusedCredential(failure.status); return; }
    const retryAfter = failure.kind === 'status' ? failure.retryAfter : null;
    const after = afterFailure(await kept.circuit.read(address), exchangeLimits, now(), retryAfter);
    const until = Math.max(after.quietUntil, now() + backOff(after.failures - 1, chance(), exchangeLimits));
    await kept.circuit.write(address, { ...after, quietUntil: until });
    say({ kind: 'waiting', until, isOpen: after.failures >= exchangeLimits.failuresToOpen, failure });
    later(until, 'retry');
  };
  const refusedCredential = async (status: number): Promise<void> => {
    const { token } = await kept.credential.read(origin);
    await kept.credential.write(origin, { token, refused: status });
    wake(null);
    say({ kind: 'credential-refused', status });
  };
  const stopped = async (stop: OutboxStop): Promise<void> => {
    switch (stop.kind) {
      case 'withdrawn': return;
      case 'failed': await failed(stop.failure); return;
      case 'credential-refused': await refusedCredential(stop.status); return;
      case 'too-many-refused': case 'log-unreadable': case 'not-kept': wake(null); say({ kind: stop.kind }); return;
      default: unreachable(stop);
    }
  };

  const once = async (want: 'yes' | 'by-person' | 'again'): Promise<void> => {
    const isAsked = want !== 'yes';
    const [{ refused }, circuit, name] = await Promise.all([kept.credential.read(origin), kept.circuit.read(address), machine()]);
    if (name === null) { say({ kind: 'idle' }); return; }
    if (!isAsked) {
      if (refused !== null) { say({ kind: 'credential-refused', status: refused }); return; }
      if (isForAPerson(state)) return;
      // A worker that slept has forgotten why, and not until when.
      if (circuit.quietUntil > now()) { if (state.kind !== 'waiting') say({ kind: 'waiting', until: circuit.quietUntil, isOpen: circuit.failures >= exchangeLimits.failuresToOpen, failure: { kind: 'network' } }); later(circuit.quietUntil, 'retry'); return; }
      const { as, sentTo } = placeOf(await kept.place.read(), { machine: name, address });
      if (await waiting(sentTo) === 0 && !await areFiguresDue(as)) { wake(null); say({ kind: 'idle' }); return; }
    }
    wake(now() + exchangeLimits.net);
    say({ kind: 'sending' });
    if (fit === null || isAsked) {
      const said = await server.fit(life.signal);
      if (life.signal.aborted) return;
      if (!said.ok) { await failed(said.failure); return; }
      if (!said.value.isFit) { wake(null); say({ kind: 'unfit', faults: said.value.faults }); return; }
      fit = said.value;
    }
    const { bundle, takesFigures } = fit;
    let reachedTo = -1;
    const reached = ({ sentTo }: SendingPlace): void => {
      if (sentTo > reachedTo && reachedTo >= 0) void kept.circuit.write(address, closedCircuit);
      reachedTo = Math.max(reachedTo, sentTo);
      if (now() - hinted >= exchangeLimits.hint) { hinted = now(); changed(); }
    };
    const ended = await sendWaiting({ log: await log(), machine: name, address, place: kept.place, send: server.transact, names, now, bundle, again: want === 'again', reached }, life.signal);
    if (life.signal.aborted) return;
    if (!ended.ok) { await stopped(ended.failure); return; }
    const { as } = ended.value;
    const held = figuresPlaceOf(await kept.figures.read(), { as, address });
    // Once a day, or when a person asks: what is logged now also changes the month in which its episode was first read.
    if (!takesFigures) { if (held.isTaken || held.day !== day()) await kept.figures.write({ ...held, isTaken: false, day: day() }); } else if (isAsked || held.day !== day()) {
      const told = await sendFigures({ figures, as, address, day: day(), place: kept.figures, send: server.transact, names, now, bundle }, life.signal);
      if (life.signal.aborted) return;
      if (!told.ok) { await stopped(told.failure); return; }
    }
    await kept.circuit.write(address, closedCircuit);
    if (refused !== null) { const { token } = await kept.credential.read(origin); await kept.credential.write(origin, { token, refused: null }); }
    wake(null);
    say({ kind: 'idle' });
  };

  /** Have they to be gone through today, and is any another than the server has? */
  const areFiguresDue = async (as: MachineId): Promise<boolean> => {
    const place = figuresPlaceOf(await kept.figures.read(), { as, address });
    if (place.day === day()) return false;
    const leaving = await figures();
    if (leaving === null || dueFigures(leaving, place, names).length > 0) return true;
    await kept.figures.write({ ...place, day: day() });
    return false;
  };

  const run = (want: 'yes' | 'by-person' | 'again'): void => {
    if (life.signal.aborted) return;
    if (running) { if (isWanted === 'no' || want !== 'yes') isWanted = want; return; }
    clearTimeout(timer);
    running = once(want).catch(() => { say({ kind: 'not-kept' }); }).finally(() => {
      running = null;
      const next = isWanted;
      isWanted = 'no';
      if (next !== 'no') run(next);
    });
  };

  return {
    soon: () => { if (running) run('yes'); else if (state.kind !== 'waiting') later(now() + exchangeLimits.settle, 'soon'); else run('yes'); },
    begin: (again) => { run(again ? 'again' : 'by-person'); },
    async view() {
      const [place, { token }, name] = await Promise.all([kept.place.read(), kept.credential.read(origin), machine()]);
      const { as, sentTo, confirmed, lastSent, setAside } = placeOf(place, { machine: name ?? '' as MachineId, address });
      return { address, state, hasCredential: token !== null, waiting: await waiting(sentTo), confirmed, lastSent, setAside, figures: figuresViewOf(figuresPlaceOf(await kept.figures.read(), { as, address })) };
    },
    end: () => { clearTimeout(timer); life.abort(); wake(null); },
  };
}

