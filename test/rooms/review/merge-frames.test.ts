import { describe, expect, it } from 'vitest';
import { framesOf, mergeGaps, mergeSubjects, missingParts, pagesAbout, unjudgedFrames } from '../../../lib/review/index.js';
import type { ContextKey, Fingerprint, ReaderId } from '../../../lib/model/context.js';
import { bind, isSameContext, present } from '../../../lib/model/context.js';
import type { ClinicalDocument, DocumentId } from '../../../lib/model/document.js';
import { unknownEpisode } from '../../../lib/model/episode.js';
import type { AdapterPart } from '../../../lib/model/adapter.js';
import type { PartFound, RecordSnapshot, SubjectReading } from '../../../lib/model/snapshot.js';

const key: ContextKey = { tab: 1, frame: 0, reader: 'r' as ReaderId, epoch: 1, subject: 'a' as Fingerprint, episode: 'e' as Fingerprint, note: 'n' };
const letter: ClinicalDocument = { id: 'd1' as DocumentId, version: 1, kind: 'clinic-letter', language: 'en', channel: 'text', title: 'Letter', date: null, author: null, episode: null, text: '?PD', blocks: [0] };
const known = (name: string): SubjectReading => ({ kind: 'known', subject: { fingerprint: name as Fingerprint, identifier: name, initials: 'E P', lastDigits: '504' } });
const frame = (subject: SubjectReading, documents: readonly ClinicalDocument[] = [], more: Partial<RecordSnapshot> = {}): RecordSnapshot => ({
  key, adapter: { id: 'x', version: 1 }, subject, episode: unknownEpisode, documents, coverage: { gaps: [{ kind: 'collapsed', count: 1, title: null, document: null }], characters: 3, parts: [] }, top: true, path: [], outside: false, hides: [], beside: [], lent: false, ...more,
});
const silent: SubjectReading = { kind: 'unknown', reason: 'no-banner', lastDigits: [] };

describe('who the tab is about', () => {
  it('is the one patient that every frame agrees on', () => {
    expect(mergeSubjects([frame(known('a'), [letter]), frame(known('a')), frame(silent)])).toEqual(known('a'));
  });
  it('is two when frames name two', () => {
    expect(mergeSubjects([frame(known('a')), frame(known('b'), [letter])]).kind).toBe('two');
  });
  it('leaves out a note that stands under no confirmed patient, and says so', () => {
    const frames = [frame(known('a')), frame(silent, [letter])];
    expect(mergeSubjects(frames)).toEqual(known('a'));
    expect(framesOf(frames, known('a'))).toEqual([frames[0]]);
    expect(mergeGaps(frames).find((gap) => gap.kind === 'unconfirmed')?.count).toBe(1);
    expect(mergeSubjects([frame(silent, [letter])]).kind).toBe('unknown');
  });
  it('does not count a lent patient as a witness, and reads what it was lent to', () => {
    const lent = frame(known('a'), [letter], { lent: true });
    expect(mergeSubjects([lent]).kind).toBe('unknown');
    expect(mergeSubjects([lent, frame(known('b'))])).toEqual(known('b'));
    expect(framesOf([lent, frame(known('b'))], known('b'))).toHaveLength(1);
    expect(framesOf([lent, frame(known('a'))], known('a'))).toHaveLength(2);
  });
  it('hears nothing of a frame that a page about it does not display', () => {
    const top = frame(known('a'), [], { hides: [1] });
    const hidden = frame(known('b'), [letter], { path: [1, 0], top: false });
    expect(mergeSubjects([top, hidden])).toEqual(known('a'));
    expect(mergeGaps([top, hidden]).find((gap) => gap.kind === 'hidden-frame')?.count).toBe(1);
    expect(mergeSubjects([top, { ...hidden, path: [0, 1] }]).kind).toBe('two');
  });
  it('does not show the words of a frame that the page about it has not told of yet, nor of one in it, and says that they were left', () => {
    const top = frame(known('a'), [], { beside: [0] });
    const come = frame(known('a'), [letter], { path: [1], outside: true, lent: true, top: false });
    const within = frame(known('a'), [letter], { path: [1, 0], top: false });
    const told = frame(known('a'), [letter], { path: [0], outside: true, lent: true, top: false });
    const frames = [top, come, within, told];
    expect(framesOf(frames, known('a'))).toEqual([top, told]);
    expect(mergeGaps(frames).find((gap) => gap.kind === 'unconfirmed')?.count).toBe(2);
    expect(unjudgedFrames(frames)).toEqual([come, within]);
    expect(pagesAbout(within, frames)).toEqual([top, come]);
    // Its own banner is heard all the same.
    expect(mergeSubjects([top, { ...come, subject: known('b'), lent: false }]).kind).toBe('two');
    expect(framesOf([{ ...top, beside: [0, 1] }, come, within], known('a'))).toHaveLength(3);
    // Where nobody reads the page about it, nobody is waited for.
    expect(unjudgedFrames([frame({ kind: 'unknown', reason: 'no-adapter', lastDigits: [] }), come])).toEqual([]);
    expect(unjudgedFrames([come])).toEqual([]);
  });
  it('names a frame of another origin only when no reader answers from it', () => {
    const top = frame(known('a'), [], { beside: [0, 2] });
    expect(mergeGaps([top, frame(silent, [], { path: [2], top: false })]).find((gap) => gap.kind === 'no-permission')?.count).toBe(1);
  });
  it('names the parts of a description that no frame has, and none where no record is open', () => {
    const part = (name: AdapterPart, found: boolean): PartFound => ({ part: name, found });
    const has = (...parts: PartFound[]): RecordSnapshot => frame(silent, [], { coverage: { gaps: [], characters: 0, parts } });
    expect(missingParts([has(part('banner', true), part('notes', false)), has(part('banner', false), part('notes', true), part('title', false))])).toEqual([part('title', false)]);
    expect(missingParts([has(part('banner', false), part('notes', false))])).toEqual([]);
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
