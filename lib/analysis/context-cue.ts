import type { Span } from '../base/span.js';
import type { ContextCue } from '../model/rulebook.js';

/** Says whether the words about a match are those of the cue. */
export type CueTest = (text: string, span: Span) => boolean;

/** UTF-16 units looked at on either side: enough for a cue, and a bound on the work for each match. */
const reach = 120;

function pattern(phrase: string): string {
  return phrase.trim().split(/\s+/).map((word) => word.split('{number}').map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('\\d+(?:[.,]\\d+)?')).join('\\s+');
}

const wordBefore = '(?<![\\p{L}\\p{N}])';
const wordAfter = '(?![\\p{L}\\p{N}])';

/** Compiles a cue once; testing it looks at a bounded stretch of text. */
export function compileCue(cue: ContextCue): CueTest {
  const any = (phrases: readonly string[]): string => phrases.map(pattern).join('|');
  const before = cue.before?.length ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${any(cue.before)})[\\s:;,(-]*$`, 'iu') : null;
  const after = cue.after?.length ? new RegExp(`^[\\s:;,)-]*(?:${any(cue.after)})${wordAfter}`, 'iu') : null;
  const sentence = cue.sentence?.length ? new RegExp(`${wordBefore}(?:${any(cue.sentence)})${wordAfter}`, 'iu') : null;
  return (text, span) => {
    const left = text.slice(Math.max(0, span.start - reach), span.start);
    if (before?.test(left)) return true;
    const right = text.slice(span.end, span.end + reach);
    if (after?.test(right)) return true;
    if (!sentence) return false;
    const start = Math.max(left.lastIndexOf('\n'), left.lastIndexOf('. '), left.lastIndexOf('\t')) + 1;
    const stop = right.search(/[\n\t]|\.\s/);
    return sentence.test(`${left.slice(start)} ${right.slice(0, stop < 0 ? right.length : stop)}`);
  };
}
