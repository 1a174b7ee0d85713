/** What a UTF-16 unit is to the scanner. Values of 4 and more are the folded unit of a word character. */
export const space = 0;
export const symbol = 1;
/** Part of the character before, or invisible: combining marks, apostrophes, soft hyphen, zero width, bidi controls. */
export const skip = 2;
export const dash = 3;

const letterOrNumber = /[\p{L}\p{N}]/u;
const mark = /\p{M}/u;
const invisible = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF'\u2018\u2019\u02BC]/;
const dashes = /[-\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/;
const white = /\s/;

/**
 * One entry for each UTF-16 unit: its class, or its folded form (lower case, accents away by NFD, so that dŵr is dwr).
 * Surrogates, paired or not, count as word characters of their own.
 */
export const fold: Uint16Array = makeFold();

function makeFold(): Uint16Array {
  const table = new Uint16Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit += 1) table[unit] = foldOne(unit);
  return table;
}

function foldOne(unit: number): number {
  if (unit >= 0xd800 && unit <= 0xdfff) return unit;
  const character = String.fromCharCode(unit);
  if (white.test(character)) return space;
  if (invisible.test(character) || mark.test(character)) return skip;
  if (dashes.test(character)) return dash;
  if (!letterOrNumber.test(character)) return symbol;
  const bare = character.normalize('NFD').charCodeAt(0);
  const lower = String.fromCharCode(bare).toLowerCase();
  return lower.length === 1 ? lower.charCodeAt(0) : bare;
}

/** Is this UTF-16 unit part of a word? */
export function isWord(unit: number): boolean {
  return (fold[unit] ?? symbol) > dash;
}

/** Is this UTF-16 unit a digit 0–9? */
export function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

/** The folded words of a text, as the scanner sees them. */
export function foldedWords(text: string): string[] {
  const words: string[] = [];
  let word = '';
  for (let at = 0; at < text.length; at += 1) {
    const kind = fold[text.charCodeAt(at)] ?? symbol;
    if (kind > dash) word += String.fromCharCode(kind);
    else if (kind !== skip && word !== '') { words.push(word); word = ''; }
  }
  if (word !== '') words.push(word);
  return words;
}
