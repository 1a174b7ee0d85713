import { fail, succeed, type Result } from '../base/result.js';
import { readCode, codeSystems } from '../model/code.js';
import { identifierIn } from '../model/identifier.js';
import { contextFlags, partsOfCodeName, type CodeName, type Phrase } from '../model/learning.js';
import type { LearnedModel } from './model.js';
import { admit, emptyMemory, type PhraseKind } from './phrase-memory.js';
import { createRanker } from './ranker.js';

/** Schema of the file; one with another number is refused. */
export const modelSchema = 1;

/** Why a model file was not taken. Nothing of it is kept. */
export type ModelFailure =
  | { readonly kind: 'not-a-model' }
  | { readonly kind: 'other-schema'; readonly found: number }
  | { readonly kind: 'damaged'; readonly part: string };

const round = (value: number): number => Math.round(value * 10_000) / 10_000;

/** A model as plain data for a JSON file: words of the vocabulary, codes and counts; no text, no episode. */
export function writeModel(model: LearnedModel): unknown {
  const codes = [...new Set<CodeName>([...model.wording.codes, ...model.prior.keys(), ...[...model.memory.links.values()].flatMap((links) => [...links.keys()])])];
  const place = new Map(codes.map((code, at) => [code, at]));
  const at = (code: CodeName): number => place.get(code) ?? -1;
  return {
    kind: 'nodi-model', schema: modelSchema, episodes: model.episodes, specialties: [...model.specialties], threshold: model.threshold, codes,
    prior: [...model.prior].map(([code, count]) => [at(code), count]),
    vocabulary: [...model.vocabulary].join(' '),
    phrases: [...model.memory.links].map(([phrase, links]) => [phrase, ...[...links].map(([code, kind]) => [at(code), kind === 'marked' ? 1 : 0])]),
    cells: [...model.memory.cells].map(([name, { seen, codes: counts }]) => [name, seen, ...[...counts].flatMap(([code, count]) => [at(code), count])]),
    rarity: [...model.wording.rarity].map(([word, value]) => [word, round(value)]),
    wording: [...model.wording.weights].map(([word, { codes: list, values }]) => [word, Array.from(list, (one) => at(model.wording.codes[one] as CodeName)), Array.from(values, round)]),
    ranker: { options: model.ranker.options, state: [...model.ranker.state].map(([name, { z, n }]) => [name, round(z), round(n)]) },
    calibration: model.calibration,
  };
}

/** What words a written model holds, by its parts: each of the vocabulary by itself, since it is a set, and its phrases and names; counts and weights are none. */
export function wordsOfModel(written: unknown): Readonly<Record<string, readonly string[]>> {
  const wordsIn = (value: unknown): readonly string[] => (typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsIn) : []);
  return isFields(written) ? Object.fromEntries(Object.entries(written).map(([part, value]) => [part, part === 'vocabulary' && typeof value === 'string' ? value.split(' ') : [...new Set(wordsIn(value))]])) : {};
}

/** Reads a model file's data. Every part is looked at; one damaged part refuses the whole. */
export function readModel(data: unknown): Result<LearnedModel, ModelFailure> {
  if (!isFields(data) || data['kind'] !== 'nodi-model') return fail({ kind: 'not-a-model' });
  const { schema } = data;
  if (!Number.isSafeInteger(schema)) return fail({ kind: 'not-a-model' });
  if (schema !== modelSchema) return fail({ kind: 'other-schema', found: schema as number });
  let part = 'codes';
  try {
    const codes = list(data['codes']).map((one) => {
      const name = text(one) as CodeName;
      const { system, code } = partsOfCodeName(name);
      if (!codeSystems.includes(system) || readCode(code) !== code) throw new TypeError('no code');
      return name;
    });
    const codeAt = (value: unknown): CodeName => { const found = codes[count(value)]; if (found === undefined) throw new TypeError('no such code'); return found; };
    part = 'prior';
    const prior = new Map(list(data['prior']).map((one) => { const [code, many] = list(one); return [codeAt(code), count(many)] as const; }));
    part = 'vocabulary';
    const vocabulary = new Set(text(data['vocabulary']).split(' ').filter(Boolean));
    // A model is kept: what points at one patient is no word of it.
    for (const word of vocabulary) if (identifierIn(word) !== null) throw new TypeError('an identifier');
    part = 'phrases';
    const memory = emptyMemory([]);
    for (const row of list(data['phrases'])) {
      const [phrase, ...links] = list(row);
      if (!text(phrase).split(' ').every((word) => vocabulary.has(word)) || identifierIn(text(phrase)) !== null) throw new TypeError('a word outside the vocabulary');
      for (const link of links) { const [code, marked] = list(link); admit(memory, { phrase: text(phrase) as Phrase, code: codeAt(code), kind: (marked === 1 ? 'marked' : 'mined') satisfies PhraseKind }); }
    }
    part = 'cells';
    for (const row of list(data['cells'])) {
      const [name, seen, ...counts] = list(row);
      const [, flag = '', phrase = ''] = text(name).split('\t');
      if ((flag !== '*' && !(contextFlags as readonly string[]).includes(flag)) || !memory.links.has(phrase)) throw new TypeError('a cell without its phrase');
      const held = new Map<CodeName, number>();
      for (let at = 0; at < counts.length; at += 2) held.set(codeAt(counts[at]), count(counts[at + 1]));
      if ([...held.values()].some((many) => many > count(seen))) throw new TypeError('more accepted than seen');
      memory.cells.set(text(name), { seen: count(seen), codes: held });
    }
    part = 'wording';
    const rarity = new Map(list(data['rarity']).map((one) => { const [word, value] = list(one); return [text(word), number(value)] as const; }));
    const weights = new Map(list(data['wording']).map((one) => {
      const [word, places, values] = list(one);
      const at = list(places).map((each) => { codeAt(each); return count(each); });
      if (at.length !== list(values).length) throw new TypeError('weights without codes');
      return [text(word), { codes: Uint16Array.from(at), values: Float32Array.from(list(values).map(number)) }] as const;
    }));
    part = 'ranker';
    const ranker = fields(data['ranker']);
    const options = fields(ranker['options']);
    const state = list(ranker['state']).map((one) => { const [name, z, n] = list(one); return [text(name), { z: number(z), n: number(n) }] as const; });
    part = 'calibration';
    const calibration = fields(data['calibration']);
    return succeed({
      episodes: count(data['episodes']), threshold: number(data['threshold']), vocabulary, memory, prior,
      specialties: new Map(list(data['specialties']).map((one) => { const [name, many] = list(one); return [text(name), count(many)] as const; })),
      wording: { rarity, codes, weights },
      ranker: createRanker({ alpha: number(options['alpha']), beta: number(options['beta']), l1: number(options['l1']), l2: number(options['l2']) }, state),
      calibration: { at: list(calibration['at']).map(number), share: list(calibration['share']).map(number) },
    });
  } catch (problem) {
    if (problem instanceof TypeError) return fail({ kind: 'damaged', part });
    throw problem;
  }
}

function isFields(value: unknown): value is Record<string, unknown> { return typeof value === 'object' && value !== null && !Array.isArray(value); }
function fields(value: unknown): Record<string, unknown> { if (!isFields(value)) throw new TypeError('no fields'); return value; }
function list(value: unknown): readonly unknown[] { if (!Array.isArray(value)) throw new TypeError('no list'); return value; }
function text(value: unknown): string { if (typeof value !== 'string') throw new TypeError('no text'); return value; }
function number(value: unknown): number { if (typeof value !== 'number' || !Number.isFinite(value)) throw new TypeError('no number'); return value; }
function count(value: unknown): number { if (!Number.isSafeInteger(value) || (value as number) < 0) throw new TypeError('no count'); return value as number; }
