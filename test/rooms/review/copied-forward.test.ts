import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findCopies, shortestCopy } from '../../../lib/review/index.js';

const sentence = 'She had four minutes of slurred speech on Monday: ?TIA.';

it('counts a sentence in four notes once, in the note with the earliest date', () => {
  const notes = ['2026-11-04', '2026-11-02', null, '2026-11-03'].map((date, at) => ({ date, text: `Note ${at}. ${sentence} Seen again, all was well.` }));
  const copies = findCopies(notes);
  expect(copies.map((one) => one.length)).toEqual([1, 0, 1, 1]);
  expect(copies.flat().every(({ from }) => from === 1)).toBe(true);
  for (const [at, list] of copies.entries()) for (const { span } of list) expect(notes[at]?.text.slice(span.start, span.end).trim()).toBe(sentence);
});

it('leaves short sentences, and the same sentence twice in one note', () => {
  expect(findCopies([{ date: null, text: 'Settled night. SOB.' }, { date: null, text: 'Settled night. SOB.' }])).toEqual([[], []]);
  expect(findCopies([{ date: null, text: `${sentence} ${sentence}` }])).toEqual([[]]);
});

it('finds for any notes exactly the long sentences that an earlier note has', () => {
  let tried = 0;
  const words = fc.array(fc.constantFrom('one longer sentence that is carried forward here', 'a second sentence that is long enough to be copied', 'short', 'third words of a note that nobody else has written yet'), { maxLength: 4 });
  fc.assert(fc.property(fc.array(words, { maxLength: 5 }), (notes) => {
    tried += 1;
    const copies = findCopies(notes.map((list) => ({ date: null, text: list.map((one) => `${one}.`).join(' ') })));
    const seen = new Set<string>();
    notes.forEach((list, at) => {
      expect(copies[at]?.length).toBe(list.filter((one) => one.length >= shortestCopy && seen.has(one)).length);
      for (const one of list) seen.add(one);
    });
  }), { numRuns: 300 });
  console.info(`records of notes tried ${tried}, bad 0`);
  expect(tried).toBe(300);
});
