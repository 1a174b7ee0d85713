import { dash, fold, foldedWords, isDigit, skip, space, symbol } from './fold.js';

/** A phrase of words to find. White space and dashes between words are one; `{number}` stands for a number. */
export interface WordPattern {
  readonly text: string;
  /** What is reported when it is found; a whole number of the caller's choosing. */
  readonly payload: number;
  /** Upper and lower case exactly as written (and then no plurals). */
  readonly caseSensitive: boolean;
}

export type OnMatch = (payload: number, start: number, end: number) => void;

/** A compiled list, opened: views on one ArrayBuffer. */
export interface WordMatcher {
  readonly slots: Uint32Array;
  readonly slotMask: number;
  readonly wordStart: Uint32Array;
  readonly wordUnits: Uint16Array;
  readonly rootChild: Uint32Array;
  readonly nodeWord: Uint32Array;
  readonly childStart: Uint32Array;
  readonly acceptStart: Uint32Array;
  readonly accepts: Uint32Array;
  readonly payloads: Uint32Array;
  readonly surfaceStart: Uint32Array;
  readonly surfaceUnits: Uint16Array;
}

const numberWord = 0;
const noNode = 0xffffffff;
const magic = 0x4e6f6431;
/** Shortest word (in folded units) that may stand in the plural. */
export const shortestPlural = 4;
const seed = 0x811c9dc5 | 0;

function step(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}

function slotOf(hash: number, mask: number): number {
  return (hash ^ (hash >>> 15)) & mask;
}

/** The words of a pattern as vocabulary; `{number}` becomes null. */
function wordsOf(text: string): (string | null)[] {
  return text.split(/(\{number\})/).flatMap((part) => (part === '{number}' ? [null] : foldedWords(part)));
}

interface BuildNode { readonly children: Map<number, BuildNode>; readonly patterns: number[] }

/**
 * Compiles word patterns into one ArrayBuffer: a vocabulary (hash table over folded words) and a trie over word numbers
 * in breadth-first order, so that a node's children are neighbours and need no pointers. Patterns without a word are refused by throwing.
 */
export function compileWords(patterns: readonly WordPattern[]): ArrayBuffer {
  const vocabulary = new Map<string, number>();
  const words: string[] = ['\u0000number'];
  const numberOf = (word: string): number => {
    const known = vocabulary.get(word);
    if (known !== undefined) return known;
    words.push(word);
    vocabulary.set(word, words.length - 1);
    return words.length - 1;
  };
  const root: BuildNode = { children: new Map(), patterns: [] };
  patterns.forEach((pattern, index) => {
    const parts = wordsOf(pattern.text);
    if (parts.length === 0) throw new Error(`A pattern has no word in it: “${pattern.text}”`);
    let node = root;
    for (const part of parts) {
      const word = part === null ? numberWord : numberOf(part);
      let child = node.children.get(word);
      if (!child) { child = { children: new Map(), patterns: [] }; node.children.set(word, child); }
      node = child;
    }
    node.patterns.push(index);
  });

  const order: BuildNode[] = [root];
  const nodeWord: number[] = [0];
  const childStart: number[] = [];
  const acceptStart: number[] = [];
  const accepts: number[] = [];
  for (let at = 0; at < order.length; at += 1) {
    const node = order[at] as BuildNode;
    childStart.push(order.length);
    acceptStart.push(accepts.length);
    accepts.push(...node.patterns);
    for (const [word, child] of [...node.children].sort((a, b) => a[0] - b[0])) { order.push(child); nodeWord.push(word); }
  }
  childStart.push(order.length);
  acceptStart.push(accepts.length);

  const rootChild = new Uint32Array(words.length).fill(noNode);
  for (let node = childStart[0] as number; node < (childStart[1] as number); node += 1) rootChild[nodeWord[node] as number] = node;

  const slotCount = 2 ** Math.ceil(Math.log2(Math.max(4, words.length * 1.7)));
  const slots = new Uint32Array(slotCount);
  const wordStart = new Uint32Array(words.length + 1);
  let units = 0;
  words.forEach((word, index) => { wordStart[index] = units; units += index === numberWord ? 0 : word.length; });
  wordStart[words.length] = units;
  const wordUnits = new Uint16Array(units);
  words.forEach((word, index) => {
    if (index === numberWord) return;
    let hash = seed;
    for (let at = 0; at < word.length; at += 1) { wordUnits[(wordStart[index] as number) + at] = word.charCodeAt(at); hash = step(hash, word.charCodeAt(at)); }
    let slot = slotOf(hash, slotCount - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (slotCount - 1);
    slots[slot] = index;
  });

  const surfaceStart = new Uint32Array(patterns.length + 1);
  let surfaces = '';
  patterns.forEach((pattern, index) => { surfaceStart[index] = surfaces.length; if (pattern.caseSensitive) surfaces += pattern.text; });
  surfaceStart[patterns.length] = surfaces.length;
  const surfaceUnits = Uint16Array.from(surfaces, (_, at) => surfaces.charCodeAt(at));

  const longs: readonly ArrayLike<number>[] = [slots, wordStart, rootChild, nodeWord, childStart, acceptStart, accepts, patterns.map((pattern) => pattern.payload), surfaceStart];
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

/** Opens a compiled list; nothing is copied. Throws when the buffer is not one of ours. */
export function openWords(buffer: ArrayBuffer): WordMatcher {
  const head = new Uint32Array(buffer, 0, 2);
  if (head[0] !== magic) throw new Error('Not a compiled word list');
  const lengths = new Uint32Array(buffer, 8, (head[1] as number) - 2);
  let at = (head[1] as number) * 4;
  let part = 0;
  const long = (): Uint32Array => { const length = lengths[part++] as number; const view = new Uint32Array(buffer, at, length); at += length * 4; return view; };
  const short = (): Uint16Array => { const length = lengths[part++] as number; const view = new Uint16Array(buffer, at, length); at += length * 2; return view; };
  const slots = long();
  return { slots, slotMask: slots.length - 1, wordStart: long(), rootChild: long(), nodeWord: long(), childStart: long(), acceptStart: long(), accepts: long(), payloads: long(), surfaceStart: long(), wordUnits: short(), surfaceUnits: short() };
}

/** The number of the word whose folded units are text[start, start+length) less skipped ones, with `last` in place of its last unit when not 0; 0 when it is not in the vocabulary. */
function lookUp(matcher: WordMatcher, text: string, start: number, length: number, hash: number, last: number): number {
  const { slots, slotMask, wordStart, wordUnits } = matcher;
  for (let slot = slotOf(hash, slotMask); ; slot = (slot + 1) & slotMask) {
    const word = slots[slot] as number;
    if (word === 0) return 0;
    const from = wordStart[word] as number;
    if ((wordStart[word + 1] as number) - from !== length) continue;
    let same = true;
    for (let at = start, unit = 0; unit < length; at += 1) {
      const folded = fold[text.charCodeAt(at)] as number;
      if (folded === skip) continue;
      if ((last !== 0 && unit === length - 1 ? last : folded) !== wordUnits[from + unit]) { same = false; break; }
      unit += 1;
    }
    if (same) return word;
  }
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
  let count = 0;
  let at = 0;
  let lines = 0;
  let joined = false;
  while (at < length) {
    const unit = text.charCodeAt(at);
    let kind = fold[unit] as number;
    if (kind <= dash) {
      if (kind === space) { if (unit === lineFeed) { lines += 1; if (lines > 1) joined = false; } else if (unit === tab) joined = false; }
      else if (kind === symbol) { joined = false; if (onSymbol) onSymbol(unit, at); }
      else if (kind === dash && onSymbol) onSymbol(unit, at);
      at += 1;
      continue;
    }
    const start = at;
    let end = at;
    let units = 0;
    let digits = true;
    let hash = seed, hash1 = 0, hash2 = 0, hash3 = 0, last = 0, last2 = 0, last3 = 0;
    for (;;) {
      if (kind > dash) {
        hash3 = hash2; hash2 = hash1; hash1 = hash; hash = Math.imul(hash ^ kind, 0x01000193);
        last3 = last2; last2 = last; last = kind;
        units += 1;
        if (digits && !isDigit(kind)) digits = false;
        end = at + 1;
      } else if (kind === skip) {
        const mark = text.charCodeAt(at);
        if (onSymbol && mark >= 0x300 && mark <= 0x36f) onSymbol(mark, at);
      } else {
        const point = digits && kind === symbol && at + 1 < length ? text.charCodeAt(at) : 0;
        if (!((point === dot || point === comma) && end === at && isDigit(text.charCodeAt(at + 1)))) break;
        // A decimal point inside a number: the token goes on, and is only ever a number.
        last = 0; units += 64;
      }
      at += 1;
      if (at >= length) break;
      kind = fold[text.charCodeAt(at)] as number;
    }
    if (count + 1 >= room) grow();
    tokenStart[count] = start;
    tokenEnd[count] = end;
    tokenExact[count] = units < 64 ? lookUp(matcher, text, start, units, hash, 0) : 0;
    let s = 0, es = 0;
    if (last === letterS && units > shortestPlural && units < 64) {
      s = lookUp(matcher, text, start, units - 1, hash1, 0);
      if (last2 === letterE) {
        if (units - 2 >= shortestPlural) es = lookUp(matcher, text, start, units - 2, hash2, 0);
        if (last3 === letterI && es === 0 && units - 2 >= shortestPlural) es = lookUp(matcher, text, start, units - 2, step(hash3, letterY), letterY);
      }
    }
    tokenS[count] = s;
    tokenEs[count] = es;
    tokenFlags[count] = digits ? numeric : 0;
    if (count > 0 && joined) tokenFlags[count - 1] = (tokenFlags[count - 1] as number) | joins;
    count += 1;
    joined = true;
    lines = 0;
  }

  const { rootChild } = matcher;
  for (let token = 0; token < count; token += 1) {
    const exact = tokenExact[token] as number;
    const s = tokenS[token] as number;
    const es = tokenEs[token] as number;
    if (exact !== 0 && rootChild[exact] !== noNode) follow(matcher, text, rootChild[exact] as number, token, token, count, false, onMatch);
    if (s !== 0 && rootChild[s] !== noNode) follow(matcher, text, rootChild[s] as number, token, token, count, true, onMatch);
    if (es !== 0 && rootChild[es] !== noNode) follow(matcher, text, rootChild[es] as number, token, token, count, true, onMatch);
    if (((tokenFlags[token] as number) & numeric) !== 0 && rootChild[numberWord] !== noNode) follow(matcher, text, rootChild[numberWord] as number, token, token, count, false, onMatch);
  }
}

function child(matcher: WordMatcher, node: number, word: number): number {
  let low = matcher.childStart[node] as number;
  let high = (matcher.childStart[node + 1] as number) - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const there = matcher.nodeWord[middle] as number;
    if (there === word) return middle;
    if (there < word) low = middle + 1; else high = middle - 1;
  }
  return noNode;
}

function follow(matcher: WordMatcher, text: string, node: number, first: number, token: number, count: number, plural: boolean, onMatch: OnMatch): void {
  const end = matcher.acceptStart[node + 1] as number;
  for (let at = matcher.acceptStart[node] as number; at < end; at += 1) {
    const pattern = matcher.accepts[at] as number;
    const from = tokenStart[first] as number;
    const to = tokenEnd[token] as number;
    if (isSurface(matcher, pattern, text, from, to, plural)) onMatch(matcher.payloads[pattern] as number, from, to);
  }
  if (matcher.childStart[node] === matcher.childStart[node + 1] || token + 1 >= count || ((tokenFlags[token] as number) & joins) === 0) return;
  const next = token + 1;
  const exact = tokenExact[next] as number;
  const s = tokenS[next] as number;
  const es = tokenEs[next] as number;
  let to = noNode;
  if (exact !== 0 && (to = child(matcher, node, exact)) !== noNode) follow(matcher, text, to, first, next, count, plural, onMatch);
  if (s !== 0 && (to = child(matcher, node, s)) !== noNode) follow(matcher, text, to, first, next, count, true, onMatch);
  if (es !== 0 && (to = child(matcher, node, es)) !== noNode) follow(matcher, text, to, first, next, count, true, onMatch);
  if (((tokenFlags[next] as number) & numeric) !== 0 && (to = child(matcher, node, numberWord)) !== noNode) follow(matcher, text, to, first, next, count, plural, onMatch);
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
