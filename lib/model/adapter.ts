import type { DocumentKind } from './document.js';

/**
 * An EPR page described without code: where it shows the patient, the episode and the notes.
 * Selectors are CSS; where several are given the first that matches wins.
 * A selector may pierce shadow roots with ` >>> ` between its parts.
 */
export interface AdapterDefinition {
  /** Lower-case letters, digits and hyphens. */
  readonly id: string;
  readonly version: number;
  readonly name: string;
  /** Match patterns as in a browser manifest, for example `https://portal.example/*`. */
  readonly matches: readonly string[];
  readonly banner: {
    /** The element that names the patient. */
    readonly region: readonly string[];
    /** Inside the banner: the identifier (NHS number or hospital number). */
    readonly identifier: readonly FieldSelector[];
    /** Inside the banner: the name, for initials only. */
    readonly name: readonly FieldSelector[];
  };
  readonly episode: { readonly [Part in EpisodePart]?: readonly FieldSelector[] };
  readonly notes: readonly NoteSelector[];
  /** Parts of a note region that are not documentation: menus, help, decision support. */
  readonly exclude: readonly string[];
  /** Hosts whose shadow roots, open or closed, may be entered. */
  readonly shadowHosts?: readonly string[];
}

export const episodeParts = ['number', 'specialty', 'consultant', 'admitted', 'discharged', 'patientClass'] as const;
export type EpisodePart = (typeof episodeParts)[number];

/** The parts of a description, named when one of them no longer finds anything. */
export const adapterParts = ['banner', 'identifier', 'name', ...episodeParts, 'notes', 'title', 'date', 'author', 'episode'] as const;
export type AdapterPart = (typeof adapterParts)[number];

/** Where one value is found: by a selector, or beside the words of a label, which outlive a change of style. */
export type FieldSelector =
  | {
    readonly selector: string;
    /** Read its text, its form value or an attribute. */
    readonly from: 'text' | 'value' | { readonly attribute: string };
    /** Of a note: `before` is the nearest that stands before the note in the page, as the heading of a timeline does. Within the note where it is not given. */
    readonly place?: 'before';
  }
  | {
    /** The words of the label as the page shows them, in each language it may show; case, spaces and a colon do not count. */
    readonly label: readonly string[];
  };

/** Where documents are found: each element that matches is one document. */
export interface NoteSelector {
  readonly region: string;
  readonly kind: DocumentKind | { readonly attribute: string; readonly values: Readonly<Record<string, DocumentKind>> };
  /** Attribute that holds the page's own document id. */
  readonly idAttribute?: string;
  readonly title?: readonly FieldSelector[];
  readonly date?: readonly FieldSelector[];
  /** Who wrote it, as the page says: a role or a signature. */
  readonly author?: readonly FieldSelector[];
  /** The number of the episode that the document belongs to, where several are in view. */
  readonly episode?: readonly FieldSelector[];
  /** The patient's identifier inside the document, where it has one; it must agree with the banner. */
  readonly identifier?: readonly FieldSelector[];
  /** The rows of a list that draws only what is in view: what has been shown is kept while the patient is on screen. */
  readonly rows?: string;
}

/** A part of a description that is pointed at. `exclude` is what a note region holds and is not documentation. */
export const pickedParts = ['banner', 'identifier', 'name', 'notes', 'title', 'date', 'author', 'specialty', 'consultant', 'admitted', 'discharged', 'number', 'exclude'] as const;
export type PickedPart = (typeof pickedParts)[number];

/** What pointing at an element comes to: how it would be found again, and what would be read. Patient text: memory only. */
export interface PickedPlace {
  readonly field: FieldSelector;
  /** The first words that would be read. */
  readonly words: string;
  /** How many places of this page it finds. */
  readonly count: number;
  /** Why it cannot be used for this part, or null. */
  readonly fault: 'whole-page' | 'holds-banner' | 'outside-banner' | 'nothing' | 'unstable' | null;
}
