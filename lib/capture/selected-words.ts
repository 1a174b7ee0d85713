import type { ClinicalDocument } from '../model/document.js';

/** Longest selection that is asked for, in characters: more is a document and not a question. */
const longest = 200;

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The words that are selected on the page, where they are words of one of these documents; else null. */
export function selectedWords(page: Document, documents: readonly ClinicalDocument[]): string | null {
  const words = plain(page.getSelection()?.toString() ?? '');
  return words !== '' && words.length <= longest && documents.some(({ text }) => plain(text).includes(words)) ? words : null;
}
