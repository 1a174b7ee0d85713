/**
 * Numbers from 0 to below 1 that look like chance and follow from a seed alone (mulberry32, T. Ettinger 2017, public domain): an audit's sample and a
 * forecast can be drawn again on any machine. Not for secrets.
 */
export function chanceFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
