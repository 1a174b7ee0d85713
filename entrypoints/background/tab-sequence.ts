import { dayOf } from '../../lib/codebook/index.js';
import { atDepth, readPatient, validateEpisode } from '../../lib/coding/index.js';
import { emptyEpisode, foldEpisodes } from '../../lib/log/index.js';
import type { CodesOfDay } from '../../lib/model/codebook.js';
import type { CodedEpisode } from '../../lib/model/coded-episode.js';
import { isSameContext, type ContextKey } from '../../lib/model/context.js';
import type { EpisodeKey } from '../../lib/model/decision.js';
import type { NamedCode } from '../../lib/model/episode-check.js';
import type { RecordView } from '../../lib/model/review.js';
import type { RecordSnapshot } from '../../lib/model/snapshot.js';
import type { Coding } from '../../lib/model/suggestion.js';
import { episodeIn } from '../../lib/review/index.js';
import type { CodeBooks } from './code-books.js';
import { listName, type CodingMoment } from './coding-bodies.js';
import { createFactAnswers, depthNow } from './depth-now.js';
import { noCodes, type TabCodes } from './tab-codes.js';
import type { TabAudit } from './tab-audit.js';
import type { TabEpisode } from './tab-episode.js';
import type { TabPatient } from './tab-patient.js';
import { today, type World } from './world.js';

export type TabSequence = ReturnType<typeof createTabSequence>;

/** What the coder has put into the episode of a tab: its sequence, how far it is coded and why, and what speaks against it. */
export function createTabSequence({ ownFrames }: TabPatient, { specialtyOf, episodeOf, leadEpisode }: TabEpisode, { auditOf, workedOn }: TabAudit, codes: TabCodes) {
  /** What a person said of the stay where the page says nothing: memory only. */
  const factAnswers = createFactAnswers();

  /** The log is folded once for each event that came, not for each look at the panel. */
  let folded: { readonly events: number; readonly episodes: ReturnType<typeof foldEpisodes> } | null = null;

  const codedEpisode = (it: World, episode: EpisodeKey): CodedEpisode => {
    if (folded?.events !== it.events.length) folded = { events: it.events.length, episodes: foldEpisodes(it.events) };
    return folded.episodes.get(episode) ?? emptyEpisode(episode);
  };

  /** What whoever works here has put into the episode on screen: an auditor nothing of the first coder's. */
  const codedIn = (it: World, own: readonly RecordSnapshot[]): CodedEpisode | null => {
    const episode = leadEpisode(it, own);
    return episode ? codedEpisode(it, workedOn(it, episode)) : null;
  };

  /** How far the episode on screen is coded, and why. */
  const depthIn = (it: World, tab: number, coding: Coding | null, coded: CodedEpisode | null): ReturnType<typeof depthNow> => {
    const own = ownFrames(tab);
    const episode = episodeIn(own);
    const specialty = specialtyOf(it, tab);
    return depthNow({
      settings: it.effective.settings, episode, documents: own.flatMap(({ documents }) => documents), treatmentFunction: it.rulebook.specialties.find(({ id }) => id === specialty)?.treatmentFunction ?? null,
      coding, coded, answers: coded ? factAnswers.of(coded.episode) : {}, day: dayOf(episode, today()).day,
    });
  };

  /** What codes are called by the editions of a day. */
  const namesIn = ({ finder }: CodeBooks, list: CodesOfDay, { suggestions }: Coding) => ({ system, code }: Pick<NamedCode, 'system' | 'code'>): NamedCode => {
    const offered = suggestions.find((one) => one.system === system && one.code === code);
    const title = list.entry(system, code)?.title ?? null;
    if (system === 'OPCS-4' && title !== null) return { system, code, label: { en: title } };
    return { system, code, label: offered?.label ?? finder().find(code, list).hits.find(({ entry }) => entry.system === system && entry.code === code)?.label ?? null };
  };

  /** The sequence of an episode with what speaks against it and what its codes are called. */
  const sequenceOf = (it: World, tab: number, coded: CodedEpisode | null, coding: Coding | null): Pick<RecordView, 'coded' | 'checks' | 'names' | 'depth' | 'depthReason'> => {
    const { depth, reason: depthReason } = depthIn(it, tab, coding, coded);
    const books = codes.books();
    if (!coded || !books || !coding) return { coded, depth, depthReason, checks: [], names: [] };
    const own = ownFrames(tab);
    const when = dayOf(episodeIn(own), today());
    const list = books.shelf.on(when);
    const nameOf = namesIn(books, list, coding);
    return {
      coded, depth, depthReason,
      checks: validateEpisode({ coded, depth, codes: list, listOf: (system) => { const held = list.systems[system]; return held.ok ? listName(held.value.name) : null; }, patient: readPatient(own.flatMap(({ documents }) => documents.map(({ text }) => text))) }),
      names: [...coded.diagnoses, ...coded.procedures].flatMap(({ system, codes: held }) => held.map((code) => nameOf({ system, code }))),
    };
  };

  /** The episode on screen as the log and the engine have it now; null while nobody is known or the lists are not open. */
  const codingMoment = (it: World, tab: number, key: ContextKey): CodingMoment | null => {
    const own = ownFrames(tab);
    const snapshot = own.find((one) => isSameContext(one.key, key));
    const episode = snapshot && episodeOf(it, snapshot);
    const made = codes.codingOf(it, tab);
    const [books, coder] = [codes.books(), codes.coder()];
    if (!episode || !made || !coder || !books) return null;
    const list = books.shelf.on(dayOf(episodeIn(own), today()));
    const [isAudit, worked] = [auditOf(it, episode) !== null, workedOn(it, episode)];
    const coded = codedEpisode(it, worked);
    const hidden = isAudit || codes.blindIn(it, tab) === 'hidden';
    // Before a trainee has guessed nothing is on offer: her codes are neither kept as offered nor different from it.
    const guessing = codes.guessIn(it, tab) === 'hidden';
    const { depth, criterion } = depthIn(it, tab, hidden || guessing ? noCodes : made.coding, coded);
    return { episode: worked, hidden, isAudit, specialty: specialtyOf(it, tab), depth, criterion, editions: made.editions, isValid: (system, code) => list.entry(system, code) !== null, coding: guessing ? noCodes : atDepth(made.coding, depth), coded, documents: own.flatMap(({ documents }) => documents), read: coder.read };
  };

  return { codedIn, depthIn, namesIn, sequenceOf, codingMoment, answer: factAnswers.give };
}
