import type { JSX } from 'preact';
import { codeSystems } from '../../lib/model/code.js';
import type { EditionsOfDay } from '../../lib/model/codebook.js';
import { formatDate } from '../words.js';
import type { Words } from '../words.js';

/** The editions that have nothing for the day, each in a sentence. */
export function missingEditions({ day, systems }: EditionsOfDay, { locale, say }: Words): readonly string[] {
  return codeSystems.flatMap((system) => {
    const edition = systems[system];
    if (edition.ok) return [];
    const { kind, nearest } = edition.failure;
    return [nearest === null ? say('editions.none', { system }) : say(kind === 'ended' ? 'editions.ended' : 'editions.beforeAll', { system, nearest, day: formatDate(day, locale) })];
  });
}

/** By which editions codes are offered, by which day these were chosen, and what is withheld because there is none. */
export function EditionsLine({ editions, words, onOptions }: { readonly editions: EditionsOfDay; readonly words: Words; readonly onOptions: () => void }): JSX.Element {
  const { say, locale } = words;
  const { day, ground, systems } = editions;
  const names = codeSystems.flatMap((system) => { const edition = systems[system]; return edition.ok ? [edition.value.name] : []; }).join(' · ');
  const missing = missingEditions(editions, words);
  return (
    <>
      {names === '' ? null : <p class="note editions">{say(`editions.by.${ground}`, { names, day: formatDate(day, locale) })}</p>}
      {missing.map((sentence) => <p key={sentence} class="note editions withheld" role="note">{sentence} <button type="button" class="link" onClick={onOptions}>{say('codelists.title')}</button></p>)}
    </>
  );
}
