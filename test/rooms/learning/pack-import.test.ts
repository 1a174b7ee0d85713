import { describe, expect, it } from 'vitest';
import { openCodersRecord } from '../../../entrypoints/background/coders-record.js';
import { importPack } from '../../../entrypoints/background/pack-import.js';
import { removePart } from '../../../entrypoints/dashboard/learned.js';
import { devicePart, learnFromDecisions, namedParts, writtenPart, type Pack } from '../../../lib/learning/index.js';
import { deviceKeys, type LearnedPart, type PartStore } from '../../../lib/settings/index.js';
import { accept, finish, rows } from './invented-decisions.js';

/** A store that keeps what it is given; the fake database cannot clone keys as browsers do. */
function memory(): PartStore & { readonly held: Map<LearnedPart, unknown> } {
  const held = new Map<LearnedPart, unknown>();
  return { held, read: (part) => Promise.resolve(held.get(part)), write: (part, value) => { held.set(part, value); return Promise.resolve(); }, remove: (part) => { held.delete(part); return Promise.resolve(); } };
}

/** A coder's device with the pack that it signs. */
async function coder(episodes = 210): Promise<{ readonly device: string; readonly key: string; readonly pack: Pack }> {
  const keys = await deviceKeys(memory());
  const log = rows(Array.from({ length: episodes }, (_, at) => [accept(at + 1, 'G35X', 'multiple sclerosis'), finish(at + 1, 1, 1)]).flat());
  const part = devicePart(learnFromDecisions(log), keys.device);
  return { device: keys.device, key: keys.key, pack: { kind: 'nodi-pack', schema: 1, parts: [{ part, key: keys.key, signature: await keys.sign(writtenPart(part)) }] } };
}
const joined = (...packs: readonly Pack[]): Pack => ({ kind: 'nodi-pack', schema: 1, parts: packs.flatMap(({ parts }) => parts) });

describe('whose packs are taken', () => {
  it('is the person’s to say where no policy names anybody, and the board’s alone where one does', async () => {
    const [anna, bryn] = [await coder(4), await coder(4)];
    const both = joined(anna.pack, bryn.pack);
    const tampered = joined({ ...anna.pack, parts: anna.pack.parts.map((one) => ({ ...one, part: { ...one.part, finished: [['neurology', 9000]] } })) });
    const tried: readonly (readonly [string, Pack, boolean, readonly string[] | null])[] = [
      ['not-trusted', anna.pack, false, null], ['taken', anna.pack, true, null],
      ['taken', anna.pack, false, [anna.key]], ['taken', anna.pack, false, [anna.device]], ['taken', both, false, [anna.device, bryn.key]],
      // The person's word adds nobody whom the board does not name.
      ['not-named', bryn.pack, true, [anna.key]], ['not-named', both, true, [anna.key]], ['not-named', anna.pack, true, []],
      ['tampered', tampered, true, null], ['tampered', tampered, true, [anna.key, anna.device]],
      // Another key under the name of a coder whom the board named.
      ['tampered', joined({ ...bryn.pack, parts: bryn.pack.parts.map((one) => ({ ...one, part: { ...one.part, device: anna.device } })) }), true, [anna.device]],
    ];
    const bad: string[] = [];
    for (const [expected, pack, trust, named] of tried) {
      const store = memory();
      const failure = await importPack(store, JSON.stringify(pack), { trust, named });
      const kept = store.held.has('packs') || store.held.has('trusted');
      if ((failure?.kind ?? 'taken') !== expected || kept !== (expected === 'taken')) bad.push(`${expected}: ${failure?.kind ?? 'taken'}, kept ${String(kept)}`);
    }
    console.info(`tried ${tried.length} packs, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect(await importPack(memory(), JSON.stringify(both), { trust: true, named: [anna.key] })).toEqual({ kind: 'not-named', devices: [bryn.device] });
  });

  it('counts for nothing any more once the board stops naming the coder, is kept, and comes again with the name', async () => {
    const [anna, bryn] = [await coder(), await coder(4)];
    const store = memory();
    expect(await importPack(store, JSON.stringify(joined(anna.pack, bryn.pack)), { trust: true, named: null })).toBeNull();
    const live = async (named: readonly string[] | null): Promise<boolean> => { const record = openCodersRecord([], store, () => named); await record.load(); return record.isLive('neurology' as never); };
    expect([await live(null), await live([bryn.key]), await live([]), await live([anna.key])]).toEqual([true, false, false, true]);
    expect(namedParts(store.held.get('packs') as Pack, [bryn.device]).parts.map(({ part }) => part.device)).toEqual([bryn.device]);
    await removePart(store, bryn.device);
    expect((store.held.get('packs') as Pack).parts.map(({ part }) => part.device)).toEqual([anna.device]);
  });
});
