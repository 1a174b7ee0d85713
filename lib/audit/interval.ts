import { wilsonEnds } from '../base/wilson.js';
import type { Kappa, ShareRange } from '../model/audit-report.js';

/** Two-sided 95 %. */
const z95 = 1.959963984540054;

/** Wilson's score interval at 95 % (E. B. Wilson, JASA 1927, 22:209): `hits` of `of`. Null where there is nothing to be a share of. */
export function wilson(hits: number, of: number): ShareRange | null {
  if (of <= 0) return null;
  const [low, high] = wilsonEnds(hits, of, z95);
  return { share: hits / of, low, high };
}

/**
 * Cohen's κ of two auditors over the same items (J. Cohen, Educ Psychol Meas 1960, 20:37), with the large-sample interval of Fleiss, Cohen and
 * Everitt (Psychol Bull 1969, 72:323). Null without items, or where both gave one and the same verdict throughout: chance explains all, and κ says nothing.
 */
export function cohenKappa(pairs: readonly (readonly [string, string])[]): Kappa | null {
  const n = pairs.length;
  const names = [...new Set(pairs.flat())];
  if (n === 0 || names.length < 2) return null;
  const count = (fits: (pair: readonly [string, string]) => boolean): number => pairs.filter(fits).length / n;
  const rows = new Map(names.map((name) => [name, count(([a]) => a === name)]));
  const columns = new Map(names.map((name) => [name, count(([, b]) => b === name)]));
  const row = (name: string): number => rows.get(name) ?? 0;
  const column = (name: string): number => columns.get(name) ?? 0;
  const observed = count(([a, b]) => a === b);
  const expected = names.reduce((sum, name) => sum + row(name) * column(name), 0);
  if (expected >= 1) return null;
  const kappa = (observed - expected) / (1 - expected);
  const same = names.reduce((sum, name) => sum + count(([a, b]) => a === name && b === name) * (1 - (row(name) + column(name)) * (1 - kappa)) ** 2, 0);
  const other = names.flatMap((a) => names.filter((b) => b !== a).map((b) => count(([x, y]) => x === a && y === b) * (column(a) + row(b)) ** 2)).reduce((sum, one) => sum + one, 0);
  const variance = (same + (1 - kappa) ** 2 * other - (kappa - expected * (1 - kappa)) ** 2) / (n * (1 - expected) ** 2);
  const half = z95 * Math.sqrt(Math.max(0, variance));
  return { items: n, agreed: observed, kappa, low: Math.max(-1, kappa - half), high: Math.min(1, kappa + half) };
}
