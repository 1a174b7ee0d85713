import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifierIn, identifiersIn, isNhsNumber } from '../../../lib/model/identifier.js';

/** Made numbers only: the range 999 is never issued. */
const nhs = fc.integer({ min: 0, max: 999_999 }).map((middle) => `999${String(middle).padStart(6, '0')}`).map((nine) => [...'0123456789'].map((last) => nine + last).find(isNhsNumber)).filter((one) => one !== undefined);
const between = fc.constantFrom('', ' ', '-', '\u00a0', '.', '\u2009');
const planted = fc.oneof(
  fc.tuple(nhs, between).map(([n, gap]) => `${n.slice(0, 3)}${gap}${n.slice(3, 6)}${gap}${n.slice(6)}`),
  nhs.map((n) => [...n].map((figure) => String.fromCharCode(figure.charCodeAt(0) + 0xfee0)).join('')),
  fc.tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1920, max: 2020 }), fc.constantFrom('/', '-', '.')).map(([d, m, y, gap]) => `${d}${gap}${String(m).padStart(2, '0')}${gap}${y}`),
  fc.tuple(fc.integer({ min: 1, max: 28 }), fc.constantFrom('Mar', 'March', 'Nov', 'Tachwedd', 'Mawrth', 'o Fehefin', 'Chwef', 'Gorff'), fc.integer({ min: 1920, max: 2020 })).map(([d, m, y]) => `${d} ${m} ${y}`),
  fc.tuple(fc.integer({ min: 1920, max: 2020 }), fc.integer({ min: 10, max: 12 }), fc.integer({ min: 10, max: 28 })).map((parts) => parts.join('-')),
  fc.constantFrom('CF14 4XW', 'cf14 4xw', 'SA6 6NL', 'LL57 2PW', 'W1A 0AX', 'NP20 2UB', 'DOB 3.4.51', 'dyddiad geni: 3-4-51'),
  fc.constantFrom('Megan', 'EVANS', 'evans'),
);
const place = fc.tuple(fc.constantFrom('', 'seen ', '(', 'h/o ', 'x: '), fc.constantFrom('', ' today', ')', ', neurology', '.'));

describe('identifiers in what leaves', () => {
  it('are caught in every field, whatever stands around them, and named by place and kind alone', () => {
    let [tried, missed] = [0, 0];
    fc.assert(fc.property(planted, place, fc.integer({ min: 0, max: 4 }), (one, [before, after], at) => {
      tried += 1;
      const fields = Array.from({ length: 5 }, (_, field) => ({ where: `field ${field}`, text: field === at ? before + one + after : '31 findings per 100 episodes' }));
      const found = identifiersIn(fields, ['EVANS, Megan (Mrs)']);
      if (found.length !== 1 || found[0]?.where !== `field ${at}`) { missed += 1; console.error(fields[at]?.text); }
      expect(JSON.stringify(found)).not.toContain(one);
    }), { numRuns: 2000 });
    console.info(`identifiers planted ${tried}, missed ${missed}`);
    expect(missed).toBe(0);
    expect(tried).toBe(2000);
  });

  it('are not seen in figures, months, codes, editions and hashes', () => {
    const harmless = ['31 findings per 100 episodes, 39 before', '9.8', '2026-11', 'Nov 2026', 'Tach 2026', '383 episodes read in 12 months', 'Sheet starter-7', 'opcs-4.11', 'E11.3', 'C75.1', '1234567890', 'a3f09990012345b', '2026-11-27T10:15:00Z', 'MS 5/7', '1–3', 'B12 deficiency', '0.1234567890', 'W40 1', 'E05 Thyrotoxicosis', '12 Mar', '95 %'];
    const seen = harmless.filter((text) => identifierIn(text) !== null);
    console.info(`harmless texts tried ${harmless.length}, stopped ${seen.length}`);
    expect(seen).toEqual([]);
  });
});
