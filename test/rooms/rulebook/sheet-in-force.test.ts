/** Which edition is read by, on a day: asked anew each time, so that no page goes on with an edition that another page has left behind. */
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { starterSheet } from '../../../assets/starter.js';
import type { SheetEdition } from '../../../lib/model/sheet.js';
import { createRulebook, sheetNow, shippedEdition } from '../../../lib/rulebook/index.js';
import { createSheetStore } from '../../../lib/settings/index.js';

const made = createRulebook(starterSheet);
if (!made.ok) throw new Error('the starter sheet is not sound');
const shipped = made.value;
const zero = shippedEdition(shipped);
const edition = (number: number, from: string, most = 20): SheetEdition => ({ number, from, published: { by: 'A Lead', on: '2026-11-01' }, changes: { en: 'New.', cy: 'Newydd.' }, entries: zero.entries.slice(0, most) });

describe('the sheet in force', () => {
  it('is the one that ships, then what is published, from its own day, without anything being opened again', async () => {
    const store = createSheetStore(new IDBFactory());
    const on = async (day: string) => { const { rulebook, names } = await sheetNow(store, shipped, day); return [rulebook.edition, rulebook.rules.length, names.length]; };
    expect(await on('2026-11-27')).toEqual([shipped.edition, shipped.rules.length, 1]);
    await store.publish(edition(1, '2026-11-20', 30));
    expect(await on('2026-11-27')).toEqual(['sheet-1', 30, 2]);
    await store.publish(edition(2, '2026-12-01', 10));
    expect(await on('2026-11-30')).toEqual(['sheet-1', 30, 3]);
    expect(await on('2026-12-01')).toEqual(['sheet-2', 10, 3]);
  });

  it('is the one that ships where the store cannot be opened', async () => {
    const { rulebook, edition: { number } } = await sheetNow({ editions: () => Promise.reject(new Error('no store')) }, shipped, '2026-11-27');
    expect([rulebook.edition, number]).toEqual([shipped.edition, 0]);
  });
});
