import type { Brand } from '../base/brand.js';
import type { Bilingual } from './language.js';

/** Names a specialty pack, for example `neurology`; a closed set per rulebook, so that it may be logged. */
export type SpecialtyId = Brand<string, 'SpecialtyId'>;

/** A specialty as the NHS Data Dictionary's treatment function, with the words by which pages and people name it. */
export interface Specialty {
  readonly id: SpecialtyId;
  /** NHS Data Dictionary TREATMENT FUNCTION CODE, three digits. */
  readonly treatmentFunction: string;
  readonly name: Bilingual<string>;
  /** Other spellings, in either language, matched without case. */
  readonly aliases: readonly string[];
}

/** Finished consultant episode as the page shows it. Every part may be missing; nothing is guessed. Page words: never stored. */
export interface Episode {
  /** Episode number as shown. */
  readonly number: string | null;
  /** Specialty in the page's own words. */
  readonly specialty: string | null;
  readonly consultant: string | null;
  /** ISO date (YYYY-MM-DD), or null where the page shows none or one that cannot be read. */
  readonly admitted: string | null;
  readonly discharged: string | null;
  /** Patient classification in the page's own words (day case, inpatient, outpatient). */
  readonly patientClass: string | null;
}

/** An episode of which the page says nothing. */
export const unknownEpisode: Episode = { number: null, specialty: null, consultant: null, admitted: null, discharged: null, patientClass: null };
