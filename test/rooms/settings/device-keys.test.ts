import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { createLearnedStore, deviceKeys, isSigned } from '../../../lib/settings/index.js';

/** A store that keeps what it is given; the fake database cannot clone keys as browsers do. */
const memory = (): { readonly read: (part: string) => Promise<unknown>; readonly write: (part: string, value: unknown) => Promise<void> } => {
  const parts = new Map<string, unknown>();
  return { read: (part) => Promise.resolve(parts.get(part)), write: (part, value) => { parts.set(part, value); return Promise.resolve(); } };
};

describe('what a device shares', () => {
  it('is signed by a key that stays, and any change, other key or other name is seen', async () => {
    const store = memory();
    const [own, again, other] = [await deviceKeys(store), await deviceKeys(store), await deviceKeys(memory())];
    expect([again.device, again.key]).toEqual([own.device, own.key]);
    const text = '[1,"counts"]';
    const signature = await own.sign(text);
    const good = { device: own.device, key: own.key, signature, text };
    const tried = [good, { ...good, text: '[1,"count"]' }, { ...good, key: other.key }, { ...good, device: other.device }, { ...good, device: other.device, key: other.key }, { ...good, signature: 'nonsense!' }, { ...good, key: '' }];
    const answers = await Promise.all(tried.map(isSigned));
    console.info(`tried ${tried.length} signatures, taken ${answers.filter(Boolean).length}`);
    expect(answers).toEqual([true, false, false, false, false, false, false]);
  });
});

describe('what was learned', () => {
  it('is kept whole, replaced whole and taken out whole', async () => {
    const factory = new IDBFactory() as unknown as globalThis.IDBFactory;
    await createLearnedStore(factory).write('model', { schema: 1 });
    const store = createLearnedStore(factory);
    expect([await store.read('model'), await store.read('packs')]).toEqual([{ schema: 1 }, undefined]);
    await store.write('model', { schema: 2 });
    // What cannot be kept leaves what was there.
    await expect(store.write('model', { bad: () => undefined })).rejects.toThrow();
    expect(await store.read('model')).toEqual({ schema: 2 });
    await store.remove('model');
    expect(await store.read('model')).toBeUndefined();
  });
});
