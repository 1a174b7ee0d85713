import type { Better, Side, SignalMeaning, SpecialCause, Xmr, XmrLimits, XmrPhase, XmrReading, XmrSignal } from '../model/xmr.js';
import { specialCauses } from '../model/xmr.js';

// The rules and constants are those of the NHS England *Making Data Count* tools, as NHSRplotthedots 0.2.2 states them
// (R/ptd_spc_standard.R, R/ptd_calculate_point_type.R), without that package's screening of outliers, which the tools do not do.
/** 3 / 1.128: three standard deviations, estimated from moving ranges of two. */
const limitFactor = 2.66;
const nearFactor = (2 / 3) * limitFactor;
/** D4 for ranges of two (Wheeler, *Making Sense of Data*, appendix). */
const rangeFactor = 3.268;
/** Points on one side of the mean that are a shift, and points in one direction that are a trend. */
const runLength = 7;
/** Limits that rest on fewer points than this are on trial. */
const fullBaseline = 12;

/** Where limits are set anew: `from` the place of the first point, `limitsTo` that of the last the limits rest on, or null for all. */
export interface PhaseStart {
  readonly from: number;
  readonly limitsTo: number | null;
}

/**
 * An XmR chart of values in order of time. A null value is a month in which nothing was read: it has no moving range to
 * either side and ends every run, so that no signal is claimed across what nobody read. Neither ranges nor runs reach
 * from one phase into the next. `starts` are set by a person; the first phase begins at the first value anyway.
 */
export function xmrOf(values: readonly (number | null)[], better: Better, starts: readonly PhaseStart[] = []): Xmr {
  const phases = phasesOf(values, starts);
  const readings = phases.flatMap((phase) => readingsOf(values.slice(phase.from, phase.to + 1), phase.limits, better));
  return { better, readings, phases };
}

function phasesOf(values: readonly (number | null)[], starts: readonly PhaseStart[]): readonly [XmrPhase, ...XmrPhase[]] {
  const inside = starts.filter(({ from }) => from > 0 && from < values.length).sort((a, b) => a.from - b.from)
    .filter(({ from }, at, all) => all[at + 1]?.from !== from);
  const opening = starts.filter(({ from }) => from <= 0).at(-1);
  const phaseAt = ({ from, limitsTo }: PhaseStart, next: PhaseStart | undefined): XmrPhase => {
    const to = (next?.from ?? values.length) - 1;
    const until = limitsTo === null || limitsTo < from ? to : Math.min(limitsTo, to);
    const known = values.slice(from, until + 1);
    const points = known.filter((value) => value !== null).length;
    return { from, to, limitsTo: until, limits: limitsOf(known), points, trial: points < fullBaseline };
  };
  return [phaseAt({ from: 0, limitsTo: opening?.limitsTo ?? null }, inside[0]), ...inside.map((start, at) => phaseAt(start, inside[at + 1]))];
}

function limitsOf(values: readonly (number | null)[]): XmrLimits | null {
  const known = values.filter((value) => value !== null);
  const ranges = rangesOf(values).filter((range) => range !== null);
  if (ranges.length === 0) return null;
  const mean = average(known);
  const averageRange = average(ranges);
  const about = (factor: number): number => mean + factor * averageRange;
  return {
    mean, averageRange, upper: about(limitFactor), lower: about(-limitFactor), nearUpper: about(nearFactor), nearLower: about(-nearFactor),
    rangeLimit: rangeFactor * averageRange,
  };
}

function rangesOf(values: readonly (number | null)[]): readonly (number | null)[] {
  return values.map((value, at) => {
    const before = at === 0 ? null : values[at - 1] ?? null;
    return value === null || before === null ? null : Math.abs(value - before);
  });
}

function readingsOf(values: readonly (number | null)[], limits: XmrLimits | null, better: Better): readonly XmrReading[] {
  const ranges = rangesOf(values);
  if (!limits) return values.map((value, at) => ({ value, range: ranges[at] ?? null, rangeOutside: false, signal: null }));
  // Values are shares worked out by division: what differs by less than this differs by rounding alone, and is equal.
  const equal = 1e-9 * Math.max(Math.abs(limits.mean), limits.averageRange);
  const sides = values.map((value) => sideOf(value, limits.mean, limits.mean, equal));
  const outside = values.map((value) => sideOf(value, limits.lower, limits.upper, equal));
  const outer = values.map((value, at) => (outside[at] === null ? sideOf(value, limits.nearLower, limits.nearUpper, equal) : null));
  const steps = values.map((value, at) => {
    const before = at === 0 ? null : values[at - 1] ?? null;
    return value === null || before === null ? null : sideOf(value, before, before, equal);
  });
  const found: Readonly<Record<SpecialCause, readonly (Side | null)[]>> = {
    'outside-limit': outside, trend: trendsOf(steps), 'two-of-three': outerPairs(sides, outer), shift: runsOf(sides, runLength),
  };
  return values.map((value, at) => {
    const range = ranges[at] ?? null;
    return { value, range, rangeOutside: range !== null && range > limits.rangeLimit + equal, signal: signalAt(found, at, better) };
  });
}

/** High above the upper bound, low below the lower one, null between them or on them. */
function sideOf(value: number | null, lower: number, upper: number, equal: number): Side | null {
  if (value === null) return null;
  if (value > upper + equal) return 'high';
  return value < lower - equal ? 'low' : null;
}

/** Marks every place of each unbroken run of one side that is at least so long. */
function runsOf(sides: readonly (Side | null)[], least: number): readonly (Side | null)[] {
  const marked: (Side | null)[] = sides.map(() => null);
  for (let at = 0, start = 0; at < sides.length; at += 1) {
    if (sides[at] !== sides[start]) start = at;
    const side = sides[at] ?? null;
    if (side !== null && at - start + 1 >= least) marked.fill(side, start, at + 1);
  }
  return marked;
}

/** Seven points in one direction are six steps; the point before the first step belongs to it. A point that ends one trend and begins another belongs to the later. */
function trendsOf(steps: readonly (Side | null)[]): readonly (Side | null)[] {
  const runs = runsOf(steps, runLength - 1);
  return runs.map((side, at) => runs[at + 1] ?? side);
}

/** Two of three neighbouring points in the outer third, all three on the same side of the mean: those of the outer third are marked. */
function outerPairs(sides: readonly (Side | null)[], outer: readonly (Side | null)[]): readonly (Side | null)[] {
  const marked: (Side | null)[] = sides.map(() => null);
  for (let at = 0; at + 2 < sides.length; at += 1) {
    const side = sides[at] ?? null;
    const three = [at, at + 1, at + 2];
    if (side === null || three.some((place) => sides[place] !== side)) continue;
    const far = three.filter((place) => outer[place] === side);
    if (far.length >= 2) for (const place of far) marked[place] = side;
  }
  return marked;
}

function signalAt(found: Readonly<Record<SpecialCause, readonly (Side | null)[]>>, at: number, better: Better): XmrSignal | null {
  const causes = specialCauses.filter((cause) => found[cause][at]);
  const [cause] = causes;
  const side = cause === undefined ? null : found[cause][at];
  return cause === undefined || !side ? null : { cause, causes, side, meaning: meaningOf(side, better) };
}

function meaningOf(side: Side, better: Better): SignalMeaning {
  switch (better) {
    case 'neutral': return 'neutral';
    case 'lower': return side === 'low' ? 'improvement' : 'concern';
    case 'higher': return side === 'high' ? 'improvement' : 'concern';
  }
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
