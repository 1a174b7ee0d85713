import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Coded { readonly code: string; readonly evidence: readonly string[]; readonly must?: boolean; readonly also_acceptable?: readonly string[] }
interface CodedNote {
  readonly id: string; readonly group: string; readonly half: string; readonly primary: Coded; readonly secondary: readonly Coded[]; readonly procedures: readonly Coded[];
  readonly procedures_also_acceptable?: readonly (readonly string[])[]; readonly not_codable: readonly { readonly quote: string }[];
}

const root = resolve(import.meta.dirname, '../../..');
const lines = (file: string): readonly string[] => readFileSync(file, 'utf8').split('\n').filter(Boolean);
const codesOf = (name: string): ReadonlySet<string> => new Set(lines(join(root, 'assets/codes', name)).map((line) => line.split('\t')[0] ?? ''));
const notes = lines(join(root, 'test/evaluate/uk-notes.jsonl')).map((line) => JSON.parse(line) as CodedNote);
const asterisk = new Set(lines(join(root, 'assets/codes/icd10.tsv')).map((line) => line.split('\t')).filter(([, mark]) => mark === '*').map(([code = '']) => code));
const all = (one: Coded): readonly string[] => [one.code, ...(one.also_acceptable ?? [])];

describe('the second set of UK-coded notes', () => {
  it('has its five parts and each note once', () => {
    const of = (half: string): number => notes.filter((note) => note.half === half).length;
    expect([of('A'), of('B'), of('C'), of('D'), of('E'), new Set(notes.map((note) => note.id)).size]).toEqual([26, 26, 21, 19, 21, 113]);
  });

  it('holds only codes of the UK lists', () => {
    const icd = codesOf('icd10.tsv');
    const opcs = codesOf('opcs4.tsv');
    const tried = notes.flatMap((note) => [
      ...[note.primary, ...note.secondary].flatMap(all).map((code) => ({ id: note.id, code, known: icd.has(code) })),
      ...[...note.procedures.map((one) => one.code), ...(note.procedures_also_acceptable ?? []).flat()].map((code) => ({ id: note.id, code, known: opcs.has(code) })),
    ]);
    expect(tried.length).toBeGreaterThan(500);
    expect(tried.filter((one) => !one.known)).toEqual([]);
  });

  it('puts no asterisk code first, no Y or Z code before a procedure, and gives each code its words', () => {
    expect(notes.filter((note) => asterisk.has(note.primary.code)).map((note) => note.id)).toEqual([]);
    expect(notes.filter((note) => /^[YZ]/.test(note.procedures.find((one) => one.must)?.code ?? '')).map((note) => note.id)).toEqual([]);
    expect(notes.filter((note) => [note.primary, ...note.secondary, ...note.procedures].some((one) => one.evidence.every((quote) => quote.length < 3))).map((note) => note.id)).toEqual([]);
  });

  // The notes themselves are not ours to ship: where the development folder is, every quote must stand in its note.
  const folder = resolve(root, '../shared/data');
  it.skipIf(!existsSync(join(folder, 'mtsamples_dev.jsonl')))('quotes each note as it is written', () => {
    const texts = new Map(lines(join(folder, 'mtsamples_dev.jsonl')).map((line) => JSON.parse(line) as { readonly id: string; readonly text: string }).map((one) => [one.id, one.text]));
    const first = new Set(lines(join(folder, 'uk_gold_dev.jsonl')).map((line) => (JSON.parse(line) as { readonly id: string }).id));
    const quotes = notes.flatMap((note) => [...[note.primary, ...note.secondary, ...note.procedures].flatMap((one) => one.evidence), ...note.not_codable.map((one) => one.quote)].map((quote) => ({ id: note.id, quote })));
    expect(quotes.length).toBeGreaterThan(400);
    expect(quotes.filter((one) => !texts.get(one.id)?.includes(one.quote))).toEqual([]);
    expect(notes.filter((note) => first.has(note.id))).toEqual([]);
  });
});
