import type { Brand } from '../base/brand.js';

/** UUID made at the click: one click is one row, however often it is sent. */
export type EventId = Brand<string, 'EventId'>;

/** HMAC-SHA-256 (64 hex digits) of patient and episode under the board's key. */
export type EpisodeKey = Brand<string, 'EpisodeKey'>;

/** HMAC-SHA-256 (64 hex digits) of one place in one text, so that a dismissal is found again without keeping the text. */
export type PlaceKey = Brand<string, 'PlaceKey'>;
