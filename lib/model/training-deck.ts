import type { TrainingDeck } from './trainee.js';

/** A deck as it travels: who holds the key vouches for every word of it. Key and signature in base64url. */
export interface SignedDeck {
  readonly deck: TrainingDeck;
  /** 16 hex digits made of the key. */
  readonly device: string;
  readonly key: string;
  readonly signature: string;
}

/** Why a deck is not taken. `unknown-rule`: it teaches a rule or a specialty that this edition has not. `altered`: the signature is not that of its words. `held`: it is in the deck already. */
export type DeckFailure = { readonly kind: 'too-large' | 'not-a-deck' | 'other-schema' | 'unknown-rule' | 'altered' | 'held' | 'not-saved' };
