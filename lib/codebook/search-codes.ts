import type { ClinicalCode, CodeSystem } from '../model/code.js';

/** A code with words that lead to it: its title, or a term of an index. Without words it is found by its code alone. */
export interface SearchLine {
  readonly system: CodeSystem;
  readonly code: ClinicalCode;
  readonly words: string;
  /** Episodes a year: of two that fit alike the usual one stands first. */
  readonly usage: number;
  /** Our own packs' terms were looked at by people: they go before a like term of the index. */
  readonly isOwn: boolean;
}
export interface SearchHit { readonly line: SearchLine; readonly score: number }

/** Finds codes by their first characters, or by words: each by its beginning, in any order, a letter wrong in long ones; where no line has them all, by the telling ones. */
export interface CodeSearch { readonly find: (asked: string, most?: number, fits?: (line: SearchLine) => boolean) => readonly SearchHit[] }

const spelt = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').replace(/ae|oe/g, 'e').replace(/([a-z]{2})our/g, '$1or').replace(/([a-z]{3})ys(e|ing|ed)$/, '$1yz$2').replace(/([a-z]{3})is(e|ed|ing|ation)$/, '$1iz$2');
const singular = (word: string): string => (word.length > 4 && /[^suiy]s$/.test(word) ? word.slice(0, -1) : word);
/** British and American spellings, accents and plurals are one word; the same is done to what is sought and to what is found. */
const foldWord = (word: string): string => singular(spelt(word));
const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** Words that say nothing by themselves. */
const small = new Set(['of', 'the', 'and', 'in', 'to', 'a', 'an', 'by', 'for', 'on', 'at', 'or', 'with', 'due', 'nec', 'nos', 'his', 'her', 'y', 'yr', 'o', 'i', 'yn', 'ar', 'gyda']);
function telling(text: string, fold: (word: string) => string = foldWord): readonly string[] {
  const all = [...new Set(wordsOf(text).map(fold))];
  const some = all.filter((word) => !small.has(word));
  return some.length > 0 ? some : all;
}

/** The rows of the table of distances, used again for every pair: thousands of words are compared for one question. */
const rows: readonly [Uint8Array, Uint8Array, Uint8Array] = [new Uint8Array(64), new Uint8Array(64), new Uint8Array(64)];

/** Are two words one letter apart (put in, left out, changed or exchanged with its neighbour), or two where `most` is 2? Words of more than 60 letters never are. */
export function isNear(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most || a.length > 60 || b.length > 60) return false;
  let [before, row, next] = rows;
  for (let at = 0; at <= b.length; at += 1) row[at] = at;
  for (let i = 1; i <= a.length; i += 1) {
    next[0] = i;
    let least = i;
    const letter = a.charCodeAt(i - 1);
    for (let j = 1; j <= b.length; j += 1) {
      const other = b.charCodeAt(j - 1);
      let best = Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + (letter === other ? 0 : 1));
      if (i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other) best = Math.min(best, (before[j - 2] as number) + 1);
      next[j] = best;
      if (best < least) least = best;
    }
    if (least > most) return false;
    [before, row, next] = [row, next, before];
  }
  return (row[b.length] as number) <= most;
}

/** Longest question, in words: a whole paragraph that somebody selected is cut. */
const mostWords = 12;

/** Makes a search over lines; the tables are made once, a question then takes some milliseconds. */
export function createCodeSearch(lines: readonly SearchLine[]): CodeSearch {
  const postings = new Map<string, number[]>();
  const known = new Map<string, string>();
  const fold = (word: string): string => { const before = known.get(word); if (before !== undefined) return before; const after = foldWord(word); known.set(word, after); return after; };
  const lengths = lines.map(({ words }, index) => {
    const held = telling(words, fold);
    for (const word of held) { const places = postings.get(word); if (places) places.push(index); else postings.set(word, [index]); }
    return held.length;
  });
  const vocabulary = [...postings.keys()].sort();
  const byLength = new Map<number, string[]>();
  for (const word of vocabulary) { const held = byLength.get(word.length); if (held) held.push(word); else byLength.set(word.length, [word]); }
  const byCode = lines.map((line, index) => ({ code: line.code as string, index })).sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  const firstAt = <Item>(list: readonly Item[], fits: (item: Item) => boolean): number => {
    let low = 0;
    let high = list.length;
    while (low < high) { const middle = (low + high) >> 1; if (fits(list[middle] as Item)) high = middle; else low = middle + 1; }
    return low;
  };
  const keyOf = ({ system, code }: SearchLine): string => `${system} ${code}`;
  /** Lines that hold a word like this one, with how well it fits. */
  const linesWith = (word: string): ReadonlyMap<number, number> => {
    const found = new Map<number, number>();
    const take = (same: string, score: number): void => { for (const index of postings.get(same) ?? []) if ((found.get(index) ?? 0) < score) found.set(index, score); };
    take(word, 3);
    if (word.length > 1) for (let at = firstAt(vocabulary, (other) => other >= word); at < vocabulary.length && (vocabulary[at] as string).startsWith(word); at += 1) take(vocabulary[at] as string, vocabulary[at] === word ? 3 : 2);
    if (found.size === 0 && word.length >= 5) {
      const most = word.length >= 9 ? 2 : 1;
      for (let length = word.length - most; length <= word.length + most; length += 1) for (const other of byLength.get(length) ?? []) if (isNear(word, other, most)) take(other, 1);
    }
    return found;
  };
  const byPrefix = (code: string, most: number, fits: (line: SearchLine) => boolean): readonly SearchHit[] => {
    const seen = new Map<string, SearchHit>();
    for (let at = firstAt(byCode, (item) => item.code >= code); at < byCode.length && (byCode[at] as { code: string }).code.startsWith(code); at += 1) {
      const line = lines[(byCode[at] as { index: number }).index] as SearchLine;
      if (!fits(line) || seen.has(keyOf(line))) continue;
      if (seen.size === most) break;
      seen.set(keyOf(line), { line, score: 10 });
    }
    return [...seen.values()];
  };
  return {
    find(asked, most = 20, fits = () => true) {
      const code = asked.trim().toUpperCase().replace('.', '').replace(/-$/, '');
      if (/^[A-Z]\d{1,2}[\dX]?$/.test(code)) {
        const hits = byPrefix(code, most, fits);
        if (hits.length > 0) return hits;
      }
      const words = telling(asked).slice(0, mostWords);
      if (words.length === 0) return [];
      const found = words.map(linesWith);
      // A word that few lines hold says more than one that many hold.
      const weights = found.map(({ size }) => Math.log2(1 + lines.length / (1 + size)));
      const whole = weights.reduce((sum, weight, at) => sum + ((found[at]?.size ?? 0) > 0 ? weight : 0), 0);
      const sums = new Map<number, { score: number; weight: number; words: number }>();
      found.forEach((these, at) => { for (const [index, score] of these) { const held = sums.get(index); if (held) { held.score += score; held.weight += weights[at] ?? 0; held.words += 1; } else sums.set(index, { score, weight: weights[at] ?? 0, words: 1 }); } });
      const complete = [...sums.values()].some((one) => one.words === words.length);
      let heaviest = 0;
      for (const { weight } of sums.values()) if (weight > heaviest) heaviest = weight;
      const best = new Map<string, SearchHit>();
      for (const [index, one] of sums) {
        // What has only a small word of a long question in it is no answer.
        if (complete ? one.words < words.length : one.weight < heaviest * 0.6 || one.weight < whole * 0.25) continue;
        const line = lines[index] as SearchLine;
        const held = lengths[index] ?? 1;
        const score = (one.score / words.length) + (one.words / Math.max(one.words, held)) * 2 + (complete ? 0 : (one.weight / whole) * 4) + Math.log10(1 + line.usage) * 0.15 + (line.isOwn ? 0.3 : 0);
        const before = best.get(keyOf(line));
        if ((!before || before.score < score) && fits(line)) best.set(keyOf(line), { line, score });
      }
      return [...best.values()].sort((a, b) => b.score - a.score || (a.line.code < b.line.code ? -1 : 1)).slice(0, most);
    },
  };
}
