import type { TreatmentFunction } from '../model/ledger.js';
import { folded } from './ledger-columns.js';

/** A treatment function with every name that an extract may call it by. */
export interface NamedFunction { readonly code: number; readonly names: readonly string[] }

/**
 * Finds a treatment function by its code (`400`, `400 Neurology`, `Neurology (400)`) or by its whole name, in either language; takes folded words. A code that is
 * not on the list, and words about a name, find nothing: a specialty is named or refused, never taken for its neighbour.
 */
export function createFunctionFinder(functions: readonly NamedFunction[]): (words: string) => TreatmentFunction | null {
  const byCode = new Set(functions.map(({ code }) => code));
  const byName = new Map<string, number>();
  // A name that two have finds neither.
  const twice = new Set<string>();
  for (const { code, names } of functions) for (const name of names.map(folded)) { if ((byName.get(name) ?? code) !== code) twice.add(name); byName.set(name, code); }
  return (words) => {
    const named = twice.has(words) ? undefined : byName.get(words);
    if (named !== undefined) return named as TreatmentFunction;
    const written = /^(?:(\d{3})(?: (.+))?|(.+) (\d{3}))$/.exec(words);
    const code = Number(written?.[1] ?? written?.[4] ?? NaN);
    if (!byCode.has(code)) return null;
    // A code beside the name of another function is a slip of one or the other.
    const beside = byName.get(written?.[2] ?? written?.[3] ?? '');
    return beside !== undefined && beside !== code ? null : code as TreatmentFunction;
  };
}
