import { dayOf } from '../../lib/codebook/index.js';
import { approvedEntries } from '../../lib/coding/index.js';
import { blindHistory, blindStateOf, type BlindHistory } from '../../lib/learning/index.js';
import type { BlindState } from '../../lib/model/blind.js';
import type { EditionsOfDay, EpisodeDay } from '../../lib/model/codebook.js';
import type { SideConflict } from '../../lib/model/diagnostic.js';
import type { GuessState } from '../../lib/model/guess.js';
import type { Label } from '../../lib/model/language.js';
import { partsOfCodeName, type CodeName } from '../../lib/model/learning.js';
import type { Settings } from '../../lib/model/settings.js';
import type { Coding } from '../../lib/model/suggestion.js';
import { episodeIn, type Decisions, type TitleOf } from '../../lib/review/index.js';
import { openCodeBooks, type CodeBooks } from './code-books.js';
import { openEpisodeCoder, type EpisodeCoder } from './coder.js';
import { packagedLists } from './packaged-lists.js';
import type { TabAudit } from './tab-audit.js';
import type { TabEpisode } from './tab-episode.js';
import type { TabPatient } from './tab-patient.js';
import { today, type World } from './world.js';

/** No code is on offer. */
export const noCodes: Coding = { suggestions: [], rejected: [], abstentions: [] };

/** The codes of an episode, by the editions of its day. */
export interface CodedNow { readonly coding: Coding; readonly editions: EditionsOfDay; readonly titleOf: TitleOf }

export type TabCodes = ReturnType<typeof createTabCodes>;

/** The codes that Nodi finds for the episode of a tab, as a person may see them, and the lists behind them. `again` is told when the lists have been opened: what was shown before is worked out anew. */
export function createTabCodes({ ownFrames, leadOf }: TabPatient, { specialtyOf, leadEpisode }: TabEpisode, { auditIn }: TabAudit, again: (it: World) => void) {
  /** Opened after the first answer has gone out: marks do not wait for the code lists. */
  let coder: EpisodeCoder | null = null;
  let books: CodeBooks | null = null;
  let opening: Promise<CodeBooks> | null = null;
  const openBooks = (): Promise<CodeBooks> => (opening ??= openCodeBooks().then((opened) => (books = opened)));
  let coderOpening: Promise<void> | null = null;

  /** Sides that the documents of the one patient contradict each other in. */
  const conflictsOf = (it: World, tab: number): readonly SideConflict[] => coder?.conflicts(ownFrames(tab).flatMap(({ documents }) => documents), specialtyOf(it, tab)) ?? [];

  /** Those that nobody has dismissed. */
  const standingConflicts = (it: World, tab: number, { statesIn }: Decisions): readonly SideConflict[] => conflictsOf(it, tab).filter((conflict) => ownFrames(tab).some((snapshot) => {
    const document = snapshot.documents.find((one) => one.id === conflict.document && one.version === conflict.version);
    return document !== undefined && statesIn(snapshot)(document, conflict).kind !== 'dismissed';
  }));

  /** Gives the coder the words that people approved; true where they changed. */
  const adopt = (it: World): boolean => coder?.adopt(approvedEntries(it.learned.approved().map(({ phrase, name }) => ({ phrase, ...partsOfCodeName(name) })))) ?? false;

  /** The codes of the episode on screen, of all that may be read of the one patient; null while the lists are being opened. `hidden`: an episode that nobody may see the codes of, which is then not coded either. */
  const codingOf = (it: World, tab: number, hidden = false): CodedNow | null => {
    if (!coder || !books) return null;
    const own = ownFrames(tab);
    const codes = books.shelf.on(dayOf(episodeIn(own), today()));
    const { day, ground, systems } = codes;
    const [documents, specialty, editions] = [own.flatMap((snapshot) => snapshot.documents), specialtyOf(it, tab), { day, ground, systems }];
    const titleOf: TitleOf = (code) => codes.entry('OPCS-4', code)?.title ?? null;
    if (hidden) return { coding: noCodes, editions, titleOf };
    const labelOf = (name: CodeName): Label | null => { const { system, code } = partsOfCodeName(name); const entry = codes.entry(system, code); return entry && { en: entry.title ?? code }; };
    const coding = it.learned.apply(coder.code(documents, specialty, codes, it.effective.settings.highCostDrugs), { documents, specialty, episode: leadEpisode(it, own), editions, editionHolds: books.changes.holds, read: coder.read, labelOf });
    return { coding, editions, titleOf };
  };

  /** How the episode on screen stands in the blind sample; read anew only after an event. */
  let blindRead: { readonly events: number; readonly history: BlindHistory } | null = null;

  const blindIn = (it: World, tab: number): BlindState | null => {
    const episode = leadEpisode(it, ownFrames(tab));
    if (episode === null) return null;
    if (blindRead?.events !== it.events.length) blindRead = { events: it.events.length, history: blindHistory(it.events) };
    return blindStateOf(episode, blindRead.history, { share: it.effective.settings.blindShare, live: it.learned.isLive(specialtyOf(it, tab)) });
  };

  /** How the record on screen stands for a trainee who guesses first; null for everybody else. */
  const guessIn = (it: World, tab: number): GuessState | null => {
    const { profile, guessFirst } = it.effective.settings;
    const lead = leadOf(ownFrames(tab));
    return profile !== 'trainee' || !guessFirst ? null : lead && it.guesses.isShown(lead.key) ? 'shown' : 'hidden';
  };

  /** May nobody see codes of the episode now? So it is in the blind sample before it is coded, for a trainee who has still to guess, and while an audit waits for it. */
  const areHidden = (it: World, tab: number): boolean => blindIn(it, tab) === 'hidden' || guessIn(it, tab) === 'hidden' || auditIn(it, tab) !== null;

  /** The codes as a person may see them. */
  const shownCoding = (it: World, tab: number): CodedNow | null => codingOf(it, tab, areHidden(it, tab));

  /** Opens the lists if they are not open; nobody need wait for it. */
  const ready = (it: World): Promise<void> => (
    coderOpening ??= Promise.all([packagedLists(), openBooks(), it.learned.load()])
      .then(([lists]) => { coder = openEpisodeCoder(lists, it.effective.settings.doubt); adopt(it); again(it); void it.store.catchUp(); })
      .catch((problem: unknown) => { coderOpening = null; throw problem; })
  );

  /** Of what belongs to no episode: the editions of today. */
  const now = (): EpisodeDay => ({ day: today(), ground: 'today' });

  /** Words that may become terms, of codes that the editions of today have and that words may stand for by themselves. */
  const proposalsNow = (it: World): ReturnType<typeof it.learned.proposals> | null => {
    if (!coder || !books) return null;
    const [codes, { knows }] = [books.shelf.on(now()), coder];
    return it.learned.proposals((phrase, name) => {
      const { system, code } = partsOfCodeName(name);
      const entry = codes.entry(system, code);
      // A site, a method and an asterisk code only go with another code.
      return entry === null || entry.dual === 'asterisk' || (system === 'OPCS-4' && /^[YZ]/.test(code)) || knows(phrase, system, code);
    });
  };

  return {
    ready, adopt, openBooks, now, conflictsOf, standingConflicts, codingOf, shownCoding, areHidden, blindIn, guessIn, proposalsNow,
    /** What is open by now. */
    books: () => books, coder: () => coder,
    /** Another list was imported: the books are opened anew. */
    openAnew: () => { opening = null; return openBooks(); },
    /** Doubting words as the department treats them. */
    treat: (doubt: Settings['doubt']) => coder?.treat(doubt),
  };
}
