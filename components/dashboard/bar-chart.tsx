import type { JSX } from 'preact';

export interface Bar {
  readonly name: string;
  readonly value: number;
}

const width = 640;
const rowHeight = 38;

/**
 * One series of bars, each with its name above and its number at its end. Hidden from screen readers: the table that
 * stands below every chart says the same and more. Bars are measured from nought.
 */
export function BarChart({ bars }: { readonly bars: readonly Bar[] }): JSX.Element {
  const most = Math.max(1, ...bars.map((bar) => bar.value));
  const reach = width - 64;
  const height = bars.length * rowHeight + 4;
  return (
    <svg class="bars" viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
      <path class="axis" d={`M.5 0V${height}`} />
      {bars.map((bar, index) => {
        const top = index * rowHeight;
        const length = (bar.value / most) * reach;
        return (
          <g key={bar.name}>
            <text x="8" y={top + 14}>{bar.name}</text>
            <rect x=".5" y={top + 19} width={length} height="14" />
            <text class="value" x={length + 8} y={top + 30}>{bar.value}</text>
          </g>
        );
      })}
    </svg>
  );
}
