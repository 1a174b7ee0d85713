import type { ClinicalCode, CodeSystem } from './code.js';
import type { EventId } from './event-id.js';
import type { Label } from './language.js';

export const checkSeverities = ['error', 'warning', 'information'] as const;
/** `error`: the episode is not said to be coded while it stands. `warning`: worth a second look. `information`: allowed, and often meant otherwise. */
export type CheckSeverity = (typeof checkSeverities)[number];

export const episodeCheckIds = [
  'no-primary', 'external-first', 'asterisk-alone', 'asterisk-apart', 'supplement-first', 'pair-order', 'side-missing', 'side-before', 'external-missing',
  'not-valid', 'no-list', 'wrong-sex', 'wrong-age', 'symptom-beside', 'double-code', 'mixed-editions',
] as const;
/** Names a check of a coded episode; its sentence is `check.<id>` in the interface's words. */
export type EpisodeCheckId = (typeof episodeCheckIds)[number];

/** A problem of the sequence that a coder has put together: which check, under which standard, and the codes that it is about. */
export interface EpisodeProblem {
  readonly check: EpisodeCheckId;
  readonly severity: CheckSeverity;
  /** As coders write it: `PRule 7`, `DGCS.5`. */
  readonly standard: string;
  readonly system: CodeSystem;
  /** Units that it is about, in order; empty where something is missing altogether. */
  readonly units: readonly EventId[];
  readonly codes: readonly ClinicalCode[];
}

/** What a code of the episode is called; null where nothing on this device names it. */
export interface NamedCode {
  readonly system: CodeSystem;
  readonly code: ClinicalCode;
  readonly label: Label | null;
}
