import type { JSX } from 'preact';
import { cuePlaces, type ContextCue } from '../../lib/model/rulebook.js';
import type { SheetEntry } from '../../lib/model/sheet.js';
import { TypedText } from '../typed-text.jsx';
import type { Words } from '../words.js';
import { cueFrom } from './entry-words.js';

const wordingsIn = (cue: ContextCue | null): number => cuePlaces.reduce((sum, place) => sum + (cue?.[place]?.length ?? 0), 0);

/** Words near a match that forbid it, and words that it needs, each at its place: one wording a line. */
export function SheetContext({ entry, words: { say }, onEdit }: { readonly entry: SheetEntry; readonly words: Words; readonly onEdit: (entry: SheetEntry) => void }): JSX.Element {
  return (
    <details class="for" id="sheet-context">
      <summary>{say('sheet.context', { unless: wordingsIn(entry.unless), onlyWhen: wordingsIn(entry.onlyWhen) })}</summary>
      <div class="form">
        {(['unless', 'onlyWhen'] as const).map((which) => (
          <fieldset key={which} class="cue">
            <legend>{say(`sheet.context.${which}`)}</legend>
            {cuePlaces.map((place) => <label key={place}>{say(`sheet.cue.${place}`)}<TypedText id={`sheet-${which}-${place}`} rows={3} value={(entry[which]?.[place] ?? []).join('\n')} onDone={(text) => onEdit({ ...entry, [which]: cueFrom(entry[which], place, text) })} /></label>)}
          </fieldset>
        ))}
      </div>
      <p class="small">{say('sheet.context.note')}</p>
    </details>
  );
}
