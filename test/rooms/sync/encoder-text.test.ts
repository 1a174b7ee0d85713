import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCode } from '../../../lib/model/code.js';
import { defaultEncoderFormat, type EncoderFormat } from '../../../lib/model/encoder.js';
import { encoderText } from '../../../lib/sync/encoder-text.js';
import { anyRecord, cataract, codesOf } from './invented-episodes.js';

const format = (part: Partial<EncoderFormat>): EncoderFormat => ({ ...defaultEncoderFormat, ...part });

describe('codes for an encoder', () => {
  it('are one per line with dots, diagnoses first, as Windows ends its lines', () => {
    expect(encoderText(cataract, defaultEncoderFormat)).toBe('E11.3\r\nH28.0\r\nI10.X\r\nC75.1\r\nZ94.2\r\nC71.2\r\nZ94.2');
  });
  it('are as they are sent, without dots, the X in its place', () => {
    expect(encoderText(cataract, format({ dotted: false, lineEnd: 'lf' }))).toBe('E113\nH280\nI10X\nC751\nZ942\nC712\nZ942');
  });
  it('are a row of diagnoses and a row of procedures, with tabs', () => {
    expect(encoderText(cataract, format({ layout: 'tabs' }))).toBe('E11.3\tH28.0\tI10.X\r\nC75.1\tZ94.2\tC71.2\tZ94.2');
    expect(encoderText({ coded: { ...cataract.coded, diagnoses: [] } }, format({ layout: 'tabs' }))).toBe('C75.1\tZ94.2\tC71.2\tZ94.2');
  });
  it('are nothing where nothing is coded', () => {
    expect(encoderText({ coded: { ...cataract.coded, diagnoses: [], procedures: [] } }, defaultEncoderFormat)).toBe('');
  });
  it('keep their order and lose nothing, in every format', () => {
    let tried = 0;
    const formats = [true, false].flatMap((dotted) => (['lines', 'tabs'] as const).flatMap((layout) => (['crlf', 'lf'] as const).map((lineEnd) => ({ dotted, layout, lineEnd }))));
    fc.assert(fc.property(anyRecord, fc.constantFrom(...formats), (record, chosen) => {
      tried += 1;
      const text = encoderText(record, chosen);
      const sent = [...record.coded.diagnoses, ...record.coded.procedures].flatMap(({ codes }) => codes);
      expect(text === '' ? [] : text.split(/\r\n|\n|\t/).map(readCode)).toEqual(sent);
      expect(/^[A-Z0-9.\t\r\n]*$/.test(text) && !/[\r\n\t]$/.test(text)).toBe(true);
    }), { numRuns: 500 });
    console.info(`encoder texts: tried ${tried}, bad 0`);
    expect(tried).toBeGreaterThanOrEqual(500);
  });
  it('is fed with codes as people write them', () => { expect(codesOf('g35 C75.1')).toEqual(['G35X', 'C751']); });
});
