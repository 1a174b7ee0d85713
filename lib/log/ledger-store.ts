import Dexie, { type Table } from 'dexie';
import { fail, succeed, type Result } from '../base/result.js';
import type { ColumnMapping, ForecastAssumptions, FrozenMonth, LedgerCounts, LedgerField, RedrawnCompleteness, TeamHours, Trajectory } from '../model/ledger.js';
import type { LedgerImport } from '../model/ledger-import.js';
import type { DatabasePlace } from './database.js';

/** The ledger without its rows. */
export interface LedgerHeld { readonly generation: number; readonly counts: LedgerCounts; readonly frozen: readonly FrozenMonth[]; readonly imports: readonly LedgerImport[]; /** Columns that its episodes are known by: an extract with others would have each of them twice. */ readonly keyedBy: readonly LedgerField[]; /** Do rows of it hold pseudonyms of coders? */ readonly coders: boolean }

/** What a person set beside it. */
export interface LedgerParts { readonly plans: readonly Trajectory[]; readonly mapping: ColumnMapping | null; readonly hours: readonly TeamHours[]; readonly assumptions: ForecastAssumptions | null; readonly rebases: readonly RedrawnCompleteness[] }

/** `changed`: another page took an extract meanwhile. */
export interface LedgerStoreFailure { readonly kind: 'changed' | 'not-saved' | 'unreadable' }

/** Keeps the ledger in the extension's own database: rows in blocks, and beside them all that the dashboard opens with. */
export interface LedgerStore {
  /** All but the rows, in one read. */
  readonly read: () => Promise<Result<{ readonly held: LedgerHeld | null; readonly parts: LedgerParts }, LedgerStoreFailure>>;
  /** Every block of a generation. Rejects nothing: what cannot be read is a failure. */
  readonly blocks: () => Promise<Result<{ readonly held: LedgerHeld | null; readonly blocks: ReadonlyMap<number, Uint32Array<ArrayBuffer>> }, LedgerStoreFailure>>;
  /** Puts blocks and figures in the place of those of generation `before` (0: none), all in one transaction or nothing. */
  readonly take: (before: number, blocks: ReadonlyMap<number, Uint32Array<ArrayBuffer>>, next: Omit<LedgerHeld, 'generation'>) => Promise<Result<null, LedgerStoreFailure>>;
  /** Sets the frozen months anew; the rows stay. */
  readonly freeze: (before: number, frozen: readonly FrozenMonth[]) => Promise<Result<null, LedgerStoreFailure>>;
  /** Takes the pseudonyms of coders out of every row and figure: the policy that let them in is gone. `strip` knows where they stand. */
  readonly forgetCoders: (strip: (words: Uint32Array) => Uint32Array<ArrayBuffer> | null) => Promise<Result<null, LedgerStoreFailure>>;
  readonly write: (part: Partial<LedgerParts>) => Promise<Result<null, LedgerStoreFailure>>;
  /** Removes every row and figure; what a person set stays. */
  readonly forget: () => Promise<Result<null, LedgerStoreFailure>>;
  readonly close: () => void;
}

interface BlockRow { readonly at: number; readonly words: Uint32Array<ArrayBuffer> }
interface PartRow { readonly name: string; readonly value: unknown }

const noParts: LedgerParts = { plans: [], mapping: null, hours: [], assumptions: null, rebases: [] };
/** Imports that are told of. */
const importsKept = 24;

class Changed extends Error {}

/** Opens the store when it is first asked. */
export function createLedgerStore({ name, indexedDB, IDBKeyRange }: DatabasePlace): LedgerStore {
  const dexie = new Dexie(name, { chromeTransactionDurability: 'strict', ...(indexedDB === undefined ? {} : { indexedDB }), ...(IDBKeyRange === undefined ? {} : { IDBKeyRange }) });
  dexie.version(1).stores({ blocks: 'at', parts: 'name' });
  const blocks: Table<BlockRow, number> = dexie.table('blocks');
  const parts: Table<PartRow, string> = dexie.table('parts');
  const reading = async <Value>(act: () => Promise<Value>): Promise<Result<Value, LedgerStoreFailure>> => { try { return succeed(await act()); } catch { return fail({ kind: 'unreadable' }); } };
  const writing = async (act: () => Promise<void>): Promise<Result<null, LedgerStoreFailure>> => {
    try { await dexie.transaction('rw', blocks, parts, act); return succeed(null); } catch (problem) { return fail({ kind: problem instanceof Changed ? 'changed' : 'not-saved' }); }
  };
  const held = async (): Promise<LedgerHeld | null> => ((await parts.get('held'))?.value ?? null) as LedgerHeld | null;
  const only = async (before: number): Promise<LedgerHeld | null> => { const now = await held(); if ((now?.generation ?? 0) !== before) throw new Changed(); return now; };
  return {
    read: () => reading(async () => {
      const rows = new Map((await parts.toArray()).map(({ name: part, value }) => [part, value]));
      return { held: (rows.get('held') ?? null) as LedgerHeld | null, parts: { ...noParts, ...Object.fromEntries([...rows].filter(([part]) => part in noParts)) } };
    }),
    blocks: () => reading(() => dexie.transaction('r', blocks, parts, async () => ({ held: await held(), blocks: new Map((await blocks.toArray()).map(({ at, words }) => [at, words])) }))),
    take: (before, changed, next) => writing(async () => {
      await only(before);
      await blocks.bulkPut([...changed].map(([at, words]) => ({ at, words })));
      await parts.put({ name: 'held', value: { ...next, imports: next.imports.slice(-importsKept), generation: before + 1 } satisfies LedgerHeld });
    }),
    freeze: (before, frozen) => writing(async () => { const now = await only(before); if (now) await parts.put({ name: 'held', value: { ...now, frozen, generation: before + 1 } satisfies LedgerHeld }); }),
    // Where nobody ever had a ledger none is made for this.
    forgetCoders: async (strip) => (indexedDB === undefined && !(await Dexie.exists(name)) ? succeed(null) : writing(async () => {
      const now = await held();
      if (!now?.coders) return;
      for (const { at, words } of await blocks.toArray()) { const without = strip(words); if (without) await blocks.put({ at, words: without }); }
      await parts.put({ name: 'held', value: { ...now, coders: false, counts: { ...now.counts, work: now.counts.work.map((one) => ({ ...one, coders: null })) }, generation: now.generation + 1 } satisfies LedgerHeld });
    })),
    write: (part) => writing(async () => { await parts.bulkPut(Object.entries(part).map(([of, value]) => ({ name: of, value }))); }),
    forget: () => writing(async () => { await blocks.clear(); await parts.delete('held'); }),
    close: () => dexie.close(),
  };
}
