import type { Span } from '../base/span.js';
import type { LexiconEntry } from '../model/lexicon.js';
import type { Mention } from '../model/mention.js';
import type { ReadText } from './assertion.js';
import { compileCue, type CueTest } from './context-cue.js';
import { foldedWords } from './fold.js';
import { compileWords, openWords, scanWords, type WordMatcher, type WordPattern } from './matcher.js';
import { permuted, spellings } from './spelling.js';
import { above } from './structure.js';

interface Held { readonly entry: LexiconEntry; readonly unless: CueTest | null; readonly onlyWhen: CueTest | null }

/** All terms of all concepts, compiled into one pass. */
export interface Lexicon {
  readonly held: readonly Held[];
  readonly matcher: WordMatcher;
  /** Entries by the folded words of a term, for parts of a phrase that share a word (“nuclear and cortical cataract”). */
  readonly byTerm: ReadonlyMap<string, number>;
}

/** An abbreviation matches in its own case only: MS is not Ms. */
export function isAbbreviation(term: string): boolean {
  return (term.match(/\p{Lu}/gu)?.length ?? 0) >= 2 && !/\p{Ll}{4,}/u.test(term) && term.split(/\s+/).length <= 2;
}

/** Compiles the entries. A term that is named by several keeps the first: packs go before titles, titles before the index. */
export function createLexicon(entries: readonly LexiconEntry[]): Lexicon {
  const held: Held[] = entries.map((entry) => ({ entry, unless: entry.unless ? compileCue(entry.unless) : null, onlyWhen: entry.onlyWhen ? compileCue(entry.onlyWhen) : null }));
  const patterns: WordPattern[] = [];
  const byTerm = new Map<string, number>();
  entries.forEach((entry, payload) => {
    for (const term of entry.terms) {
      const caseSensitive = isAbbreviation(term);
      // Titles of the book of operations are found as they stand: nobody writes them otherwise, and there are ten thousand.
      const isTitle = entry.concept.source === 'title';
      const bare = isTitle ? term : withoutFillers(term).text;
      const written = caseSensitive ? (/\p{Lu}$/u.test(term) ? [term, `${term}s`] : [term]) : [term, ...(isTitle ? [] : permuted(term)), ...(bare === term ? [] : [bare])].flatMap(spellings);
      for (const text of written) {
        const folded = foldedWords(text);
        const key = folded.join(' ');
        if (key === '') continue;
        const before = byTerm.get(caseSensitive ? `=${text}` : key);
        // The same words in two packs are two readings of them; the specialty decides.
        if (before !== undefined && !(entry.concept.source === 'pack' && entries[before]?.concept.source === 'pack' && entries[before].specialty !== entry.specialty)) continue;
        if (before === undefined) byTerm.set(caseSensitive ? `=${text}` : key, payload);
        patterns.push({ text, payload, caseSensitive, folded });
      }
    }
  });
  return { held, matcher: openWords(compileWords(patterns)), byTerm };
}

interface Hit extends Span { readonly index: number }

/** Articles, sides and degrees: no code of the two classifications hangs on them alone (the side is read from the sentence). */
const filler = /\b(?:the|an?|his|her|their|both|right|left|bilateral|mild|moderate|severe|marked|slight|small|large|significant|intense|y|yr|ei|dde|chwith|ddwyochrog)\s+/giu;

/** The text without its fillers, and where each of its units stands in the text. */
function withoutFillers(text: string): { readonly text: string; readonly fillers: readonly Span[]; readonly at: (offset: number) => number } {
  const fillers: Span[] = [];
  const starts: number[] = [];
  let plain = '';
  let from = 0;
  let gone = 0;
  for (const match of text.matchAll(filler)) {
    plain += text.slice(from, match.index);
    starts.push(match.index - gone);
    gone += match[0].length;
    fillers.push({ start: gone, end: gone });
    from = match.index + match[0].length;
  }
  plain += text.slice(from);
  return { text: plain, fillers, at: (offset) => { const before = above(starts, offset); return offset + (before > 0 ? fillers[before - 1]?.start ?? 0 : 0); } };
}

function priority({ entry }: Held, specialty: string | null): number {
  if (entry.concept.source !== 'pack') return entry.concept.source === 'title' ? 1 : 0;
  return entry.specialty !== null && entry.specialty === specialty ? 3 : 2;
}

/** The concepts that a text names, in order of place; of those that overlap the longest, then the specialty's own. */
export function findMentions(lexicon: Lexicon, read: ReadText, specialty: string | null): readonly Mention[] {
  const { text } = read;
  const hits: Hit[] = [];
  scanWords(lexicon.matcher, text, (index, start, end) => {
    const one = lexicon.held[index] as Held;
    const span = { start, end };
    if (one.unless?.(text, span) || (one.onlyWhen && !one.onlyWhen(text, span))) return;
    // An abbreviation before a colon heads a part of the note: “PE: …” is the examination.
    if (/^\s?:/.test(text.slice(end, end + 2)) && isAbbreviation(text.slice(start, end))) return;
    hits.push({ start, end, index });
  }, null);
  // Once more without the words that may stand between those of a term: “mass in the right kidney”.
  const plain = withoutFillers(text);
  if (plain.fillers.length > 0) {
    scanWords(lexicon.matcher, plain.text, (index, start, end) => {
      const span = { start: plain.at(start), end: plain.at(end - 1) + 1 };
      // What holds no filler was found before.
      if (span.end - span.start === end - start) return;
      const one = lexicon.held[index] as Held;
      if (one.unless?.(text, span) || (one.onlyWhen && !one.onlyWhen(text, span))) return;
      hits.push({ ...span, index });
    }, null);
  }
  const rank = (hit: Hit): number => priority(lexicon.held[hit.index] as Held, specialty);
  hits.sort((a, b) => a.start - b.start || b.end - a.end || rank(b) - rank(a));
  const chosen: Hit[] = [];
  // The name of an operation may hold the name of the condition: each classification reads for itself.
  const last = { 'ICD-10': -1, 'OPCS-4': -1 };
  for (const hit of hits) {
    const { system } = (lexicon.held[hit.index] as Held).entry.concept;
    if (hit.start < last[system]) continue;
    chosen.push(hit);
    last[system] = hit.end;
  }
  const mentions = chosen.flatMap((hit) => {
    const made = mentionOf(lexicon, read, hit, hit.index, 'exact');
    return [...shared(lexicon, read, hit), made];
  });
  return mentions;
}

function mentionOf(lexicon: Lexicon, read: ReadText, span: Span, index: number, match: Mention['match']): Mention {
  const { entry } = lexicon.held[index] as Held;
  const { assertion, cues } = read.assert(span, entry.isLongTerm);
  return { concept: entry.concept, span: { start: span.start, end: span.end }, assertion, cues, section: read.sectionAt(span.start).kind, match };
}

const joinedBefore = /((?:[\p{L}]+[ -]){0,1}[\p{L}]{3,})(?:,? (?:and|or|a|ac|&) |, |\/)$/u;

/** “nuclear sclerotic and cortical cataract”: the words before share the head of the phrase. */
function shared(lexicon: Lexicon, read: ReadText, hit: Hit): readonly Mention[] {
  const words = foldedWords(read.text.slice(hit.start, hit.end));
  if (words.length < 2 || words.length > 4) return [];
  const before = joinedBefore.exec(read.text.slice(Math.max(0, hit.start - 50), hit.start));
  if (!before?.[1]) return [];
  const head = words.slice(1).join(' ');
  const attempts = [before[1], before[1].split(/[ -]/).at(-1) ?? ''];
  for (const attempt of attempts) {
    const index = lexicon.byTerm.get(`${foldedWords(attempt).join(' ')} ${head}`);
    if (index === undefined || index === hit.index) continue;
    const end = hit.start - before[0].length + before[1].length;
    return [mentionOf(lexicon, read, { start: end - attempt.length, end: hit.end }, index, 'gapped')];
  }
  return [];
}
