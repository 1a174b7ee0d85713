import type { ClinicalCode } from '../model/code.js';
import type { CodedEpisode, CodedUnit, CodingDepth } from '../model/coded-episode.js';

/**
 * What may leave: the codes of one episode and how far it is coded. Ids, codes, closed words and keyed hashes;
 * there is no field for a word of the record, a name or an identifier.
 */
export interface CodedRecord {
  readonly coded: Pick<CodedEpisode, 'episode' | 'diagnoses' | 'procedures' | 'coded'>;
  /** Under `primary` what is not there is unknown, never absent; so it goes with every record. */
  readonly depth: CodingDepth;
}

/** One code in its place. */
export interface PlacedCode {
  readonly unit: CodedUnit;
  readonly code: ClinicalCode;
  /** Place within its unit, from 0. */
  readonly within: number;
  /** Place among the codes of its classification, from 1. */
  readonly position: number;
  /** The first diagnosis is the primary one and the first procedure the main one; what is recorded with it is not. */
  readonly role: 'primary' | 'secondary';
}

/** The codes of units one by one, in recording order: none is left out, none comes twice. */
export function placedCodes(units: readonly CodedUnit[]): readonly PlacedCode[] {
  return units.flatMap((unit) => unit.codes.map((code, within) => ({ unit, code, within })))
    .map((one, at) => ({ ...one, position: at + 1, role: at === 0 ? 'primary' : 'secondary' }));
}
