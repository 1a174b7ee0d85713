import type { EventId, LogEvent } from './decision.js';

/**
 * Ids of the events that have been taken back. An undo that was itself undone takes nothing back (redo), to any depth.
 * An undo counts only for an event before it; one that names nothing known changes nothing.
 */
export function undoneEvents(events: Iterable<LogEvent>): ReadonlySet<EventId> {
  const ordered = inOrder(events);
  const takenBack = new Set<EventId>();
  const undone = new Set<EventId>();
  // From the last to the first: whether an undo holds is known before the event that it speaks of is met.
  for (const event of ordered.toReversed()) {
    if (takenBack.has(event.id)) undone.add(event.id);
    else if (event.kind === 'undone') takenBack.add(event.undoes);
  }
  return undone;
}

/**
 * The events that hold now, in order: without undos and what they took back, and with only the last decision of each
 * place and rule (or category), so that a finding logged twice, or dismissed and then logged, is counted once and as it was last decided.
 */
export function standingEvents(events: Iterable<LogEvent>): readonly LogEvent[] {
  const ordered = inOrder(events);
  const undone = undoneEvents(ordered);
  const left = ordered.filter((event) => event.kind !== 'undone' && !undone.has(event.id));
  const last = new Map<string, EventId>();
  for (const event of left) { const name = decisionName(event); if (name !== null) last.set(name, event.id); }
  return left.filter((event) => { const name = decisionName(event); return name === null || last.get(name) === event.id; });
}

/** One name for a rule at a place, to look decisions up by. */
export function findingKey(finding: { readonly place: string; readonly rule: string }): string {
  return `${finding.place}:${finding.rule}`;
}

/** What decisions share when the later takes the place of the earlier; null for one that stands beside all others. */
function decisionName(event: LogEvent): string | null {
  switch (event.kind) {
    case 'finding-logged': case 'finding-dismissed': return findingKey(event);
    case 'fault-logged': return `${event.place}:${event.category}`;
    default: return null;
  }
}

function inOrder(events: Iterable<LogEvent>): readonly LogEvent[] {
  return [...events].sort((a, b) => a.sequence - b.sequence);
}
