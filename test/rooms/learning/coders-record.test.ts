import { describe, expect, it } from 'vitest';
import { createAsserter, readText } from '../../../lib/analysis/index.js';
import { readings } from '../../../assets/starter.js';
import { openCodersRecord, type AskedEpisode } from '../../../entrypoints/background/coders-record.js';
import { devicePart, learnFromDecisions, type Pack } from '../../../lib/learning/index.js';
import type { EventBody } from '../../../lib/model/decision.js';
import type { ClinicalDocument } from '../../../lib/model/document.js';
import type { Coding } from '../../../lib/model/suggestion.js';
import { accept, episodeKey, finish, rows } from './invented-decisions.js';

const asserter = createAsserter(readings);
const document = (id: string, text: string): ClinicalDocument => ({ id, version: 3, text, kind: 'clinic-letter', language: 'en', channel: 'text', title: '', date: null, author: null, episode: null, blocks: [] } as unknown as ClinicalDocument);
const documents = [document('one', 'Seen in clinic. No tremor.'), document('two', 'Impression: multiple sclerosis, stable.')];
const nothing: Coding = { suggestions: [], rejected: [], abstentions: [] };
const asked = (more: Partial<AskedEpisode> = {}): AskedEpisode => ({
  documents, specialty: 'neurology' as never, episode: episodeKey(999), read: (one) => readText(asserter, one.text), labelOf: () => ({ en: 'Multiple sclerosis' }),
  editions: { day: null, ground: 'discharge', systems: { 'ICD-10': { ok: true, value: { name: 'ICD-10 5th Edition' } }, 'OPCS-4': { ok: false, failure: { kind: 'no-edition' } } } } as never, ...more,
});
const taught = (episodes: number): readonly EventBody[] => Array.from({ length: episodes }, (_, at) => [accept(at + 1, 'G35X', 'multiple sclerosis'), finish(at + 1, 5, at % 2 === 0 ? 4 : 5)]).flat();
const opened = async (bodies: readonly EventBody[], packs?: Pack) => {
  const record = openCodersRecord(rows(bodies), { read: (part) => Promise.resolve(part === 'packs' ? packs : undefined), write: () => Promise.resolve(), remove: () => Promise.resolve() });
  await record.load();
  return record;
};

describe('the coders’ record on screen', () => {
  it('is silent until two hundred episodes of the specialty are coded, then speaks at the words of their own document', async () => {
    expect((await opened(taught(199))).apply(nothing, asked())).toBe(nothing);
    const { suggestions: [one] } = (await opened(taught(200))).apply(nothing, asked());
    expect(one).toMatchObject({ code: 'G35X', shown: true, record: { accepted: 200, seen: 200, coders: 1, specialty: 'neurology', oneKey: false } });
    const [at] = one?.evidence ?? [];
    expect([at?.document, at?.version, documents[1]?.text.slice(at?.span.start, at?.span.end)]).toEqual(['two', 3, 'multiple sclerosis']);
  });

  it('is silent where nobody is known, in another specialty, and for a code that the day’s edition has not', async () => {
    const record = await opened(taught(200));
    const silent = [asked({ episode: null }), asked({ specialty: 'rheumatology' as never }), asked({ labelOf: () => null })].map((one) => record.apply(nothing, one).suggestions.length);
    console.info(`tried ${silent.length} situations, bad ${silent.filter((many) => many > 0).length}`);
    expect(silent).toEqual([0, 0, 0]);
    expect([record.isLive('neurology' as never), record.isLive('rheumatology' as never), record.isLive('unknown')]).toEqual([true, false, false]);
  });

  it('earns one key with three coders, and loses it by a new edition or when overrides leave what is usual', async () => {
    const pack: Pack = { kind: 'nodi-pack', schema: 1, parts: [1, 2].map((number) => ({ part: devicePart(learnFromDecisions(rows(taught(30))), number.toString(16).padStart(16, '0')), key: '', signature: '' })) };
    const record = await opened(taught(200), pack);
    const oneKey = (more: Partial<AskedEpisode> = {}): boolean | undefined => record.apply(nothing, asked(more)).suggestions[0]?.record?.oneKey;
    expect(oneKey()).toBe(true);
    expect(oneKey({ editions: { day: null, ground: 'discharge', systems: { 'ICD-10': { ok: true, value: { name: 'ICD-10 6th Edition' } }, 'OPCS-4': { ok: false, failure: { kind: 'no-edition' } } } } as never })).toBe(false);
    const left = await opened([...taught(200), ...Array.from({ length: 20 }, (_, at) => finish(500 + at, 5, 0))], pack);
    expect(left.apply(nothing, asked()).suggestions[0]?.record).toMatchObject({ accepted: 260, coders: 3, oneKey: false });
  });
});
