import { describe, expect, it } from 'vitest';
import { careOf } from '../../../entrypoints/background/log-care.js';

const store = { clock: () => Promise.resolve({ ok: true as const, value: { back: null, waits: false } }) };
const full = async (usage: number, quota: number): Promise<boolean> => (await careOf(store, () => Promise.resolve({ usage, quota }))).isFull;

describe('the room that is left for the log', () => {
  it('is told of from four fifths of it on, or where fifty megabytes are left, and never without the browser’s word', async () => {
    const tried = [[79e9, 100e9, false], [81e9, 100e9, true], [100e6, 149e6, true], [100e6, 151e6, false]] as const;
    for (const [usage, quota, told] of tried) expect([usage, quota, await full(usage, quota)]).toEqual([usage, quota, told]);
    expect(await careOf(store, () => Promise.reject(new Error('no word')))).toEqual({ isFull: false, back: null, waits: false });
    console.info(`rooms tried ${tried.length + 1}, bad 0`);
  });
});
