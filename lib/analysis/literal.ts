import type { OnMatch } from './matcher.js';
import { dash, fold, isDigit, isWord, skip, space } from './fold.js';

/** A run of characters with symbols in it: `c/w`, `+ve`, `?`, `-like`, `{number}/day`. */
export interface LiteralPattern {
  readonly text: string;
  readonly payload: number;
  readonly caseSensitive: boolean;
  /** `before-term`: counts only in front of a word on the same line, which is marked with it. `between-terms`: only between two words. */
  readonly place: 'anywhere' | 'before-term' | 'between-terms';
}

type Part = { readonly kind: 'unit'; readonly unit: number } | { readonly kind: 'space' } | { readonly kind: 'number' };

interface Compiled extends LiteralPattern {
  readonly parts: readonly Part[];
  /** Which part is the symbol that the pattern is looked up by. */
  readonly pivot: number;
}

/** Literal patterns by their first symbol. */
export type LiteralMatcher = ReadonlyMap<number, readonly Compiled[]>;

/** A mark above or below the letter before it (U+0300–U+036F). */
export function isCombining(unit: number): boolean {
  return unit >= 0x300 && unit <= 0x36f;
}

function partsOf(text: string): Part[] {
  return text.split(/(\{number\}|\s+)/).filter((piece) => piece !== '').flatMap((piece): Part[] => {
    if (piece === '{number}') return [{ kind: 'number' }];
    if (/^\s+$/.test(piece)) return [{ kind: 'space' }];
    return Array.from({ length: piece.length }, (_, at): Part => ({ kind: 'unit', unit: piece.charCodeAt(at) }));
  });
}

/** Files literal patterns under their first symbol. Throws for a pattern without one: it belongs among the words. */
export function compileLiterals(patterns: readonly LiteralPattern[]): LiteralMatcher {
  const filed = new Map<number, Compiled[]>();
  for (const pattern of patterns) {
    const parts = partsOf(pattern.text);
    // A combining mark may be the symbol: c̄ is a c with a bar.
    const isPivot = (part: Part): boolean => part.kind === 'unit' && !isWord(part.unit) && fold[part.unit] !== space && (fold[part.unit] !== skip || isCombining(part.unit));
    const pivot = parts.findIndex(isPivot);
    const at = parts[pivot];
    if (at?.kind !== 'unit') throw new Error(`A literal pattern has no symbol in it: “${pattern.text}”`);
    const list = filed.get(at.unit) ?? [];
    list.push({ ...pattern, parts, pivot });
    filed.set(at.unit, list);
  }
  return filed;
}

function sameUnit(pattern: Compiled, wanted: number, found: number): boolean {
  if (wanted === found) return true;
  if (pattern.caseSensitive) return false;
  const a = fold[wanted] as number;
  return a > dash && a === fold[found];
}

/** Follows parts forward from `at`; the offset after the last, or -1. */
function forward(pattern: Compiled, text: string, from: number, start: number): number {
  let at = start;
  for (let index = from; index < pattern.parts.length; index += 1) {
    const part = pattern.parts[index] as Part;
    if (part.kind === 'unit') {
      if (at >= text.length || !sameUnit(pattern, part.unit, text.charCodeAt(at))) return -1;
      at += 1;
    } else if (part.kind === 'space') {
      const begin = at;
      while (at < text.length && fold[text.charCodeAt(at)] === space) at += 1;
      if (at === begin) return -1;
    } else {
      const begin = at;
      while (at < text.length && isDigit(text.charCodeAt(at))) at += 1;
      if (at === begin) return -1;
    }
  }
  return at;
}

/** Follows parts backward from the pivot; the offset of the first, or -1. */
function backward(pattern: Compiled, text: string, pivotAt: number): number {
  let at = pivotAt;
  for (let index = pattern.pivot - 1; index >= 0; index -= 1) {
    const part = pattern.parts[index] as Part;
    if (part.kind === 'unit') {
      if (at === 0 || !sameUnit(pattern, part.unit, text.charCodeAt(at - 1))) return -1;
      at -= 1;
    } else {
      const begin = at;
      const fits = part.kind === 'space' ? (unit: number): boolean => fold[unit] === space : isDigit;
      while (at > 0 && fits(text.charCodeAt(at - 1))) at -= 1;
      if (at === begin) return -1;
    }
  }
  return at;
}

/** An edge must not cut a word, a number or a run of the same symbol. */
function isEdge(inside: number, outside: number | null): boolean {
  if (outside === null) return true;
  return isWord(inside) ? !isWord(outside) : outside !== inside;
}

function unitAt(text: string, at: number): number | null {
  return at >= 0 && at < text.length ? text.charCodeAt(at) : null;
}

function wordEnd(text: string, start: number): number {
  let at = start;
  let end = start;
  while (at < text.length) {
    const kind = fold[text.charCodeAt(at)] as number;
    if (kind > dash) end = at + 1; else if (kind !== skip) break;
    at += 1;
  }
  return end;
}

/** A leading dash before this many letters or more makes a suffix (`-like`); before fewer it is a minus sign (`-ve`). */
const shortestSuffix = 4;

/** Tries the patterns filed under the symbol at `at` and reports those that stand there. Cost is bounded by the patterns' own length and one word on either side. */
export function matchLiterals(literals: LiteralMatcher, text: string, unit: number, at: number, onMatch: OnMatch): void {
  for (const pattern of literals.get(unit) ?? []) {
    let start = backward(pattern, text, at);
    if (start < 0) continue;
    let end = forward(pattern, text, pattern.pivot, at);
    if (end < 0) continue;
    const before = unitAt(text, start - 1);
    const after = unitAt(text, end);
    if (pattern.parts.length > shortestSuffix && pattern.pivot === 0 && fold[unit] === dash && isWord(text.charCodeAt(end - 1))) {
      // A suffix, as in “stroke-like”: it needs its word, and the mark covers both.
      if (before === null || !isWord(before) || !isEdge(text.charCodeAt(end - 1), after)) continue;
      while (start > 0 && isWord(text.charCodeAt(start - 1))) start -= 1;
    } else {
      if (!isEdge(text.charCodeAt(start), before) || !isEdge(text.charCodeAt(end - 1), after)) continue;
      if (pattern.place === 'between-terms' && !(before !== null && isWord(before) && after !== null && isWord(after))) continue;
      if (pattern.place === 'before-term') {
        // After a letter it ends a question; in front of a word it doubts it.
        if (before !== null && isWord(before)) continue;
        let next = end;
        while (next < text.length && (text.charCodeAt(next) === 32 || text.charCodeAt(next) === 160) && next - end < 3) next += 1;
        const unitThere = unitAt(text, next);
        if (unitThere === null || !isWord(unitThere) || isDigit(unitThere)) continue;
        end = wordEnd(text, next);
      }
    }
    onMatch(pattern.payload, start, end, 0);
  }
}
