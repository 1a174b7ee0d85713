import type { JSX } from 'preact';

export interface Bar {
  readonly name: string;
  readonly value: number;
}

const rowHeight = 38;
/** Share of the width that the longest bar takes; the rest is room for its number. */
const reach = 88;

/**
 * One series of bars, each with its name above and its number at its end. Hidden from screen readers: the table that
 * stands below every chart says the same and more. Bars are measured from nought.
 */
export function BarChart({ bars }: { readonly bars: readonly Bar[] }): JSX.Element {
  const most = Math.max(1, ...bars.map((bar) => bar.value));
  const height = bars.length * rowHeight + 4;
  return (
    <svg class="bars" width="100%" height={height} aria-hidden="true">
      <path class="axis" d={`M.5 0V${height}`} />
      {bars.map((bar, index) => {
        const top = index * rowHeight;
        // Shares, not a scaled drawing: the words keep their size in a narrow window.
        const length = `${(bar.value / most) * reach}%`;
        return (
          <g key={bar.name}>
            <text x="8" y={top + 14}>{bar.name}</text>
            <rect x=".5" y={top + 19} width={length} height="14" />
            <text class="value" x={length} dx="8" y={top + 30}>{bar.value}</text>
          </g>
        );
      })}
    </svg>
  );
}
