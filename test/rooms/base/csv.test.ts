import fc from 'fast-check';
import papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { csvText } from '../../../lib/base/csv.js';

const signs = ['=', '+', '-', '@', '|', '\t', '\r', '＝', '＋', '－', '＠'];

describe('the one writer of CSV', () => {
  it('starts no formula in any cell, parted by commas, semicolons or tabs, and keeps the words and numbers', () => {
    const hostile = fc.tuple(fc.constantFrom('', ' ', '\u00a0', 'a; ', 'a;', '"', '";'), fc.constantFrom(...signs), fc.string()).map((parts) => parts.join(''));
    let [tried, bad] = [0, 0];
    fc.assert(fc.property(fc.array(fc.array(fc.oneof(hostile, fc.string(), fc.integer()), { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 }), (lines) => {
      const text = csvText(lines);
      // A number of ours may be below nought, also where a line is not parted at its commas.
      for (const delimiter of [',', ';']) for (const cells of papa.parse<string[]>(text, { delimiter }).data) for (const cell of cells) { tried += 1; if (/^\s*[=+@＝＋－＠|]|^\s*-(?!\d+(?:,|$))/.test(cell)) bad += 1; }
      const read = papa.parse<string[]>(text, { delimiter: ',', skipEmptyLines: false }).data.slice(0, -1);
      expect(read.map((cells) => cells.length)).toEqual(lines.map((cells) => cells.length));
      lines.forEach((cells, line) => cells.forEach((cell, at) => { if (typeof cell === 'number') expect(read[line]?.[at]).toBe(String(cell)); else expect(read[line]?.[at]?.replaceAll("'", '')).toBe(cell.replaceAll("'", '')); }));
    }), { numRuns: 500 });
    console.info(`cells tried ${tried}, bad ${bad}`);
    expect(bad).toBe(0);
    expect(tried).toBeGreaterThan(1000);
  });
});
