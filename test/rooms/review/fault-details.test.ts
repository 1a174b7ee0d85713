/** What the panel is given to suggest of a fault, and how often it was logged before. */
import { describe, expect, it } from 'vitest';
import { viewRecord } from '../../../lib/review/index.js';
import type { Finding } from '../../../lib/model/diagnostic.js';
import type { EventId } from '../../../lib/model/decision.js';
import type { ClinicalDocument, DocumentId } from '../../../lib/model/document.js';
import { unknownEpisode } from '../../../lib/model/episode.js';
import type { DocumentDetails, SiteId } from '../../../lib/model/fault.js';
import type { Rule, RuleId } from '../../../lib/model/rulebook.js';
import type { RecordSnapshot } from '../../../lib/model/snapshot.js';

const rule = { id: 'BM001' as RuleId, term: 'NS++', kind: 'symbol', verdict: 'avoid', text: { en: { short: '', why: '', instead: [] }, cy: { short: '', why: '', instead: [] } }, translation: 'draft', source: { en: '', cy: '' } } as unknown as Rule;
const documentOf = (id: string, author: string): ClinicalDocument => ({ id: id as DocumentId, version: 1, kind: 'other', language: 'en', channel: 'text', title: '', date: null, author, episode: null, text: 'NS++ and NS++', blocks: [0] });
const documents = [documentOf('a', 'nurse'), documentOf('b', 'nobody')];
const snapshot = { key: {}, documents, episode: unknownEpisode, coverage: { gaps: [], characters: 0, parts: [] } } as unknown as RecordSnapshot;
const findings: readonly Finding[] = [0, 9].map((start) => ({ rule: rule.id, severity: 'avoid', kind: 'symbol', document: 'a' as DocumentId, version: 1, span: { start, end: start + 4 } })) as unknown as readonly Finding[];
const detailsOf = (document: ClinicalDocument | null): DocumentDetails => ({ authorRole: document?.author === 'nurse' ? 'nurse' : 'unknown', site: 'bryn' as SiteId, team: 'unknown', minutes: document ? 2 : 0 });

describe('the record as it is shown', () => {
  it('carries what is suggested of each document and of one that is not there, and how often a term stands logged in its episode', () => {
    const view = viewRecord({
      frames: [{ snapshot, diagnostics: findings as never }], silentFrames: 0, gaps: [], missing: [], subject: { kind: 'known', subject: {} as never }, rules: new Map([[rule.id, rule]]), specialty: 'unknown', edition: '1' as never, conflicts: [], coding: null, coded: null, checks: [], names: [],
      depth: 'full', depthReason: {} as never, placeholder: 'p' as EventId, detailsOf,
      decisions: { statesIn: () => (_, { span }) => (span.start === 0 ? { kind: 'logged', event: 'e' as EventId } : { kind: 'open' }), timesIn: () => (document, id) => (document.id === 'a' && id === rule.id ? 1 : 0), muted: [] },
    });
    expect(view.documents.map(({ details }) => details)).toEqual(documents.map(detailsOf));
    expect(view.details).toEqual({ authorRole: 'unknown', site: 'bryn', team: 'unknown', minutes: 0 });
    expect(view.documents[0]?.rows.map(({ state, logged }) => [state.kind, logged])).toEqual([['logged', 1], ['open', 1]]);
  });
});
