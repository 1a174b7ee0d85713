import type { RuleId } from '../model/rulebook.js';
import type { HeldBoardEdition, SheetDraft, SheetEdition, SheetEntry } from '../model/sheet.js';
import type { SheetColumn } from '../model/sheet-table.js';

type Head = Omit<SheetDraft, 'touched'>;

const headOf = ({ base, changes, reviewed }: Head): Head => ({ base, changes, reviewed });

/** Keeps the department's editions and the draft in the extension's own IndexedDB. Rejects when the disk is full or the store cannot be opened: then all is as it was before. */
export interface SheetStore {
  /** Published editions by number, as they were written. */
  readonly editions: () => Promise<readonly SheetEdition[]>;
  readonly draft: () => Promise<SheetDraft | null>;
  /** Writes the head of the draft and the entries that changed in it; undefined: the entry is as its edition has it. */
  readonly writeDraft: (head: Head, changed: Iterable<readonly [RuleId, SheetEntry | null | undefined]>) => Promise<void>;
  /** Adds an edition and ends the draft, or puts another in its place: all or nothing. One of a number that is taken is refused: an edition never changes. */
  readonly publish: (edition: SheetEdition, draft?: SheetDraft | null) => Promise<void>;
  readonly dropDraft: () => Promise<void>;
  /** Editions of the board's by number, with what vouches for them. */
  readonly boardEditions: () => Promise<readonly HeldBoardEdition[]>;
  /** Keeps one of the board's; those of higher numbers go: the board rolled them back. */
  readonly keepBoardEdition: (held: HeldBoardEdition) => Promise<void>;
  /** How the columns of a layout were taken last; a layout is known by a digest of its heads, so that no word of a file is kept. Undefined where none was. */
  readonly layout: (digest: string) => Promise<readonly (SheetColumn | null)[] | undefined>;
  readonly keepLayout: (digest: string, columns: readonly (SheetColumn | null)[]) => Promise<void>;
  /** Entries that a person chose for the bookmark, by specialty or `all`. */
  readonly cards: () => Promise<ReadonlyMap<string, readonly RuleId[]>>;
  /** Null: no choice any more. */
  readonly keepCard: (specialty: string, ids: readonly RuleId[] | null) => Promise<void>;
}

/** Every table of the store; versions only ever add to it. */
const tables = ['editions', 'draft', 'touched', 'board', 'layouts', 'cards'] as const;

/** Opens the store; `factory` is the browser's `indexedDB`. Each changed entry is a row of its own, so that one edit of ten thousand entries writes one. */
export function createSheetStore(factory: IDBFactory): SheetStore {
  const database = (): Promise<IDBDatabase> => new Promise((resolve, reject) => {
    const asked = factory.open('nodi-sheet', 3);
    asked.onupgradeneeded = () => { for (const name of tables) if (!asked.result.objectStoreNames.contains(name)) asked.result.createObjectStore(name, name === 'editions' || name === 'board' ? { keyPath: 'number' } : undefined); };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error('The store of the sheet cannot be opened.'));
  });
  const within = async <Value>(mode: IDBTransactionMode, act: (store: (name: (typeof tables)[number]) => IDBObjectStore) => () => Value): Promise<Value> => {
    const held = await database();
    try {
      return await new Promise<Value>((resolve, reject) => {
        const transaction = held.transaction(tables, mode, { durability: 'strict' });
        const read = act((name) => transaction.objectStore(name));
        transaction.oncomplete = () => resolve(read());
        transaction.onabort = () => reject(transaction.error ?? new Error('The store of the sheet did not take it.'));
      });
    } finally { held.close(); }
  };
  return {
    editions: () => within('readonly', (store) => { const asked = store('editions').getAll(); return () => asked.result as readonly SheetEdition[]; }),
    draft: () => within('readonly', (store) => {
      const [head, keys, entries] = [store('draft').get('head'), store('touched').getAllKeys(), store('touched').getAll()];
      return () => (head.result === undefined ? null : { ...head.result as Head, touched: new Map(keys.result.map((id, index) => [id as RuleId, (entries.result as readonly { readonly entry: SheetEntry | null }[])[index]?.entry ?? null])) });
    }),
    writeDraft: (head, changed) => within('readwrite', (store) => {
      store('draft').put(headOf(head), 'head');
      for (const [id, entry] of changed) { if (entry === undefined) store('touched').delete(id); else store('touched').put({ entry }, id); }
      return () => undefined;
    }),
    publish: (edition, draft = null) => within('readwrite', (store) => {
      store('editions').add(edition);
      store('draft').clear();
      store('touched').clear();
      if (draft) {
        store('draft').put(headOf(draft), 'head');
        for (const [id, entry] of draft.touched) store('touched').put({ entry }, id);
      }
      return () => undefined;
    }),
    boardEditions: () => within('readonly', (store) => { const asked = store('board').getAll(); return () => asked.result as readonly HeldBoardEdition[]; }),
    keepBoardEdition: (edition) => within('readwrite', (store) => { store('board').delete(IDBKeyRange.lowerBound(edition.number, true)); store('board').put(edition); return () => undefined; }),
    layout: (digest) => within('readonly', (store) => { const asked = store('layouts').get(digest); return () => asked.result as readonly (SheetColumn | null)[] | undefined; }),
    keepLayout: (digest, columns) => within('readwrite', (store) => { store('layouts').put(columns, digest); return () => undefined; }),
    cards: () => within('readonly', (store) => { const [names, held] = [store('cards').getAllKeys(), store('cards').getAll()]; return () => new Map(names.result.map((name, at) => [String(name), held.result[at] as readonly RuleId[]])); }),
    keepCard: (specialty, ids) => within('readwrite', (store) => { if (ids) store('cards').put(ids, specialty); else store('cards').delete(specialty); return () => undefined; }),
    dropDraft: () => within('readwrite', (store) => { store('draft').clear(); store('touched').clear(); return () => undefined; }),
  };
}
