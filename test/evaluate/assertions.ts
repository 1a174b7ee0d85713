import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Coder } from '../../entrypoints/batch/coder.js';
import { readText } from '../../lib/analysis/index.js';
import type { Assertion } from '../../lib/model/assertion.js';

/** A mention in its text with the label that a reader gave it. */
interface Example { readonly id: string; readonly text: string; readonly start: number; readonly end: number; readonly label: string }
/** Examples of one kind. The held-out half of ours was set apart before any rule was changed for it. */
interface Part { readonly name: string; readonly half: 'development' | 'held-out'; readonly examples: readonly Example[] }

/** One label for a mention, in the order that the data set's description gives; `other` (a wife, a donor) stands beside `family`. */
export function labelOf(assertion: Assertion): string {
  if (assertion.subject !== 'patient') return assertion.subject;
  if (assertion.polarity === 'negated') return 'negated';
  if (assertion.temporality === 'hypothetical') return 'hypothetical';
  if (assertion.certainty === 'uncertain') return 'uncertain';
  if (assertion.certainty === 'codable') return 'codable_uncertain';
  return assertion.temporality === 'historical' ? 'historical' : 'present';
}

function rows(file: string): readonly unknown[] {
  return readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as unknown);
}

/** `Denies {haematuria|negated}`: the marked words and the label of each. Lines alternate between the halves. */
function readMarked(name: string): readonly Part[] {
  const lines = readFileSync(join(import.meta.dirname, `assertions-${name}.txt`), 'utf8').split('\n').filter(Boolean).map((line, at) => {
    let text = '';
    let from = 0;
    const found: Omit<Example, 'text'>[] = [];
    for (const match of line.matchAll(/\{([^{}|]+)\|([a-z_]+)\}/g)) {
      const [whole, words = '', label = ''] = match;
      text += line.slice(from, match.index) + words;
      found.push({ id: `${name} ${at + 1}`, start: text.length - words.length, end: text.length, label });
      from = match.index + whole.length;
    }
    text += line.slice(from);
    return found.map((one) => ({ ...one, text }));
  });
  return (['development', 'held-out'] as const).map((half, odd) => ({ name, half, examples: lines.filter((_, at) => at % 2 === odd).flat() }));
}

/** Mentions in whole public notes, labelled by reading; the texts are those of the folder, only their places are kept here. */
function readReal(folder: string): readonly Part[] {
  interface Place { readonly source: 'mtsamples' | 'codiesp'; readonly id: string; readonly start: number; readonly end: number; readonly mention: string; readonly label: string; readonly half: Part['half'] }
  const texts = new Map<string, string>();
  for (const [source, file] of [['mtsamples', 'mtsamples_dev.jsonl'], ['codiesp', 'codiesp_train.jsonl']] as const) for (const { id, text } of rows(join(folder, file)) as readonly { readonly id: string; readonly text: string }[]) texts.set(`${source} ${id}`, text);
  const places = (rows(join(import.meta.dirname, 'assertions-real.jsonl')) as readonly Place[]).map((place) => {
    const text = texts.get(`${place.source} ${place.id}`) ?? '';
    if (text.slice(place.start, place.end) !== place.mention) throw new Error(`${place.source} ${place.id} has other words at ${place.start}`);
    return { ...place, id: `${place.source} ${place.id}`, text };
  });
  return (['development', 'held-out'] as const).map((half) => ({ name: 'real', half, examples: places.filter((place) => place.half === half) }));
}

/** Prints F1 for each label, accuracy for each part, and the development examples that were read otherwise. */
export function evaluateAssertions(coder: Coder, folder: string, verbose: boolean): void {
  const given = (rows(join(folder, 'assertions_dev.jsonl')) as readonly (Example & { readonly sentence: string })[]).map((one) => ({ ...one, text: one.sentence }));
  const parts: readonly Part[] = [{ name: 'given', half: 'development', examples: given }, ...readReal(folder), ...readMarked('uk'), ...readMarked('cy')];
  for (const half of ['development', 'held-out'] as const) {
    const counts = new Map<string, { hit: number; said: number; gold: number }>();
    const count = (label: string): { hit: number; said: number; gold: number } => { const held = counts.get(label) ?? { hit: 0, said: 0, gold: 0 }; counts.set(label, held); return held; };
    const lines: string[] = [];
    for (const { name, examples } of parts.filter((part) => part.half === half)) {
      let right = 0;
      for (const one of examples) {
        const said = labelOf(readText(coder.asserter, one.text).assert(one, coder.isLongTerm(one.text.slice(one.start, one.end), null)).assertion);
        count(one.label).gold += 1;
        count(said).said += 1;
        if (said === one.label) { count(said).hit += 1; right += 1; } else if (verbose && half === 'development') console.info(`  ${one.id} ${one.label} read as ${said}: ${one.text.slice(Math.max(0, one.start - 130), one.start).replaceAll('\n', ' / ')}[${one.text.slice(one.start, one.end)}]${one.text.slice(one.end, one.end + 60).replaceAll('\n', ' / ')}`);
      }
      lines.push(`  ${name}: right ${right} of ${examples.length} (${((100 * right) / examples.length).toFixed(1)} %)`);
    }
    console.info(`  ${half} half`);
    for (const [label, { hit, said, gold }] of [...counts].sort()) console.info(`  ${label.padEnd(18)} F1 ${said + gold === 0 ? '-' : ((2 * hit) / (said + gold)).toFixed(3)}  P ${said === 0 ? '-' : (hit / said).toFixed(3)}  R ${gold === 0 ? '-' : (hit / gold).toFixed(3)}  (${gold})`);
    for (const line of lines) console.info(line);
  }
}
