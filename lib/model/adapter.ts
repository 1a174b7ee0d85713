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
  readonly episode: {
    readonly number?: readonly FieldSelector[];
    readonly specialty?: readonly FieldSelector[];
    readonly consultant?: readonly FieldSelector[];
    readonly admitted?: readonly FieldSelector[];
    readonly discharged?: readonly FieldSelector[];
    readonly patientClass?: readonly FieldSelector[];
  };
  readonly notes: readonly NoteSelector[];
  /** Parts of a note region that are not documentation: menus, help, decision support. */
  readonly exclude: readonly string[];
  /** Hosts whose shadow roots, open or closed, may be entered. */
  readonly shadowHosts?: readonly string[];
}

/** Where one value is found: an element, and whether to read its text, its form value or an attribute. */
export interface FieldSelector {
  readonly selector: string;
  readonly from: 'text' | 'value' | { readonly attribute: string };
}

/** Where documents are found: each element that matches is one document. */
export interface NoteSelector {
  readonly region: string;
  readonly kind: DocumentKind | { readonly attribute: string; readonly values: Readonly<Record<string, DocumentKind>> };
  /** Attribute that holds the page's own document id. */
  readonly idAttribute?: string;
  readonly title?: readonly FieldSelector[];
  readonly date?: readonly FieldSelector[];
  /** The patient's identifier inside the document, where it has one; it must agree with the banner. */
  readonly identifier?: readonly FieldSelector[];
}
