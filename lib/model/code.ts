import type { Brand } from '../base/brand.js';

export const codeSystems = ['ICD-10', 'OPCS-4'] as const;
/** The two classifications of the NHS: ICD-10 5th Edition for diagnoses, OPCS-4 for interventions. */
export type CodeSystem = (typeof codeSystems)[number];

/** A clinical code as it is sent: four characters, no dot, X as the filler of an ICD-10 category without subdivision (`G35X`, `C751`). */
export type ClinicalCode = Brand<string, 'ClinicalCode'>;

/** ICD-10 letter and two digits, then a digit or X; OPCS-4 the same with a digit. */
const shape = /^[A-Z][0-9]{2}[0-9X]$/;

/** A code in any usual spelling (`G35.X`, `g35`, `C75.1`, `A00.-`) as it is sent, or null when it is none. */
export function readCode(written: string): ClinicalCode | null {
  const bare = written.trim().toUpperCase().replace(/[.\s]/g, '').replace(/-$/, '').replace(/[†*+]$/, '');
  const filled = bare.length === 3 ? `${bare}X` : bare;
  return shape.test(filled) ? filled as ClinicalCode : null;
}

/** A code as people read it: `G35.X`, `C75.1`. */
export function writtenCode(code: ClinicalCode): string {
  return `${code.slice(0, 3)}.${code.slice(3)}`;
}

/** How a code of ICD-10 stands to another: the cause (dagger), the manifestation (asterisk), or neither. */
export type DualKind = 'dagger' | 'asterisk' | 'none';

/** One code of an edition of a classification. */
export interface CodeEntry {
  readonly system: CodeSystem;
  readonly code: ClinicalCode;
  /** Its title, where the edition brings titles: WHO's are not shipped, so ICD-10 has none until a health board has imported its own. */
  readonly title: string | null;
  readonly dual: DualKind;
  /** The only sex that the code fits, where the edition says so. */
  readonly sex: 'female' | 'male' | null;
  /** Ages that the code fits, in whole years, both ends included; null where the edition sets none. */
  readonly ages: { readonly from: number; readonly to: number } | null;
  /** Episodes in English hospitals in the last year counted; 0 where unknown. */
  readonly usage: number;
}
