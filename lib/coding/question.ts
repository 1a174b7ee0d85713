import type { ClinicalCode, CodeEntry, CodeSystem } from '../model/code.js';
import type { PlacedMention } from './candidates.js';

/** What the engine is asked: mentions of one episode in reading order, and what is known of it. */
export interface EpisodeQuestion {
  readonly mentions: readonly PlacedMention[];
  /** The notes themselves, for what rules read besides: the patient's age and sex, a drug behind an effect. */
  readonly texts: readonly string[];
  readonly specialty: string | null;
  /** `primary`: the department codes the main condition and the main procedure only; the others are ranked, not shown. */
  readonly depth: 'full' | 'primary';
  /** Yearly usage of ICD-10 codes in English hospitals, for ranking alike candidates. */
  readonly usage: (code: ClinicalCode) => number;
  readonly isAsterisk: (code: ClinicalCode) => boolean;
  /** The code in the edition of the episode's day, with the sex and ages that it fits; null where it is not in it. What is given is checked against it once more by `codeOnDay`. */
  readonly entry: (system: CodeSystem, code: ClinicalCode) => CodeEntry | null;
  /** Last day of the episode, YYYY-MM-DD, for notices in force on it; the newest where it is not known. */
  readonly day?: string | null;
  /** Drugs of the current High Cost Drugs list with their OPCS-4 codes (PCSX24). None ships: the list changes with each edition. */
  readonly highCostDrugs?: ReadonlySet<string>;
  /** Rules that are switched off, by id. */
  readonly rulesOff?: ReadonlySet<string>;
}
