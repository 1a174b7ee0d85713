import type { Span } from '../base/span.js';
import type { Assertion, AssertionCue } from '../model/assertion.js';
import type { LanguageReading } from '../model/language-reading.js';
import type { Section, SectionKind } from '../model/mention.js';
import { compileLiterals, matchLiterals, type LiteralMatcher, type LiteralPattern } from './literal.js';
import { compileWords, openWords, scanWords, type WordMatcher, type WordPattern } from './matcher.js';
import { mutatedPhrases } from './mutation.js';
import { above, fileHeadings, readSections, sentenceEnds, type Headings } from './structure.js';

type Value = Assertion[keyof Assertion];
interface Cue { readonly axis: keyof Assertion | 'stop' | 'pseudo'; readonly value: Value | 'all'; readonly direction: 'forward' | 'backward'; readonly reach: number }
interface FoundCue extends Span { readonly cue: Cue }

/** The cues of all languages, compiled: a note may be in two. */
export interface Asserter {
  readonly headings: Headings;
  readonly cues: readonly Cue[];
  readonly words: WordMatcher;
  readonly literals: LiteralMatcher;
}

/** A text with its sections, sentences and cues found once; asked for each mention. */
export interface ReadText {
  readonly text: string;
  readonly sections: readonly Section[];
  readonly sectionAt: (offset: number) => Section;
  /** How the words of a span are meant. `isLongTerm`: a condition that stays (DGCS.3: under past history it is current). */
  readonly assert: (span: Span, isLongTerm: boolean) => { readonly assertion: Assertion; readonly cues: readonly AssertionCue[] };
  /** The sentence or list item about an offset. */
  readonly sentence: (offset: number) => Span;
}

const anywhere = Number.MAX_SAFE_INTEGER;
/** Signs that every language of the ward shares. `before` and `after` the mention. */
const signs: readonly (readonly [text: string, axis: keyof Assertion, value: Value, direction: 'forward' | 'backward', reach: number])[] = [
  ['r/o', 'certainty', 'uncertain', 'forward', anywhere], ['d/d', 'certainty', 'uncertain', 'forward', anywhere], ['∆∆', 'certainty', 'uncertain', 'forward', anywhere],
  ['-ve', 'polarity', 'negated', 'backward', 2], ['–ve', 'polarity', 'negated', 'backward', 2], ['−ve', 'polarity', 'negated', 'backward', 2], ['(-)', 'polarity', 'negated', 'forward', 3], ['ø', 'polarity', 'negated', 'forward', 2], ['∅', 'polarity', 'negated', 'forward', 2],
  ['h/o', 'temporality', 'historical', 'forward', anywhere], ['s/p', 'temporality', 'historical', 'forward', anywhere], ['f/h', 'subject', 'family', 'forward', anywhere],
];
const questions = /[?？]/;

/** Compiles the cues of the language packs. */
export function createAsserter(readings: readonly LanguageReading[]): Asserter {
  const cues: Cue[] = [];
  const words: WordPattern[] = [];
  const literals: LiteralPattern[] = [];
  const add = (cue: Cue, phrases: readonly string[], language: 'en' | 'cy'): void => {
    const payload = cues.length;
    cues.push(cue);
    for (const phrase of phrases) for (const text of language === 'cy' ? mutatedPhrases(phrase) : [phrase]) words.push({ text, payload, caseSensitive: false });
  };
  for (const { language, cues: sets, pseudo, stops } of readings) {
    for (const set of sets) add({ axis: set.axis, value: set.value, direction: set.direction, reach: set.reach ?? anywhere }, set.words, language);
    add({ axis: 'pseudo', value: 'all', direction: 'forward', reach: 0 }, pseudo, language);
    for (const [value, phrases] of Object.entries(stops)) add({ axis: 'stop', value: value as Value, direction: 'forward', reach: 0 }, phrases, language);
  }
  for (const [text, axis, value, direction, reach] of signs) {
    literals.push({ text, payload: cues.length, caseSensitive: false, place: 'anywhere' });
    cues.push({ axis, value, direction, reach });
  }
  return { headings: fileHeadings(readings), cues, words: openWords(compileWords(words)), literals: compileLiterals(literals.filter(({ text }) => /[^\p{L}\p{N}\s]/u.test(text))) };
}

const heads: { readonly [Kind in SectionKind]?: Partial<Assertion> } = {
  family: { subject: 'family' }, allergies: { temporality: 'hypothetical' }, consent: { temporality: 'hypothetical' }, screening: { temporality: 'hypothetical' }, history: { temporality: 'historical' }, differential: { certainty: 'uncertain' },
};

/** Reads a text's structure and cues, once. */
export function readText(asserter: Asserter, text: string): ReadText {
  const sections = readSections(text, asserter.headings);
  // What a heading names itself is of its part: “NERVE CONDUCTION STUDIES: normal”.
  const starts = sections.map((section) => section.heading?.start ?? section.span.start);
  const ends = sentenceEnds(text, sections);
  const found: FoundCue[] = [];
  const take = (payload: number, start: number, end: number): void => { const cue = asserter.cues[payload]; if (cue) found.push({ start, end, cue }); };
  scanWords(asserter.words, text, take, (unit, at) => matchLiterals(asserter.literals, text, unit, at, take));
  // Longest first where they overlap: “no change” is not “no”; stops and cues of the same words both stand.
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const cues: FoundCue[] = [];
  for (const one of found) {
    const covering = cues.findLast((other) => other.start <= one.start && other.end >= one.end && other.end - other.start > one.end - one.start && one.start - other.start < 80);
    if (!covering) cues.push(one);
  }
  const cueStarts = cues.map((cue) => cue.start);
  const sectionAt = (offset: number): Section => sections[Math.max(0, above(starts, offset) - 1)] as Section;
  const sentence = (offset: number): Span => {
    const next = above(ends, offset);
    return { start: next > 0 ? ends[next - 1] as number : 0, end: ends[next] ?? text.length };
  };

  const assert: ReadText['assert'] = (span, isLongTerm) => {
    const within = sentence(span.start);
    const section = sectionAt(span.start);
    const axes: { -readonly [Axis in keyof Assertion]: Assertion[Axis] } = { polarity: 'affirmed', certainty: 'certain', temporality: 'current', subject: 'patient' };
    const why: AssertionCue[] = [];
    const set = (axis: keyof Assertion, value: Value, from: Span | null): void => {
      (axes as Record<keyof Assertion, Value>)[axis] = value;
      why.push({ axis, words: from ? text.slice(from.start, from.end) : text.slice(section.heading?.start ?? 0, section.heading?.end ?? 0), span: from });
    };
    const head = heads[section.kind];
    if (head?.subject) set('subject', head.subject, null);
    if (head?.certainty) set('certainty', head.certainty, null);
    if (head?.temporality && !(head.temporality === 'historical' && isLongTerm)) set('temporality', head.temporality, null);

    const here: FoundCue[] = [];
    for (let at = above(cueStarts, within.start - 1); at < cues.length && (cues[at] as FoundCue).start < within.end; at += 1) here.push(cues[at] as FoundCue);
    const stopped = (from: number, to: number, value: Value): boolean => here.some((one) => one.cue.axis === 'stop' && (one.cue.value === 'all' || one.cue.value === value)
      && one.start >= from && one.end <= to && (text.slice(from, one.start).trim() !== '' || one.cue.value === 'all'));
    const broken = (from: number, to: number): boolean => /[;\n\t]|\s[–—-]\s|\.\s/.test(text.slice(from, to));
    const gap = (from: number, to: number): number => { const between = text.slice(from, to).trim(); return between === '' ? 0 : between.split(/\s+/).length; };
    for (const one of here) {
      const { axis, value, direction, reach } = one.cue;
      if (axis === 'stop' || axis === 'pseudo') continue;
      // “no acute” before “acute pancreatitis”: a cue may end inside the mention, never begin there.
      if (direction === 'forward' ? one.start >= span.start : one.end <= span.end) continue;
      const [from, to] = direction === 'forward' ? [Math.min(one.end, span.start), span.start] : [span.end, Math.max(one.start, span.end)];
      if (from > to) continue;
      if (reach !== anywhere && gap(from, to) > reach) continue;
      if (broken(from, to) && !(value === 'family' && !/[;\n]/.test(text.slice(from, to)))) continue;
      if (stopped(from, to, value as Value)) continue;
      // “without allergies, with a history of …”: a comma and “with” begin what is there.
      if (value === 'negated' && direction === 'forward' && /,\s(?:and\s)?(?:with|gyda)\s/.test(text.slice(from, to + 1))) continue;
      const between = text.slice(from, to);
      if (direction === 'backward' && (value === 'hypothetical' ? between.trim() !== '' : /[,:]/.test(between.replace(/^\s*:/, '')))) continue;
      if (value === 'affirmed') {
        const no = why.findLast((cue) => cue.axis === 'polarity' && cue.span);
        if (axes.polarity === 'negated' && no?.span && text.slice(no.span.end, span.start).includes(',')) { axes.polarity = 'affirmed'; why.splice(why.indexOf(no), 1); }
        continue;
      }
      // A denial does not run over a comma into a clause with a head of its own: “no change, asthma stable” is caught by stops, “No fever. Cough, no sputum” by the sentence.
      if (axis === 'temporality' && value === 'historical' && isLongTerm) continue;
      if (axis === 'certainty' && axes.certainty === 'uncertain' && value === 'codable') continue;
      set(axis, value as Value, one);
    }
    // A question mark before the words, or directly after them, doubts them and what is joined to them by a stroke or “or”.
    const before = text.slice(within.start, span.start);
    const asked = /[?？]\s?(?:[^?.,;\n–—]{0,60}(?:\/|\bor\b|\bneu\b)\s?)?$/.exec(before);
    if (asked) set('certainty', 'uncertain', { start: within.start + asked.index, end: within.start + asked.index + 1 });
    else if (questions.test(text.charAt(span.end)) || (text.charAt(span.end) === ' ' && /^[?？](?:\s|$)/.test(text.slice(span.end + 1, span.end + 3)))) set('certainty', 'uncertain', { start: span.end, end: span.end + 1 });
    else {
      const joined = /^\s?\/\s?/.exec(text.slice(span.end, span.end + 4));
      if (joined && axes.certainty === 'certain' && /(?:ΔΔ|∆∆)/.test(before)) set('certainty', 'uncertain', null);
    }
    if (!isLongTerm && axes.temporality === 'current') {
      const year = /^(?:\s?x\s?\d)?[\s,(]{0,2}(?:in\s|yn\s)?(?:19|20)\d\d\b/.exec(text.slice(span.end, span.end + 16));
      if (year) set('temporality', 'historical', { start: span.end, end: span.end + year[0].length });
    }
    return { assertion: { ...axes }, cues: why };
  };
  return { text, sections, sectionAt, assert, sentence };
}
