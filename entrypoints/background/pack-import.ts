import { isNamed, mergePacks, readPack, writtenPart } from '../../lib/learning/index.js';
import type { PackFailure } from '../../lib/model/learning.js';
import { deviceKeys, isSigned, type PartStore } from '../../lib/settings/index.js';
import { isClinicalWord } from './clinical-words.js';

/** Takes a pack whole or not at all; null when it was taken. This device's own part, which comes back in joined packs, is left out: its log knows better. */
export async function importPack(store: PartStore, text: string, { trust, named }: { readonly trust: boolean; /** Whom the board's policy names; null where it says nothing and the person decides. */ readonly named: readonly string[] | null }): Promise<PackFailure | { readonly kind: 'not-saved' } | null> {
  let data: unknown;
  try { data = JSON.parse(text); } catch { return { kind: 'not-a-pack' }; }
  const read = readPack(data, isClinicalWord);
  if (!read.ok) return read.failure;
  const sound = await Promise.all(read.value.parts.map(({ part, key, signature }) => isSigned({ device: part.device, key, signature, text: writtenPart(part) })));
  const bad = sound.indexOf(false);
  if (bad >= 0) return { kind: 'tampered', part: bad + 1 };
  try {
    const [held, kept, { device }] = await Promise.all([store.read('packs'), store.read('trusted'), deviceKeys(store)]);
    const trusted = new Set(Array.isArray(kept) ? kept as readonly unknown[] : []);
    const parts = read.value.parts.filter(({ part }) => part.device !== device);
    const unnamed = parts.filter((one) => !isNamed(one, named));
    if (unnamed.length > 0) return { kind: 'not-named', devices: unnamed.map(({ part }) => part.device) };
    const unknown = named === null ? parts.map(({ part }) => part.device).filter((name) => !trusted.has(name)) : [];
    if (unknown.length > 0 && !trust) return { kind: 'not-trusted', devices: unknown };
    const before = readPack(held, isClinicalWord);
    if (unknown.length > 0) await store.write('trusted', [...trusted, ...unknown]);
    await store.write('packs', mergePacks(before.ok ? before.value : { ...read.value, parts: [] }, { ...read.value, parts }));
    return null;
  } catch { return { kind: 'not-saved' }; }
}
