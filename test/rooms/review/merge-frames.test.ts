import { describe, expect, it } from 'vitest';
import { mergeGaps, mergeSubjects } from '../../../lib/review/index.js';
import type { ContextKey, Fingerprint, ReaderId } from '../../../lib/model/context.js';
import { bind, isSameContext, present } from '../../../lib/model/context.js';
import type { ClinicalDocument, DocumentId } from '../../../lib/model/document.js';
import { unknownEpisode } from '../../../lib/model/episode.js';
import type { RecordSnapshot, SubjectReading } from '../../../lib/model/snapshot.js';

const key: ContextKey = { tab: 1, frame: 0, reader: 'r' as ReaderId, epoch: 1, subject: 'a' as Fingerprint, episode: 'e' as Fingerprint, note: 'n' };
const letter: ClinicalDocument = { id: 'd1' as DocumentId, version: 1, kind: 'clinic-letter', language: 'en', channel: 'text', title: 'Letter', date: null, text: '?PD', blocks: [0] };
const known = (name: string): SubjectReading => ({ kind: 'known', subject: { fingerprint: name as Fingerprint, identifier: name, initials: 'E P', lastDigits: '504' } });
const frame = (subject: SubjectReading, documents: readonly ClinicalDocument[] = []): RecordSnapshot => ({
  key, adapter: { id: 'x', version: 1 }, subject, episode: unknownEpisode, documents, coverage: { gaps: [{ kind: 'collapsed', count: 1, title: null, document: null }], characters: 3 }, top: true,
});
const silent: SubjectReading = { kind: 'unknown', reason: 'no-banner', lastDigits: [] };

describe('who the tab is about', () => {
  it('is the one patient that every frame agrees on', () => {
    expect(mergeSubjects([frame(known('a'), [letter]), frame(known('a')), frame(silent)])).toEqual(known('a'));
  });
  it('is two when frames name two', () => {
    expect(mergeSubjects([frame(known('a')), frame(known('b'), [letter])]).kind).toBe('two');
  });
  it('is unknown when a note stands under no confirmed patient', () => {
    expect(mergeSubjects([frame(known('a')), frame(silent, [letter])]).kind).toBe('unknown');
  });
  it('is unknown when banner and note disagree, even beside a frame that is sure', () => {
    expect(mergeSubjects([frame(known('a'), [letter]), frame({ kind: 'unknown', reason: 'disagree', lastDigits: ['504', '187'] })]).kind).toBe('unknown');
  });
  it('is unknown by default', () => {
    expect(mergeSubjects([])).toEqual(silent);
  });
  it('counts like gaps together', () => {
    expect(mergeGaps([frame(silent), frame(silent)])).toEqual([{ kind: 'collapsed', count: 2, title: null, document: null }]);
  });
});

describe('an answer bound to its context', () => {
  const parts: readonly Partial<ContextKey>[] = [{ tab: 2 }, { frame: 1 }, { reader: 's' as ReaderId }, { epoch: 2 }, { subject: 'b' as Fingerprint }, { episode: 'f' as Fingerprint }, { note: 'm' }];
  it('opens only when every part of the key is the same', () => {
    const answer = bind(key, 'findings');
    expect(present(answer, { ...key })).toBe('findings');
    let tried = 0;
    for (const part of parts) { tried += 1; expect(present(answer, { ...key, ...part })).toBeNull(); }
    console.info(`key parts changed one by one: tried ${tried}, opened 0`);
    expect(tried).toBe(Object.keys(key).length);
  });
  it('never opens for an unknown patient', () => {
    const nobody: ContextKey = { ...key, subject: 'unknown' };
    expect(isSameContext(nobody, nobody)).toBe(false);
    expect(present(bind(nobody, 'findings'), nobody)).toBeNull();
  });
  it('survives the crossing between processes', () => {
    expect(present(JSON.parse(JSON.stringify(bind(key, { a: 1 }))), key)).toEqual({ a: 1 });
  });
});
