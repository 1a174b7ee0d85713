import fc from 'fast-check';
import { expect, it } from 'vitest';
import { homeRow, labelsFor } from '../../../lib/model/mark-label.js';

it('marks have letters of the home row, none beginning another, with the fewest keys in all, the shorter first', () => {
  let tried = 0;
  fc.assert(fc.property(fc.integer({ min: 0, max: 400 }), (count) => {
    tried += 1;
    const labels = labelsFor(count);
    expect(labels).toHaveLength(count);
    expect(new Set(labels).size).toBe(count);
    const sorted = [...labels].sort();
    for (const [at, label] of sorted.entries()) {
      expect([...label].every((letter) => homeRow.includes(letter))).toBe(true);
      // In order of the alphabet a label stands directly before those that it begins.
      expect(sorted[at + 1]?.startsWith(label) ?? false).toBe(false);
    }
    const lengths = labels.map(({ length }) => length);
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    expect((lengths.at(-1) ?? 0) - (lengths[0] ?? 0)).toBeLessThanOrEqual(1);
    // Huffman over equal weights: no prefix-free naming by nine letters needs fewer keys.
    const weights = Array.from({ length: count }, () => 1);
    while (count > 1 && (weights.length - 1) % (homeRow.length - 1) !== 0) weights.push(0);
    let keys = 0;
    while (weights.length > 1) { weights.sort((a, b) => a - b); const sum = weights.splice(0, homeRow.length).reduce((all, one) => all + one, 0); keys += sum; weights.push(sum); }
    expect(lengths.reduce((all, one) => all + one, 0)).toBe(count === 1 ? 1 : keys);
  }), { numRuns: 120 });
  console.info(`label sets: tried ${tried}, bad 0`);
  expect(tried).toBeGreaterThan(100);
});

it('a few marks have one letter each, in the order of the row', () => {
  expect(labelsFor(3)).toEqual(['a', 's', 'd']);
  expect(labelsFor(9).join('')).toBe(homeRow);
  expect(labelsFor(10)).toEqual(['a', 's', 'd', 'f', 'g', 'h', 'j', 'k', 'la', 'ls']);
});
