import type { Span } from '../base/span.js';
import type { LanguageReading } from '../model/language-reading.js';
import type { Section, SectionKind } from '../model/mention.js';
import { foldedWords } from './fold.js';

/** Headings of all languages, by their folded words. A `system` takes its kind from what it stands under. */
export interface Headings {
  readonly kinds: ReadonlyMap<string, SectionKind | 'system'>;
  /** Headings that begin, or end, with listed words: `reason for *`, `* examination`. */
  readonly begins: ReadonlyMap<string, SectionKind>;
  readonly ends: ReadonlyMap<string, SectionKind>;
  readonly openers: ReadonlySet<string>;
}

/** Files the headings of the language packs; a star stands for other words. */
export function fileHeadings(readings: readonly LanguageReading[]): Headings {
  const kinds = new Map<string, SectionKind | 'system'>();
  const begins = new Map<string, SectionKind>();
  const ends = new Map<string, SectionKind>();
  for (const { headings, systems } of readings) {
    for (const name of systems) kinds.set(foldedWords(name).join(' '), 'system');
    for (const [kind, phrases] of Object.entries(headings)) for (const phrase of phrases) (phrase.endsWith(' *') ? begins : phrase.startsWith('* ') ? ends : kinds).set(foldedWords(phrase).join(' '), kind as SectionKind);
  }
  return { kinds, begins, ends, openers: new Set(readings.flatMap(({ openers }) => openers.map((words) => foldedWords(words).join(' ')))) };
}

/**
 * A heading starts a line, or stands after the end of a sentence in a note whose line breaks were lost, and ends with a colon,
 * a spaced dash, or its line; in capitals also with a comma before a numbered list. Every quantifier is bounded, so that a megabyte without a space costs one pass.
 */
const heading = /(^|[\n\t]|[.,;:!?)]\s{0,3},?\s{0,3})((?:\d{1,2}[.)]\s?)?\p{Lu}[\p{L}'’\/&-]{0,24}(?:[ ,]{1,2}(?:\([^)\n]{1,20}\)|[&\/+]|[\p{L}\p{N}][\p{L}\p{N}'’\/&-]{0,23})){0,6})[ ]{0,2}(:|,(?=\s?1[.)])|[ ][–-][ ](?!\n)|(?=[\n\t]|$))/gu;

/** A review of systems, a list of problems, an impression or a plan may go by body system: there a system's name opens no examination. */
const bySystem: ReadonlySet<SectionKind> = new Set(['screening', 'diagnosis', 'impression', 'plan', 'course']);

/** The kind of a heading under a part of the kind `above`; of headings that a lost line break ran together (`PHYSICAL EXAMINATION,GENERAL`), the last known one's. Words of its own beside listed ones are a heading's only where a colon closes it. */
function kindOf(words: string, headings: Headings, above: SectionKind, closed: boolean): SectionKind | undefined {
  const resolve = (part: string, under: SectionKind): SectionKind | undefined => {
    const said = foldedWords(part);
    const kind = headings.kinds.get(said.join(' '));
    if (kind !== undefined) return kind === 'system' ? (bySystem.has(under) ? under : 'examination') : kind;
    if (!closed) return undefined;
    for (let count = Math.min(3, said.length - 1); count > 0; count -= 1) {
      const near = headings.begins.get(said.slice(0, count).join(' ')) ?? headings.ends.get(said.slice(-count).join(' '));
      if (near !== undefined) return near;
    }
    return undefined;
  };
  const whole = resolve(words, above);
  if (whole !== undefined) return whole;
  let last: SectionKind | undefined;
  for (const part of words.split(/,(?=\p{Lu})/u)) last = resolve(part, last ?? above) ?? last;
  return last;
}

/** The sections of a text in order; together they cover it. What stands before the first heading is `other`. */
export function readSections(text: string, headings: Headings): readonly Section[] {
  const found: { readonly kind: SectionKind; readonly heading: Span }[] = [];
  heading.lastIndex = 0;
  for (let match = heading.exec(text); match; match = heading.exec(text)) {
    const [whole, lead = '', words = '', end = ''] = match;
    const start = match.index + lead.length;
    const bare = words.replace(/\([^)]*\)/g, ' ').replace(/^\d+[.)]\s?|\s\d{1,2}$/g, '');
    const kind = kindOf(bare, headings, found.at(-1)?.kind ?? 'other', end === ':');
    const startsLine = lead === '' || /[\n\t]/.test(lead);
    const isCapital = bare.length > 3 && bare === bare.toUpperCase();
    const isKnown = kind !== undefined && (end === ':' || (startsLine && end !== ',') || isCapital);
    // A heading that nobody listed ends the section before it when it is written as one.
    if (isKnown || (end === ':' && isCapital)) {
      const stop = match.index + whole.length;
      found.push({ kind: kind ?? 'other', heading: { start, end: stop } });
      // The next heading may begin with this one's end: `DIAGNOSIS:,CATARACT:`.
      heading.lastIndex = Math.max(stop - 1, match.index + 1);
    } else heading.lastIndex = Math.max(start + 1, match.index + Math.max(1, lead.length));
  }
  const sections: Section[] = [];
  const first = found[0]?.heading.start ?? text.length;
  if (first > 0 || found.length === 0) sections.push({ kind: 'other', span: { start: 0, end: first }, heading: null });
  found.forEach(({ kind, heading: at }, index) => {
    const end = found[index + 1]?.heading.start ?? text.length;
    const stop = kind === 'differential' ? endOfWeighing(text, at.end, end) : kind === 'allergies' ? Math.min(endOfLine(text, at.end, end), endOfList(text, at.end, end, headings.openers)) : lists.has(kind) ? endOfList(text, at.end, end, headings.openers) : kind === 'consent' ? endOfPoints(text, at.end, end) : end;
    sections.push({ kind, heading: at, span: { start: at.end, end: stop } });
    if (stop < end) sections.push({ kind: 'other', heading: null, span: { start: stop, end } });
  });
  return sections;
}

/** Parts that are lists: in a letter, its telling begins after them without a heading. */
const lists: ReadonlySet<SectionKind> = new Set(['diagnosis', 'drugs', 'allergies']);

/** Where a list ends: at the first paragraph after an empty line that opens as prose, if anything stands before it. */
function endOfList(text: string, start: number, end: number, openers: ReadonlySet<string>): number {
  const gap = /\n[ \t]*\n\s*/g;
  const part = text.slice(start, end);
  for (let match = gap.exec(part); match; match = gap.exec(part)) {
    const at = start + gap.lastIndex;
    if (at >= end || part.slice(0, match.index).trim() === '') continue;
    const [first = '', second = ''] = foldedWords(text.slice(at, at + 40));
    if (openers.has(first) || openers.has(`${first} ${second}`)) return at;
  }
  return end;
}

const telling = /\b(?:was|were|is|are|had|has|have|underwent|revealed|showed|started|will|roedd|mae|oedd|cafodd|dangosodd)\b/;

/** Where a differential in the running text ends: at the first sentence after its own that tells on. */
function endOfWeighing(text: string, start: number, end: number): number {
  const line = /^[ \t]*\S[^\n]*/.exec(text.slice(start, end))?.[0];
  if (line === undefined) return end;
  for (const match of line.matchAll(/\.\s+(?=\p{Lu})/gu)) {
    const next = line.slice(match.index + match[0].length);
    const sentence = next.slice(0, next.search(/\.\s|$/));
    if (sentence.length > 40 && telling.test(sentence)) return start + match.index + match[0].length;
  }
  return end;
}

/** Where a heading's own line ends, if the line below it is the telling of the note: “Allergies: penicillin”, then a paragraph. */
function endOfLine(text: string, start: number, end: number): number {
  const line = /^[ \t]*\S[^\n]*\n(?=\p{Lu}[^\n]{60})/u.exec(text.slice(start, Math.min(end, start + 400)));
  return line ? start + line[0].length : end;
}

/** Where points below a heading end: at the first line that is none; where they are no points, at `end`. */
function endOfPoints(text: string, start: number, end: number): number {
  const points = /^[ \t]*\n(?:[ \t]*(?:[-–*•·]|\d{1,2}[.)])[ \t][^\n]*(?:\n|$))+/.exec(text.slice(start, end));
  return points ? start + points[0].length : end;
}

const titles = /(?:\b(?:Dr|Mr|Mrs|Ms|Miss|Prof|St|vs|e\.g|i\.e|approx|no|Fig|c|dept)|\b\p{Lu})$/u;

/** UTF-16 offsets at which sentences and list items end, in order; the last is the length of the text. */
export function sentenceEnds(text: string, sections: readonly Section[]): readonly number[] {
  const ends = new Set<number>();
  for (const { span } of sections) ends.add(span.start).add(span.end);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || unit === 9) { ends.add(at + 1); continue; }
    if (unit !== 46 && unit !== 33 && unit !== 63) continue;
    let next = at + 1;
    while (next < text.length && (text.charCodeAt(next) === 32 || text.charCodeAt(next) === 44 || text.charCodeAt(next) === 41 || text.charCodeAt(next) === 34)) next += 1;
    if (next === at + 1 && next < text.length) continue;
    if (unit === 63 && (at === 0 || /[\s(,]/.test(text.charAt(at - 1)))) continue;
    const after = text.charAt(next);
    if (next < text.length && !/[\p{Lu}\p{N}?#↑↓Δ*•(\n"“-]/u.test(after)) continue;
    if (unit === 46 && titles.test(text.slice(Math.max(0, at - 6), at))) continue;
    ends.add(at + 1);
  }
  ends.add(text.length);
  ends.delete(0);
  return [...ends].sort((a, b) => a - b);
}

/** Place of the first of the sorted numbers that is greater than `value`. */
export function above(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) > value) high = middle; else low = middle + 1;
  }
  return low;
}
