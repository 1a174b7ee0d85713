import { createEmptyCard, fsrs, type Card } from 'ts-fsrs';
import type { ItemCard, ItemId, RecallGrade } from '../model/trainee.js';

/** Nine of ten cards are to be known when they come back; none stays away for more than half a year. No minute steps (a session is once a day) and no chance. */
const scheduler = fsrs({ request_retention: 0.9, maximum_interval: 180, enable_fuzz: false, enable_short_term: false });

const dayLength = 86_400_000;

function toCard(card: ItemCard): Card {
  const { due, stability, difficulty, scheduledDays, reps, lapses, state, last } = card;
  return { due: new Date(due), stability, difficulty, elapsed_days: 0, scheduled_days: scheduledDays, learning_steps: 0, reps, lapses, state, ...(last === null ? {} : { last_review: new Date(last) }) };
}

function fromCard(item: ItemId, { due, stability, difficulty, scheduled_days: scheduledDays, reps, lapses, state, last_review: last }: Card): ItemCard {
  return { item, due: due.getTime(), stability, difficulty, scheduledDays, reps, lapses, state, last: last ? last.getTime() : null };
}

/** Midnight after this moment, on the trainee's own clock (`offset` in minutes east of UTC). */
export function nextDay(wall: number, offset: number): number {
  const local = wall + offset * 60_000;
  return (Math.floor(local / dayLength) + 1) * dayLength - offset * 60_000;
}

/** The card of something that was not known: it comes tomorrow. */
export function newCard(item: ItemId, wall: number, offset: number): ItemCard {
  return { ...fromCard(item, createEmptyCard(new Date(wall))), due: nextDay(wall, offset) };
}

/** The card after it was looked at. */
export function gradeCard(card: ItemCard, grade: RecallGrade, wall: number): ItemCard {
  return fromCard(card.item, scheduler.next(toCard(card), new Date(wall), grade).card);
}

/** How likely the item is known at a moment, 0–1; 0 for one that was never looked at. */
export function recallOf(card: ItemCard, wall: number): number {
  return card.last === null ? 0 : scheduler.get_retrievability(toCard(card), new Date(wall), false);
}

/** Cards of one session, those that are forgotten most first. A session is short: what does not fit waits. */
export function sessionOf(cards: readonly ItemCard[], wall: number, most = 12): readonly ItemCard[] {
  return cards.filter(({ due }) => due <= wall).sort((a, b) => recallOf(a, wall) - recallOf(b, wall) || a.due - b.due || (a.item < b.item ? -1 : 1)).slice(0, most);
}
