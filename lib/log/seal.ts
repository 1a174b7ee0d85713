import { sha256 } from '@noble/hashes/sha2.js';
import type { EventId, LogEvent } from '../model/decision.js';
import type { FileStore } from '../model/ports.js';

/** A row as it rests: what it is found by, and the rest under the key of its day. Without that key nobody can read it any more. */
export interface SealedRow {
  readonly id: EventId;
  readonly sequence: number;
  /** The day whose key sealed it (`2026-11-27`, UTC); never before that of the row before it, whatever the clock did. A month (`2026-11`) for a row that outlives its day. */
  readonly day: string;
  /** Shared by decisions of which one takes the place of another. */
  readonly about: string;
  readonly schema: number;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: Uint8Array<ArrayBuffer>;
}

/** The keys of days. Each is a file of its own, twice and in two places, since a row without its key is lost; both go when its day has passed out of retention. */
export interface Keyring {
  /** Null where both copies are gone or damaged. */
  readonly of: (day: string) => Promise<CryptoKey | null>;
  /** Made where there is none. One writer at a time. */
  readonly make: (day: string) => Promise<CryptoKey>;
  readonly days: () => Promise<readonly string[]>;
  /** Writes the copy that is gone or damaged from the other. */
  readonly mend: () => Promise<void>;
  readonly destroy: (day: string) => Promise<void>;
}

const copies = ['a', 'b'] as const;
const fileOf = (day: string, copy: string): string => `key-${day}-${copy}`;

/** Opens the keyring over the device's files. */
export function createKeyring(files: FileStore): Keyring {
  /** Asked for once, however many rows of a day are opened together. */
  const held = new Map<string, Promise<CryptoKey | null>>();
  const copyOf = async (day: string, copy: string): Promise<Uint8Array<ArrayBuffer> | null> => {
    const bytes = await files.read(fileOf(day, copy));
    // The last four bytes say whether the others are as they were written.
    return bytes?.length === 36 && sha256(bytes.slice(0, 32)).slice(0, 4).every((byte, at) => byte === bytes[32 + at]) ? bytes : null;
  };
  const bytesOf = async (day: string): Promise<Uint8Array<ArrayBuffer> | null> => {
    let failed: unknown = null;
    for (const copy of copies) {
      try { const bytes = await copyOf(day, copy); if (bytes) return bytes.slice(0, 32); } catch (problem) { failed = problem; }
    }
    if (failed !== null) throw failed;
    return null;
  };
  const keep = async (day: string, bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> => {
    const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
    held.set(day, Promise.resolve(key));
    return key;
  };
  const find = async (day: string): Promise<CryptoKey | null> => {
    const bytes = await bytesOf(day);
    return bytes ? crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']) : null;
  };
  const of = (day: string): Promise<CryptoKey | null> => {
    const known = held.get(day);
    if (known) return known;
    // What was not there may come back: only a key that was found is remembered.
    const asked: Promise<CryptoKey | null> = find(day).then((key) => { if (key === null) forget(day, asked); return key; }, (problem: unknown) => { forget(day, asked); throw problem; });
    held.set(day, asked);
    return asked;
  };
  const days = async (): Promise<readonly string[]> => [...new Set((await files.names()).flatMap((name) => /^key-(\d{4}-\d\d(?:-\d\d)?)-[ab]$/.exec(name)?.[1] ?? []))].sort();
  const forget = (day: string, asked: Promise<CryptoKey | null>): void => { if (held.get(day) === asked) held.delete(day); };
  return {
    of,
    async make(day) {
      const known = await of(day);
      if (known) return known;
      const bytes = crypto.getRandomValues(new Uint8Array(32));
      const file = new Uint8Array([...bytes, ...sha256(bytes).slice(0, 4)]);
      // One that cannot be written now is mended later; that both cannot is seen when they are read back.
      for (const copy of copies) await files.write(fileOf(day, copy), file).catch(() => undefined);
      // Read back before anything is sealed with it.
      const written = await bytesOf(day);
      if (written === null) throw new Error('The key of the day was not kept');
      return keep(day, written);
    },
    days,
    async mend() {
      for (const day of await days()) {
        const [a, b] = await Promise.all(copies.map((copy) => copyOf(day, copy).catch(() => null)));
        if (a && !b) await files.write(fileOf(day, 'b'), a);
        if (b && !a) await files.write(fileOf(day, 'a'), b);
      }
    },
    async destroy(day) {
      held.delete(day);
      for (const copy of copies) await files.remove(fileOf(day, copy));
    },
  };
}

/** Bound to its place, so that no sealed row can stand for another. */
const boundTo = ({ id, sequence, day }: Pick<SealedRow, 'id' | 'sequence' | 'day'>): Uint8Array<ArrayBuffer> => new TextEncoder().encode(`${id} ${sequence} ${day}`);

/** Seals a row under its day's key (AES-256-GCM). */
export async function sealRow(row: LogEvent, day: string, about: string, key: CryptoKey): Promise<SealedRow> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const { id, sequence, schema } = row;
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: boundTo({ id, sequence, day }) }, key, new TextEncoder().encode(JSON.stringify(row))));
  return { id, sequence, day, about, schema, iv, sealed };
}

/** The row, or null where its key is gone or it is not as it was written. */
export async function openRow(row: SealedRow, keys: Keyring): Promise<LogEvent | null> {
  const key = await keys.of(row.day);
  if (!key) return null;
  try {
    const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: row.iv, additionalData: boundTo(row) }, key, row.sealed);
    return JSON.parse(new TextDecoder().decode(opened)) as LogEvent;
  } catch { return null; }
}
