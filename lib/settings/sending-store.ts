import * as v from 'valibot';
import { closedCircuit, type Circuit } from '../base/circuit.js';
import type { Month } from '../model/month.js';
import type { FiguresPlace, SendingPlace } from '../model/sending.js';
import type { MachineId } from '../model/shared-statement.js';
import type { StorageAreas, WritableArea } from './storage-areas.js';

/** What a person typed for one server, and the status with which that server refused it, if it did. */
export interface Credential { readonly token: string | null; readonly refused: number | null }

/** What rests of the sending: how far it has come on the disk; the credential and how the server has been in memory, until the browser is closed. */
export interface SendingStore {
  readonly place: { readonly read: () => Promise<SendingPlace | null>; readonly write: (place: SendingPlace) => Promise<void> };
  /** Which monthly figures a server has. */
  readonly figures: { readonly read: () => Promise<FiguresPlace | null>; readonly write: (place: FiguresPlace) => Promise<void> };
  /** Of one origin: that of another is never given out. */
  readonly credential: { readonly read: (origin: string) => Promise<Credential>; readonly write: (origin: string, credential: Credential) => Promise<void> };
  readonly circuit: { readonly read: (address: string) => Promise<Circuit>; readonly write: (address: string, circuit: Circuit) => Promise<void> };
}

const stored = { place: 'sending-place', figures: 'sending-figures', credential: 'sending-credential', circuit: 'sending-circuit' } as const;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const placeShape = v.strictObject({
  machine: v.string(), as: v.string(), address: v.string(), sentTo: count, stuck: count, confirmed: count, lastSent: count,
  setAside: v.pipe(v.array(v.strictObject({ key: v.string(), kind: v.picklist(['finding', 'query']), sequence: count, status: count, issue: v.string(), at: v.string() })), v.maxLength(2_000)),
});
const month = v.pipe(v.string(), v.regex(/^\d{4}-(?:0[1-9]|1[0-2])$/));
const figuresShape = v.strictObject({
  as: v.string(), address: v.string(), day: v.pipe(v.string(), v.regex(/^(?:\d{4}-\d\d-\d\d)?$/)), isTaken: v.boolean(), lastSent: count, sent: v.record(month, v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
  refused: v.pipe(v.array(v.strictObject({ month: v.pipe(month, v.transform((text) => text as Month)), status: count, issue: v.string(), at: v.string() })), v.maxLength(100)),
});
/** A bearer token as RFC 6750 has it (section 2.1): nothing that could end a header. */
const tokenShape = v.pipe(v.string(), v.maxLength(8_000), v.regex(/^[\w.~+/-]+=*$/));
/** Could this be a bearer token? */
export function isToken(text: string): boolean { return v.is(tokenShape, text); }
const credentialShape = v.strictObject({ origin: v.string(), token: v.nullable(tokenShape), refused: v.nullable(count) });
const circuitShape = v.strictObject({ address: v.string(), failures: count, quietUntil: count });

/** Over `browser.storage`, or a test's areas. A place that cannot be read as it was written is none: everything is sent again, and nothing counts twice. */
export function createSendingStore(areas: Pick<StorageAreas, 'local' | 'session'>): SendingStore {
  const held = new Map<string, unknown>();
  // Where a browser has no such area the worker's memory must do, and the person types it anew when the worker has slept.
  const session: WritableArea = areas.session ?? { get: () => Promise.resolve(Object.fromEntries(held)), set: (items) => { for (const [key, value] of Object.entries(items)) held.set(key, value); return Promise.resolve(); } };
  return {
    place: {
      read: async () => {
        const read = v.safeParse(placeShape, (await areas.local.get(stored.place))[stored.place]);
        return read.success ? { ...read.output, machine: read.output.machine as MachineId, as: read.output.as as MachineId } : null;
      },
      write: (place) => areas.local.set({ [stored.place]: place }),
    },
    figures: {
      read: async () => {
        const read = v.safeParse(figuresShape, (await areas.local.get(stored.figures))[stored.figures]);
        return read.success ? { ...read.output, as: read.output.as as MachineId } : null;
      },
      write: (place) => areas.local.set({ [stored.figures]: place }),
    },
    credential: {
      read: async (origin) => {
        const read = v.safeParse(credentialShape, (await session.get(stored.credential))[stored.credential]);
        return read.success && read.output.origin === origin ? { token: read.output.token, refused: read.output.refused } : { token: null, refused: null };
      },
      write: (origin, credential) => session.set({ [stored.credential]: { origin, ...credential } }),
    },
    circuit: {
      read: async (address) => {
        const read = v.safeParse(circuitShape, (await session.get(stored.circuit))[stored.circuit]);
        return read.success && read.output.address === address ? { failures: read.output.failures, quietUntil: read.output.quietUntil } : closedCircuit;
      },
      write: (address, circuit) => session.set({ [stored.circuit]: { address, ...circuit } }),
    },
  };
}
