import type { JSX } from 'preact';
import { inLocale } from '../../lib/model/language.js';
import type { DeckCard, TaughtRule } from '../../lib/model/trainee.js';
import type { Words } from '../words.js';

export interface AuditDeckProps {
  /** Rules to be learned, the most frequent first. */
  readonly cards: readonly DeckCard[];
  readonly rules: readonly TaughtRule[];
  /** Pseudonyms of coders; empty unless policy lets persons be audited. */
  readonly coders: readonly string[];
  readonly coder: string | null;
  readonly nameOf: (specialty: string, words: Words) => string;
  readonly words: Words;
  readonly onCoder: (coder: string | null) => void;
  readonly onSave: () => void;
  readonly onTake: () => void;
}

/** What an audit asks to be taught, as cards that a trainee may learn from. It names rules, categories of codes and specialties; no episode and nobody. */
export function AuditDeck({ cards, rules, coders, coder, nameOf, words, onCoder, onSave, onTake }: AuditDeckProps): JSX.Element {
  const { say, locale } = words;
  return (
    <details class="audit-report audit-deck">
      <summary>{say('deck.title')}</summary>
      <p class="small">{say('deck.lede')}</p>
      {coders.length === 0 ? null : <p><label>{say('deck.coder')} <select class="find" value={coder ?? ''} onChange={(event) => onCoder(coders.find((one) => one === event.currentTarget.value) ?? null)}><option value="">{say('deck.coder.all')}</option>{coders.map((one) => <option key={one} value={one} selected={one === coder}>{one}</option>)}</select></label></p>}
      {cards.length === 0 ? <p>{say('deck.none')}</p> : (
        <>
          <div class="twin wide" tabIndex={0} role="region" aria-label={say('deck.table')}>
            <table>
              <caption class="vh">{say('deck.table')}</caption>
              <thead><tr>{(['rule', 'standard', 'codes', 'specialties'] as const).map((column) => <th key={column} scope="col">{say(`deck.column.${column}`)}</th>)}</tr></thead>
              <tbody>{cards.map(({ rule, categories, specialties }) => {
                const taught = rules.find(({ id }) => id === rule);
                return <tr key={rule}><th scope="row">{taught ? inLocale(taught.name, locale) : rule}</th><td>{taught ? inLocale(taught.standard, locale) : '–'}</td><td>{categories.join(', ')}</td><td>{specialties.map((one) => nameOf(one, words)).join(', ')}</td></tr>;
              })}</tbody>
            </table>
          </div>
          <p class="acts"><button type="button" class="btn" onClick={onSave}>{say('deck.save')}</button> <button type="button" class="btn" onClick={onTake}>{say('deck.take')}</button></p>
        </>
      )}
    </details>
  );
}
