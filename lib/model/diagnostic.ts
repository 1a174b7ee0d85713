import type { Span } from '../base/span.js';
import type { ClinicalCode } from './code.js';
import type { Command } from './decision.js';
import type { DocumentId } from './document.js';
import type { Label } from './language.js';
import type { RuleId, TermKind, Verdict } from './rulebook.js';

/** A documentation problem (or a term well used) at one place of one document version. LSP's diagnostic; its `code` is `rule` here, since a code is a clinical code. */
export interface Diagnostic {
  readonly rule: RuleId;
  /** The sheet's verdict is the severity. */
  readonly severity: Verdict;
  readonly kind: TermKind;
  readonly document: DocumentId;
  readonly version: number;
  readonly span: Span;
}

/** Words in a note that prove a code on offer. Painted as the quietest of the kinds; it is no problem. */
export interface EvidenceMark {
  readonly severity: 'codable';
  readonly document: DocumentId;
  readonly version: number;
  readonly span: Span;
  /** The codes that these words prove, in order. */
  readonly codes: readonly { readonly code: ClinicalCode; readonly label: Label }[];
}

/** The side of the body that words name. */
export type Side = 'right' | 'left';

/** Words that name a side, and where. */
export interface SidedPlace {
  readonly document: DocumentId;
  readonly version: number;
  readonly span: Span;
  readonly side: Side;
}

/** A side that another place of the record contradicts, as it is marked there. */
export interface SideMark extends SidedPlace {
  readonly severity: 'conflict';
}

/** Names the finding that two places put one operation on two sides, in Problems and in the log. It is no entry of the sheet. */
export const sideConflictRule = 'SC001' as RuleId;

/** One operation of the episode that the record puts on two sides (PCSZ2): the place that tells what was done, and those that say otherwise. */
export interface SideConflict extends SideMark {
  readonly rule: typeof sideConflictRule;
  readonly kind: TermKind;
  /** Codes of the operation that is in question. */
  readonly codes: readonly ClinicalCode[];
  readonly related: readonly [SidedPlace, ...SidedPlace[]];
}

/** What a row of Problems can be about. */
export type Finding = Diagnostic | SideConflict;

/** What can be marked in a note. */
export type Marked = Diagnostic | SideMark | EvidenceMark;

/** LSP's CodeAction as data: a message key for its title and the command that it would run. */
export interface QuickFix {
  readonly title: QuickFixTitle;
  readonly command: Command;
}

export type QuickFixTitle = 'fix.log' | 'fix.dismiss' | 'fix.mute' | 'fix.copy' | 'fix.explain';
