import type { ClinicalCode } from '../model/code.js';

/** Categories of conditions that stay once they are diagnosed: named under past history they are current (DGCS.3, Appendix 1 of the national list: to be checked). */
const stays = /^(?:E0[0-7]|E1[0-4]|E66|E78|E8[45]|F0[0-37]|F1[01279]|F2|F3[1-3]|F41|F7|F84|G1|G2[0-6]|G3[0-7]|G40|G43|G47|G6[0-4]|G7[0-2]|G8[0-3]|G9[15]|G93|H3[56]|H40|H54|H9[01]|I0[5-9]|I1[0-5]|I20|I25|I27|I3[4-7]|I42|I4[5-9]|I50|I7[0-3]|J4[1-7]|J84|K2[1]|K5[0-2]|K7[0-4]|K90|L40|M0[5-9]|M1[0-9]|M3[0-5]|M4[0-35-8]|M79|M8[01]|N0[34]|N18|N40|B1[68]|B2[0-4]|D5[6-9]|D6[1-46-9]|D86|Q|Z)/;

/** Is this a condition that stays? */
export function isLongTermCode(code: ClinicalCode): boolean {
  return stays.test(code);
}
