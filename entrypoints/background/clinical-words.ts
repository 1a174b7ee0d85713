import index from '../../assets/codes/icd10-index.tsv?raw';
import synonyms from '../../assets/codes/icd10-synonyms.tsv?raw';
import opcs4 from '../../assets/codes/opcs4.tsv?raw';
import { specialtyPacks } from '../../assets/starter.js';
import { placedWords } from '../../lib/analysis/index.js';
import { stem } from '../../lib/learning/index.js';

let words: ReadonlySet<string> | null = null;

/** Is this (folded, singular) word in the lists that ship? Only such words may be remembered; the set is made when somebody first asks. */
export function isClinicalWord(word: string): boolean {
  if (words === null) {
    const all = new Set<string>();
    const add = (text: string): void => { for (const { folded } of placedWords(text)) if (!/\p{Nd}/u.test(folded) || /^[a-z]?\p{Nd}$/u.test(folded)) all.add(stem(folded)); };
    for (const list of [index, synonyms, opcs4]) for (const line of list.split('\n')) add(line.split('\t')[1] ?? '');
    for (const pack of specialtyPacks) for (const { terms } of pack.entries) for (const term of terms) add(term);
    words = all;
  }
  return words.has(word);
}
