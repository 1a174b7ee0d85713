import type { Counter, FindingSubject } from './counters.js';
import type { EpisodeKey, LogEvent } from './decision.js';
import type { DocumentKind } from './document.js';
import type { FaultCategory } from './fault.js';
import { monthOf } from './month.js';
import type { RuleId } from './rulebook.js';
import { standingEvents } from './standing.js';

type Reading = Extract<LogEvent, { readonly kind: 'document-read' }>;
type Fault = Extract<LogEvent, { readonly kind: 'finding-logged' | 'fault-logged' | 'unreadable-logged' }>;

/** What the counters know of one fault. A row of a build that knew no categories is a term to avoid, or a conflict where it says so. */
interface CountedFault {
  readonly category: FaultCategory;
  readonly rule: RuleId | null;
  readonly documentKind: DocumentKind;
  readonly minutes: number;
}

/**
 * All that one episode adds to the running counters: a pure function of its own rows (undos of them included), so that
 * what a new row changes is the counters after it less the counters before it, in any order and with any undo.
 * An episode counts as read once a document of it has been read. It counts in the month of its first standing row, under the
 * first specialty and the first site that one of its rows knows, and its findings count with it: numerator and denominator
 * are the same episodes. A term or a category counts once in an episode, however often it was logged; its minutes add up.
 */
export function countersOfEpisode(rows: Iterable<LogEvent>): readonly Counter[] {
  const standing = standingEvents(rows);
  const readings = standing.filter((event) => event.kind === 'document-read');
  const faults = standing.filter((event) => event.kind === 'finding-logged' || event.kind === 'fault-logged' || event.kind === 'unreadable-logged');
  const counted: readonly (Reading | Fault)[] = [...readings, ...faults].sort((a, b) => a.sequence - b.sequence);
  const [first] = counted;
  if (!first) return [];
  const place = {
    month: monthOf(first.wall, first.offset),
    specialty: counted.find(({ specialty }) => specialty !== 'unknown')?.specialty ?? 'unknown',
    site: counted.map((event) => event.site ?? 'unknown').find((site) => site !== 'unknown') ?? 'unknown',
  } as const;
  const counters: Counter[] = [];
  if (readings.length > 0) counters.push({ kind: 'episodes-read', ...place, episodes: 1 });
  const kinds = new Map<string, DocumentKind>();
  for (const reading of readings) kinds.set(reading.place, reading.documentKind);
  const documents = new Map<DocumentKind, number>();
  for (const kind of kinds.values()) documents.set(kind, (documents.get(kind) ?? 0) + 1);
  for (const [documentKind, count] of documents) counters.push({ kind: 'documents-read', ...place, documentKind, documents: count });

  const found = new Map<string, CountedFault>();
  for (const event of faults) {
    const fault = countedFault(event);
    const subject = fault.rule ?? fault.category;
    const same = found.get(subject);
    found.set(subject, same ? { ...same, minutes: same.minutes + fault.minutes } : fault);
  }
  if (found.size === 0) return counters;
  for (const { category, rule, documentKind, minutes } of found.values()) counters.push({ kind: 'findings', ...place, documentKind, category, rule, findings: 1, minutes });
  const categories = new Set([...found.values()].map(({ category }) => category));
  const rules = [...found.values()].flatMap(({ rule }) => rule ?? []);
  const subjects: readonly FindingSubject[] = [{ by: 'any' }, ...rules.map((rule) => ({ by: 'rule', rule }) as const), ...[...categories].map((category) => ({ by: 'category', category }) as const)];
  return [...counters, ...subjects.map((subject) => ({ kind: 'episodes-found', ...place, subject, episodes: 1 }) as const)];
}

/** The episode that a row's counters belong to; null for a row that none are kept of. */
export function countedEpisode(event: LogEvent): EpisodeKey | null {
  switch (event.kind) {
    case 'document-read': case 'finding-logged': case 'finding-dismissed': case 'fault-logged': case 'unreadable-logged': return event.episode;
    default: return null;
  }
}

function countedFault(event: Fault): CountedFault {
  switch (event.kind) {
    case 'finding-logged': return { category: event.category ?? (event.verdict === 'conflict' ? 'conflict' : 'avoid-term'), rule: event.rule, documentKind: event.documentKind, minutes: event.minutes ?? 0 };
    case 'fault-logged': return { category: event.category, rule: null, documentKind: event.documentKind, minutes: event.minutes };
    case 'unreadable-logged': return { category: 'unreadable-document', rule: null, documentKind: 'other', minutes: event.minutes ?? 0 };
  }
}
