import type { Brand } from '../base/brand.js';
import type { Bilingual } from './language.js';
import type { Severity, TermKind } from './rulebook.js';

/** The log's closed list of what can be wrong with a document. */
export const faultCategories = [
  'avoid-term', 'ambiguous-abbreviation', 'symbol', 'missing-laterality', 'missing-type', 'missing-cause', 'no-definitive-diagnosis',
  'conflict', 'copied-forward', 'unreadable-document', 'missing-document', 'other',
] as const;
export type FaultCategory = (typeof faultCategories)[number];

export const authorRoles = ['consultant', 'specialty-doctor', 'resident-doctor', 'nurse', 'allied-health', 'pharmacist', 'clerical', 'other', 'unknown'] as const;
/** Who wrote a document, as a role: never a name, so that no report can point at a person. */
export type AuthorRole = (typeof authorRoles)[number];

/** Names a hospital or clinic of the board; a closed set given by policy, so that it may be counted by. */
export type SiteId = Brand<string, 'SiteId'>;

/** Names a consultant's team; a closed set given by policy, empty unless the board wants teams in the log. */
export type TeamId = Brand<string, 'TeamId'>;

/** Most minutes that one fault can be said to have cost a coder. */
export const mostMinutes = 480;

/** What a coder says of a fault beyond where it stands. Suggested by what is on screen, confirmed by a person. */
export interface FaultDetails {
  readonly category: FaultCategory;
  readonly authorRole: AuthorRole;
  readonly site: SiteId | 'unknown';
  readonly team: TeamId | 'unknown';
  /** Coder's time lost, in whole minutes from 0 to `mostMinutes`. */
  readonly minutes: number;
}

/** The category that a mark speaks for by itself: places that contradict each other, a sign, a short form, else a term to avoid. */
export function categoryOfMark(severity: Severity, kind: TermKind | null): FaultCategory {
  if (severity === 'conflict') return 'conflict';
  if (kind === 'symbol') return 'symbol';
  return kind === 'abbreviation' ? 'ambiguous-abbreviation' : 'avoid-term';
}

/** What is said of any fault of one document; the category is the fault's own. */
export type DocumentDetails = Omit<FaultDetails, 'category'>;

/** What can be wrong at a marked term: all but what a whole document lacks. */
export const markCategories = ['avoid-term', 'ambiguous-abbreviation', 'symbol', 'missing-laterality', 'missing-type', 'missing-cause', 'no-definitive-diagnosis', 'conflict', 'copied-forward', 'other'] as const satisfies readonly FaultCategory[];

/** What can be wrong with a document though no term of the sheet names it. */
export const documentCategories = ['missing-laterality', 'missing-type', 'missing-cause', 'no-definitive-diagnosis', 'copied-forward', 'unreadable-document', 'missing-document', 'conflict', 'other'] as const satisfies readonly FaultCategory[];

/** A hospital or a consultant's team as the board names it: the log keeps the id; the words by which pages name it are looked for in memory only. */
export interface NamedPlace<Id extends string> {
  readonly id: Id;
  readonly name: Bilingual<string>;
  /** Other spellings, in either language, matched without case. */
  readonly words: readonly string[];
}

export type Hospital = NamedPlace<SiteId>;
export type Team = NamedPlace<TeamId>;
