import { readFileSync } from 'node:fs';
import type { Coder } from '../../entrypoints/batch/coder.js';
import { readText } from '../../lib/analysis/index.js';
import type { Assertion } from '../../lib/model/assertion.js';

interface Example { readonly id: string; readonly source: string; readonly sentence: string; readonly start: number; readonly end: number; readonly mention: string; readonly label: string }

/** One label for a mention, in the order that the data set's description gives. */
export function labelOf(assertion: Assertion): string {
  if (assertion.subject === 'family') return 'family';
  if (assertion.polarity === 'negated') return 'negated';
  if (assertion.temporality === 'hypothetical') return 'hypothetical';
  if (assertion.certainty === 'uncertain') return 'uncertain';
  if (assertion.certainty === 'codable') return 'codable_uncertain';
  return assertion.temporality === 'historical' ? 'historical' : 'present';
}

/** Prints F1 for each label, accuracy for each part, and the examples that were read otherwise. */
export function evaluateAssertions(coder: Coder, file: string, verbose: boolean): void {
  const examples = readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Example);
  const counts = new Map<string, { hit: number; said: number; gold: number }>();
  const parts = new Map<string, { right: number; all: number }>();
  const count = (label: string): { hit: number; said: number; gold: number } => { const held = counts.get(label) ?? { hit: 0, said: 0, gold: 0 }; counts.set(label, held); return held; };
  for (const one of examples) {
    const { assertion } = readText(coder.asserter, one.sentence).assert(one, coder.isLongTerm(one.mention, null));
    const said = labelOf(assertion);
    const part = parts.get(one.source) ?? { right: 0, all: 0 };
    parts.set(one.source, part);
    part.all += 1;
    count(one.label).gold += 1;
    count(said).said += 1;
    if (said === one.label) { count(said).hit += 1; part.right += 1; } else if (verbose) console.info(`  ${one.id} ${one.label} read as ${said}: ${one.sentence.slice(0, one.start)}[${one.mention}]${one.sentence.slice(one.end)}`);
  }
  for (const [label, { hit, said, gold }] of counts) console.info(`  ${label.padEnd(18)} F1 ${((2 * hit) / (said + gold)).toFixed(3)}  (${gold})`);
  for (const [part, { right, all }] of parts) console.info(`  ${part}: right ${right} of ${all}`);
}
