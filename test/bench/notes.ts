import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../harness/chromium-page.js';

/** A repeatable random number below `below`. */
export function createDice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => { state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff; return (state >>> 8) % below; };
}

function wordsOf(part: unknown): string[] {
  if (typeof part === 'string') return [part];
  if (Array.isArray(part)) return part.flatMap(wordsOf);
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(wordsOf) : [];
}

/** The notes of the sample record, one string a document. */
export function sampleNotes(): readonly string[] {
  const folder = join(root, 'assets/demo/patients');
  return readdirSync(folder).flatMap((file) => (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { documents: { parts?: unknown }[] }[]).flatMap((person) => person.documents.map((entry) => wordsOf(entry.parts).join('\n\n'))));
}

/** Real notes of the folder that NODI_DATA names, or none: `mtsamples_dev.jsonl`, one `{"text"}` a line. */
export function realNotes(): readonly string[] {
  const file = join(process.env['NODI_DATA'] ?? join(root, '../shared/data'), 'mtsamples_dev.jsonl');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => (JSON.parse(line) as { text: string }).text) : [];
}

/** Notes of about so many UTF-16 units, made of the given ones again and again. */
export function notesOf(size: number, from: readonly string[]): string {
  const parts: string[] = [];
  for (let length = 0, at = 0; length < size; at += 1) { const part = from[at % from.length] as string; parts.push(part); length += part.length + 2; }
  return parts.join('\n\n').slice(0, size);
}

/**
 * So many different terms of one to five words: half of the words from the notes, half invented, so that many matches begin and few end.
 * The commonest 300 words of the notes (“the”, “was”, “patient”) are no clinical terms and stand in none.
 */
export function inventedTerms(count: number, from: readonly string[]): readonly string[] {
  const dice = createDice(11);
  const counts = new Map<string, number>();
  for (const word of from.join(' ').toLowerCase().match(/[a-z]{3,}/g) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  const real = [...counts].sort((a, b) => b[1] - a[1]).slice(300).map(([word]) => word);
  const heads = ['cardio', 'neuro', 'gastro', 'osteo', 'myelo', 'hepato', 'nephro', 'dermo', 'angio', 'arthro', 'broncho', 'cysto', 'entero', 'haemo', 'lympho', 'masto', 'oculo', 'pneumo', 'retino', 'spondylo'];
  const middles = ['cyt', 'sten', 'plast', 'scler', 'path', 'troph', 'gen', 'lys', 'phag', 'spasm', 'dyn', 'therm', 'graph', 'metr', 'tom', 'blast'];
  const tails = ['ia', 'itis', 'osis', 'oma', 'ectomy', 'otomy', 'opathy', 'ic', 'al', 'oid', 'ism', 'us', 'a', 'um', 'ium', 'ation'];
  const word = (): string => (dice(2) === 0 ? real[dice(real.length)] as string : `${heads[dice(heads.length)]}${middles[dice(middles.length)]}${tails[dice(tails.length)]}`);
  const terms = new Set<string>();
  while (terms.size < count) terms.add(Array.from({ length: 1 + dice(5) }, word).join(' '));
  return [...terms];
}
