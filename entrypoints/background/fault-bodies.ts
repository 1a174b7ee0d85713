import { documentKey, type DocumentPlace } from '../../lib/log/index.js';
import type { CommandOutcome, EpisodeKey, EventBody, FaultyDocument } from '../../lib/model/decision.js';
import type { ClinicalDocument } from '../../lib/model/document.js';
import type { Episode, SpecialtyId } from '../../lib/model/episode.js';
import { documentCategories, markCategories, type DocumentDetails, type FaultCategory, type FaultDetails } from '../../lib/model/fault.js';
import type { Settings } from '../../lib/model/settings.js';
import type { RecordSnapshot } from '../../lib/model/snapshot.js';
import { findAuthorRole, findPlace } from '../../lib/rulebook/index.js';

type PlaceSettings = Pick<Settings, 'hospitals' | 'hospital' | 'teams' | 'faultMinutes'>;
type Refused = Extract<CommandOutcome, { readonly kind: 'refused' }>;

/**
 * What is suggested of a fault of a document, or (null) of one that is not on screen: the role that its author words name, the site that it names
 * or else the hospital the person codes for, the team by the consultant's words. The page's words go no further than this.
 */
export function suggestedDetails({ hospitals, hospital, teams, faultMinutes }: PlaceSettings, episode: Episode, document: Pick<ClinicalDocument, 'author' | 'title'> | null): DocumentDetails {
  const named = findPlace(hospitals, [document?.title ?? null, document?.author ?? null, episode.consultant, episode.specialty]);
  const [only, ...others] = hospitals;
  const own = hospitals.find(({ id }) => id === hospital) ?? (others.length === 0 ? only : undefined);
  return { authorRole: findAuthorRole(document?.author ?? null), site: named === 'unknown' ? own?.id ?? 'unknown' : named, team: findPlace(teams, [episode.consultant]), minutes: faultMinutes };
}

/** Are these details of a kind that a person can choose here? A site or a team that the board does not name is none. */
export function areAllowed(details: FaultDetails, { hospitals, teams }: PlaceSettings, about: 'mark' | 'document'): boolean {
  const categories: readonly FaultCategory[] = about === 'mark' ? markCategories : documentCategories;
  return categories.includes(details.category) && (details.site === 'unknown' || hospitals.some(({ id }) => id === details.site)) && (details.team === 'unknown' || teams.some(({ id }) => id === details.team));
}

/** What tells a document of an episode from its others when the page is loaded again. Page words: memory only. */
export function placeOfDocument(snapshot: Pick<RecordSnapshot, 'documents'>, document: ClinicalDocument): Omit<Extract<DocumentPlace, { readonly title: string }>, 'episode'> {
  const isLike = (one: ClinicalDocument): boolean => one.kind === document.kind && one.date === document.date && one.title === document.title && one.episode === document.episode;
  return { documentKind: document.kind, documentDate: document.date, title: document.title, occurrence: snapshot.documents.slice(0, snapshot.documents.indexOf(document)).filter(isLike).length };
}

/** What is known of the record in the moment in which a fault of it is logged. */
export interface FaultMoment {
  readonly boardKey: Uint8Array;
  readonly settings: PlaceSettings;
  readonly snapshot: RecordSnapshot;
  readonly specialty: SpecialtyId | 'unknown';
  /** The episode of a document, or (undefined) of the record. */
  readonly episodeOf: (document?: ClinicalDocument) => EpisodeKey | null;
}

/** The row of a fault that no term names, or why there is none. */
export function faultBody({ about, details }: { readonly about: FaultyDocument; readonly details: FaultDetails }, moment: FaultMoment): EventBody | Refused {
  const { boardKey, settings, snapshot, specialty, episodeOf } = moment;
  if (!areAllowed(details, settings, 'document')) return { kind: 'refused', reason: 'not-allowed' };
  const document = about.kind === 'here' ? snapshot.documents.find(({ id }) => id === about.document) : undefined;
  if (about.kind === 'here' && !document) return { kind: 'refused', reason: 'not-found' };
  const episode = episodeOf(document);
  if (!episode) return { kind: 'refused', reason: 'patient-unknown' };
  const documentKind = about.kind === 'here' ? document?.kind ?? 'other' : about.documentKind;
  const place = documentKey(boardKey, document ? { episode, ...placeOfDocument(snapshot, document) } : { episode, documentKind, missing: true });
  const { category, authorRole, site, team, minutes } = details;
  return { kind: 'fault-logged', category, authorRole, site, team, minutes, specialty, documentKind, documentLanguage: document?.language ?? 'unknown', episode, place, adapter: snapshot.adapter.id, adapterVersion: snapshot.adapter.version };
}
