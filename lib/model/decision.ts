import type { Span } from '../base/span.js';
import type { AuditableEpisode, AuditLane, AuditLine, AuditState, AuditView, PlainCoding, SampleMethod } from './audit.js';
import type { BlindComparison } from './blind.js';
import type { ClinicalCode, CodeSystem } from './code.js';
import type { CodeOrigin, CodingDepth, RejectionReason } from './coded-episode.js';
import type { ContextKey } from './context.js';
import type { AskedField, FactAnswer } from './exception.js';
import type { DocumentId, DocumentKind } from './document.js';
import type { FaultCategory, FaultDetails } from './fault.js';
import type { SpecialtyId } from './episode.js';
import type { EpisodeKey, EventId, PlaceKey } from './event-id.js';
import type { DocumentLanguage } from './language.js';
import type { CodeName, ContextFlag, Phrase, PhraseVerdict } from './learning.js';
import type { EditionId, RuleId, Severity } from './rulebook.js';
import type { QueryLanguage, QueryOutcome, QueryState, QueryTemplateId } from './query.js';
import type { CoverageGapKind } from './snapshot.js';
import type { Evidence } from './suggestion.js';

export type { EpisodeKey, EventId, PlaceKey } from './event-id.js';

/** The finding a command speaks of: where, in which version, for whom. */
export interface FindingTarget {
  readonly key: ContextKey;
  readonly document: DocumentId;
  readonly version: number;
  readonly span: Span;
  readonly rule: RuleId;
}

/** What a query is about. */
export type QueryAbout =
  | { readonly by: 'finding'; readonly target: FindingTarget }
  | { readonly by: 'episode'; readonly key: ContextKey; readonly category: FaultCategory }
  | { readonly by: 'specialty'; readonly specialty: SpecialtyId | 'unknown'; readonly category: FaultCategory; readonly rule: RuleId | null; readonly findings: number };

/** The record that a command speaks of; null for one that needs none on screen. */
export function contextOfCommand(command: Command): ContextKey | null {
  if (command.kind === 'draft-query') return command.about.by === 'finding' ? command.about.target.key : command.about.by === 'episode' ? command.about.key : null;
  return 'target' in command ? command.target.key : 'key' in command ? command.key : null;
}

/** What a fault is of: a document on screen, or one of this kind that is not there to be read. */
export type FaultyDocument = { readonly kind: 'here'; readonly document: DocumentId } | { readonly kind: 'elsewhere'; readonly documentKind: DocumentKind };

/** What the coder decided, as data. The ones with an `id` end in the log; the others leave no trace. */
export type Command =
  /** Without `details` it is logged with those that are suggested. */
  | { readonly kind: 'log-finding'; readonly id: EventId; readonly target: FindingTarget; readonly details?: FaultDetails }
  | { readonly kind: 'dismiss-finding'; readonly id: EventId; readonly target: FindingTarget }
  | { readonly kind: 'mute-rule'; readonly id: EventId; readonly rule: RuleId; readonly days: number }
  | { readonly kind: 'log-unreadable'; readonly id: EventId; readonly key: ContextKey; readonly gap: CoverageGapKind; readonly count: number }
  /** A fault that no term names. */
  | { readonly kind: 'log-fault'; readonly id: EventId; readonly key: ContextKey; readonly about: FaultyDocument; readonly details: FaultDetails }
  | { readonly kind: 'undo'; readonly id: EventId; readonly undoes: EventId }
  /** Puts a unit of codes into the episode. `evidence` is where the words stand that prove it; null where the coder typed it without. */
  | { readonly kind: 'accept-codes'; readonly id: EventId; readonly key: ContextKey; readonly system: CodeSystem; readonly codes: readonly [ClinicalCode, ...ClinicalCode[]]; readonly origin: CodeOrigin; readonly evidence: Evidence | null; /** A unit whose place it takes. */ readonly replaces: EventId | null }
  | { readonly kind: 'reject-codes'; readonly id: EventId; readonly key: ContextKey; readonly system: CodeSystem; readonly codes: readonly [ClinicalCode, ...ClinicalCode[]]; readonly reason: RejectionReason; readonly evidence: Evidence }
  | { readonly kind: 'remove-codes'; readonly id: EventId; readonly key: ContextKey; readonly unit: EventId }
  /** Moves a unit behind another of its classification; `first` to the front. */
  | { readonly kind: 'move-codes'; readonly id: EventId; readonly key: ContextKey; readonly unit: EventId; readonly after: EventId | 'first' }
  | { readonly kind: 'choose-depth'; readonly id: EventId; readonly key: ContextKey; readonly depth: CodingDepth }
  /** The coder says that the episode is coded. */
  | { readonly kind: 'finish-episode'; readonly id: EventId; readonly key: ContextKey; readonly depth: CodingDepth; /** The criterion that set the depth, or null for the default. */ readonly criterion: string | null }
  /** Writes a question to the clinicians down as drafted: about a finding, about a fault of the episode, or about what a specialty's documents share. A person copies and sends it. */
  | { readonly kind: 'draft-query'; readonly id: EventId; readonly about: QueryAbout; readonly language: QueryLanguage }
  /** `due`: the day by which an answer is asked for, milliseconds since 1970 UTC; null leaves it as it was. */
  | { readonly kind: 'move-query'; readonly id: EventId; readonly query: EventId; readonly state: QueryState; readonly outcome: QueryOutcome; readonly due: number | null }
  /** Takes words out of what was learned. */
  | { readonly kind: 'forget-phrase'; readonly id: EventId; readonly phrase: Phrase; readonly name: CodeName }
  /** A person's word on words that Nodi proposed as a term for a code. */
  | { readonly kind: 'judge-phrase'; readonly id: EventId; readonly phrase: Phrase; readonly name: CodeName; readonly verdict: PhraseVerdict }
  /** Puts a coded episode into a sample: one row each, with the seed by which the sample can be drawn again. */
  | { readonly kind: 'draw-episode'; readonly id: EventId; readonly sample: EventId; readonly method: SampleMethod; readonly seed: number; readonly population: number; readonly size: number; readonly drawn: AuditableEpisode }
  /** The auditor's own codes, given before the first coder's are seen. */
  | { readonly kind: 'code-audit'; readonly id: EventId; readonly sample: EventId; readonly episode: EpisodeKey; readonly view: AuditView; readonly coding: PlainCoding }
  /** The codes that an auditor gave the record on screen are the audit's. */
  | { readonly kind: 'take-audit'; readonly id: EventId; readonly key: ContextKey; readonly sample: EventId; readonly view: AuditView }
  /** What the auditor says of each code, and how far the talk about it has come. */
  | { readonly kind: 'judge-audit'; readonly id: EventId; readonly sample: EventId; readonly episode: EpisodeKey; readonly view: AuditView; readonly lines: readonly AuditLine[]; readonly state: AuditState }
  /** An error of an audit whose cause is the documentation, as a finding of the quality log. */
  | { readonly kind: 'log-audit-fault'; readonly id: EventId; readonly sample: EventId; readonly episode: EpisodeKey; readonly line: AuditLine }
  /** What the page does not show of the episode; null asks again. Kept in memory for that episode, never in the log. */
  | { readonly kind: 'answer-fact'; readonly key: ContextKey; readonly field: AskedField; readonly answer: FactAnswer | null }
  | { readonly kind: 'copy-wording'; readonly rule: RuleId }
  | { readonly kind: 'explain-rule'; readonly rule: RuleId }
  | { readonly kind: 'show-finding'; readonly target: FindingTarget }
  /** The words that prove a code, shown where they stand. */
  | { readonly kind: 'show-evidence'; readonly key: ContextKey; readonly document: DocumentId; readonly version: number; readonly span: Span };

/** A command that asks for a row in the log. */
export type RecordedCommand = Extract<Command, { readonly id: EventId }>;

/** What a command came to. `acknowledged` is said only after the strict transaction has completed. */
export type CommandOutcome =
  /** `before`: how often the same fault was logged in this episode already; left out where it was not. */
  | { readonly kind: 'acknowledged'; readonly event: EventId; readonly sequence: number; readonly before?: number }
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

export const offerStandings = ['shown', 'ranked', 'none'] as const;
/** Where a code stood among the suggestions when a coder took it. */
export type OfferStanding = (typeof offerStandings)[number];

/** The part of an event that says what happened. */
export type EventBody =
  /** `FaultDetails` stand in it whole, or not at all where a build that knew none wrote it. */
  | { readonly kind: 'finding-logged'; readonly rule: RuleId; readonly verdict: Severity; readonly specialty: SpecialtyId | 'unknown'; readonly documentKind: DocumentKind; readonly documentLanguage: DocumentLanguage; readonly episode: EpisodeKey; readonly place: PlaceKey; readonly adapter: string; readonly adapterVersion: number } & Partial<FaultDetails>
  | { readonly kind: 'finding-dismissed'; readonly rule: RuleId; readonly verdict: Severity; readonly specialty: SpecialtyId | 'unknown'; readonly documentKind: DocumentKind; readonly documentLanguage: DocumentLanguage; readonly episode: EpisodeKey; readonly place: PlaceKey; readonly adapter: string; readonly adapterVersion: number }
  | { readonly kind: 'rule-muted'; readonly rule: RuleId; /** Milliseconds since 1970 UTC. */ readonly until: number }
  | { readonly kind: 'unreadable-logged'; readonly gap: CoverageGapKind; readonly count: number; readonly specialty: SpecialtyId | 'unknown'; readonly episode: EpisodeKey; readonly adapter: string; readonly adapterVersion: number } & Partial<FaultDetails>
  /** A fault that no term of the sheet names. `place` is the document that it is about, hashed, or the episode and the kind of document where none is on screen: one fault of a category a place. */
  | { readonly kind: 'fault-logged'; readonly specialty: SpecialtyId | 'unknown'; readonly documentKind: DocumentKind; readonly documentLanguage: DocumentLanguage; readonly episode: EpisodeKey; readonly place: PlaceKey; readonly adapter: string; readonly adapterVersion: number } & FaultDetails
  /** A document of a known patient was read: the denominator of every rate. One row a document; `place` is the document, hashed. */
  | { readonly kind: 'document-read'; readonly specialty: SpecialtyId | 'unknown'; readonly site: FaultDetails['site']; readonly documentKind: DocumentKind; readonly documentLanguage: DocumentLanguage; readonly episode: EpisodeKey; readonly place: PlaceKey; readonly adapter: string; readonly adapterVersion: number }
  /** A question to the clinicians was written: about one episode, or (`episode` empty) about what a specialty's documents share. The id of the row names the query. `rule` is empty where a category alone is asked about. */
  | { readonly kind: 'query-drafted'; readonly episode: EpisodeKey | ''; readonly specialty: SpecialtyId | 'unknown'; readonly category: FaultCategory; readonly rule: RuleId | ''; readonly template: QueryTemplateId; readonly language: QueryLanguage; /** Findings that it speaks of. */ readonly findings: number }
  /** A person moved a query on. `due` is the day by which an answer is asked for, milliseconds since 1970 UTC, or 0. */
  | { readonly kind: 'query-moved'; readonly query: EventId; readonly state: QueryState; readonly outcome: QueryOutcome; readonly due: number }
  /** A unit of codes in the episode. `codes` in recording order, parted by a space; `phrase` the words that prove it where every one is in the clinical vocabulary, else empty. */
  | { readonly kind: 'codes-accepted'; readonly episode: EpisodeKey; readonly specialty: SpecialtyId | 'unknown'; readonly system: CodeSystem; readonly codes: string; readonly list: string; readonly origin: CodeOrigin; readonly depth: CodingDepth; readonly phrase: string; readonly flag: ContextFlag; /** Was it offered, ranked below, or not there? */ readonly standing: OfferStanding; /** The unit that it took the place of, or empty. */ readonly replaces: EventId | '' }
  | { readonly kind: 'codes-rejected'; readonly episode: EpisodeKey; readonly specialty: SpecialtyId | 'unknown'; readonly system: CodeSystem; readonly codes: string; readonly list: string; readonly reason: RejectionReason; readonly depth: CodingDepth; readonly phrase: string; readonly flag: ContextFlag }
  | { readonly kind: 'codes-removed'; readonly episode: EpisodeKey; readonly unit: EventId }
  | { readonly kind: 'codes-moved'; readonly episode: EpisodeKey; readonly unit: EventId; readonly after: EventId | 'first' }
  | { readonly kind: 'depth-chosen'; readonly episode: EpisodeKey; readonly depth: CodingDepth }
  /** `criterion`: id of the exception criterion, or `default`, or `coder`. `offered`: how many units were on offer, `kept` how many of them were accepted as offered: the denominator of overrides. In an episode of the blind sample they were hidden, and `blind`, `quick` and `quickKept` say what came of it; elsewhere those are left out. */
  | { readonly kind: 'episode-coded'; readonly episode: EpisodeKey; readonly specialty: SpecialtyId | 'unknown'; readonly depth: CodingDepth; readonly criterion: string; readonly diagnoses: number; readonly procedures: number; readonly offered: number; readonly kept: number } & Partial<BlindComparison>
  | { readonly kind: 'phrase-forgotten'; readonly phrase: string; readonly system: CodeSystem; readonly code: string }
  /** Words that were proposed as a term for a code, and what a person said of them. */
  | { readonly kind: 'phrase-judged'; readonly phrase: string; readonly system: CodeSystem; readonly code: string; readonly verdict: PhraseVerdict }
  /** An episode of an audit's sample with the first coder's codes. `coder` is a pseudonym, and empty unless policy lets persons be audited; `stay` -1 where nobody knows; `coded` the day; `codedBy` the edition by which it was coded. */
  | { readonly kind: 'audit-drawn'; readonly sample: EventId; readonly method: SampleMethod; readonly seed: number; readonly population: number; readonly size: number; readonly episode: EpisodeKey; readonly specialty: SpecialtyId | 'unknown'; readonly coder: string; readonly coded: string; readonly stay: number; readonly depth: CodingDepth; readonly lane: AuditLane; readonly codedBy: EditionId; readonly row: number; readonly diagnoses: string; readonly procedures: string }
  | { readonly kind: 'audit-coded'; readonly sample: EventId; readonly episode: EpisodeKey; readonly view: AuditView; readonly diagnoses: string; readonly procedures: string }
  /** `lines` as `writtenLines` of lib/audit writes them. */
  | { readonly kind: 'audit-judged'; readonly sample: EventId; readonly episode: EpisodeKey; readonly view: AuditView; readonly lines: string; readonly state: AuditState }
  /** Takes back an earlier event (which may itself be an undo: that is redo). Nothing is ever deleted. */
  | { readonly kind: 'undone'; readonly undoes: EventId };

/** What may be remembered of a decision: ids, kinds, counts and keyed hashes. */
export type LogEvent = EventBase & EventBody;
