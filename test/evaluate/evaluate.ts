/** `npm run evaluate -- [FOLDER] [--verbose]`: how well notes are read and coded, on the development sets in FOLDER. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openCoder } from '../../entrypoints/batch/coder.js';
import { evaluateAssertions } from './assertions.js';
import { evaluateCodiesp } from './codiesp.js';
import { evaluateGold, specialtyOf } from './uk-gold.js';

const verbose = process.argv.includes('--verbose');
const folder = process.argv.slice(2).find((one) => !one.startsWith('--')) ?? resolve(import.meta.dirname, '../../../shared/data');
if (!existsSync(join(folder, 'codiesp_dev.jsonl'))) { console.error(`The development sets are not in ${folder}: give their folder.`); process.exit(2); }

const coder = openCoder();
console.info('UK gold notes, development set (coded by language models and adjudicated, not yet checked by an accredited coder)');
evaluateGold((note) => coder.code(note.text, specialtyOf[note.group] ?? null).coding.suggestions, join(folder, 'uk_gold_dev.jsonl'), 'Nodi', verbose);
console.info('\nCodiEsp English, development set, UK codes of four characters');
evaluateCodiesp((text) => coder.code(text, null).coding.suggestions, join(folder, 'codiesp_dev.jsonl'), 'Nodi', verbose);
console.info('\nAssertion');
evaluateAssertions(coder, join(folder, 'assertions_dev.jsonl'), verbose);

const notes = readFileSync(join(folder, 'uk_gold_dev.jsonl'), 'utf8').split('\n').filter(Boolean).map((line) => (JSON.parse(line) as { readonly text: string }).text);
const long = notes.join('\n').slice(0, 20_000);
const times: number[] = [];
for (let run = 0; run < 60; run += 1) { const start = performance.now(); coder.code(long, null); times.push(performance.now() - start); }
console.info(`\na 20 KB note fully coded: median ${(times.slice(20).sort((a, b) => a - b)[20] ?? 0).toFixed(1)} ms`);
