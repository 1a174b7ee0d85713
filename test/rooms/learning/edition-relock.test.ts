import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAsserter, readText } from '../../../lib/analysis/index.js';
import { readings } from '../../../assets/starter.js';
import { openCodersRecord, type AskedEpisode } from '../../../entrypoints/background/coders-record.js';
import { listName } from '../../../entrypoints/background/coding-bodies.js';
import { digestsOf, shippedEntries, shippedTexts, type TermEntry } from '../../../entrypoints/background/word-entries.js';
import { learnedView } from '../../../entrypoints/dashboard/learned.js';
import { createCodeShelf, createEditionChanges, touchedCodes } from '../../../lib/codebook/index.js';
import { devicePart, learnFromDecisions, type Pack, type Relocked } from '../../../lib/learning/index.js';
import type { ClinicalCode, CodeEntry } from '../../../lib/model/code.js';
import type { CodeList } from '../../../lib/model/codebook.js';
import type { EventBody } from '../../../lib/model/decision.js';
import type { ClinicalDocument } from '../../../lib/model/document.js';
import type { Phrase } from '../../../lib/model/learning.js';
import { accept, episodeKey, finish, rows } from './invented-decisions.js';

const entry = (code: string, title: string, more: Partial<CodeEntry> = {}): CodeEntry => ({ system: 'ICD-10', code: code as ClinicalCode, title, dual: 'none', sex: null, ages: null, usage: 0, ...more });
const old = [entry('G35X', 'Multiple sclerosis'), entry('G430', 'Migraine without aura'), entry('G431', 'Migraine with aura'), entry('G509', 'Disorder of trigeminal nerve'), entry('N400', 'Hyperplasia of prostate', { sex: 'male' }), entry('M069', 'Rheumatoid arthritis, unspecified')];
const edition = (name: string, entries: readonly CodeEntry[], from: string, source: 'imported' | 'shipped' = 'imported'): CodeList => ({ summary: { system: 'ICD-10', name, from, to: from === '2016-04-01' ? '2027-03-31' : null, codes: entries.length, titles: true, source }, entries });

describe('what an edition touches', () => {
  it('is what is gone, new or said otherwise, and the neighbours of what came and went; nothing else', () => {
    const tried: readonly (readonly [string, (list: readonly CodeEntry[]) => readonly CodeEntry[], string])[] = [
      ['nothing', (list) => list, ''], ['how often it is used', (list) => list.map((one) => ({ ...one, usage: one.usage + 9 })), ''], ['another order', (list) => [...list].reverse(), ''],
      ['gone', (list) => list.filter(({ code }) => code !== 'G431'), 'G430 G431'], ['new', (list) => [...list, entry('G432', 'Status migrainosus')], 'G430 G431 G432'],
      ['another title', (list) => list.map((one) => (one.code === 'G430' ? { ...one, title: 'Migraine without aura [common migraine]' } : one)), 'G430'],
      ['an asterisk', (list) => list.map((one) => (one.code === 'M069' ? { ...one, dual: 'asterisk' } : one)), 'M069'],
      ['the sex', (list) => list.map((one) => ({ ...one, sex: null })), 'N400'], ['ages', (list) => list.map((one) => (one.code === 'G35X' ? { ...one, ages: { from: 16, to: 120 } } : one)), 'G35X'],
    ];
    const bad = tried.filter(([, change, expected]) => [...touchedCodes(old, change(old))].sort().join(' ') !== expected).map(([name]) => name);
    console.info(`tried ${tried.length} changes, bad ${bad.length}`);
    expect(bad).toEqual([]);
  });

  it('is the same both ways, and never more than the categories of what changed', () => {
    let checked = 0;
    const list = fc.uniqueArray(fc.record({ category: fc.integer({ min: 0, max: 5 }), figure: fc.integer({ min: 0, max: 3 }), title: fc.constantFrom('a', 'b') }), { selector: ({ category, figure }) => `${category}${figure}` }).map((all) => all.map(({ category, figure, title }) => entry(`G${category}0${figure}`, title)));
    fc.assert(fc.property(list, list, (before, after) => {
      const touched = touchedCodes(before, after);
      const shared = after.filter(({ code }) => before.some((one) => one.code === code));
      expect(shared.filter(({ code }) => touched.has(code)).map(({ code }) => code).sort()).toEqual(shared.filter(({ code }) => touchedCodes(after, before).has(code)).map(({ code }) => code).sort());
      const differs = new Set([...before, ...after].filter((one) => { const [a, b] = [before, after].map((all) => all.find(({ code }) => code === one.code)); return a?.title !== b?.title; }).map(({ code }) => code.slice(0, 3)));
      for (const code of touched) expect(differs.has(code.slice(0, 3))).toBe(true);
      checked += touched.size;
    }), { numRuns: 300 });
    console.info(`tried 300 pairs of editions, ${checked} touched codes, bad 0`);
    expect(checked).toBeGreaterThan(300);
  });

  it('cannot be told from a list that ships, nor from an edition that is not here any more', () => {
    const changes = (...lists: readonly CodeList[]): boolean[] => { const made = createEditionChanges(lists, listName); return ['G35X', 'G430'].map((code) => made.holds('ICD-10', code as ClinicalCode, 'fifth', 'sixth')); };
    const now = [...old, entry('G432', 'Status migrainosus')];
    expect(changes(edition('Fifth', old, '2016-04-01'), edition('Sixth', now, '2027-04-01'))).toEqual([true, false]);
    expect(changes(edition('Fifth', old, '2016-04-01', 'shipped'), edition('Sixth', now, '2027-04-01'))).toEqual([false, false]);
    expect(changes(edition('Sixth', now, '2027-04-01'))).toEqual([false, false]);
    expect(createEditionChanges([], listName).holds('ICD-10', 'G35X' as ClinicalCode, 'sixth', 'sixth')).toBe(true);
  });
});

const asserter = createAsserter(readings);
const note = { id: 'one', version: 1, text: 'Impression: multiple sclerosis. Also migraine.', kind: 'clinic-letter', language: 'en', channel: 'text', title: '', date: null, author: null, episode: null, blocks: [] } as unknown as ClinicalDocument;
/** Two hundred episodes of a coder: both words in each. */
const taught = (episodes: number, list = 'fifth'): readonly EventBody[] => Array.from({ length: episodes }, (_, at) => [accept(at + 1, 'G35X', 'multiple sclerosis', { list }), accept(at + 1, 'G430', 'migraine', { list }), finish(at + 1, 2, 2)]).flat();
const packOf = (bodies: readonly EventBody[], number: number): Pack['parts'][number] => ({ part: devicePart(learnFromDecisions(rows(bodies)), number.toString(16).padStart(16, '0')), key: '', signature: '' });

function device(bodies: readonly EventBody[]) {
  const parts = new Map<string, unknown>([['packs', { kind: 'nodi-pack', schema: 1, parts: [packOf(taught(60), 1), packOf(taught(60), 2)] }]]);
  const log = [...rows(bodies)];
  const store = { read: (part: string) => Promise.resolve(parts.get(part)), write: (part: string, value: unknown) => { parts.set(part, structuredClone(value)); return Promise.resolve(); }, remove: () => Promise.resolve() };
  return {
    parts, log,
    /** Starts anew with these entries, and gives the codes that have earned one key in the note. */
    async start(entries: readonly TermEntry[], asked: Partial<AskedEpisode> = {}): Promise<string> {
      const record = openCodersRecord(log, store, () => null, () => digestsOf([JSON.stringify(entries)], () => entries));
      await record.load();
      const { suggestions } = record.apply({ suggestions: [], rejected: [], abstentions: [] }, {
        documents: [note], specialty: 'neurology' as never, episode: episodeKey(999), read: (one) => readText(asserter, one.text), labelOf: () => ({ en: '' }),
        editions: { day: '2027-05-01', ground: 'discharged', systems: { 'ICD-10': { ok: true, value: { name: 'Fifth' } }, 'OPCS-4': { ok: false, failure: { kind: 'none', nearest: null } } } } as never, ...asked,
      });
      return suggestions.filter((one) => one.record?.oneKey).map(({ code }) => code).sort().join(' ');
    },
  };
}
const lexicon: readonly TermEntry[] = [{ term: 'Multiple sclerosis', says: 'G35X', within: false }, { term: 'migraine', says: 'G439', within: false }, { term: 'sclerosis', says: 'caution', within: true }, { term: 'tremor', says: 'R251', within: false }];

describe('a new edition', () => {
  it('of the code list takes one key back for the codes that it touches, and for no other', async () => {
    const it = device(taught(200));
    const changes = createEditionChanges([edition('Fifth', old, '2016-04-01'), edition('Sixth', [...old, entry('G432', 'Status migrainosus')], '2027-04-01')], listName);
    const sixth = { editions: { day: '2027-05-01', ground: 'discharged', systems: { 'ICD-10': { ok: true, value: { name: 'Sixth' } }, 'OPCS-4': { ok: false, failure: { kind: 'none', nearest: null } } } } as never };
    expect(await it.start(lexicon)).toBe('G35X G430');
    expect(await it.start(lexicon, { ...sixth, editionHolds: changes.holds })).toBe('G35X');
    // Where nobody can compare the editions nothing holds.
    expect(await it.start(lexicon, sixth)).toBe('');
    // The page of what was learned says the same, and why.
    const shelf = createCodeShelf([edition('Fifth', old, '2016-04-01'), edition('Sixth', [...old, entry('G432', 'Status migrainosus')], '2027-04-01')]);
    const held = changes.held(shelf, '2027-05-01');
    const view = learnedView(it.log, { packs: it.parts.get('packs') as Pack, rebased: new Map(), trained: null, before: null, device: 'x', editions: held, relocked: new Map() }, (id) => id);
    expect(view.specialties[0]?.words.map(({ name, passes, touched }) => [name, passes, touched])).toEqual([['ICD-10 G430', false, true], ['ICD-10 G35X', true, false]]);
  });

  it('of the sheet or the lexicon takes one key back for the words whose entry it changed, until they have earned it anew', async () => {
    const say = (term: string, says: string): readonly TermEntry[] => lexicon.map((one) => (one.term === term ? { ...one, says } : one));
    const tried: readonly (readonly [string, readonly TermEntry[], string])[] = [
      ['the same', lexicon, 'G35X G430'], ['another order', [...lexicon].reverse(), 'G35X G430'], ['a word that nobody coded', say('tremor', 'G252'), 'G35X G430'],
      ['another code for the words', say('migraine', 'G430'), 'G35X'], ['a rule about a part of the words', say('sclerosis', 'avoid'), 'G430'], ['an entry taken out', lexicon.filter(({ term }) => term !== 'migraine'), 'G35X'],
      ['one more entry for the words', [...lexicon, { term: 'Multiple sclerosis', says: 'G379', within: false }], 'G430'],
    ];
    const bad: string[] = [];
    for (const [name, next, expected] of tried) {
      const one = device(taught(200));
      await one.start(lexicon);
      // Twice: what was taken back stays back at the next start.
      const [now, later] = [await one.start(next), await one.start(next)];
      if (now !== expected || later !== expected) bad.push(`${name}: ${now}; ${later}`);
    }
    console.info(`tried ${tried.length} sheets, bad ${bad.length}`);
    expect(bad).toEqual([]);
    const again = device(taught(200));
    await again.start(lexicon);
    expect(await again.start(say('migraine', 'G430'))).toBe('G35X');
    // Sixty more of each coder.
    again.log.push(...rows(Array.from({ length: 60 }, (_, at) => accept(1000 + at, 'G430', 'migraine', { list: 'fifth' })), again.log.length + 1));
    expect(await again.start(say('migraine', 'G430'))).toBe('G35X');
    again.parts.set('packs', { kind: 'nodi-pack', schema: 1, parts: [packOf(taught(90), 1), packOf(taught(90), 2)] });
    expect(await again.start(say('migraine', 'G430'))).toBe('G35X G430');
  });

  it('touches what nobody had looked at before it came, and nothing when a device looks for the first time', async () => {
    const first = device(taught(200));
    first.parts.set('entries', { data: 'other lists', phrases: new Map<Phrase, string>() });
    expect(await first.start(lexicon)).toBe('');
    expect([...(first.parts.get('relocked') as Relocked).keys()].sort()).toEqual(['migraine', 'multiple sclerosis']);
    expect(await device(taught(200)).start(lexicon)).toBe('G35X G430');
  });

  it('is looked for in the lists that ship in no more than a moment', () => {
    const started = performance.now();
    const { data, digestOf } = digestsOf(shippedTexts(), shippedEntries);
    const known = performance.now();
    expect(data).toBe(digestsOf(shippedTexts(), shippedEntries).data);
    const asked = performance.now();
    expect(digestOf('multiple sclerosis' as Phrase)).not.toBe(digestOf('no such words' as Phrase));
    console.info(`${shippedEntries().length} entries: known again in ${(known - started).toFixed(0)} ms, a changed edition looked through in ${(performance.now() - asked).toFixed(0)} ms`);
    expect(known - started).toBeLessThan(1000);
  });
});
