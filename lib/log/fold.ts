import type { EpisodeKey, EventId, LogEvent, PlaceKey } from '../model/decision.js';
import type { RuleId } from '../model/rulebook.js';
import { standingEvents, undoneEvents } from '../model/standing.js';

/** What the log comes to: which places are logged or dismissed, and which rules are muted. */
export interface DecisionState {
  /** A place key is made of the rule too, so it names one finding. A place is in one of the two maps at most: as it was last decided. */
  readonly logged: ReadonlyMap<PlaceKey, LogEvent>;
  readonly dismissed: ReadonlyMap<PlaceKey, LogEvent>;
  /** Episodes with a standing decision: for any other episode no place need be hashed. */
  readonly episodes: ReadonlySet<EpisodeKey>;
  /** The last standing mute of each rule, ended or not: whoever asks compares `until` (milliseconds since 1970 UTC) with the clock. */
  readonly muted: ReadonlyMap<RuleId, { readonly until: number; readonly event: EventId }>;
  /** Ids that an undo has taken back; an undo that is itself here has been redone. */
  readonly undoneIds: ReadonlySet<EventId>;
}

/** Folds the whole log, in order of sequence, with undo and redo honoured. The same events give the same answer for ever. */
export function foldDecisions(events: Iterable<LogEvent>): DecisionState {
  const all = [...events];
  const logged = new Map<PlaceKey, LogEvent>();
  const dismissed = new Map<PlaceKey, LogEvent>();
  const episodes = new Set<EpisodeKey>();
  const muted = new Map<RuleId, { readonly until: number; readonly event: EventId }>();
  for (const event of standingEvents(all)) {
    if (event.kind === 'finding-logged' || event.kind === 'finding-dismissed') {
      (event.kind === 'finding-logged' ? logged : dismissed).set(event.place, event);
      episodes.add(event.episode);
    } else if (event.kind === 'rule-muted') muted.set(event.rule, { until: event.until, event: event.id });
  }
  return { logged, dismissed, episodes, muted, undoneIds: undoneEvents(all) };
}
