import { readFileSync } from 'node:fs';
import english from '../../assets/languages/en-GB/reading.json';
import welsh from '../../assets/languages/cy/reading.json';
import { createAsserter, readText } from '../../lib/analysis/index.js';
import type { Assertion } from '../../lib/model/assertion.js';
import type { LanguageReading } from '../../lib/model/language-reading.js';

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

/** Prints F1 for each label and the examples that were read otherwise. */
export function evaluateAssertions(file: string, isLongTerm: (mention: string) => boolean): void {
  const asserter = createAsserter([english, welsh] as unknown as LanguageReading[]);
  const examples = readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Example);
  const counts = new Map<string, { hit: number; said: number; gold: number }>();
  const count = (label: string): { hit: number; said: number; gold: number } => { const held = counts.get(label) ?? { hit: 0, said: 0, gold: 0 }; counts.set(label, held); return held; };
  let right = 0;
  for (const one of examples) {
    const { assertion } = readText(asserter, one.sentence).assert(one, isLongTerm(one.mention));
    const said = labelOf(assertion);
    count(one.label).gold += 1;
    count(said).said += 1;
    if (said === one.label) { count(said).hit += 1; right += 1; } else console.info(`  ${one.id} ${one.label} read as ${said}: ${one.sentence.slice(0, one.start)}[${one.mention}]${one.sentence.slice(one.end)}`);
  }
  for (const [label, { hit, said, gold }] of counts) console.info(`  ${label}: F1 ${((2 * hit) / (said + gold)).toFixed(3)} (${gold})`);
  console.info(`assertions tried ${examples.length}, right ${right}`);
}
