import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { AuditView } from '../model/audit.js';
import type { EpisodeKey, EventId, PlaceKey } from '../model/decision.js';
import type { DocumentKind } from '../model/document.js';
import type { Episode } from '../model/episode.js';
import type { EpisodeIdentity } from '../model/ledger.js';
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

/** Under what an auditor's own codes of an episode are kept, apart from the first coder's. */
export function auditKey(secret: Uint8Array, { sample, episode, view }: { readonly sample: EventId; readonly episode: EpisodeKey; readonly view: AuditView }): EpisodeKey {
  return keyed(secret, ['audit', sample, episode, String(view)]) as EpisodeKey;
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

/** Keys of a ledger: of its episodes, and 32 bits above 0 for a coder. */
export interface LedgerKeys { readonly episode: (identity: EpisodeIdentity) => string; readonly coder: (written: string) => number }

/**
 * Keys under the board's secret for a million episodes: the secret is worked in once. An extract with patients and no spells gives the keys of
 * the log (`episodeKey` by number), so that one episode is one in both.
 */
export function createLedgerKeys(secret: Uint8Array): LedgerKeys {
  if (secret.length < 32) throw new TypeError('A key for the log has 32 bytes or more');
  const begun = hmac.create(sha256, secret);
  // One state and one digest for all: making them anew costs more than hashing does.
  const [state, digest] = [begun.clone(), new Uint8Array(32)];
  const under = (pieces: readonly string[]): string => { begun._cloneInto(state).update(utf8ToBytes(JSON.stringify(pieces))).digestInto(digest); return bytesToHex(digest); };
  const coders = new Map<string, number>();
  return {
    episode: ({ patient, spell, episode }) => under(patient !== '' && spell === '' ? ['episode', normalIdentifier(patient), 'number', normalIdentifier(episode)] : ['ledger', normalIdentifier(patient), normalIdentifier(spell), normalIdentifier(episode)]),
    coder(written) {
      const known = coders.get(written);
      if (known !== undefined) return known;
      const made = Number.parseInt(under(['coder', normalIdentifier(written)]).slice(0, 8), 16) || 1;
      if (coders.size < 10_000) coders.set(written, made);
      return made;
    },
  };
}

/** JSON parts the pieces, so that no two lists of pieces make the same message. */
function keyed(secret: Uint8Array, pieces: readonly string[]): string {
  if (secret.length < 32) throw new TypeError('A key for the log has 32 bytes or more');
  return bytesToHex(hmac(sha256, secret, utf8ToBytes(JSON.stringify(pieces))));
}
