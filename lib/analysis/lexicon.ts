import type { Span } from '../base/span.js';
import type { AbbreviationReading, Abbreviations, LexiconEntry, WordForms } from '../model/lexicon.js';
import { compileCue, type CueTest } from './context-cue.js';
import { foldedWords } from './fold.js';
import { compileWords, openWords, type WordMatcher, type WordPattern } from './matcher.js';
import { createCanon, variantsOf } from './word-forms.js';

type StoredEntry = Omit<LexiconEntry, 'terms'>;
/** A concept with the tests of the words about it. */
export interface Held { readonly entry: StoredEntry; readonly unless: CueTest | null; readonly onlyWhen: CueTest | null }

/** All terms of all concepts, compiled for one pass. */
export interface Lexicon {
  readonly matcher: WordMatcher;
  /** One concept by its number; made when it is first asked for. */
  readonly held: (index: number) => Held;
  readonly abbreviations: ReadonlyMap<string, readonly AbbreviationReading[]>;
}

/** An abbreviation matches in its own case only: MS is not Ms. */
export function isAbbreviation(term: string): boolean {
  return (term.match(/\p{Lu}/gu)?.length ?? 0) >= 2 && !/\p{Ll}{4,}/u.test(term) && term.split(/\s+/).length <= 2;
}

/** What a lexicon knows besides its terms. */
export interface LexiconWords {
  readonly words: WordForms;
  readonly abbreviations: Abbreviations;
}

const noWords: LexiconWords = { words: { forms: {}, mutated: [], fillers: [], numbered: [], bare: [], symbols: {}, clinical: [], known: [] }, abbreviations: {} };
const magic = 0x4e6f6432;

/**
 * Compiles the entries into one buffer that opens at once. A term that is named by several keeps the first: packs go before
 * titles, titles before the index; a term as it is written before another in another order.
 */
export function compileLexicon(entries: readonly LexiconEntry[], { words: forms, abbreviations }: LexiconWords = noWords): ArrayBuffer {
  const terms = entries.flatMap((entry, payload) => entry.terms.flatMap((term) => {
    const caseSensitive = isAbbreviation(term);
    return (caseSensitive && /\p{Lu}$/u.test(term) ? [term, `${term}s`] : [term]).map((text) => ({ text, payload, caseSensitive, words: foldedWords(text) }));
  })).filter(({ words }) => words.length > 0);
  const canon = createCanon(new Set(terms.flatMap(({ words }) => words)), forms);
  const patterns: WordPattern[] = [];
  const byTerm = new Map<string, number>();
  const add = (text: string, payload: number, caseSensitive: boolean, folded: readonly string[]): void => {
    const key = caseSensitive ? `=${text}` : folded.join(' ');
    const before = byTerm.get(key);
    // The same words in two packs are two readings of them; the specialty decides.
    if (before !== undefined && !(entries[payload]?.concept.source === 'pack' && entries[before]?.concept.source === 'pack' && entries[before].specialty !== entries[payload].specialty)) return;
    if (before === undefined) byTerm.set(key, payload);
    patterns.push({ text, payload, caseSensitive, folded });
  };
  for (const { text, payload, caseSensitive, words } of terms) add(text, payload, caseSensitive, words.map(canon.of));
  for (const { text, payload, caseSensitive, words } of terms) {
    // Titles of the book of operations are found as they stand: nobody writes them otherwise, and there are ten thousand.
    if (caseSensitive || entries[payload]?.concept.source === 'title' || /[,(]/.test(text)) continue;
    for (const variant of variantsOf(words.map(canon.of), forms)) add(text, payload, false, variant);
  }
  const words = compileWords(patterns, { aliases: canon.aliases, fillers: forms.fillers, known: forms.known, clinical: forms.clinical, symbols: new Map(Object.entries(forms.symbols)) });
  // Beyond ASCII as JSON escapes, so that a part of it is text without a decoder.
  const lines = [JSON.stringify(abbreviations), ...entries.map(({ concept, specialty, isLongTerm, unless, onlyWhen }) => JSON.stringify({ concept, specialty, isLongTerm, unless, onlyWhen }))]
    .map((line) => line.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`));
  const size = lines.reduce((sum, line) => sum + line.length, 0);
  const starts = new Uint32Array(lines.length + 1);
  const buffer = new ArrayBuffer(12 + starts.byteLength + words.byteLength + size);
  const bytes = new Uint8Array(buffer, 12 + starts.byteLength + words.byteLength);
  let at = 0;
  lines.forEach((line, index) => { starts[index] = at; for (let unit = 0; unit < line.length; unit += 1) bytes[at++] = line.charCodeAt(unit); });
  starts[lines.length] = at;
  new Uint32Array(buffer, 0, 3).set([magic, starts.length, words.byteLength]);
  new Uint32Array(buffer, 12, starts.length).set(starts);
  new Uint8Array(buffer, 12 + starts.byteLength, words.byteLength).set(new Uint8Array(words));
  return buffer;
}

/** Opens a compiled lexicon; nothing is copied. Throws when the buffer is not one of ours. */
export function openLexicon(buffer: ArrayBuffer): Lexicon {
  const [mark, count = 0, size = 0] = new Uint32Array(buffer, 0, 3);
  if (mark !== magic) throw new Error('Not a compiled lexicon');
  const starts = new Uint32Array(buffer, 12, count);
  const bytes = new Uint8Array(buffer, 12 + 4 * count + size);
  const made = new Map<number, Held>();
  const read = (index: number): unknown => JSON.parse(String.fromCharCode(...bytes.subarray(starts[index], starts[index + 1])));
  const abbreviations = new Map(Object.entries(read(0) as Abbreviations));
  return {
    abbreviations,
    matcher: openWords(buffer, 12 + 4 * count),
    held(index) {
      const known = made.get(index);
      if (known) return known;
      const entry = read(index + 1) as StoredEntry;
      const held: Held = { entry, unless: entry.unless ? compileCue(entry.unless) : null, onlyWhen: entry.onlyWhen ? compileCue(entry.onlyWhen) : null };
      made.set(index, held);
      return held;
    },
  };
}

/** Compiles and opens at once: for Node, which has no packaged lexicon. */
export function createLexicon(entries: readonly LexiconEntry[], words: LexiconWords = noWords): Lexicon {
  return openLexicon(compileLexicon(entries, words));
}

/** Words of a text that a concept goes by, before it is chosen. */
export interface Hit extends Span { readonly index: number; readonly how: number }
