import type { Span } from '../base/span.js';
import type { LanguageReading } from '../model/language-reading.js';
import type { Section } from '../model/mention.js';
import { above } from './structure.js';

/** How every language tells what may come of a treatment, compiled. */
export interface Telling {
  /** What may come (“risks”); groups: words that are sure to mean it, words that mean it where somebody was told. */
  readonly nouns: RegExp;
  /** Directly before it: whose risks they are, and that they came. */
  readonly unless: RegExp;
  readonly came: RegExp;
  /** Begins the list; the first in a stretch counts. */
  readonly begins: RegExp;
  readonly tells: RegExp;
  /** The same at the end of the list: “…, were all discussed”. */
  readonly told: RegExp;
  /** Turns back to the patient. */
  readonly ends: RegExp;
  /** Begins a sentence that goes on telling. */
  readonly goesOn: RegExp;
  readonly joins: RegExp;
}

/** A list of what may come, and the words that open it. */
export interface ToldList { readonly opener: Span; readonly list: Span }

/** Most UTF-16 units from the noun to the beginning of its list, and of a list: longer than any consent, and a bound on the work; and of the words that close a sentence (“… were all discussed with the patient”). */
const reach = { opener: 240, list: 2000, tail: 48 } as const;

/** Compiles the words of all languages; `alternatives` makes one pattern of phrases. */
export function compileTelling(readings: readonly LanguageReading[], alternatives: (phrases: Iterable<string>) => string): Telling {
  const of = (take: (told: LanguageReading['told']) => readonly string[]): string => alternatives(readings.flatMap(({ told }) => take(told)));
  const word = (words: string, flags = 'i', tail = ''): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])${tail}`, `u${flags}`);
  return {
    nouns: new RegExp(`\\b(?:(${of(({ nouns }) => nouns)})|(${of(({ ifTold }) => ifTold)}))\\b`, 'gi'),
    unless: new RegExp(`(?<![\\p{L}\\p{N}])(?:${of(({ unless }) => unless)})\\s$`, 'iu'),
    came: new RegExp(`(?<![\\p{L}\\p{N}])(?:${of(({ came }) => came)})\\s(?:\\p{L}+\\s){0,2}$`, 'iu'),
    begins: new RegExp(`(?<![\\p{L}\\p{N}])(?:${of(({ begins }) => begins)})(?![\\p{L}\\p{N}])(?!\\s(?:\\p{L}+\\s){0,2}(?:${of(({ tells }) => tells)})(?![\\p{L}\\p{N}]))|:|\\s[–-](?=\\s)`, 'iu'),
    told: new RegExp(`(?<![\\p{L}\\p{N}])(?:was|were|been)\\s(?:\\p{L}+\\s){0,2}(?:${of(({ tells }) => tells)})(?![\\p{L}\\p{N}])`, 'iu'),
    tells: word(of(({ tells }) => tells)),
    ends: word(of(({ ends }) => ends), 'i', `(?!\\s(?:${of(({ stillTold }) => stillTold)})(?![\\p{L}\\p{N}]))`),
    goesOn: new RegExp(`^[\\s,]*(?:${of(({ goesOn }) => goesOn)}|(?:[\\p{L}-]+\\s){1,3}(?:${of(({ may }) => may)}))(?![\\p{L}\\p{N}])`, 'iu'),
    joins: new RegExp(`(?:[,;/&]|(?<![\\p{L}\\p{N}])(?:${of(({ joins }) => joins)}))\\s*$`, 'iu'),
  };
}

/** A sign or a number before a point of a list. */
const point = /^[\s,]*(?:(?:\d{1,2}|[a-z])[.)]|[-–*•·])\s/;
const pointOnly = /(?:^|[\s,:])(?:\d{1,2}|[a-z])[.)]\s*$/;
/** A line that is a name and no sentence. */
const bareLine = /^[^\n.:]{2,48}\n/;

/**
 * The lists of what may come that somebody was told: risks named in a consent, side effects explained before a treatment. They are nobody’s conditions (ConText: hypothetical).
 * A list goes on over commas, semicolons, broken lines and its points, and ends with its sentence, with words that turn to the patient, and at a heading.
 */
export function findTold(telling: Telling, text: string, sections: readonly Section[], ends: readonly number[]): readonly ToldList[] {
  const found: ToldList[] = [];
  const headings = sections.flatMap(({ heading }) => (heading === null ? [] : [heading.start]));
  let past = 0;
  for (const match of text.matchAll(telling.nouns)) {
    const [noun, sure] = match;
    if (match.index < past) continue;
    const start = match.index;
    const before = text.slice(Math.max(0, start - 60), start);
    if (telling.unless.test(before)) continue;
    const after = start + noun.length;
    const stretch = text.slice(after, Math.min(after + reach.opener, endOfTold(telling, text, after, headings, ends)));
    const opened = telling.begins.exec(stretch);
    if (!opened) continue;
    const from = after + opened.index + opened[0].length;
    const end = endOfTold(telling, text, from, headings, ends);
    // “Complications: rupture of the capsule” tells what came; “complications discussed: …” and “complications including …, were all discussed” do not.
    const isTold = (): boolean => telling.tells.test(stretch.slice(0, opened.index)) || telling.tells.test(before.slice(before.search(/[^.\n]*$/)))
      || (opened[0] !== ':' && telling.told.test(text.slice(from, end)) && telling.tells.test(closeOf(text, from, ends)));
    if (sure === undefined && (telling.came.test(before) || !isTold())) continue;
    const turned = telling.ends.exec(text.slice(from, end));
    past = turned ? from + turned.index : end;
    found.push({ opener: { start, end: from }, list: { start: from, end: past } });
  }
  return found;
}

/** The words that close the sentence at `from`. */
function closeOf(text: string, from: number, ends: readonly number[]): string {
  const end = ends[above(ends, from)] ?? text.length;
  return text.slice(Math.max(from, end - reach.tail), end);
}

/** Where the telling that is under way at `from` ends. */
function endOfTold(telling: Telling, text: string, from: number, headings: readonly number[], ends: readonly number[]): number {
  const last = Math.min(from + reach.list, headings[above(headings, from)] ?? text.length);
  let at = above(ends, from);
  let end = Math.min(last, ends[at] ?? text.length);
  const said = text.slice(from, end).trimEnd();
  // Points belong to a list that its sentence only announces.
  const announces = /[:,]$/.test(said) || pointOnly.test(said) || said === '';
  let points = pointOnly.test(said);
  while (end < last) {
    const chunk = text.slice(Math.max(from, end - 200), end);
    const rest = text.slice(end, end + 60);
    const isPoint = point.test(rest) && announces;
    const goesOn = pointOnly.test(chunk) || telling.joins.test(chunk) || /^\p{Ll}/u.test(rest) || telling.goesOn.test(rest)
      || (announces && !points && /\n\s*$/.test(chunk) && !/\n\s*\n\s*$/.test(chunk) && bareLine.test(`${rest}\n`));
    if (!isPoint && !goesOn) break;
    points ||= isPoint;
    at += 1;
    end = Math.min(last, ends[at] ?? text.length);
  }
  return end;
}
