import type { Span } from '../base/span.js';
import type { Mention } from '../model/mention.js';
import { settleAbbreviations } from './abbreviation.js';
import type { ReadText } from './assertion.js';
import { foldedWords } from './fold.js';
import { isAbbreviation, type Held, type Hit, type Lexicon } from './lexicon.js';
import { gaps, misspelt, phraseIn, scanWords } from './matcher.js';

function priority({ entry }: Held, specialty: string | null): number {
  if (entry.concept.source !== 'pack') return entry.concept.source === 'title' ? 1 : 0;
  return entry.specialty !== null && entry.specialty === specialty ? 3 : 2;
}

/** “lesion of the left bronchial”: the noun is still to come, and it is another thing. */
const cutShort = /\s(?:of|in|within|y|yr)\s(?:.*\s)?\p{L}+(?:al|ar|ic|ary|ive|ous|eal|oid)$/iu;
const goesOn = /^\s(?!(?:and|or|with|without|in|on|of|at|by|to|for|from|is|was|were|are|has|had|who|which|that|then|but|as|after|before|during|due|a|an|the|ac|neu|gyda|yn|i)\s)\p{Ll}{3}/u;

/** The concepts that a text names, in order of place; of those that overlap the longest, then the specialty's own. */
export function findMentions(lexicon: Lexicon, read: ReadText, specialty: string | null): readonly Mention[] {
  const { text } = read;
  const hits: Hit[] = [];
  scanWords(lexicon.matcher, text, (index, start, end, how) => {
    const one = lexicon.held(index);
    const span = { start, end };
    if (one.unless?.(text, span) || (one.onlyWhen && !one.onlyWhen(text, span))) return;
    // An abbreviation before a colon heads a part of the note: “PE: …” is the examination.
    if (/^\s?:/.test(text.slice(end, end + 2)) && isAbbreviation(text.slice(start, end)) && (end - start < 3 || read.sectionAt(start).heading?.start === start)) return;
    if ((how & gaps) !== 0 && read.sentence(start).end < end) return;
    if (cutShort.test(text.slice(start, end)) && goesOn.test(text.slice(end, end + 24))) return;
    hits.push({ start, end, index, how });
  }, null);
  const rank = (hit: Hit): number => priority(lexicon.held(hit.index), specialty) - 4 * hit.how;
  hits.sort((a, b) => a.start - b.start || b.end - a.end || rank(b) - rank(a));
  const meant = settleAbbreviations(lexicon, text, hits, specialty);
  const chosen: Hit[] = [];
  // The name of an operation may hold the name of the condition: each classification reads for itself.
  const last = { 'ICD-10': -1, 'OPCS-4': -1 };
  for (const hit of meant) {
    const { system } = lexicon.held(hit.index).entry.concept;
    if (hit.start < last[system]) continue;
    chosen.push(hit);
    last[system] = hit.end;
  }
  const mentions = chosen.flatMap((hit) => {
    const made = mentionOf(lexicon, read, hit, hit.index, (hit.how & misspelt) !== 0 ? 'misspelt' : (hit.how & gaps) !== 0 ? 'gapped' : 'exact');
    return [...shared(lexicon, read, hit), made];
  });
  return mentions;
}

/** Adds what a second lexicon finds. Of mentions of one classification that overlap the longer stands, and of two as long the second's: a person chose its words. */
export function joinMentions(first: readonly Mention[], second: readonly Mention[]): readonly Mention[] {
  if (second.length === 0) return first;
  const length = ({ span }: Mention): number => span.end - span.start;
  const meet = (one: Mention, other: Mention): boolean => one.concept.system === other.concept.system && one.span.start < other.span.end && other.span.start < one.span.end;
  const kept = second.filter((one) => first.every((other) => !meet(one, other) || length(other) <= length(one)));
  return [...first.filter((one) => kept.every((other) => !meet(one, other))), ...kept].sort((a, b) => a.span.start - b.span.start);
}

function mentionOf(lexicon: Lexicon, read: ReadText, span: Span, index: number, match: Mention['match']): Mention {
  const { entry } = lexicon.held(index);
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
  const head = words.slice(1);
  const attempts = [before[1], before[1].split(/[ -]/).at(-1) ?? ''];
  for (const attempt of attempts) {
    const index = phraseIn(lexicon.matcher, [...foldedWords(attempt), ...head]);
    if (index < 0 || index === hit.index) continue;
    const end = hit.start - before[0].length + before[1].length;
    return [mentionOf(lexicon, read, { start: end - attempt.length, end: hit.end }, index, 'gapped')];
  }
  return [];
}
