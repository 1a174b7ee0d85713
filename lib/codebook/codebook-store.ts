import Dexie, { type Table } from 'dexie';
import { fail, succeed } from '../base/result.js';
import type { ClinicalCode, CodeEntry, CodeSystem } from '../model/code.js';
import type { CodeBook, CodeList, EditionSummary } from '../model/codebook.js';
import { chooseEdition } from './editions.js';

/** One edition is one row: it is there whole or not at all, and found by one key. */
interface EditionRow { readonly name: string; readonly summary: EditionSummary; readonly entries: readonly CodeEntry[] }

export interface CodeBookOptions {
  /** Name of the database in the extension's origin. */
  readonly name: string;
  /** What ships with Nodi and works before any import. */
  readonly shipped: readonly CodeList[];
  readonly indexedDB?: IDBFactory;
  readonly IDBKeyRange?: typeof IDBKeyRange;
}

/** The code lists on this device: the shipped ones, and those that a health board imported, several editions side by side. */
export function createCodeBook({ name, shipped, indexedDB, IDBKeyRange: keyRange }: CodeBookOptions): CodeBook & { readonly close: () => void } {
  const dexie = new Dexie(name, indexedDB && keyRange ? { indexedDB, IDBKeyRange: keyRange } : {});
  dexie.version(1).stores({ editions: '&name' });
  const rows = dexie.table('editions') as Table<EditionRow, string>;
  const tables = new Map<string, ReadonlyMap<ClinicalCode, CodeEntry>>();
  const imported = async (): Promise<readonly EditionSummary[]> => (await rows.toArray()).map(({ summary }) => summary);
  const editions = async (): Promise<readonly EditionSummary[]> => [...shipped.map(({ summary }) => summary), ...await imported()];
  const tableOf = async ({ name: edition, source }: EditionSummary): Promise<ReadonlyMap<ClinicalCode, CodeEntry>> => {
    const key = `${source} ${edition}`;
    const known = tables.get(key);
    if (known) return known;
    const entries = source === 'shipped' ? shipped.find(({ summary }) => summary.name === edition)?.entries : (await rows.get(edition))?.entries;
    const table = new Map((entries ?? []).map((entry) => [entry.code, entry]));
    tables.set(key, table);
    return table;
  };
  return {
    editions,
    async editionFor(system: CodeSystem, day: string) { return chooseEdition(await editions(), system, day); },
    async find(system, code, day) {
      const edition = chooseEdition(await editions(), system, day);
      return edition.ok ? (await tableOf(edition.value)).get(code) ?? null : null;
    },
    async add(edition, entries) {
      const summary: EditionSummary = { ...edition, codes: entries.length, titles: entries.some(({ title }) => title !== null), source: 'imported' };
      const other = (await imported()).find((one) => one.system === summary.system && one.name !== summary.name && one.from <= (summary.to ?? '9999') && summary.from <= (one.to ?? '9999'));
      if (other) return fail({ kind: 'overlaps', edition: other.name });
      try {
        // Answered after the transaction: what is said to be there is there.
        await dexie.transaction('rw', rows, async () => { await rows.put({ name: summary.name, summary, entries }); });
      } catch { return fail({ kind: 'not-saved' }); }
      tables.delete(`imported ${summary.name}`);
      return succeed(summary);
    },
    close: () => dexie.close(),
  };
}
