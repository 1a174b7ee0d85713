import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { specialtyPacks } from '../../../assets/starter.js';
import { openCoder } from '../../../entrypoints/batch/coder.js';
import { createLexicon, findMentions, isAbbreviation, readText } from '../../../lib/analysis/index.js';
import { lexiconEntries } from '../../../lib/coding/index.js';

const coder = openCoder();
const folder = resolve(import.meta.dirname, '../../../assets/codes');
const codesOf = (name: string): ReadonlySet<string> => new Set(readFileSync(resolve(folder, name), 'utf8').split('\n').map((line) => line.split('\t')[0] ?? ''));
const books = { diagnosis: codesOf('icd10.tsv'), procedure: codesOf('opcs4.tsv') };
/** Codes that are newer than the counted years, or are kept out of them. */
const notCounted = new Set(['C755']);

it('has every pack of the folder', () => { expect(readdirSync(resolve(folder, '../specialties/packs')).sort()).toEqual(specialtyPacks.map(({ id }) => `${id}.json`).sort()); });

describe.each(specialtyPacks.map((pack) => [pack.id, pack] as const))('the %s pack', (id, pack) => {
  it('has codes that the UK lists know, a label, and words', () => {
    const wrong = pack.entries.filter((row) => row.codes.length === 0 || row.terms.length === 0 || row.label.en === '' || row.codes.some((code) => !books[row.kind].has(code) && !notCounted.has(code)));
    expect(wrong.map((row) => `${row.id} ${row.codes.join(' ')}`)).toEqual([]);
    expect(new Set(pack.entries.map((row) => row.id)).size).toBe(pack.entries.length);
  });

  it('finds each of its terms as its own, and leaves it when it is denied', () => {
    // By itself: between packs the specialty and the longer words decide.
    const own = createLexicon(lexiconEntries([pack], { icd10: '', opcs4: '', index: '', synonyms: '' }));
    const bad: string[] = [];
    let tried = 0;
    for (const row of pack.entries) {
      for (const term of row.terms) {
        tried += 1;
        const text = `Seen on the ward about ${term} before lunch.`;
        const found = findMentions(own, readText(coder.asserter, text), id);
        const mine = found.filter((one) => one.concept.codes.join(' ') === row.codes.join(' '));
        if (mine.length === 0 && !row.onlyWhen) bad.push(`${row.id} does not find “${term}”${isAbbreviation(term) ? ' (abbreviation)' : ''}: ${found.map((one) => one.concept.id).join(', ')}`);
        const denied = findMentions(own, readText(coder.asserter, `There is no ${term}.`), id).filter((one) => one.concept.codes.join(' ') === row.codes.join(' '));
        if (denied.some((one) => one.assertion.polarity === 'affirmed')) bad.push(`${row.id} stands though denied: “${term}”`);
      }
      for (const text of row.examples.find) {
        tried += 1;
        if (!findMentions(own, readText(coder.asserter, text), id).some((one) => one.concept.id === row.id)) bad.push(`${row.id} is not found in “${text}”`);
      }
      for (const text of row.examples.leave) {
        tried += 1;
        if (findMentions(own, readText(coder.asserter, text), id).some((one) => one.concept.id === row.id)) bad.push(`${row.id} is found in “${text}”`);
      }
    }
    console.info(`${id}: terms and examples tried ${tried}, bad ${bad.length}`);
    expect(bad.join("\n")).toBe("");
    expect(tried).toBeGreaterThan(7);
  });
});
