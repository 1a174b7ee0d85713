import type { CodeName, ContextFlag, Phrase } from '../model/learning.js';
import { tallyOf, type Cells } from './cells.js';

/** What shipped lists said of remembered words when this device looked last: a digest of all of them, and one for each phrase. */
export interface EntriesSeen {
  readonly data: string;
  readonly phrases: ReadonlyMap<Phrase, string>;
}

/** What one coder had decided of a code at some words in the moment in which their entry changed. */
export interface CountThen {
  /** `own`, or the name of a device. */
  readonly coder: string;
  readonly flag: ContextFlag;
  readonly specialty: string;
  readonly code: CodeName;
  readonly accepted: number;
  readonly seen: number;
}

/** Words whose entry changed: one key counts only what was decided since. */
export type Relocked = ReadonlyMap<Phrase, readonly CountThen[]>;

/** The cells of each coder, by name. */
export type NamedCells = readonly { readonly coder: string; readonly cells: Cells }[];

/**
 * Holds what was said of the words before against what is said now. A phrase is touched when its digest differs, or, the lists having changed, when nobody knows
 * what they said of it. Where this device looks for the first time nothing is touched. `digestOf` is asked for the phrases that the coders' cells hold.
 */
export function relockTouched(before: EntriesSeen | null, relocked: Relocked, { data, digestOf, coders }: { readonly data: string; readonly digestOf: (phrase: Phrase) => string; readonly coders: NamedCells }): { readonly seen: EntriesSeen; readonly relocked: Relocked; readonly touched: readonly Phrase[] } {
  const phrases = new Map<Phrase, string>();
  for (const { cells } of coders) for (const phrase of cells.keys()) if (!phrases.has(phrase)) phrases.set(phrase, digestOf(phrase));
  const touched = before === null || before.data === data ? [] : [...phrases].filter(([phrase, digest]) => before.phrases.get(phrase) !== digest).map(([phrase]) => phrase);
  const next = new Map(relocked);
  for (const phrase of touched) next.set(phrase, countsAt(coders, phrase));
  return { seen: { data, phrases }, relocked: next, touched };
}

function countsAt(coders: NamedCells, phrase: Phrase): readonly CountThen[] {
  const counts = new Map<string, CountThen>();
  for (const { coder, cells } of coders) for (const cell of cells.get(phrase)?.values() ?? []) for (const code of cell.codes.keys()) {
    const { flag, specialty } = cell;
    const name = [coder, flag, specialty, code].join('\t');
    const [held, tally] = [counts.get(name), tallyOf(cell, code)];
    counts.set(name, { coder, flag, specialty, code, accepted: (held?.accepted ?? 0) + tally.accepted, seen: (held?.seen ?? 0) + tally.seen });
  }
  return [...counts.values()];
}

/** What of a coder's counts was decided since the words' entry changed. */
export function countedSince(relocked: Relocked, phrase: Phrase, { coder, flag, specialty, code, accepted, seen }: CountThen): { readonly accepted: number; readonly seen: number } {
  const then = relocked.get(phrase)?.find((one) => one.coder === coder && one.flag === flag && one.specialty === specialty && one.code === code);
  if (!then) return { accepted, seen };
  const since = Math.max(0, accepted - then.accepted);
  return { accepted: since, seen: Math.max(since, seen - then.seen) };
}
