import type { EpisodeKey, EventBody, EventId, LogEvent } from '../model/decision.js';
import type { FaultCategory } from '../model/fault.js';
import type { RuleId } from '../model/rulebook.js';
import type { CoverageGapKind } from '../model/snapshot.js';
import { findingKey, standingEvents, undoneEvents } from '../model/standing.js';

/** What the log comes to: which places are logged or dismissed, and which rules are muted. */
export interface FoldedDecisions {
  /** By `findingKey` (place and rule). A place is in one of the two maps at most: as it was last decided. */
  readonly logged: ReadonlyMap<string, EventId>;
  readonly dismissed: ReadonlyMap<string, EventId>;
  /** How often each fault stands logged in its episode, by `faultName`. */
  readonly times: ReadonlyMap<string, number>;
  /** Episodes that have a decision in one of the two. */
  readonly episodes: ReadonlySet<EpisodeKey>;
  /** The last standing mute of each rule, ended or not: whoever asks compares `until` (milliseconds since 1970 UTC) with the clock. */
  readonly muted: ReadonlyMap<RuleId, { readonly until: number; readonly event: EventId }>;
  /** Ids that an undo has taken back; an undo that is itself here has been redone. */
  readonly undoneIds: ReadonlySet<EventId>;
}

/** Folds the whole log, in order of sequence, with undo and redo honoured. The same events give the same answer for ever. */
export function foldDecisions(events: Iterable<LogEvent>): FoldedDecisions {
  const all = [...events];
  const logged = new Map<string, EventId>();
  const dismissed = new Map<string, EventId>();
  const times = new Map<string, number>();
  const episodes = new Set<EpisodeKey>();
  const muted = new Map<RuleId, { readonly until: number; readonly event: EventId }>();
  for (const event of standingEvents(all)) {
    const subject = faultSubject(event);
    if (subject !== null) times.set(subject, (times.get(subject) ?? 0) + 1);
    if (event.kind === 'finding-logged' || event.kind === 'finding-dismissed') episodes.add(event.episode);
    if (event.kind === 'finding-logged') logged.set(findingKey(event), event.id);
    else if (event.kind === 'finding-dismissed') dismissed.set(findingKey(event), event.id);
    else if (event.kind === 'rule-muted') muted.set(event.rule, { until: event.until, event: event.id });
  }
  return { logged, dismissed, times, episodes, muted, undoneIds: undoneEvents(all) };
}

/** One name for what is told apart within an episode: a term, the category of what no term names, or what could not be read. */
export function faultName(episode: EpisodeKey, what: RuleId | FaultCategory | CoverageGapKind): string {
  return `${episode}:${what}`;
}

/** The name of the fault that a row logs; null for a row that logs none. */
export function faultSubject(body: EventBody): string | null {
  switch (body.kind) {
    case 'finding-logged': return faultName(body.episode, body.rule);
    case 'fault-logged': return faultName(body.episode, body.category);
    case 'unreadable-logged': return faultName(body.episode, body.gap);
    default: return null;
  }
}
