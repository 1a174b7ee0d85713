import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { EpisodeKey, PlaceKey } from '../model/decision.js';
import type { DocumentKind } from '../model/document.js';
import type { Episode } from '../model/episode.js';
import type { RuleId } from '../model/rulebook.js';

/** An identifier as it is compared: letters and figures only, in one case, whatever hyphens and spaces the page puts in. */
export function normalIdentifier(identifier: string): string {
  return identifier.normalize('NFKC').replace(/[^\p{L}\p{Nd}]/gu, '').toUpperCase();
}

/**
 * HMAC-SHA-256 (64 hex digits) of patient and episode under the board's key of 32 bytes or more. The episode is its
 * number where the page shows one, else its admission date, else the patient alone. Throws on a short key or an empty identifier.
 */
export function episodeKey(secret: Uint8Array, identifier: string, episode: Pick<Episode, 'number' | 'admitted'>): EpisodeKey {
  const patient = normalIdentifier(identifier);
  if (patient === '') throw new TypeError('An episode key needs an identifier with a letter or a figure in it');
  const number = normalIdentifier(episode.number ?? '');
  const part = number !== '' ? ['number', number] : episode.admitted !== null ? ['admitted', episode.admitted] : ['patient'];
  return keyed(secret, ['episode', patient, ...part]) as EpisodeKey;
}

/** One place where a rule was found. The sentence is patient text: it is hashed here and kept nowhere. */
export interface FoundPlace {
  readonly episode: EpisodeKey;
  readonly rule: RuleId;
  readonly documentKind: DocumentKind;
  /** ISO date of the document as shown, or null; with the kind it parts documents, since a page's own ids may change when it is loaded again. */
  readonly documentDate: string | null;
  readonly sentence: string;
  /** Which match of the rule in that sentence, from 0. */
  readonly occurrence: number;
}

/**
 * HMAC-SHA-256 (64 hex digits) of one place, so that a dismissal is found again when the page is read anew.
 * White space in the sentence does not matter; a changed word makes it another place.
 */
export function placeKey(secret: Uint8Array, place: FoundPlace): PlaceKey {
  const sentence = place.sentence.normalize('NFC').replace(/\s+/gu, ' ').trim();
  return keyed(secret, ['place', place.episode, place.rule, place.documentKind, place.documentDate ?? '', sentence, String(place.occurrence)]) as PlaceKey;
}

/** A document, or one of a kind that is not on screen. Title and date are as the page shows them: hashed here and kept nowhere. */
export type DocumentPlace = { readonly episode: EpisodeKey; readonly documentKind: DocumentKind } & ({
  readonly documentDate: string | null;
  readonly title: string;
  /** Which of the documents that share all this, from 0. */
  readonly occurrence: number;
} | { readonly missing: true });

/** HMAC-SHA-256 (64 hex digits) of a document within its episode. The page's own ids may change when it is loaded again, and its text may grow: neither is part of it. */
export function documentKey(secret: Uint8Array, place: DocumentPlace): PlaceKey {
  return keyed(secret, 'missing' in place ? ['no-document', place.episode, place.documentKind] : ['document', place.episode, place.documentKind, place.documentDate ?? '', place.title.normalize('NFC').replace(/\s+/gu, ' ').trim(), String(place.occurrence)]) as PlaceKey;
}

/** JSON parts the pieces, so that no two lists of pieces make the same message. */
function keyed(secret: Uint8Array, pieces: readonly string[]): string {
  if (secret.length < 32) throw new TypeError('A key for the log has 32 bytes or more');
  return bytesToHex(hmac(sha256, secret, utf8ToBytes(JSON.stringify(pieces))));
}
