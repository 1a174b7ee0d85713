import fc from 'fast-check';
import papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { csvCell } from '../../../lib/base/csv.js';
import { codesCsv } from '../../../lib/sync/codes-csv.js';
import { anyRecord, cataract, episodeKey, unitOf } from './invented-episodes.js';

const read = (text: string): readonly (readonly string[])[] => {
  const { data, errors } = papa.parse<string[]>(text, { header: false, skipEmptyLines: true, delimiter: ',' });
  expect(errors).toEqual([]);
  return data;
};

describe('codes as a table', () => {
  it('has one row per code, with its place, its edition and how far the episode is coded', () => {
    const row = (...cells: readonly string[]): string => `${cells.map((cell) => `"${cell}"`).join(',')}\r\n`;
    expect(codesCsv([{ ...cataract, depth: 'primary' }])).toBe([
      row('position', 'classification', 'code', 'edition', 'role', 'coding_depth', 'episode'),
      row('1', 'ICD-10', 'E113', 'icd-10-5th-edition', 'primary', 'primary', episodeKey),
      row('2', 'ICD-10', 'H280', 'icd-10-5th-edition', 'secondary', 'primary', episodeKey),
      row('3', 'ICD-10', 'I10X', 'icd-10-5th-edition', 'secondary', 'primary', episodeKey),
      row('1', 'OPCS-4', 'C751', 'opcs-4.11', 'primary', 'primary', episodeKey),
      row('2', 'OPCS-4', 'Z942', 'opcs-4.11', 'secondary', 'primary', episodeKey),
      row('3', 'OPCS-4', 'C712', 'opcs-4.11', 'secondary', 'primary', episodeKey),
      row('4', 'OPCS-4', 'Z942', 'opcs-4.11', 'secondary', 'primary', episodeKey),
    ].join(''));
  });
  it('is only its heads where nothing is coded', () => {
    expect(read(codesCsv([]))).toHaveLength(1);
  });
  it('keeps order and loses nothing when a reader of CSV opens it', () => {
    let tried = 0;
    fc.assert(fc.property(fc.array(anyRecord, { maxLength: 4 }), (records) => {
      tried += 1;
      const [heads, ...rows] = read(codesCsv(records));
      expect(heads).toHaveLength(7);
      expect(rows.map((cells) => cells.join(' '))).toEqual(records.flatMap(({ coded, depth }) => [coded.diagnoses, coded.procedures].flatMap((units) => units.flatMap((unit) => unit.codes.map((code) => ({ unit, code })))
        .map(({ unit, code }, at) => `${at + 1} ${unit.system} ${code} ${unit.list} ${at === 0 ? 'primary' : 'secondary'} ${depth} ${coded.episode}`))));
    }), { numRuns: 300 });
    console.info(`tables: tried ${tried}, bad 0`);
    expect(tried).toBeGreaterThanOrEqual(300);
  });
  it('gives no spreadsheet a formula, whatever a cell begins with', () => {
    let tried = 0;
    const signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '|', '\t', '\r', '\n'];
    for (const before of ['', ' ', '\u00a0', '\n', 'icd\r\n ']) {
      for (const sign of signs) {
        tried += 1;
        const text = `${before}${sign}cmd("x")`;
        const cell = csvCell(text);
        expect(cell.startsWith('"\'')).toBe(true);
        const shown = read(cell)[0]?.[0] ?? '';
        expect(shown.startsWith("'")).toBe(true);
        expect(shown.replaceAll("'", '')).toBe(text);
      }
    }
    expect(csvCell('opcs-4.11')).toBe('"opcs-4.11"');
    expect(codesCsv([{ ...cataract, coded: { ...cataract.coded, diagnoses: [unitOf('ICD-10', 'I10', '=HYPERLINK("http://x")')] } }])).toContain(`"'=HYPERLINK(""http://x"")"`);
    console.info(`cells that begin a formula: tried ${tried}, bad 0`);
    expect(tried).toBe(60);
  });
});
