import type { ClinicalCode, CodeSystem } from '../model/code.js';

/** A code with words that lead to it: its title, or a term of an index. */
export interface SearchLine { readonly system: CodeSystem; readonly code: ClinicalCode; readonly words: string; readonly usage: number }
export interface SearchHit extends SearchLine { readonly score: number }

/** Finds codes by their first characters, or by words: each by its beginning, in any order, a letter wrong in long ones. */
export interface CodeSearch { readonly find: (asked: string, most?: number) => readonly SearchHit[] }

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const wordsOf = (text: string): readonly string[] => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** Are two words one letter apart (put in, left out, changed or exchanged with its neighbour), or two where `most` is 2? */
export function isNear(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (before[j - 2] as number) + 1);
      next.push(best);
      if (best < least) least = best;
    }
    if (least > most) return false;
    before = row;
    row = next;
  }
  return (row[b.length] as number) <= most;
}

/** Makes a search over lines; the tables are made once, a question then takes some milliseconds. */
export function createCodeSearch(lines: readonly SearchLine[]): CodeSearch {
  const postings = new Map<string, number[]>();
  const lengths = lines.map(({ words }, index) => {
    const words_ = new Set(wordsOf(words));
    for (const word of words_) { const held = postings.get(word); if (held) held.push(index); else postings.set(word, [index]); }
    return words_.size;
  });
  const vocabulary = [...postings.keys()].sort();
  const byCode = lines.map((line, index) => ({ code: line.code as string, index })).sort((a, b) => (a.code < b.code ? -1 : 1));
  const firstAt = <Item>(list: readonly Item[], fits: (item: Item) => boolean): number => {
    let low = 0;
    let high = list.length;
    while (low < high) { const middle = (low + high) >> 1; if (fits(list[middle] as Item)) high = middle; else low = middle + 1; }
    return low;
  };
  /** Lines that hold a word like this one, with how well it fits. */
  const linesWith = (word: string): ReadonlyMap<number, number> => {
    const found = new Map<number, number>();
    const take = (known: string, score: number): void => { for (const index of postings.get(known) ?? []) if ((found.get(index) ?? 0) < score) found.set(index, score); };
    take(word, 3);
    for (let at = firstAt(vocabulary, (known) => known >= word); at < vocabulary.length && (vocabulary[at] as string).startsWith(word); at += 1) take(vocabulary[at] as string, vocabulary[at] === word ? 3 : 2);
    if (found.size === 0 && word.length >= 5) {
      const most = word.length >= 9 ? 2 : 1;
      for (const known of vocabulary) if (Math.abs(known.length - word.length) <= most && isNear(word, known, most)) take(known, 1);
    }
    return found;
  };
  return {
    find(asked, most = 20) {
      const code = asked.trim().toUpperCase().replace('.', '');
      if (/^[A-Z]\d{1,2}[\dX]?$/.test(code)) {
        const from = firstAt(byCode, (item) => item.code >= code);
        const seen = new Map<string, SearchHit>();
        for (let at = from; at < byCode.length && (byCode[at] as { code: string }).code.startsWith(code) && seen.size < most; at += 1) {
          const line = lines[(byCode[at] as { index: number }).index] as SearchLine;
          if (!seen.has(`${line.system} ${line.code}`)) seen.set(`${line.system} ${line.code}`, { ...line, score: 10 });
        }
        return [...seen.values()];
      }
      const words = wordsOf(asked);
      if (words.length === 0) return [];
      const [first, ...rest] = words.map(linesWith).sort((a, b) => a.size - b.size);
      const best = new Map<string, SearchHit>();
      for (const [index, score] of first ?? []) {
        let sum = score;
        let missing = false;
        for (const other of rest) { const more = other.get(index); if (more === undefined) { missing = true; break; } sum += more; }
        if (missing) continue;
        const line = lines[index] as SearchLine;
        const total = sum / words.length + words.length / Math.max(words.length, lengths[index] ?? 1) * 2 + Math.log10(1 + line.usage) * 0.15;
        const key = `${line.system} ${line.code}`;
        const held = best.get(key);
        if (!held || held.score < total) best.set(key, { ...line, score: total });
      }
      return [...best.values()].sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1)).slice(0, most);
    },
  };
}
