import type { CodingRule, ProcedureCode } from '../draft.js';
import { isOptionalProcedure } from './optional-procedures.js';

/** Where a code stands among those of one theatre visit: the prosthesis before the extraction (PConvention 2), then what was done besides, then approach, site, side. */
function rank(code: string): number {
  if (/^C75/.test(code)) return 0;
  if (/^C7[1-4]/.test(code)) return 1;
  if (/^Z94/.test(code)) return 9;
  if (/^Z/.test(code)) return 8;
  if (/^Y/.test(code)) return 7;
  if (/^C90/.test(code)) return 6;
  // A test that guided an operation stands behind it.
  if (isOptionalProcedure(code) && !/^X28/.test(code)) return 5;
  return 2;
}

/** PRule 2: the main intervention first, then by how plainly the note says it was done, then as the note names them. */
export const mainProcedure: CodingRule = {
  id: 'PRule2', isToBeChecked: false, on: 'procedures',
  apply: (draft) => ({ ...draft, codes: [...draft.codes].sort((a, b) => Math.round(b.from.weight) - Math.round(a.from.weight) || (a.from === b.from ? a.index - b.index : a.code.slice(0, 3) === b.code.slice(0, 3) ? (a.code < b.code ? -1 : 1) : a.from.candidate.first - b.from.candidate.first)) }),
};

/** PConvention 2: a code that wants a supplementary one goes before it, so C75 before C71. */
export const pairedOrder: CodingRule = {
  id: 'PConvention2', isToBeChecked: false, on: 'procedures',
  apply: (draft) => ({ ...draft, codes: [...draft.codes].sort((a, b) => rank(a.code) - rank(b.code)).map((one): ProcedureCode => (/^C7[15]/.test(one.code) ? { ...one, fired: [...one.fired, 'PConvention2'] } : one)) }),
};

/** PRule 7: codes of chapters Y and Z are never first; alone they are no procedure. */
export const neverFirst: CodingRule = {
  id: 'PRule7', isToBeChecked: false, on: 'procedures',
  apply(draft) {
    const main = draft.codes.filter(({ code }) => !/^[YZ]/.test(code));
    if (main.length === 0) return { ...draft, codes: [] };
    return { ...draft, codes: [...main, ...draft.codes.filter(({ code }) => /^[YZ]/.test(code)).map((one): ProcedureCode => ({ ...one, fired: one.fired.includes('PRule7') ? one.fired : [...one.fired, 'PRule7'] }))] };
  },
};
