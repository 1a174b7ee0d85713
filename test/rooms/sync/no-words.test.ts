import { describe, expect, it } from 'vitest';
import type { CodedUnit } from '../../../lib/model/coded-episode.js';
import { defaultEncoderFormat } from '../../../lib/model/encoder.js';
import type { CodedRecord } from '../../../lib/sync/coded-record.js';
import { codesCsv } from '../../../lib/sync/codes-csv.js';
import { encoderText } from '../../../lib/sync/encoder-text.js';
import { fhirBundle } from '../../../lib/sync/fhir-bundle.js';
import { cataract } from './invented-episodes.js';

/** Where a plain string may stand in a type: every other leaf is a brand, a closed word or a number. */
type PlainStrings<Value, Path extends string = ''> = Value extends string ? (string extends Value ? (Value extends { readonly length: number } & Record<never, never> ? IsBrand<Value> extends true ? never : Path : Path) : never)
  : Value extends readonly (infer Item)[] ? PlainStrings<Item, Path>
    : Value extends object ? { [Key in keyof Value & string]: PlainStrings<Value[Key], `${Path}.${Key}`> }[keyof Value & string] : never;
type IsBrand<Value extends string> = string extends Value ? (string & Record<never, never> extends Value ? false : true) : true;

describe('no patient word can leave with the codes', () => {
  it('since nothing that leaves has a place for one', () => {
    // Compiles only while the edition's short name, of a fixed form in the log, is the one plain string.
    const only: '.list' = '' as PlainStrings<CodedUnit> extends '.list' ? '.list' : never;
    const whole: '.coded.diagnoses.list' | '.coded.procedures.list' = '' as PlainStrings<CodedRecord>;
    expect([only, whole]).toEqual(['', '']);
  });
  it('nor when something else travels beside the codes', () => {
    const word = 'MARKER-Llewelyn-999-000-0000';
    const beside = { patient: word, words: word, quotes: [{ words: word }] };
    const unit = (one: CodedUnit): CodedUnit => ({ ...one, ...beside });
    const record: CodedRecord = { ...cataract, ...beside, coded: { ...cataract.coded, ...beside, diagnoses: cataract.coded.diagnoses.map(unit), procedures: cataract.coded.procedures.map(unit) } };
    const texts = [encoderText(record, defaultEncoderFormat), codesCsv([record]), JSON.stringify(fhirBundle(record, { made: 0, version: '0.1.0' }))];
    expect(texts.filter((text) => text.includes('MARKER'))).toEqual([]);
    expect(texts.every((text) => text.length > 40)).toBe(true);
  });
});
