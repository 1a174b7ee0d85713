import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { ItemId, TakenDeck, TaughtRule } from '../../lib/model/trainee.js';
import { inLocale } from '../../lib/model/language.js';
import { formatMonth, type Words } from '../words.js';

/** Brings in a deck that an auditor saved. */
export function BringDeck({ words: { say }, onDeck }: { readonly words: Words; readonly onDeck: (file: File) => void }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  return <p class="acts"><button type="button" class="btn" onClick={() => input.current?.click()}>{say('deck.bringIn')}</button><input ref={input} type="file" hidden accept=".json,application/json" aria-label={say('deck.bringIn')} onChange={(event) => { const [file] = event.currentTarget.files ?? []; if (file) onDeck(file); event.currentTarget.value = ''; }} /></p>;
}

/** What an audit found wrong against the rule of a card: codes and the month, or nothing. */
export function AskedByAudit({ item, decks, words }: { readonly item: ItemId; readonly decks: readonly TakenDeck[]; readonly words: Words }): JSX.Element | null {
  const found = decks.findLast(({ cards }) => cards.some(({ rule }) => item === `rule:${rule}`));
  const card = found?.cards.find(({ rule }) => item === `rule:${rule}`);
  return found && card ? <p class="small">{words.say('deck.card', { month: formatMonth(found.month, words.locale), codes: card.categories.slice(0, 8).join(', ') })}</p> : null;
}

/** Decks that were taken, and the way to be rid of one. */
export function TakenDecks({ decks, rules, words, onLeave }: { readonly decks: readonly TakenDeck[]; readonly rules: readonly TaughtRule[]; readonly words: Words; readonly onLeave: (deck: TakenDeck) => void }): JSX.Element | null {
  const { say, locale } = words;
  if (decks.length === 0) return null;
  return (
    <>
      <h2>{say('deck.taken')}</h2>
      <p class="small">{say('deck.taken.note')}</p>
      <ul class="plain">{decks.map((deck) => {
        const month = formatMonth(deck.month, locale);
        const names = deck.cards.map(({ rule }) => { const one = rules.find(({ id }) => id === rule); return one ? inLocale(one.name, locale) : rule; });
        return <li key={`${deck.at} ${deck.month}`}>{say('deck.taken.is', { month, rules: names.join('; ') })} <button type="button" class="btn" aria-label={say('deck.leave.long', { month })} onClick={() => onLeave(deck)}>{say('deck.leave')}</button></li>;
      })}</ul>
    </>
  );
}
