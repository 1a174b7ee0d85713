import type { ClinicalDocument, DocumentId } from '../model/document.js';
import type { SelectedWords } from '../model/review.js';
import type { Evidence } from '../model/suggestion.js';
import type { TextMap } from './text-map.js';

/** Longest selection that is asked for, in characters: more is a document and not a question. */
const longest = 200;

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The words that are selected on the page, where they are words of one of these documents; else null. */
export function selectedWords(page: Document, documents: readonly ClinicalDocument[], maps: ReadonlyMap<DocumentId, Pick<TextMap, 'spanAt'>> = new Map()): SelectedWords | null {
  const selection = page.getSelection();
  const words = plain(selection?.toString() ?? '');
  if (!selection || words === '' || words.length > longest) return null;
  const sought = new RegExp(words.split(' ').map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s+'), 'g');
  const places = documents.flatMap(({ id, version, text }) => [...text.matchAll(sought)].map((found): Evidence => ({ document: id, version, span: { start: found.index, end: found.index + found[0].length } })));
  if (places.length === 0) return null;
  const range = selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
  const here = range ? places.find(({ document, span }) => {
    const begin = maps.get(document)?.spanAt(range.startContainer, range.startOffset)?.start;
    // A selection may begin with white space that the words do not have.
    return begin !== undefined && begin <= span.start && span.start - begin <= selection.toString().length - words.length + 1;
  }) : undefined;
  return { words, place: here ?? (places.length === 1 ? places[0] ?? null : null) };
}
