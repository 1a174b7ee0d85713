import type { JSX } from 'preact';
import type { Words } from '../words.js';
import { Glyph } from './shapes.jsx';
import { Key } from './sheets.jsx';

/** In the place of the codes on offer while an episode of the blind sample is not coded yet. `chord` is the key that adds a code. */
export function BlindHidden({ words, chord, onAdd }: { readonly words: Words; readonly chord: string | null; readonly onAdd: () => void }): JSX.Element {
  const { say } = words;
  return (
    <section class="codes blind">
      <h2><Glyph name="unreadable" /> {say('blind.title')}</h2>
      <p class="note">{say('blind.text')} <span class="small block">{say('blind.kept')}</span></p>
      <p class="note"><button type="button" class="btn go" onClick={onAdd}>{say('desk.add')} {chord === null ? null : <Key chord={chord} words={words} />}</button></p>
    </section>
  );
}

/** Above the codes on offer once the episode has been compared. */
export function BlindShown({ words: { say } }: { readonly words: Words }): JSX.Element {
  return <p class="note" role="note">{say('blind.shown')}</p>;
}
