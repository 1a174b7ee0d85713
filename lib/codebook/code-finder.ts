import { readCode, type ClinicalCode, type CodeSystem } from '../model/code.js';
import type { CodeHit, CodeList, CodesFound, EpisodeDay } from '../model/codebook.js';
import type { Label } from '../model/language.js';
import type { SpecialtyPack } from '../model/lexicon.js';
import type { CodeShelf } from './code-shelf.js';
import { createCodeSearch, type SearchLine } from './search-codes.js';

/** All that leads to a code: the editions' own titles, terms that ship as lines of `code<tab>term`, and the packs. */
export interface FinderSources {
  readonly lists: readonly CodeList[];
  readonly terms: readonly string[];
  readonly packs: readonly SpecialtyPack[];
}

/** Asks of codes by the editions of one day. */
export interface CodeFinder { readonly find: (asked: string, when: EpisodeDay) => CodesFound }

/** Most codes that one question shows. */
const mostHits = 30;

/** Makes the search over everything; the shelf says which of it is valid on the day asked about. */
export function createCodeFinder(shelf: CodeShelf, { lists, terms, packs }: FinderSources): CodeFinder {
  const usage = new Map<string, number>();
  for (const { summary, entries } of lists) if (summary.source === 'shipped') for (const entry of entries) usage.set(`${entry.system} ${entry.code}`, entry.usage);
  const labels = new Map<string, Label>();
  const lines = new Map<string, SearchLine>();
  const add = (system: CodeSystem, code: ClinicalCode, words: string, isOwn: boolean): void => {
    const name = `${system} ${code}`;
    const line = `${name} ${words.toLowerCase()}`;
    if (!lines.has(line)) lines.set(line, { system, code, words, usage: usage.get(name) ?? 0, isOwn });
  };
  const call = (system: CodeSystem, code: ClinicalCode, label: Label): void => { const name = `${system} ${code}`; if (!labels.has(name)) labels.set(name, label); };
  for (const pack of packs) {
    for (const { kind, codes, label, terms: spoken } of pack.entries) {
      const [code, ...more] = codes.flatMap((one) => readCode(one) ?? []);
      if (!code) continue;
      const system = kind === 'procedure' ? 'OPCS-4' : 'ICD-10';
      // The words of codes that go together name the first of them; alone they name it rightly.
      if (more.length === 0) call(system, code, label.cy === undefined ? { en: label.en } : { en: label.en, cy: label.cy, translation: pack.translation });
      for (const words of [label.en, ...(label.cy === undefined ? [] : [label.cy]), ...spoken]) add(system, code, words, true);
    }
  }
  for (const text of terms) {
    for (const row of text.split('\n')) {
      const [written = '', words = ''] = row.split('\t');
      const code = readCode(written);
      if (!code || words === '') continue;
      call('ICD-10', code, { en: words });
      add('ICD-10', code, words, false);
    }
  }
  // The same titles in two editions are one line; a code without a title is found by its characters.
  for (const { entries } of lists) for (const { system, code, title } of entries) add(system, code, title ?? '', false);
  const search = createCodeSearch([...lines.values()]);
  return {
    find(asked, when) {
      const { entry, day, ground, systems } = shelf.on(when);
      const hits = search.find(asked, mostHits, ({ system, code }) => entry(system, code) !== null).flatMap(({ line: { system, code, words } }): CodeHit[] => {
        const held = entry(system, code);
        if (!held) return [];
        const name = `${system} ${code}`;
        const own = labels.get(name) ?? null;
        const label: Label | null = held.title === null ? own ?? (words === '' ? null : { en: words }) : own?.cy === undefined ? { en: held.title } : { ...own, en: held.title };
        const isLabel = words === '' || [label?.en, label?.cy].some((one) => one?.toLowerCase() === words.toLowerCase());
        return [{ entry: held, label, words: isLabel ? null : words, usage: usage.get(name) ?? 0 }];
      });
      return { hits, before: [], editions: { day, ground, systems } };
    },
  };
}
