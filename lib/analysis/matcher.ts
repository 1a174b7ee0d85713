import { dash, fold, foldedWords, isDigit, skip, space, symbol } from './fold.js';
import { beforeName, cutsOf, meantBy, shortestSlip } from './slip.js';
import { fileHashes, seed, slotOf, step, unstep, wordMask } from './word-hash.js';

/** A phrase of words to find. White space and dashes between words are one; `{number}` stands for a number. */
export interface WordPattern {
  readonly text: string;
  /** What is reported when it is found; a whole number of the caller's choosing. */
  readonly payload: number;
  /** Upper and lower case exactly as written (and then no plurals). */
  readonly caseSensitive: boolean;
  /** Its folded words, where the caller has them already. */
  readonly folded?: readonly string[];
}

/** `how`: 0 as the list has it; `gaps` and `misspelt` as bits. */
export type OnMatch = (payload: number, start: number, end: number, how: number) => void;
/** Words that may stand between those of a phrase stood there. */
export const gaps = 1;
/** A word was read for another, one slip of the pen away. */
export const misspelt = 2;

/** What a list knows of words besides its phrases; all in folded form. */
export interface WordLists {
  /** Other forms of a word of the list: an inflection, a spelling, the adjective of a site. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Words that may stand between those of a phrase, two at most. */
  readonly fillers: readonly string[];
  /** A misspelt word is read only for one that has one of these parts. */
  readonly clinical: readonly string[];
  /** Words that are words, though no phrase has them: never read for another. */
  readonly known: Iterable<string>;
  /** Symbols that are read as a word before a letter: `#`. */
  readonly symbols: ReadonlyMap<string, string>;
}

/** A compiled list, opened: views on one ArrayBuffer. */
export interface WordMatcher {
  readonly slots: Uint32Array;
  readonly slotMask: number;
  readonly wordStart: Uint32Array;
  readonly wordUnits: Uint16Array;
  /** How many words begin a phrase: they have the numbers from 1 on, so that a word's own number is its place below the root. */
  readonly beginners: number;
  /** 1 when a number begins a phrase and stands before the words below the root, else 0. */
  readonly numberFirst: number;
  /** The words below this number stand in phrases; those from it on are their other forms, or only known. */
  readonly inPhrases: number;
  readonly nodeWord: Uint32Array;
  /** For each node where its children start and where its patterns start, side by side. */
  readonly nodes: Uint32Array;
  readonly payloads: Uint32Array;
  readonly surfaceStart: Uint32Array;
  readonly surfaceUnits: Uint16Array;
  /** For each word the one whose other form it is, with `fillerBit` and `clinicalBit` above; empty for a list without word lists. */
  readonly alias: Uint32Array;
  /** Long words by the hash of what is left of them when a letter is taken out (after SymSpell); empty where nothing is corrected. */
  readonly cuts: Uint32Array;
  /** Pairs of a symbol and the word that it is read as. */
  readonly symbolWords: Uint32Array;
}

const fillerBit = 1 << 31;
/** A word that a misspelt one may be read for. */
const clinicalBit = 1 << 30;
const numberWord = 0;
const noNode = 0xffffffff;
const magic = 0x4e6f6431;
/** Shortest word (in folded units) that may stand in the plural. */
export const shortestPlural = 4;
/** The words of a pattern as vocabulary; `{number}` becomes null. */
function wordsOf(text: string): (string | null)[] {
  return text.split(/(\{number\})/).flatMap((part) => (part === '{number}' ? [null] : foldedWords(part)));
}

/**
 * Compiles word patterns into one ArrayBuffer: a vocabulary (hash table over folded words) and a trie over word numbers
 * in breadth-first order, so that a node's children are neighbours and need no pointers. Patterns without a word are refused by throwing.
 */
export function compileWords(patterns: readonly WordPattern[], lists: WordLists | null = null): ArrayBuffer {
  const vocabulary = new Map<string, number>();
  const words: string[] = ['\u0000number'];
  const numberOf = (word: string): number => {
    const known = vocabulary.get(word);
    if (known !== undefined) return known;
    words.push(word);
    vocabulary.set(word, words.length - 1);
    return words.length - 1;
  };
  const split = patterns.map((pattern) => {
    const parts = pattern.folded ?? wordsOf(pattern.text);
    if (parts.length === 0) throw new Error(`A pattern has no word in it: “${pattern.text}”`);
    return parts;
  });
  for (const [first] of split) if (first !== null && first !== undefined) numberOf(first);
  const beginners = words.length - 1;
  const paths = split.map((parts) => parts.map((part) => (part === null ? numberWord : numberOf(part))));
  const inPhrases = words.length;
  const aliasOf: (readonly [number, number])[] = [];
  const symbolWords: number[] = [];
  if (lists) {
    for (const [form, word] of lists.aliases) if (vocabulary.has(word) && !vocabulary.has(form)) aliasOf.push([numberOf(form), numberOf(word)]);
    for (const word of lists.fillers) numberOf(word);
    for (const [symbol, word] of lists.symbols) if (vocabulary.has(word)) symbolWords.push(symbol.charCodeAt(0), numberOf(word));
    for (const word of lists.known) numberOf(word);
  }
  const alias = new Uint32Array(lists ? words.length : 0);
  for (const [form, word] of aliasOf) alias[form] = word;
  for (const filler of lists?.fillers ?? []) { const at = numberOf(filler); alias[at] = ((alias[at] as number) | fillerBit) >>> 0; }
  if (lists && lists.clinical.length > 0) {
    const clinical = new RegExp(lists.clinical.join('|'));
    words.forEach((word, at) => { if (clinical.test(word)) alias[at] = ((alias[at] as number) | clinicalBit) >>> 0; });
  }
  const cuts = lists ? fileHashes(cutsOf(words)) : new Uint32Array(0);
  // Sorted by their words, the phrases below a node are a stretch of the list: the trie needs no objects of its own while it is made.
  const sorted = Uint32Array.from(paths, (_, index) => index).sort((x, y) => {
    const one = paths[x] as number[];
    const two = paths[y] as number[];
    const most = Math.min(one.length, two.length);
    for (let at = 0; at < most; at += 1) if (one[at] !== two[at]) return (one[at] as number) - (two[at] as number);
    return one.length - two.length || x - y;
  });

  const from: number[] = [0];
  const to: number[] = [sorted.length];
  const depth: number[] = [0];
  const nodeWord: number[] = [0];
  const nodes: number[] = [];
  // In the order of their nodes, so that a node's patterns are neighbours too.
  const accepted: WordPattern[] = [];
  let hasNumberFirst = false;
  for (let at = 0; at < from.length; at += 1) {
    nodes.push(from.length, accepted.length);
    const level = depth[at] as number;
    const end = to[at] as number;
    let next = from[at] as number;
    for (; next < end && (paths[sorted[next] as number] as number[]).length === level; next += 1) accepted.push(patterns[sorted[next] as number] as WordPattern);
    while (next < end) {
      const word = (paths[sorted[next] as number] as number[])[level] as number;
      const start = next;
      while (next < end && (paths[sorted[next] as number] as number[])[level] === word) next += 1;
      from.push(start); to.push(next); depth.push(level + 1); nodeWord.push(word);
      if (level === 0 && word === numberWord) hasNumberFirst = true;
    }
  }
  nodes.push(from.length, accepted.length);

  if (words.length > wordMask) throw new Error(`More than ${wordMask} different words`);
  const numberFirst = hasNumberFirst ? 1 : 0;

  const wordStart = new Uint32Array(words.length + 1);
  let units = 0;
  words.forEach((word, index) => { wordStart[index] = units; units += index === numberWord ? 0 : word.length; });
  wordStart[words.length] = units;
  const wordUnits = new Uint16Array(units);
  const slots = fileHashes(words.flatMap((word, index) => {
    if (index === numberWord) return [];
    let hash = seed;
    for (let at = 0; at < word.length; at += 1) { wordUnits[(wordStart[index] as number) + at] = word.charCodeAt(at); hash = step(hash, word.charCodeAt(at)); }
    return [[hash, index] as const];
  }));

  const surfaceStart = new Uint32Array(accepted.length + 1);
  let surfaces = '';
  accepted.forEach((pattern, index) => { surfaceStart[index] = surfaces.length; if (pattern.caseSensitive) surfaces += pattern.text; });
  surfaceStart[accepted.length] = surfaces.length;
  const surfaceUnits = Uint16Array.from(surfaces, (_, at) => surfaces.charCodeAt(at));

  const longs: readonly ArrayLike<number>[] = [[beginners, numberFirst, inPhrases], slots, wordStart, nodeWord, nodes, accepted.map((pattern) => pattern.payload), surfaceStart, alias, cuts, symbolWords];
  const shorts: readonly Uint16Array[] = [wordUnits, surfaceUnits];
  const header = 2 + longs.length + shorts.length;
  const bytes = 4 * (header + longs.reduce((sum, part) => sum + part.length, 0)) + 2 * shorts.reduce((sum, part) => sum + part.length, 0);
  const buffer = new ArrayBuffer(bytes);
  const head = new Uint32Array(buffer, 0, header);
  head.set([magic, header, ...longs.map((part) => part.length), ...shorts.map((part) => part.length)]);
  let at = header * 4;
  for (const part of longs) { new Uint32Array(buffer, at, part.length).set(part); at += part.length * 4; }
  for (const part of shorts) { new Uint16Array(buffer, at, part.length).set(part); at += part.length * 2; }
  return buffer;
}

/** Opens a compiled list that begins at `offset` (a multiple of four); nothing is copied. Throws when the buffer is not one of ours. */
export function openWords(buffer: ArrayBuffer, offset = 0): WordMatcher {
  const head = new Uint32Array(buffer, offset, 2);
  if (head[0] !== magic) throw new Error('Not a compiled word list');
  const lengths = new Uint32Array(buffer, offset + 8, (head[1] as number) - 2);
  let at = offset + (head[1] as number) * 4;
  let part = 0;
  const long = (): Uint32Array => { const length = lengths[part++] as number; const view = new Uint32Array(buffer, at, length); at += length * 4; return view; };
  const short = (): Uint16Array => { const length = lengths[part++] as number; const view = new Uint16Array(buffer, at, length); at += length * 2; return view; };
  const [beginners = 0, numberFirst = 0, inPhrases = 0] = long();
  const slots = long();
  return { beginners, numberFirst, inPhrases, slots, slotMask: slots.length - 1, wordStart: long(), nodeWord: long(), nodes: long(), payloads: long(), surfaceStart: long(), alias: long(), cuts: long(), symbolWords: long(), wordUnits: short(), surfaceUnits: short() };
}

// The folded units of the word that is being read; longer words are in no list.
const longestWord = 63;
const wordNow = new Uint16Array(longestWord + 1);

/** Are the first `length` units of the word that is being read digits, all of them? */
function isFigure(length: number): boolean {
  if (length > longestWord) return false;
  for (let at = 0; at < length; at += 1) if (!isDigit(wordNow[at] as number)) return false;
  return true;
}

/** The number of the word whose first `length` folded units are in `wordNow`, or of the one whose other form it is; 0 when it is not in the vocabulary. */
function lookUp(matcher: WordMatcher, length: number, hash: number): number {
  const { slots, slotMask, wordStart, wordUnits } = matcher;
  const tag = hash & ~wordMask;
  for (let slot = slotOf(hash, slotMask); ; slot = (slot + 1) & slotMask) {
    const held = slots[slot] as number;
    if (held === 0) return 0;
    if ((held & ~wordMask) !== tag) continue;
    const word = held & wordMask;
    const from = wordStart[word] as number;
    if ((wordStart[word + 1] as number) - from !== length) continue;
    let unit = 0;
    while (unit < length && wordNow[unit] === wordUnits[from + unit]) unit += 1;
    if (unit === length) { const other = (matcher.alias[word] ?? 0) & wordMask; return other === 0 ? word : other; }
  }
}

/** The one word that the word being read may be a slip for; 0 when there is none, or when another word, in a phrase or not, is as near. */
function readSlip(matcher: WordMatcher, length: number): number {
  const { wordStart, wordUnits, alias, inPhrases } = matcher;
  const meant = meantBy(String.fromCharCode(...wordNow.subarray(0, length)), matcher.slots, matcher.cuts, (word) => String.fromCharCode(...wordUnits.subarray(wordStart[word], wordStart[word + 1])));
  let only = 0;
  for (const word of meant) {
    const other = ((alias[word] ?? 0) & wordMask) || word;
    if (other >= inPhrases || ((alias[word] ?? 0) & clinicalBit) === 0 || (only !== 0 && only !== other)) return 0;
    only = other;
  }
  return only;
}

// One set of token columns for all scans: word numbers (exact, plural s, plural es/ies), bounds, and whether the next token may continue a phrase.
let room = 1 << 12;
let tokenStart = new Int32Array(room);
let tokenEnd = new Int32Array(room);
let tokenExact = new Int32Array(room);
let tokenS = new Int32Array(room);
let tokenEs = new Int32Array(room);
let tokenFlags = new Uint8Array(room);
const joins = 1;
const numeric = 2;
const corrected = 4;

function grow(): void {
  const copy = (old: Int32Array): Int32Array<ArrayBuffer> => { const fresh = new Int32Array(room * 2); fresh.set(old); return fresh; };
  tokenStart = copy(tokenStart); tokenEnd = copy(tokenEnd); tokenExact = copy(tokenExact); tokenS = copy(tokenS); tokenEs = copy(tokenEs);
  const flags = new Uint8Array(room * 2); flags.set(tokenFlags); tokenFlags = flags;
  room *= 2;
}

const letterS = 115, letterE = 101, letterI = 105, letterY = 121, dot = 46, comma = 44, tab = 9, lineFeed = 10;

/** Reports every match of every word pattern, overlaps included, in linear time. `onSymbol` hears of each symbol and dash on the way. */
export function scanWords(matcher: WordMatcher, text: string, onMatch: OnMatch, onSymbol: ((unit: number, at: number) => void) | null): void {
  const length = text.length;
  const { symbolWords, cuts } = matcher;
  let count = 0;
  let at = 0;
  let lines = 0;
  let joined = false;
  while (at < length) {
    const unit = text.charCodeAt(at);
    let kind = fold[unit] as number;
    if (kind <= dash) {
      if (kind === space) { if (unit === lineFeed) { lines += 1; if (lines > 1) joined = false; } else if (unit === tab) joined = false; }
      else if (kind === symbol) {
        if (onSymbol) onSymbol(unit, at);
        const word = symbolWords.length === 0 ? 0 : symbolWord(matcher, text, unit, at);
        joined = false;
        if (word !== 0) {
          if (count + 1 >= room) grow();
          tokenStart[count] = at; tokenEnd[count] = at + 1; tokenExact[count] = word; tokenS[count] = 0; tokenEs[count] = 0; tokenFlags[count] = 0;
          count += 1;
          joined = true;
        }
      }
      else if (kind === dash && onSymbol) onSymbol(unit, at);
      at += 1;
      continue;
    }
    const start = at;
    let end = at;
    let units = 0;
    let hash = seed;
    let decimal = false;
    for (;;) {
      // The tight loop: most of the time of a reading is spent here.
      do {
        hash = Math.imul(hash ^ kind, 0x01000193);
        wordNow[units & longestWord] = kind;
        units += 1;
        at += 1;
        kind = at < length ? fold[text.charCodeAt(at)] as number : space;
      } while (kind > dash);
      end = at;
      while (kind === skip) {
        const mark = text.charCodeAt(at);
        if (onSymbol && mark >= 0x300 && mark <= 0x36f) onSymbol(mark, at);
        at += 1;
        kind = at < length ? fold[text.charCodeAt(at)] as number : space;
      }
      if (kind > dash) continue;
      if (kind !== symbol || end !== at || at + 1 >= length) break;
      const point = text.charCodeAt(at);
      if ((point !== dot && point !== comma) || !isDigit(text.charCodeAt(at + 1)) || !isFigure(units)) break;
      // A decimal point inside a number: the token goes on, and is only ever a number.
      decimal = true;
      units = 0;
      at += 1;
      kind = fold[text.charCodeAt(at)] as number;
    }
    const digits = isFigure(units);
    if (count + 1 >= room) grow();
    tokenStart[count] = start;
    tokenEnd[count] = end;
    let exact = 0, s = 0, es = 0;
    if (!decimal && units <= longestWord) {
      exact = lookUp(matcher, units, hash);
      if (units > shortestPlural && wordNow[units - 1] === letterS) {
        const hash1 = unstep(hash, letterS);
        s = lookUp(matcher, units - 1, hash1);
        if (wordNow[units - 2] === letterE && units - 2 >= shortestPlural) {
          const hash2 = unstep(hash1, letterE);
          es = lookUp(matcher, units - 2, hash2);
          if (es === 0 && wordNow[units - 3] === letterI) {
            wordNow[units - 3] = letterY;
            es = lookUp(matcher, units - 2, step(unstep(hash2, letterI), letterY));
            wordNow[units - 3] = letterI;
          }
        }
      }
    }
    let slip = false;
    if (cuts.length !== 0 && exact === 0 && s === 0 && es === 0 && !digits && !decimal && units >= shortestSlip && units <= longestWord) {
      exact = readSlip(matcher, units);
      if (exact !== 0 && text.charCodeAt(start) !== wordNow[0] && beforeName.test(text.slice(Math.max(0, start - 40), start))) exact = 0;
      slip = exact !== 0;
    }
    tokenExact[count] = exact;
    tokenS[count] = s;
    tokenEs[count] = es;
    tokenFlags[count] = (digits ? numeric : 0) | (slip ? corrected : 0);
    if (count > 0 && joined) tokenFlags[count - 1] = (tokenFlags[count - 1] as number) | joins;
    count += 1;
    joined = true;
    lines = 0;
  }

  const { beginners, numberFirst } = matcher;
  for (let token = 0; token < count; token += 1) {
    const exact = tokenExact[token] as number;
    const s = tokenS[token] as number;
    const es = tokenEs[token] as number;
    const how = ((tokenFlags[token] as number) & corrected) !== 0 ? misspelt : 0;
    if (exact !== 0 && exact <= beginners) follow(matcher, text, exact + numberFirst, token, token, count, false, how, onMatch);
    if (s !== 0 && s <= beginners) follow(matcher, text, s + numberFirst, token, token, count, true, how, onMatch);
    if (es !== 0 && es <= beginners) follow(matcher, text, es + numberFirst, token, token, count, true, how, onMatch);
    if (numberFirst === 1 && ((tokenFlags[token] as number) & numeric) !== 0) follow(matcher, text, 1, token, token, count, false, how, onMatch);
  }
}

function child(matcher: WordMatcher, node: number, word: number): number {
  let low = matcher.nodes[2 * node] as number;
  let high = (matcher.nodes[2 * node + 2] as number) - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const there = matcher.nodeWord[middle] as number;
    if (there === word) return middle;
    if (there < word) low = middle + 1; else high = middle - 1;
  }
  return noNode;
}

/** Most words that may stand in one gap of a phrase. */
const longestGap = 2;

function follow(matcher: WordMatcher, text: string, node: number, first: number, token: number, count: number, plural: boolean, how: number, onMatch: OnMatch): void {
  const { nodes, alias } = matcher;
  const end = nodes[2 * node + 3] as number;
  for (let pattern = nodes[2 * node + 1] as number; pattern < end; pattern += 1) {
    const from = tokenStart[first] as number;
    const to = tokenEnd[token] as number;
    if (matcher.surfaceUnits.length === 0 || isSurface(matcher, pattern, text, from, to, plural)) onMatch(matcher.payloads[pattern] as number, from, to, how);
  }
  if (nodes[2 * node] === nodes[2 * node + 2]) return;
  let so = how;
  for (let next = token + 1; next < count && ((tokenFlags[next - 1] as number) & joins) !== 0; next += 1) {
    const exact = tokenExact[next] as number;
    const s = tokenS[next] as number;
    const es = tokenEs[next] as number;
    const now = ((tokenFlags[next] as number) & corrected) !== 0 ? so | misspelt : so;
    let to = noNode;
    if (exact !== 0 && (to = child(matcher, node, exact)) !== noNode) follow(matcher, text, to, first, next, count, plural, now, onMatch);
    if (s !== 0 && (to = child(matcher, node, s)) !== noNode) follow(matcher, text, to, first, next, count, true, now, onMatch);
    if (es !== 0 && (to = child(matcher, node, es)) !== noNode) follow(matcher, text, to, first, next, count, true, now, onMatch);
    if (((tokenFlags[next] as number) & numeric) !== 0 && (to = child(matcher, node, numberWord)) !== noNode) follow(matcher, text, to, first, next, count, plural, now, onMatch);
    if (alias.length === 0 || next - token > longestGap || exact === 0 || ((alias[exact] as number) & fillerBit) === 0) return;
    so |= gaps;
  }
}

/** The payload of the phrase of these folded words, as a list knows it; -1 where it has none. */
export function phraseIn(matcher: WordMatcher, words: readonly string[]): number {
  let node = 0;
  for (const [at, word] of words.entries()) {
    if (word.length > longestWord) return -1;
    let hash = seed;
    for (let unit = 0; unit < word.length; unit += 1) { wordNow[unit] = word.charCodeAt(unit); hash = step(hash, word.charCodeAt(unit)); }
    const number = lookUp(matcher, word.length, hash);
    if (number === 0) return -1;
    node = at > 0 ? child(matcher, node, number) : number <= matcher.beginners ? number + matcher.numberFirst : noNode;
    if (node === noNode) return -1;
  }
  for (let pattern = matcher.nodes[2 * node + 1] as number; pattern < (matcher.nodes[2 * node + 3] as number); pattern += 1) if (matcher.surfaceStart[pattern] === matcher.surfaceStart[pattern + 1]) return matcher.payloads[pattern] as number;
  return -1;
}

/** The word that a symbol stands for: before a letter, a space between at most. */
function symbolWord({ symbolWords }: WordMatcher, text: string, unit: number, at: number): number {
  for (let pair = 0; pair < symbolWords.length; pair += 2) {
    if (symbolWords[pair] !== unit) continue;
    const next = text.charCodeAt(text.charCodeAt(at + 1) === 32 ? at + 2 : at + 1);
    return next === next && (fold[next] as number) > dash && !isDigit(next) ? symbolWords[pair + 1] as number : 0;
  }
  return 0;
}

/** A case-sensitive pattern counts only as written, letter for letter; white space and dashes may differ. */
function isSurface(matcher: WordMatcher, pattern: number, text: string, from: number, to: number, plural: boolean): boolean {
  const start = matcher.surfaceStart[pattern] as number;
  const end = matcher.surfaceStart[pattern + 1] as number;
  if (start === end) return true;
  if (plural) return false;
  let there = start;
  for (let at = from; at < to; at += 1) {
    const unit = text.charCodeAt(at);
    if ((fold[unit] as number) <= dash) continue;
    while (there < end && (fold[matcher.surfaceUnits[there] as number] as number) <= dash) there += 1;
    if (there >= end || matcher.surfaceUnits[there] !== unit) return false;
    there += 1;
  }
  while (there < end && (fold[matcher.surfaceUnits[there] as number] as number) <= dash) there += 1;
  return there === end;
}
