/** Every socket in the outer wall, on one page. Failures are `Result` values. */
import type { Lifetime } from '../base/lifetime.js';
import type { Result } from '../base/result.js';
import type { AdapterPart } from './adapter.js';
import type { CoderAnswer, CoderFailure, CoderQuestion } from './auto-coder.js';
import type { Counter, CounterTotal } from './counters.js';
import type { EpisodeKey, EventBody, EventId, LogEvent } from './decision.js';
import type { DocumentKind } from './document.js';
import type { Episode, SpecialtyId } from './episode.js';
import type { Month } from './month.js';
import type { EditionId } from './rulebook.js';
import type { EffectiveSettings, Settings } from './settings.js';

/** The time, passed in wherever it is needed. */
export interface Clock {
  /** Milliseconds since 1970 UTC. */
  readonly wall: () => number;
  /** Minutes that local time is ahead of UTC. */
  readonly offset: () => number;
}

/** A decision to be written: everything but what the store itself knows. */
export interface EventDraft {
  readonly id: EventId;
  readonly edition: EditionId;
  readonly body: EventBody;
}

export type LogFailure =
  | { readonly kind: 'disk-full' }
  | { readonly kind: 'store-closed' }
  /** A newer build has written here: read only. */
  | { readonly kind: 'newer-schema' }
  /** Rows that were acknowledged are missing: said, never silently begun anew. */
  | { readonly kind: 'data-loss'; readonly expected: number; readonly found: number }
  /** The draft holds something the log has no room for. */
  | { readonly kind: 'not-allowed'; readonly field: string };

/** How the log stands against its sentinel and its hash chain. */
export type LogHealth =
  | { readonly kind: 'sound'; readonly rows: number }
  | { readonly kind: 'data-loss'; readonly expected: number; readonly found: number }
  | { readonly kind: 'chain-broken'; readonly at: number }
  /** Every row stands, and what was counted of them, or of rows that are no longer kept, does not add up. */
  | { readonly kind: 'counters-broken' }
  | { readonly kind: 'newer-schema' };

/** What came of bringing rows back: how many the log has now, how many of them came back, how many that it had are still missing. */
export interface RestoredLog {
  readonly rows: number;
  readonly back: number;
  readonly missing: number;
}

/** Why a file is not taken as the log. Nothing of it is. */
export type LogImportFailure =
  | { readonly kind: 'not-a-log' }
  /** Written by another version of Nodi, newer or older. */
  | { readonly kind: 'other-schema'; readonly found: number }
  /** A row that is not as it was written, or that the log has no room for. */
  | { readonly kind: 'damaged'; readonly at: number }
  /** This device has rows that the file does not know: two logs are not made one here. */
  | { readonly kind: 'another-log' };

/** What a person is told of the device that the log lies on. */
export interface LogCare {
  /** The browser is near the end of the room that it gives. */
  readonly isFull: boolean;
  /** The clock was put back before this row was written, by so many minutes: rows keep their order, and their months may be wrong. */
  readonly back: { readonly sequence: number; readonly minutes: number } | null;
  /** The clock stands far ahead of what was seen last: nothing passes out of retention before a later day says the same. */
  readonly waits: boolean;
}

/** Where decisions rest. `append` answers only after a strict transaction has completed; the same id twice is one row. */
export interface LogStore {
  readonly append: (draft: EventDraft) => Promise<Result<LogEvent, LogFailure>>;
  readonly read: (range?: { readonly after?: number; readonly limit?: number }) => Promise<Result<readonly LogEvent[], LogFailure>>;
  /** Every row but those that say that a document was read: what a start must know does not grow with what is read. */
  readonly decisions: () => Promise<Result<readonly LogEvent[], LogFailure>>;
  /** The same, some at a time: those among the next `limit` rows behind a number, and the number of the last of these; `to` is null behind the end. */
  readonly page: (after: number, limit: number) => Promise<Result<{ readonly rows: readonly LogEvent[]; readonly to: number | null }, LogFailure>>;
  /** The rows that say something of the same things as these, and these: of their episodes and queries, undos of them included, readings left out. In order. */
  readonly related: (rows: readonly LogEvent[]) => Promise<Result<readonly LogEvent[], LogFailure>>;
  /** The rows of one episode in order, without undos of them. */
  readonly ofEpisode: (episode: EpisodeKey) => Promise<Result<readonly LogEvent[], LogFailure>>;
  /** The whole chain, row by row: as long as the log is. */
  readonly check: () => Promise<LogHealth>;
  /** The log's ends against the sentinel: the loss of rows is seen at once, a changed row is not. As quick for a million rows as for one. */
  readonly glance: () => Promise<LogHealth>;
}

/** What the log's running counters say, by scope. Nothing here reads a row of the log. */
export interface CounterStore {
  /** One total for each month, specialty and site, in no order. */
  readonly totals: () => Promise<Result<readonly CounterTotal[], LogFailure>>;
  /** Every counter of one specialty, or only those of the month given and later ones. */
  readonly countersOf: (specialty: SpecialtyId | 'unknown', from?: Month) => Promise<Result<readonly Counter[], LogFailure>>;
}

/** What the sentinel remembers outside the database, so that loss is seen. */
export interface LogSentinel {
  readonly epoch: string;
  readonly sequence: number;
  readonly head: string;
  readonly schema: number;
  /** Rows up to this number may have been destroyed by retention; never said of rows that went otherwise. */
  readonly from: number;
}

/** A second, separate place to keep the sentinel in. */
export interface SentinelStore {
  readonly read: () => Promise<LogSentinel | null>;
  readonly write: (sentinel: LogSentinel) => Promise<void>;
}

/**
 * Small files beside the database. What a database deletes stays readable in the profile (trust/threats.md, F11); a file that is removed here is
 * gone from it. `write` puts the whole file or none. Rejects where the device does not keep files.
 */
export interface FileStore {
  readonly names: () => Promise<readonly string[]>;
  readonly read: (name: string) => Promise<Uint8Array<ArrayBuffer> | null>;
  readonly write: (name: string, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
}

/** Preferences: managed beats user beats default. */
export interface SettingsStore {
  readonly read: () => Promise<EffectiveSettings>;
  /** Refuses keys that policy has fixed. */
  readonly change: (part: Partial<Settings>) => Promise<Result<EffectiveSettings, { readonly kind: 'managed'; readonly key: keyof Settings } | { readonly kind: 'not-saved' }>>;
  readonly onChange: (listener: (settings: EffectiveSettings) => void, signal: Lifetime) => void;
}

/** An EPR that Nodi can read. `Page` and `Place` stand for the DOM's Document and Element, which the nouns do not know. It finds nothing rather than guess. */
export interface EprAdapter<Page, Place> {
  readonly id: string;
  readonly version: number;
  /** Does this adapter know the page at this address? */
  readonly matches: (address: string) => boolean;
  /** Whom the page is about now. Asked at every sign of change, so it looks at nothing else. */
  readonly who: (page: Page) => LocatedPatient;
  readonly episode: (page: Page) => Episode;
  readonly notes: (page: Page) => readonly LocatedNote<Place>[];
  /** The parts that its description names; empty where nothing is described. */
  readonly described: readonly AdapterPart[];
  /** Are there note regions on this page that are the page itself, or hold the banner? They are not given as notes. */
  readonly isTooWide: (page: Page) => boolean;
  /** May other words in this element change whom the page is about, the episode, or a note? What ticks beside the record may not. */
  readonly concerns: (place: Place) => boolean;
  /** Does it read the patient or the episode from form fields of this page, whose values change without a sign? */
  readonly readsFields: (page: Page) => boolean;
  /** Is this part of a note not documentation: a menu, help, decision support? */
  readonly excluded: (place: Place) => boolean;
  /** May the shadow root of this element be entered? */
  readonly entersShadow: (place: Place) => boolean;
}

/** The banners that are shown, and the identifiers that notes carry themselves, which must agree with the banner. */
export interface LocatedPatient {
  readonly banners: readonly { readonly identifier: string | null; readonly name: string | null }[];
  readonly inNotes: readonly string[];
}

export interface LocatedNote<Place> {
  readonly place: Place;
  readonly id: string;
  readonly kind: DocumentKind;
  readonly title: string;
  readonly date: string | null;
  readonly author: string | null;
  /** Number of its own episode, where the page says so for each note. */
  readonly episode: string | null;
  /** Selector of the rows of a list that draws only what is in view; null for any other region. */
  readonly rows: string | null;
}

/**
 * A coder that is not ours: a health board's own, asked for its opinion beside what Nodi reads. What it answers has been checked against the question: codes of
 * the day's editions, words of the notes that were asked about. It never throws, and ends by the signal as `withdrawn`.
 */
export interface AutoCoder {
  readonly id: string;
  readonly ask: (question: CoderQuestion, signal: Lifetime) => Promise<Result<CoderAnswer, CoderFailure>>;
}
