import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { EpisodeKey, PlaceKey } from '../model/decision.js';

/** An identifier as it is compared: letters and figures only, in one case, whatever hyphens and spaces the page puts in. */
export function normalIdentifier(identifier: string): string {
  return identifier.normalize('NFKC').replace(/[^\p{L}\p{Nd}]/gu, '').toUpperCase();
}

/**
 * HMAC-SHA-256 (64 hex digits) of patient and episode under the board's key of 32 bytes or more. `episode` is what
 * tells the patient's episodes apart: its number where the page shows one, else what the page does show, else empty.
 * Throws on a short key or an identifier without a letter or figure.
 */
export function episodeKey(secret: Uint8Array, identifier: string, episode: string): EpisodeKey {
  const patient = normalIdentifier(identifier);
  if (patient === '') throw new TypeError('An episode key needs an identifier with a letter or a figure in it');
  return keyed(secret, ['episode', patient, normalIdentifier(episode)]) as EpisodeKey;
}

/**
 * HMAC-SHA-256 (64 hex digits) of one place, so that a dismissal is found again when the page is read anew. `parts` tell
 * places apart: episode key, rule, document and the words around. They may be patient text: they are hashed here and kept
 * nowhere. White space does not matter; a changed word makes it another place. Throws on a short key.
 */
export function placeKey(secret: Uint8Array, parts: readonly string[]): PlaceKey {
  return keyed(secret, ['place', ...parts.map((part) => part.normalize('NFC').replace(/\s+/gu, ' ').trim())]) as PlaceKey;
}

/** JSON parts the pieces, so that no two lists of pieces make the same message. */
function keyed(secret: Uint8Array, pieces: readonly string[]): string {
  if (secret.length < 32) throw new TypeError('A key for the log has 32 bytes or more');
  return bytesToHex(hmac(sha256, secret, utf8ToBytes(JSON.stringify(pieces))));
}
