import { documentKey, episodeKey, faultName, placeKey } from '../../lib/log/index.js';
import type { EpisodeKey, PlaceKey } from '../../lib/model/decision.js';
import type { Finding } from '../../lib/model/diagnostic.js';
import type { ClinicalDocument } from '../../lib/model/document.js';
import type { SpecialtyId } from '../../lib/model/episode.js';
import type { DocumentDetails } from '../../lib/model/fault.js';
import type { ProblemState } from '../../lib/model/review.js';
import type { RecordSnapshot } from '../../lib/model/snapshot.js';
import { findingKey } from '../../lib/model/standing.js';
import { episodeIn, type Decisions } from '../../lib/review/index.js';
import { findSpecialty } from '../../lib/rulebook/index.js';
import { placeOfDocument, suggestedDetails } from './fault-bodies.js';
import type { ReadDocument } from './readings.js';
import type { TabPatient } from './tab-patient.js';
import type { TabRecords } from './tab-records.js';
import type { World } from './world.js';

/** UTF-16 units on either side of a finding that make its place known again in the same text. */
const placeReach = 60;

export type TabEpisode = ReturnType<typeof createTabEpisode>;

/** The episode that a tab is about as the log knows it: by keyed hashes, with what was decided about the places in its documents. */
export function createTabEpisode(tabs: TabRecords, { ownFrames }: TabPatient) {
  const specialtyOf = (it: World, tab: number): SpecialtyId | 'unknown' => {
    for (const { snapshot } of tabs.frames(tab).values()) {
      const found = findSpecialty(it.rulebook, snapshot?.episode.specialty ?? null);
      if (found !== 'unknown') return found;
    }
    return 'unknown';
  };

  /** The episode of a reading, or of one document in it that names its own. */
  const episodeOf = (it: World, snapshot: RecordSnapshot, document?: ClinicalDocument): EpisodeKey | null => {
    if (snapshot.subject.kind !== 'known') return null;
    const episode = document?.episode ? { ...snapshot.episode, number: document.episode } : snapshot.episode;
    return episodeKey(it.boardKey, snapshot.subject.subject.identifier, episode);
  };

  /** The episode that the readings of the one patient are about. */
  const leadEpisode = (it: World, own: readonly RecordSnapshot[]): EpisodeKey | null => {
    const snapshot = own.find((one) => one.top && !one.lent) ?? own[0];
    return (snapshot && episodeOf(it, snapshot)) ?? null;
  };

  const around = (document: ClinicalDocument, finding: Pick<Finding, 'span'>): string =>
    document.text.slice(Math.max(0, finding.span.start - placeReach), finding.span.end + placeReach);

  const placeOf = (it: World, episode: EpisodeKey, document: ClinicalDocument, diagnostic: Pick<Finding, 'rule' | 'span'>, all: readonly Finding[]): PlaceKey => {
    const sentence = around(document, diagnostic);
    // The same words twice in one document are two places: the earlier ones are counted.
    const occurrence = all.filter((one) => one.document === document.id && one.rule === diagnostic.rule && one.span.start < diagnostic.span.start && around(document, one) === sentence).length;
    return placeKey(it.boardKey, { episode, rule: diagnostic.rule, documentKind: document.kind, documentDate: document.date, sentence, occurrence });
  };

  const decisionsFor = (it: World): Decisions => ({
    statesIn(snapshot) {
      const all = tabs.frames(snapshot.key.tab).get(snapshot.key.frame)?.diagnostics ?? [];
      // A keyed hash for each document, not for each of its findings.
      const episodes = new Map(snapshot.documents.map((document) => [document, episodeOf(it, snapshot, document)]));
      return (document, diagnostic): ProblemState => {
        const episode = episodes.get(document);
        // Most records have no decision yet: their places need not be worked out.
        if (!episode || !it.decisions.episodes.has(episode)) return { kind: 'open' };
        const name = findingKey({ place: placeOf(it, episode, document, diagnostic, all), rule: diagnostic.rule });
        const logged = it.decisions.logged.get(name);
        if (logged) return { kind: 'logged', event: logged };
        const dismissed = it.decisions.dismissed.get(name);
        return dismissed ? { kind: 'dismissed', event: dismissed } : { kind: 'open' };
      };
    },
    timesIn(snapshot) {
      const episodes = new Map(snapshot.documents.map((document) => [document, episodeOf(it, snapshot, document)]));
      return (document, rule) => { const episode = episodes.get(document); return episode ? it.decisions.times.get(faultName(episode, rule)) ?? 0 : 0; };
    },
    muted: [...it.decisions.muted].filter(([, mute]) => mute.until > Date.now()).map(([rule, mute]) => ({ rule, until: mute.until, event: mute.event })),
  });

  const detailsOf = (it: World, tab: number, document: ClinicalDocument | null): DocumentDetails => suggestedDetails(it.effective.settings, episodeIn(ownFrames(tab)), document);

  /** What the frames of the one patient show now. An editor that someone types in is no document yet. */
  const readDocuments = (it: World, tab: number): readonly ReadDocument[] => ownFrames(tab).flatMap((snapshot) => snapshot.documents.filter(({ channel, text }) => channel !== 'draft' && text.trim() !== '').map((document): ReadDocument => {
    const place = placeOfDocument(snapshot, document);
    return {
      key: snapshot.key,
      name: JSON.stringify([snapshot.key.subject, snapshot.episode.number, snapshot.episode.admitted, document.episode, place]),
      body: () => {
        const episode = ownFrames(tab).includes(snapshot) ? episodeOf(it, snapshot, document) : null;
        return episode && {
          kind: 'document-read', specialty: specialtyOf(it, tab), site: detailsOf(it, tab, document).site, documentKind: document.kind, documentLanguage: document.language,
          episode, place: documentKey(it.boardKey, { episode, ...place }), adapter: snapshot.adapter.id, adapterVersion: snapshot.adapter.version,
        };
      },
    };
  }));

  return { specialtyOf, episodeOf, leadEpisode, placeOf, decisionsFor, detailsOf, readDocuments };
}
