import type { Lifetime } from '../base/lifetime.js';

/** How far an import is: lines read, and all of them. */
export interface ImportProgress { readonly lines: number; readonly of: number }

/** What a reader of a file is given besides its text. */
export interface ReadingOptions {
  readonly onProgress?: (progress: ImportProgress) => void;
  readonly signal?: Lifetime;
}

/** Lines between two signs of life; work pauses there, so that a cancel is heard. */
const portion = 2000;

/** Lines of a file, cleaned: no byte order mark, no carriage return, no-break spaces as spaces. Ends early, with false, when it is cancelled. */
export async function eachLine(text: string, take: (line: string, number: number) => boolean, { onProgress, signal }: ReadingOptions): Promise<'done' | 'stopped' | 'cancelled'> {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    if (at % portion === 0) {
      onProgress?.({ lines: at, of: lines.length });
      await Promise.resolve();
      if (signal?.aborted) return 'cancelled';
    }
    const line = (lines[at] ?? '').replace(/\r$/, '').replace(/\u00A0/g, ' ');
    if (!take(line, at + 1)) return 'stopped';
  }
  onProgress?.({ lines: lines.length, of: lines.length });
  return signal?.aborted ? 'cancelled' : 'done';
}
