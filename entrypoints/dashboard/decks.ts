import { fail, succeed, type Result } from '../../lib/base/result.js';
import type { Clock } from '../../lib/model/ports.js';
import type { Rulebook } from '../../lib/model/rulebook.js';
import type { TakenDeck, TrainingDeck } from '../../lib/model/trainee.js';
import type { DeckFailure } from '../../lib/model/training-deck.js';
import { deviceKeys, isSigned, type LearnerRecord, type PartStore } from '../../lib/settings/index.js';
import { deckFile, leaveDeck, readSignedDeck, takeDeck, writtenDeck } from '../../lib/training/index.js';
import { curriculum } from './curriculum.js';

/** Decks between the page of audits, files, and the cards of whoever learns on this computer. */
export interface Decks {
  /** The file of a deck, signed by this device. */
  readonly file: (deck: TrainingDeck) => Promise<string>;
  /** Reads a file that somebody gave and takes it whole, or says why not. */
  readonly bringIn: (text: string | null) => Promise<Result<TrainingDeck, DeckFailure>>;
  readonly take: (deck: TrainingDeck) => Promise<Result<TrainingDeck, DeckFailure>>;
  readonly leave: (deck: TakenDeck) => Promise<boolean>;
}

/** Joins the learner's record on this device to the device's key. */
export function createDecks({ learner, keys, clock, rulebook }: { readonly learner: Pick<LearnerRecord, 'change'>; readonly keys: Pick<PartStore, 'read' | 'write'>; readonly clock: Clock; readonly rulebook: Pick<Rulebook, 'specialties'> }): Decks {
  const take = async (deck: TrainingDeck): Promise<Result<TrainingDeck, DeckFailure>> => {
    let isHeld = false;
    const after = await learner.change((before) => { const next = takeDeck(before, deck, clock.wall(), clock.offset()); isHeld = next === before; return next; });
    return after === null ? fail({ kind: 'not-saved' }) : isHeld ? fail({ kind: 'held' }) : succeed(deck);
  };
  return {
    take,
    async file(deck) {
      const { device, key, sign } = await deviceKeys(keys);
      return deckFile({ deck, device, key, signature: await sign(writtenDeck(deck)) });
    },
    async bringIn(text) {
      if (text === null) return fail({ kind: 'too-large' });
      const read = readSignedDeck(text, { rules: new Set(curriculum.rules.map(({ id }) => id)), specialties: new Set(rulebook.specialties.map(({ id }) => id)) });
      if (!read.ok) return read;
      const { deck, device, key, signature } = read.value;
      return await isSigned({ device, key, signature, text: writtenDeck(deck) }) ? take(deck) : fail({ kind: 'altered' });
    },
    leave: async (deck) => await learner.change((before) => leaveDeck(before, deck)) !== null,
  };
}
