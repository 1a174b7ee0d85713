/** Which edition is read by, on a day: asked anew each time, so that no page goes on with an edition that another page has left behind. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { starterSheet } from '../../../assets/starter.js';
import type { BoardSheet, SheetEdition, SignedEdition } from '../../../lib/model/sheet.js';
import { createRulebook, createSheetReader, judgeBoardEdition, shippedEdition, writtenEdition } from '../../../lib/rulebook/index.js';
import { createLearnedStore, createSheetStore, deviceKeys, isSigned, type DeviceKeys } from '../../../lib/settings/index.js';

const made = createRulebook(starterSheet);
if (!made.ok) throw new Error('the starter sheet is not sound');
const shipped = made.value;
const zero = shippedEdition(shipped);
const edition = (number: number, from: string, most = 20): SheetEdition => ({ number, from, published: { by: 'A Lead', on: '2026-11-01' }, changes: { en: 'New.', cy: 'Newydd.' }, entries: zero.entries.slice(0, most) });

describe('the sheet in force', () => {
  it('is the one that ships, then what is published, from its own day, without anything being opened again', async () => {
    const store = createSheetStore(new IDBFactory());
    const read = createSheetReader(store, shipped, isSigned);
    const on = async (day: string) => { const { rulebook, names } = await read(null, day); return [rulebook.edition, rulebook.rules.length, names.length]; };
    expect(await on('2026-11-27')).toEqual([shipped.edition, shipped.rules.length, 1]);
    await store.publish(edition(1, '2026-11-20', 30));
    expect(await on('2026-11-27')).toEqual(['sheet-1', 30, 2]);
    await store.publish(edition(2, '2026-12-01', 10));
    expect(await on('2026-11-30')).toEqual(['sheet-1', 30, 3]);
    expect(await on('2026-12-01')).toEqual(['sheet-2', 10, 3]);
  });

  it('is the one that ships where the store cannot be opened', async () => {
    const { rulebook, edition: { number } } = await createSheetReader({ ...createSheetStore(new IDBFactory()), editions: () => Promise.reject(new Error('no store')) }, shipped, isSigned)(null, '2026-11-27');
    expect([rulebook.edition, number]).toEqual([shipped.edition, 0]);
  });
});

describe('the board’s sheet', () => {
  const day = '2026-11-27';
  const computer = (): Promise<DeviceKeys> => deviceKeys(createLearnedStore(new IDBFactory()));
  const signedBy = async ({ device, key, sign }: DeviceKeys, it: SheetEdition): Promise<SignedEdition> => ({ kind: 'nodi-sheet', schema: 1, edition: it, device, key, signature: await sign(writtenEdition(it)) });
  const policy = (more: Partial<BoardSheet>): BoardSheet => ({ keys: null, edition: null, rollBack: false, ...more });

  it('that a policy carries goes before the department’s own from its day, and the department’s stays', async () => {
    const [store, board] = [createSheetStore(new IDBFactory()), await computer()];
    const read = createSheetReader(store, shipped, isSigned);
    await store.publish(edition(1, '2026-11-01', 30));
    const text = JSON.stringify(await signedBy(board, edition(4, '2026-11-20', 12)));
    const now = await read(policy({ edition: text }), day);
    expect([now.rulebook.edition, now.rulebook.rules.length, now.origin, now.refused, now.names]).toEqual(['board-4', 12, { by: 'board', way: 'policy', device: board.device }, null, [shipped.edition, 'sheet-1', 'board-4']]);
    // The next one, announced before its day, leaves the one before it in force until then.
    const next = policy({ edition: JSON.stringify(await signedBy(board, edition(5, '2026-12-01', 11))) });
    expect([(await read(next, day)).rulebook.edition, (await read(next, '2026-12-01')).rulebook.edition]).toEqual(['board-4', 'board-5']);
    // Without a policy the department's own is in force again; nothing of it was lost.
    expect((await read(null, day)).rulebook.edition).toBe('sheet-1');
  });

  it('is refused with its reason where it was altered, is no edition, is of another signer or older, and the one before stays in force', async () => {
    const [store, board, other] = [createSheetStore(new IDBFactory()), await computer(), await computer()];
    const read = createSheetReader(store, shipped, isSigned);
    const [three, four] = [await signedBy(board, edition(3, '2026-11-02', 13)), await signedBy(board, edition(4, '2026-11-03', 14))];
    const keys = [board.device];
    await read(policy({ keys, edition: JSON.stringify(four) }), day);
    const tried: [string, string, unknown][] = [
      ['tampered', 'one word changed', JSON.stringify(four).replace('New.', 'Neu.')], ['tampered', 'another number', JSON.stringify({ ...four, edition: { ...four.edition, number: 9 } })], ['tampered', 'another day', JSON.stringify({ ...four, edition: { ...four.edition, from: '2026-11-04' } })],
      ['tampered', 'one entry less', JSON.stringify({ ...four, edition: { ...four.edition, entries: four.edition.entries.slice(1) } })], ['tampered', 'another’s key', JSON.stringify({ ...four, key: other.key, device: other.device })], ['tampered', 'another’s signature', JSON.stringify({ ...four, signature: three.signature })],
      ['not-an-edition', 'no JSON', '{"kind":'], ['not-an-edition', 'another thing', '{"kind":"nodi-pack"}'], ['not-an-edition', 'more than an edition', JSON.stringify({ ...four, more: 1 })], ['not-an-edition', 'no entries', JSON.stringify({ ...four, edition: { ...four.edition, entries: [] } })],
      ['not-named', 'another signer', JSON.stringify(await signedBy(other, edition(5, '2026-11-05')))], ['older', 'the one before', JSON.stringify(three)], ['other-content', 'the same number', JSON.stringify(await signedBy(board, edition(4, '2026-11-03', 9)))],
    ];
    for (const [why, what, text] of tried) {
      const now = await read(policy({ keys, edition: String(text) }), day);
      expect([what, now.refused?.failure.kind, now.rulebook.edition, now.rulebook.rules.length]).toEqual([what, why, 'board-4', 14]);
    }
    // An older one comes back only where the policy says so; then nothing of the newer is left to return by itself.
    expect((await read(policy({ keys, edition: JSON.stringify(three), rollBack: true }), day)).rulebook.edition).toBe('board-3');
    expect((await read(policy({ keys, edition: JSON.stringify(three) }), day)).rulebook.edition).toBe('board-3');
    // A signer whom the policy names no more counts for nothing.
    expect((await read(policy({ keys: [other.key] }), day)).origin).toEqual({ by: 'shipped' });
    console.info(`editions refused ${tried.length}, in force wrongly 0`);
  });

  it('that a person opens from a shared file counts only under keys that the policy names', async () => {
    const [store, board] = [createSheetStore(new IDBFactory()), await computer()];
    const read = createSheetReader(store, shipped, isSigned);
    const signed = await signedBy(board, edition(2, '2026-11-02', 15));
    expect(await judgeBoardEdition(signed, policy({ keys: [] }), [], isSigned)).toEqual({ ok: false, failure: { kind: 'not-named' } });
    expect((await judgeBoardEdition(signed, policy({ keys: [board.key] }), [], isSigned)).ok).toBe(true);
    await store.keepBoardEdition({ number: 2, way: 'file', signed });
    expect((await read(policy({ keys: [board.device] }), day)).origin).toEqual({ by: 'board', way: 'file', device: board.device });
    expect((await read(policy({ edition: '{}' }), day)).origin).toEqual({ by: 'shipped' });
    expect((await read(null, day)).origin).toEqual({ by: 'shipped' });
  });
});
