import type { EpisodeKey, LogEvent } from '../model/decision.js';
import type { ChartPoint, ChartSignal, OverrideChart, OverrideCount, Stage } from '../model/learning-stage.js';
import { standingEvents } from '../model/standing.js';
import { blindHistory } from './blind-sample.js';
import { wilsonLower } from './interval.js';

/** Finished episodes of a specialty before its record is shown (product rule: shadow for 200 episodes). */
export const shadowEpisodes = 200;

/** What the record of words must reach for one-key: least share by Wilson's 90 % interval, distinct episodes, distinct coders. */
export const oneKeyBar = { least: 0.95, episodes: 20, coders: 3 } as const;

/** Does a record reach the bar? It takes 52 of 52, or 86 of 87: the interval asks for more than twenty. */
export function passesBar({ accepted, seen, coders }: { readonly accepted: number; readonly seen: number; readonly coders: number }, bar: { readonly least: number; readonly episodes: number; readonly coders: number } = oneKeyBar): boolean {
  return seen >= bar.episodes && coders >= bar.coders && wilsonLower(accepted, seen) >= bar.least;
}

/** Coded episodes that make a point. */
export const pointEpisodes = 20;
const fixedAfter = 20;
/** So many points on one side of the centre are no chance. */
const run = 8;

/**
 * A p-chart (Shewhart; limits of three standard errors for each point's own number) of overrides, for each specialty. `rebased`: the number of the
 * event after which a person had the limits of a specialty set anew; nothing does that by itself.
 */
export function overrideCharts(events: Iterable<LogEvent>, rebased: ReadonlyMap<string, number> = new Map()): ReadonlyMap<string, OverrideChart> {
  const bySpecialty = new Map<string, { offered: number; overridden: number }[]>();
  for (const { specialty, offered, kept, sequence } of codedWithOffers(events)) {
    if (sequence <= (rebased.get(specialty) ?? 0)) continue;
    const list = bySpecialty.get(specialty) ?? [];
    bySpecialty.set(specialty, list);
    list.push({ offered, overridden: Math.max(0, offered - kept) });
  }
  return new Map([...bySpecialty].map(([specialty, episodes]) => [specialty, chartOf(episodes)]));
}

/** The last word on each episode of which something was on offer. Who saw no suggestion overrode none. */
function codedWithOffers(events: Iterable<LogEvent>): readonly Extract<LogEvent, { readonly kind: 'episode-coded' }>[] {
  const all = [...events];
  const last = new Map<EpisodeKey, Extract<LogEvent, { readonly kind: 'episode-coded' }>>();
  for (const event of standingEvents(all)) if (event.kind === 'episode-coded') { last.delete(event.episode); last.set(event.episode, event); }
  const { compared } = blindHistory(all);
  return [...last.values()].filter(({ episode, offered }) => offered > 0 && !compared.has(episode));
}

/** What coders did not keep as offered, by specialty and by the edition of the rulebook under which they coded; in order of names. */
export function overrideCounts(events: Iterable<LogEvent>): readonly OverrideCount[] {
  const counts = new Map<string, OverrideCount>();
  for (const { specialty, edition, offered, kept } of codedWithOffers(events)) {
    const name = `${specialty} ${edition}`;
    const before = counts.get(name) ?? { specialty, edition, episodes: 0, offered: 0, overridden: 0 };
    counts.set(name, { ...before, episodes: before.episodes + 1, offered: before.offered + offered, overridden: before.overridden + Math.max(0, offered - kept) });
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** The chart of episodes in order; the last ones that make no whole point yet are left out. */
export function chartOf(episodes: readonly { readonly offered: number; readonly overridden: number }[]): OverrideChart {
  const groups = Array.from({ length: Math.floor(episodes.length / pointEpisodes) }, (_, at) => episodes.slice(at * pointEpisodes, (at + 1) * pointEpisodes)
    .reduce((sum, one) => ({ offered: sum.offered + one.offered, overridden: sum.overridden + one.overridden }), { offered: 0, overridden: 0 }));
  const base = groups.slice(0, fixedAfter).reduce((sum, one) => ({ offered: sum.offered + one.offered, overridden: sum.overridden + one.overridden }), { offered: 0, overridden: 0 });
  const centre = base.offered === 0 ? 0 : base.overridden / base.offered;
  const side = (at: number): number => { const one = groups[at]; return one ? Math.sign(one.overridden / one.offered - centre) : NaN; };
  const points = groups.map(({ offered, overridden }, at): ChartPoint => {
    const spread = 3 * Math.sqrt((centre * (1 - centre)) / offered);
    const share = overridden / offered;
    const [lower, upper] = [Math.max(0, centre - spread), Math.min(1, centre + spread)];
    let from = at;
    let to = at;
    while (side(from - 1) === side(at)) from -= 1;
    while (to + 1 < groups.length && side(to + 1) === side(at)) to += 1;
    const isRun = side(at) !== 0 && to - from + 1 >= run;
    const signal = share > upper ? 'above-limit' : share < lower ? 'below-limit' : isRun ? (side(at) > 0 ? 'run-above' : 'run-below') : null;
    return { episodes: pointEpisodes, offered, overridden, share, lower, upper, signal };
  });
  return { points, centre, trial: groups.length < 12 };
}

/**
 * The signal that takes one-key back: one among the newest eight points. Fewer overrides than usual take it back as well: a coder who overrides
 * less than the record errs may be accepting without looking. One-key comes again when eight points in a row vary as usual, or a person who has looked has the limits set anew.
 */
export function relockedBy({ points }: OverrideChart): ChartSignal | null {
  return points.slice(-run).findLast(({ signal }) => signal !== null)?.signal ?? null;
}

/** The stage of a specialty. `cells`: words whose record passes the bar. */
export function stageOf({ episodes, chart, cells }: { readonly episodes: number; readonly chart: OverrideChart | null; readonly cells: number }): Stage {
  if (episodes < shadowEpisodes) return { kind: 'shadow', episodes, needed: shadowEpisodes };
  const relocked = chart && relockedBy(chart);
  return relocked === null && cells > 0 ? { kind: 'one-key', cells } : { kind: 'assist', relocked };
}
