import type { Brand } from '../base/brand.js';

/** Keyed hash (HMAC-SHA-256 under a key that lives only in this browser session) of a patient identifier or an episode. Never the identifier. */
export type Fingerprint = Brand<string, 'Fingerprint'>;

/** Random id that the reader of one frame makes when it starts; a new page load is a new id. */
export type ReaderId = Brand<string, 'ReaderId'>;

/**
 * What an answer was computed for. Two keys are the same only when every part is the same (trust/reliability.md, section 2).
 * `epoch` counts signs of change in one reader; `note` is a content hash of all text read.
 * `subject` of an unconfirmed patient is `unknown`, and an unknown subject never equals anything, itself included.
 */
export interface ContextKey {
  readonly tab: number;
  readonly frame: number;
  readonly reader: ReaderId;
  readonly epoch: number;
  readonly subject: Fingerprint | 'unknown';
  readonly episode: Fingerprint | 'unknown';
  readonly note: string;
}

/** True when both keys speak of the same tab, frame, page load, epoch, patient, episode and text. Unknown is never the same. */
export function isSameContext(a: ContextKey, b: ContextKey): boolean {
  return a.subject !== 'unknown'
    && a.tab === b.tab
    && a.frame === b.frame
    && a.reader === b.reader
    && a.epoch === b.epoch
    && a.subject === b.subject
    && a.episode === b.episode
    && a.note === b.note;
}

declare const contents: unique symbol;

/**
 * An answer that can only be opened against the patient it was made for. It crosses processes as plain data;
 * its contents have no name in TypeScript, so `present` is the only way in.
 */
export interface Bound<Value> {
  readonly key: ContextKey;
  readonly [contents]: Value;
}

interface Envelope<Value> {
  readonly key: ContextKey;
  readonly sealed: Value;
}

/** Binds an answer to the context it was computed for. */
export function bind<Value>(key: ContextKey, value: Value): Bound<Value> {
  const envelope: Envelope<Value> = { key, sealed: value };
  return envelope as unknown as Bound<Value>;
}

/** Opens an answer, or gives null when the context that is on screen now differs from the answer's in any part. */
export function present<Value>(bound: Bound<Value>, current: ContextKey): Value | null {
  return isSameContext(bound.key, current) ? (bound as unknown as Envelope<Value>).sealed : null;
}
