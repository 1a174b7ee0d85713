import type { Span } from '../base/span.js';
import { foldedWords } from './fold.js';
import { isAbbreviation, type Hit, type Lexicon } from './lexicon.js';
import { phraseIn } from './matcher.js';

const inBrackets = /\(\s?([\p{Lu}][\p{L}\p{N}]{1,6})\s?\)/gu;
const bracketed = /(?<![\p{L}\p{N}])([\p{Lu}][\p{L}\p{N}]{1,6}) \(([^()\n]{5,80})\)/gu;
const lastWord = /(?<![\p{L}\p{N}'’])([\p{L}\p{N}'’])[\p{L}\p{N}'’]*[^\p{L}\p{N}'’]*$/u;
const words = /[\p{L}\p{N}'’]+/gu;

/** Where the words stand whose first letters spell the abbreviation: the last of `text`, or all of it. */
function spelt(text: string, letters: string, whole: boolean): Span | null {
  // Most brackets end at once: the last word begins with another letter.
  if (lastWord.exec(text)?.[1]?.toLowerCase() !== letters.charAt(letters.length - 1)) return null;
  const found = [...text.matchAll(words)].map((match) => ({ start: match.index, end: match.index + match[0].length, first: match[0].charAt(0).toLowerCase() }));
  const last = found.at(-1);
  if (!last || /[.;:\n]/.test(text.slice(last.end))) return null;
  let letter = letters.length - 1;
  for (let at = found.length - 1; at >= 0 && found.length - at <= letters.length + 2; at -= 1) {
    const word = found[at];
    if (word?.first === letters.charAt(letter)) letter -= 1;
    else if (at === found.length - 1) return null;
    if (letter < 0 && word) return whole && at > 0 ? null : { start: word.start, end: last.end };
  }
  return null;
}

/** What a note itself says that its abbreviations stand for: “mitral stenosis (MS)”, “MS (mitral stenosis)”; by the abbreviation, where the long form stands. */
export function definitions(text: string): ReadonlyMap<string, Span> {
  const defined = new Map<string, Span>();
  const add = (short: string, from: number, long: string, whole: boolean): void => {
    if (defined.has(short) || !isAbbreviation(short)) return;
    const at = spelt(long, short.toLowerCase(), whole);
    if (at) defined.set(short, { start: from + at.start, end: from + at.end });
  };
  for (const match of text.matchAll(inBrackets)) {
    const near = text.slice(Math.max(0, match.index - 100), match.index);
    const line = near.slice(near.lastIndexOf('\n') + 1);
    add(match[1] ?? '', match.index - line.length, line, false);
  }
  for (const match of text.matchAll(bracketed)) add(match[1] ?? '', match.index + (match[1]?.length ?? 0) + 2, match[2] ?? '', true);
  return defined;
}

/**
 * Leaves out the abbreviations that do not stand for their concept here. The note's own definition goes first; an abbreviation
 * with several declared meanings counts where its long form stands in the note too, else only in the notes of a specialty in
 * which it goes without saying, and not where another meaning shows.
 */
export function settleAbbreviations(lexicon: Lexicon, text: string, hits: readonly Hit[], specialty: string | null): readonly Hit[] {
  const short = (hit: Hit): string | null => {
    if (hit.end - hit.start > 8) return null;
    const surface = text.slice(hit.start, hit.end);
    if (/\s/.test(surface) || !isAbbreviation(surface)) return null;
    return lexicon.abbreviations.has(surface) ? surface : surface.replace(/s$/, '');
  };
  const codeOf = (index: number): string => lexicon.held(index).entry.concept.codes[0];
  const shorts = hits.map(short);
  if (!shorts.some((one) => one !== null)) return hits;
  const defined = definitions(text);
  const written = new Set(hits.filter((_, at) => shorts[at] === null).map(({ index }) => codeOf(index)));
  let plain: string | null = null;
  const stands = (phrase: string): boolean => (plain ??= ` ${foldedWords(text).join(' ')} `).includes(` ${foldedWords(phrase).join(' ')} `);
  const isMeant = (name: string, code: string): boolean => {
    const long = defined.get(name);
    if (long) return hits.some((one, index) => shorts[index] === null && one.start < long.end && one.end > long.start && codeOf(one.index) === code);
    const readings = lexicon.abbreviations.get(name);
    if (!readings || written.has(code)) return true;
    const own = readings.filter((one) => { const index = phraseIn(lexicon.matcher, foldedWords(one.words)); return index >= 0 && codeOf(index) === code; });
    if (readings.some((one) => !own.includes(one) && [one.words, ...one.signs ?? []].some(stands))) return false;
    return own.some((one) => one.specialties.includes('any') || (specialty !== null && one.specialties.includes(specialty)));
  };
  const settled = new Map<string, boolean>();
  return hits.filter((hit, at) => {
    const name = shorts[at] ?? null;
    if (name === null) return true;
    const code = codeOf(hit.index);
    const key = `${name} ${code}`;
    const known = settled.get(key) ?? isMeant(name, code);
    settled.set(key, known);
    return known;
  });
}
