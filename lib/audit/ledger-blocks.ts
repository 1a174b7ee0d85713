import type { Day, LedgerEpisode, LedgerStatus, MergeTally, RefusedRow, RowChange, TreatmentFunction, UncodedReason } from '../model/ledger.js';
import { ledgerStatuses, rowChanges, uncodedReasons } from '../model/ledger.js';

/**
 * Episodes at rest: nine words of 32 bits each, in blocks by the first byte of their key, so that a million are 36 MB in 256 pieces.
 * 0–3: the key, cut to 128 bits. 4: end and admission. 5: discharge and coding. 6: specialty and words. 7: the day the ledger was told. 8: the coder's pseudonym, or 0.
 */
export const rowWords = 9;
/** A row on its way in carries its line of the file behind these. */
export const freshWords = rowWords + 1;
export const blockCount = 256;

const noDay = 0xffff;
const dayWord = (low: Day, high: Day | null): number => (low | ((high ?? noDay) << 16)) >>> 0;
const dayIn = (word: number): Day | null => { const day = word & noDay; return day === noDay ? null : day as Day; };

/** A growing row of 32-bit words. */
export interface WordList { words: Uint32Array<ArrayBuffer>; length: number }
export function createWordList(): WordList { return { words: new Uint32Array(1024), length: 0 }; }
function room(list: WordList, more: number): void {
  if (list.length + more <= list.words.length) return;
  const grown = new Uint32Array(Math.max(list.words.length * 2, list.length + more));
  grown.set(list.words);
  list.words = grown;
}

/** Adds a row. `key`: 32 hex digits or more; `line` the file's own, from 1. */
export function addFresh(list: WordList, key: string, episode: LedgerEpisode, seen: Day, coder: number, line: number): void {
  room(list, freshWords);
  const { words, length: at } = list;
  for (let part = 0; part < 4; part += 1) words[at + part] = Number.parseInt(key.slice(part * 8, part * 8 + 8), 16);
  words[at + 4] = dayWord(episode.ended, episode.admitted);
  words[at + 5] = dayWord(episode.discharged ?? noDay as Day, episode.coded);
  words[at + 6] = (episode.specialty | (episode.depth === null ? 0 : episode.depth === 'full' ? 1 : 2) << 10 | (episode.medium === null ? 0 : episode.medium === 'electronic' ? 1 : 2) << 12
    | ledgerStatuses.indexOf(episode.status) << 14 | (episode.reason === null ? 15 : uncodedReasons.indexOf(episode.reason)) << 17) >>> 0;
  words[at + 7] = seen;
  words[at + 8] = coder >>> 0;
  words[at + 9] = line;
  list.length += freshWords;
}

/** Which of the blocks a key belongs to. */
export function blockOf(key: string): number { return Number.parseInt(key.slice(0, 2), 16); }

/** The episode that stands at a place of a block. */
export function episodeAt(words: Uint32Array, at: number): LedgerEpisode {
  const [days, more, bits] = [words[at + 4] ?? 0, words[at + 5] ?? 0, words[at + 6] ?? 0];
  const reason = (bits >>> 17) & 15;
  return {
    specialty: (bits & 1023) as TreatmentFunction, ended: (days & noDay) as Day, admitted: dayIn(days >>> 16), discharged: dayIn(more), coded: dayIn(more >>> 16),
    depth: ([null, 'full', 'primary'] as const)[(bits >>> 10) & 3] ?? null, medium: ([null, 'electronic', 'paper'] as const)[(bits >>> 12) & 3] ?? null,
    status: ledgerStatuses[(bits >>> 14) & 7] as LedgerStatus, reason: reason === 15 ? null : uncodedReasons[reason] as UncodedReason,
  };
}

const keyAt = (words: Uint32Array, at: number): string => String.fromCharCode((words[at] ?? 0) >>> 16, (words[at] ?? 0) & noDay, (words[at + 1] ?? 0) >>> 16, (words[at + 1] ?? 0) & noDay, (words[at + 2] ?? 0) >>> 16, (words[at + 2] ?? 0) & noDay, (words[at + 3] ?? 0) >>> 16, (words[at + 3] ?? 0) & noDay);
const isSame = (a: Uint32Array, at: number, b: Uint32Array, bt: number): boolean => { for (let word = 4; word < rowWords; word += 1) if (word !== 7 && a[at + word] !== b[bt + word]) return false; return true; };

/** What became of one episode. */
function changeOf(before: LedgerEpisode, after: LedgerEpisode): RowChange {
  if (before.coded === null && after.coded !== null) return 'coded';
  if (before.coded !== null && after.coded === null) return 'reopened';
  if (before.coded !== after.coded) return 'recoded';
  if (before.ended !== after.ended || before.admitted !== after.admitted || before.discharged !== after.discharged) return 'dates';
  return before.specialty !== after.specialty ? 'specialty' : 'other';
}

/** A block without the pseudonyms of its coders; null where it holds none. */
export function withoutCoders(words: Uint32Array): Uint32Array<ArrayBuffer> | null {
  let made: Uint32Array<ArrayBuffer> | null = null;
  for (let at = rowWords - 1; at < words.length; at += rowWords) if (words[at] !== 0) (made ??= new Uint32Array(words))[at] = 0;
  return made;
}

/** A block with new rows in it. */
export interface MergedBlock { readonly words: Uint32Array<ArrayBuffer>; readonly tally: Omit<MergeTally, 'absent'>; /** Rows of the ledger that the extract did not name. */ readonly unnamed: readonly number[]; readonly refused: readonly RefusedRow[] }

export const noChanges: MergeTally['changed'] = Object.fromEntries(rowChanges.map((change) => [change, 0])) as MergeTally['changed'];

/**
 * Puts new rows into a block of the ledger. An episode is never there twice: of two rows of one extract the later is refused; of two extracts the word of
 * the later day stands, and the tally says what it changed. `before` is left as it is.
 */
export function mergeBlock(before: Uint32Array, fresh: WordList): MergedBlock {
  const places = new Map<string, number>();
  const known = before.length / rowWords;
  for (let row = 0; row < known; row += 1) places.set(keyAt(before, row * rowWords), row * rowWords);
  const words = new Uint32Array(before.length + (fresh.length / freshWords) * rowWords);
  words.set(before);
  let end = before.length;
  /** Line that named a place in this extract. */
  const named = new Map<number, number>();
  const refused: RefusedRow[] = [];
  const changed: Record<RowChange, number> = { ...noChanges };
  let [added, same, older] = [0, 0, 0];
  for (let from = 0; from < fresh.length; from += freshWords) {
    const key = keyAt(fresh.words, from);
    const place = places.get(key);
    const line = fresh.words[from + rowWords] ?? 0;
    if (place === undefined) {
      words.set(fresh.words.subarray(from, from + rowWords), end);
      places.set(key, end);
      named.set(end, from);
      end += rowWords;
      added += 1;
      continue;
    }
    const first = named.get(place);
    if (first !== undefined) { refused.push({ line, why: isSame(fresh.words, first, fresh.words, from) ? 'twice' : 'twice-and-different', field: 'episode' }); continue; }
    named.set(place, from);
    const [told, now] = [words[place + 7] ?? 0, fresh.words[from + 7] ?? 0];
    if (now < told) { if (isSame(words, place, fresh.words, from)) same += 1; else older += 1; continue; }
    if (isSame(words, place, fresh.words, from)) same += 1;
    else changed[changeOf(episodeAt(words, place), episodeAt(fresh.words, from))] += 1;
    words.set(fresh.words.subarray(from, from + rowWords), place);
  }
  const unnamed: number[] = [];
  for (let place = 0; place < before.length; place += rowWords) if (!named.has(place)) unnamed.push(place);
  return { words: words.slice(0, end), tally: { fresh: added, same, changed, older }, unnamed, refused };
}
