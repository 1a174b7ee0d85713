import browser from 'webextension-polyfill';
import type { LogEvent } from '../../lib/model/decision.js';
import { dateOf } from '../../lib/model/month.js';
import type { Clock, CounterStore, LogStore } from '../../lib/model/ports.js';
import type { LeavingFigures } from '../../lib/model/quality.js';
import type { SendingView } from '../../lib/model/sending.js';
import type { Settings } from '../../lib/model/settings.js';
import type { MachineId } from '../../lib/model/shared-statement.js';
import { leavingFigures } from '../../lib/reports/index.js';
import type { SendingStore } from '../../lib/settings/index.js';
import { namedFor } from '../../lib/sync/fhir-bundle.js';
import { figuresBundle } from '../../lib/sync/figures-bundle.js';
import { figuresPlaceOf, figuresViewOf } from '../../lib/sync/figures-outbox.js';
import { firstBundle, placeOf } from '../../lib/sync/outbox.js';
import { createExchange, type Exchange } from './exchange.js';
import { createFhirServer } from './fhir-server.js';

/** Name of the browser's alarm that wakes the worker for what waits. */
export const sendingAlarm = 'nodi-sending';
/** The browser keeps no alarm sooner than this, in milliseconds. */
const soonestAlarm = 30_000;

export interface SendingWires {
  /** Origins that the package was built for. */
  readonly origins: readonly string[];
  readonly kept: SendingStore;
  readonly log: () => Promise<Pick<LogStore, 'page' | 'related'> & Pick<CounterStore, 'totals'>>;
  readonly machine: () => Promise<MachineId | null>;
  /** What was decided, in order, as the worker has it in memory. */
  readonly events: () => Promise<readonly LogEvent[]>;
  readonly clock: Clock;
  readonly changed: () => void;
}

/** The way of the log to the board's FHIR server, in packages that were built for one. */
export interface Sending {
  /** These settings hold now: what sends is begun, or is off the moment that policy names it no more or a person stops it. */
  readonly take: (settings: Settings) => void;
  /** Something was logged, or the worker was waked. */
  readonly soon: () => void;
  /** A person asks for it now; `again`: what was set aside too. */
  readonly begin: (again: boolean) => void;
  /** Null where policy names no server. */
  readonly view: (settings: Settings) => Promise<SendingView | null>;
  /** Keeps a credential until the browser is closed, or forgets it. */
  readonly trust: (token: string | null) => Promise<void>;
}

/** Rows that say something to others. */
const isTold = ({ kind }: LogEvent): boolean => ['finding-logged', 'fault-logged', 'unreadable-logged', 'query-drafted', 'query-moved', 'undone'].includes(kind);

export function createSending({ origins, kept, log, machine, events, clock, changed }: SendingWires): Sending {
  let open: { readonly name: string; readonly exchange: Exchange } | null = null;
  let named: Settings['fhirServer'] = null;
  let noted: Pick<Settings, 'interventions' | 'rebases'> = { interventions: [], rebases: [] };
  const figures = async (): Promise<LeavingFigures | null> => { const totals = await (await log()).totals(); return totals.ok ? leavingFigures(totals.value, noted, clock) : null; };
  const now = (): number => clock.wall();
  const day = (): string => dateOf(clock.wall(), clock.offset());
  const addressOf = ({ origin, path }: NonNullable<Settings['fhirServer']>): string => `${origin}${path}`;
  const waiting = async (after: number): Promise<number> => {
    const all = await events();
    let count = 0;
    for (let at = all.length - 1; at >= 0; at -= 1) { const row = all[at]; if (!row || row.sequence <= after) break; if (isTold(row)) count += 1; }
    return count;
  };
  const wake = (at: number | null): void => { void (at === null ? browser.alarms.clear(sendingAlarm) : browser.alarms.create(sendingAlarm, { when: Math.max(at, now() + soonestAlarm) })); };
  const isOn = ({ fhirServer, fhirServerSeen, sendingPaused }: Settings): boolean => fhirServer !== null && origins.includes(fhirServer.origin) && fhirServerSeen === fhirServer.origin && !sendingPaused;

  return {
    take(settings) {
      // A credential was typed for a server that policy named: it is not kept for when it may be named again.
      if (named !== null && settings.fhirServer?.origin !== named.origin) void kept.credential.write('', { token: null, refused: null });
      named = settings.fhirServer;
      noted = settings;
      const name = named !== null && isOn(settings) ? `${addressOf(named)} ${settings.opcs4Name}` : null;
      if (open && open.name !== name) { open.exchange.end(); open = null; }
      if (name === null || named === null) { changed(); return; }
      if (!open) {
        const address = addressOf(named);
        const { origin } = named;
        const server = createFhirServer(address, async () => (await kept.credential.read(origin)).token);
        open = { name, exchange: createExchange({ address, origin, log, figures, day, machine, kept, server, names: namedFor(settings.opcs4Name), now, chance: () => Math.random(), waiting, changed, wake }) };
      }
      open.exchange.soon();
    },
    soon() { open?.exchange.soon(); },
    begin(again) { open?.exchange.begin(again); },
    async view(settings) {
      if (settings.fhirServer === null) return null;
      if (open) return open.exchange.view();
      const { fhirServer: { origin }, fhirServerSeen, opcs4Name } = settings;
      const address = addressOf(settings.fhirServer);
      const name = await machine();
      const place = placeOf(await kept.place.read(), { machine: name ?? '' as MachineId, address });
      const view = { address, hasCredential: (await kept.credential.read(origin)).token !== null, waiting: await waiting(place.sentTo), confirmed: place.confirmed, lastSent: place.lastSent, setAside: place.setAside, figures: figuresViewOf(figuresPlaceOf(await kept.figures.read(), { as: place.as, address })) };
      if (!origins.includes(origin)) return { ...view, state: { kind: 'not-in-build' } };
      if (fhirServerSeen === origin) return { ...view, state: { kind: 'paused' } };
      const first = name === null ? null : await firstBundle({ log: await log(), names: namedFor(opcs4Name) }, place);
      if (first !== null && !first.ok) return { ...view, state: first.failure };
      noted = settings;
      const leaving = name === null ? null : await figures();
      return { ...view, state: { kind: 'unseen', payload: first?.value ? JSON.stringify(first.value, null, 2) : null, figures: leaving && leaving.figures.length > 0 ? JSON.stringify(figuresBundle(leaving.figures, place.as, namedFor(opcs4Name)), null, 2) : null } };
    },
    async trust(token) {
      if (named === null) return;
      await kept.credential.write(named.origin, { token, refused: null });
      if (token === null) changed(); else open?.exchange.begin(false);
      if (!open) changed();
    },
  };
}
