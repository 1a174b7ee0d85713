import type { Brand } from '../base/brand.js';
import type { DocumentLanguage } from './language.js';

/** Names one document inside one frame's reading: given by the adapter where the page has an id, else by its place. */
export type DocumentId = Brand<string, 'DocumentId'>;

export const documentKinds = ['clinic-letter', 'operation-note', 'discharge-letter', 'ward-round', 'referral', 'result', 'pre-assessment', 'other'] as const;
/** What sort of document it is. A closed list, because it is written to the log. */
export type DocumentKind = (typeof documentKinds)[number];

/** Where the text lives: in the page's text, in a form field (can be listed, never painted), or in an editor that someone is typing in. */
export type DocumentChannel = 'text' | 'field' | 'draft';

/** One clinical document as one page showed it at one moment. Held in memory only. Shaped after the LSP text document. */
export interface ClinicalDocument {
  readonly id: DocumentId;
  /** Grows by one whenever the text differs from what was read before; an answer for an older version is dropped. */
  readonly version: number;
  readonly kind: DocumentKind;
  readonly language: DocumentLanguage;
  readonly channel: DocumentChannel;
  /** Title as the page shows it. Patient text: never stored. */
  readonly title: string;
  /** ISO date (YYYY-MM-DD) as the page shows it, where it does. */
  readonly date: string | null;
  /** Who wrote it, in the page's words. Never stored. */
  readonly author: string | null;
  /** Number of its own episode as shown, where several are in view. Never stored. */
  readonly episode: string | null;
  readonly text: string;
  /** UTF-16 offsets at which a block (paragraph, list item, table row) starts; the first is 0 unless the text is empty. Table cells are parted by a tab, blocks by a blank line; a single line break is one inside a block. */
  readonly blocks: readonly number[];
}
