/** Welsh initial mutations (treigladau): soft, nasal, aspirate, and h before a vowel. Longest initial first. */
const mutations: readonly (readonly [string, readonly string[]])[] = [
  ['ch', []], ['dd', []], ['ff', []], ['ng', []], ['ph', []], ['th', []],
  ['ll', ['l']], ['rh', ['r']],
  ['p', ['b', 'mh', 'ph']], ['t', ['d', 'nh', 'th']], ['c', ['g', 'ngh', 'ch']],
  ['b', ['f', 'm']], ['d', ['dd', 'n']], ['g', ['', 'ng']], ['m', ['f']],
  ...['a', 'e', 'i', 'o', 'u', 'w', 'y'].map((vowel): readonly [string, readonly string[]] => [vowel, [`h${vowel}`]]),
];

/** The mutated forms of one Welsh word in lower case, itself not among them. A word that does not mutate gives none. */
export function mutatedForms(word: string): readonly string[] {
  const bare = word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const found = mutations.find(([initial]) => bare.startsWith(initial));
  if (!found || bare.length < 3) return [];
  return found[1].map((initial) => initial + bare.slice(found[0].length)).filter((form) => form.length > 2);
}

/** A Welsh phrase and its variants with one word mutated at a time. */
export function mutatedPhrases(phrase: string): readonly string[] {
  const words = phrase.split(' ');
  return [phrase, ...words.flatMap((word, at) => mutatedForms(word).map((form) => words.with(at, form).join(' ')))];
}
