import type { Month } from './month.js';
import type { MachineId } from './shared-statement.js';

/** Kinds of resource that findings and queries are told in. */
export const sentTypes = ['DetectedIssue', 'Task', 'Communication'] as const;
export type SentType = (typeof sentTypes)[number];

/** What a FHIR server's own statement of what it can do lacks; nothing is sent to one that lacks any. */
export type ServerFault =
  /** What came is no CapabilityStatement of a running server. */
  | { readonly kind: 'no-statement' }
  /** It speaks another version of FHIR than R4; `version` as it says, or empty. */
  | { readonly kind: 'not-r4'; readonly version: string }
  | { readonly kind: 'no-json' }
  | { readonly kind: 'no-bundle' }
  | { readonly kind: 'no-resource' | 'no-conditional-create' | 'no-conditional-update'; readonly type: SentType };

/** Why a reply of a server was refused whole. `other-answer`: it answers something else than what was sent; `replayed`: it is the answer to what was sent before. */
export const sentReplyFaults = ['too-large', 'login-page', 'wrong-type', 'not-json', 'not-a-reply', 'other-answer', 'replayed'] as const;
export type SentReplyFault = (typeof sentReplyFaults)[number];

/** Why something that was sent got no answer that counts. `retryAfter` is what the server asks for, in milliseconds. */
export type SendFailure =
  | { readonly kind: 'network' }
  | { readonly kind: 'slow'; readonly seconds: number }
  /** It pointed to another address; nothing is sent there. */
  | { readonly kind: 'redirect' }
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter: number | null }
  | { readonly kind: 'reply-refused'; readonly fault: SentReplyFault }
  | { readonly kind: 'withdrawn' };

/** What a server found wrong with one entry, in FHIR's own closed words: the kind of issue and the place in the resource; empty where it says none. Never its free text. */
export interface EntryIssue { readonly issue: string; readonly at: string }

/** A statement that the server would not take, set aside so that the ones behind it go on. */
export interface SetAside extends EntryIssue {
  readonly key: string;
  readonly kind: 'finding' | 'query';
  /** Row of the log that said it last. */
  readonly sequence: number;
  /** HTTP status of the last answer. */
  readonly status: number;
}

/** How far a log has been told to a server. Lost, everything is sent again and nothing counts twice. */
export interface SendingPlace {
  /** The log and the address that it is about: of another of either, everything is sent. */
  readonly machine: MachineId;
  /** The name under which this device tells the address: its first log's. One that went on after a loss takes back its own word, not another's. */
  readonly as: MachineId;
  readonly address: string;
  /** Rows up to this number have been answered for. */
  readonly sentTo: number;
  readonly setAside: readonly SetAside[];
  /** Runs in a row that ended at the same few statements. */
  readonly stuck: number;
  /** Statements that the server has confirmed, repeats counted, and when it last did (milliseconds since 1970 UTC, or 0). */
  readonly confirmed: number;
  readonly lastSent: number;
}

/** The figures of one month that the server would not take. */
export interface RefusedFigures extends EntryIssue {
  readonly month: Month;
  /** HTTP status of the answer. */
  readonly status: number;
}

/** What a server was told of monthly figures. Lost, all are sent again, and each takes its own place. */
export interface FiguresPlace {
  /** Under which name, and where: as in `SendingPlace`. */
  readonly as: MachineId;
  readonly address: string;
  /** Day (YYYY-MM-DD) on which all of them were last gone through; empty before. */
  readonly day: string;
  /** False where the server by its own statement keeps none. */
  readonly isTaken: boolean;
  /** By month, a hash of what the server has confirmed. */
  readonly sent: Readonly<Record<string, string>>;
  readonly refused: readonly RefusedFigures[];
  /** When the server last confirmed any (milliseconds since 1970 UTC, or 0). */
  readonly lastSent: number;
}

/** Monthly figures as the Data page tells of them. */
export interface FiguresView extends Pick<FiguresPlace, 'isTaken' | 'refused' | 'lastSent'> {
  /** Months that the server has, and the last of them. */
  readonly months: number;
  readonly last: Month | null;
}

/** What sending is doing, or why it is not. */
export type SendingState =
  /** The package was not built for the origin that policy names. */
  | { readonly kind: 'not-in-build' }
  /** No person has agreed to this server yet: here is the first that would leave, or null while nothing is logged, and the monthly figures that would. Memory only. */
  | { readonly kind: 'unseen'; readonly payload: string | null; readonly figures: string | null }
  | { readonly kind: 'paused' }
  | { readonly kind: 'idle' }
  | { readonly kind: 'sending' }
  /** It is tried again then (milliseconds since 1970 UTC). `isOpen`: it failed so often that it is left alone. */
  | { readonly kind: 'waiting'; readonly until: number; readonly isOpen: boolean; readonly failure: SendFailure }
  | { readonly kind: 'unfit'; readonly faults: readonly ServerFault[] }
  | { readonly kind: 'credential-refused'; readonly status: number }
  /** So much was refused that a person must look at the server. */
  | { readonly kind: 'too-many-refused' }
  | { readonly kind: 'log-unreadable' }
  /** How far it has come could not be kept; nothing further is sent. */
  | { readonly kind: 'not-kept' };

/** Sending as the Data page tells of it. */
export interface SendingView {
  /** Where it sends: origin and path, as policy names them. */
  readonly address: string;
  readonly state: SendingState;
  readonly hasCredential: boolean;
  /** Rows of the log that say something and have not been answered for. */
  readonly waiting: number;
  readonly confirmed: number;
  readonly lastSent: number;
  readonly setAside: readonly SetAside[];
  readonly figures: FiguresView;
}
