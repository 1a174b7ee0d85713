import { grouped } from '../base/grouped.js';
import type { Counter } from '../model/counters.js';
import type { EventId, LogEvent } from '../model/decision.js';
import type { Month } from '../model/month.js';
import type { Query, QueryBurden, SharedFault } from '../model/query.js';
import { standingEvents } from '../model/standing.js';
import { smallestShown } from './small-cells.js';

const day = 86_400_000;

/**
 * The queries that stand, last drafted first, with undo honoured. `now` in milliseconds since 1970 UTC.
 * A move counts only for a query that stands; the last one holds. The same events at the same moment give the same answer.
 */
export function foldQueries(events: Iterable<LogEvent>, now: number): readonly Query[] {
  const queries = new Map<EventId, Query>();
  const moved = new Map<EventId, number>();
  for (const event of standingEvents(events)) {
    if (event.kind === 'query-drafted') {
      const { id, episode, specialty, category, rule, findings, language, wall } = event;
      queries.set(id, { id, episode, specialty, category, rule, findings, language, state: 'drafted', outcome: 'none', drafted: wall, sent: null, answered: null, due: null, days: 0, isOverdue: false });
    } else if (event.kind === 'query-moved') {
      const query = queries.get(event.query);
      if (!query) continue;
      const sent = event.state === 'drafted' ? null : query.sent ?? (event.state === 'sent' ? event.wall : null);
      const answered = event.state === 'answered' ? event.wall : event.state === 'closed' ? query.answered : null;
      queries.set(event.query, { ...query, state: event.state, outcome: event.outcome, sent, answered, due: event.due === 0 ? query.due : event.due });
      moved.set(event.query, event.wall);
    }
  }
  return [...queries.values()].map((query) => aged(query, moved.get(query.id) ?? query.drafted, now)).reverse();
}

function aged(query: Query, moved: number, now: number): Query {
  const from = query.sent ?? query.drafted;
  const until = query.answered ?? (query.state === 'closed' ? moved : now);
  return { ...query, days: Math.max(0, Math.floor((until - from) / day)), isOverdue: query.state === 'sent' && query.due !== null && query.due < now };
}

/** What the queries ask of each specialty, in order of its id, the unknown last: never by size. */
export function queryBurden(queries: readonly Query[]): readonly QueryBurden[] {
  return [...grouped(queries, ({ specialty }) => specialty)].map(([specialty, own]): QueryBurden => {
    const waits = own.flatMap(({ sent, answered }) => (sent !== null && answered !== null ? [Math.max(0, Math.floor((answered - sent) / day))] : [])).sort((a, b) => a - b);
    return {
      specialty, open: own.filter(({ state }) => state === 'drafted' || state === 'sent').length, overdue: own.filter(({ isOverdue }) => isOverdue).length,
      sent: own.filter(({ sent }) => sent !== null).length, answered: waits.length, medianDays: median(waits),
    };
  }).sort((a, b) => Number(a.specialty === 'unknown') - Number(b.specialty === 'unknown') || (a.specialty < b.specialty ? -1 : 1));
}

/** What each specialty's documents share from one month on, `least` findings or more: the most first within a specialty. A person chooses among them; the counts are shown only to coders. */
export function sharedFaults(counters: Iterable<Counter>, from: Month, least = smallestShown): readonly SharedFault[] {
  const sums = new Map<string, SharedFault>();
  for (const counter of counters) {
    if (counter.kind !== 'findings' || counter.month < from) continue;
    const { specialty, category, rule, findings } = counter;
    // A term is asked about as itself, whatever category it was logged under.
    const name = `${specialty}|${rule ?? category}`;
    const sum = sums.get(name);
    sums.set(name, sum ? { ...sum, findings: sum.findings + findings } : { specialty, category, rule, findings });
  }
  return [...sums.values()].filter(({ findings }) => findings >= least)
    .sort((a, b) => (a.specialty === b.specialty ? b.findings - a.findings || ((a.rule ?? a.category) < (b.rule ?? b.category) ? -1 : 1) : a.specialty < b.specialty ? -1 : 1));
}

function median(sorted: readonly number[]): number | null {
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
