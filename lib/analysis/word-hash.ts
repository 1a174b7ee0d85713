/** FNV-1a over the folded units of a word. */
export const seed = 0x811c9dc5 | 0;

/** The hash with one more unit taken in. */
export function step(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}

/** The hash before its last unit was taken in: the multiplier has an inverse modulo 2^32. */
export function unstep(hash: number, unit: number): number {
  return Math.imul(hash, 0x359c449b) ^ unit;
}

/** Where a table of `mask + 1` slots begins to look for a hash. */
export function slotOf(hash: number, mask: number): number {
  return (hash ^ (hash >>> 15)) & mask;
}

/** A slot holds a word's number and, above it, the upper bits of its hash: most words that are not in the list are told by one look. */
const wordBits = 20;
export const wordMask = (1 << wordBits) - 1;

/** A table of hashes and the numbers filed under them; a hash may be filed more than once. */
export function fileHashes(pairs: readonly (readonly [hash: number, word: number])[]): Uint32Array {
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(4, pairs.length * 1.7))));
  for (const [hash, word] of pairs) {
    let slot = slotOf(hash, slots.length - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = ((hash & ~wordMask) | word) >>> 0;
  }
  return slots;
}
