/** A text tried by a whole sheet: the few entries that could stand in it find what all of them would, and of ten thousand few are read. */
import { describe, expect, it } from 'vitest';
import { starterSheet } from '../../../assets/starter.js';
import { inSlices } from '../../../entrypoints/dashboard/in-slices.js';
import { createSheetTrial } from '../../../entrypoints/dashboard/try-sheet.js';
import { createReader } from '../../../lib/analysis/index.js';
import { createRulebook, shippedEdition } from '../../../lib/rulebook/index.js';

const made = createRulebook(starterSheet);
if (!made.ok) throw new Error('the starter sheet is not sound');
const shipped = made.value;
const { entries } = shippedEdition(shipped);

/** All steps at once, and how many there were. */
function drain<Result>(work: Generator<unknown, Result>): readonly [Result, number] {
  for (let steps = 0; ; steps += 1) { const step = work.next(); if (step.done) return [step.value, steps]; }
}

describe('a text that is tried', () => {
  it('is marked as a reader of the whole sheet marks it, whatever example of the sheet it is', () => {
    const whole = createReader(shipped, { noisyOn: 'all' });
    const trial = createSheetTrial(shipped);
    let [tried, marks] = [0, 0];
    for (const { examples, appliesTo } of entries) for (const { text, specialty } of [...examples.find, ...examples.leave]) {
      const where = specialty ?? (appliesTo === 'all' ? 'unknown' : appliesTo[0] ?? 'unknown');
      for (const written of [text, tried % 2 === 0 ? text.toUpperCase() : `${text.replaceAll(' ', '-')} 5`]) {
        const wanted = whole.read(written, { specialty: where }).map(({ span, severity }) => ({ start: span.start, end: span.end, verdict: severity }));
        expect(drain(trial(entries, written, where))[0], written).toEqual(wanted);
        tried += 1;
        marks += wanted.length;
      }
    }
    console.info(`texts tried ${tried}, marks ${marks}, bad 0`);
    expect(tried).toBeGreaterThan(1500);
    expect(marks).toBeGreaterThan(1000);
  });
});

describe('work in slices', () => {
  it('lets the page answer every few milliseconds, says how far it is, and ends without a word when it is given up', () => {
    let [clock, tasks] = [0, 0];
    const waiting: (() => void)[] = [];
    const later = (go: () => void): void => { waiting.push(go); };
    const runAll = (most = Infinity): void => { for (; waiting.length > 0 && tasks < most; tasks += 1) waiting.shift()?.(); };
    const longest: number[] = [];
    const work = function* (): Generator<number, string> { for (let at = 1; at <= 100; at += 1) { clock += 3; yield at; } return 'done'; };
    const said: (string | number)[] = [];
    let begun = clock;
    inSlices(work(), { signal: new AbortController().signal, now: () => clock, later: (go) => later(() => { begun = clock; go(); longest.push(clock - begun); }), onSlice: (step) => said.push(step), onDone: (all) => said.push(all) });
    expect(clock).toBe(0);
    runAll();
    expect([said.at(-1), said.length, Math.max(...longest)]).toEqual(['done', 34, 9]);
    const end = new AbortController();
    const count = said.length;
    inSlices(work(), { signal: end.signal, now: () => clock, later, onDone: (all) => said.push(all) });
    tasks = 0;
    runAll(3);
    end.abort();
    runAll();
    expect([said.length, waiting.length]).toEqual([count, 0]);
  });
});
