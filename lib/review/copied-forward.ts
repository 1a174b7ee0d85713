import type { Span } from '../base/span.js';
import type { ClinicalDocument } from '../model/document.js';

/** Shortest sentence, UTF-16 units without white space at its ends, that counts as copied: shorter ones are written anew by chance. */
export const shortestCopy = 40;

/** One sentence of a document and the words by which it is known again. */
interface Sentence extends Span { readonly words: string }

/** Sentences and lines of a text: between breaks, and after a full stop, question or exclamation mark before a space. */
function sentencesOf(text: string): readonly Sentence[] {
  const found: Sentence[] = [];
  for (const match of text.matchAll(/[^\n\t]+?(?:[.?!](?=\s)|(?=[\n\t])|$)/g)) {
    const words = match[0].trim().replace(/\s+/g, ' ');
    if (words.length >= shortestCopy) found.push({ start: match.index, end: match.index + match[0].length, words });
  }
  return found;
}

/** A stretch of a document that says word for word what an earlier document of the same record says. */
export interface Copy { readonly span: Span; /** Index, among the documents given, of the one that said it first. */ readonly from: number; /** Where it stands there. */ readonly at: Span }

/**
 * Finds sentences that were carried forward from note to note. The document with the earliest date said it first; documents without a date follow in the order given.
 * Gives for each document, in the order given, the stretches that are copies.
 */
export function findCopies(documents: readonly Pick<ClinicalDocument, 'text' | 'date'>[]): readonly (readonly Copy[])[] {
  const order = documents.map((_, index) => index).sort((a, b) => {
    const [one, two] = [documents[a]?.date ?? '9999', documents[b]?.date ?? '9999'];
    return one < two ? -1 : one > two ? 1 : a - b;
  });
  const first = new Map<string, { readonly from: number; readonly at: Span }>();
  const copies: Copy[][] = documents.map(() => []);
  for (const index of order) {
    for (const { start, end, words } of sentencesOf(documents[index]?.text ?? '')) {
      const before = first.get(words);
      if (!before) first.set(words, { from: index, at: { start, end } });
      else if (before.from !== index) (copies[index] as Copy[]).push({ span: { start, end }, ...before });
    }
  }
  return copies;
}
