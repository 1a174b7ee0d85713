import type { Brand } from '../base/brand.js';
import type { Span } from '../base/span.js';
import type { ContextKey } from './context.js';
import type { DocumentId, DocumentKind } from './document.js';
import type { SpecialtyId } from './episode.js';
import type { DocumentLanguage } from './language.js';
import type { EditionId, RuleId, Severity } from './rulebook.js';
import type { CoverageGapKind } from './snapshot.js';

/** UUID made at the click: one click is one row, however often it is sent. */
export type EventId = Brand<string, 'EventId'>;

/** HMAC-SHA-256 (64 hex digits) of patient and episode under the board's key. */
export type EpisodeKey = Brand<string, 'EpisodeKey'>;

/** HMAC-SHA-256 (64 hex digits) of one place in one text, so that a dismissal is found again without keeping the text. */
export type PlaceKey = Brand<string, 'PlaceKey'>;

/** The finding a command speaks of: where, in which version, for whom. */
export interface FindingTarget {
  readonly key: ContextKey;
  readonly document: DocumentId;
  readonly version: number;
  readonly span: Span;
  readonly rule: RuleId;
}

/** What the coder decided, as data. The ones with an `id` end in the log; the others leave no trace. */
export type Command =
  | { readonly kind: 'log-finding'; readonly id: EventId; readonly target: FindingTarget }
  | { readonly kind: 'dismiss-finding'; readonly id: EventId; readonly target: FindingTarget }
  | { readonly kind: 'mute-rule'; readonly id: EventId; readonly rule: RuleId; readonly days: number }
  | { readonly kind: 'log-unreadable'; readonly id: EventId; readonly key: ContextKey; readonly gap: CoverageGapKind; readonly count: number }
  | { readonly kind: 'undo'; readonly id: EventId; readonly undoes: EventId }
  | { readonly kind: 'copy-wording'; readonly rule: RuleId }
  | { readonly kind: 'explain-rule'; readonly rule: RuleId }
  | { readonly kind: 'show-finding'; readonly target: FindingTarget }
  /** The words that prove a code, shown where they stand. */
  | { readonly kind: 'show-evidence'; readonly key: ContextKey; readonly document: DocumentId; readonly version: number; readonly span: Span };

/** A command that asks for a row in the log. */
export type RecordedCommand = Extract<Command, { readonly id: EventId }>;

/** What a command came to. `acknowledged` is said only after the strict transaction has completed. */
export type CommandOutcome =
  | { readonly kind: 'acknowledged'; readonly event: EventId; readonly sequence: number }
  | { readonly kind: 'done' }
  /** The record on screen is not the one the command speaks of. */
  | { readonly kind: 'refused'; readonly reason: 'context-changed' | 'patient-unknown' | 'not-found' | 'not-allowed' }
  /** Nothing was written; the same command may be sent again. */
  | { readonly kind: 'not-saved'; readonly reason: 'disk-full' | 'store-closed' | 'newer-schema' | 'data-loss' | 'no-answer' };

/** What every row holds. There is no field that could hold patient text or an identifier. */
export interface EventBase {
  readonly id: EventId;
  /** Dense number per device, from 1; the order of events, never the clock. */
  readonly sequence: number;
  /** Wall clock, milliseconds since 1970 UTC. */
  readonly wall: number;
  /** Offset of local time from UTC in minutes, east positive. */
  readonly offset: number;
  readonly edition: EditionId;
  /** Schema of the writer; an older build refuses to write on a newer one. */
  readonly schema: number;
  /** SHA-256 (hex) of the row before, all zeros for the first. */
  readonly previous: string;
  /** SHA-256 (hex) of this row's other fields in canonical order, `previous` included. */
  readonly hash: string;
}

/** The part of an event that says what happened. */
export type EventBody =
  | { readonly kind: 'finding-logged'; readonly rule: RuleId; readonly verdict: Severity; readonly specialty: SpecialtyId | 'unknown'; readonly documentKind: DocumentKind; readonly documentLanguage: DocumentLanguage; readonly episode: EpisodeKey; readonly place: PlaceKey; readonly adapter: string; readonly adapterVersion: number }
  | { readonly kind: 'finding-dismissed'; readonly rule: RuleId; readonly verdict: Severity; readonly specialty: SpecialtyId | 'unknown'; readonly documentKind: DocumentKind; readonly documentLanguage: DocumentLanguage; readonly episode: EpisodeKey; readonly place: PlaceKey; readonly adapter: string; readonly adapterVersion: number }
  | { readonly kind: 'rule-muted'; readonly rule: RuleId; /** Milliseconds since 1970 UTC. */ readonly until: number }
  | { readonly kind: 'unreadable-logged'; readonly gap: CoverageGapKind; readonly count: number; readonly specialty: SpecialtyId | 'unknown'; readonly episode: EpisodeKey; readonly adapter: string; readonly adapterVersion: number }
  /** Takes back an earlier event (which may itself be an undo: that is redo). Nothing is ever deleted. */
  | { readonly kind: 'undone'; readonly undoes: EventId };

/** What may be remembered of a decision: ids, kinds, counts and keyed hashes. */
export type LogEvent = EventBase & EventBody;
