import { describe, expect, it } from 'vitest';
import { createTwoPlaces } from '../../../lib/settings/cached-files.js';
import { memoryFiles } from '../log/invented-decisions.js';

const bytes = (number: number): Uint8Array<ArrayBuffer> => new Uint8Array([number]);

describe('two places for what is kept twice', () => {
  it('hold one copy each, and either answers when the other is gone', async () => {
    const [first, second] = [memoryFiles(), memoryFiles()];
    const files = createTwoPlaces(first, second);
    await files.write('key-2026-11-27-a', bytes(1));
    await files.write('key-2026-11-27-b', bytes(1));
    expect([[...first.held.keys()], [...second.held.keys()]]).toEqual([['key-2026-11-27-a'], ['key-2026-11-27-b']]);
    const broken = () => Promise.reject(new Error('damaged'));
    const half = createTwoPlaces({ ...first, names: broken, read: broken, write: broken }, second);
    expect(await half.names()).toEqual(['key-2026-11-27-b']);
    expect(await half.read('key-2026-11-27-b')).toEqual(bytes(1));
    // Nobody may take for missing what could not be looked for.
    await expect(half.read('key-2026-11-27-a')).rejects.toThrow('damaged');
    await half.write('sum-a', bytes(2));
    expect(await half.read('sum-a')).toEqual(bytes(2));
  });

  it('find what an older build kept in one place, and destroy it wherever it lies', async () => {
    const [first, second] = [memoryFiles(), memoryFiles()];
    await first.write('key-2026-11-26-b', bytes(3));
    const files = createTwoPlaces(first, second);
    expect(await files.read('key-2026-11-26-b')).toEqual(bytes(3));
    await second.write('key-2026-11-26-b', bytes(3));
    expect(await files.names()).toEqual(['key-2026-11-26-b']);
    await files.remove('key-2026-11-26-b');
    expect(first.held.size + second.held.size).toBe(0);
    const failing = createTwoPlaces({ ...first, remove: () => Promise.reject(new Error('held open')) }, second);
    await expect(failing.remove('key-2026-11-26-a')).rejects.toThrow('held open');
  });
});
