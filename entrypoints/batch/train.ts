/** Learns from a board's own coded episodes: `npm run train -- LABELLED.jsonl MODEL.json`. Lines: `{"id","text","codes":[…],"spans"?:[{"start","end","code"}],"specialty"?,"date"?,"coding_depth"?}`. */
import { createReadStream, writeFileSync, renameSync } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { starterSheet } from '../../assets/starter.js';
import { newest } from '../../lib/codebook/index.js';
import { readLabelledLine, train, vocabularyOf, writeModel, type LabelledEpisode, type LabelledFault, type TrainingReport } from '../../lib/learning/index.js';
import type { LabelledCase } from '../../lib/model/learning.js';
import { createRulebook, findSpecialty } from '../../lib/rulebook/index.js';
import { openCoder } from './coder.js';

/** What is wrong with a line, in a sentence that holds none of its words. */
function sentenceOf(fault: LabelledFault): string {
  switch (fault.kind) {
    case 'not-json': return 'not JSON';
    case 'shape': return `${fault.field}: expected ${fault.expected}`;
    case 'code': return `“${fault.code}” is no code`;
    case 'unknown-code': return `${fault.code} is in no edition of its classification`;
    case 'span': return `spans: ${fault.start}–${fault.end} is not in a text of ${fault.length}`;
  }
}

function printReport({ learnedFrom, heldOut, specialties, codes, reliability, calibrationError }: TrainingReport): void {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(8);
  console.info(`Measured on the newest ${heldOut} episodes after learning from the ${learnedFrom} before them:`);
  console.info('  specialty        episodes   before: precision   recall      F1   after: precision   recall      F1');
  for (const { specialty, episodes, before, after } of specialties) {
    console.info(`  ${(specialty === '*' ? 'all' : specialty).padEnd(16)} ${String(episodes).padStart(8)}           ${percent(before.precision)} ${percent(before.recall)} ${percent(before.f1)}          ${percent(after.precision)} ${percent(after.recall)} ${percent(after.f1)}`);
  }
  const line = (row: TrainingReport['codes'][number]): string => `  ${row.name}: in ${row.gold}, found ${row.foundBefore} → ${row.foundAfter}, false ${row.falseBefore} → ${row.falseAfter}`;
  console.info(`Codes that gained most:\n${codes.slice(0, 10).map(line).join('\n')}\nCodes that lost most:\n${codes.slice(-5).reverse().map(line).join('\n')}`);
  console.info(`How sure it says it is, against how often it was right (expected calibration error ${calibrationError.toFixed(3)}):`);
  for (const { from, to, said, right, all } of reliability) if (all > 0) console.info(`  ${from.toFixed(1)}–${to.toFixed(1)}: said ${said.toFixed(2)}, right ${(right / all).toFixed(2)} of ${all}`);
}

async function main(): Promise<number> {
  const [input, output, ...more] = process.argv.slice(2);
  if (!input || !output || more.length > 0) { console.error('A labelled file and a file for the model are needed.\nUsage: npm run train -- LABELLED.jsonl MODEL.json'); return 2; }
  const made = createRulebook(starterSheet);
  if (!made.ok) throw new Error(JSON.stringify(made.failure));
  const coder = openCoder();
  const latest = coder.shelf.on(newest);
  const source = createReadStream(input, 'utf8');
  const opened = await Promise.race([once(source, 'open').then(() => null), once(source, 'error').then(([problem]) => problem as Error)]).catch((problem: Error) => problem);
  if (opened) { console.error(`${input} cannot be read: ${opened.message}`); return 2; }
  const started = performance.now();
  const episodes: { readonly episode: LabelledEpisode; readonly specialty: string | null }[] = [];
  const seen = new Map<string, number>();
  let number = 0;
  let bad = 0;
  for await (const raw of createInterface({ input: source, crlfDelay: Infinity })) {
    number += 1;
    const line = number === 1 ? raw.replace(/^\uFEFF/, '') : raw;
    if (line.trim() === '') continue;
    const read = readLabelledLine(line, (system, code) => latest.entry(system, code) !== null);
    if (!read.ok) { bad += 1; console.error(`Line ${number}: ${sentenceOf(read.failure)}`); continue; }
    const before = seen.get(read.value.id);
    if (before !== undefined) { bad += 1; console.error(`Line ${number}: the same id as line ${before}: one episode is learned from once`); continue; }
    seen.set(read.value.id, number);
    const specialty = findSpecialty(made.value, read.value.specialty);
    episodes.push({ episode: read.value, specialty: specialty === 'unknown' ? null : specialty });
  }
  if (episodes.length < 10) { console.error(`${episodes.length} usable episodes of ${number} lines: at least 10 are needed, so no model was written.`); return 1; }
  // In order of time; those without a day stand where the file has them.
  if (episodes.every(({ episode }) => episode.date !== null)) episodes.sort((a, b) => ((a.episode.date ?? '') < (b.episode.date ?? '') ? -1 : 1));
  const shipped = coder.clinicalWords();
  const cases = episodes.map(({ episode, specialty }): LabelledCase & { readonly text: string } => ({ ...coder.learn(episode.text, specialty), codes: episode.codes, spans: episode.spans, depth: episode.depth, text: episode.text }));
  const vocabulary = vocabularyOf(cases, (word) => shipped.has(word));
  console.error(`${episodes.length} episodes read, ${bad} lines bad; ${vocabulary.size} words may be remembered`);
  const steps = train(cases, vocabulary);
  let shown = 0;
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) {
      // All or nothing: a half-written model would be read as a whole one.
      writeFileSync(`${output}.part`, JSON.stringify(writeModel(step.value.model)));
      renameSync(`${output}.part`, output);
      printReport(step.value.report);
      console.info(`${episodes.length} episodes learned in ${((performance.now() - started) / 1000).toFixed(1)} s`);
      return bad > 0 ? 1 : 0;
    }
    const percent = Math.floor(step.value.done * 10) * 10;
    if (percent > shown) { shown = percent; console.error(`${percent} %`); }
  }
}

process.exit(await main());
