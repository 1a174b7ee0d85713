import type { Span } from '../base/span.js';
import { codeName, partsOfCodeName, type CaseReading, type CodeName, type ContextFlag, type Phrase } from '../model/learning.js';
import { bandOf, type Coding, type Evidence, type Suggestion, type SuggestionRecord } from '../model/suggestion.js';
import { besideEngine, type RecordWords } from './beside-engine.js';
import { tallyOf, type Cell, type Cells } from './cells.js';
import { countedSince, type Relocked } from './entry-changes.js';
import { forgottenName, shareOf, type DecisionMemory } from './from-decisions.js';
import { shrunkShare } from './interval.js';
import { admit, findPhrases, type PhraseMemory } from './phrase-memory.js';
import { passesBar } from './stages.js';

/** Everything that coders decided, this device's and that of imported packs: each device is one coder. */
export interface SharedRecord {
  readonly own: DecisionMemory;
  readonly others: readonly Cells[];
  readonly inventory: PhraseMemory;
  /** Names of the others' devices, in their order. */
  readonly devices: readonly string[];
  readonly relocked: Relocked;
}

/** Joins a device's memory with what packs brought. The inventory of the own memory grows with it: words that others marked are found too. */
export function joinRecord(own: DecisionMemory, others: readonly Cells[], devices: readonly string[] = [], relocked: Relocked = new Map()): SharedRecord {
  for (const cells of others) for (const byPhrase of cells.values()) for (const { phrase, codes } of byPhrase.values()) for (const code of codes.keys()) admit(own.inventory, { phrase, code, kind: 'marked' });
  return { own, others, inventory: own.inventory, devices, relocked };
}

/** What the record says of a code at some words. */
export interface WordsRecord {
  readonly accepted: number;
  readonly seen: number;
  /** Coders who accepted it. */
  readonly coders: number;
  /** After back-off, 0–1. */
  readonly share: number;
  /** Does it reach the bar of one-key, counted by editions that hold today, and since the words' entry changed, only? */
  readonly passes: boolean;
  /** It reached the bar before an edition of the codes or an entry of the sheet touched it. */
  readonly touched: boolean;
}

/** Does what was decided under this edition (`opcs-4.11`) hold for the code today? */
export type HoldsToday = (name: CodeName, list: string) => boolean;

/** The record of a code at a phrase in a specialty; of all specialties where the specialty has none. Null where nobody decided, or where a person had it forgotten. */
export function recordAt({ own, others, devices, relocked }: SharedRecord, { phrase, flag }: { readonly phrase: Phrase; readonly flag: ContextFlag }, code: CodeName, specialty: string, holds: HoldsToday): (WordsRecord & { readonly from: 'specialty' | 'all' }) | null {
  if (own.forgotten.has(forgottenName(phrase, code))) return null;
  const { system } = partsOfCodeName(code);
  const sum = (wanted: (cell: Cell) => boolean): { accepted: number; seen: number; coders: number } => {
    const total = { accepted: 0, seen: 0, coders: 0 };
    for (const cells of [own.cells, ...others]) {
      let accepted = 0;
      for (const cell of cells.get(phrase)?.values() ?? []) {
        if (cell.flag !== flag || cell.system !== system || !wanted(cell)) continue;
        const tally = tallyOf(cell, code);
        accepted += tally.accepted;
        total.seen += tally.seen;
      }
      total.accepted += accepted;
      if (accepted > 0) total.coders += 1;
    }
    return total;
  };
  const all = sum(() => true);
  if (all.seen === 0) return null;
  const here = sum((cell) => cell.specialty === specialty);
  const earned = here.seen > 0 && passesBar(here);
  // Counted coder by coder: of each only what still holds.
  const held = [own.cells, ...others].map((cells, at) => {
    const tallies = [...cells.get(phrase)?.values() ?? []].filter((cell) => cell.flag === flag && cell.system === system && cell.specialty === specialty && holds(code, cell.list)).map((cell) => tallyOf(cell, code));
    const [accepted, seen] = [tallies.reduce((all, one) => all + one.accepted, 0), tallies.reduce((all, one) => all + one.seen, 0)];
    return countedSince(relocked, phrase, { coder: at === 0 ? 'own' : devices[at - 1] ?? '', flag, specialty, code, accepted, seen });
  });
  const passes = passesBar({ accepted: held.reduce((all, one) => all + one.accepted, 0), seen: held.reduce((all, one) => all + one.seen, 0), coders: held.filter(({ accepted }) => accepted > 0).length });
  return { ...(here.seen > 0 ? here : all), share: shareOf(all, here), passes, touched: earned && !passes, from: here.seen > 0 ? 'specialty' : 'all' };
}

/** A code that coders gave, or refused, at words of this document, with its record there. */
export interface RecordedCode extends SuggestionRecord {
  readonly name: CodeName;
  readonly share: number;
  readonly at: Span;
}

/** All that the record knows at the words of a document: for each code the words that speak most for it. */
export function recordedCodes(record: SharedRecord, one: CaseReading, specialty: string, holds: HoldsToday): ReadonlyMap<CodeName, RecordedCode> {
  const best = new Map<CodeName, RecordedCode>();
  for (const { phrase, flag, first, last } of findPhrases(record.inventory, one)) {
    const [from, to] = [one.words[first], one.words[last]];
    if (!from || !to) continue;
    for (const name of record.inventory.links.get(phrase)?.keys() ?? []) {
      const found = recordAt(record, { phrase, flag }, name, specialty, holds);
      const before = best.get(name);
      if (!found || (before && before.share >= found.share)) continue;
      best.set(name, { name, share: found.share, at: { start: from.start, end: to.end }, accepted: found.accepted, seen: found.seen, coders: found.coders, specialty: found.from === 'specialty' ? specialty : null, oneKey: found.passes });
    }
  }
  return best;
}

/** Words that pass the bar of one-key in a specialty, with their record. */
export interface OneKeyCell extends WordsRecord { readonly phrase: Phrase; readonly flag: ContextFlag; readonly name: CodeName }

/** Every phrase and code that the record of a specialty has, most seen first. */
export function cellsOf(record: SharedRecord, specialty: string, holds: HoldsToday): readonly OneKeyCell[] {
  const names = new Map<string, { readonly phrase: Phrase; readonly flag: ContextFlag; readonly name: CodeName }>();
  for (const cells of [record.own.cells, ...record.others]) {
    for (const own of cells.values()) for (const cell of own.values()) {
      if (cell.specialty === specialty) for (const name of cell.codes.keys()) names.set(`${cell.flag}\t${cell.phrase}\t${name}`, { phrase: cell.phrase, flag: cell.flag, name });
    }
  }
  return [...names.values()]
    .flatMap((one): OneKeyCell[] => { const found = recordAt(record, one, one.name, specialty, holds); return found ? [{ ...one, accepted: found.accepted, seen: found.seen, coders: found.coders, share: found.share, passes: found.passes, touched: found.touched }] : []; })
    .sort((a, b) => b.seen - a.seen || b.accepted - a.accepted || (a.phrase < b.phrase ? -1 : 1));
}

/** How the coders' record is let in. */
export interface DecisionPolicy extends RecordWords {
  /** May one key accept where the record passes the bar? The stage of the specialty says so. */
  readonly oneKey: boolean;
}

function isSamePlace(one: Evidence, other: Evidence): boolean { return one.document === other.document && one.span.start === other.span.start && one.span.end === other.span.end; }

/** What the engine's own word weighs against the record, in episodes. */
const engineWeight = 4;
/** What a code that only the record knows must reach to be offered: accepted so often, and in this share. */
const offeredFrom = { accepted: 3, share: 0.75 };

/** The answer with the coders' record at its words: it weighs each code by it, and brings in codes that only the record knows. Order and roles of what was there stay, and its evidence, in front of which the words stand that earned one key. */
export function withDecisions(coding: Coding, recorded: ReadonlyMap<CodeName, RecordedCode>, { oneKey, ...words }: DecisionPolicy): Coding {
  const shown = ({ accepted, seen, coders, specialty, oneKey: passes }: RecordedCode): SuggestionRecord => ({ accepted, seen, coders, specialty, oneKey: passes && oneKey });
  const weighed = coding.suggestions.map((one): Suggestion => {
    const found = recorded.get(codeName(one.system, one.code));
    if (!found) return one;
    const confidence = shrunkShare(found.accepted, found.seen, one.confidence, engineWeight);
    const record = shown(found);
    // One key accepts with the words that earned it: they stand first.
    const earned = record.oneKey ? words.evidenceAt(found.at) : null;
    const evidence: Suggestion['evidence'] = earned ? [earned, ...one.evidence.filter((other) => !isSamePlace(other, earned))] : one.evidence;
    return { ...one, confidence, band: bandOf(confidence), record, evidence };
  });
  const more = besideEngine(coding, [...recorded.values()].filter(({ accepted }) => accepted > 0).sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1))
    .map((one) => ({ name: one.name, confidence: one.share, shown: one.accepted >= offeredFrom.accepted && one.share >= offeredFrom.share, at: [one.at], from: 'phrase', record: shown(one) })), words);
  return { ...coding, suggestions: [...weighed, ...more] };
}
