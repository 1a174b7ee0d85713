import type { Span } from '../base/span.js';
import { dash, fold, skip, symbol } from './fold.js';

/** A folded word with its place in the text. */
export interface PlacedWord extends Span {
  readonly folded: string;
}

/** The words of a text as the scanner sees them, in order, each where it stands (UTF-16 offsets, half open). */
export function placedWords(text: string): readonly PlacedWord[] {
  const words: PlacedWord[] = [];
  let folded = '';
  let start = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const kind = at < text.length ? fold[text.charCodeAt(at)] ?? symbol : symbol;
    if (kind > dash) {
      if (folded === '') start = at;
      folded += String.fromCharCode(kind);
    } else if (kind !== skip && folded !== '') {
      words.push({ folded, start, end: at });
      folded = '';
    }
  }
  return words;
}
