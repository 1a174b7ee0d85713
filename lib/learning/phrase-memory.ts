import type { CaseReading, CodeName, ContextFlag, LabelledCase, Phrase } from '../model/learning.js';
import { shrunkShare } from './interval.js';
import { longestPhrase, stem } from './phrase.js';

/** Words of the memory in a document: places of the first and last word, both included. */
export interface PhraseFound {
  readonly phrase: Phrase;
  readonly kind: PhraseKind;
  readonly first: number;
  readonly last: number;
  readonly flag: ContextFlag;
}

/** In how many episodes a phrase was seen in one context, and what they were coded to. */
export interface PhraseCell {
  seen: number;
  readonly codes: Map<CodeName, number>;
}

/** What is remembered: cells by phrase, context and specialty (`*`: all), and the beginnings of phrases, for finding them. */
export interface PhraseMemory {
  readonly cells: Map<string, PhraseCell>;
  /** `marked`: people or the engine point at these words as proof; `mined`: episodes of one code share them. */
  readonly phrases: Map<string, PhraseKind>;
  readonly beginnings: Set<string>;
  /** Codes that a phrase may speak for: only of these is its record kept, or every word of an episode would vouch for every code of it. */
  readonly links: Map<string, Map<CodeName, PhraseKind>>;
}

/** A phrase, what it may speak for, and why it is looked for. */
export interface PhraseLink {
  readonly phrase: Phrase;
  readonly code: CodeName;
  readonly kind: PhraseKind;
}

export type PhraseKind = 'marked' | 'mined';

/** A memory that knows these phrases and has seen nothing. */
export function emptyMemory(links: Iterable<PhraseLink>): PhraseMemory {
  const memory: PhraseMemory = { cells: new Map(), phrases: new Map(), beginnings: new Set(), links: new Map() };
  for (const link of links) admit(memory, link);
  return memory;
}

/** Lets a phrase into the inventory, or one more code to it. Words that people marked stay marked. */
export function admit({ phrases, beginnings, links }: PhraseMemory, { phrase, code, kind }: PhraseLink): void {
  const codes = links.get(phrase);
  if (!codes) links.set(phrase, new Map([[code, kind]]));
  else if (codes.get(code) !== 'marked') codes.set(code, kind);
  if (phrases.get(phrase) !== 'marked') phrases.set(phrase, kind);
  for (let at = phrase.indexOf(' '); at > 0; at = phrase.indexOf(' ', at + 1)) beginnings.add(phrase.slice(0, at));
}

/** `*`: in whatever context. */
type Context = ContextFlag | '*';
const cellName = (phrase: string, flag: Context, specialty: string): string => `${specialty}\t${flag}\t${phrase}`;

/** The phrases of the memory that a document holds; one that lies inside a longer one of its own kind is left out: “neck” is not what “neck of femur” says. */
export function findPhrases({ phrases, beginnings }: PhraseMemory, { words, flagOf }: Pick<CaseReading, 'words' | 'flagOf'>): readonly PhraseFound[] {
  const stems = words.map((word) => stem(word.folded));
  const found: PhraseFound[] = [];
  const reached = { marked: -1, mined: -1 };
  for (let first = 0; first < words.length; first += 1) {
    let joined = '';
    const best = { marked: -1, mined: -1 };
    const texts = { marked: '', mined: '' };
    for (let at = first; at < Math.min(words.length, first + longestPhrase); at += 1) {
      if (words[at]?.sentence !== words[first]?.sentence) break;
      joined = at === first ? stems[at] ?? '' : `${joined} ${stems[at] ?? ''}`;
      const kind = phrases.get(joined);
      if (kind) { best[kind] = at; texts[kind] = joined; }
      if (!beginnings.has(joined)) break;
    }
    for (const kind of ['marked', 'mined'] as const) {
      if (best[kind] <= reached[kind]) continue;
      reached[kind] = best[kind];
      found.push({ phrase: texts[kind] as Phrase, kind, first, last: best[kind], flag: flagOf({ start: words[first]?.start ?? 0, end: words[best[kind]]?.end ?? 0 }) });
    }
  }
  return found;
}

/** Each phrase of a document once, in each context that it stands in. */
function distinct(found: readonly PhraseFound[]): readonly PhraseFound[] {
  const seen = new Set<string>();
  return found.filter(({ phrase, flag }) => { const name = `${flag}\t${phrase}`; if (seen.has(name)) return false; seen.add(name); return true; });
}

/**
 * Adds (`by` 1) or takes back (`by` −1) one labelled document. Under primary-only coding a phrase counts as seen only for
 * the codes that were given: what was not coded is unknown.
 */
export function remember(memory: PhraseMemory, one: LabelledCase, by: 1 | -1, found: readonly PhraseFound[] = findPhrases(memory, one)): void {
  const places = distinct(found);
  const once = new Map(places.map(({ phrase }) => [phrase, '*' as const]));
  for (const [phrase, flag] of [...places.map(({ phrase, flag }): [Phrase, Context] => [phrase, flag]), ...once]) {
    for (const specialty of one.specialty === null ? ['*'] : ['*', one.specialty]) {
      const name = cellName(phrase, flag, specialty);
      const cell = memory.cells.get(name) ?? { seen: 0, codes: new Map<CodeName, number>() };
      const coded = one.codes.filter((code) => memory.links.get(phrase)?.has(code));
      if (one.depth === 'primary' && coded.length === 0) continue;
      cell.seen += by;
      for (const code of coded) {
        const count = (cell.codes.get(code) ?? 0) + by;
        if (count > 0) cell.codes.set(code, count); else cell.codes.delete(code);
      }
      if (cell.seen > 0) memory.cells.set(name, cell); else memory.cells.delete(name);
    }
  }
}

/** What the record says of a phrase and a code: the share after back-off, and the counts that it rests on. */
export interface PhraseRecord {
  readonly share: number;
  readonly accepted: number;
  readonly seen: number;
}

/** How much the wider record weighs against the narrower one, in episodes. */
const strength = 2;

/**
 * The record of a phrase for a code, from the wide to the narrow: what is believed of any phrase (`before`), then of this phrase
 * in all specialties, then in this one.
 */
export function recordOf(memory: PhraseMemory, { phrase, flag }: { readonly phrase: Phrase; readonly flag: Context }, code: CodeName, specialty: string | null, before: number): PhraseRecord {
  const count = (name: string): { accepted: number; seen: number } => {
    const cell = memory.cells.get(name);
    return { accepted: cell?.codes.get(code) ?? 0, seen: cell?.seen ?? 0 };
  };
  const all = count(cellName(phrase, flag, '*'));
  const share = shrunkShare(all.accepted, all.seen, before, strength);
  if (specialty === null) return { share, ...all };
  const own = count(cellName(phrase, flag, specialty));
  return own.seen > 0 ? { share: shrunkShare(own.accepted, own.seen, share, strength), ...own } : { share, ...all };
}

/** The codes that a phrase was ever coded to, in whatever context, and why it may speak for them. */
export function codesOf(memory: PhraseMemory, phrase: Phrase): readonly (readonly [CodeName, PhraseKind])[] {
  const links = memory.links.get(phrase);
  return [...memory.cells.get(cellName(phrase, '*', '*'))?.codes.keys() ?? []].map((code) => [code, links?.get(code) ?? 'mined']);
}
