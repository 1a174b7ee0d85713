import type { JSX } from 'preact';
import type { CodingDepth } from '../../lib/model/coded-episode.js';
import type { Words } from '../words.js';

/** How far the episode is coded and why, in two lines; the bar is thick where full coding is asked for, and the words say the same. */
export function DepthBadge({ depth, reason, words, onChoose }: { readonly depth: CodingDepth; readonly reason: string; readonly words: Words; /** Lets the coder choose the other depth. */ readonly onChoose: (depth: CodingDepth) => void }): JSX.Element {
  const other: CodingDepth = depth === 'full' ? 'primary' : 'full';
  return (
    <div class={`depth is-${depth}`}><b>{words.say(`depth.${depth}`)}</b>
      <span class="small block">{reason} · <button type="button" class="link" onClick={() => onChoose(other)}>{words.say(`depth.choose.${other}`)}</button></span>
    </div>
  );
}
