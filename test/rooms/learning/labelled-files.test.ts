import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { readLabelledFile, readLabelledLine, type JudgeCode, type LabelledFile } from '../../../lib/learning/index.js';
import { csvRows } from '../../../lib/base/csv-rows.js';
import { createCodeShelf, judgeCodes } from '../../../lib/codebook/index.js';
import type { ClinicalCode, CodeSystem } from '../../../lib/model/code.js';
import type { Result } from '../../../lib/base/result.js';
import type { LabelledFileFailure } from '../../../lib/model/training.js';

const valid: JudgeCode = () => ({ kind: 'valid' });
const textOf64 = (data: string): string | null => { try { return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(data, 'base64')); } catch { return null; } };
const read = (text: string, judge = valid): Result<LabelledFile, LabelledFileFailure> => {
  const steps = readLabelledFile(text, { judge, textOf64 });
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
};
const whole = (text: string, judge = valid): LabelledFile => { const file = read(text, judge); if (!file.ok) throw new Error(JSON.stringify(file.failure)); return file.value; };
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const bundle = (...resources: readonly Record<string, unknown>[]): string => JSON.stringify({ resourceType: 'Bundle', entry: resources.map((resource) => ({ resource })) }, null, 2);

describe('the three ways of writing coded episodes', () => {
  it('come to the same episode', () => {
    const wanted = { text: 'MS, came for\ninfusion', codes: ['ICD-10 G35X', 'OPCS-4 X921'], specialty: 'Neurology', date: '2026-05-01', depth: 'full' };
    const files = [
      '{"id":"1","text":"MS, came for\\ninfusion","codes":["G35.X","OPCS-4:X92.1"],"specialty":"Neurology","date":"2026-05-01"}\n',
      '\uFEFFid;Text;codes;specialty;date\r\n1;"MS, came for\ninfusion";G35.X OPCS-4:X92.1;Neurology;01/05/2026\r\n',
      bundle({ resourceType: 'Encounter', id: 'e', period: { end: '2026-05-01T10:00:00Z' }, serviceType: { text: 'Neurology' } }, { resourceType: 'DocumentReference', content: [{ attachment: { contentType: 'text/plain; charset=utf-8', data: base64(wanted.text) } }], context: { encounter: [{ reference: 'Encounter/e' }] } },
        { resourceType: 'Condition', encounter: { reference: 'Encounter/e' }, code: { coding: [{ system: 'http://snomed.info/sct', code: '24700007' }, { system: 'http://hl7.org/fhir/sid/icd-10', code: 'G35' }] } }, { resourceType: 'Condition', encounter: { reference: 'Encounter/e' }, verificationStatus: { coding: [{ code: 'refuted' }] }, code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'I10' }] } },
        { resourceType: 'Procedure', encounter: { reference: 'Encounter/e' }, status: 'completed', code: { coding: [{ system: 'https://fhir.hl7.org.uk/CodeSystem/OPCS-4', code: 'X92.1' }] } }),
    ];
    const read = files.map((file) => whole(file));
    expect(read.map(({ format }) => format)).toEqual(['json-lines', 'csv', 'fhir']);
    for (const { episodes: [one], bad } of read) { expect(bad).toBe(0); expect(one).toMatchObject(wanted); }
    console.info(`tried ${files.length} formats, bad 0`);
  });

  it('tell what is wrong by its line or entry, take the others, and quote no word', () => {
    const secret = 'Gwenllian Prys';
    const table = `id,text,codes,spans,date\n1,"${secret}\nseen",G35X,,\n2,${secret},${secret},,\n3,${secret},G35X\n4,${secret},,,\n5,${secret},G35X,0-900 G35X,\n6,${secret},G35X,,31/02/2026\n1,${secret},G35X,,\n7,${secret},9990012345,,\n8,${secret},G35X,0-9 G35X,2026-02-01\n`;
    const { episodes, faults, read: rows, bad } = whole(table);
    expect(faults.map(({ at, fault }) => [at, fault.kind])).toEqual([[4, 'code'], [5, 'cells'], [6, 'no-codes'], [7, 'span'], [8, 'shape'], [9, 'same-id'], [10, 'code']]);
    expect({ rows, bad, ids: episodes.map(({ id }) => id) }).toEqual({ rows: 9, bad: 7, ids: ['1', '8'] });
    expect(JSON.stringify(faults)).not.toMatch(/Gwenllian|Prys|9990012345/);
    const notes = whole(bundle({ resourceType: 'Encounter', id: 'a' }, { resourceType: 'Encounter', id: 'b' }, { resourceType: 'DiagnosticReport', encounter: { reference: 'Encounter/b' }, conclusion: secret }, { resourceType: 'DocumentReference', content: secret }));
    expect(notes.faults.map(({ at, fault }) => [at, fault.kind])).toEqual([[4, 'shape'], [1, 'no-text'], [2, 'no-codes']]);
    expect(JSON.stringify(notes.faults)).not.toContain(secret);
  });

  it('read bare codes under procedures as OPCS-4, and name by its row one that only ICD-10 has', () => {
    const shelf: JudgeCode = (system, code) => ({ kind: (system === 'ICD-10' ? ['G35X', 'H269', 'C751'] : ['C751', 'X921']).includes(code) ? 'valid' : 'unknown' });
    const { episodes, faults } = whole('id,text,codes,procedures\n1,x,G35X,C75.1 X921\n2,x,G35X,H26.9\n3,x,,X92.1\n4,x,G35X,OPCS-4:H269\n5,x,C751,\n6,x,G35X,Z999\n', shelf);
    expect(episodes.map(({ id, codes }) => [id, ...codes])).toEqual([['1', 'ICD-10 G35X', 'OPCS-4 C751', 'OPCS-4 X921'], ['3', 'OPCS-4 X921'], ['5', 'ICD-10 C751']]);
    expect(faults).toEqual([{ at: 3, fault: { kind: 'diagnosis-code', code: 'H269' } }, { at: 5, fault: { kind: 'unknown-code', code: 'OPCS-4 H269' } }, { at: 7, fault: { kind: 'unknown-code', code: 'OPCS-4 Z999' } }]);
    console.info('rows tried 6, bad 3, each named');
  });

  it('refuse a file that is none of them, or whose table cannot be told from its text', () => {
    const files: readonly (readonly [string, LabelledFileFailure['kind']])[] = [
      ['', 'not-labelled'], ['PK\u0003\u0004\u0000\u0000', 'not-labelled'], ['[1,2]', 'not-labelled'], ['<html>Sign in</html>', 'not-labelled'], ['id,text\n1,x\n', 'no-heading'], ['id,text,codes\n1,"x,G35X\n2,y,G35X\n', 'open-quote'],
      ['{\n  "resourceType": "Bundle",\n  "entry": [', 'not-a-bundle'], ['{\n  "resourceType": "Patient"\n}', 'not-a-bundle'],
    ];
    for (const [file, kind] of files) expect(read(file)).toMatchObject({ ok: false, failure: { kind } });
    console.info(`tried ${files.length} files that are none, bad 0`);
  });

  it('stand hostile lines: deep nesting, prototypes, and half of a pair', () => {
    const lines = ['['.repeat(100_000), '{"__proto__":{"polluted":1},"id":"1","text":"x","codes":["G35X"]}', '{"id":"2","text":"\\ud800","codes":["G35X"]}', `{"id":"3","text":"${'x'.repeat(1_000_001)}","codes":["G35X"]}`, '{"id":"4","text":"x","codes":["G35X"],"spans":[{"start":0,"end":1e400,"code":"G35X"}]}'];
    const { faults, episodes } = whole(`{"id":"0","text":"x","codes":["G35X"]}\n${lines.join('\n')}`);
    expect(faults.map(({ at, fault }) => [at, fault.kind])).toEqual([[2, 'not-json'], [5, 'too-long'], [6, 'shape']]);
    expect(episodes.length).toBe(3);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('read a hundred thousand lines with every fault counted and the first two hundred told', () => {
    const text = Array.from({ length: 100_000 }, (_, at) => (at % 2 === 0 ? `{"id":"${at}","text":"Known MS.","codes":["G35X"]}` : `{"id":"${at}","text":"Known MS.","codes":["nonsense"]}`)).join('\n');
    const { episodes, bad, faults } = whole(text);
    console.info(`tried 100000 lines, taken ${episodes.length}, refused ${bad}`);
    expect([episodes.length, bad, faults.length, faults[1]]).toEqual([50_000, 50_000, 200, { at: 4, fault: { kind: 'code', code: null } }]);
  });
});

describe('a table', () => {
  it('is read as papaparse reads it, cell for cell', () => {
    let tried = 0;
    const cell = fc.string({ unit: fc.constantFrom('a', 'ŵ', '"', ',', ';', '\n', '\r\n', ' ', '\t') , maxLength: 8 });
    fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }), fc.constantFrom(',', ';', '\t', '|'), (rows, delimiter) => {
      const text = Papa.unparse(rows, { delimiter, newline: '\n', quotes: true });
      expect([...csvRows(text, delimiter)].map(({ cells }) => cells)).toEqual(Papa.parse<string[]>(text, { delimiter, newline: '\n' }).data);
      expect([...csvRows(text, delimiter)].map(({ cells }) => cells)).toEqual(rows);
      tried += 1;
    }), { numRuns: 300 });
    console.info(`tried ${tried} tables, bad 0`);
    expect(tried).toBe(300);
  });
});

describe('codes of mixed editions', () => {
  const list = (system: CodeSystem, name: string, from: string, to: string | null, codes: readonly string[]) => ({
    summary: { system, name, from, to, codes: codes.length, titles: false, source: 'shipped' as const }, entries: codes.map((code) => ({ system, code: code as ClinicalCode, title: null, dual: 'none' as const, sex: null, ages: null, usage: 0 })),
  });
  const { judge, editionOf } = judgeCodes(createCodeShelf([list('ICD-10', 'ICD-10 5th Edition', '2016-04-01', null, ['G35X']), list('OPCS-4', 'OPCS-4.10', '2023-04-01', '2026-03-31', ['A551']), list('OPCS-4', 'OPCS-4.11', '2026-04-01', null, ['A559'])]));
  it('are held against the edition of each episode’s day', () => {
    const line = (code: string, date: string): unknown => { const read = readLabelledLine(JSON.stringify({ id: '1', text: 'x', codes: [`OPCS-4:${code}`], date }), judge); return read.ok || read.failure; };
    expect([line('A551', '2026-03-31'), line('A559', '2026-04-01')]).toEqual([true, true]);
    expect(line('A559', '2026-03-31')).toEqual({ kind: 'other-edition', code: 'OPCS-4 A559', edition: 'OPCS-4.10', found: 'OPCS-4.11' });
    expect(line('A551', '2026-04-01')).toEqual({ kind: 'other-edition', code: 'OPCS-4 A551', edition: 'OPCS-4.11', found: 'OPCS-4.10' });
    expect(line('B999', '2026-04-01')).toMatchObject({ kind: 'unknown-code' });
    expect([editionOf('2026-01-01'), editionOf('2026-04-02'), editionOf('2020-01-01')]).toEqual(['ICD-10 5th Edition, OPCS-4.10', 'ICD-10 5th Edition, OPCS-4.11', null]);
  });
});
