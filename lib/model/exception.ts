import type { ClinicalCode } from './code.js';
import type { CodingDepth } from './coded-episode.js';
import type { Bilingual } from './language.js';

export const exceptionFields = ['length-of-stay', 'age', 'admission-method', 'patient-class', 'specialty', 'discharge-method', 'diagnosis', 'procedure', 'critical-care', 'high-cost-drug', 'readmission', 'selected-for-audit'] as const;
/** What a criterion may ask of an episode. `diagnosis` and `procedure` are apart because the letters of ICD-10 and OPCS-4 mean other things. */
export type ExceptionField = (typeof exceptionFields)[number];

export const exceptionOperators = ['=', '≠', '<', '>', '≥', 'in', 'starts-with'] as const;
export type ExceptionOperator = (typeof exceptionOperators)[number];

/** Closed words for the fields that are chosen from a list: NHS Data Dictionary ADMISSION METHOD by its groups (1x, 2x, 3x, 8x), PATIENT CLASSIFICATION, DISCHARGE METHOD. */
export const exceptionChoices = {
  'admission-method': ['elective', 'emergency', 'maternity', 'other'],
  'patient-class': ['ordinary', 'day-case', 'regular-day', 'regular-night', 'mother-and-baby'],
  'discharge-method': ['discharged', 'self-discharged', 'died', 'stillbirth'],
} as const;
export type ChoiceField = keyof typeof exceptionChoices;

/** How the values of a field are written, and so which operators it takes. */
export type FieldKind = 'number' | 'yes-no' | 'choice' | 'specialty' | 'codes';
export const fieldKinds = {
  'length-of-stay': 'number', age: 'number', 'admission-method': 'choice', 'patient-class': 'choice', specialty: 'specialty', 'discharge-method': 'choice',
  diagnosis: 'codes', procedure: 'codes', 'critical-care': 'yes-no', 'high-cost-drug': 'yes-no', readmission: 'yes-no', 'selected-for-audit': 'yes-no',
} as const satisfies { readonly [Field in ExceptionField]: FieldKind };

export const operatorsOf = {
  number: ['=', '≠', '<', '>', '≥'], 'yes-no': ['=', '≠'], choice: ['=', '≠', 'in'], specialty: ['=', '≠', 'in', 'starts-with'], codes: ['=', '≠', 'in', 'starts-with'],
} as const satisfies { readonly [Kind in FieldKind]: readonly ExceptionOperator[] };

/** A number for numbers, yes or no, and for all others the words, codes, beginnings of codes or ranges of them (`C00–C97`). */
export type ExceptionValue = number | boolean | readonly string[];

/** One line of a department's list of episodes that are coded in full. The first that is met decides. */
export interface ExceptionCriterion {
  /** Lower case with hyphens; this name and nothing else goes into the log. */
  readonly id: string;
  readonly field: ExceptionField;
  readonly operator: ExceptionOperator;
  readonly value: ExceptionValue;
  /** Shown to the coder. */
  readonly reason: Bilingual<string>;
  readonly order: number;
  /** First and last day of discharge that it is for, YYYY-MM-DD; null is without end. */
  readonly from: string | null;
  readonly to: string | null;
  /** Is the coder asked when the page does not say? What is not asked and not known is not met. */
  readonly ask: boolean;
}

/** A list of exception criteria. A `placeholder` was invented to be replaced by the health board's own and says so wherever it is shown. */
export interface ExceptionList {
  readonly status: 'placeholder' | 'agreed';
  readonly criteria: readonly ExceptionCriterion[];
}

/** What is known of an episode, by field; what is left out is not known, never taken for no. `specialty` is a TREATMENT FUNCTION CODE. */
export interface EpisodeFacts {
  readonly 'length-of-stay'?: number;
  readonly age?: number;
  readonly 'admission-method'?: (typeof exceptionChoices)['admission-method'][number];
  readonly 'patient-class'?: (typeof exceptionChoices)['patient-class'][number];
  readonly specialty?: string;
  readonly 'discharge-method'?: (typeof exceptionChoices)['discharge-method'][number];
  /** Accepted or on offer. */
  readonly diagnosis?: readonly ClinicalCode[];
  readonly procedure?: readonly ClinicalCode[];
  readonly 'critical-care'?: boolean;
  readonly 'high-cost-drug'?: boolean;
  readonly readmission?: boolean;
  readonly 'selected-for-audit'?: boolean;
}

/** A fact that a coder can be asked for: codes are read and accepted, never asked. */
export type AskedField = Exclude<ExceptionField, 'diagnosis' | 'procedure'>;
export const askedFields: readonly AskedField[] = exceptionFields.filter((field): field is AskedField => field !== 'diagnosis' && field !== 'procedure');
/** What a coder answers: a whole number, yes or no, or one of the words. */
export type FactAnswer = number | boolean | string;

/** An invented episode on which a list is tried. */
export interface SampleEpisode {
  readonly id: string;
  readonly title: Bilingual<string>;
  readonly discharged: string;
  readonly facts: EpisodeFacts;
}

/** Why an episode is coded as far as it is. */
export type DepthGround =
  /** The department codes every episode in full. */
  | { readonly kind: 'department' }
  /** A criterion is met: which, at what place of those in force, and what of the episode met it (a number, a code or a word; null where yes says it all). */
  | { readonly kind: 'criterion'; readonly id: string; readonly place: number; readonly field: ExceptionField; readonly found: number | string | null; readonly reason: Bilingual<string> }
  /** None of those in force is met. */
  | { readonly kind: 'none-met'; readonly tried: number }
  | { readonly kind: 'chosen' };

/** How far an episode is coded, and why. */
export interface DepthDecision {
  readonly depth: CodingDepth;
  readonly ground: DepthGround;
  /** What the page does not show and a criterion that could still decide needs, the next to ask first. */
  readonly missing: readonly AskedField[];
}

/** What the panel shows beside the depth. */
export interface DepthReason extends Omit<DepthDecision, 'depth'> {
  /** What the coder has answered for this episode; memory only. */
  readonly answered: readonly AskedField[];
  readonly status: ExceptionList['status'];
}
