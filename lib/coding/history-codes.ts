import type { ClinicalCode } from '../model/code.js';
import type { Label } from '../model/language.js';

/** Codes of what is past and still matters (section 2.9 of the coding knowledge: to be checked): personal history of a malignant neoplasm by site, of a stroke without deficit, an old infarct of the heart. */
const past: readonly (readonly [condition: RegExp, history: string, label: string, welsh: string])[] = [
  [/^C(?:1[5-9]|2[0-6])/, 'Z850', 'Past cancer of the digestive organs', 'Canser blaenorol y system dreulio'], [/^C3[34]/, 'Z851', 'Past cancer of trachea, bronchus or lung', 'Canser blaenorol y tracea, y bronci neu’r ysgyfaint'], [/^C3[0-27-9]/, 'Z852', 'Past cancer of other organs of the chest', 'Canser blaenorol organau eraill y frest'],
  [/^C50/, 'Z853', 'Past breast cancer', 'Canser blaenorol y fron'], [/^C(?:5[1-8]|6[0-3])/, 'Z854', 'Past cancer of the genital organs', 'Canser blaenorol yr organau cenhedlu'], [/^C6[4-8]/, 'Z855', 'Past cancer of the urinary tract', 'Canser blaenorol y llwybr wrinol'],
  [/^C9[1-5]/, 'Z856', 'Past leukaemia', 'Lewcemia blaenorol'], [/^C(?:8[1-9]|90|96)/, 'Z857', 'Past cancer of lymphoid tissue', 'Canser blaenorol meinwe lymffatig'], [/^C80/, 'Z859', 'Past cancer, site not stated', 'Canser blaenorol, safle heb ei nodi'], [/^C/, 'Z858', 'Past cancer of other organs', 'Canser blaenorol organau eraill'],
  [/^(?:I6[0-4]|G45)/, 'Z867', 'Past circulatory disease (includes stroke, TIA)', 'Clefyd cylchrediad blaenorol (yn cynnwys strôc, TIA)'], [/^I21/, 'I252', 'Old MI', 'Hen drawiad ar y galon (MI)'],
];

/** The code that a condition leaves behind when it is past, or null. */
export function historyCode(condition: ClinicalCode): { readonly code: ClinicalCode; readonly label: Label } | null {
  const found = past.find(([pattern]) => pattern.test(condition));
  return found ? { code: found[1] as ClinicalCode, label: { en: found[2], cy: found[3], translation: 'draft' } } : null;
}
