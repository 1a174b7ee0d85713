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

/** What can be marked in a note. */
export type Marked = Diagnostic | EvidenceMark;

/** LSP's CodeAction as data: a message key for its title and the command that it would run. */
export interface QuickFix {
  readonly title: QuickFixTitle;
  readonly command: Command;
}

export type QuickFixTitle = 'fix.log' | 'fix.dismiss' | 'fix.mute' | 'fix.copy' | 'fix.explain';
