import type { ClinicalCode } from './code.js';
import type { CodingDepth } from './coded-episode.js';
import type { EpisodeKey, EventId } from './event-id.js';
import type { SpecialtyId } from './episode.js';
import type { FaultCategory } from './fault.js';
import type { Bilingual } from './language.js';
import type { EditionId } from './rulebook.js';

export const auditCategories = ['primary-diagnosis', 'secondary-diagnosis', 'primary-procedure', 'secondary-procedure'] as const;
/** The four kinds of code that a UK clinical coding audit scores apart (domain/governance.md §3). Secondary diagnoses hold external causes, secondary procedures chapter Z. */
export type AuditCategory = (typeof auditCategories)[number];

export const differenceKinds = ['third', 'fourth', 'omitted', 'sequence', 'not-relevant', 'external-cause', 'site', 'side'] as const;
export const lineKinds = ['right', ...differenceKinds] as const;
/** What came of one code: right; wrong at the third or the fourth character; left out; right and in the wrong place; not of the episode; an external cause, a site or a side that is wrong, left out or too many. */
export type LineKind = (typeof lineKinds)[number];

export const auditCauses = ['coder', 'documentation', 'system'] as const;
/** Where an error comes from. One of the documentation becomes a finding of the quality log. */
export type AuditCause = (typeof auditCauses)[number];

/** One code of an audited episode: what the first coder had, what the auditor has, and what that comes to. Codes are four characters without a dot; a line has at least one of both. */
export interface AuditLine {
  readonly category: AuditCategory;
  readonly kind: LineKind;
  readonly first: ClinicalCode | null;
  readonly audited: ClinicalCode | null;
  readonly cause: AuditCause;
  /** A reason of the board's table, or empty. */
  readonly reason: string;
}

/** A difference as the board's error key names it. The keys are a table that the board's approved auditor replaces (domain/governance.md §3: names to be checked). */
export interface AuditKey {
  /** Letters and figures, for example `PD3`. */
  readonly id: string;
  readonly category: AuditCategory;
  readonly kind: (typeof differenceKinds)[number];
  /** Does it lower the score? One that does not is counted and shown. */
  readonly counts: boolean;
  readonly name: Bilingual<string>;
}

/** Why a code is wrong, as Welsh coding audits name it (data/wales_coding_audit_codes.tsv); editable as the keys are. */
export interface AuditReason {
  readonly id: string;
  readonly cause: AuditCause;
  /** The category under which it enters the quality log, or null where it is none of the documentation's. */
  readonly fault: FaultCategory | null;
  readonly name: Bilingual<string>;
}

export const secondaryTotals = ['audited', 'first-and-omitted'] as const;
/** What secondary scores are a share of: the codes of the audited record, or the first coder's codes and those left out. Both are in use (domain/governance.md §3). */
export type SecondaryTotal = (typeof secondaryTotals)[number];

/** The board's table: its keys, its reasons, and how it counts. */
export interface AuditTable {
  readonly keys: readonly AuditKey[];
  readonly reasons: readonly AuditReason[];
  readonly total: SecondaryTotal;
  /** Do errors of the documentation or of a system lower the score? */
  readonly othersCount: boolean;
  /** Code beginnings, without a dot, that make an episode one of high risk. */
  readonly highRisk: readonly string[];
  /** False until a person has made it the board's own: said wherever a score is shown. */
  readonly confirmed: boolean;
}

export const auditLanes = ['typed', 'suggestion', 'one-key', 'board'] as const;
/** How the codes of an episode came in: the most automatic way of any of them. */
export type AuditLane = (typeof auditLanes)[number];

export const sampleMethods = ['random', 'auto-coded', 'one-key', 'exceptions', 'high-risk', 'blind'] as const;
/** How an episode came to be audited: by chance alone, or because of what it is. `blind`: the share of the one-key lane that is checked without being asked for. */
export type SampleMethod = (typeof sampleMethods)[number];

/** What is asked of a sample. A part that is null is no limit. */
export interface SampleRequest {
  readonly method: Exclude<SampleMethod, 'blind'>;
  /** A whole number from 0 to 999,999, which is recorded: it has too few figures to be an identifier. */
  readonly seed: number;
  readonly size: number;
  readonly specialty: SpecialtyId | 'unknown' | null;
  /** A pseudonym; only where policy allows persons to be audited. */
  readonly coder: string | null;
  /** Week of the coding by ISO 8601, for example `2026-W48`. */
  readonly week: string | null;
  /** Longest stay in days: Welsh audits take 10 (domain/governance.md §3). An episode whose stay nobody knows is then left out. */
  readonly longestStay: number | null;
}

/** Diagnoses and procedures in recording order, four characters each, without dots. */
export interface PlainCoding {
  readonly diagnoses: readonly ClinicalCode[];
  readonly procedures: readonly ClinicalCode[];
}

/** A coded episode that can be drawn for an audit. It holds no identifier: the key is a keyed hash. */
export interface AuditableEpisode extends PlainCoding {
  readonly episode: EpisodeKey;
  readonly specialty: SpecialtyId | 'unknown';
  /** The coder's pseudonym where policy allows persons to be audited, else empty. */
  readonly coder: string;
  /** Day on which it was coded, YYYY-MM-DD. */
  readonly coded: string;
  /** Whole days from admission to discharge, or null where nobody knows. */
  readonly stay: number | null;
  readonly depth: CodingDepth;
  /** The exception criterion that asked for full coding, `coder`, or `default`. */
  readonly criterion: string;
  readonly lane: AuditLane;
  /** The rulebook by which it was coded. */
  readonly edition: EditionId;
  /** The line of the department's own file in which it stands, by which an auditor finds its notes; 0 for one of this computer's log. */
  readonly row: number;
}

export const auditViews = [1, 2] as const;
/** The first auditor, or the second view of an episode that is disputed. */
export type AuditView = (typeof auditViews)[number];

export const auditStates = ['judged', 'rebutted', 'second-view', 'agreed'] as const;
/** How far the talk about an audited episode has come: judged by its auditor, rebutted by its coder, given to a second view, agreed. */
export type AuditState = (typeof auditStates)[number];

/** What an auditor has made of an episode. The first coder's codes are here only once the auditor's own are. */
export type AuditWork =
  | { readonly at: 'to-code' }
  | { readonly at: 'coded'; readonly coding: PlainCoding; readonly first: PlainCoding; readonly lines: readonly AuditLine[]; readonly judged: boolean };

/** One drawn episode with all that was said of it. */
export interface AuditedEpisode extends Omit<AuditableEpisode, 'diagnoses' | 'procedures' | 'criterion'> {
  readonly sample: EventId;
  readonly views: Readonly<Record<AuditView, AuditWork>>;
  /** Its auditor took codes back after the first coder's had been shown and coded again: not blind, and said with the scores. */
  readonly anew: boolean;
  /** `open` until an auditor has judged it. */
  readonly state: AuditState | 'open';
  /** The lines that stand: the last that were agreed, else the last of the first view; null before that. */
  readonly lines: readonly AuditLine[] | null;
}

/** An episode on screen that an audit waits for: nobody has coded it for this view. It holds nothing of the first coder's. */
export interface WaitingAudit {
  readonly sample: EventId;
  readonly view: AuditView;
  /** How far the first coder coded: of an episode with primary codes only no other is scored. */
  readonly depth: CodingDepth;
  /** Which of the sample's episodes it is, from 1, and of how many. */
  readonly place: number;
  readonly of: number;
}

/** A sample as it was drawn; who repeats it with the same seed over the same episodes draws the same ones. */
export interface AuditSample {
  readonly id: EventId;
  readonly method: SampleMethod;
  readonly seed: number;
  /** Episodes from which it was drawn. */
  readonly population: number;
  /** Episodes that it was to have: fewer stand in it where the drawing was broken off. */
  readonly size: number;
  /** Milliseconds since 1970 UTC. */
  readonly drawn: number;
  readonly episodes: readonly AuditedEpisode[];
}
