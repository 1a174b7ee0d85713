import { IDBFactory } from 'fake-indexeddb';
import { expect, it } from 'vitest';
import { bringBackModel, replaceModel } from '../../../entrypoints/dashboard/learned.js';
import { createLearnedStore } from '../../../lib/settings/index.js';

it('keeps the one model that was in use before, and brings it back as often as a person likes', async () => {
  const store = createLearnedStore(new IDBFactory());
  const both = async (): Promise<readonly unknown[]> => [await store.read('model'), await store.read('model-before')];
  const tried: (readonly [string, () => Promise<void>, readonly unknown[]])[] = [
    ['taken', () => replaceModel(store, { episodes: 60 }), [{ episodes: 60 }, undefined]], ['replaced', () => replaceModel(store, { episodes: 90 }), [{ episodes: 90 }, { episodes: 60 }]],
    ['brought back', () => bringBackModel(store), [{ episodes: 60 }, { episodes: 90 }]], ['and again', () => bringBackModel(store), [{ episodes: 90 }, { episodes: 60 }]],
    ['removed', () => replaceModel(store, undefined), [undefined, { episodes: 90 }]], ['brought back after that', () => bringBackModel(store), [{ episodes: 90 }, undefined]],
    ['the first one taken back', () => bringBackModel(store), [undefined, { episodes: 90 }]],
  ];
  for (const [name, act, wanted] of tried) { await act(); expect([name, ...await both()]).toEqual([name, ...wanted]); }
  console.info(`tried ${tried.length} changes, bad 0`);
});
