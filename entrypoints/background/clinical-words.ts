import index from '../../assets/codes/icd10-index.tsv?raw';
import synonyms from '../../assets/codes/icd10-synonyms.tsv?raw';
import opcs4 from '../../assets/codes/opcs4.tsv?raw';
import { specialtyPacks } from '../../assets/starter.js';
import { placedWords } from '../../lib/analysis/index.js';
import { listedWords } from '../../lib/learning/index.js';

let words: ReadonlySet<string> | null = null;

/** Is this (folded, singular) word in the lists that ship? Only such words may be remembered; the set is made when somebody first asks. */
export function isClinicalWord(word: string): boolean {
  if (words === null) {
    const terms = [...[index, synonyms, opcs4].flatMap((list) => list.split('\n').map((line) => line.split('\t')[1] ?? '')), ...specialtyPacks.flatMap((pack) => pack.entries.flatMap((entry) => entry.terms))];
    words = listedWords(terms.flatMap((term) => placedWords(term).map(({ folded }) => folded)));
  }
  return words.has(word);
}
