/** How fast codes are searched, over everything that ships and an edition of titles besides. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { specialtyPacks } from '../../assets/starter.js';
import { createCodeFinder, createCodeShelf, shippedLists } from '../../lib/codebook/index.js';
import type { CodeList } from '../../lib/model/codebook.js';
import { root } from '../harness/chromium-page.js';
import { median, type Figure } from './figures.js';

const textOf = (name: string): string => readFileSync(join(root, 'assets/codes', name), 'utf8');
/** As people ask: by code, by beginnings, by words, with letters wrong, by a line of a note, and what is nowhere. */
const questions = ['c', 'C7', 'S72.0', 'cat', 'cataract', 'fracture neck femur', 'haemorrhage', 'hypothiroidism', 'phacoemulsifcation of lense', 'other specified operations', 'left-sided carpal tunnel decompression performed uneventfully under local', 'cronic inflamatory demyelinating polyneuropathy elective imunoglobulin infusion', 'qqqqqqqqqq wwwwwwwwww'];
const rounds = 15;

/** Figures of the search, each letter of each question asked on its own as it is typed. */
export function benchCodes(): readonly Figure[] {
  const shipped = shippedLists({ icd10: textOf('icd10.tsv'), opcs4: textOf('opcs4.tsv') });
  // As many titles as a health board's own ICD-10 brings, made of the index's words.
  const index = textOf('icd10-index.tsv').split('\n');
  const own: CodeList = { summary: { system: 'ICD-10', name: 'ICD-10 5th Edition', from: '2016-04-01', to: null, codes: 0, titles: true, source: 'imported' }, entries: (shipped[0]?.entries ?? []).map((entry, at) => ({ ...entry, title: `${index[at]?.split('\t')[1] ?? ''} - title ${at}` })) };
  const lists = [...shipped, own];
  const before = performance.now();
  const finder = createCodeFinder(createCodeShelf(lists), { lists, terms: [textOf('icd10-synonyms.tsv'), textOf('icd10-index.tsv')], packs: specialtyPacks });
  const made = performance.now() - before;
  const asked = questions.flatMap((words) => Array.from({ length: words.length }, (_, at) => words.slice(0, at + 1)));
  const times: number[] = [];
  let slowest = 0;
  for (const words of asked) {
    const each: number[] = [];
    for (let round = 0; round < rounds; round += 1) { const start = performance.now(); finder.find(words, { day: '2026-11-27', ground: 'today' }); each.push(performance.now() - start); }
    const time = median(each);
    times.push(time);
    slowest = Math.max(slowest, time);
  }
  return [
    { name: `codes: a question to the search, median of ${asked.length}`, value: median(times), unit: 'ms', goal: { atMost: 10 } },
    { name: 'codes: the slowest question to the search', value: slowest, unit: 'ms', goal: { atMost: 50 } },
    { name: 'codes: the search is made, once', value: made, unit: 'ms', goal: null },
  ];
}
