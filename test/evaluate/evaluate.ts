/** `npm run evaluate -- [FOLDER] [--verbose]`: how well notes are read and coded, on the development sets in FOLDER. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openCoder, type Coder, type Question } from '../../entrypoints/batch/coder.js';
import { codingRules } from '../../lib/coding/index.js';
import type { DocumentId } from '../../lib/model/document.js';
import type { Suggestion } from '../../lib/model/suggestion.js';
import { evaluateAssertions } from './assertions.js';
import { evaluateCodiesp, readCases } from './codiesp.js';
import { evaluateLearning } from './learning.js';
import { evaluateGold, goldNotes, secondNotes, specialtyOf } from './uk-gold.js';

const verbose = process.argv.includes('--verbose');
const folder = process.argv.slice(2).find((one) => !one.startsWith('--')) ?? resolve(import.meta.dirname, '../../../shared/data');
if (!existsSync(join(folder, 'codiesp_dev.jsonl'))) { console.error(`The development sets are not in ${folder}: give their folder.`); process.exit(2); }

const opened = performance.now();
const coder = openCoder();
coder.code('Diagnosis: migraine', null);
const cold = performance.now() - opened;
const memory = process.memoryUsage();
const layers: readonly (readonly [string, Coder])[] = [
  ['without assertion', openCoder({ assertion: false })], ['without packs', openCoder({ packs: false })], ['without index', openCoder({ index: false })],
];
/** The dictionary alone: every term of the shipped index and synonyms that stands in the text is a code; nothing is read around it. */
const dictionary = openCoder({ packs: false, assertion: false });
const baseline = (text: string): readonly Suggestion[] => {
  const seen = new Set<string>();
  return dictionary.code(text, null).mentions.flatMap((mention, at): Suggestion[] => {
    const code = mention.concept.codes[0];
    const name = `${mention.concept.system} ${code}`;
    if (seen.has(name)) return [];
    seen.add(name);
    return [{ system: mention.concept.system, code, label: { en: '' }, role: at === 0 ? 'primary' : 'secondary', position: at, confidence: 0.5, band: 'slight', grounds: [], shown: true, evidence: [{ document: 'note' as DocumentId, version: 1, span: mention.span }], because: [], group: at, prompts: [] }];
  });
};

const gold = goldNotes(join(folder, 'uk_gold_dev.jsonl'));
console.info('UK gold notes, development set (coded by language models and adjudicated, not yet checked by an accredited coder)');
evaluateGold((note) => coder.code(note.text, specialtyOf[note.group] ?? null).coding.suggestions, gold, 'Nodi', verbose);
for (const [name, one] of layers) evaluateGold((note) => one.code(note.text, specialtyOf[note.group] ?? null).coding.suggestions, gold, name, false);
evaluateGold((note) => baseline(note.text), gold, 'baseline: dictionary of the shipped terms', false);
const texts = join(folder, 'mtsamples_dev.jsonl');
if (existsSync(texts)) {
  console.info('\nSecond set of UK-coded notes (coded by a language model, not checked by an accredited coder)');
  // B, D and E are for reporting: their errors are never shown.
  for (const part of ['A', 'B', 'C', 'D', 'E'] as const) {
    const isRead = part === 'A' || part === 'C';
    evaluateGold((note) => coder.code(note.text, specialtyOf[note.group] ?? null).coding.suggestions, secondNotes(part, texts), `part ${part}, ${isRead ? 'may be read while words and rules are improved' : 'for reporting only'}`, verbose && isRead);
  }
}
console.info('\nCodiEsp English, development set, UK codes of four characters');
const cases = readCases(join(folder, 'codiesp_dev.jsonl'));
evaluateCodiesp((text) => coder.code(text, null).coding.suggestions, cases, 'Nodi', verbose);
for (const [name, one] of layers) evaluateCodiesp((text) => one.code(text, null).coding.suggestions, cases, name, false);
evaluateCodiesp(baseline, cases, 'baseline: dictionary of the shipped terms', false);
console.info('\nEach rule taken away (only what changes; the notes are read once)');
const asked = new Map<string, Question>();
const without = (text: string, specialty: string | null, off: ReadonlySet<string>): readonly Suggestion[] => {
  const held = asked.get(text) ?? coder.ask(text, specialty);
  asked.set(text, held);
  return coder.again({ ...held, rulesOff: off }).suggestions;
};
// Half A may be looked at; half B never guides a change.
const looked = [...gold, ...(existsSync(texts) ? secondNotes('A', texts) : [])];
const figures = (off: ReadonlySet<string>): readonly string[] => {
  const { f1, map } = evaluateCodiesp((text) => without(text, null, off), cases, null, false);
  return [`UK notes ${evaluateGold((note) => without(note.text, specialtyOf[note.group] ?? null, off), looked, null, false)}`, `CodiEsp F1 ${f1.toFixed(4)} MAP ${map.toFixed(4)}`];
};
const every = figures(new Set());
console.info(`  all ${codingRules.length} rules: ${every.join('; ')}`);
for (const { id } of codingRules) {
  const changed = figures(new Set([id])).filter((line) => !every.includes(line));
  console.info(`  without ${id}: ${changed.join('; ') || 'no change on these notes'}`);
}
console.info('\nAssertion');
evaluateAssertions(coder, folder, verbose);

const long = gold.map((note) => note.text).join('\n').slice(0, 20_000);
const times: number[] = [];
for (let run = 0; run < 60; run += 1) { const start = performance.now(); coder.code(long, null); times.push(performance.now() - start); }
console.info(`\na 20 KB note fully coded: median ${(times.slice(20).sort((a, b) => a - b)[20] ?? 0).toFixed(1)} ms`);
console.info(`lists opened and a first note coded: ${cold.toFixed(0)} ms; heap ${(memory.heapUsed / 1e6).toFixed(0)} MB, buffers ${(memory.arrayBuffers / 1e6).toFixed(1)} MB`);

const labelled = join(folder, 'codiesp_train.jsonl');
if (existsSync(labelled)) {
  console.info('\nLearning from CodiEsp train, measured on dev (not learned from)');
  evaluateLearning(coder, labelled, join(folder, 'codiesp_dev.jsonl'));
}
