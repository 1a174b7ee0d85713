import type { Pointed } from './review.js';

/** Letters that name marks: those of the home row, which rest under the fingers on every keyboard of the NHS. */
export const homeRow = 'asdfghjkl';

/** Letters shown at one place of a note, and the marks there. */
export interface MarkLabel {
  /** Lower case, of `homeRow` only; none begins another. */
  readonly label: string;
  readonly pointed: Pointed;
}

/**
 * As many labels as asked for, in order, with the fewest keys in all: none begins another, so that the last letter decides without Enter;
 * lengths differ by one at most and the shorter come first.
 */
export function labelsFor(count: number): readonly string[] {
  let level: readonly string[] = [''];
  const longer = (labels: readonly string[]): readonly string[] => labels.flatMap((label) => [...homeRow].map((letter) => label + letter));
  while (level.length * homeRow.length < count) level = longer(level);
  if (count <= 0) return [];
  // Each label that gives way to its longer ones makes room for all but one of them.
  const giveWay = Math.ceil((count - level.length) / (homeRow.length - 1));
  const kept = level.length - Math.max(level.length === 1 ? 1 : 0, giveWay);
  return [...level.slice(0, kept), ...longer(level.slice(kept))].slice(0, count);
}
