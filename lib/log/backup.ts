import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { EventId } from '../model/decision.js';
import type { FileStore } from '../model/ports.js';
import { isSealed, noAnchor, type Anchor, type CountRow, type Database } from './database.js';
import type { SealedRow } from './seal.js';

/** What one file of the backup holds: some rows of one day as they rest, sealed, and the counts as they stood. */
export interface BackupPart {
  readonly epoch: string;
  readonly anchor: Anchor;
  readonly rows: readonly SealedRow[];
  readonly counts: readonly CountRow[];
  readonly counted: number;
}

/** The copy of the log outside the database. It holds nothing that the keys of days do not lock. */
export interface Backup {
  /** Copies the row with this number, with its neighbours, soon; several at once are one copy. Never fails: the row is kept without it. */
  readonly soon: (row: Pick<SealedRow, 'day' | 'sequence'>) => void;
  /** When all that was asked for is copied. */
  readonly settled: () => Promise<void>;
  /** Every part that is as it was written. */
  readonly parts: () => Promise<readonly BackupPart[]>;
  /** Removes what was copied of days before this one. */
  readonly forget: (before: string) => Promise<void>;
}

/** Rows to a file: what one decision writes anew stays below about 60 kB. */
const rowsToPart = 64;

const base64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** Two generations of each part, written in turn, each with its checksum: one that is damaged or half there leaves the other. */
export function createBackup(files: FileStore, database: () => Promise<Database>): Backup {
  const wanted = new Set<string>();
  let running: Promise<void> | null = null;
  let turn = 0;
  const copy = async (name: string): Promise<void> => {
    const { dexie, events, origin, counts } = await database();
    const [day = '', block = '0'] = name.split(' ');
    const first = Number(block) * rowsToPart + 1;
    const [rows, from, counted] = await dexie.transaction('r', events, origin, counts, () => Promise.all([events.where('sequence').between(first, first + rowsToPart).toArray(), origin.get('log'), counts.toArray()]));
    if (!from) return;
    const kept = rows.filter(isSealed).filter((row) => row.day === day).map(({ id, sequence, about, schema, iv, sealed }) => [id, sequence, about, schema, base64(iv), base64(sealed)]);
    const text = JSON.stringify({ epoch: from.epoch, anchor: from.anchor ?? noAnchor, day, rows: kept, counts: counted.map((one) => [one.name, one.count]), counted: from.counted ?? 0 });
    turn += 1;
    await files.write(`rows-${day}-${block.padStart(8, '0')}-${turn % 2 === 0 ? 'a' : 'b'}`, utf8ToBytes(`${bytesToHex(sha256(utf8ToBytes(text)))}\n${text}`) as Uint8Array<ArrayBuffer>);
  };
  const work = async (): Promise<void> => {
    for (let [next] = wanted; next !== undefined; [next] = wanted) {
      wanted.delete(next);
      await copy(next).catch(() => undefined);
    }
    running = null;
  };
  return {
    soon({ day, sequence }) {
      wanted.add(`${day} ${Math.floor((sequence - 1) / rowsToPart)}`);
      running ??= work();
    },
    settled: async () => { while (running) await running; },
    async parts() {
      const found: BackupPart[] = [];
      for (const name of (await files.names()).filter((one) => one.startsWith('rows-')).sort()) {
        const part = partIn(await files.read(name).catch(() => null));
        if (part) found.push(part);
      }
      return found;
    },
    async forget(before) {
      for (const name of await files.names()) {
        const day = /^rows-(\d{4}-\d\d-\d\d)-/.exec(name)?.[1];
        if (day !== undefined && day < before) await files.remove(name);
      }
    },
  };
}

function partIn(bytes: Uint8Array<ArrayBuffer> | null): BackupPart | null {
  if (!bytes) return null;
  const text = new TextDecoder().decode(bytes);
  const [checksum = '', body = ''] = [text.slice(0, 64), text.slice(65)];
  if (bytesToHex(sha256(utf8ToBytes(body))) !== checksum) return null;
  // Its checksum stands: it is as this file wrote it.
  const { epoch, anchor, day, rows, counts, counted } = JSON.parse(body) as { epoch: string; anchor: Anchor; day: string; rows: [string, number, string, number, string, string][]; counts: [string, number][]; counted: number };
  return {
    epoch, anchor, counted, counts: counts.map(([name, count]) => ({ name, count })),
    rows: rows.map(([id, sequence, about, schema, iv, sealed]) => ({ id: id as EventId, sequence, day, about, schema, iv: bytesOf(iv), sealed: bytesOf(sealed) })),
  };
}
