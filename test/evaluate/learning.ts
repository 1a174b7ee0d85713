import { readFileSync } from 'node:fs';
import type { Coder } from '../../entrypoints/batch/coder.js';
import { oneKeyBar, passesBar, reliability, suggestByRecord, train, vocabularyOf, wilsonLower, type LearnedModel, type Outcome } from '../../lib/learning/index.js';
import { readCode } from '../../lib/model/code.js';
import { codeName, type CodeName, type LabelledCase } from '../../lib/model/learning.js';

interface CodiespCase {
  readonly id: string; readonly text: string; readonly text_es: string; readonly codes: readonly string[];
  readonly evidence_es: readonly { readonly label: string; readonly code: string; readonly spans: readonly (readonly [number, number])[] }[];
}
type Case = LabelledCase & { readonly text: string };

/** The UK form of a code of the American edition, where the case has it. */
function ukForm(written: string, codes: ReadonlySet<string>): CodeName | null {
  const four = written.toUpperCase().replace('.', '').slice(0, 4);
  const found = [four, four.padEnd(4, 'X'), `${four.slice(0, 3)}X`].find((one) => codes.has(one));
  const code = found === undefined ? null : readCode(found);
  return code && codeName('ICD-10', code);
}

function casesOf(coder: Coder, file: string, spanish: boolean): readonly Case[] {
  return readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => {
    const one = JSON.parse(line) as CodiespCase;
    const codes = new Set(one.codes);
    const text = spanish ? one.text_es : one.text;
    const spans = spanish ? one.evidence_es.flatMap(({ label, code, spans: places }) => {
      const name = label === 'DIAGNOSTICO' && places.length === 1 ? ukForm(code, codes) : null;
      const [place] = places;
      return name && place ? [{ start: place[0], end: place[1], name }] : [];
    }) : [];
    return { ...coder.learn(text, null), codes: [...codes].flatMap((code) => { const read = readCode(code); return read ? [codeName('ICD-10', read)] : []; }), spans, depth: 'full', text };
  });
}

/** Trains to the end. */
export function learned(cases: readonly Case[], shipped: ReadonlySet<string>): LearnedModel {
  const steps = train(cases, vocabularyOf(cases, (word) => shipped.has(word)));
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value.model;
}

function score(model: LearnedModel, cases: readonly Case[]): string {
  let hit = 0, said = 0, gold = 0, sum = 0;
  const outcomes: Outcome[] = [];
  for (const one of cases) {
    const wanted = new Set(one.codes);
    let right = 0, precision = 0;
    suggestByRecord(model, one).filter(({ name }) => name.startsWith('ICD-10')).forEach(({ name, confidence, shown }, rank) => {
      if (wanted.has(name)) { right += 1; precision += right / (rank + 1); }
      if (!shown) return;
      said += 1;
      if (wanted.has(name)) hit += 1;
      outcomes.push({ sure: confidence, right: wanted.has(name) });
    });
    gold += wanted.size;
    sum += wanted.size === 0 ? 0 : precision / wanted.size;
  }
  const surest = [...outcomes].sort((a, b) => b.sure - a.sure);
  const top = (share: number): string => { const part = surest.slice(0, Math.ceil(surest.length * share)); return (part.filter(({ right }) => right).length / Math.max(1, part.length)).toFixed(3); };
  return `P ${(hit / said).toFixed(3)} R ${(hit / gold).toFixed(3)} F1 ${((2 * hit) / (said + gold)).toFixed(3)} MAP ${(sum / cases.length).toFixed(3)} | top 10/20/30 % ${top(0.1)} ${top(0.2)} ${top(0.3)} | calibration error of what is offered ${reliability(outcomes).error.toFixed(3)}`;
}

/**
 * How good one-key proposals would be: of the codes on offer the share whose words pass the bar (the number of coders is waived: the set has one),
 * and how many of them were right; then the same for the fifth of the offer that has the best record by Wilson's lower bound.
 */
export function oneKeyFigures(model: LearnedModel, cases: readonly Case[]): string {
  const offered = cases.flatMap((one) => suggestByRecord(model, one).filter(({ name, shown }) => shown && name.startsWith('ICD-10'))
    .map(({ name, record, confidence }) => ({ right: one.codes.includes(name), passes: record !== null && passesBar({ ...record, coders: oneKeyBar.coders }), least: record ? wilsonLower(record.accepted, record.seen) : 0, confidence })));
  const figure = (part: typeof offered): string => `${((100 * part.length) / Math.max(1, offered.length)).toFixed(1)} % of ${offered.length} on offer, precision ${part.length === 0 ? '–' : (part.filter(({ right }) => right).length / part.length).toFixed(3)}`;
  const fifth = [...offered].sort((a, b) => b.least - a.least || b.confidence - a.confidence).slice(0, Math.ceil(offered.length / 5));
  return `one-key (share ≥ ${oneKeyBar.least} at the least, ${oneKeyBar.episodes} episodes, coders waived): ${figure(offered.filter(({ passes }) => passes))} | best fifth by record: ${figure(fifth)} | goal ≥ 0.980 at ≥ 20 %`;
}

/** Prints how much is learned from so many cases (train) for cases not seen (dev): English with the codes alone, and the Spanish originals with the words that prove them. */
export function evaluateLearning(coder: Coder, trainFile: string, devFile: string): void {
  const shipped = coder.clinicalWords();
  for (const [name, spanish, counts] of [['English, codes of the document only', false, [25, 50, 100, 250, 500]], ['Spanish, codes with their words', true, [25, 50, 100, 250, 500]]] as const) {
    const from = casesOf(coder, trainFile, spanish);
    const on = casesOf(coder, devFile, spanish);
    console.info(name);
    for (const count of counts) {
      const started = performance.now();
      const model = learned(from.slice(0, count), shipped);
      console.info(`  ${String(count).padStart(3)} cases: ${score(model, on)} | ${((performance.now() - started) / 1000).toFixed(1)} s`);
      if (count === counts.at(-1)) console.info(`             ${oneKeyFigures(model, on)}`);
    }
  }
}
