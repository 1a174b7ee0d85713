import type { DocumentKind } from './document.js';
import type { SpecialtyId } from './episode.js';
import type { FaultCategory, SiteId } from './fault.js';
import type { Month } from './month.js';
import type { RuleId } from './rulebook.js';

/** What an episode's findings are told apart by: any finding at all, one term of the sheet, or one category of the log's closed list. */
export type FindingSubject =
  | { readonly by: 'any' }
  | { readonly by: 'rule'; readonly rule: RuleId }
  | { readonly by: 'category'; readonly category: FaultCategory };

/** Where and when something is counted. An episode counts in the month in which it was first read, wherever its findings come later. */
export interface CounterPlace {
  readonly month: Month;
  readonly specialty: SpecialtyId | 'unknown';
  readonly site: SiteId | 'unknown';
}

/**
 * One running counter. Counters are plain data, added up as decisions are logged and taken back (a count of an undo is
 * below nought), so that no report ever reads the log. Episodes are counted for each subject apart, because one episode
 * can hold many findings: episodes with a finding add up over months, specialties and sites, never over subjects.
 */
export type Counter = CounterPlace & (
  | { readonly kind: 'episodes-read'; readonly episodes: number }
  | { readonly kind: 'documents-read'; readonly documentKind: DocumentKind; readonly documents: number }
  /** `rule` is null for what no term of the sheet names; `minutes` of coder time lost. */
  | { readonly kind: 'findings'; readonly documentKind: DocumentKind; readonly category: FaultCategory; readonly rule: RuleId | null; readonly findings: number; readonly minutes: number }
  | { readonly kind: 'episodes-found'; readonly subject: FindingSubject; readonly episodes: number });

/** All that is counted in one place on one line, without terms, categories and kinds: what a first look needs. Counts of months, specialties and sites add up. */
export interface CounterTotal extends CounterPlace {
  readonly episodesRead: number;
  readonly documentsRead: number;
  readonly findings: number;
  /** Minutes of coder time lost. */
  readonly minutes: number;
  /** Episodes with any finding. */
  readonly episodesFound: number;
}

/** One total for each place that the counters speak of, in no order. */
export function totalsOf(counters: Iterable<Counter>): readonly CounterTotal[] {
  const totals = new Map<string, { -readonly [Key in keyof CounterTotal]: CounterTotal[Key] }>();
  for (const counter of counters) {
    const { month, specialty, site } = counter;
    const key = `${month}|${specialty}|${site}`;
    let total = totals.get(key);
    if (!total) totals.set(key, total = { month, specialty, site, episodesRead: 0, documentsRead: 0, findings: 0, minutes: 0, episodesFound: 0 });
    switch (counter.kind) {
      case 'episodes-read': total.episodesRead += counter.episodes; break;
      case 'documents-read': total.documentsRead += counter.documents; break;
      case 'findings': total.findings += counter.findings; total.minutes += counter.minutes; break;
      case 'episodes-found': if (counter.subject.by === 'any') total.episodesFound += counter.episodes; break;
    }
  }
  return [...totals.values()];
}

/** One counter's name: all that tells it from others, without what it counts. */
export function counterKey(counter: Counter): string {
  const place = `${counter.month}|${counter.specialty}|${counter.site}|${counter.kind}`;
  switch (counter.kind) {
    case 'episodes-read': return place;
    case 'documents-read': return `${place}|${counter.documentKind}`;
    case 'findings': return `${place}|${counter.documentKind}|${counter.category}|${counter.rule ?? ''}`;
    case 'episodes-found': return `${place}|${subjectKey(counter.subject)}`;
  }
}

/** One subject's name. */
export function subjectKey(subject: FindingSubject): string {
  switch (subject.by) {
    case 'any': return 'any';
    case 'rule': return `rule:${subject.rule}`;
    case 'category': return `category:${subject.category}`;
  }
}

/** Counters of the same name added up, by name; what comes to nought is left out. Any grouping and any order of the parts gives the same. */
export function mergeCounters(...parts: readonly Iterable<Counter>[]): readonly Counter[] {
  const sums = new Map<string, Counter>();
  for (const part of parts) {
    for (const counter of part) {
      const key = counterKey(counter);
      const sum = sums.get(key);
      sums.set(key, sum ? added(sum, counter) : counter);
    }
  }
  return [...sums].filter(([, counter]) => !isNought(counter)).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counter]) => counter);
}

function added(a: Counter, b: Counter): Counter {
  if (a.kind === 'episodes-read' && b.kind === 'episodes-read') return { ...a, episodes: a.episodes + b.episodes };
  if (a.kind === 'documents-read' && b.kind === 'documents-read') return { ...a, documents: a.documents + b.documents };
  if (a.kind === 'findings' && b.kind === 'findings') return { ...a, findings: a.findings + b.findings, minutes: a.minutes + b.minutes };
  if (a.kind === 'episodes-found' && b.kind === 'episodes-found') return { ...a, episodes: a.episodes + b.episodes };
  throw new Error(`Counters of two kinds have one name: ${counterKey(a)}`);
}

function isNought(counter: Counter): boolean {
  switch (counter.kind) {
    case 'documents-read': return counter.documents === 0;
    case 'findings': return counter.findings === 0 && counter.minutes === 0;
    default: return counter.episodes === 0;
  }
}

/** Smallest count that may be shown to others, where policy sets no other: governance §9, “small-number suppression (<5)”. Nought may be shown, as is usual in NHS disclosure control (to be checked locally). */
export const smallestShown = 5;
