export const blindMains = ['same', 'other', 'none'] as const;
/** Was the main diagnosis that Nodi had in mind the one that the coder gave? `none`: Nodi had none. */
export type BlindMain = (typeof blindMains)[number];

/** How an episode of the blind sample stands: its suggestions are hidden until the coder says that it is coded, and shown from then on. */
export type BlindState = 'hidden' | 'shown';

/** What an episode of the sample came to, in counts and no words. `quick`: units that would have had one key; `quickKept`: those of them that the coder gave. */
export interface BlindComparison { readonly blind: BlindMain; readonly quick: number; readonly quickKept: number }

/** The sample of a specialty: units that Nodi would have offered and that the coder gave unasked, main diagnoses, and units that would have had one key. */
export interface BlindFigures {
  readonly episodes: number;
  readonly offered: number;
  readonly same: number;
  /** Units that the coders gave. */
  readonly given: number;
  readonly mains: number;
  readonly mainsSame: number;
  readonly quick: number;
  readonly quickSame: number;
}
