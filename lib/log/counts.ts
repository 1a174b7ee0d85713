import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { mergeCounters, totalsOf, type Counter, type CounterPlace, type CounterTotal } from '../model/counters.js';
import type { EventBody, EventId, LogEvent } from '../model/decision.js';
import type { DocumentKind } from '../model/document.js';
import { countersOfEpisode } from '../model/episode-counters.js';
import type { FaultCategory } from '../model/fault.js';
import type { RuleId } from '../model/rulebook.js';

/** The row that this one is about what it is about: the one it takes back, or the query it moves on. */
export function rowBefore(body: EventBody): EventId | null {
  return body.kind === 'undone' ? body.undoes : body.kind === 'query-moved' ? body.query : null;
}

/** What rows must share for one to change what another counts: their episode; else the row alone. Hashed again, as it stands beside the sealed row. */
export function aboutOf(body: EventBody, id: EventId): string {
  return aboutOfEpisode('episode' in body && body.episode !== '' ? body.episode : id);
}

/** What the rows of one episode share. */
export function aboutOfEpisode(name: string): string {
  return bytesToHex(sha256(utf8ToBytes(`about ${name}`))).slice(0, 24);
}

/** How the counters change when `row` is written after `before`, all that is known about the same thing. */
export function changesBy(before: readonly LogEvent[], row: LogEvent): readonly Counter[] {
  return mergeCounters(countersOfEpisode([...before, row]), countersOfEpisode(before).map(takenBack));
}

function takenBack(counter: Counter): Counter {
  switch (counter.kind) {
    case 'documents-read': return { ...counter, documents: -counter.documents };
    case 'findings': return { ...counter, findings: -counter.findings, minutes: -counter.minutes };
    default: return { ...counter, episodes: -counter.episodes };
  }
}

/** Rows seen so far by what they are about, so that each meets those that it counts with. */
export function createKnownRows(): { readonly add: (row: LogEvent) => { readonly about: string; readonly before: readonly LogEvent[] } } {
  const abouts = new Map<EventId, string>();
  const groups = new Map<string, LogEvent[]>();
  return {
    add(row) {
      const earlier = rowBefore(row);
      const about = (earlier === null ? undefined : abouts.get(earlier)) ?? aboutOf(row, row.id);
      abouts.set(row.id, about);
      const group = groups.get(about) ?? [];
      groups.set(about, group);
      const before = [...group];
      group.push(row);
      return { about, before };
    },
  };
}

/** The total of one place as it rests: small, so that those of all places are read at once. */
export interface TotalRow {
  readonly name: string;
  readonly month: string;
  readonly total: CounterTotal;
}

/** All counters of one place as they rest: one text, since one record for each counter would take seconds to read. */
export interface DetailRow {
  readonly name: string;
  readonly month: string;
  readonly text: string;
}

/** One place's name, the specialty first: what is asked for is one specialty from a month on. Closed lists and slugs: none of them holds a bar. */
export function placeName({ specialty, month, site }: CounterPlace): string {
  return `${specialty}|${month}|${site}`;
}

/** The counters that one file of the backup holds: of a specialty in a month, all sites. */
export function copiedWith({ month, specialty }: CounterPlace): string {
  return `${month}-${specialty}`;
}

/** Counters as they rest, without their place: read, documents, findings, episodes with anything, with a rule, with a category. */
type Entry =
  | readonly ['e', number] | readonly ['d', DocumentKind, number] | readonly ['f', DocumentKind, FaultCategory, RuleId | null, number, number]
  | readonly ['a', number] | readonly ['r', RuleId, number] | readonly ['c', FaultCategory, number];

function entryOf(counter: Counter): Entry {
  switch (counter.kind) {
    case 'episodes-read': return ['e', counter.episodes];
    case 'documents-read': return ['d', counter.documentKind, counter.documents];
    case 'findings': return ['f', counter.documentKind, counter.category, counter.rule, counter.findings, counter.minutes];
    case 'episodes-found': switch (counter.subject.by) {
      case 'any': return ['a', counter.episodes];
      case 'rule': return ['r', counter.subject.rule, counter.episodes];
      case 'category': return ['c', counter.subject.category, counter.episodes];
    }
  }
}

/** The counters of a place from their text. Throws on one that this file did not write. */
export function countersIn(text: string, { month, specialty, site }: CounterPlace): readonly Counter[] {
  const place = { month, specialty, site };
  return (JSON.parse(text) as readonly Entry[]).map((entry): Counter => {
    switch (entry[0]) {
      case 'e': return { kind: 'episodes-read', ...place, episodes: entry[1] };
      case 'd': return { kind: 'documents-read', ...place, documentKind: entry[1], documents: entry[2] };
      case 'f': return { kind: 'findings', ...place, documentKind: entry[1], category: entry[2], rule: entry[3], findings: entry[4], minutes: entry[5] };
      case 'a': return { kind: 'episodes-found', ...place, subject: { by: 'any' }, episodes: entry[1] };
      case 'r': return { kind: 'episodes-found', ...place, subject: { by: 'rule', rule: entry[1] }, episodes: entry[2] };
      case 'c': return { kind: 'episodes-found', ...place, subject: { by: 'category', category: entry[1] }, episodes: entry[2] };
    }
  });
}

/** Both rows of one place when these counters, all of that place, are added up; null where nothing is left. */
export function restingRows(...parts: readonly (readonly Counter[])[]): { readonly total: TotalRow; readonly detail: DetailRow } | null {
  // An undo of a row whose episode has partly passed out of retention may take back what was counted elsewhere: nothing falls below nought.
  const counters = mergeCounters(mergeCounters(...parts).map(notBelowNought));
  const [total] = totalsOf(counters);
  if (!total) return null;
  const name = placeName(total);
  return { total: { name, month: total.month, total }, detail: { name, month: total.month, text: JSON.stringify(counters.map(entryOf)) } };
}

function notBelowNought(counter: Counter): Counter {
  switch (counter.kind) {
    case 'documents-read': return { ...counter, documents: Math.max(0, counter.documents) };
    case 'findings': return { ...counter, findings: Math.max(0, counter.findings), minutes: Math.max(0, counter.minutes) };
    default: return { ...counter, episodes: Math.max(0, counter.episodes) };
  }
}

/** Counters by the name of their place. */
export function byPlace(counters: Iterable<Counter>): ReadonlyMap<string, readonly Counter[]> {
  const places = new Map<string, Counter[]>();
  for (const counter of counters) {
    const name = placeName(counter);
    const own = places.get(name);
    if (own) own.push(counter); else places.set(name, [counter]);
  }
  return places;
}

/** One number for all that a total holds: totals that went missing are seen by the sum of these. */
export function weightOf({ episodesRead, documentsRead, findings, minutes, episodesFound }: CounterTotal): number {
  return episodesRead + documentsRead + findings + minutes + episodesFound;
}

export function weightOfAll(counters: Iterable<Counter>): number {
  return totalsOf(counters).reduce((sum, total) => sum + weightOf(total), 0);
}
