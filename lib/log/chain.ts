import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { LogEvent } from '../model/decision.js';

/** What stands in `previous` of the first row: there is no row before it. */
export const noPrevious = '0'.repeat(64);

/** JSON with keys in code-unit order, so that the same fields give the same text on every machine. Flat rows only: strings and numbers. */
export function canonicalJson(fields: Readonly<Record<string, unknown>>): string {
  const parts = Object.keys(fields).sort().map((key) => `${JSON.stringify(key)}:${JSON.stringify(fields[key])}`);
  return `{${parts.join(',')}}`;
}

/** SHA-256 (64 hex digits) of every field of a row but `hash` itself, fields of other schemas included. */
export function hashOf(row: object): string {
  const { hash: _, ...fields } = row as Readonly<Record<string, unknown>>;
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(fields))));
}

/** How far a walk along the chain has come: the next row must have this number and name this hash. */
export interface ChainPosition {
  readonly next: number;
  readonly previous: string;
}

export const chainStart: ChainPosition = { next: 1, previous: noPrevious };

/** Walks on over rows in order of sequence. Gives the new position, or the number of the first row that is missing or is not as it was written. */
export function followChain(from: ChainPosition, rows: readonly LogEvent[]): ChainPosition | { readonly brokenAt: number } {
  let { next, previous } = from;
  for (const row of rows) {
    if (row.sequence !== next || row.previous !== previous || row.hash !== hashOf(row)) return { brokenAt: next };
    next += 1;
    previous = row.hash;
  }
  return { next, previous };
}
