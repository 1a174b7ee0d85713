/** Learns from a board's own coded episodes: `npm run train -- LABELLED MODEL.json`. JSON Lines, CSV or a FHIR R4 Bundle (README, *Training*); read and learned as the dashboard does. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { starterSheet } from '../../assets/starter.js';
import { judgeCodes, textOfFile } from '../../lib/codebook/index.js';
import { largestFile, trainOnFile, wordsOfModel, writeModel } from '../../lib/learning/index.js';
import { identifiersIn, leavingIn } from '../../lib/model/identifier.js';
import type { LabelledFault, LabelledFileFailure, LabelledSummary, TrainingReport } from '../../lib/model/training.js';
import { createRulebook, findSpecialty } from '../../lib/rulebook/index.js';
import { openCoder } from './coder.js';

/** What is wrong with an episode, in a sentence that holds none of its words. */
function sentenceOf(fault: LabelledFault, place: string): string {
  switch (fault.kind) {
    case 'not-json': return 'not JSON';
    case 'shape': return `${fault.field}: expected ${fault.expected}`;
    case 'code': return fault.code === null ? 'something that is no code stands where a code should' : `“${fault.code}” is no code`;
    case 'unknown-code': return `${fault.code} is in no edition of its classification`;
    case 'other-edition': return `${fault.code} is not in ${fault.edition}, which is the edition of its day, but in ${fault.found}`;
    case 'diagnosis-code': return `${fault.code} stands among the procedures and is a code of ICD-10 only`;
    case 'span': return `spans: ${fault.start}–${fault.end} is not in a text of ${fault.length}`;
    case 'cells': return `${fault.found} cells under ${fault.expected} headings`;
    case 'no-codes': return 'no code';
    case 'no-text': return 'no text';
    case 'too-long': return `a text of ${fault.length} characters is too long`;
    case 'same-id': return `the same id as ${place} ${fault.at}: one episode is learned from once`;
  }
}

function whyNot(failure: LabelledFileFailure): string {
  switch (failure.kind) {
    case 'unreadable': return 'It cannot be read';
    case 'too-large': return 'It is larger than 400 MB: give the newest episodes only';
    case 'not-labelled': return 'It is no JSON Lines, no table and no FHIR Bundle of coded episodes';
    case 'no-heading': return `The table has no heading “${failure.heading}”`;
    case 'open-quote': return `Line ${failure.line}: a quotation mark is opened and never closed`;
    case 'not-a-bundle': return 'It is no Bundle of FHIR R4';
    case 'too-few': return `${failure.usable} usable episodes: at least ${failure.needed} are needed`;
  }
}

function printSummary({ format, read, taken, bad, faults, left, order, withoutSpecialty, editions }: LabelledSummary): void {
  const place = format === 'fhir' ? 'Entry' : 'Line';
  for (const { at, fault } of faults) console.error(`${place} ${at}: ${sentenceOf(fault, place.toLowerCase())}`);
  if (bad > faults.length) console.error(`and ${bad - faults.length} more`);
  console.error(`${read} episodes in the file, ${taken} learned from, ${bad} bad${left > 0 ? `, the ${left} oldest left out` : ''}; ${order === 'time' ? 'in order of time' : 'in the order of the file, as not all have a day'}; ${withoutSpecialty} without a specialty that is known`);
  for (const one of editions) console.error(`  ${one.episodes} by ${one.name ?? 'the newest editions, as none of their day is here'}`);
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

function main(): number {
  const [input, output, ...more] = process.argv.slice(2);
  if (!input || !output || more.length > 0) { console.error('A labelled file and a file for the model are needed.\nUsage: npm run train -- LABELLED MODEL.json'); return 2; }
  const made = createRulebook(starterSheet);
  if (!made.ok) throw new Error(JSON.stringify(made.failure));
  let bytes: Uint8Array;
  try { bytes = readFileSync(input); } catch (problem) { console.error(`${input} cannot be read: ${problem instanceof Error ? problem.message : ''}`); return 2; }
  const coder = openCoder();
  const words = coder.clinicalWords();
  const started = performance.now();
  if (bytes.length > largestFile) { console.error(`${whyNot({ kind: 'too-large' })}. No model was written.`); return 1; }
  const steps = trainOnFile(textOfFile(bytes), {
    ...judgeCodes(coder.shelf), learn: coder.learn, isClinical: (word) => words.has(word),
    specialtyOf: (written) => { const found = findSpecialty(made.value, written); return found === 'unknown' ? null : found; },
    textOf64: (data) => { try { return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(data, 'base64')); } catch { return null; } },
  });
  let shown = 0;
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) {
      if (!step.value.ok) { console.error(`${whyNot(step.value.failure)}. No model was written.`); return 1; }
      const { model, report, summary } = step.value.value;
      printSummary(summary);
      const written = writeModel(model);
      if (identifiersIn(leavingIn(wordsOfModel(written))).length > 0) { console.error('What looks like an identifier of a patient stands in the model. No model was written.'); return 1; }
      // All or nothing: a half-written model would be read as a whole one.
      writeFileSync(`${output}.part`, JSON.stringify(written));
      renameSync(`${output}.part`, output);
      printReport(report);
      console.info(`${summary.taken} episodes learned in ${((performance.now() - started) / 1000).toFixed(1)} s`);
      return summary.bad > 0 ? 1 : 0;
    }
    const percent = Math.floor(step.value.done * 10) * 10;
    if (percent > shown) { shown = percent; console.error(`${percent} %`); }
  }
}

process.exit(main());
