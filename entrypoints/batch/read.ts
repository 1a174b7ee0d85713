/** The batch reader: the same pure rooms as in the browser, in Node. `npm run read -- INPUT.jsonl OUTPUT.jsonl [--depth full|primary] [--criteria FILE] [--specialty NAME] [--classification-date YYYY-MM-DD] [--model MODEL.json]` */
import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { starterSheet } from '../../assets/starter.js';
import { parseArgs } from 'node:util';
import { createReader, readText } from '../../lib/analysis/index.js';
import { atDepth, depthOf, factsOf } from '../../lib/coding/index.js';
import { newest } from '../../lib/codebook/index.js';
import { codeSystems } from '../../lib/model/code.js';
import { enoughEpisodes, readModel, suggestByRecord, withRecord, type LearnedModel } from '../../lib/learning/index.js';
import { isCodable } from '../../lib/model/assertion.js';
import type { CodesOfDay } from '../../lib/model/codebook.js';
import type { DocumentId } from '../../lib/model/document.js';
import { partsOfCodeName } from '../../lib/model/learning.js';
import { unknownEpisode } from '../../lib/model/episode.js';
import { checkExceptions } from '../../lib/model/exception-faults.js';
import type { DepthDecision, ExceptionList } from '../../lib/model/exception.js';
import type { Coding } from '../../lib/model/suggestion.js';
import { createRulebook, findSpecialty } from '../../lib/rulebook/index.js';
import { openCoder, type Coder } from './coder.js';

const offset = v.pipe(v.number(), v.integer(), v.minValue(0));
const day = /^\d{4}-\d\d-\d\d$/;
const isDay = (text: string): boolean => day.test(text) && !Number.isNaN(Date.parse(text));
const dayOfLine = v.optional(v.custom<string>((given) => typeof given === 'string' && isDay(given.slice(0, 10))));
const lineShape = v.object({
  id: v.pipe(v.string(), v.minLength(1)), text: v.string(), language: v.optional(v.string()), specialty: v.optional(v.string()), discharged: dayOfLine, admitted: dayOfLine, patient_class: v.optional(v.string()),
  mentions: v.optional(v.array(v.object({ start: offset, end: offset }))),
});

/** The command line, checked; a sentence for the person where it is wrong. */
function readOptions(): { readonly input: string; readonly output: string; readonly depth: 'full' | 'primary' | null; readonly criteria: string | null; readonly specialty: string | null; readonly date: string | null; readonly model: string | null } | string {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { depth: { type: 'string' }, criteria: { type: 'string' }, specialty: { type: 'string' }, 'classification-date': { type: 'string' }, model: { type: 'string' } } });
    const [input, output, ...more] = positionals;
    const { depth = null, criteria = null, specialty = null, 'classification-date': date = null, model = null } = values;
    if (!input || !output || more.length > 0) return 'An input file and an output file are needed.';
    if (depth !== null && depth !== 'full' && depth !== 'primary') return `--depth is full or primary, not ${depth}.`;
    if (date !== null && !isDay(date)) return `--classification-date is a day as YYYY-MM-DD, not ${date}.`;
    if (depth !== null && criteria !== null) return '--depth sets the depth for all lines, --criteria for each by its facts: one of the two.';
    return { input, output, depth, criteria, specialty, date, model };
  } catch (problem) { return problem instanceof Error ? problem.message : 'The options cannot be read.'; }
}

/** The model in a file, or a sentence that says why there is none. */
function openModel(path: string): LearnedModel | string {
  let data: unknown;
  try { data = JSON.parse(readFileSync(path, 'utf8')); } catch (problem) { return `--model ${path} cannot be read: ${problem instanceof Error ? problem.message.replace(/["“].*["”]/s, '…') : 'unreadable'}`; }
  const read = readModel(data);
  if (read.ok) return read.value;
  const { failure } = read;
  return `--model ${path}: ${failure.kind === 'not-a-model' ? 'not a model of Nodi' : failure.kind === 'other-schema' ? `written by another version (schema ${failure.found})` : `damaged in its part “${failure.part}”; nothing of it was used`}`;
}

/** The list of exceptions in a file, or a sentence that says why there is none. */
function openCriteria(path: string): ExceptionList | string {
  let data: unknown;
  try { data = JSON.parse(readFileSync(path, 'utf8')); } catch (problem) { return `--criteria ${path} cannot be read: ${problem instanceof Error ? problem.message.replace(/["“].*["”]/s, '…') : 'unreadable'}`; }
  const read = checkExceptions(data);
  return read.ok ? read.value : `--criteria ${path}: ${read.failure.faults.map(({ at, part, problem }) => `${at === null ? 'the list' : `criterion ${at + 1}`}, ${part}: ${problem}`).join('; ')}`;
}

/** The engine's answer with the record's word. It decides what is offered where it has learned enough of the specialty; of codes that the edition of the day has. */
function byRecord(coder: Coder, model: LearnedModel, text: string, specialty: string | null, coding: Coding, depth: 'full' | 'primary', codes: CodesOfDay): Coding {
  const learned = suggestByRecord(model, coder.learn(text, specialty)).filter(({ name }) => { const { system, code } = partsOfCodeName(name); return codes.entry(system, code) !== null; });
  const decides = depth === 'full' && (model.specialties.get(specialty ?? '*') ?? 0) >= enoughEpisodes;
  return withRecord(coding, learned, { decides, evidenceAt: (span) => ({ document: 'note' as DocumentId, version: 1, span }), labelOf: (name) => ({ en: codes.entry(partsOfCodeName(name).system, partsOfCodeName(name).code)?.title ?? partsOfCodeName(name).code }) });
}

async function main(): Promise<number> {
  const options = readOptions();
  if (typeof options === 'string') {
    console.error(`${options}\nUsage: npm run read -- INPUT.jsonl OUTPUT.jsonl [--depth full|primary] [--criteria FILE] [--specialty NAME] [--classification-date YYYY-MM-DD] [--model MODEL.json]`);
    return 2;
  }
  const { input, output } = options;
  const made = createRulebook(starterSheet);
  if (!made.ok) throw new Error(JSON.stringify(made.failure));
  if (options.specialty !== null && findSpecialty(made.value, options.specialty) === 'unknown') { console.error(`--specialty ${options.specialty} is not known: ${made.value.specialties.map(({ id }) => id).join(', ')}`); return 2; }
  const coder = openCoder();
  const byDefault = coder.shelf.on(options.date === null ? newest : { day: options.date, ground: 'discharged' });
  for (const system of codeSystems) {
    if (options.date === null) continue;
    const edition = byDefault.systems[system];
    // No list is ever used for a day that is not its own.
    if (!edition.ok) { console.error(`--classification-date ${options.date}: no edition of ${system} for that day (${edition.failure.kind}${edition.failure.nearest ? `, ${edition.failure.nearest}` : ''})`); return 2; }
    console.error(`${system}: ${edition.value.name}`);
  }
  const model = options.model === null ? null : openModel(options.model);
  if (typeof model === 'string') { console.error(model); return 2; }
  const criteria = options.criteria === null ? null : openCriteria(options.criteria);
  if (typeof criteria === 'string') { console.error(criteria); return 2; }
  if (criteria?.status === 'placeholder') console.error('--criteria: a placeholder, to be replaced by the health board’s list');
  const reader = createReader(made.value, { noisyOn: [] });
  const source = createReadStream(input, 'utf8');
  const opened = await Promise.race([once(source, 'open').then(() => null), once(source, 'error').then(([problem]) => problem as Error)]).catch((problem: Error) => problem);
  if (opened) { console.error(`${input} cannot be read: ${opened.message}`); return 2; }
  const sink = createWriteStream(output, 'utf8');
  const created = await Promise.race([once(sink, 'open').then(() => null), once(sink, 'error').then(([problem]) => problem as Error)]).catch((problem: Error) => problem);
  if (created) { console.error(`${output} cannot be written: ${created.message}`); return 2; }

  let number = 0;
  let good = 0;
  let bad = 0;
  let unlisted = 0;
  for await (const raw of createInterface({ input: source, crlfDelay: Infinity })) {
    number += 1;
    const line = number === 1 ? raw.replace(/^\uFEFF/, '') : raw;
    if (line.trim() === '') continue;
    let parsed: unknown;
    try { parsed = JSON.parse(line); } catch (problem) {
      bad += 1;
      console.error(`Line ${number}: not JSON (${problem instanceof Error ? problem.message.replace(/["“].*["”]/s, '…') : 'unreadable'})`);
      continue;
    }
    const checked = v.safeParse(lineShape, parsed);
    if (!checked.success) {
      bad += 1;
      console.error(`Line ${number}: ${checked.issues.map((issue) => `${v.getDotPath(issue) ?? 'the line'}: expected ${issue.expected === 'unknown' ? 'a day as YYYY-MM-DD' : issue.expected}`).join('; ')}`);
      continue;
    }
    const { id, text } = checked.output;
    const wild = (checked.output.mentions ?? []).find(({ start, end }) => start > end || end > text.length);
    if (wild) {
      bad += 1;
      console.error(`Line ${number}: mentions: ${wild.start}–${wild.end} is not in a text of ${text.length}`);
      continue;
    }
    const specialty = findSpecialty(made.value, checked.output.specialty ?? options.specialty);
    const started = performance.now();
    const findings = reader.read(text, { specialty });
    const { discharged } = checked.output;
    const codes = discharged === undefined ? byDefault : coder.shelf.on({ day: discharged.slice(0, 10), ground: 'discharged' });
    const within = specialty === 'unknown' ? null : specialty;
    const { mentions, coding: inFull } = coder.code(text, within, 'full', codes);
    const { admitted = null, patient_class: patientClass = null } = checked.output;
    const decision: DepthDecision = criteria
      ? depthOf(criteria.criteria, factsOf({
        episode: { ...unknownEpisode, admitted: admitted?.slice(0, 10) ?? null, discharged: discharged?.slice(0, 10) ?? null, patientClass },
        texts: [text], treatmentFunction: made.value.specialties.find(({ id: one }) => one === specialty)?.treatmentFunction ?? null, coding: inFull, coded: null, answers: {},
      }), 'primary', discharged?.slice(0, 10) ?? options.date)
      : { depth: options.depth ?? 'full', ground: { kind: 'department' }, missing: [] };
    const { depth, ground, missing } = decision;
    const byEngine = atDepth(inFull, depth);
    const coding = model ? byRecord(coder, model, text, within, byEngine, depth, codes) : byEngine;
    const withheld = codeSystems.filter((system) => !codes.systems[system].ok);
    if (withheld.length > 0) unlisted += 1;
    const milliseconds = Math.round((performance.now() - started) * 1000) / 1000;
    const whole = checked.output.mentions ? readText(coder.asserter, text) : null;
    const record = {
      id,
      // Under primary_only what is not coded is unknown, never absent.
      coding_depth: depth === 'full' ? 'full' : 'primary_only',
      ...(criteria ? { criterion: ground.kind === 'criterion' ? ground.id : null, missing } : {}),
      diagnostics: findings.map(({ rule, severity, span }) => ({ rule, severity, start: span.start, end: span.end })),
      mentions: mentions.map(({ span, concept, assertion }) => ({ start: span.start, end: span.end, concept: concept.id, ...assertion, codable: isCodable(assertion) })),
      suggestions: coding.suggestions.map((one) => ({ classification: one.system, code: one.code, role: one.role, position: one.position, confidence: Math.round(one.confidence * 1000) / 1000, shown: one.shown, evidence: one.evidence.map(({ span }) => span), because: one.because })),
      rejected: coding.rejected.map((one) => ({ classification: one.system, code: one.code, start: one.evidence.span.start, end: one.evidence.span.end, because: one.because })),
      ...(whole && checked.output.mentions ? { assertions: checked.output.mentions.map((span) => whole.assert(span, coder.isLongTerm(text.slice(span.start, span.end), specialty)).assertion) } : {}),
      // Said, never answered from another edition.
      ...(withheld.length > 0 ? { withheld } : {}),
      milliseconds,
    };
    if (!sink.write(`${JSON.stringify(record)}\n`)) await once(sink, 'drain');
    good += 1;
    if (process.stderr.isTTY && good % 500 === 0) console.error(`${good} read …`);
  }
  sink.end();
  await once(sink, 'finish');
  if (unlisted > 0) console.error(`${unlisted} with codes withheld: no edition for their day of discharge`);
  console.error(`${good} read, ${bad} bad`);
  return bad > 0 ? 1 : 0;
}

process.exit(await main());
