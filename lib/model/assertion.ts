import type { Span } from '../base/span.js';

/** How a mention was meant: four independent axes (ConText, Harkema 2009), with the UK's own line through certainty. */
export interface Assertion {
  readonly polarity: 'affirmed' | 'negated';
  /** `codable`: in doubt, but coded as if confirmed (DGCS.2: probable, presumed, treat as, working diagnosis). `uncertain`: not codable. */
  readonly certainty: 'certain' | 'codable' | 'uncertain';
  readonly temporality: 'current' | 'historical' | 'hypothetical';
  readonly subject: 'patient' | 'family' | 'other';
}

/** The words that moved one axis away from plain presence. `span` is null where the heading above did. */
export interface AssertionCue {
  readonly axis: keyof Assertion;
  readonly words: string;
  readonly span: Span | null;
}

/** Said of the patient, now, without doubt. */
export const plainly: Assertion = { polarity: 'affirmed', certainty: 'certain', temporality: 'current', subject: 'patient' };

/** May a condition that is meant so be coded as present (DGCS.1, DGCS.2)? */
export function isCodable(assertion: Assertion): boolean {
  return assertion.polarity === 'affirmed' && assertion.certainty !== 'uncertain' && assertion.temporality === 'current' && assertion.subject === 'patient';
}
