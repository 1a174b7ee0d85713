/** What a fault of a document becomes in the log: closed words and hashes, never the page's. */
import { describe, expect, it } from 'vitest';
import { areAllowed, faultBody, placeOfDocument, suggestedDetails, type FaultMoment } from '../../../entrypoints/background/fault-bodies.js';
import { checkDraft } from '../../../lib/log/index.js';
import type { ContextKey, Fingerprint, ReaderId } from '../../../lib/model/context.js';
import type { EpisodeKey, FaultyDocument } from '../../../lib/model/decision.js';
import type { ClinicalDocument, DocumentId } from '../../../lib/model/document.js';
import { unknownEpisode } from '../../../lib/model/episode.js';
import type { FaultCategory, FaultDetails, SiteId, TeamId } from '../../../lib/model/fault.js';
import type { RecordSnapshot } from '../../../lib/model/snapshot.js';
import { clickId, keyOf } from '../log/invented-decisions.js';

const settings = {
  hospitals: [{ id: 'glan-y-don' as SiteId, name: { en: 'Glan-y-Don Hospital', cy: 'Ysbyty Glan-y-Don' }, words: ['GYD'] }, { id: 'bryn' as SiteId, name: { en: 'Bryn Hospital', cy: 'Ysbyty’r Bryn' }, words: [] }],
  hospital: 'bryn' as SiteId, teams: [{ id: 'eye-one' as TeamId, name: { en: 'Eye team 1', cy: 'Tîm llygaid 1' }, words: ['Beynon'] }], faultMinutes: 4,
};
const documentOf = (id: string, more: Partial<ClinicalDocument> = {}): ClinicalDocument =>
  ({ id: id as DocumentId, version: 1, kind: 'clinic-letter', language: 'en', channel: 'text', title: 'Eye clinic letter', date: '2026-11-12', author: 'Dr A. Morgan, ST5', episode: null, text: 'Mrs PARRY was seen.', blocks: [0], ...more });
const letters = [documentOf('a'), documentOf('b'), documentOf('c', { kind: 'discharge-letter', title: 'Discharge, GYD' })];
const key: ContextKey = { tab: 1, frame: 0, reader: 'r' as ReaderId, epoch: 1, subject: 'p1' as Fingerprint, episode: 'e1' as Fingerprint, note: 'n' };
const snapshot = { key, documents: letters, adapter: { id: 'sample-epr', version: 1 }, episode: { ...unknownEpisode, consultant: 'Mr T. Beynon' } } as unknown as RecordSnapshot;
const moment: FaultMoment = { boardKey: new Uint8Array(32).fill(7), settings, snapshot, specialty: 'unknown', episodeOf: () => keyOf(7) as EpisodeKey };
const details: FaultDetails = { category: 'missing-cause', authorRole: 'resident-doctor', site: 'bryn' as SiteId, team: 'unknown', minutes: 5 };
const made = (about: FaultyDocument, more: Partial<FaultDetails> = {}, at: FaultMoment = moment): ReturnType<typeof faultBody> => faultBody({ about, details: { ...details, ...more } }, at);
const here = (id: string): FaultyDocument => ({ kind: 'here', document: id as DocumentId });

describe('what is suggested of a document', () => {
  it('is the author’s role, the hospital that it names or else the person’s, the team of the consultant, and the person’s minutes', () => {
    expect(suggestedDetails(settings, snapshot.episode, letters[0] ?? null)).toEqual({ authorRole: 'resident-doctor', site: 'bryn', team: 'eye-one', minutes: 4 });
    expect(suggestedDetails(settings, snapshot.episode, letters[2] ?? null).site).toBe('glan-y-don');
    expect(suggestedDetails({ ...settings, teams: [] }, snapshot.episode, null)).toEqual({ authorRole: 'unknown', site: 'bryn', team: 'unknown', minutes: 4 });
    expect(suggestedDetails({ ...settings, hospital: null }, snapshot.episode, null).site).toBe('unknown');
    expect(suggestedDetails({ ...settings, hospital: null, hospitals: settings.hospitals.slice(0, 1) }, snapshot.episode, null).site).toBe('glan-y-don');
    expect(suggestedDetails({ ...settings, hospital: 'gone' as SiteId }, snapshot.episode, null).site).toBe('unknown');
  });
});

describe('a fault of a document', () => {
  it('is a row that the log has room for, and holds no word of the page', () => {
    const rows = [made(here('a')), made(here('c'), { category: 'unreadable-document', site: 'unknown' }), made({ kind: 'elsewhere', documentKind: 'operation-note' }, { category: 'missing-document' })];
    for (const row of rows) {
      expect(checkDraft({ id: clickId(1), edition: 'starter-1', body: row }).ok).toBe(true);
      for (const word of ['PARRY', 'Morgan', 'Beynon', 'Eye', 'GYD', 'Discharge']) expect(JSON.stringify(row)).not.toContain(word);
    }
    expect(rows[0]).toMatchObject({ kind: 'fault-logged', category: 'missing-cause', documentKind: 'clinic-letter', documentLanguage: 'en', minutes: 5, site: 'bryn' });
    expect(rows[2]).toMatchObject({ category: 'missing-document', documentKind: 'operation-note', documentLanguage: 'unknown' });
  });

  it('has one place a document, another for each of two alike, and one a kind for what is not there', () => {
    const place = (about: FaultyDocument, at: FaultMoment = moment): string => { const row = made(about, {}, at); return row.kind === 'fault-logged' ? row.place : row.kind; };
    const missing = (documentKind: 'result' | 'referral'): FaultyDocument => ({ kind: 'elsewhere', documentKind });
    const places = [place(here('a')), place(here('b')), place(here('c')), place(missing('result')), place(missing('referral'))];
    expect(new Set(places).size).toBe(5);
    // The page was loaded again: other ids, more text, the same documents.
    const again = { ...snapshot, documents: letters.map((letter, at) => ({ ...letter, id: `x${at}` as DocumentId, version: 4, text: `${letter.text} More.` })) };
    expect([place(here('x0'), { ...moment, snapshot: again }), place(here('x1'), { ...moment, snapshot: again }), place(here('x2'), { ...moment, snapshot: again })]).toEqual(places.slice(0, 3));
    expect(placeOfDocument(snapshot, letters[1] as ClinicalDocument)).toEqual({ documentKind: 'clinic-letter', documentDate: '2026-11-12', title: 'Eye clinic letter', occurrence: 1 });
  });

  it('is refused where the document has gone, nobody is known, or the board names no such site or team', () => {
    expect(made(here('gone'))).toEqual({ kind: 'refused', reason: 'not-found' });
    expect(made(here('a'), {}, { ...moment, episodeOf: () => null })).toEqual({ kind: 'refused', reason: 'patient-unknown' });
    for (const more of [{ site: 'elsewhere' as SiteId }, { team: 'nobody' as TeamId }, { category: 'avoid-term' as FaultCategory }]) expect(made(here('a'), more)).toEqual({ kind: 'refused', reason: 'not-allowed' });
    expect(areAllowed({ ...details, category: 'symbol' }, settings, 'mark')).toBe(true);
    expect(areAllowed({ ...details, category: 'missing-document' }, settings, 'mark')).toBe(false);
  });
});
