import type { CaseWord, CodeName } from '../model/learning.js';
import { stem, type Vocabulary } from './phrase.js';

/** A code by the whole wording of a note: weights of words for each code (ridge regression, one against the rest). Pairs of words were tried and gained nothing. */
export interface WordingModel {
  /** Inverse document frequency by feature. */
  readonly rarity: ReadonlyMap<string, number>;
  readonly codes: readonly CodeName[];
  /** By feature: places in `codes` and weights, the small ones left out. */
  readonly weights: ReadonlyMap<string, { readonly codes: Uint16Array; readonly values: Float32Array }>;
}

export interface WordingOptions {
  /** Episodes that a feature, and a code, must be in. */
  readonly feature: number;
  readonly code: number;
  readonly penalty: number;
  readonly rounds: number;
  /** Most weights that are kept for a code. */
  readonly kept: number;
}

export const usualWording: WordingOptions = { feature: 2, code: 2, penalty: 1, rounds: 8, kept: 300 };

/** Episodes between two looks at a pause. */
const often = 500;

interface Example { readonly words: readonly CaseWord[]; readonly codes: readonly CodeName[] }

/** Words with how often they stand there. */
function countWords(words: readonly CaseWord[], vocabulary: Vocabulary): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) {
    const text = stem(word.folded);
    if (vocabulary(text)) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

/** Unit vector of a document: (1 + ln tf) · idf, in the order of `known`. */
function vectorOf(counts: ReadonlyMap<string, number>, rarity: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  const parts: [string, number][] = [];
  let square = 0;
  for (const [feature, count] of counts) {
    const idf = rarity.get(feature);
    if (idf === undefined) continue;
    const value = (1 + Math.log(count)) * idf;
    parts.push([feature, value]);
    square += value * value;
  }
  const norm = Math.sqrt(square) || 1;
  for (const part of parts) part[1] /= norm;
  return parts;
}

/**
 * Learns the weights by conjugate gradients on the dual problem (XXᵀ + λ)a = y, 32 codes at a time: vectors are as long as there are
 * episodes, and the features are read once for all codes of a block. Yields often, how far it is (0–1), so that it can show progress, pause and stop.
 */
export function* learnWording(examples: readonly Example[], vocabulary: Vocabulary, options: WordingOptions = usualWording): Generator<number, WordingModel> {
  const counted: ReadonlyMap<string, number>[] = [];
  for (const { words } of examples) { counted.push(countWords(words, vocabulary)); if (counted.length % often === 0) yield 0; }
  const held = new Map<string, number>();
  for (const counts of counted) for (const feature of counts.keys()) held.set(feature, (held.get(feature) ?? 0) + 1);
  const rarity = new Map<string, number>();
  for (const [feature, episodes] of held) if (episodes >= options.feature && episodes <= examples.length * 0.6) rarity.set(feature, Math.log((1 + examples.length) / (1 + episodes)) + 1);
  const place = new Map([...rarity.keys()].map((feature, index) => [feature, index]));
  const names = [...rarity.keys()];
  const rows = examples.length;
  const starts = new Uint32Array(rows + 1);
  const columns: number[] = [];
  const values: number[] = [];
  for (const [row, counts] of counted.entries()) {
    for (const [feature, value] of vectorOf(counts, rarity)) { columns.push(place.get(feature) ?? 0); values.push(value); }
    starts[row + 1] = columns.length;
    if (row % often === 0) yield 0;
  }
  const column = Uint32Array.from(columns);
  const value = Float32Array.from(values);

  const episodesOf = new Map<CodeName, number[]>();
  examples.forEach(({ codes }, row) => { for (const code of codes) { const list = episodesOf.get(code); if (list) list.push(row); else episodesOf.set(code, [row]); } });
  const codes = [...episodesOf].filter(([, list]) => list.length >= options.code).map(([code]) => code);
  const width = 32;
  const entries = new Map<number, [number, number][]>();
  const primal = new Float32Array(names.length * width);
  /** Xᵀv for all codes of a block, into `primal`. */
  const gather = (v: Float64Array): void => {
    primal.fill(0);
    for (let row = 0; row < rows; row += 1) {
      const from = row * width;
      for (let at = starts[row] as number; at < (starts[row + 1] as number); at += 1) {
        const x = value[at] as number;
        const to = (column[at] as number) * width;
        for (let code = 0; code < width; code += 1) primal[to + code] = (primal[to + code] as number) + x * (v[from + code] as number);
      }
    }
  };
  for (let first = 0; first < codes.length; first += width) {
    const block = codes.slice(first, first + width);
    const a = new Float64Array(rows * width);
    const r = new Float64Array(rows * width);
    block.forEach((code, index) => { for (const row of episodesOf.get(code) ?? []) r[row * width + index] = 1; });
    // Without its mean a common code would be carried by every word of the notes.
    for (let code = 0; code < block.length; code += 1) { const mean = (episodesOf.get(block[code] as CodeName)?.length ?? 0) / rows; for (let row = 0; row < rows; row += 1) r[row * width + code] = (r[row * width + code] as number) - mean; }
    const p = r.slice();
    const q = new Float64Array(rows * width);
    let rr = squares(r, rows, width);
    for (let round = 0; round < options.rounds; round += 1) {
      gather(p);
      yield Math.min(1, (first + width * (round / options.rounds)) / codes.length);
      for (let row = 0; row < rows; row += 1) {
        const to = row * width;
        for (let code = 0; code < width; code += 1) q[to + code] = options.penalty * (p[to + code] as number);
        for (let at = starts[row] as number; at < (starts[row + 1] as number); at += 1) {
          const x = value[at] as number;
          const from = (column[at] as number) * width;
          for (let code = 0; code < width; code += 1) q[to + code] = (q[to + code] as number) + x * (primal[from + code] as number);
        }
      }
      const pq = products(p, q, rows, width);
      const step = Float64Array.from(rr, (one, code) => (one > 1e-12 && (pq[code] as number) > 1e-12 ? one / (pq[code] as number) : 0));
      for (let at = 0; at < a.length; at += 1) { const by = step[at % width] as number; a[at] = (a[at] as number) + by * (p[at] as number); r[at] = (r[at] as number) - by * (q[at] as number); }
      const next = squares(r, rows, width);
      for (let at = 0; at < p.length; at += 1) { const code = at % width; p[at] = (r[at] as number) + ((rr[code] as number) > 1e-12 ? (next[code] as number) / (rr[code] as number) : 0) * (p[at] as number); }
      rr = next;
    }
    gather(a);
    block.forEach((_, index) => {
      const largest: [number, number][] = [];
      for (let feature = 0; feature < names.length; feature += 1) { const weight = primal[feature * width + index] as number; if (Math.abs(weight) > 0.01) largest.push([feature, weight]); }
      largest.sort((one, other) => Math.abs(other[1]) - Math.abs(one[1]));
      for (const [feature, weight] of largest.slice(0, options.kept)) { const list = entries.get(feature); if (list) list.push([first + index, weight]); else entries.set(feature, [[first + index, weight]]); }
    });
    yield Math.min(1, (first + width) / codes.length);
  }
  const weights = new Map([...entries].map(([feature, list]) => [names[feature] as string, { codes: Uint16Array.from(list, ([code]) => code), values: Float32Array.from(list, ([, weight]) => weight) }]));
  return { rarity: new Map([...rarity].filter(([feature]) => weights.has(feature))), codes, weights };
}

function squares(v: Float64Array, rows: number, width: number): Float64Array { return products(v, v, rows, width); }

function products(one: Float64Array, other: Float64Array, rows: number, width: number): Float64Array {
  const sums = new Float64Array(width);
  for (let row = 0; row < rows; row += 1) for (let code = 0; code < width; code += 1) sums[code] = (sums[code] as number) + (one[row * width + code] as number) * (other[row * width + code] as number);
  return sums;
}

/** How much the wording speaks for a code, and the place (in the document's words) of the word that weighs most. */
export interface WordingScore {
  readonly score: number;
  readonly at: number;
}

/** Scores of all codes for a document; those that nothing speaks for are left out. */
export function scoreWording(model: WordingModel, words: readonly CaseWord[], vocabulary: Vocabulary): ReadonlyMap<CodeName, WordingScore> {
  const scores = new Float64Array(model.codes.length);
  const most = new Float64Array(model.codes.length);
  const by = new Array<string>(model.codes.length).fill('');
  for (const [feature, value] of vectorOf(countWords(words, vocabulary), model.rarity)) {
    const row = model.weights.get(feature);
    if (!row) continue;
    for (let at = 0; at < row.codes.length; at += 1) {
      const code = row.codes[at] as number;
      const part = value * (row.values[at] as number);
      scores[code] = (scores[code] as number) + part;
      if (part > (most[code] as number)) { most[code] = part; by[code] = feature; }
    }
  }
  const places = new Map<string, number>();
  words.forEach((word, at) => { const text = stem(word.folded); if (!places.has(text)) places.set(text, at); });
  const found = new Map<CodeName, WordingScore>();
  model.codes.forEach((code, at) => {
    const place = places.get(by[at] ?? '');
    if (place !== undefined && (scores[at] as number) > 0.01) found.set(code, { score: scores[at] as number, at: place });
  });
  return found;
}
