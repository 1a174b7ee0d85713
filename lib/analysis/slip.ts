import { seed, slotOf, step, wordMask } from './word-hash.js';

/** Shortest word (in folded units) that may be misspelt: below it too many words are one letter apart. */
export const shortestSlip = 8;

const a = 97, z = 122;
function isPlain(word: string): boolean {
  for (let at = 0; at < word.length; at += 1) if (word.charCodeAt(at) < a || word.charCodeAt(at) > z) return false;
  return true;
}

/** What is left of each long word when one letter after the first is taken out, as hashes: the words that one slip can lead to are among them (after SymSpell). */
export function cutsOf(words: readonly string[]): (readonly [hash: number, word: number])[] {
  const cuts: (readonly [number, number])[] = [];
  words.forEach((word, index) => {
    if (word.length < shortestSlip || !isPlain(word)) return;
    for (let cut = 1; cut < word.length; cut += 1) {
      if (word.charCodeAt(cut) === word.charCodeAt(cut - 1)) continue;
      let hash = seed;
      for (let at = 0; at < word.length; at += 1) if (at !== cut) hash = step(hash, word.charCodeAt(at));
      cuts.push([hash, index]);
    }
  });
  return cuts;
}

/** Parts that tell one clinical word from another: a word with one of them is never read as a word with another, or with none, in that place. */
const beginnings = ['hypo', 'hyper', 'inter', 'intra', 'infra', 'intro', 'ante', 'anti', 'ab', 'ad', 'pre', 'pro', 'peri', 'per', 'para', 'post', 'brady', 'tachy', 'macro', 'micro', 'mono', 'poly', 'oligo', 'endo', 'ecto', 'epi', 'exo', 'sub', 'supra', 'super', 'dys', 'uni', 'bi', 'tri', 'iso', 'ortho', 'retro', 'extra', 'hemi', 'homo', 'hetero', 'normo', 'under', 'over', 'non', 'un', 'in', 'im', 'de', 'dis', 're'];
const endings = ['ectomy', 'otomy', 'ostomy', 'oscopy', 'ography', 'ogram', 'plasty', 'pexy', 'rrhaphy', 'centesis', 'desis', 'lysis', 'itis', 'osis', 'asis', 'esis', 'oma', 'omata', 'emia', 'aemia', 'uria', 'algia', 'penia', 'philia', 'phobia', 'phasia', 'phagia', 'plasia', 'plegia', 'paresis', 'trophy', 'pathy', 'ation', 'ition', 'ious', 'ions', 'ing', 'ed', 'es', 'al', 'ic', 'ical', 'ally', 'ism', 'ist', 'ity', 'ive', 'ous', 'ary', 'able', 'ible', 'ent', 'ant', 'ance', 'ence', 'er', 'or', 'ly', 'ia', 'mab', 'nib', 'ine', 'ol', 'ide', 'ate', 'ose', 'ase'];
const byLength = (one: string, two: string): number => two.length - one.length;
beginnings.sort(byLength);
endings.sort(byLength);

/**
 * Is `written` the word `meant` with one slip: a letter left out, put in, changed, or two neighbours turned round?
 * Never in the first letter nor the last (that is inflection), and never where a part that carries the meaning would change
 * (hypo-/hyper-, -ectomy/-otomy/-ostomy).
 */
export function isSlip(written: string, meant: string): boolean {
  const shorter = Math.min(written.length, meant.length);
  const longer = Math.max(written.length, meant.length);
  if (longer - shorter > 1 || shorter < shortestSlip - 1 || written === meant) return false;
  let from = 0;
  while (from < shorter && written.charCodeAt(from) === meant.charCodeAt(from)) from += 1;
  if (from === 0 || from >= shorter - (longer > shorter ? 0 : 1)) return false;
  const same = written.length === meant.length;
  const swapped = same && written.charCodeAt(from) === meant.charCodeAt(from + 1) && written.charCodeAt(from + 1) === meant.charCodeAt(from) && written.slice(from + 2) === meant.slice(from + 2);
  const fits = swapped || (same ? written.slice(from + 1) === meant.slice(from + 1) : written.length > meant.length ? written.slice(from + 1) === meant.slice(from) : written.slice(from) === meant.slice(from + 1));
  if (!fits || !written.endsWith(meant.slice(-1))) return false;
  const begins = beginnings.find((part) => written.startsWith(part));
  if (begins && !meant.startsWith(begins)) return false;
  const ends = endings.find((part) => written.endsWith(part));
  // “vulvectomy” and “valvectomy”: before a long ending a short stem is the whole difference.
  return !ends || (meant.endsWith(ends) && (ends.length < 5 || shorter - ends.length > 4));
}

/**
 * The words that a written word may be a slip for, as their numbers; each may come more than once.
 * `slots` files whole words by hash, `cuts` what is left of them.
 */
export function meantBy(written: string, slots: Uint32Array, cuts: Uint32Array, wordOf: (number: number) => string): ReadonlySet<number> {
  const meant = new Set<number>();
  if (!isPlain(written)) return meant;
  // What is filed under a hash may be there by chance: each is compared.
  const take = (table: Uint32Array, hash: number): void => {
    const mask = table.length - 1;
    for (let slot = slotOf(hash, mask); table[slot] !== 0; slot = (slot + 1) & mask) {
      const held = table[slot] as number;
      if (((held ^ hash) & ~wordMask) === 0 && !meant.has(held & wordMask) && isSlip(written, wordOf(held & wordMask))) meant.add(held & wordMask);
    }
  };
  let before = seed;
  for (let cut = 0; cut <= written.length; cut += 1) {
    let hash = before;
    for (let at = cut + 1; at < written.length; at += 1) hash = step(hash, written.charCodeAt(at));
    take(cuts, hash);
    take(slots, hash);
    if (cut < written.length) before = step(before, written.charCodeAt(cut));
  }
  return meant;
}

/** A name follows: “Dear Dr Sarcoid” is nobody's illness. */
export const beforeName = /(?:^|[^\p{L}])(?:Dr|Mr|Mrs|Ms|Miss|Mx|Prof|Professor|Dear|Sister|Nurse|Consultant|Annwyl|Dr\.|Mr\.|Mrs\.|Ms\.|Prof\.)\s+(?:[\p{Lu}][\p{L}.'’-]{0,20}\s+){0,2}$/u;
