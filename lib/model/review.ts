import type { BoardCoderView, BoardSuggestion } from './auto-coder.js';
import type { WaitingAudit } from './audit.js';
import type { BlindState } from './blind.js';
import type { Span } from '../base/span.js';
import type { EditionsOfDay } from './codebook.js';
import type { CodedEpisode } from './coded-episode.js';
import type { DepthReason } from './exception.js';
import type { EpisodeProblem, NamedCode } from './episode-check.js';
import type { Bound, ContextKey } from './context.js';
import type { EventId } from './decision.js';
import type { Diagnostic, EvidenceMark, Finding, QuickFix, Side, SideMark } from './diagnostic.js';
import type { ClinicalDocument, DocumentChannel, DocumentId, DocumentKind } from './document.js';
import type { Episode, SpecialtyId } from './episode.js';
import type { Label, Locale } from './language.js';
import type { DocumentDetails } from './fault.js';
import type { EditionId, RuleId } from './rulebook.js';
import type { GuessState } from './guess.js';
import type { RuleCard } from './rule-card.js';
import type { CoverageGap, PartFound, SubjectReading } from './snapshot.js';
import type { Abstention, Evidence, Rejection, Suggestion } from './suggestion.js';

export type { RuleCard } from './rule-card.js';

export const panelParts = ['problems', 'codes', 'episode', 'learn'] as const;
/** The parts of the side panel, in order. */
export type PanelPart = (typeof panelParts)[number];

/** One place of one document version. */
export interface Place { readonly document: DocumentId; readonly version: number; readonly span: Span }

/** Words that a person selected in a note: patient text, memory only. `place` is null where the note has them more than once and the page does not tell which. */
export interface SelectedWords { readonly words: string; readonly place: Evidence | null }

/** Marks that a person points at in a note, the loudest first. */
export interface Pointed {
  readonly key: ContextKey;
  readonly places: readonly [Place, ...Place[]];
}

/** The few words about a rule that a hover card needs, in the language chosen now. */
export interface CardWords {
  readonly locale: Locale;
  readonly use: string;
  readonly caution: string;
  readonly avoid: string;
  readonly instead: string;
  readonly actInPanel: string;
  /** Beside words that prove a code. */
  readonly onOffer: string;
  /** What stands on the card of a side that another place contradicts. */
  readonly conflict: string;
  readonly conflictWhy: string;
  readonly draft: string;
  /** The key that goes on in the panel, as it is shown. */
  readonly panelKey: string;
}

/** What one frame is given to paint, for exactly the context that it sent. */
export interface FrameFindings {
  readonly edition: EditionId;
  readonly diagnostics: readonly Diagnostic[];
  /** Sides that other places contradict, this frame's or another's. */
  readonly conflicts: readonly SideMark[];
  /** Words that prove codes on offer. */
  readonly evidence: readonly EvidenceMark[];
  readonly cards: readonly RuleCard[];
}

/** One row of Problems: the finding, the words as written, what can be done. */
export interface ProblemRow {
  readonly diagnostic: Finding;
  /** Context of the frame that holds the document; every command about the row carries it. */
  readonly key: ContextKey;
  /** The words as written. Patient text: memory only. */
  readonly words: string;
  readonly state: ProblemState;
  /** How often the same fault stands logged in this episode, here or at other places. */
  readonly logged: number;
  /** In how many later notes the same sentence stands word for word: carried forward, and counted once. */
  readonly copies: number;
  /** The places that say otherwise, where the finding is a contradiction. */
  readonly related: readonly SidedQuote[];
  readonly fixes: readonly QuickFix[];
}

export type ProblemState =
  | { readonly kind: 'open' }
  | { readonly kind: 'logged'; readonly event: EventId }
  | { readonly kind: 'dismissed'; readonly event: EventId };

/** One document of the record with its rows. */
export interface ReviewedDocument {
  readonly id: DocumentId;
  readonly key: ContextKey;
  readonly kind: DocumentKind;
  readonly channel: DocumentChannel;
  readonly title: string;
  readonly date: string | null;
  readonly author: string | null;
  readonly episode: string | null;
  readonly language: ClinicalDocument['language'];
  /** What is suggested of a fault of this document. */
  readonly details: DocumentDetails;
  readonly rows: readonly ProblemRow[];
}

/** Words that prove a code, as written, and where. Patient text: memory only. */
export interface Quote extends Place {
  readonly key: ContextKey;
  readonly words: string;
}

/** A quote that names a side. */
export interface SidedQuote extends Quote { readonly side: Side }

/** A code on offer with its words. */
export interface OfferedCode {
  readonly suggestion: Suggestion;
  readonly quotes: readonly Quote[];
}

/** What the engine says of the episode on screen, each claim with its words. */
export interface CodingView {
  readonly suggestions: readonly OfferedCode[];
  readonly rejected: readonly { readonly rejection: Rejection; readonly quote: Quote | null }[];
  readonly abstentions: readonly Abstention[];
  /** By which editions, and by which day of the episode they were chosen. */
  readonly editions: EditionsOfDay;
}

/** A code of the board's own coder: what it is called, and its words as the notes on screen have them. */
export interface BoardRow {
  readonly suggestion: BoardSuggestion;
  /** Null where no list on this device names it. */
  readonly label: Label | null;
  readonly quotes: readonly Quote[];
}

/** The board's own coder as the panel tells of it, with what it proposes for the record on screen. */
export interface BoardPart extends BoardCoderView { readonly rows: readonly BoardRow[] }

/** Everything the panel may show for one tab, made whole each time and bound to the record it speaks of. */
export interface RecordView {
  readonly subject: SubjectReading;
  readonly episode: Episode;
  readonly specialty: SpecialtyId | 'unknown';
  readonly edition: EditionId;
  readonly documents: readonly ReviewedDocument[];
  readonly gaps: readonly CoverageGap[];
  /** Parts of the page's description that find nothing now: the page has changed. */
  readonly missing: readonly PartFound[];
  readonly cards: readonly RuleCard[];
  /** Null while the code lists are being opened. */
  readonly coding: CodingView | null;
  /** Set in an episode of the blind sample; while `hidden` there is no suggestion in `coding`. */
  readonly blind?: BlindState;
  /** Set where a trainee guesses first; while `hidden` there is no mark in `documents` and no suggestion in `coding`. */
  readonly guess?: GuessState;
  /** Set for an auditor while an audit waits for this episode: there is no suggestion in `coding`, and `coded` is the auditor's own and nothing of the first coder's. */
  readonly audit?: WaitingAudit;
  /** What the coder has put into the episode; null while nobody is confirmed. */
  readonly coded: CodedEpisode | null;
  /** What speaks against the sequence as it stands, the worst first. */
  readonly checks: readonly EpisodeProblem[];
  /** What the codes of the episode are called. */
  readonly names: readonly NamedCode[];
  /** `primary`: the department codes the main condition and the main procedure only; the others are kept as unknown. */
  readonly depth: 'full' | 'primary';
  /** Why, what is still to be asked, and what the coder has answered. */
  readonly depthReason: DepthReason;
  /** What is suggested of a fault of a document that is not on screen. */
  readonly details: DocumentDetails;
  /** Terms muted for now, with the day they come back (milliseconds since 1970 UTC) and the event to undo. */
  readonly muted: readonly { readonly rule: RuleId; readonly until: number; readonly event: EventId }[];
  /** Frames that read and frames that could not. */
  readonly frames: { readonly read: number; readonly silent: number };
}

/** The state of a tab as the panel knows it: never a blank, never a previous patient. */
export type TabView =
  /** Nodi has not been allowed on this address. `origin` is null where the browser does not say. */
  | { readonly kind: 'site-off' }
  /** Allowed, and no reader has answered yet. */
  | { readonly kind: 'not-running' }
  /** The page changed and is being read again. */
  | { readonly kind: 'reading' }
  /** No patient is confirmed or two are in view: nothing is shown. */
  | { readonly kind: 'no-patient'; readonly subject: Exclude<SubjectReading, { readonly kind: 'known' }>; readonly gaps: readonly CoverageGap[]; readonly missing: readonly PartFound[] }
  | { readonly kind: 'record'; readonly key: ContextKey; readonly record: Bound<RecordView>; /** What the board's own coder says, in a package built for one whose policy names it. */ readonly board?: Bound<BoardPart> };
