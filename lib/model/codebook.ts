import type { Result } from '../base/result.js';
import type { ClinicalCode, CodeEntry, CodeSystem } from './code.js';
import type { Label } from './language.js';

/** One edition of a classification as it lies on this device. */
export interface EditionSummary {
  readonly system: CodeSystem;
  /** As people name it: `OPCS-4.11`, `ICD-10 5th Edition`. */
  readonly name: string;
  /** First and last day of discharge that it is for, YYYY-MM-DD; `to` null until further notice. */
  readonly from: string;
  readonly to: string | null;
  readonly codes: number;
  readonly titles: boolean;
  /** `shipped`: came with Nodi, without WHO's titles; `imported`: the health board's own download. */
  readonly source: 'shipped' | 'imported';
}

/** How far the reading of a file is: lines read, and all of them. */
export interface ImportProgress { readonly lines: number; readonly of: number }

/** An edition that is about to be imported, as its files and the person name it. Days are YYYY-MM-DD; `to` null until further notice. */
export interface EditionDraft {
  readonly system: CodeSystem;
  readonly name: string;
  readonly from: string;
  readonly to: string | null;
  /** Names of its files. */
  readonly files: readonly string[];
}

/** Why an import was not taken. Nothing of it is kept. Lines count from 1; the text of a line is never repeated. */
export type ImportFailure =
  | { readonly kind: 'not-a-code-file' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'other-classification'; readonly found: CodeSystem }
  | { readonly kind: 'bad-line'; readonly line: number; readonly reason: 'no-code' | 'no-title' | 'columns' | 'characters' }
  | { readonly kind: 'double-code'; readonly line: number; readonly code: ClinicalCode }
  /** Fewer codes than the classification has, or an end in the middle of a line. */
  | { readonly kind: 'truncated'; readonly line: number; readonly codes: number }
  /** Two files that say the same part of one edition. */
  | { readonly kind: 'same-part' }
  /** Files of one edition that list different codes, and how many. */
  | { readonly kind: 'files-differ'; readonly codes: number }
  | { readonly kind: 'no-name' }
  | { readonly kind: 'bad-days' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'overlaps'; readonly edition: string }
  | { readonly kind: 'not-saved' };

/** A failure with the file that it is about. */
export interface FileFault { readonly kind: 'file-fault'; readonly file: string; readonly failure: ImportFailure }

/** A day for which no edition is on this device: said, never answered from another one. */
export type NoEdition = { readonly kind: 'before-all' | 'ended' | 'none'; readonly nearest: string | null };

/** An edition with all its codes. */
export interface CodeList { readonly summary: EditionSummary; readonly entries: readonly CodeEntry[] }

/** Which day an episode's editions are chosen by, and what it was taken from: `today` where the page shows neither date, `newest` where no day is known at all (the batch reader). */
export interface EpisodeDay { readonly day: string; readonly ground: 'discharged' | 'admitted' | 'today' | 'newest' }

/** The edition of each classification that is in force on a day, or why there is none. */
export interface EditionsOfDay extends EpisodeDay { readonly systems: Readonly<Record<CodeSystem, Result<EditionSummary, NoEdition>>> }

/** What coding may ask of the editions in force: the entry of a code, with its title, sex and ages; null where the code is not in them. */
export interface CodesOfDay extends EditionsOfDay { readonly entry: (system: CodeSystem, code: ClinicalCode) => CodeEntry | null }

/** The editions that a health board imported, on this device. */
export interface CodeBook {
  readonly lists: () => Promise<readonly CodeList[]>;
  /** All of them or none, in one transaction. An edition takes the place of one of the same name. */
  readonly add: (lists: readonly CodeList[]) => Promise<Result<readonly EditionSummary[], ImportFailure>>;
  /** Gives what was removed, so that it can be put back; null where there was none. */
  readonly remove: (name: string) => Promise<CodeList | null>;
}

/** A code that a search found, as the edition of the day has it. */
export interface CodeHit {
  readonly entry: CodeEntry;
  /** Its title, else what our own packs call it, else a term of the index; null where nothing names it. */
  readonly label: Label | null;
  /** The words that were found, where they are not the label. */
  readonly words: string | null;
  /** Episodes in English hospitals in the last year counted; 0 where unknown. */
  readonly usage: number;
}

/** How often coders chose a code for the very words that are asked for. */
export interface ChosenBefore { readonly system: CodeSystem; readonly code: ClinicalCode; readonly times: number }

/** What a search answers: codes of the editions of that day and of no other. `before`: those of the hits that were chosen for the same words, which stand first. */
export interface CodesFound { readonly hits: readonly CodeHit[]; readonly before: readonly ChosenBefore[]; readonly editions: EditionsOfDay }

/** Which editions are in force, by their names in the log, and in which codes each other one that can be compared with them differs. */
export interface EditionsHeld {
  readonly inForce: readonly { readonly system: CodeSystem; readonly list: string }[];
  readonly others: readonly { readonly system: CodeSystem; readonly list: string; readonly touched: readonly ClinicalCode[] }[];
}

/** The editions on this device; `isWhole` is false where the imported ones could not be read. */
export interface CodeListsHere { readonly editions: readonly EditionSummary[]; readonly isWhole: boolean }
