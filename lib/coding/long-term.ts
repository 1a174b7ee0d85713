import type { ClinicalCode } from '../model/code.js';

/** Categories of conditions that stay once they are diagnosed: named under past history they are current (DGCS.3, Appendix 1 of the national list: to be checked). */
const stays = /^(?:B18|B2[0-4]|D25|D5[6-9]|D6[1-46-9]|D86|E0[0-7]|E1[0-4]|E66|E78|E79|E8[45]|F|G1|G2[0-6]|G3[0-7]|G40|G43|G47|G5[0-9]|G6[0-4]|G7[0-2]|G8[0-3]|G9[0135]|H0[24]|H1[18]|H2[5-8]|H3[56]|H4[09]|H5[0-4]|H8[01]|H9[01]|I0[5-9]|I1[0-5]|I20|I25|I27|I3[4-7]|I42|I4[4-9]|I50|I67|I7[0-3]|I8[37]|J3[0-57-9]|J4[1-7]|J84|K2[1]|K44|K5[0-278]|K7[0-4]|K76|K86|K90|L2|L40|L4[1-4]|L80|L9[13]|M0[5-9]|M1[0-9]|M2[0-4]|M3[0-5]|M4|M5[01]|M7[259]|M8[0158]|N0[34]|N18|N40|N46|N8[015]|Q|R296|Z)/;

/** Is this a condition that stays? */
export function isLongTermCode(code: ClinicalCode): boolean {
  return stays.test(code);
}
