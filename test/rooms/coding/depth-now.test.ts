import { describe, expect, it } from 'vitest';
import { createFactAnswers, depthNow, type DepthQuestion } from '../../../entrypoints/background/depth-now.js';
import { codingBody, type CodingCommand, type CodingMoment } from '../../../entrypoints/background/coding-bodies.js';
import type { CodedEpisode } from '../../../lib/model/coded-episode.js';
import type { EpisodeKey } from '../../../lib/model/decision.js';
import type { ClinicalDocument } from '../../../lib/model/document.js';
import { unknownEpisode } from '../../../lib/model/episode.js';

const note = (text: string, date: string | null = null, episode: string | null = null): ClinicalDocument => ({ text, date, episode }) as ClinicalDocument;
const nothing: CodedEpisode = { episode: 'e' as EpisodeKey, diagnoses: [], procedures: [], rejected: [], depth: null, coded: null };
const asked = (part: Partial<DepthQuestion>): DepthQuestion => ({
  settings: { depth: 'primary', exceptions: null }, episode: { ...unknownEpisode, number: 'E-1', admitted: '2026-11-12', discharged: '2026-11-12', patientClass: 'Day case' },
  documents: [note('74-year-old man. Discharged home.')], treatmentFunction: '130', coding: null, coded: nothing, answers: {}, day: '2026-11-12', ...part,
});

describe('the depth of the episode on screen', () => {
  it('is full until the department turns primary-only on, then a day case needs nothing more', () => {
    expect(depthNow(asked({ settings: { depth: 'full', exceptions: null } }))).toMatchObject({ depth: 'full', criterion: 'default', reason: { ground: { kind: 'department' } } });
    expect(depthNow(asked({}))).toMatchObject({ depth: 'primary', criterion: 'default', reason: { ground: { kind: 'none-met' }, missing: [], status: 'placeholder' } });
  });
  it('names the criterion that is met, for the coder and for the log', () => {
    const long = asked({ episode: { ...unknownEpisode, admitted: '2026-10-21', discharged: '2026-10-30', patientClass: 'Inpatient' } });
    expect(depthNow(long)).toMatchObject({ depth: 'full', criterion: 'length-of-stay', reason: { ground: { kind: 'criterion', found: 9, place: 2 } } });
  });
  it('does not read the notes of another stay', () => {
    const other = [note('The patient died on the ward.', '2019-03-02'), note('The patient died on the ward.', '2026-11-12', 'E-9')];
    expect(depthNow(asked({ documents: [...asked({}).documents, ...other] })).depth).toBe('primary');
    expect(depthNow(asked({ documents: [note('The patient died on the ward.', '2026-11-12', 'E-1')] }))).toMatchObject({ depth: 'full', criterion: 'death' });
  });
  it('is what the coder chose, and asks no more', () => {
    expect(depthNow(asked({ documents: [], coded: { ...nothing, depth: 'full' } }))).toMatchObject({ depth: 'full', criterion: 'coder', reason: { ground: { kind: 'chosen' }, missing: [] } });
  });
  it('takes what the coder answers for that episode only, and gives it back', () => {
    const memory = createFactAnswers();
    const [one, other] = ['one' as EpisodeKey, 'other' as EpisodeKey];
    expect(memory.give(one, 'critical-care', true)).toBe(true);
    expect(memory.give(one, 'age', 'old')).toBe(false);
    expect([memory.of(one), memory.of(other)]).toEqual([{ 'critical-care': true }, {}]);
    const here = asked({ episode: { ...unknownEpisode, patientClass: 'Inpatient' }, documents: [] });
    expect(depthNow(here).reason.missing).toEqual(['discharge-method', 'length-of-stay', 'critical-care', 'age']);
    expect(depthNow({ ...here, answers: memory.of(one) })).toMatchObject({ depth: 'full', criterion: 'critical-care', reason: { answered: ['critical-care'], missing: [] } });
    memory.give(one, 'critical-care', null);
    expect(memory.of(one)).toEqual({});
    for (let at = 0; at < 300; at += 1) memory.give(`e${at}` as EpisodeKey, 'readmission', true);
    expect([memory.of('e0' as EpisodeKey), memory.of('e299' as EpisodeKey)]).toEqual([{}, { readmission: true }]);
  });
});

describe('what the log says of the depth', () => {
  const moment: CodingMoment = {
    episode: 'e' as EpisodeKey, specialty: 'unknown', depth: 'primary', hidden: false, isAudit: false, criterion: 'default', isValid: () => true, coding: { suggestions: [], rejected: [], abstentions: [] }, coded: nothing, documents: [note('lumbar puncture')], read: () => ({ sentence: () => ({ start: 0, end: 15 }), assert: () => ({ assertion: {} }) }) as never,
    editions: { day: '2026-11-12', ground: 'discharged', systems: { 'ICD-10': { ok: true, value: { name: 'ICD-10 5th Edition' } }, 'OPCS-4': { ok: true, value: { name: 'OPCS-4.11' } } } } as unknown as CodingMoment['editions'],
  };
  const command = (part: object): CodingCommand => ({ id: 'x', key: {}, system: 'OPCS-4', codes: ['A559'], ...part }) as unknown as CodingCommand;
  it('stands in every row about codes', () => {
    const kinds = [command({ kind: 'accept-codes', origin: 'search', evidence: null, replaces: null }), command({ kind: 'choose-depth', depth: 'primary' }), command({ kind: 'finish-episode', depth: 'primary', criterion: null })];
    const rows = kinds.map((one) => codingBody(one, moment));
    expect(rows.map((row) => 'depth' in row && row.depth)).toEqual(['primary', 'primary', 'primary']);
    expect(rows[2]).toMatchObject({ kind: 'episode-coded', criterion: 'default' });
    expect(codingBody(command({ kind: 'finish-episode', depth: 'full', criterion: null }), { ...moment, depth: 'full', criterion: 'length-of-stay' })).toMatchObject({ depth: 'full', criterion: 'length-of-stay' });
  });
});
