import { smallestShown } from '../model/counters.js';

export { smallestShown };

/** May this count not be shown, where the smallest that may is `least`? */
export function isSmall(count: number, least: number): boolean {
  return count > 0 && count < least;
}

/** Some cells of a publication that add up to another of its cells. */
export interface SumLine {
  readonly parts: readonly number[];
  readonly total: number;
}

/** What is settled before cells are hidden. */
export interface HidingTerms {
  /** Smallest count that may be shown; 5 where policy sets no other. */
  readonly least?: number;
  /** Cells that others see already, so that hiding them would help nobody. */
  readonly open?: readonly number[];
  /** Cells that are hidden elsewhere, of any size: they are kept as the small ones are. */
  readonly secret?: readonly number[];
}

/**
 * Which cells must be hidden: those from 1 to below `least`, and as many others as it takes that none of those can be
 * worked out from what is left, given every sum that the publication shows. Cells are named by their place in `values`.
 * The smallest that will do is hidden first; a nought never is, since it says nothing of anybody.
 */
export function hiddenCells(values: readonly number[], lines: readonly SumLine[], { least = smallestShown, open = [], secret = [] }: HidingTerms = {}): ReadonlySet<number> {
  const small = [...new Set([...values.flatMap((value, at) => (isSmall(value, least) ? [at] : [])), ...secret])];
  const shown = new Set(open);
  const hidden = new Set(small);
  const linesOf = new Map<number, SumLine[]>();
  for (const line of lines) for (const cell of cellsOf(line)) linesOf.set(cell, [...linesOf.get(cell) ?? [], line]);
  for (;;) {
    const known = knowable(values, lines, hidden);
    const exposed = small.filter((cell) => known.has(cell));
    const before = hidden.size;
    const helped = new Set<SumLine>();
    for (const cell of exposed) {
      const own = linesOf.get(cell) ?? [];
      if (own.some((line) => helped.has(line))) continue;
      const next = companionOf(own, lines, values, (at) => hidden.has(at) || shown.has(at), known);
      if (next === null) continue;
      hidden.add(next);
      for (const line of linesOf.get(next) ?? []) helped.add(line);
    }
    if (hidden.size === before) return hidden;
  }
}

/** A cell to hide with an exposed one: the smallest shown of its lines, else of any line with a cell that can be worked out. */
function companionOf(own: readonly SumLine[], lines: readonly SumLine[], values: readonly number[], isSettled: (cell: number) => boolean, known: ReadonlySet<number>): number | null {
  const smallest = (among: readonly SumLine[]): number | null => {
    let best: number | null = null;
    for (const line of among) for (const cell of cellsOf(line)) if (!isSettled(cell) && (values[cell] ?? 0) > 0 && (best === null || (values[cell] ?? 0) < (values[best] ?? 0))) best = cell;
    return best;
  };
  return smallest(own) ?? smallest(lines.filter((line) => cellsOf(line).some((cell) => known.has(cell))));
}

function cellsOf(line: SumLine): readonly number[] {
  return [...line.parts, line.total];
}

/** What is hidden of a line: plus for parts and minus for the total, it comes to what is shown of it. */
interface Equation {
  readonly terms: readonly (readonly [cell: number, sign: number])[];
  readonly sum: number;
}

/** The hidden cells that a reader can work out: by adding and taking away, or because every hidden cell is at least 1. */
function knowable(values: readonly number[], lines: readonly SumLine[], hidden: ReadonlySet<number>): ReadonlySet<number> {
  const equations = lines.flatMap((line): readonly Equation[] => {
    const signed = [...line.parts.map((cell) => [cell, 1] as const), [line.total, -1] as const];
    const terms = signed.filter(([cell]) => hidden.has(cell));
    const shown = signed.reduce((sum, [cell, sign]) => (hidden.has(cell) ? sum : sum + sign * (values[cell] ?? 0)), 0);
    return terms.length === 0 ? [] : [{ terms, sum: -shown }];
  });
  return new Set([...determined(equations), ...narrowed(equations)]);
}

/** Cells that one combination of the equations leaves alone (Gauss–Jordan on rows that hold few cells each). */
function determined(equations: readonly Equation[]): readonly number[] {
  const rows = equations.map(({ terms }) => new Map(terms));
  const pivots = new Set<Map<number, number>>();
  for (const pivot of rows) {
    const [entry] = pivot;
    if (!entry) continue;
    const [cell, by] = entry;
    pivots.add(pivot);
    for (const [at, value] of pivot) pivot.set(at, value / by);
    for (const row of rows) {
      const factor = row === pivot ? undefined : row.get(cell);
      if (factor === undefined) continue;
      for (const [at, value] of pivot) {
        const left = (row.get(at) ?? 0) - factor * value;
        if (Math.abs(left) < 1e-9) row.delete(at);
        else row.set(at, left);
      }
    }
  }
  return [...pivots].flatMap((row) => (row.size === 1 ? [...row.keys()] : []));
}

/** Cells whose least and greatest possible value meet, when none is below 1. */
function narrowed(equations: readonly Equation[]): readonly number[] {
  const bounds = new Map<number, { low: number; high: number }>();
  for (const { terms } of equations) for (const [cell] of terms) bounds.set(cell, { low: 1, high: Infinity });
  for (let moved = true; moved;) {
    moved = false;
    for (const { terms, sum } of equations) {
      for (const [cell, sign] of terms) {
        let [least, most] = [0, 0];
        for (const [other, weight] of terms) {
          const bound = bounds.get(other);
          if (other === cell || !bound) continue;
          least += weight > 0 ? bound.low : -bound.high;
          most += weight > 0 ? bound.high : -bound.low;
        }
        const [from, to] = sign > 0 ? [sum - most, sum - least] : [least - sum, most - sum];
        const own = bounds.get(cell);
        if (own && from > own.low + 1e-9) { own.low = from; moved = true; }
        if (own && to < own.high - 1e-9) { own.high = to; moved = true; }
      }
    }
  }
  return [...bounds].flatMap(([cell, { low, high }]) => (high - low < 0.5 ? [cell] : []));
}
