import * as v from 'valibot';
import { fail, succeed, type Result } from '../base/result.js';
import { codeSystems } from '../model/code.js';
import type { ItemId, TakenDeck, TraineeProgress, TrainingDeck } from '../model/trainee.js';
import type { DeckFailure, SignedDeck } from '../model/training-deck.js';
import { newCard, nextDay } from './recall.js';

/** Most cards of a deck, and most decks that are told of. */
const mostCards = 100;
const decksKept = 24;

const name = v.pipe(v.string(), v.regex(/^[a-z-]{1,60}$/));
/** The card of a deck as a file and the learner's record hold it. */
const cardShape = v.strictObject({
  rule: name, specialties: v.pipe(v.array(name), v.maxLength(100)),
  categories: v.pipe(v.array(v.pipe(v.string(), v.regex(new RegExp(`^(?:${codeSystems.join('|')}) [A-Z]\\d\\d$`)))), v.maxLength(2_000)),
});
const month = v.pipe(v.string(), v.regex(/^20\d\d-(?:0[1-9]|1[0-2])$/));
const deckShape = v.strictObject({ month, cards: v.pipe(v.array(cardShape), v.minLength(1), v.maxLength(mostCards)) });
const signedShape = v.strictObject({ kind: v.literal('nodi-deck'), schema: v.literal(1), deck: deckShape, device: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)), key: v.pipe(v.string(), v.regex(/^[\w-]{87}$/)), signature: v.pipe(v.string(), v.regex(/^[\w-]{86}$/)) });

/** Decks as the learner's record keeps them. */
export const takenDecksShape = v.array(v.strictObject({ month, cards: v.array(cardShape), at: v.pipe(v.number(), v.finite()), brought: v.array(name) }));

/** What is signed: the deck in one way of writing. */
export function writtenDeck({ month: of, cards }: TrainingDeck): string {
  return JSON.stringify(['nodi-deck', 1, of, cards.map(({ rule, specialties, categories }) => [rule, specialties, categories])]);
}

/** The file of a deck. */
export function deckFile({ deck, device, key, signature }: SignedDeck): string {
  return JSON.stringify({ kind: 'nodi-deck', schema: 1, deck, device, key, signature }, null, 1);
}

/** Reads a deck that somebody gave; the signature is for the caller to check. `knows`: the rules and specialties that this edition has, for a card of another could not be shown. */
export function readSignedDeck(text: string, knows: { readonly rules: ReadonlySet<string>; readonly specialties: ReadonlySet<string> }): Result<SignedDeck, DeckFailure> {
  let data: unknown = null;
  try { data = JSON.parse(text); } catch { return fail({ kind: 'not-a-deck' }); }
  if (typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'nodi-deck' && 'schema' in data && data.schema !== 1) return fail({ kind: 'other-schema' });
  const read = v.safeParse(signedShape, data);
  if (!read.success) return fail({ kind: 'not-a-deck' });
  const { deck, device, key, signature } = read.output;
  const rules = deck.cards.map(({ rule }) => rule);
  if (new Set(rules).size !== rules.length) return fail({ kind: 'not-a-deck' });
  if (!rules.every((rule) => knows.rules.has(rule)) || !deck.cards.every(({ specialties }) => specialties.every((one) => one === 'unknown' || knows.specialties.has(one)))) return fail({ kind: 'unknown-rule' });
  // The check above admits what the nouns say and nothing else; brands have no other form at run time.
  return succeed({ deck: deck as unknown as TrainingDeck, device, key, signature });
}

const itemOf = (rule: string): ItemId => `rule:${rule}`;

/** A trainee's cards with those of a deck: what was not there comes tomorrow, and what was comes no later; nothing is rated, since an audit is nobody's answer to a card. The progress as it was where she has the deck already. */
export function takeDeck(progress: TraineeProgress, deck: TrainingDeck, wall: number, offset: number): TraineeProgress {
  if (deck.cards.length === 0 || progress.decks.some((one) => writtenDeck(one) === writtenDeck(deck))) return progress;
  const tomorrow = nextDay(wall, offset);
  const asked = new Set(deck.cards.map(({ rule }) => itemOf(rule)));
  const had = new Set(progress.cards.map(({ item }) => item));
  const fresh = deck.cards.filter(({ rule }) => !had.has(itemOf(rule)));
  const taken: TakenDeck = { ...deck, at: wall, brought: fresh.map(({ rule }) => rule) };
  return {
    ...progress, decks: [...progress.decks, taken].slice(-decksKept),
    cards: [...progress.cards.map((card) => (asked.has(card.item) && card.due > tomorrow ? { ...card, due: tomorrow } : card)), ...fresh.map(({ rule }) => newCard(itemOf(rule), wall, offset))],
  };
}

/** Without a deck again: the cards that it alone brought and that were never looked at go with it. */
export function leaveDeck(progress: TraineeProgress, deck: TakenDeck): TraineeProgress {
  const others = progress.decks.filter((one) => one.at !== deck.at || writtenDeck(one) !== writtenDeck(deck));
  if (others.length === progress.decks.length) return progress;
  const wanted = new Set(others.flatMap(({ cards }) => cards.map(({ rule }) => itemOf(rule))));
  const mistaken = new Set([...progress.outcomes.filter(({ right, at }) => !right && at >= deck.at).map(({ item }) => item), ...progress.live.filter(({ at }) => at >= deck.at).flatMap(({ items }) => items.flatMap(({ item, right }) => (right ? [] : [item])))]);
  const leaving = new Set(deck.brought.map(itemOf).filter((item) => !wanted.has(item) && !mistaken.has(item)));
  return { ...progress, decks: others, cards: progress.cards.filter(({ item, last }) => last !== null || !leaving.has(item)) };
}
