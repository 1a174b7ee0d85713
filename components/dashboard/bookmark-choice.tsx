import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { RuleId } from '../../lib/model/rulebook.js';
import type { Words } from '../words.js';
import { bookmarkVerdicts, type BookmarkTerm } from './bookmark-terms.js';

/** Which entries go on the bookmark of a specialty: all, in the order in which room is given, or those that a person ticks. */
export function BookmarkChoice({ terms, chosen, fits, words, onChoose }: { readonly terms: readonly BookmarkTerm[]; readonly chosen: ReadonlySet<RuleId> | null; readonly fits: number | null; readonly words: Words; readonly onChoose: (ids: readonly RuleId[] | null) => void }): JSX.Element {
  const { say } = words;
  const [find, setFind] = useState('');
  const wanted = find.trim().toLowerCase();
  const isOn = (id: RuleId): boolean => chosen?.has(id) ?? true;
  const count = chosen ? terms.filter(({ id }) => chosen.has(id)).length : terms.length;
  const put = (one: RuleId, on: boolean): void => onChoose(terms.flatMap(({ id }) => ((id === one ? on : isOn(id)) ? [id] : [])));
  return (
    <details class="bm-which">
      <summary>{say('bookmark.which')}</summary>
      <p role="status">{say('bookmark.which.fits', { n: count, all: terms.length, fits: fits ?? '–' })}</p>
      <p class="acts"><button type="button" class="btn" onClick={() => onChoose([])}>{say('bookmark.which.none')}</button> <button type="button" class="btn" disabled={chosen === null} onClick={() => onChoose(null)}>{say('bookmark.which.all')}</button> <label>{say('bookmark.which.find')} <input class="find" type="search" value={find} onInput={(event) => setFind(event.currentTarget.value)} /></label></p>
      {bookmarkVerdicts.map((verdict) => (
        <fieldset key={verdict}><legend>{say(`verdict.${verdict}`)}</legend>{terms.filter((line) => line.verdict === verdict && line.term.toLowerCase().includes(wanted)).map(({ id, term }) => <label key={id} class="check"><input type="checkbox" checked={isOn(id)} onChange={(event) => put(id, event.currentTarget.checked)} /> {term}</label>)}</fieldset>
      ))}
    </details>
  );
}
