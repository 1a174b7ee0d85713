import { grouped } from '../base/grouped.js';
import type { LogEvent } from '../model/decision.js';
import type { SpecialtyId } from '../model/episode.js';
import type { ReportDefinition } from '../model/report.js';
import type { RuleId, Severity } from '../model/rulebook.js';
import { standingEvents } from '../model/standing.js';

/** One specialty: what coders logged for it. Compared with no other specialty. */
export interface SpecialtyFindings {
  readonly specialty: SpecialtyId | 'unknown';
  /** Standing logged findings: each place and rule once. */
  readonly findings: number;
  /** Episodes with at least one of them. Not episodes read: the log does not hold those. */
  readonly episodes: number;
  /** Most logged first, then by id. */
  readonly rules: readonly { readonly rule: RuleId; readonly verdict: Severity; readonly findings: number }[];
  /** Parts of records logged as unreadable. */
  readonly unreadable: number;
}

/** What was logged for each specialty; what was undone is left out. Specialties by id, the unknown last. */
export const findingsBySpecialty: ReportDefinition<SpecialtyFindings> = {
  id: 'findings-by-specialty',
  question: { en: 'What do coders log for each specialty?', cy: 'Beth mae codyddion yn ei gofnodi ar gyfer pob arbenigedd?' },
  project: (events) => {
    const all = [...events];
    const groups = grouped(standingEvents(all).filter(counts), (event) => event.specialty);
    const rows = [...groups].map(([specialty, own]) => rowOf(specialty, own)).sort((a, b) => placeOf(a.specialty, b.specialty));
    return { rows, eventsRead: all.length };
  },
};

type CountedEvent = Extract<LogEvent, { readonly kind: 'finding-logged' | 'unreadable-logged' }>;

function counts(event: LogEvent): event is CountedEvent {
  return event.kind === 'finding-logged' || event.kind === 'unreadable-logged';
}

function rowOf(specialty: SpecialtyId | 'unknown', events: readonly CountedEvent[]): SpecialtyFindings {
  const logged = events.filter((event) => event.kind === 'finding-logged');
  const rules = [...grouped(logged, (event) => event.rule)]
    .map(([rule, own]) => ({ rule, verdict: (own.at(-1) as (typeof own)[number]).verdict, findings: own.length }))
    .sort((a, b) => b.findings - a.findings || (a.rule < b.rule ? -1 : 1));
  const unreadable = events.reduce((sum, event) => sum + (event.kind === 'unreadable-logged' ? event.count : 0), 0);
  return { specialty, findings: logged.length, episodes: new Set(logged.map((event) => event.episode)).size, rules, unreadable };
}

function placeOf(a: string, b: string): number {
  if (a === b) return 0;
  if (a === 'unknown') return 1;
  if (b === 'unknown') return -1;
  return a < b ? -1 : 1;
}
