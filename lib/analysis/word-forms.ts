import type { WordForms } from '../model/lexicon.js';
import { foldedWords } from './fold.js';
import { mutatedForms } from './mutation.js';
import { spelled } from './spelling.js';

const foldWord = (word: string): string => foldedWords(word).join('');

/** The words of a lexicon brought to one form each, and the other forms that a note may have. */
export interface Canon {
  readonly of: (word: string) => string;
  /** Other forms by the form that phrases are filed under. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** Latin and Greek plurals, by ending: the singular where that is a word of the lexicon. */
const plurals: readonly (readonly [plural: string, singular: string, shortest: number])[] = [
  ['ses', 'sis', 7], ['xes', 'xis', 7], ['mata', 'ma', 8], ['ices', 'ix', 7], ['ices', 'ex', 7], ['itides', 'itis', 8], ['ae', 'a', 6], ['i', 'us', 6], ['a', 'um', 7], ['es', 'is', 6], ['ia', 'ium', 8],
];

/** Names that look like the plural of another word: Graves is not gravis. */
const names = new Set(['graves']);

/**
 * Brings each word of a vocabulary (folded) to one form: American spelling, Latin singular, the noun of a site. What the
 * spelling and the inflection of a word say is never what tells two codes apart; what does is in the words themselves.
 */
export function createCanon(vocabulary: Iterable<string>, forms: WordForms): Canon {
  const given = new Map(Object.entries(forms.forms).flatMap(([word, others]) => others.map((other) => [spelled(foldWord(other))[0], spelled(foldWord(word))[0]] as const)));
  for (const word of forms.mutated) for (const form of mutatedForms(word)) if (!given.has(form)) given.set(form, spelled(foldWord(word))[0]);
  const american = new Map<string, string>();
  for (const word of vocabulary) american.set(word, spelled(word)[0]);
  const bases = new Set(american.values());
  for (const base of given.values()) bases.add(base);
  const singular = (word: string): string => {
    if (names.has(word)) return word;
    for (const [plural, one, shortest] of plurals) {
      if (word.length < shortest || !word.endsWith(plural)) continue;
      const base = word.slice(0, -plural.length) + one;
      if (bases.has(base)) return base;
    }
    return word;
  };
  const known = new Map<string, string>();
  const of = (word: string): string => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const base = american.get(word) ?? spelled(word)[0];
    const made = given.get(base) ?? given.get(singular(base)) ?? singular(base);
    known.set(word, made);
    return made;
  };
  const aliases = new Map<string, string>();
  const add = (form: string, word: string): void => { if (form !== word && !aliases.has(form)) aliases.set(form, word); };
  for (const word of american.keys()) add(word, of(word));
  for (const base of bases) {
    const word = of(base);
    add(base, word);
    for (const form of spelled(base)) add(form, word);
    for (const [plural, one, shortest] of plurals) {
      const form = base.slice(0, base.length - one.length) + plural;
      if (base.endsWith(one) && form.length >= shortest && !american.has(form)) for (const each of spelled(form)) add(each, word);
    }
  }
  for (const [form, word] of given) for (const each of spelled(form)) add(each, of(word));
  return { of, aliases };
}

const roman = ['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'];

/** “type ii” also stands as “type 2”: only beside a word that is counted so, since “IV” is also a vein and “V” a letter. */
function numbered(words: readonly string[], counted: ReadonlySet<string>): readonly string[] | null {
  let changed = false;
  const made = words.map((word, at) => {
    if (!counted.has(words[at - 1] ?? '') && !counted.has(words[at + 1] ?? '')) return word;
    const figure = roman.indexOf(word);
    const other = figure > 0 ? String(figure) : roman[Number(word)] || word;
    changed ||= other !== word;
    return other;
  });
  return changed ? made : null;
}

/** “CKD stage 4” also stands as “stage 4 CKD”. */
function ranked(words: readonly string[], counted: ReadonlySet<string>): readonly string[] | null {
  if (words.length < 3) return null;
  const [first = '', second = ''] = words;
  const [third = '', last = ''] = words.slice(-2);
  if (counted.has(third) && /^(?:\d|i|v)/.test(last)) return [third, last, ...words.slice(0, -2)];
  return counted.has(first) && /^(?:\d|i|v)/.test(second) ? [...words.slice(2), first, second] : null;
}

/** Words of a term that make its order its meaning. */
const fixed = new Set(['and', 'or', 'with', 'without', 'due', 'by', 'not', 'no', 'from', 'after', 'for', 'a', 'gyda', 'heb']);

/** The orders in which a phrase may stand: “fracture of neck of femur”, “neck of femur fracture”, “femur neck fracture”. */
function orders(words: readonly string[], bare: ReadonlySet<string>): (readonly string[])[] {
  if (words.length < 2 || words.length > 6 || words.some((word) => fixed.has(word))) return [words];
  const at = words.indexOf('of');
  if (at === 0 || at === words.length - 1) return [words];
  const [head, rest] = at > 0 ? [words.slice(0, at), words.slice(at + 1)] : [words.slice(-1), words.slice(0, -1)];
  if (head.length > 3 || rest.length > 5 || (at < 0 && (head[0] ?? '').length < 4)) return [words];
  const made: (readonly string[])[] = [words];
  for (const one of at > 0 ? orders(rest, bare) : [rest]) {
    made.push([...one, ...head], [...head, 'of', ...one]);
    if (bare.has(head.at(-1) ?? '')) made.push([...head, ...one]);
  }
  return made;
}

const one = (word: string): string => (word.length < 6 || !word.endsWith('s') || /(?:ss|us|is|as|os|ics)$/.test(word) ? word : word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.slice(0, -1));

/** All that a term in its one form may look like, itself first. */
export function variantsOf(words: readonly string[], forms: WordForms): readonly (readonly string[])[] {
  const bare = new Set(forms.bare);
  const counted = new Set(forms.numbered);
  const plain = words.filter((word) => word !== 'the');
  const turned = ranked(plain, counted);
  const some = [words, ...orders(plain, bare), ...(turned ? [turned] : [])];
  for (const each of [...some]) {
    const figures = numbered(each, counted);
    if (figures) some.push(figures);
  }
  const single = words.length > 1 ? some.map((each) => each.map(one)) : [];
  return [...some, ...single];
}
