import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Counter, CounterPlace } from '../model/counters.js';
import type { EventId } from '../model/decision.js';
import type { FileStore } from '../model/ports.js';
import { copiedWith, countersIn } from './counts.js';
import { isSealed, lastOfChain, noAnchor, noneCarried, type Anchor, type Carried, type Database, type Origin } from './database.js';
import type { SealedRow } from './seal.js';

/** Some rows of one day as they rest, sealed. */
export interface RowsPart {
  readonly epoch: string;
  readonly anchor: Anchor;
  readonly rows: readonly SealedRow[];
}

/** The counters of one specialty in one month, as they stood when `counted` was the last row. */
export interface CountersPart {
  readonly epoch: string;
  readonly group: string;
  readonly counted: number;
  readonly counters: readonly Counter[];
}

/** Where the chain began, what was carried over it, and what all counters weighed when `counted` was the last row. */
export interface CountersSum {
  readonly epoch: string;
  readonly anchor: Anchor;
  readonly carried: Carried;
  readonly counted: number;
  readonly sum: number;
}

export interface BackupParts {
  readonly rows: readonly RowsPart[];
  readonly counters: readonly CountersPart[];
  readonly sums: readonly CountersSum[];
}

/** The copy of the log outside the database. It holds nothing of a row that the keys of days do not lock. */
export interface Backup {
  /** Copies the row with its neighbours, and the counters that it changed, soon; several at once are one copy. Never fails: the row is kept without it. */
  readonly soon: (row: Pick<SealedRow, 'day' | 'sequence'>, changed: Iterable<CounterPlace>) => void;
  /** Asks for what has no copy, or but one, and for what was written after the last copy; or for everything. */
  readonly catchUp: (all: boolean) => Promise<void>;
  /** When all that was asked for is copied. */
  readonly settled: () => Promise<void>;
  /** Every part that is as it was written. */
  readonly parts: () => Promise<BackupParts>;
  /** The newest sum that is as it was written: by it a log is known that has lost its database and its sentinel. */
  readonly latest: () => Promise<CountersSum | null>;
  /** Removes what was copied of days and months before these. */
  readonly forget: (day: string, month: string) => Promise<void>;
}

/** Rows to a file: what one decision writes anew stays below about 60 kB. */
const rowsToPart = 64;

const base64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const blockOf = (sequence: number): string => String(Math.floor((sequence - 1) / rowsToPart)).padStart(8, '0');

type KeptRow = readonly [id: string, sequence: number, about: string, schema: number, iv: string, sealed: string];
type KeptPlace = readonly [month: string, specialty: string, site: string, text: string];

const sumOf = ({ epoch, anchor = noAnchor, carried = noneCarried, counted = 0, sum = 0 }: Origin): CountersSum => ({ epoch, anchor, carried, counted, sum });

/** Each file twice, one after the other and in two places, each with its checksum: one that is damaged or half there leaves the other. */
export function createBackup(files: FileStore, database: () => Promise<Database>): Backup {
  const wanted = new Set<string>();
  let running: Promise<void> | null = null;
  const write = async (name: string, held: object): Promise<void> => {
    const text = JSON.stringify(held);
    const bytes = utf8ToBytes(`${bytesToHex(sha256(utf8ToBytes(text)))}\n${text}`) as Uint8Array<ArrayBuffer>;
    for (const copy of ['a', 'b']) await files.write(`${name}-${copy}`, bytes).catch(() => undefined);
  };
  const copy = async (name: string): Promise<void> => {
    const { dexie, events, origin, totals, details } = await database();
    const [, day, block] = /^rows-(\d{4}-\d\d(?:-\d\d)?)-(\d{8,})$/.exec(name) ?? [];
    if (day !== undefined && block !== undefined) {
      const first = Number(block) * rowsToPart + 1;
      const [rows, from] = await dexie.transaction('r', events, origin, () => Promise.all([events.where('sequence').between(first, first + rowsToPart).toArray(), origin.get('log')]));
      if (!from) return;
      const kept = rows.filter(isSealed).filter((row) => row.day === day).map(({ id, sequence, about, schema, iv, sealed }): KeptRow => [id, sequence, about, schema, base64(iv), base64(sealed)]);
      await write(name, { epoch: from.epoch, anchor: from.anchor ?? noAnchor, day, rows: kept });
      return;
    }
    const [, month = '', specialty = ''] = /^counts-(.{7})-(.+)$/.exec(name) ?? [];
    const [from, held, texts] = await dexie.transaction('r', origin, totals, details, () => {
      const own = [`${specialty}|${month}|`, `${specialty}|${month}}`] as const;
      return name === 'sum' ? Promise.all([origin.get('log'), [], []]) : Promise.all([origin.get('log'), totals.where('name').between(...own).toArray(), details.where('name').between(...own).toArray()]);
    });
    if (!from) return;
    if (name === 'sum') { await write(name, sumOf(from)); return; }
    const placed = new Map(texts.map((row) => [row.name, row.text]));
    await write(name, { epoch: from.epoch, group: name.slice('counts-'.length), counted: from.counted ?? 0, places: held.map(({ name: place, total }): KeptPlace => [total.month, total.specialty, total.site, placed.get(place) ?? '[]']) });
  };
  const work = async (): Promise<void> => {
    for (let [next] = wanted; next !== undefined; [next] = wanted) {
      wanted.delete(next);
      await copy(next).catch(() => undefined);
    }
    running = null;
  };
  const want = (names: Iterable<string>): void => {
    for (const name of names) wanted.add(name);
    if (wanted.size > 0) running ??= work();
  };
  const stored = async (kinds: RegExp): Promise<readonly { readonly name: string; readonly body: unknown }[]> => {
    const found: { readonly name: string; readonly text: string }[] = [];
    for (const name of [...await files.names()].sort()) {
      if (!kinds.test(name)) continue;
      const text = textIn(await files.read(name).catch(() => null));
      // The two copies of one file are most often the same.
      if (text !== null && text !== found.at(-1)?.text) found.push({ name, text });
    }
    return found.map(({ name, text }) => ({ name, body: JSON.parse(text) as unknown }));
  };
  const latestOf = (sums: readonly CountersSum[]): CountersSum | null => sums.reduce<CountersSum | null>((last, one) => (last && last.counted > one.counted ? last : one), null);
  const latest = async (): Promise<CountersSum | null> => latestOf((await stored(/^sum-/)).map(({ body }) => body as CountersSum));
  return {
    soon({ day, sequence }, changed) {
      // The sum last: a counter that is copied after it is newer than it, and one that is missing weighs less.
      wanted.delete('sum');
      want([`rows-${day}-${blockOf(sequence)}`, ...[...changed].map((place) => `counts-${copiedWith(place)}`), 'sum']);
    },
    async catchUp(all) {
      const { events, origin, totals } = await database();
      const [from, places] = await Promise.all([origin.get('log'), totals.toArray()]);
      if (!from || from.schema === 1) return;
      const last = await lastOfChain({ events }, from);
      const names = all ? [] : await files.names();
      const held = new Set(names);
      const there = new Set(names.filter((name) => name.endsWith('-a') && held.has(`${name.slice(0, -1)}b`)).map((name) => name.slice(0, -2)));
      const copied = await latest();
      const copiedTo = copied?.epoch === from.epoch ? copied.counted : 0;
      const blocks = new Set([...there].flatMap((name) => /^rows-.{10}-(\d+)$/.exec(name)?.[1] ?? []));
      const wants = new Set<string>();
      for (let first = (from.anchor ?? noAnchor).sequence + 1; first <= (last?.sequence ?? 0); first = (Number(blockOf(first)) + 1) * rowsToPart + 1) {
        if (blocks.has(blockOf(first)) && Math.min((Number(blockOf(first)) + 1) * rowsToPart, last?.sequence ?? 0) <= copiedTo) continue;
        const rows = await events.where('sequence').between(first, (Number(blockOf(first)) + 1) * rowsToPart + 1).toArray();
        for (const row of rows) if (isSealed(row)) wants.add(`rows-${row.day}-${blockOf(row.sequence)}`);
      }
      if (all) for (const row of await events.where('sequence').belowOrEqual((from.anchor ?? noAnchor).sequence).toArray()) if (isSealed(row)) wants.add(`rows-${row.day}-${blockOf(row.sequence)}`);
      for (const { total } of places) if (!there.has(`counts-${copiedWith(total)}`)) wants.add(`counts-${copiedWith(total)}`);
      // What was counted after the last copy is in the counters of the places that those rows are about; which these are nobody knows any more.
      if (copiedTo < (from.counted ?? 0)) for (const { total } of places) wants.add(`counts-${copiedWith(total)}`);
      if (wants.size === 0 && there.has('sum') && JSON.stringify(copied) === JSON.stringify(sumOf(from))) return;
      wanted.delete('sum');
      want([...wants, 'sum']);
    },
    settled: async () => { while (running) await running; },
    async parts() {
      const all = await stored(/^(?:rows|counts|sum)-/);
      // Their checksums stand: they are as this file wrote them.
      const of = <Body>(kind: string): readonly Body[] => all.filter(({ name }) => name.startsWith(kind)).map(({ body }) => body as Body);
      return {
        rows: of<{ epoch: string; anchor: Anchor; day: string; rows: readonly KeptRow[] }>('rows-').map(({ epoch, anchor, day, rows }) => ({
          epoch, anchor, rows: rows.map(([id, sequence, about, schema, iv, sealed]) => ({ id: id as EventId, sequence, day, about, schema, iv: bytesOf(iv), sealed: bytesOf(sealed) })),
        })),
        counters: of<{ epoch: string; group: string; counted: number; places: readonly KeptPlace[] }>('counts-').map(({ places, ...part }) => ({
          ...part, counters: places.flatMap(([month, specialty, site, text]) => countersIn(text, { month, specialty, site } as CounterPlace)),
        })),
        sums: of<CountersSum>('sum-'),
      };
    },
    latest,
    async forget(day, month) {
      for (const name of await files.names()) {
        const [, when] = /^(?:rows|counts)-(\d{4}-\d\d(?:-\d\d)?)-/.exec(name) ?? [];
        if (when !== undefined && when < (when.length > month.length ? day : month)) await files.remove(name);
      }
    },
  };
}

function textIn(bytes: Uint8Array<ArrayBuffer> | null): string | null {
  if (!bytes) return null;
  const text = new TextDecoder().decode(bytes);
  const [checksum, body] = [text.slice(0, 64), text.slice(65)];
  return bytesToHex(sha256(utf8ToBytes(body))) === checksum ? body : null;
}
