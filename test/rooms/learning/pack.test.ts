import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsOfPart, devicePart, joinRecord, learnFromDecisions, mergePacks, readPack, recordAt, writtenPart, type DevicePart, type Pack } from '../../../lib/learning/index.js';
import type { CodeName, Phrase } from '../../../lib/model/learning.js';
import { accept, finish, forget, rows, undo } from './invented-decisions.js';

const device = (number: number): string => number.toString(16).padStart(16, '0');
const packOf = (...parts: readonly DevicePart[]): Pack => ({ kind: 'nodi-pack', schema: 1, parts: parts.map((part) => ({ part, key: 'key', signature: 'signature' })) });
const clinical = (word: string): boolean => word !== 'blodwen';
const times = (count: number, phrase: string, from = 1): ReturnType<typeof accept>[] => Array.from({ length: count }, (_, at) => accept(from + at, 'G35X', phrase));

describe('a pack between coders', () => {
  it('holds words only after three episodes, and none that were forgotten or taken back', () => {
    const memory = learnFromDecisions(rows([...times(2, 'rare syndrome'), ...times(3, 'ms', 10), ...times(3, 'wrong words', 20), forget('wrong words', 'G35X'), finish(10, 1, 1)]));
    const part = devicePart(memory, device(1));
    expect(part.rows.map(([phrase]) => phrase)).toEqual(['ms']);
    expect(part.finished).toEqual([['neurology', 1]]);
    const after = learnFromDecisions(rows([...times(3, 'ms'), undo(3)]));
    expect(devicePart(after, device(1))).toMatchObject({ version: 4, rows: [] });
  });

  it('makes coders of devices, and their counts one record', () => {
    const own = learnFromDecisions(rows(times(4, 'ms')));
    const others = [5, 6].map((count) => cellsOfPart(JSON.parse(JSON.stringify(devicePart(learnFromDecisions(rows(times(count, 'ms'))), device(count)))) as DevicePart));
    expect(recordAt(joinRecord(own, others), { phrase: 'ms' as Phrase, flag: 'plain' }, 'ICD-10 G35X' as CodeName, 'neurology', () => true)).toMatchObject({ accepted: 15, seen: 15, coders: 3 });
  });

  it('is joined the same in whatever order and however often', () => {
    let tried = 0;
    // One part for each device and version, as devices make them.
    const part = fc.record({ device: fc.integer({ min: 1, max: 4 }), version: fc.integer({ min: 1, max: 5 }) }).map(({ device: number, version }): DevicePart => ({ device: device(number), version, finished: [], rows: [['ms', 'plain', 'neurology', 'ICD-10', 'icd-10', 3 + version, 0, 'ICD-10 G35X', 3, 0, 0]] }));
    const pack = fc.array(part, { maxLength: 5 }).map((parts) => packOf(...parts));
    fc.assert(fc.property(pack, pack, pack, (a, b, c) => {
      expect(mergePacks(a, b)).toEqual(mergePacks(b, a));
      expect(mergePacks(mergePacks(a, b), c)).toEqual(mergePacks(a, mergePacks(b, c)));
      expect(mergePacks(a, a)).toEqual(mergePacks(a));
      for (const { part: { device: name, version } } of mergePacks(a, b).parts) expect(version).toBe(Math.max(...[...a.parts, ...b.parts].filter((one) => one.part.device === name).map((one) => one.part.version)));
      tried += 1;
    }), { numRuns: 300 });
    console.info(`tried ${tried} joins, bad 0`);
    expect(tried).toBe(300);
  });

  it('is refused whole when a row is not sound, holds a word of no list, or is of another schema', () => {
    const good = packOf(devicePart(learnFromDecisions(rows(times(4, 'ms'))), device(1)));
    const read = (change: (data: { kind: string; schema: number; parts: { part: { device: string; version: number; rows: (string | number)[][] } }[] }) => void): string => {
      const data = JSON.parse(JSON.stringify(good)) as Parameters<typeof change>[0];
      change(data);
      const answer = readPack(data, clinical);
      return answer.ok ? 'taken' : answer.failure.kind;
    };
    const row = (data: { parts: { part: { rows: (string | number)[][] } }[] }): (string | number)[] => data.parts[0]?.part.rows[0] ?? [];
    const tried: readonly (readonly [string, Parameters<typeof read>[0]])[] = [
      ['taken', () => undefined], ['not-a-pack', (data) => { data.kind = 'model'; }], ['taken', (data) => { data.schema = 2; }], ['other-schema', (data) => { data.schema = 3; }],
      ['word', (data) => { row(data)[0] = 'blodwen ms'; }], ['damaged', (data) => { row(data)[5] = 2; }], ['damaged', (data) => { row(data)[8] = 900; }], ['damaged', (data) => { row(data)[7] = 'ICD-10 nonsense'; }],
      ['damaged', (data) => { row(data)[6] = -1; }], ['damaged', (data) => { row(data)[0] = 'a b c d e f g h i'; }], ['damaged', (data) => { (data.parts[0] as { part: { device: string } }).part.device = 'Jane'; }], ['damaged', (data) => { row(data).pop(); }],
    ];
    const bad = tried.filter(([expected, change]) => read(change) !== expected);
    console.info(`tried ${tried.length} packs, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect(readPack(null, clinical).ok).toBe(false);
  });

  it('is written for signing the same way after any journey', () => {
    const part = devicePart(learnFromDecisions(rows(times(4, 'ms'))), device(1));
    expect(writtenPart(JSON.parse(JSON.stringify(part)) as DevicePart)).toBe(writtenPart(part));
  });
});
