import uFuzzy from '@leeoniya/ufuzzy';

const fuzzy = new uFuzzy({ intraMode: 1 });

/** Places of the entries that hold the sought words, best first; all of them when nothing is sought. Accents do not matter. */
export function findWords(entries: readonly string[], sought: string): readonly number[] {
  const needle = sought.trim();
  if (needle === '') return entries.map((_, index) => index);
  const [found, info, order] = fuzzy.search(uFuzzy.latinize([...entries]), uFuzzy.latinize(needle));
  if (!found) return [];
  return info && order ? order.map((place) => info.idx[place] ?? 0) : found;
}
