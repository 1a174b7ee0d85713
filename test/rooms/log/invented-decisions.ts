import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { createLogStore, type DeviceLog } from '../../../lib/log/index.js';
import type { EpisodeKey, EventBody, EventId, PlaceKey } from '../../../lib/model/decision.js';
import type { SpecialtyId } from '../../../lib/model/episode.js';
import type { FaultCategory } from '../../../lib/model/fault.js';
import type { EventDraft, FileStore, LogSentinel, SentinelStore } from '../../../lib/model/ports.js';
import type { EditionId, RuleId } from '../../../lib/model/rulebook.js';

/** A UUID with the number in it, so that a test can say which click it means. */
export function clickId(number: number): EventId {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}` as EventId;
}

export function keyOf(number: number): string {
  return number.toString(16).padStart(64, '0');
}

export function finding(kind: 'finding-logged' | 'finding-dismissed', place = 1, rule = 'BM001', specialty = 'neurology'): EventBody {
  return {
    kind, rule: rule as RuleId, verdict: 'avoid', specialty: specialty as SpecialtyId, documentKind: 'clinic-letter', documentLanguage: 'en',
    episode: keyOf(7) as EpisodeKey, place: keyOf(place) as PlaceKey, adapter: 'sample-epr', adapterVersion: 1,
  };
}

/** A fault that no term names, about the document of that number in the episode of that number. */
export function fault(category: FaultCategory, document = 1, episode = 7, minutes = 3): EventBody {
  return { kind: 'fault-logged', category, authorRole: 'unknown', site: 'unknown', team: 'unknown', minutes, specialty: 'neurology' as SpecialtyId, documentKind: 'clinic-letter', documentLanguage: 'en', episode: keyOf(episode) as EpisodeKey, place: keyOf(document) as PlaceKey, adapter: 'sample-epr', adapterVersion: 1 };
}

/** The document of that number was read in the episode of that number. */
export function reading(document: number, episode = 7): EventBody {
  return { kind: 'document-read', site: 'unknown', specialty: 'neurology' as SpecialtyId, documentKind: 'clinic-letter', documentLanguage: 'en', episode: keyOf(episode) as EpisodeKey, place: keyOf(document) as PlaceKey, adapter: 'sample-epr', adapterVersion: 1 };
}

export function draft(number: number, body: EventBody = finding('finding-logged', number)): EventDraft {
  return { id: clickId(number), edition: 'starter-1' as EditionId, body };
}

export interface Sentinel extends SentinelStore {
  value: LogSentinel | null;
  read: SentinelStore['read'];
  write: SentinelStore['write'];
}

export function memorySentinel(): Sentinel {
  const kept: Sentinel = { value: null, read: () => Promise.resolve(kept.value), write: (value) => { kept.value = value; return Promise.resolve(); } };
  return kept;
}

/** Files in memory; what is removed is gone. */
export function memoryFiles(): Omit<FileStore, 'write'> & { write: FileStore['write']; readonly held: Map<string, Uint8Array<ArrayBuffer>> } {
  const held = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    held,
    names: () => Promise.resolve([...held.keys()]),
    read: (name) => Promise.resolve(held.get(name)?.slice() ?? null),
    write: (name, bytes) => { held.set(name, bytes.slice()); return Promise.resolve(); },
    remove: (name) => { held.delete(name); return Promise.resolve(); },
  };
}

/** A device: an IndexedDB, its files and a sentinel that outlive any one store, as a disk outlives a browser. */
export interface Device {
  readonly indexedDB: IDBFactory;
  readonly sentinel: Sentinel;
  readonly files: ReturnType<typeof memoryFiles>;
  /** Milliseconds since 1970 UTC; a test turns it as it likes. */
  readonly time: { now: number };
  readonly open: () => DeviceLog;
}

export function device(): Device {
  const indexedDB = new IDBFactory();
  const sentinel = memorySentinel();
  const files = memoryFiles();
  const time = { now: 1_790_000_000_000 };
  let writing: Promise<unknown> = Promise.resolve();
  const exclusive = <Value>(write: () => Promise<Value>): Promise<Value> => { const turn = writing.then(write); writing = turn.catch(() => undefined); return turn; };
  const open = (): DeviceLog => createLogStore({ name: 'nodi-log', sentinel, files, exclusive, clock: { wall: () => time.now, offset: () => 60 }, indexedDB, IDBKeyRange });
  return { indexedDB, sentinel, files, time, open };
}

/** Works on the stored bytes behind the store's back, as a fault or a hand would. */
export function behindItsBack(on: Device, act: (events: IDBObjectStore, origin: IDBObjectStore) => void): Promise<void> {
  return behindItsBackIn(on, ['events', 'origin'], ([events, origin]) => { if (events && origin) act(events, origin); });
}

export async function behindItsBackIn(on: Device, names: readonly string[], act: (stores: readonly IDBObjectStore[]) => void): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const asked = on.indexedDB.open('nodi-log');
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error('not opened'));
  });
  await new Promise<void>((resolve, reject) => {
    const transaction = database.transaction([...names], 'readwrite');
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
    act(names.map((name) => transaction.objectStore(name)));
  });
  database.close();
}
