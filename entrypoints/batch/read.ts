/** The batch reader: the same pure rooms as in the browser, in Node. `npm run read -- INPUT.jsonl OUTPUT.jsonl` */
import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { starterSheet } from '../../assets/starter.js';
import { createReader } from '../../lib/analysis/index.js';
import { createRulebook, findSpecialty } from '../../lib/rulebook/index.js';

const lineShape = v.object({ id: v.pipe(v.string(), v.minLength(1)), text: v.string(), language: v.optional(v.string()), specialty: v.optional(v.string()), discharged: v.optional(v.string()) });

async function main(): Promise<number> {
  const [input, output, ...more] = process.argv.slice(2);
  if (!input || !output || more.length > 0) {
    console.error('Usage: npm run read -- INPUT.jsonl OUTPUT.jsonl');
    return 2;
  }
  const made = createRulebook(starterSheet);
  if (!made.ok) throw new Error(JSON.stringify(made.failure));
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
      console.error(`Line ${number}: ${checked.issues.map((issue) => `${v.getDotPath(issue) ?? 'the line'}: expected ${issue.expected}`).join('; ')}`);
      continue;
    }
    const { id, text, specialty } = checked.output;
    const started = performance.now();
    const findings = reader.read(text, { specialty: findSpecialty(made.value, specialty ?? null) });
    const milliseconds = Math.round((performance.now() - started) * 1000) / 1000;
    const diagnostics = findings.map(({ rule, severity, span }) => ({ rule, severity, start: span.start, end: span.end }));
    if (!sink.write(`${JSON.stringify({ id, diagnostics, milliseconds })}\n`)) await once(sink, 'drain');
    good += 1;
    if (process.stderr.isTTY && good % 500 === 0) console.error(`${good} read …`);
  }
  sink.end();
  await once(sink, 'finish');
  console.error(`${good} read, ${bad} bad`);
  return bad > 0 ? 1 : 0;
}

process.exit(await main());
