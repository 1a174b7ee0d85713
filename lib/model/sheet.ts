import type { Bilingual } from './language.js';
import type { CuePlace, EditionId, Rule, RuleId } from './rulebook.js';

/** How far one text of an entry has come, in its own language. */
export const textStates = ['missing', 'draft', 'reviewed', 'approved'] as const;
export type TextState = (typeof textStates)[number];

/** A person's name, as they wrote it, and the day (YYYY-MM-DD). Staff of the department, in the sheet alone: never in the log or a report. */
export interface SignedOff {
  readonly by: string;
  readonly on: string;
}

/** The state of one text; who read it last where somebody did. */
export type TextStatus =
  | { readonly state: 'missing' | 'draft' }
  | { readonly state: 'reviewed' | 'approved'; readonly by: string; readonly on: string };

/** One entry of the sheet while people work on it. Its texts may be empty: then their state is `missing`, and it cannot be published. */
export interface SheetEntry extends Omit<Rule, 'translation'> {
  readonly status: Bilingual<TextStatus>;
}

/** Entries in the order of their ids, each id once. */
export type SheetEntries = readonly SheetEntry[];

/** A published state of the sheet. It is never changed: what comes later is another edition. */
export interface SheetEdition {
  /** 1, 2, 3 …; 0 is the sheet that ships. */
  readonly number: number;
  /** The first day (YYYY-MM-DD) on which it is in force. */
  readonly from: string;
  readonly published: SignedOff;
  /** What changed, in words. */
  readonly changes: Bilingual<string>;
  readonly entries: SheetEntries;
}

/** What is being worked on: entries that differ from an edition, by id; null takes one out. */
export interface SheetDraft {
  /** The edition that it began from. */
  readonly base: number;
  readonly touched: ReadonlyMap<RuleId, SheetEntry | null>;
  readonly changes: Bilingual<string>;
  /** Who read the draft whole; null again after any change. */
  readonly reviewed: SignedOff | null;
}

/** Parts of an entry that two people may change without meeting. A text, its source and its status are one part: who approves a text approves these words. */
export const entryParts = ['term', 'kind', 'verdict', 'forms', 'appliesTo', 'noisy', 'unless', 'onlyWhen', 'number', 'find', 'leave', 'en', 'cy'] as const;
export type EntryPart = (typeof entryParts)[number];

/** How one entry of a state differs from that of another. */
export type EntryChange =
  | { readonly kind: 'added'; readonly id: RuleId; readonly after: SheetEntry }
  | { readonly kind: 'removed'; readonly id: RuleId; readonly before: SheetEntry }
  | { readonly kind: 'changed'; readonly id: RuleId; readonly before: SheetEntry; readonly after: SheetEntry; readonly parts: readonly EntryPart[] };

/** Two people changed the same part of an entry otherwise; `entry`: one took it out while the other changed it, or both added it. */
export interface MergeConflict {
  readonly id: RuleId;
  readonly part: EntryPart | 'entry';
  readonly ours: SheetEntry | null;
  readonly theirs: SheetEntry | null;
}

/** What a person chose where two edits met: one of the two, or an entry whose part they wrote anew. */
export type ConflictChoice = 'ours' | 'theirs' | SheetEntry;

/** Two people's edits joined. Where they meet, the state that both began from stands until a person chooses. */
export interface MergedSheet {
  readonly entries: SheetEntries;
  readonly conflicts: readonly MergeConflict[];
}

/** Why an edition cannot be published yet. */
export type PublishFailure =
  | { readonly kind: 'no-change' }
  | { readonly kind: 'not-reviewed' }
  | { readonly kind: 'no-change-log'; readonly language: 'en' | 'cy' }
  | { readonly kind: 'texts-to-review'; readonly texts: readonly { readonly id: RuleId; readonly language: 'en' | 'cy' }[] }
  | { readonly kind: 'not-sound'; readonly problems: readonly { readonly id: RuleId; readonly field: string | null; readonly why: string }[] }
  | { readonly kind: 'bad-day' }
  /** Another edition was published since the draft began: the two must be merged first. */
  | { readonly kind: 'behind'; readonly newest: number };

/** Kinds of what can be wrong with an entry, in the order in which they are listed: what two entries do to each other, what an entry does alone, what it lacks. */
export const diagnosisKinds = ['conflict', 'shadowed', 'never-matches', 'cue-never', 'example-not-found', 'example-not-left', 'text-missing'] as const;

/** What is wrong with an entry, or worth knowing before it is published. */
export type EntryDiagnosis =
  /** The same words stand in another entry with another verdict, in a specialty that both apply to. */
  | { readonly kind: 'conflict'; readonly words: string; readonly other: RuleId }
  /** Other entries always win over every one of its words. */
  | { readonly kind: 'shadowed'; readonly words: string; readonly other: RuleId }
  /** None of its forms is ever found, read alone. */
  | { readonly kind: 'never-matches' }
  /** Words of its context that can never stand where they are looked for, or (those that it needs) only where others forbid it. */
  | { readonly kind: 'cue-never'; readonly cue: 'unless' | 'onlyWhen'; readonly place: CuePlace; readonly words: string }
  | { readonly kind: 'example-not-found' | 'example-not-left'; readonly text: string }
  | { readonly kind: 'text-missing'; readonly language: 'en' | 'cy' };

/** Something that is wrong in a sheet, and the entries that it is wrong with: one, or the two that meet. */
export interface SheetProblem {
  readonly diagnosis: EntryDiagnosis;
  readonly entries: readonly [SheetEntry, ...SheetEntry[]];
}

/** How often an entry would mark, over sample notes. */
export interface EntryNoise {
  readonly marks: number;
  readonly words: number;
  readonly notes: number;
}

/** What of an entry decides where it marks: all of it that is needed to try it. */
export type TriedEntry = Pick<SheetEntry, 'id' | 'term' | 'kind' | 'verdict' | 'forms' | 'appliesTo' | 'unless' | 'onlyWhen' | 'number'>;

/** What came of an entry that was tried on the record that is open. Counts, and no word of the record. */
export type EntryTrial =
  /** Its marks, the documents that hold any, the documents that were read, and places where another entry goes first. */
  | { readonly kind: 'tried'; readonly marks: number; readonly documents: number; readonly read: number; readonly beaten: number }
  /** `no-record`: no tab shows one confirmed patient. `changed`: another patient or another note came meanwhile. `hidden`: a trainee has still to guess there. `ended`: nothing is lit any more. */
  | { readonly kind: 'no-record' | 'changed' | 'hidden' | 'ended' };

/** A published edition as it travels, with the key and the signature (base64url) that vouch for it; `device` is a name made of the key. */
export interface SignedEdition {
  readonly kind: 'nodi-sheet';
  readonly schema: 1;
  readonly edition: SheetEdition;
  readonly device: string;
  readonly key: string;
  readonly signature: string;
}

/** What a health board says by policy of the sheet that is in force. */
export interface BoardSheet {
  /** Public keys of the devices, or the names made of them, whose editions are the board's; null: only the edition that the policy carries is. */
  readonly keys: readonly string[] | null;
  /** A signed edition as its file holds it; null: it comes from a file that a person opens. */
  readonly edition: string | null;
  /** May an edition take the place of one of a higher number? */
  readonly rollBack: boolean;
}

/** An edition of the board's that is kept on this device, and how it came. */
export interface HeldBoardEdition {
  readonly number: number;
  readonly way: 'policy' | 'file';
  readonly signed: SignedEdition;
}

/** Why an edition does not stand as the board's. */
export type BoardSheetFailure =
  | { readonly kind: 'not-an-edition' | 'tampered' | 'not-named' | 'other-content' | 'not-kept' }
  /** One of a higher number is here, and the policy does not roll back. */
  | { readonly kind: 'older'; readonly newest: number };

/** By which name findings and events know an edition of the board's sheet. */
export function boardEditionName(number: number): EditionId { return `board-${number}` as EditionId; }

/** By which name findings and events know an edition of the department's sheet. */
export function editionName(number: number): EditionId { return `sheet-${number}` as EditionId; }
