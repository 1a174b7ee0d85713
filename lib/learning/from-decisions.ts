import type { CodeSystem } from '../model/code.js';
import type { EpisodeKey, EventId, LogEvent } from '../model/decision.js';
import type { CodeName, ContextFlag, Phrase } from '../model/learning.js';
import { undoneEvents } from '../model/standing.js';
import { cellAt, cellName, dropEmpty, tallyOf, type CellKey, type Cells } from './cells.js';
import type { Outcome } from './calibration.js';
import { shrunkShare } from './interval.js';
import { admit, emptyMemory, type PhraseMemory } from './phrase-memory.js';

/** What one episode teaches about one phrase. */
export interface LessonPart {
  readonly key: CellKey;
  /** Coded in full, with a code for these words: then the codes that the words did not get count as seen. Under primary-only coding they are unknown. */
  readonly given: boolean;
  readonly codes: ReadonlyMap<CodeName, 'accepted' | 'refused'>;
}

/** What one episode teaches, as its decisions stand. */
export interface Lesson {
  readonly parts: readonly LessonPart[];
  /** The specialty in which the coder said that it is coded, or null. */
  readonly finished: string | null;
  /** Number of its last decision: the order in which episodes teach. */
  readonly at: number;
}

interface Held { readonly events: LogEvent[]; lesson: Lesson }

/** What this device's coder taught by deciding. A fold over the log: what is taken back there is taken back here. */
export interface DecisionMemory {
  readonly cells: Cells;
  /** Phrases ever taught, for finding them in a document. One whose counts are all taken back is found and says nothing. */
  readonly inventory: PhraseMemory;
  readonly episodes: Map<EpisodeKey, Held>;
  /** Finished episodes by specialty. */
  readonly finished: Map<string, number>;
  /** Phrase and code that a person had taken out, by `forgottenName`, with the event to undo; for good until that is undone. */
  forgotten: ReadonlyMap<string, EventId>;
  /** Number of the last event that was read. */
  version: number;
  readonly homes: Map<EventId, EpisodeKey | typeof nowhere>;
  readonly forgets: LogEvent[];
}

const nowhere = 'no episode';

/** One name for a phrase and a code, to look up what is forgotten. */
export function forgottenName(phrase: string, code: CodeName): string { return `${phrase}\t${code}`; }

/** The memory after all these events. */
export function learnFromDecisions(events: Iterable<LogEvent>): DecisionMemory {
  const memory: DecisionMemory = { cells: new Map(), inventory: emptyMemory([]), episodes: new Map(), finished: new Map(), forgotten: new Map(), version: 0, homes: new Map(), forgets: [] };
  const changed = new Set<EpisodeKey>();
  for (const event of [...events].sort((a, b) => a.sequence - b.sequence)) {
    const home = place(memory, event);
    if (home !== null && home !== nowhere) changed.add(home);
  }
  for (const episode of changed) relearn(memory, episode);
  memory.forgotten = forgottenBy(memory.forgets);
  return memory;
}

/** One more event, in order of the log. Only its own episode is learned again. */
export function learnDecision(memory: DecisionMemory, event: LogEvent): void {
  const home = place(memory, event);
  if (home === nowhere) memory.forgotten = forgottenBy(memory.forgets);
  else if (home !== null) relearn(memory, home);
}

/** Puts an event where it belongs; null for one that teaches nothing. */
function place(memory: DecisionMemory, event: LogEvent): EpisodeKey | typeof nowhere | null {
  if (event.sequence <= memory.version) return null;
  memory.version = event.sequence;
  const home = event.kind === 'undone' ? memory.homes.get(event.undoes) : event.kind === 'phrase-forgotten' ? nowhere
    : event.kind === 'codes-accepted' || event.kind === 'codes-rejected' || event.kind === 'codes-removed' || event.kind === 'episode-coded' ? event.episode : undefined;
  if (home === undefined) return null;
  memory.homes.set(event.id, home);
  if (home === nowhere) memory.forgets.push(event);
  else {
    const held = memory.episodes.get(home);
    if (held) held.events.push(event); else memory.episodes.set(home, { events: [event], lesson: { parts: [], finished: null, at: 0 } });
  }
  return home;
}

function forgottenBy(events: readonly LogEvent[]): ReadonlyMap<string, EventId> {
  const undone = undoneEvents(events);
  return new Map(events.flatMap((event) => (event.kind === 'phrase-forgotten' && !undone.has(event.id) ? [[forgottenName(event.phrase, `${event.system} ${event.code}` as CodeName), event.id] as const] : [])));
}

function relearn(memory: DecisionMemory, episode: EpisodeKey): void {
  const held = memory.episodes.get(episode);
  if (!held) return;
  count(memory, held.lesson, -1);
  held.lesson = lessonOf(held.events);
  count(memory, held.lesson, 1);
}

function count({ cells, inventory, finished }: Pick<DecisionMemory, 'cells' | 'inventory' | 'finished'>, lesson: Lesson, by: 1 | -1): void {
  if (lesson.finished !== null) finished.set(lesson.finished, (finished.get(lesson.finished) ?? 0) + by);
  for (const { key, given, codes } of lesson.parts) {
    const cell = cellAt(cells, key);
    cell.episodes += by;
    if (given) cell.given += by;
    for (const [code, verdict] of codes) {
      const counts = cell.codes.get(code) ?? { accepted: 0, refused: 0, beside: 0 };
      cell.codes.set(code, counts);
      counts[verdict] += by;
      if (given) counts.beside += by;
      if (by > 0) admit(inventory, { phrase: key.phrase, code, kind: 'marked' });
    }
    if (by < 0) dropEmpty(cells, cell);
  }
}

interface Words { readonly phrase: Phrase; readonly flag: ContextFlag }
interface Verdict { readonly words: Words; readonly system: CodeSystem; readonly list: string; readonly specialty: string; readonly codes: readonly string[]; readonly full: boolean; readonly teaches: boolean }

/** What stands of an episode's decisions, as a lesson. A code without the words that prove it teaches nothing, whoever proposed it. */
export function lessonOf(events: readonly LogEvent[]): Lesson {
  const undone = undoneEvents(events);
  const units = new Map<EventId, Verdict | null>();
  const refused: Verdict[] = [];
  let finished: string | null = null;
  for (const event of events) {
    if (undone.has(event.id)) continue;
    switch (event.kind) {
      case 'codes-accepted': {
        const before = event.replaces === '' ? null : units.get(event.replaces) ?? null;
        if (event.replaces !== '') units.delete(event.replaces);
        // A code put in the place of another stands at the same words, unless the coder marked other ones.
        const words = event.phrase !== '' ? { phrase: event.phrase as Phrase, flag: event.flag } : before?.words ?? null;
        const codes = event.codes.split(' ');
        if (before) refused.push({ ...before, codes: before.codes.filter((code) => !codes.includes(code)) });
        units.set(event.id, words && { words, system: event.system, list: event.list, specialty: event.specialty, codes, full: event.depth === 'full', teaches: event.origin !== 'one-key' });
        break;
      }
      case 'codes-rejected':
        if (event.phrase !== '' && countsAgainst(event)) refused.push({ words: { phrase: event.phrase as Phrase, flag: event.flag }, system: event.system, list: event.list, specialty: event.specialty, codes: event.codes.split(' '), full: event.depth === 'full', teaches: true });
        break;
      case 'codes-removed': units.delete(event.unit); break;
      case 'episode-coded': finished = event.specialty; break;
      default: break;
    }
  }
  const parts = new Map<string, { key: CellKey; given: boolean; codes: Map<CodeName, 'accepted' | 'refused'> }>();
  const partOf = ({ words, system, list, specialty }: Verdict): { key: CellKey; given: boolean; codes: Map<CodeName, 'accepted' | 'refused'> } => {
    const key: CellKey = { ...words, system, list, specialty };
    const name = `${words.phrase}\t${cellName(key)}`;
    const part = parts.get(name) ?? { key, given: false, codes: new Map() };
    parts.set(name, part);
    return part;
  };
  for (const verdict of refused) for (const code of verdict.codes) partOf(verdict).codes.set(`${verdict.system} ${code}` as CodeName, 'refused');
  // What was accepted in the end is not refused, in whatever order.
  for (const verdict of units.values()) {
    // A record must not vouch for itself: what its one key accepted teaches nothing; what was edited or rejected does (product/autocoding.md §8, 10).
    if (!verdict?.teaches) continue;
    const part = partOf(verdict);
    if (verdict.full) part.given = true;
    for (const code of verdict.codes) part.codes.set(`${verdict.system} ${code}` as CodeName, 'accepted');
  }
  return { parts: [...parts.values()].filter(({ codes }) => codes.size > 0), finished, at: events.at(-1)?.sequence ?? 0 };
}

/**
 * Does a rejection speak against the words? One that is coded elsewhere was right; what primary-only coding
 * does not need is unknown, and no reason given may be that.
 */
function countsAgainst({ reason, depth }: Extract<LogEvent, { readonly kind: 'codes-rejected' }>): boolean {
  if (reason === 'coded-elsewhere') return false;
  return depth === 'full' || (reason !== 'not-relevant' && reason !== 'other');
}

/** What is believed of a phrase that nobody has seen. */
const unseen = 0.1;

/** Share of a code at these words after back-off, from the wide to the narrow: any phrase, this phrase in all specialties, in this one. */
export function shareOf(all: { readonly accepted: number; readonly seen: number }, own: { readonly accepted: number; readonly seen: number }): number {
  return shrunkShare(own.accepted, own.seen, shrunkShare(all.accepted, all.seen, unseen, 2), 2);
}

/**
 * How good the record's word would have been: for each episode in order what the episodes before it said of its words, and what the coder
 * then decided. Scored in silence, from the first episode on; newest last.
 */
export function scoredInSilence(memory: DecisionMemory): ReadonlyMap<string, readonly Outcome[]> {
  const before: Pick<DecisionMemory, 'cells' | 'inventory' | 'finished'> = { cells: new Map(), inventory: emptyMemory([]), finished: new Map() };
  const outcomes = new Map<string, Outcome[]>();
  for (const { lesson } of [...memory.episodes.values()].sort((a, b) => a.lesson.at - b.lesson.at)) {
    for (const { key, given, codes } of lesson.parts) {
      const cells = [...before.cells.get(key.phrase)?.values() ?? []].filter(({ flag, system }) => flag === key.flag && system === key.system);
      const said = new Set(cells.flatMap((cell) => [...cell.codes.keys()]));
      for (const code of said) {
        // Under primary-only coding nobody knows whether it was wrong.
        if (!given && !codes.has(code)) continue;
        const sum = (of: typeof cells): { accepted: number; seen: number } => of.reduce((total, cell) => { const tally = tallyOf(cell, code); return { accepted: total.accepted + tally.accepted, seen: total.seen + tally.seen }; }, { accepted: 0, seen: 0 });
        const list = outcomes.get(key.specialty) ?? [];
        outcomes.set(key.specialty, list);
        list.push({ sure: shareOf(sum(cells), sum(cells.filter(({ specialty }) => specialty === key.specialty))), right: codes.get(code) === 'accepted' });
      }
    }
    count(before, lesson, 1);
  }
  return outcomes;
}
