import type { AdapterPart } from './adapter.js';
import type { ContextKey, Fingerprint } from './context.js';
import type { ClinicalDocument, DocumentId } from './document.js';
import type { Episode } from './episode.js';

/** The patient that the page names: a fingerprint to compare by and a mask to show. */
export interface Subject {
  readonly fingerprint: Fingerprint;
  /** The identifier itself, for making the log's HMAC in the background. Memory only: never stored, logged or shown. */
  readonly identifier: string;
  /** The name as the banner shows it, where the package must know it so as not to send it; memory only. */
  readonly name?: string;
  /** What the panel may show: initials and the last three digits. */
  readonly initials: string;
  readonly lastDigits: string;
}

/** Who is on screen. Unknown is the default, never the last known (trust/reliability.md 2.1). */
export type SubjectReading =
  | { readonly kind: 'known'; readonly subject: Subject }
  | { readonly kind: 'unknown'; readonly reason: UnknownSubjectReason; /** Last digits that disagree, where that is the reason. */ readonly lastDigits: readonly string[] }
  | { readonly kind: 'two'; readonly subjects: readonly Subject[] };

export type UnknownSubjectReason =
  /** No banner was found. */
  | 'no-banner'
  /** A banner was found and no identifier in it. */
  | 'no-identifier'
  /** The banner and a note name different patients. */
  | 'disagree'
  /** The banner was not the same before and after the note was read. */
  | 'changed-while-reading'
  /** The page has not been taught: no adapter knows it. */
  | 'no-adapter';

/** Something that is on the page and was not read, or not wholly. */
export interface CoverageGap {
  readonly kind: CoverageGapKind;
  /** How many of them. */
  readonly count: number;
  /** Title of the document concerned, where the page shows one. Patient text: never stored. */
  readonly title: string | null;
  readonly document: DocumentId | null;
}

export const coverageGapKinds = ['plugin', 'canvas', 'image', 'no-permission', 'collapsed', 'not-yet-shown', 'truncated', 'hidden-frame', 'unconfirmed', 'interference'] as const;
/** `plugin`: a viewer outside the page (PDF); `canvas`, `image`: pixels; `no-permission`: a frame of another origin; `collapsed`: closed sections; `not-yet-shown`: rows that the page has not drawn; `truncated`: longer than the cap; `hidden-frame`: a frame that is not shown; `unconfirmed`: a frame that has not changed since another patient was on screen, or that names another one; `interference`: the page takes our marks away. */
export type CoverageGapKind = (typeof coverageGapKinds)[number];

/** Whether one part of an adapter's description found something on the page. */
export interface PartFound {
  readonly part: AdapterPart;
  readonly found: boolean;
  /** The region is the whole page, or one that holds the banner: it was not read. */
  readonly tooWide?: true;
}

/** What one frame's reading covers. Absence of marks is never absence of findings: this says what was read. */
export interface FrameCoverage {
  readonly gaps: readonly CoverageGap[];
  /** Characters of document text read, UTF-16 units. */
  readonly characters: number;
  /** The parts that the adapter describes, and whether this frame has them. */
  readonly parts: readonly PartFound[];
}

/** Which adapter read the page. */
export interface AdapterStamp {
  readonly id: string;
  readonly version: number;
}

/** What one frame showed at one moment: plain data, made by one synchronous read. */
export interface RecordSnapshot {
  readonly key: ContextKey;
  readonly adapter: AdapterStamp;
  readonly subject: SubjectReading;
  readonly episode: Episode;
  readonly documents: readonly ClinicalDocument[];
  readonly coverage: FrameCoverage;
  /** Is this the top frame of its tab? */
  readonly top: boolean;
  /** Where the frame stands: its place among the frames of the top page, then among those of that frame, and so on. Empty for the top page. */
  readonly path: readonly number[];
  /** True where this frame may not look at the page about it: whether it is displayed only that page can tell. */
  readonly outside: boolean;
  /** Places of the frames directly in this one that are not displayed and cannot see so themselves. */
  readonly hides: readonly number[];
  /** Places of the frames of another origin that are displayed directly in this one; each is read by a reader of its own, or not at all. */
  readonly beside: readonly number[];
  /** True where the frame has no banner in reach and its patient was lent to it from another frame of the tab. */
  readonly lent: boolean;
}
