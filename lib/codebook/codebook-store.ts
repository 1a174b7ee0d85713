import Dexie, { type Table } from 'dexie';
import { fail, succeed } from '../base/result.js';
import type { CodeBook, CodeList, EditionSummary } from '../model/codebook.js';

/** One edition is one row: it is there whole or not at all, and found by one key. */
interface EditionRow extends CodeList { readonly name: string }

export interface CodeBookOptions {
  /** Name of the database in the extension's origin. */
  readonly name: string;
  readonly indexedDB?: IDBFactory;
  readonly IDBKeyRange?: typeof IDBKeyRange;
}

const endless = '9999-12-31';

/** An edition of the same classification that is for some of the same days, or null. */
function overlapping(one: EditionSummary, others: readonly EditionSummary[]): EditionSummary | null {
  return others.find((other) => other.system === one.system && other.name !== one.name && other.from <= (one.to ?? endless) && one.from <= (other.to ?? endless)) ?? null;
}

/** The code lists that a health board imported, several editions side by side. */
export function createCodeBook({ name, indexedDB, IDBKeyRange: keyRange }: CodeBookOptions): CodeBook & { readonly close: () => void } {
  const dexie = new Dexie(name, indexedDB && keyRange ? { indexedDB, IDBKeyRange: keyRange } : {});
  dexie.version(1).stores({ editions: '&name' });
  const rows = dexie.table('editions') as Table<EditionRow, string>;
  const lists = async (): Promise<readonly CodeList[]> => (await rows.toArray()).map(({ summary, entries }) => ({ summary, entries }));
  return {
    lists,
    async add(added) {
      const summaries = added.map(({ summary }) => summary);
      const twice = summaries.find((one, at) => summaries.findIndex((other) => other.name === one.name) !== at);
      if (twice) return fail({ kind: 'overlaps', edition: twice.name });
      try {
        // Looked at in the transaction that writes: two pages that import at once cannot pass each other. Answered after it: what is said to be there is there.
        const clash = await dexie.transaction('rw', rows, async () => {
          const others = [...(await lists()).map(({ summary }) => summary).filter((old) => !summaries.some((one) => one.name === old.name)), ...summaries];
          const found = summaries.flatMap((one) => overlapping(one, others) ?? [])[0];
          if (!found) await rows.bulkPut(added.map((list) => ({ name: list.summary.name, ...list })));
          return found;
        });
        return clash ? fail({ kind: 'overlaps', edition: clash.name }) : succeed(summaries);
      } catch { return fail({ kind: 'not-saved' }); }
    },
    async remove(edition) {
      return dexie.transaction('rw', rows, async () => {
        const row = await rows.get(edition);
        if (!row) return null;
        await rows.delete(edition);
        return { summary: row.summary, entries: row.entries };
      });
    },
    close: () => dexie.close(),
  };
}
