import type { Lifetime } from '../base/lifetime.js';
import type { ImportProgress } from '../model/codebook.js';

/** What a reader of a file is given besides its text. */
export interface ReadingOptions {
  readonly onProgress?: (progress: ImportProgress) => void;
  readonly signal?: Lifetime;
}

/** Milliseconds of reading after which the page is given a turn: a key pressed meanwhile is answered in the next frame. */
const portion = 12;
/** Lines between two looks at the clock. */
const batch = 200;

/** A line with its number in the file, from 1. */
export interface FileLine { readonly text: string; readonly number: number }

/** The lines of a file, one after the other, cleaned: no byte order mark, no carriage return, no-break spaces as spaces. */
export function* linesOf(text: string): Generator<FileLine> {
  let from = text.startsWith('\uFEFF') ? 1 : 0;
  for (let number = 1; from <= text.length; number += 1) {
    const found = text.indexOf('\n', from);
    const to = found < 0 ? text.length : found;
    yield { text: text.slice(from, to).replace(/\r$/, '').replace(/\u00A0/g, ' '), number };
    from = to + 1;
  }
}

/** How many lines a text has. */
export function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** Takes line after line and lets the page live between them; a cancel is heard there. `of` is how many lines the file has. Ends early where `take` says false. */
export async function eachLine(lines: Iterable<FileLine>, of: number, take: (line: FileLine) => boolean, { onProgress, signal }: ReadingOptions): Promise<'done' | 'stopped' | 'cancelled'> {
  let since = performance.now();
  let taken = 0;
  onProgress?.({ lines: 0, of });
  for (const line of lines) {
    taken += 1;
    if (taken % batch === 0 && performance.now() - since > portion) {
      onProgress?.({ lines: line.number, of });
      await new Promise((go) => { setTimeout(go, 0); });
      since = performance.now();
    }
    if (signal?.aborted) return 'cancelled';
    if (!take(line)) return 'stopped';
  }
  onProgress?.({ lines: of, of });
  return signal?.aborted ? 'cancelled' : 'done';
}
