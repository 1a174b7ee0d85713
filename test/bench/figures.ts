/** One measured figure with its goal; a ratio is compared with the goal, a plain figure without one is only printed. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: { readonly atLeast: number } | { readonly atMost: number } | null;
}

/** The middle one of some measurements. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** Did the figure reach its goal? Null without one. */
export function isMet({ value, goal }: Figure): boolean | null {
  if (goal === null) return null;
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
}

const show = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2));

/** A figure as one line. */
export function lineOf(figure: Figure): string {
  const { name, value, unit, goal } = figure;
  const met = isMet(figure);
  return `${name.padEnd(74)} ${show(value).padStart(9)} ${unit.padEnd(8)}${goal === null ? '' : ` goal ${'atLeast' in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`}  ${met ? 'met' : 'MISSED'}`}`;
}
