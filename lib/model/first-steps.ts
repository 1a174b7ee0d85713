/** Steps of the walkthrough for first use; `page-…` is done by opening that page. */
export const firstStepIds = ['profile', 'language', 'case', 'sure', 'pre', 'cards', 'panel', 'palette', 'keys', 'site', 'next', 'log', 'accept', 'copy', 'guess', 'page-quality', 'page-packs', 'page-queries', 'page-data', 'page-sheet', 'page-bookmark', 'page-model'] as const;
export type FirstStepId = (typeof firstStepIds)[number];

/** One step as it stands. `ticked`: a person said so, and may take it back. */
export interface FirstStep {
  readonly id: FirstStepId;
  /** It needs a patient's record, and so access to one; all others are done without. */
  readonly needsRecord: boolean;
  readonly state: 'open' | 'done' | 'ticked';
}

/** What stands among the steps once a person does not want to be reminded of them. */
export const stepsPutAway = 'put-away';
