import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultFhirNames } from '../../../lib/sync/fhir-bundle.js';
import { mostOfSharedFile, readStatementBundle } from '../../../lib/sync/read-statement-bundle.js';
import { mergeStatements, standingOnce, type SharedStatement } from '../../../lib/model/shared-statement.js';
import { createStatementFold } from '../../../lib/sync/shared-statement.js';
import { statementBundle } from '../../../lib/sync/statement-bundle.js';
import { inventedLog, machineOf } from './invented-log.js';

const saidBy = (rows: number, seed: number): readonly SharedStatement[] => { const fold = createStatementFold(machineOf(seed)); for (const row of inventedLog(rows, seed, 12)) fold.add(row); return fold.all(); };
const file = (statements: readonly SharedStatement[]): string => JSON.stringify(statementBundle(statements, defaultFhirNames));
const read = (text: string): ReturnType<typeof readStatementBundle> => readStatementBundle(text, defaultFhirNames);

describe('what machines tell each other', () => {
  it('comes back from a file as it went, and merges the same in any order and however often', () => {
    let tried = 0;
    fc.assert(fc.property(fc.integer({ min: 0, max: 80 }), fc.array(fc.integer({ min: 1, max: 1e6 }), { minLength: 3, maxLength: 3 }), (rows, seeds) => {
      const [a = [], b = [], c = []] = seeds.map((seed) => saidBy(rows, seed));
      const back = read(file(a));
      expect(back.ok && back.value).toEqual(mergeStatements(a));
      const all = mergeStatements(a, b, c);
      expect(mergeStatements(mergeStatements(c, b), a, b, all)).toEqual(all);
      const both = read(JSON.stringify({ resourceType: 'Bundle', entry: [...statementBundle(b, defaultFhirNames).entry, ...statementBundle(a, defaultFhirNames).entry] }));
      expect(both.ok && both.value).toEqual(mergeStatements(a, b));
      tried += 1;
    }), { numRuns: 60 });
    expect(tried).toBe(60);
    console.log(`shared files: tried ${tried}, bad 0`);
  });

  it('counts a finding that was taken back no more, and again once it is brought back, while another row of the same stands', () => {
    const [row] = inventedLog(1, 3);
    if (row?.kind !== 'finding-logged') throw new Error('no finding');
    const next = (sequence: number, part: object): typeof row => ({ ...row, id: `00000003-0000-4000-8000-00000000010${sequence}`, sequence, wall: row.wall - 60_000 * sequence, ...part }) as typeof row;
    const fold = createStatementFold(machineOf(3));
    const stands = (one: typeof row): readonly [boolean, number] => { const key = fold.add(one) ?? ''; return [fold.stateOf(key)?.stands ?? false, fold.all().length]; };
    expect(stands(row)).toEqual([true, 1]);
    const second = next(2, {});
    expect(stands(second)).toEqual([true, 1]);
    expect(stands(next(3, { kind: 'undone', undoes: row.id }))).toEqual([true, 1]);
    const undo = next(4, { kind: 'undone', undoes: second.id });
    expect(stands(undo)).toEqual([false, 1]);
    expect(stands(next(5, { kind: 'undone', undoes: undo.id }))).toEqual([true, 1]);
    // The clock ran backwards all the while: the last word is still the newest.
    expect(fold.all()[0]?.at).toBe(row.wall + 4);
  });

  it('stands while one coder has not taken it back, whatever the clocks say; of one machine the later row counts, not the later clock', () => {
    const [row] = inventedLog(1, 3);
    if (row?.kind !== 'finding-logged') throw new Error('no finding');
    const [a, b] = [createStatementFold(machineOf(1)), createStatementFold(machineOf(2))];
    const key = a.add(row) ?? '';
    expect(b.add({ ...row, id: '00000004-0000-4000-8000-000000000001' as typeof row.id, minutes: 3 })).toBe(key);
    const before = a.all();
    // The other coder takes it back, by a clock a year ahead.
    b.add({ ...row, kind: 'undone', undoes: '00000004-0000-4000-8000-000000000001', id: '00000004-0000-4000-8000-000000000002', sequence: 2, wall: row.wall + 31_536_000_000 } as unknown as typeof row);
    expect(standingOnce(mergeStatements(a.all(), b.all()))).toEqual(a.all());
    // By a clock put back: its earlier word in an older file comes later and changes nothing.
    a.add({ ...row, kind: 'undone', undoes: row.id, id: '00000003-0000-4000-8000-000000000002', sequence: 2, wall: row.wall - 31_536_000_000 } as unknown as typeof row);
    expect(standingOnce(mergeStatements(a.all(), before, b.all()))).toEqual([]);
  });

  it('refuses a hostile, huge or malformed file whole, with the entry and the place', () => {
    const statements = saidBy(60, 9);
    const bundle = statementBundle(statements, defaultFhirNames);
    const word = 'MARKER Llewelyn 999 000 0000';
    let tried = 0;
    const refused = (text: string): unknown => { tried += 1; const answer = read(text); expect(JSON.stringify(answer)).not.toContain('MARKER'); return answer.ok ? 'taken' : answer.failure; };
    expect(refused('{')).toEqual({ kind: 'not-a-bundle' });
    expect(refused('[]')).toEqual({ kind: 'not-a-bundle' });
    expect(refused(`"${'x'.repeat(mostOfSharedFile.characters)}"`)).toEqual({ kind: 'too-large' });
    expect(refused(JSON.stringify({ resourceType: 'Bundle', entry: Array(mostOfSharedFile.entries + 1).fill(0) }))).toEqual({ kind: 'too-large' });
    expect(refused(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)).toEqual({ kind: 'not-a-bundle' });

    /** Every leaf of every entry in turn holds what it should not. */
    const spoil = (value: unknown, with_: unknown, at: { left: number }): unknown => {
      if (typeof value === 'object' && value !== null) return Array.isArray(value) ? value.map((item) => spoil(item, with_, at)) : Object.fromEntries(Object.entries(value).map(([name, item]) => [name, spoil(item, with_, at)]));
      at.left -= 1;
      return at.left === -1 ? with_ : value;
    };
    for (const index of [0, bundle.entry.length - 1, bundle.entry.findIndex(({ resource }) => resource.resourceType === 'Task')]) {
      for (let leaf = 0; ; leaf += 1) {
        const at = { left: leaf };
        const spoilt = spoil(bundle.entry[index]?.resource, word, at);
        if (at.left >= 0) break;
        const failure = refused(JSON.stringify({ ...bundle, entry: bundle.entry.map((entry, place) => (place === index ? { resource: spoilt } : entry)) }));
        // A field whose name is not ours is no field of ours: then what it told is missing.
        expect(failure === 'taken' ? failure : (failure as { readonly kind: string }).kind).toMatch(/^bad-(entry|pair)$|^taken$/);
        if (failure === 'taken') {
          const answer = read(JSON.stringify({ ...bundle, entry: bundle.entry.map((entry, place) => (place === index ? { resource: spoilt } : entry)) }));
          expect(answer.ok && JSON.stringify(answer.value)).not.toContain('MARKER');
        }
      }
    }
    const [first, ...others] = bundle.entry;
    for (const extra of [{ note: [{ text: word }] }, { patient: { display: word } }, { detail: word }, { __proto__2: word }]) {
      expect(refused(JSON.stringify({ ...bundle, entry: [...others, { resource: { ...first?.resource, ...extra } }] }))).toEqual({ kind: 'bad-entry', entry: bundle.entry.length, field: Object.keys(extra)[0] });
    }
    expect(tried).toBeGreaterThan(60);
    console.log(`hostile shared files: tried ${tried}, half taken 0`);
  });
});
