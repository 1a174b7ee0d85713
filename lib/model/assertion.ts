import type { Span } from '../base/span.js';

/** How a mention was meant: four independent axes (ConText, Harkema 2009), with the UK's own line through certainty. */
export interface Assertion {
  readonly polarity: 'affirmed' | 'negated';
  /** `codable`: in doubt, but coded as if confirmed (DGCS.2: probable, presumed, treat as, working diagnosis). `uncertain`: not codable. */
  readonly certainty: 'certain' | 'codable' | 'uncertain';
  readonly temporality: 'current' | 'historical' | 'hypothetical';
  readonly subject: 'patient' | 'family' | 'other';
}

/** Kinds of doubting words whose treatment a department may choose. Others (rule out, versus, not excluded) say that nobody knows yet, and are never codable. */
export const doubtTerms = ['presumed', 'probable', 'treat-as', 'working-diagnosis', 'likely', 'tebygol', 'impression', 'consistent-with', 'suggestive-of', 'possible', 'suspected', 'query', 'question-mark', 'may-be'] as const;
export type DoubtTerm = (typeof doubtTerms)[number];
/** `codable`: a diagnosis in such words is coded as if confirmed. */
export type DoubtTreatment = 'codable' | 'not-codable';
/** How a department treats each term; one that it leaves out is treated as the UK does. */
export type DoubtPolicy = { readonly [Term in DoubtTerm]?: DoubtTreatment };

/** The text of DGCS.2 names four terms only; all others are not coded as the condition (“likely” and “impression” vary locally, and tebygol is Welsh for likely and for probable: to be checked, so a department may choose). */
export function ukTreatment(term: DoubtTerm): DoubtTreatment {
  return term === 'presumed' || term === 'probable' || term === 'treat-as' || term === 'working-diagnosis' ? 'codable' : 'not-codable';
}

/** The words that moved one axis away from plain presence. `span` is null where the heading above did. */
export interface AssertionCue {
  readonly axis: keyof Assertion;
  readonly words: string;
  readonly span: Span | null;
  /** The department treats these words otherwise than the UK does. */
  readonly byDepartment: boolean;
}

/** Said of the patient, now, without doubt. */
export const plainly: Assertion = { polarity: 'affirmed', certainty: 'certain', temporality: 'current', subject: 'patient' };

/** May a condition that is meant so be coded as present (DGCS.1, DGCS.2)? */
export function isCodable(assertion: Assertion): boolean {
  return assertion.polarity === 'affirmed' && assertion.certainty !== 'uncertain' && assertion.temporality === 'current' && assertion.subject === 'patient';
}

/** Does the certainty rest on a department's own treatment of the words? */
export function isByDepartment(cues: readonly AssertionCue[]): boolean {
  return cues.some((cue) => cue.axis === 'certainty' && cue.byDepartment);
}
