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

/** The lines of a file, cleaned: no byte order mark, no carriage return, no-break spaces as spaces. */
export function linesOf(text: string): readonly FileLine[] {
  return text.replace(/^\uFEFF/, '').split('\n').map((line, at) => ({ text: line.replace(/\r$/, '').replace(/\u00A0/g, ' '), number: at + 1 }));
}

/** Takes line after line and lets the page live between them; a cancel is heard there. Ends early where `take` says false. */
export async function eachLine(lines: readonly FileLine[], take: (line: FileLine) => boolean, { onProgress, signal }: ReadingOptions): Promise<'done' | 'stopped' | 'cancelled'> {
  let since = performance.now();
  onProgress?.({ lines: 0, of: lines.length });
  for (let at = 0; at < lines.length; at += 1) {
    if (at % batch === 0 && performance.now() - since > portion) {
      onProgress?.({ lines: at, of: lines.length });
      await new Promise((go) => { setTimeout(go, 0); });
      since = performance.now();
    }
    if (signal?.aborted) return 'cancelled';
    if (!take(lines[at] as FileLine)) return 'stopped';
  }
  onProgress?.({ lines: lines.length, of: lines.length });
  return signal?.aborted ? 'cancelled' : 'done';
}
