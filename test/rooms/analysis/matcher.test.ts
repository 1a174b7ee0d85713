import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileWords, openWords, scanWords, type WordPattern } from '../../../lib/analysis/index.js';
import { compileLiterals } from '../../../lib/analysis/literal.js';
import { canMatch, matchFor } from '../../../lib/model/rulebook.js';

const patterns: readonly WordPattern[] = [
  'likely', 'most likely', 'unlikely', 'fracture of neck', 'fracture', 'neck', 'history of', 'self harm', 'body', 'biopsy', 'low sodium', 'sodium', 'Hb {number}', '{number} units', 'dŵr', 'Sjögren', 'a a', 'a',
].map((text, payload) => ({ text, payload, caseSensitive: false }));
const strict: readonly WordPattern[] = ['MS', 'RA', 'SpA', 'AS', 'GON block'].map((text, index) => ({ text, payload: 100 + index, caseSensitive: true }));
const all = [...patterns, ...strict];
const matcher = openWords(compileWords(all));

/** Written without a look at the matcher: every pattern at every token, the slow way. */
function oracle(text: string): string[] {
  const isDash = (c: string): boolean => /[-\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/.test(c);
  const isSkip = (c: string): boolean => /[\p{M}\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF'\u2018\u2019\u02BC]/u.test(c);
  const isWord = (c: string): boolean => /[\uD800-\uDFFF]/.test(c) || (/[\p{L}\p{N}]/u.test(c) && !isDash(c) && !isSkip(c) && !/\s/.test(c));
  const foldUnit = (c: string): string => { if (/[\uD800-\uDFFF]/.test(c)) return c; const base = c.normalize('NFD').charAt(0); const lower = base.toLowerCase(); return lower.length === 1 ? lower : base; };
  const tokens: { start: number; end: number; word: string; numeric: boolean; gap: string }[] = [];
  let gapFrom = 0;
  for (let at = 0; at < text.length;) {
    if (!isWord(text.charAt(at))) { at += 1; continue; }
    const start = at;
    let end = at;
    let word = '';
    let digits = true;
    let broken = false;
    while (at < text.length) {
      const c = text.charAt(at);
      if (isWord(c)) { word += foldUnit(c); if (!/[0-9]/.test(foldUnit(c)) || foldUnit(c).charCodeAt(0) > 57) digits = false; end = at + 1; at += 1; }
      else if (isSkip(c)) at += 1;
      else if (digits && (c === '.' || c === ',') && end === at && /[0-9]/.test(text.charAt(at + 1))) { broken = true; at += 1; }
      else break;
    }
    tokens.push({ start, end, word: broken ? '\u0000' : word, numeric: digits, gap: text.slice(gapFrom, start) });
    gapFrom = end;
  }
  const joins = (gap: string): boolean => [...gap].every((c) => /\s/.test(c) || isDash(c) || isSkip(c)) && !gap.includes('\t') && (gap.match(/\n/g) ?? []).length < 2;
  const plurals = (word: string): string[] => (word.length < 4 ? [] : [`${word}s`, `${word}es`, ...(word.endsWith('y') ? [`${word.slice(0, -1)}ies`] : [])]);
  const found: string[] = [];
  for (const pattern of all) {
    const wanted = pattern.text.split(/[\s-]+/).map((part) => (part === '{number}' ? null : [...part.normalize('NFD').replace(/\p{M}/gu, '')].join('').toLowerCase()));
    for (let first = 0; first + wanted.length <= tokens.length; first += 1) {
      const run = tokens.slice(first, first + wanted.length);
      const fits = run.every((token, index) => {
        if (index > 0 && !joins(token.gap)) return false;
        const word = wanted[index];
        if (word === null || word === undefined) return token.numeric;
        return token.word === word || (!pattern.caseSensitive && plurals(word).includes(token.word));
      });
      if (!fits) continue;
      const start = run[0]?.start ?? 0;
      const end = run.at(-1)?.end ?? 0;
      if (pattern.caseSensitive) {
        const letters = (s: string): string => [...Array(s.length).keys()].map((i) => s.charAt(i)).filter((c) => isWord(c)).join('');
        if (letters(text.slice(start, end)) !== letters(pattern.text)) continue;
      }
      found.push(`${pattern.payload}@${start}-${end}`);
    }
  }
  return found.sort();
}

function scan(text: string): string[] {
  const found: string[] = [];
  scanWords(matcher, text, (payload, start, end) => { found.push(`${payload}@${start}-${end}`); }, null);
  return found.sort();
}

const pieces = fc.constantFrom(
  'likely', 'Likely', 'MOST', 'most', 'unlikely', 'fracture', 'fractures', 'of', 'neck', 'necks', 'history', 'histories', 'self', 'harm', 'body', 'bodies', 'biopsies', 'biopsy', 'low', 'sodium', 'Hb', 'hb', '74', '7.4', '1,000', 'units', 'unit',
  'dŵr', 'dwr', 'dw\u0302r', 'Sjögren', 'sjogren', 'a', 'as', 'MS', 'ms', 'RA', 'SpA', 'SPA', 'AS', 'GON', 'block', 'blocks', 'ward\u00ADround', '\uD800', '😀', 'é', '\u0301', 'ﬁ', 'İ', 'ß',
  ' ', ' ', ' ', '  ', '\n', '\n\n', '\t', '-', '\u2013', ' - ', '.', ',', '. ', '?', '/', '(', ')', '’', "'", '\u200B', '\u202E', '+', '#',
);

describe('the matcher', () => {
  it('finds exactly what a brute-force reader finds, in any Unicode', () => {
    let tried = 0;
    let matches = 0;
    let bad = 0;
    fc.assert(fc.property(fc.array(fc.oneof({ weight: 12, arbitrary: pieces }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) }), { minLength: 15, maxLength: 40 }), (parts) => {
      const text = parts.join('');
      const found = scan(text);
      tried += 1;
      matches += found.length;
      try { expect(found).toEqual(oracle(text)); } catch (problem) { bad += 1; throw problem; }
    }), { numRuns: 6000 });
    console.info(`matcher against oracle: tried ${tried}, matches ${matches}, bad ${bad}`);
    expect(tried).toBeGreaterThanOrEqual(6000);
    expect(matches).toBeGreaterThan(2000);
  });

  it('opens from one buffer, and refuses another', () => {
    expect(() => openWords(new ArrayBuffer(64))).toThrow('Not a compiled word list');
    expect(() => compileWords([{ text: '??', payload: 0, caseSensitive: false }])).toThrow('no word');
  });

  it('takes every form of which it can be told beforehand that something could match it, and no other', () => {
    let tried = 0;
    const refused = { words: 0, literal: 0 };
    const takes = (compile: () => unknown): boolean => { try { compile(); return true; } catch { return false; } };
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }), fc.string({ unit: fc.oneof(pieces, fc.constantFrom('{number}', 'ʼ', 'c̄', '-', '\u00ad')), minLength: 1, maxLength: 3 })), (text) => {
      tried += 1;
      const [words, literal] = [takes(() => compileWords([{ text, payload: 0, caseSensitive: false }])), takes(() => compileLiterals([{ text, payload: 0, caseSensitive: false, place: 'anywhere' }]))];
      if (!words) refused.words += 1;
      if (!literal) refused.literal += 1;
      expect([canMatch({ text, match: 'words' }), canMatch({ text, match: 'literal' }), canMatch({ text, match: matchFor(text) })]).toEqual([words, literal, words || literal]);
    }), { numRuns: 4000 });
    console.info(`forms tried ${tried}, refused as words ${refused.words}, as runs of characters ${refused.literal}, bad 0`);
    expect(Math.min(refused.words, refused.literal)).toBeGreaterThan(100);
  });

  it('takes ten times as long for ten times the text, not a hundred', () => {
    const long = 'most likely fracture of neck of femur, history of self-harm. '.repeat(4000);
    let count = 0;
    scanWords(matcher, long, () => { count += 1; }, null);
    expect(count).toBe(4000 * scan('most likely fracture of neck of femur, history of self-harm. ').length);
  });
});
