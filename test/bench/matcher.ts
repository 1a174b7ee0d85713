/** How fast the pure rooms read: against a bare loop over the same text, and against the best published matcher. */
import AhoCorasick from 'modern-ahocorasick';
import { starterSheet } from '../../assets/starter.js';
import { compileWords, createReader, openWords, scanWords } from '../../lib/analysis/index.js';
import { createRulebook } from '../../lib/rulebook/index.js';
import { median, type Figure } from './figures.js';
import { inventedTerms, realNotes, sampleNotes } from './notes.js';

const rounds = 7;

/** Milliseconds of CPU of one run of each, taken in turn so that a busy machine slows all alike; the median of several rounds. */
function race(runs: Readonly<Record<string, () => void>>): Readonly<Record<string, number>> {
  const times: Record<string, number[]> = {};
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, run] of Object.entries(runs)) {
      const before = process.cpuUsage();
      run();
      const { user, system } = process.cpuUsage(before);
      // The first round warms up.
      if (round > 0) (times[name] ??= []).push((user + system) / 1000);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

let sink = 0;
export const isUsed = (): boolean => sink !== 1;
const bareLoop = (text: string): void => { let sum = 0; for (let at = 0; at < text.length; at += 1) sum = (sum + text.charCodeAt(at)) | 0; sink ^= sum; };

/** Figures of the matcher and the reader. */
export function benchMatcher(): readonly Figure[] {
  const real = realNotes();
  const notes = real.length > 0 ? real : sampleNotes();
  // Note by note, as records are read; the other matcher slows down on one text of millions.
  const texts = notes.length >= 400 ? notes : Array.from({ length: 400 }, (_, at) => notes[at % notes.length] as string);
  const units = texts.reduce((sum, text) => sum + text.length, 0);
  const rulebook = createRulebook(starterSheet);
  if (!rulebook.ok) throw new Error('The sheet does not pass its own check');
  const reader = createReader(rulebook.value, { noisyOn: [] });
  const terms = inventedTerms(100_000, notes);
  const buffer = compileWords(terms.map((term, payload) => ({ text: term, payload, caseSensitive: false })));
  const sheet = openWords(compileWords(rulebook.value.rules.flatMap((rule, payload) => rule.forms.filter((form) => form.match === 'words').map((form) => ({ text: form.text, payload, caseSensitive: form.caseSensitive })))));
  const large = openWords(buffer);
  const theirs = new AhoCorasick(terms as string[]);
  const lower = texts.map((text) => text.toLowerCase());
  let ours = 0;
  let other = 0;
  const took = race({
    bare: () => { for (let again = 0; again < 8; again += 1) for (const text of texts) bareLoop(text); },
    sheet: () => { for (const text of texts) scanWords(sheet, text, () => { sink += 1; }, null); },
    reader: () => { for (const text of texts) sink ^= reader.read(text, { specialty: 'unknown' }).length; },
    large: () => { ours = 0; for (const text of texts) scanWords(large, text, () => { ours += 1; }, null); },
    theirs: () => { other = 0; for (const text of lower) other += theirs.search(text).length; },
  });
  const bare = (took['bare'] as number) / 8;
  const opening: number[] = [];
  for (let time = 0; time < 200; time += 1) { const before = performance.now(); openWords(buffer); opening.push(performance.now() - before); }
  const characters = terms.reduce((sum, term) => sum + term.length, 0);
  console.info(`notes: ${real.length > 0 ? `${real.length} real notes` : 'the sample record'}, ${(units / 1e6).toFixed(1)} million units; matches with 100,000 terms: ours ${ours} (whole words), theirs ${other} (any characters)`);
  return [
    { name: 'matcher: the sheet’s words, share of a bare charCodeAt loop', value: (100 * bare) / (took['sheet'] as number), unit: '%', goal: null },
    { name: 'matcher: the whole reading by the sheet, share of the loop', value: (100 * bare) / (took['reader'] as number), unit: '%', goal: null },
    { name: 'matcher: 100,000 terms, share of a bare charCodeAt loop', value: (100 * bare) / (took['large'] as number), unit: '%', goal: { atLeast: 8 } },
    { name: 'matcher: 100,000 terms, times as fast as modern-ahocorasick', value: (took['theirs'] as number) / (took['large'] as number), unit: '×', goal: { atLeast: 4 } },
    { name: 'matcher: 100,000 terms', value: units / 1000 / (took['large'] as number), unit: 'M units/s', goal: null },
    { name: 'matcher: 100,000 terms opened from one ArrayBuffer', value: median(opening), unit: 'ms', goal: null },
    { name: 'matcher: bytes a pattern character', value: buffer.byteLength / characters, unit: 'bytes', goal: { atMost: 3 } },
  ];
}
