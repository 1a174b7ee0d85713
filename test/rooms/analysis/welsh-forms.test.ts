/** Welsh as it is written: a word's first letter changes with the word before it (treigladau), and the note is read all the same. */
import { describe, expect, it } from 'vitest';
import { lexiconWords, specialtyPacks, starterSheet } from '../../../assets/starter.js';
import { openCoder } from '../../../entrypoints/batch/coder.js';
import { createLexicon, createReader, findMentions, readText } from '../../../lib/analysis/index.js';
import { lexiconEntries } from '../../../lib/coding/index.js';
import { createRulebook } from '../../../lib/rulebook/index.js';

/**
 * The table of mutations as grammars print it, kept apart from the product's: radical, then soft, nasal, aspirate (P. W. Thomas, Gramadeg y Gymraeg).
 * A radical that a mutation leaves alone has a dash there; g falls away in the soft mutation.
 */
const table = `p b mh ph|t d nh th|c g ngh ch|b f m -|d dd n -|g _ ng -|m f - -|ll l - -|rh r - -`.split('|').map((line) => line.split(' ') as [string, ...string[]]);
const neverChanged = /^(?:ch|dd|ff|ng|ph|th)/;

/** Every mutated form of a Welsh word, by that table; and h before a vowel, after ei and eu. */
function formsOf(word: string): string[] {
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '');
  // Particles stay as they are.
  if (/^(?:yn|i|o|ni|ar)$/.test(plain)) return [];
  if (/^[aeiouwy]/.test(plain)) return [`h${word}`];
  if (neverChanged.test(plain)) return [];
  const row = table.filter(([radical]) => plain.startsWith(radical)).sort((a, b) => b[0].length - a[0].length)[0];
  return row ? row.slice(1).filter((one) => one !== '-').map((one) => (one === '_' ? '' : one) + word.slice(row[0].length)) : [];
}

const made = createRulebook(starterSheet);
if (!made.ok) throw new Error('the starter sheet');
const rulebook = made.value;

describe('Welsh in a note', () => {
  it('has every Welsh form of the sheet found under each of its mutations, in a Welsh and in a mixed line', () => {
    const bad: string[] = [];
    let tried = 0;
    for (const rule of rulebook.rules) {
      const reader = createReader({ ...rulebook, rules: [{ ...rule, unless: null, onlyWhen: null }] }, { noisyOn: 'all' });
      for (const form of rule.forms.filter(({ language, match }) => language === 'cy' && match === 'words')) {
        const [first = '', ...rest] = form.text.split(' ');
        for (const written of [form.text, ...formsOf(first).map((one) => [one, ...rest].join(' '))]) {
          for (const line of [`Nodwyd ${written} ar y ward heddiw.`, `O/E well, ${written}; r/v in clinic.`, `${written.charAt(0).toUpperCase()}${written.slice(1)}.`]) {
            tried += 1;
            const found = reader.read(line, { specialty: 'unknown' });
            if (!found.some((one) => one.rule === rule.id)) bad.push(`${rule.id} “${line}”`);
          }
        }
      }
    }
    console.info(`Welsh forms of the sheet: tried ${tried}, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect(tried).toBeGreaterThan(200);
  });

  it('has every Welsh term of the packs found under each mutation of its first word, as the same condition', () => {
    const { asserter } = openCoder();
    const welsh = new Set(lexiconWords.words.mutated);
    const bad: string[] = [];
    let tried = 0;
    for (const pack of specialtyPacks) {
      const lexicon = createLexicon(lexiconEntries([pack], { icd10: '', opcs4: '', index: '', synonyms: '' }), lexiconWords);
      const mentioned = (text: string): string[] => findMentions(lexicon, readText(asserter, text), pack.id).map(({ concept }) => concept.codes.join(' '));
      for (const row of pack.entries) {
        for (const term of row.terms) {
          const [first = '', ...rest] = term.split(' ');
          if (!welsh.has(first.toLowerCase()) || row.onlyWhen) continue;
          for (const form of formsOf(first.toLowerCase())) {
            tried += 1;
            const written = [form, ...rest].join(' ');
            if (!mentioned(`Mae ganddi ${written} ers blynyddoedd.`).some((codes) => codes === row.codes.join(' '))) bad.push(`${row.id} “${written}”`);
          }
        }
      }
    }
    console.info(`mutated terms of the packs: tried ${tried}, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect(tried).toBeGreaterThan(150);
  });
});
