import type { Brand } from '../base/brand.js';

/** UUID made at the click: one click is one row, however often it is sent. */
export type EventId = Brand<string, 'EventId'>;

/** HMAC-SHA-256 (64 hex digits) of patient and episode under the board's key. */
export type EpisodeKey = Brand<string, 'EpisodeKey'>;

/** HMAC-SHA-256 (64 hex digits) of one place in one text, so that a dismissal is found again without keeping the text. */
export type PlaceKey = Brand<string, 'PlaceKey'>;

/**
 * Every row that says that a document was read has an id in this range of its own (a UUID of version 8, RFC 9562), and no other row has:
 * the many readings are told from the decisions without opening a row.
 */
export const readingIds = { from: 'ffffffff-ffff-8', to: 'ffffffff-ffff-9' } as const;

export function isReadingId(id: unknown): boolean {
  return typeof id === 'string' && id >= readingIds.from && id < readingIds.to;
}

/** A fresh id for such a row, from 16 random bytes. */
export function readingId(random: Uint8Array): EventId {
  const hex = [...random].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${readingIds.from}${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}` as EventId;
}
