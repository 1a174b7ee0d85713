import type { JSX } from 'preact';
import type { ChartSignal, OverrideChart as Chart } from '../../lib/model/learning-stage.js';

const [width, height, edge] = [640, 150, 10];

/** Overrides over time with the centre and the limits of each point. Hidden from screen readers: the table below says the same. A point has its own shape for what it says. */
export function OverrideChart({ chart }: { readonly chart: Chart }): JSX.Element {
  const { points, centre } = chart;
  const most = Math.max(0.05, ...points.map(({ share, upper }) => Math.max(share, upper)));
  const x = (at: number): number => edge + ((width - 2 * edge) * (at + 0.5)) / Math.max(1, points.length);
  const y = (share: number): number => height - edge - ((height - 2 * edge) * share) / most;
  const line = (of: (at: number) => number): string => points.map((_, at) => `${at === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(of(at)).toFixed(1)}`).join('');
  return (
    <svg class="spc" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path class="axis" d={`M.5 0V${height - edge}H${width}`} />
      <path class="limit" d={line((at) => points[at]?.upper ?? 0)} /><path class="limit" d={line((at) => points[at]?.lower ?? 0)} />
      <path class="centre" d={`M${edge} ${y(centre)}H${width - edge}`} />
      <path class="line" d={line((at) => points[at]?.share ?? 0)} />
      {points.map(({ share, signal }, at) => <path key={at} class={`point ${kindOf(signal)}`} d={shapeOf(signal, x(at), y(share))} />)}
    </svg>
  );
}

function kindOf(signal: ChartSignal | null): 'common' | 'worse' | 'better' {
  return signal === null ? 'common' : signal === 'above-limit' || signal === 'run-above' ? 'worse' : 'better';
}

/** Circle, triangle or diamond about a place. */
function shapeOf(signal: ChartSignal | null, x: number, y: number): string {
  switch (kindOf(signal)) {
    case 'common': return `M${x - 4} ${y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z`;
    case 'worse': return `M${x} ${y - 6}L${x + 6} ${y + 5}H${x - 6}Z`;
    case 'better': return `M${x} ${y - 6}L${x + 6} ${y}L${x} ${y + 6}L${x - 6} ${y}Z`;
  }
}
