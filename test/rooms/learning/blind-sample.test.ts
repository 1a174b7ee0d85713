import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codingBody, type CodingCommand, type CodingMoment } from '../../../entrypoints/background/coding-bodies.js';
import { blindFigures, blindHistory, blindStateOf, compareBlind, isBlind, learnFromDecisions, overrideCharts } from '../../../lib/learning/index.js';
import type { CodedEpisode } from '../../../lib/model/coded-episode.js';
import type { EpisodeKey, EventBody } from '../../../lib/model/decision.js';
import type { Coding, Suggestion } from '../../../lib/model/suggestion.js';
import { accept, episodeKey, finish, reject, rows, undo } from './invented-decisions.js';

const drawn = '0000000a'.padEnd(64, '0') as EpisodeKey;
const of = (body: EventBody, episode: EpisodeKey = drawn): EventBody => ({ ...body, episode } as EventBody);
const finished = (number: number, offered: number, kept: number, blind: 'same' | 'other' | 'none', more: object = {}): EventBody => ({ ...finish(number, offered, kept), blind, quick: 0, quickKept: 0, ...more } as EventBody);
const state = (bodies: readonly EventBody[], more: Partial<{ share: number; live: boolean }> = {}, episode = drawn): string | null => blindStateOf(episode, blindHistory(rows(bodies)), { share: 0.08, live: true, ...more });

const suggestion = (code: string, group: number, more: Partial<Suggestion> = {}): Suggestion => ({ system: 'ICD-10', code: code as never, label: { en: '' }, role: 'secondary', position: group, confidence: 0.8, band: 'strong', grounds: [], shown: true, evidence: [{ document: 'd' as never, version: 1, span: { start: 0, end: 2 } }], because: [], group, prompts: [], ...more });
const record = { accepted: 90, seen: 90, coders: 3, specialty: 'neurology', oneKey: true };
const suggestions = [suggestion('G35X', 1, { role: 'primary', record }), suggestion('I10X', 2), suggestion('N319', 3, { record }), suggestion('R51X', 4, { shown: false })];
const coded = (...codes: readonly string[]): CodedEpisode => ({ episode: drawn, diagnoses: codes.map((code) => ({ id: code as never, system: 'ICD-10', codes: [code as never], origin: 'search', list: 'icd-10-5th-edition' })), procedures: [], rejected: [], depth: null, coded: null });

describe('the blind sample', () => {
  it('draws the share that was set, the same episodes each time, and more of them where the share is larger', () => {
    const keys = fc.sample(fc.stringMatching(/^[0-9a-f]{64}$/), { numRuns: 4000, seed: 7 }) as EpisodeKey[];
    const counts = [0.05, 0.08, 0.1].map((share) => keys.filter((key) => isBlind(key, share)));
    console.info(`drawn of ${keys.length}: ${counts.map((one) => one.length).join(', ')}`);
    counts.forEach((one, at) => { expect(Math.abs(one.length / keys.length - [0.05, 0.08, 0.1][at]!)).toBeLessThan(0.015); });
    expect(counts[0]?.every((key) => counts[2]?.includes(key))).toBe(true);
  });

  it('hides what is on offer until the coder has coded, and shows it from then on, whatever is undone', () => {
    const searched = of(accept(1, 'G35X', 'ms', { origin: 'search' }));
    const compared = of(finished(1, 3, 1, 'same'));
    const tried: readonly (readonly [string | null, string, readonly EventBody[], Partial<{ share: number; live: boolean }>?])[] = [
      ['hidden', 'nothing decided', []], ['hidden', 'own codes', [searched]], ['shown', 'coded', [searched, compared]], ['shown', 'coded and undone', [searched, compared, undo(2)]], ['shown', 'opened again', [searched, compared, searched]],
      [null, 'the record is not in use yet', [], { live: false }], [null, 'another share', [], { share: 0 }], ['shown', 'compared, and the share changed', [compared], { share: 0 }],
      [null, 'suggestions were seen before', [of(accept(1, 'G35X', 'ms'))]], [null, 'the board’s own coder was seen before', [of(accept(1, 'G35X', 'ms', { origin: 'board' }))]], [null, 'one was rejected before', [of(reject(1, 'G35X', 'ms'))]], [null, 'coded before with suggestions', [of(finish(1, 3, 3))]],
    ];
    const bad = tried.filter(([expected, , bodies, more]) => state(bodies, more) !== expected).map(([, name]) => name);
    console.info(`tried ${tried.length} histories, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect(state([], {}, episodeKey(1))).toBeNull();
  });

  it('is compared in counts: units given unasked, the main diagnosis, and what would have had one key', () => {
    expect(compareBlind(suggestions, coded('G35X', 'I10X'))).toEqual({ blind: 'same', quick: 2, quickKept: 1 });
    expect(compareBlind(suggestions, coded('I10X', 'G35X')).blind).toBe('other');
    expect(compareBlind([suggestion('I10X', 2)], coded('I10X')).blind).toBe('none');
  });

  it('takes no acceptance of what nobody was shown, and writes the comparison when the coder says that it is coded: no word, and once', () => {
    const coding: Coding = { suggestions, rejected: [], abstentions: [] };
    const moment: CodingMoment = {
      episode: drawn, specialty: 'neurology' as never, depth: 'full', hidden: true, isAudit: false, criterion: 'default', isValid: () => true, coding, coded: coded('G35X', 'N319', 'E119'), documents: [], read: () => { throw new Error('not asked'); },
      editions: { day: '2026-11-12', ground: 'discharged', systems: { 'ICD-10': { ok: true, value: { name: 'ICD-10 5th Edition' } } } } as unknown as CodingMoment['editions'],
    };
    const command = (part: object): CodingCommand => ({ id: 'x', key: {}, system: 'ICD-10', codes: ['G35X'], evidence: null, replaces: null, ...part }) as unknown as CodingCommand;
    const kinds = (['suggestion', 'one-key', 'board', 'search'] as const).map((origin) => codingBody(command({ kind: 'accept-codes', origin }), moment));
    expect(kinds.map((one) => ('standing' in one ? one.standing : one.kind))).toEqual(['refused', 'refused', 'refused', 'none']);
    // Not hidden: what the board's own coder proposes is taken with its words or not at all.
    expect(codingBody(command({ kind: 'accept-codes', origin: 'board' }), { ...moment, hidden: false })).toEqual({ kind: 'refused', reason: 'not-found' });
    expect(codingBody(command({ kind: 'reject-codes', reason: 'other', evidence: {} }), moment)).toMatchObject({ kind: 'refused' });
    const body = codingBody(command({ kind: 'finish-episode', depth: 'full', criterion: null }), moment);
    expect(body).toEqual({ kind: 'episode-coded', episode: drawn, specialty: 'neurology', depth: 'full', criterion: 'default', diagnoses: 3, procedures: 0, offered: 3, kept: 2, blind: 'same', quick: 2, quickKept: 2 });
    expect(codingBody(command({ kind: 'finish-episode', depth: 'full', criterion: null }), { ...moment, hidden: false })).not.toHaveProperty('blind');
  });

  it('is not what an auditor does: those codes teach nothing, and the episode is neither said to be coded nor given another depth', () => {
    const document = { id: 'd', version: 1, kind: 'clinic-letter', date: null, text: 'multiple sclerosis', channel: 'text', language: 'en' };
    const moment = (isAudit: boolean): CodingMoment => ({
      episode: drawn, specialty: 'neurology' as never, depth: 'full', hidden: true, isAudit, criterion: 'default', isValid: () => true, coding: { suggestions, rejected: [], abstentions: [] }, coded: coded('G35X'), documents: [document as never],
      read: () => ({ sentence: () => ({ start: 0, end: 18 }), assert: () => ({ assertion: { polarity: 'affirmed', certainty: 'certain', temporality: 'current', subject: 'patient' } }) }) as never,
      editions: { day: '2026-11-12', ground: 'discharged', systems: { 'ICD-10': { ok: true, value: { name: 'ICD-10 5th Edition' } } } } as unknown as CodingMoment['editions'],
    });
    const command = (part: object): CodingCommand => ({ id: 'x', key: {}, system: 'ICD-10', codes: ['G35X'], evidence: { document: 'd', version: 1, span: { start: 0, end: 18 } }, replaces: null, ...part }) as unknown as CodingCommand;
    const phrases = [false, true].map((isAudit) => { const body = codingBody(command({ kind: 'accept-codes', origin: 'selection' }), moment(isAudit)); return body.kind === 'codes-accepted' ? body.phrase : body.kind; });
    expect(phrases).toEqual(['multiple sclerosis', '']);
    expect([codingBody(command({ kind: 'finish-episode', depth: 'full', criterion: null }), moment(true)), codingBody(command({ kind: 'choose-depth', depth: 'primary' }), moment(true))]).toEqual([{ kind: 'refused', reason: 'not-allowed' }, { kind: 'refused', reason: 'not-allowed' }]);
  });

  it('is counted for each specialty by the first comparison of an episode, teaches as any episode does, and stays out of the chart of overrides', () => {
    const open = Array.from({ length: 40 }, (_, at) => finish(100 + at, 5, 4));
    const blind = Array.from({ length: 20 }, (_, at) => finished(at, 5, 0, at === 0 ? 'other' : 'same', { quick: 2, quickKept: 2 }));
    // The first is coded again after the answer was seen.
    const log = rows([...open, ...blind, finish(0, 5, 5), accept(3, 'G35X', 'ms', { origin: 'search' })]);
    expect(blindFigures(log).get('neurology')).toEqual({ episodes: 20, offered: 100, same: 0, given: 20, mains: 20, mainsSame: 19, quick: 40, quickSame: 40 });
    expect(overrideCharts(log).get('neurology')?.points).toEqual(overrideCharts(rows(open)).get('neurology')?.points);
    expect(learnFromDecisions(log).finished.get('neurology')).toBe(60);
    expect(learnFromDecisions(log).cells.size).toBe(1);
  });
});
