/** What it costs to learn from a board's own coded episodes: time, memory, and how long a person waits for a pause. */
import { openCoder, shippedCodes } from '../../entrypoints/batch/coder.js';
import { judgeCodes } from '../../lib/codebook/index.js';
import { mostEpisodes, trainOnFile, writeModel } from '../../lib/learning/index.js';
import type { Figure } from './figures.js';
import { createDice, sampleNotes } from './notes.js';

/** A file of so many invented episodes of some 250 words: sentences of the sample record, and one for each of one to six codes of four hundred, the common ones more often. */
function inventedFile(count: number): string {
  const dice = createDice(5);
  const terms = new Map<string, string[]>();
  const { icd10, index } = shippedCodes();
  const valid = new Set(icd10.split('\n').map((line) => line.split('\t')[0]));
  for (const [code = '', term = ''] of index.split('\n').map((line) => line.split('\t'))) if (valid.has(code) && term.split(' ').length > 1) { const held = terms.get(code); if (held) held.push(term); else terms.set(code, [term]); }
  const codes = [...terms.keys()].filter((_, at) => at % Math.floor(terms.size / 400) === 0).slice(0, 400);
  const sentences = sampleNotes().flatMap((note) => note.split(/(?<=\.)\s+/)).filter((sentence) => sentence.length > 20);
  const pick = <Item>(items: readonly Item[]): Item => items[dice(items.length)] as Item;
  return Array.from({ length: count }, (_, id) => {
    const given = [...new Set(Array.from({ length: 1 + dice(6) }, () => codes[Math.min(dice(codes.length), dice(codes.length), dice(codes.length))] as string))];
    const parts = [...Array.from({ length: 14 }, () => pick(sentences)), ...given.map((code) => `Known ${pick(terms.get(code) ?? [''])}.`)];
    for (let at = parts.length - 1; at > 0; at -= 1) { const other = dice(at + 1); [parts[at], parts[other]] = [parts[other] as string, parts[at] as string]; }
    return JSON.stringify({ id: String(id), text: parts.join(' '), codes: given, specialty: pick(['Neurology', 'Ophthalmology', 'Rheumatology']) });
  }).join('\n');
}

interface Cost { readonly seconds: number; /** Of one processor, for a machine that does other things too. */ readonly work: number; readonly megabytes: number; readonly longest: { readonly milliseconds: number; readonly step: string }; readonly model: number; readonly words: number }

function costOf(count: number): Cost {
  const text = inventedFile(count);
  const words = text.split(' ').length / count;
  const coder = openCoder();
  const clinical = coder.clinicalWords();
  coder.learn('Known multiple sclerosis.', null);
  const before = process.memoryUsage();
  const started = performance.now();
  const worked = process.cpuUsage();
  const steps = trainOnFile(text, { ...judgeCodes(coder.shelf), learn: coder.learn, isClinical: (word) => clinical.has(word), specialtyOf: (written) => written?.toLowerCase() ?? null, textOf64: () => null });
  let peak = 0;
  let longest = { milliseconds: 0, step: '' };
  let step = '';
  for (let turn = 0; ; turn += 1) {
    const since = process.cpuUsage();
    const next = steps.next();
    const spent = process.cpuUsage(since);
    const milliseconds = (spent.user + spent.system) / 1000;
    if (!next.done) step = next.value.step;
    if (milliseconds > longest.milliseconds) longest = { milliseconds, step: next.done ? `after ${step}` : step };
    if (turn % 50 === 0) { const { heapUsed, arrayBuffers } = process.memoryUsage(); peak = Math.max(peak, heapUsed + arrayBuffers - before.heapUsed - before.arrayBuffers); }
    if (!next.done) continue;
    if (!next.value.ok) throw new Error(next.value.failure.kind);
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(worked);
    return { seconds, work: (user + system) / 1e6, megabytes: peak / 1e6, longest, words, model: JSON.stringify(writeModel(next.value.value.model)).length / 1e6 };
  }
}

/** Ten thousand episodes, and as many as are learned from at once; the browser's worker does the same in the same way. */
export function benchTraining(): readonly Figure[] {
  return [10_000, mostEpisodes].flatMap((count): readonly Figure[] => {
    const { seconds, work, megabytes, longest, model, words } = costOf(count);
    const name = `training: ${count.toLocaleString('en-GB')} episodes`;
    return [
      { name: `${name} of ${Math.round(words)} words, read and learned`, value: seconds, unit: 's', goal: count === 10_000 ? { atMost: 60 } : null },
      { name: `${name}, the same as work of one processor`, value: work, unit: 's', goal: count === 10_000 ? { atMost: 60 } : null },
      { name: `${name}, most memory held (with garbage)`, value: megabytes, unit: 'MB', goal: null },
      { name: `${name}, the model as a file`, value: model, unit: 'MB', goal: { atMost: 20 } },
      { name: `${name}, longest work between two looks at a pause (${longest.step})`, value: longest.milliseconds, unit: 'ms', goal: { atMost: 1000 } },
    ];
  });
}
