import type { Handlers } from '../../lib/messaging/channel.js';
import { bind, type ContextKey } from '../../lib/model/context.js';
import { compareRecord, placesTyped } from '../../lib/training/index.js';
import { standingIn, type Painting } from './painting.js';
import { noCodes, type TabCodes } from './tab-codes.js';
import type { TabEpisode } from './tab-episode.js';
import type { TabPatient } from './tab-patient.js';
import type { TabRecords } from './tab-records.js';
import type { TabSequence } from './tab-sequence.js';
import type { World } from './world.js';

type Told = 'panel.guess' | 'panel.show-record' | 'panel.find-words';

/** A trainee guesses the record on screen, sees what Nodi found, or asks for the record as it is. Nothing of it is kept but that it may be shown. */
export function guessAnswers(world: () => Promise<World>, tabs: TabRecords, { ownFrames, inPageOrder, isLead }: TabPatient, { specialtyOf, decisionsFor }: TabEpisode, { ready, guessIn, blindIn, codingOf }: TabCodes, { codedIn, depthIn }: TabSequence, cardsOf: Painting['cardsOf'], again: (it: World, tab: number) => Promise<void>): Required<Pick<Handlers, Told>> {
  /** A trainee has answered, or wants to see this record as it is. */
  const showGuessed = async (it: World, tab: number, key: ContextKey): Promise<void> => {
    it.guesses.show(key);
    await again(it, tab);
  };

  return {
    async 'panel.guess'({ tab, key, guess }) {
      const it = await world();
      await ready(it);
      if (guessIn(it, tab) !== 'hidden' || !(await isLead(tab, key))) return null;
      const own = ownFrames(tab);
      // An episode of the blind sample stays without codes until it is coded: its marks are compared alone.
      const blind = blindIn(it, tab) === 'hidden';
      const coding = blind ? noCodes : codingOf(it, tab)?.coding ?? noCodes;
      const decisions = decisionsFor(it);
      const marks = own.flatMap((snapshot) => standingIn(decisions, snapshot, tabs.frames(tab).get(snapshot.key.frame)?.diagnostics ?? []));
      const { depth } = depthIn(it, tab, coding, codedIn(it, own));
      const compared = compareRecord({ documents: own.flatMap(({ documents }) => documents), marks, suggestions: coding.suggestions, depth }, blind ? { ...guess, diagnoses: [], procedures: [] } : guess);
      await showGuessed(it, tab, key);
      return bind(key, { ...compared, specialty: specialtyOf(it, tab), cards: cardsOf(it, compared.marks.flatMap(({ offered }) => offered?.rule ?? [])) });
    },
    async 'panel.show-record'({ tab, key }) {
      const it = await world();
      if (!(await isLead(tab, key))) return false;
      await showGuessed(it, tab, key);
      return true;
    },
    async 'panel.find-words'({ tab, key, words }) {
      if (!(await isLead(tab, key))) return null;
      const documents = inPageOrder(ownFrames(tab)).flatMap((snapshot) => snapshot.documents);
      return documents.flatMap(({ id, version, text }) => placesTyped(text, words).slice(0, 1).map((span) => ({ document: id, version, span })))[0] ?? null;
    },
  };
}
