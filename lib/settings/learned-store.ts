/** What this device was given to learn with. Each part is written whole or not at all; none of it holds patient text. */
export type LearnedPart =
  /** A trained model, as `writeModel` gives it. */
  | 'model'
  /** The one that was in use before it. */
  | 'model-before'
  /** Packs of other coders, joined. */
  | 'packs'
  /** Public keys that a person said they trust. */
  | 'trusted'
  /** The event after which a person had the limits of a specialty's chart set anew. */
  | 'rebased'
  /** What the shipped lists said of remembered words, in digests. */
  | 'entries'
  /** Words whose entry changed, with what had been decided of them. */
  | 'relocked'
  /** A learner's record: ids, counts and times, of invented cases and of records guessed first, and ticks of the first steps. */
  | 'trainee'
  /** This device's own pair of keys; the private one cannot be taken out. */
  | 'keys';

/** Keeps those parts in the extension's own IndexedDB. Rejects when the disk is full or the store cannot be opened: then the part is as it was before. */
export interface LearnedStore {
  /** Undefined where nothing was kept. What comes back is checked by whoever uses it. */
  readonly read: (part: LearnedPart) => Promise<unknown>;
  /** Answers after the strict transaction has completed. */
  readonly write: (part: LearnedPart, value: unknown) => Promise<void>;
  readonly remove: (part: LearnedPart) => Promise<void>;
  /** Puts a value (undefined: nothing) in the place of a part, and what stood there in the place of `before`: both or neither. */
  readonly replace: (part: LearnedPart, before: LearnedPart, value: unknown) => Promise<void>;
}

/** The store as those need it who keep one part at a time. */
export type PartStore = Pick<LearnedStore, 'read' | 'write' | 'remove'>;

/** Opens the store; `factory` is the browser's `indexedDB`. */
export function createLearnedStore(factory: IDBFactory): LearnedStore {
  const database = (): Promise<IDBDatabase> => new Promise((resolve, reject) => {
    const asked = factory.open('nodi-learned', 1);
    asked.onupgradeneeded = () => { asked.result.createObjectStore('parts'); };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error('The store of what was learned cannot be opened.'));
  });
  const within = async (mode: IDBTransactionMode, act: (parts: IDBObjectStore) => IDBRequest): Promise<unknown> => {
    const held = await database();
    try {
      return await new Promise((resolve, reject) => {
        const transaction = held.transaction('parts', mode, { durability: 'strict' });
        const asked = act(transaction.objectStore('parts'));
        transaction.oncomplete = () => resolve(asked.result);
        transaction.onabort = () => reject(transaction.error ?? new Error('The store of what was learned did not take it.'));
      });
    } finally { held.close(); }
  };
  return {
    read: (part) => within('readonly', (parts) => parts.get(part)),
    async write(part, value) { await within('readwrite', (parts) => parts.put(value, part)); },
    async remove(part) { await within('readwrite', (parts) => parts.delete(part)); },
    async replace(part, before, value) {
      await within('readwrite', (parts) => {
        const held = parts.get(part);
        held.onsuccess = () => {
          if (held.result === undefined) parts.delete(before); else parts.put(held.result, before);
          if (value === undefined) parts.delete(part); else parts.put(value, part);
        };
        return held;
      });
    },
  };
}
