import type { EpisodeKey, EventId, LogEvent } from '../model/decision.js';
import type { RuleId } from '../model/rulebook.js';
import { findingKey, standingEvents, undoneEvents } from '../model/standing.js';

/** What the log comes to: which places are logged or dismissed, and which rules are muted. */
export interface FoldedDecisions {
  /** By `findingKey` (place and rule). A place is in one of the two maps at most: as it was last decided. */
  readonly logged: ReadonlyMap<string, EventId>;
  readonly dismissed: ReadonlyMap<string, EventId>;
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
  const episodes = new Set<EpisodeKey>();
  const muted = new Map<RuleId, { readonly until: number; readonly event: EventId }>();
  for (const event of standingEvents(all)) {
    if (event.kind === 'finding-logged' || event.kind === 'finding-dismissed') episodes.add(event.episode);
    if (event.kind === 'finding-logged') logged.set(findingKey(event), event.id);
    else if (event.kind === 'finding-dismissed') dismissed.set(findingKey(event), event.id);
    else if (event.kind === 'rule-muted') muted.set(event.rule, { until: event.until, event: event.id });
  }
  return { logged, dismissed, episodes, muted, undoneIds: undoneEvents(all) };
}
