import type { EpisodeKey, EventBody, EventId, LogEvent } from '../../../lib/model/decision.js';

/** A UUID with the number of its click in it. */
export const clickId = (number: number): EventId => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}` as EventId;
/** The key of an episode; its first figures are far from nought, so that it is not drawn for the blind sample. */
export const episodeKey = (number: number): EpisodeKey => `ffffffff${number.toString(16).padStart(56, '0')}` as EpisodeKey;

type Part<Kind extends EventBody['kind']> = Partial<Extract<EventBody, { readonly kind: Kind }>>;

export const accept = (episode: number, codes: string, phrase: string, more: Part<'codes-accepted'> = {}): EventBody => ({
  kind: 'codes-accepted', episode: episodeKey(episode), specialty: 'neurology' as never, system: 'ICD-10', codes, list: 'icd-10-5th-edition', origin: 'suggestion', depth: 'full', phrase, flag: 'plain', standing: 'shown', replaces: '', ...more,
});
export const reject = (episode: number, codes: string, phrase: string, more: Part<'codes-rejected'> = {}): EventBody => ({
  kind: 'codes-rejected', episode: episodeKey(episode), specialty: 'neurology' as never, system: 'ICD-10', codes, list: 'icd-10-5th-edition', reason: 'wrong-code', depth: 'full', phrase, flag: 'plain', ...more,
});
export const finish = (episode: number, offered: number, kept: number, specialty = 'neurology'): EventBody => ({
  kind: 'episode-coded', episode: episodeKey(episode), specialty: specialty as never, depth: 'full', criterion: 'default', diagnoses: 1, procedures: 0, offered, kept,
});
export const undo = (number: number): EventBody => ({ kind: 'undone', undoes: clickId(number) });
export const forget = (phrase: string, code: string): EventBody => ({ kind: 'phrase-forgotten', phrase, system: 'ICD-10', code });

/** Rows of a log: the first is event 1. */
export const rows = (bodies: readonly EventBody[], from = 1): readonly LogEvent[] => bodies.map((body, at) => ({
  ...body, id: clickId(from + at), sequence: from + at, wall: 1_790_000_000_000 + at, offset: 0, edition: 'starter-1', schema: 1, previous: '', hash: '',
} as unknown as LogEvent));
