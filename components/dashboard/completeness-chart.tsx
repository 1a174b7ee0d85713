import type { JSX } from 'preact';
import type { CompletenessRow, Trajectory } from '../../lib/model/ledger.js';
import { formatMonth, type Words } from '../words.js';

const [width, height, left, right, top, bottom] = [760, 340, 56, 570, 22, 294] as const;
/** Lines of trajectories, the newest first: solid, and then each its own dashes. */
const dashes = ['', '2 4', '9 4', '9 3 2 3', '4 2 1 2'] as const;

/** Shares coded at the deadline and now, month by month, against trajectories and the target. The table beside it says the same. */
export function CompletenessChart({ rows, plans, target, title, words }: { readonly rows: readonly CompletenessRow[]; /** The newest last. */ readonly plans: readonly Trajectory[]; readonly target: number; readonly title: string; readonly words: Words }): JSX.Element {
  const { say, locale } = words;
  const values = [...rows.flatMap(({ within, current, planned }) => [within?.percent, current?.percent, ...planned]), target].filter((one) => typeof one === 'number');
  const least = Math.max(0, Math.min(80, Math.floor((Math.min(...values) - 5) / 20) * 20));
  const x = (at: number): number => left + 62 + ((right - left - 92) * at) / Math.max(1, rows.length - 1);
  const y = (percent: number): number => bottom - ((bottom - top) * (percent - least)) / (100 - least);
  const every = Math.ceil(rows.length / 13);
  const isRoomy = rows.length <= 8;
  const lines = plans.map((plan, at) => ({ plan, dash: dashes[(plans.length - 1 - at) % dashes.length] ?? '', isNewest: at === plans.length - 1, points: rows.flatMap(({ planned }, place) => { const share = planned[at]; return share === null || share === undefined ? [] : [{ x: x(place), y: y(share), share }]; }) })).filter(({ points }) => points.length > 0);
  const ends = spread([...lines.map(({ points }) => points.at(-1)?.y ?? 0), y(target)], 17);
  const grid = Array.from({ length: (100 - least) / 20 + 1 }, (_, at) => least + at * 20);
  return (
    <div class="xmr-scroll completeness-chart" role="group" aria-label={say('completeness.key')} tabIndex={0}>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
        {grid.map((value) => <g key={value}><path class={value === least ? 'axis' : 'grid'} d={`M${left} ${y(value)}H${right}`} /><text class="end" x={left - 8} y={y(value) + 4}>{value === 100 ? '100%' : value}</text></g>)}
        <path class="target" d={`M${left} ${y(target)}H${right}`} />
        <text class="target" x={right + 8} y={(ends.at(-1) ?? 0) + 4}>{say('completeness.target', { target })}</text>
        {lines.map(({ plan, dash, isNewest, points }, at) => (
          <g key={plan.id} class={isNewest ? 'plan newest' : 'plan'}>
            <path d={points.map((point, place) => `${place === 0 ? 'M' : 'L'}${point.x.toFixed(1)} ${point.y.toFixed(1)}`).join('')} stroke-dasharray={dash} />
            {points.map((point) => <circle key={point.x} cx={point.x} cy={point.y} r="2" />)}
            <text class={isNewest ? 'strong' : ''} x={right + 8} y={(ends[at] ?? 0) + 4}>{say('completeness.planEnd', { name: shortened(plan.name), share: points.at(-1)?.share ?? 0 })}</text>
          </g>
        ))}
        {rows.map(({ month, within, current }, at) => {
          const [frozen, now] = [within?.percent ?? null, current?.percent ?? null];
          return (
            <g key={month}>
              {frozen !== null && now !== null && now > frozen ? <path class="late" d={`M${x(at)} ${y(frozen)}V${y(now)}`} /> : null}
              {now !== null ? <circle class="now" cx={x(at)} cy={y(now)} r="5" /> : null}
              {frozen !== null ? <circle class="frozen" cx={x(at)} cy={y(frozen)} r="5" /> : null}
              {isRoomy && frozen !== null ? <text class="end code strong" x={x(at) - 11} y={y(frozen) + (now !== null && y(frozen) - y(now) < 12 ? 12 : 5)}>{share(frozen)}</text> : null}
              {isRoomy && now !== null && share(now) !== share(frozen ?? -1) ? <text class="end code" x={x(at) - 11} y={y(now) - 2}>{share(now)}</text> : null}
              {at % every === 0 ? <text class="middle" x={x(at)} y={bottom + 20}>{formatMonth(month, locale, 'without-year')}</text> : null}
              {at % every === 0 && (at === 0 || Number(month.slice(5)) <= every) ? <text class="middle strong" x={x(at)} y={bottom + 36}>{month.slice(0, 4)}</text> : null}
            </g>
          );
        })}
      </svg>
      <ul class="xmr-key">
        <li><svg class="ic" viewBox="0 0 16 16" aria-hidden="true"><circle class="frozen" cx="8" cy="8" r="5" /></svg>{say('completeness.key.frozen')}</li>
        <li><svg class="ic" viewBox="0 0 16 16" aria-hidden="true"><circle class="now" cx="8" cy="8" r="5" /></svg>{say('completeness.key.now')}</li>
      </ul>
    </div>
  );
}

/** A share as the committee writes it: one place behind the point, none where it is nought. */
export function share(percent: number): string { return String(Math.round(percent * 10) / 10); }

/** A name that has room beside the chart; it stands whole in the table. */
const shortened = (name: string): string => (name.length > 22 ? `${name.slice(0, 21).trimEnd()}…` : name);

/** Places of labels so far apart that none is written over another. */
function spread(wanted: readonly number[], apart: number): readonly number[] {
  const order = wanted.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at);
  for (let place = 1; place < order.length; place += 1) { const [before, here] = [order[place - 1], order[place]]; if (before && here && here.at - before.at < apart) here.at = before.at + apart; }
  return order.sort((a, b) => a.index - b.index).map(({ at }) => at);
}
