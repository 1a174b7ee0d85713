import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { ChartOrTooFew, ChartReading, Intervention, RateChart, RatePoint } from '../../lib/model/quality.js';
import type { SignalMeaning, XmrPhase, XmrReading } from '../../lib/model/xmr.js';
import { formatDate, formatMonth, type WordKey, type Words } from '../words.js';

const [width, height] = [900, 320];
/** Room for the axis and for the names of the lines at their ends. */
const [left, right, top, bottom] = [40, 780, 62, 270];

/** What a chart measures: findings per 100 episodes, or the share of episodes coded in time. */
export type Measure = 'findings' | 'completeness';

/** What the chart says of completeness where it would speak of findings. */
const ofCompleteness: Readonly<Partial<Record<WordKey, WordKey>>> = {
  'xmr.title.changed.low': 'xmr.coded.changed.low', 'xmr.title.changed.high': 'xmr.coded.changed.high', 'xmr.title.passed.low': 'xmr.coded.passed.low', 'xmr.title.passed.high': 'xmr.coded.passed.high', 'xmr.lede.month': 'xmr.coded.lede', 'xmr.lede.quarter': 'xmr.coded.lede',
  'xmr.key.improvement': 'xmr.coded.improvement', 'xmr.point.usual': 'xmr.coded.point.usual', 'xmr.point.signal': 'xmr.coded.point.signal', 'xmr.point.none': 'xmr.coded.point.none', 'xmr.column.rate': 'completeness.column.within', 'dashboard.column.findings': 'xmr.coded.column.coded', 'xmr.column.read': 'completeness.column.episodes',
};

/** A rate over time for one specialty compared with itself: what it says, the chart, and the table of every point. */
export function XmrChart({ of, name, words: given, measure = 'findings' }: { readonly of: ChartOrTooFew; /** Of the specialty. */ readonly name: string; readonly words: Words; readonly measure?: Measure }): JSX.Element {
  const words: Words = measure === 'findings' ? given : { ...given, say: (key, values) => given.say(ofCompleteness[key] ?? key, values) };
  if (of.kind === 'too-few') return <section class="xmr"><h3>{name}</h3><p>{words.say('xmr.tooFew')}</p></section>;
  const { chart } = of;
  const title = titleOf(chart, name, words);
  const latest = chart.xmr.phases.at(-1) as XmrPhase;
  return (
    <section class="xmr">
      <h3>{title}</h3>
      <p class="small">{words.say(`xmr.lede.${chart.period}`)}{latest.trial ? ` ${words.say('xmr.trial', { count: latest.points })}` : ''}</p>
      <Drawing chart={chart} title={title} most={measure === 'completeness' ? 100 : Infinity} words={words} />
      <Key chart={chart} words={words} />
      <PointTable chart={chart} title={title} words={words} />
    </section>
  );
}

/** What the chart says, in a sentence. */
function titleOf({ reading, period }: { readonly reading: ChartReading; readonly period: RateChart['period'] }, name: string, words: Words): string {
  const month = (of: string): string => formatMonth(of, words.locale);
  switch (reading.kind) {
    case 'usual': return words.say('xmr.title.usual', { name });
    case 'changed': return words.say(`xmr.title.changed.${reading.side}`, { name, since: month(reading.since) });
    case 'apart': return words.say(`xmr.title.apart.${period}.${reading.side}`, { name, at: month(reading.at) });
    case 'passed': return words.say(`xmr.title.passed.${reading.side}`, { name, since: month(reading.since), until: month(reading.until) });
  }
}

/** The chart. One stop for the Tab key; arrow keys go from point to point, and what a point says stands under the chart. */
function Drawing({ chart, title, most: possible, words }: { readonly chart: RateChart; readonly title: string; /** The highest that a value can be: limits are drawn as far as that. */ readonly most: number; readonly words: Words }): JSX.Element {
  const { points, xmr, interventions } = chart;
  const [at, go] = useState(points.length - 1);
  const [told, tell] = useState(false);
  const marks = useRef<(SVGGElement | null)[]>([]);
  const here = Math.min(at, points.length - 1);
  const step = stepOf(Math.max(1, ...xmr.readings.map(({ value }) => value ?? 0), ...xmr.phases.map(({ limits }) => Math.min(possible, limits?.upper ?? 0))));
  const most = step.by * step.count;
  const x = (place: number): number => left + ((right - left) * (place + 0.5)) / Math.max(1, points.length);
  const y = (value: number): number => bottom - ((bottom - top) * Math.min(most, Math.max(0, value))) / most;
  const moved = (event: KeyboardEvent): void => {
    const next = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: points.length - 1 }[event.key];
    if (next === undefined || next < 0 || next >= points.length || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    go(next);
    marks.current[next]?.focus();
  };
  const say = (place: number): string => pointWords(chart, place, words);
  return (
    <div class="xmr-scroll">
      <svg viewBox={`0 0 ${width} ${height}`} role="group" aria-label={words.say('xmr.chart', { title })} onKeyDown={moved}>
        <g aria-hidden="true">
          {Array.from({ length: step.count + 1 }, (_, line) => line * step.by).map((value) => (
            <g key={value}><path class={value === 0 ? 'axis' : 'grid'} d={`M${left} ${y(value)}H${right}`} /><text class="end" x={left - 7} y={y(value) + 4}>{value}</text></g>
          ))}
          {points.map((point, place) => <PeriodName key={point.first} point={point} place={place} count={points.length} period={chart.period} x={x(place)} words={words} />)}
          {xmr.phases.map((phase, place) => <PhaseLines key={phase.from} phase={phase} most={possible} last={place === xmr.phases.length - 1} x={x} y={y} words={words} />)}
          <Annotations interventions={interventions} points={points} x={x} words={words} />
          <path class="line" d={lineOf(xmr.readings, xmr.phases, x, y)} />
        </g>
        {points.map((point, place) => {
          const reading = xmr.readings[place] as XmrReading;
          return (
            <g key={point.first} ref={(node) => { marks.current[place] = node; }} class={`mark ${place === here && told ? 'here' : ''}`} role="img" aria-label={say(place)} tabindex={place === here ? 0 : -1}
              onFocus={() => { go(place); tell(true); }} onBlur={() => tell(false)} onPointerEnter={() => { go(place); tell(true); }} onPointerLeave={() => tell(false)}>
              <rect class="reach" x={x(place) - (right - left) / points.length / 2} y={top} width={(right - left) / points.length} height={bottom - top} />
              {reading.value === null
                ? <text class="none" x={x(place)} y={bottom - 6}>×</text>
                : <><path class="halo" d={`M${x(place) - 11} ${y(reading.value)}a11 11 0 1 0 22 0a11 11 0 1 0 -22 0Z`} /><path class={`point ${meaningAt(reading)}`} d={glyphOf(meaningAt(reading), x(place), y(reading.value))} /></>}
            </g>
          );
        })}
      </svg>
      {/* For eyes only: a screen reader hears the same from the point itself. */}
      <p class="xmr-told" aria-hidden="true">{told ? say(here) : words.say('xmr.arrows')}</p>
    </div>
  );
}

/** Mean and limits of one phase, named at their end where it is the last. */
function PhaseLines({ phase, most, last, x, y, words }: { readonly phase: XmrPhase; readonly most: number; readonly last: boolean; readonly x: (place: number) => number; readonly y: (value: number) => number; readonly words: Words }): JSX.Element | null {
  const { limits, from, to, limitsTo } = phase;
  if (!limits) return null;
  const [start, end] = [x(from - 0.5), x(to + 0.5)];
  // A rate is never below nought, and the figures are drawn as far as they can be reached.
  const lines = [['upper', Math.min(most, limits.upper)], ['mean', limits.mean], ['lower', Math.max(0, limits.lower)]] as const;
  const places = spread(lines.map(([, value]) => y(value)));
  return (
    <g>
      {lines.map(([what, value]) => <path key={what} class={what === 'mean' ? 'mean' : `limit${phase.trial ? ' trial' : ''}`} d={`M${start} ${y(value)}H${end}`} />)}
      {last && lines.map(([what, value], at) => <text key={what} class={what === 'mean' ? 'strong' : ''} x={end + 8} y={(places[at] ?? 0) + 4}>{words.say(`xmr.line.${what}`, { value: figure(value) })}</text>)}
      {from > 0 && <><path class="anew" d={`M${start} ${top - 4}V${bottom}`} /><text x={start + 5} y={bottom - 6}>{words.say('xmr.anew')}</text></>}
      {limitsTo < to && <><path class="bracket" d={`M${x(from)} ${top - 4}v-6H${x(limitsTo)}v6`} /><text x={x(from)} y={top - 15}>{words.say('xmr.setOn', { count: phase.points })}</text></>}
    </g>
  );
}

/** What was done, at its day. What was done within one point is written together. */
function Annotations({ interventions, points, x, words }: { readonly interventions: readonly Intervention[]; readonly points: readonly RatePoint[]; readonly x: (place: number) => number; readonly words: Words }): JSX.Element {
  const placeOf = ({ date }: Intervention): number => points.findIndex(({ first, last }) => date.slice(0, 7) >= first && date.slice(0, 7) <= last);
  const places = [...new Set(interventions.map(placeOf))].filter((place) => place >= 0);
  return (
    <g>
      {places.map((place) => {
        const own = interventions.filter((one) => placeOf(one) === place);
        const before = place > points.length * 0.6;
        const at = x(place - 0.5);
        return (
          <g key={place}>
            <path class="done" d={`M${at} 6V${bottom}`} />
            {own.map((one, line) => <text key={`${one.kind}${one.date}`} class={`${line === 0 ? 'strong' : ''} ${before ? 'end' : ''}`} x={before ? at - 6 : at + 6} y={16 + line * 16}>{interventionWords(one, words)}</text>)}
          </g>
        );
      })}
    </g>
  );
}

/** What was done and when, in words. */
export function interventionWords({ kind, date, edition }: Intervention, words: Words): string {
  const on = formatDate(date, words.locale);
  return kind === 'sheet-issued' && edition !== null ? words.say('xmr.did.edition-issued', { edition, date: on }) : words.say(`xmr.did.${kind}`, { date: on });
}

function PeriodName({ point, place, count, period, x, words }: { readonly point: RatePoint; readonly place: number; readonly count: number; readonly period: RateChart['period']; readonly x: number; readonly words: Words }): JSX.Element {
  const every = Math.ceil(count / (period === 'month' ? 15 : 9));
  const named = place % every === 0;
  // The year stands under the first name of each.
  const year = named && (place === 0 || Number(point.first.slice(5)) <= every * (period === 'month' ? 1 : 3));
  return <>{named && <text class="middle" x={x} y={bottom + 18}>{period === 'month' ? formatMonth(point.first, words.locale, 'without-year') : `${formatMonth(point.first, words.locale, 'without-year')}–${formatMonth(point.last, words.locale, 'without-year')}`}</text>}{year && <text class="middle strong" x={x} y={bottom + 34}>{point.first.slice(0, 4)}</text>}</>;
}

function Key({ chart, words }: { readonly chart: RateChart; readonly words: Words }): JSX.Element {
  const kinds: readonly PointMeaning[] = chart.xmr.better === 'neutral' ? ['usual', 'neutral'] : ['usual', 'improvement', 'concern'];
  return <ul class="xmr-key">{kinds.map((kind) => <li key={kind}><MeaningGlyph meaning={kind} />{words.say(`xmr.key.${kind}`)}</li>)}</ul>;
}

/** The shape of what a point says. */
export function MeaningGlyph({ meaning }: { readonly meaning: PointMeaning }): JSX.Element {
  return <svg class="ic xmr-glyph" viewBox="0 0 16 16" aria-hidden="true"><path class={`point ${meaning}`} d={glyphOf(meaning, 8, 8)} /></svg>;
}

function PointTable({ chart, title, words }: { readonly chart: RateChart; readonly title: string; readonly words: Words }): JSX.Element {
  return (
    <div class="twin" role="region" aria-label={words.say('dashboard.tableOf', { chart: title })} tabIndex={0}>
      <table>
        <caption class="vh">{title}</caption>
        <thead><tr>
          <th scope="col">{words.say(`xmr.column.${chart.period}`)}</th>
          <th scope="col" class="r">{words.say('xmr.column.rate')}</th>
          <th scope="col" class="r">{words.say('dashboard.column.findings')}</th>
          <th scope="col" class="r">{words.say('xmr.column.read')}</th>
          <th scope="col" class="r">{words.say('xmr.column.range')}</th>
          <th scope="col">{words.say('xmr.column.signal')}</th>
        </tr></thead>
        <tbody>{chart.points.map((point, place) => {
          const { value, range, rangeOutside, signal } = chart.xmr.readings[place] as XmrReading;
          const done = chart.interventions.filter(({ date }) => date.slice(0, 7) >= point.first && date.slice(0, 7) <= point.last);
          return (
            <tr key={point.first}>
              <th scope="row">{periodWords(chart, point, words)}{done.map((one) => <div key={one.kind} class="small">{interventionWords(one, words)}</div>)}</th>
              <td class="r">{value === null ? '–' : figure(value)}</td>
              <td class="r">{value === null ? '–' : point.findings}</td>
              <td class="r">{point.read}</td>
              <td class="r">{range === null ? '–' : rangeOutside ? words.say('xmr.rangeOutside', { range: figure(range) }) : figure(range)}</td>
              <td>{signal ? <span class="sig"><MeaningGlyph meaning={signal.meaning} />{signalWords(signal, words)}</span> : '–'}</td>
            </tr>
          );
        })}</tbody>
      </table>
    </div>
  );
}

type PointMeaning = SignalMeaning | 'usual';

function meaningAt({ signal }: XmrReading): PointMeaning {
  return signal?.meaning ?? 'usual';
}

/** A chart at a glance: its line on its own scale, the band between its limits, and the shapes of its signals. Hidden from screen readers: the words beside it say the same, the chart below has the table. */
export function Sparkline({ chart: { points, xmr } }: { readonly chart: RateChart }): JSX.Element {
  const [wide, high, edge] = [240, 30, 5];
  const values = [...xmr.readings.flatMap(({ value }) => value ?? []), ...xmr.phases.flatMap(({ limits }) => (limits ? [limits.upper, Math.max(0, limits.lower)] : []))];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const x = (place: number): number => edge + ((wide - 2 * edge) * (place + 0.5)) / Math.max(1, points.length);
  const y = (value: number): number => high - edge - ((high - 2 * edge) * (value - least)) / Math.max(1e-9, most - least);
  return (
    <svg class="xmr-spark" viewBox={`0 0 ${wide} ${high}`} aria-hidden="true">
      {xmr.phases.map(({ from, to, limits }) => limits ? <g key={from}><rect class="band" x={x(from - 0.5)} width={x(to + 0.5) - x(from - 0.5)} y={y(limits.upper)} height={Math.max(1, y(Math.max(0, limits.lower)) - y(limits.upper))} /><path class="mean" d={`M${x(from - 0.5)} ${y(limits.mean)}H${x(to + 0.5)}`} /></g> : null)}
      <path class="line" d={lineOf(xmr.readings, xmr.phases, x, y)} />
      {xmr.readings.map((reading, place) => reading.value !== null && reading.signal ? <path key={place} class={`point ${reading.signal.meaning}`} d={glyphOf(reading.signal.meaning, x(place), y(reading.value), 0.7)} /> : null)}
    </svg>
  );
}

/** Circle, diamond, triangle or square about a place: the shape says what the colour says. */
function glyphOf(meaning: PointMeaning, x: number, y: number, size = 1): string {
  const [four, five, six] = [4 * size, 5 * size, 6 * size];
  switch (meaning) {
    case 'usual': return `M${x - four} ${y}a${four} ${four} 0 1 0 ${2 * four} 0a${four} ${four} 0 1 0 ${-2 * four} 0Z`;
    case 'improvement': return `M${x} ${y - six}L${x + six} ${y}L${x} ${y + six}L${x - six} ${y}Z`;
    case 'concern': return `M${x} ${y - six}L${x + six} ${y + five}H${x - six}Z`;
    case 'neutral': return `M${x - five} ${y - five}h${2 * five}v${2 * five}h${-2 * five}Z`;
  }
}

/** The line through the points, broken where nothing was read and where limits were set anew. */
function lineOf(readings: readonly XmrReading[], phases: readonly XmrPhase[], x: (place: number) => number, y: (value: number) => number): string {
  return readings.map(({ value }, place) => {
    if (value === null) return '';
    const joined = place > 0 && readings[place - 1]?.value !== null && !phases.some(({ from }) => from === place);
    return `${joined ? 'L' : 'M'}${x(place).toFixed(1)} ${y(value).toFixed(1)}`;
  }).join('');
}

function signalWords(signal: NonNullable<XmrReading['signal']>, words: Words): string {
  return words.say('xmr.signal', { meaning: words.say(`xmr.meaning.${signal.meaning}`), causes: signal.causes.map((cause) => words.say(`xmr.cause.${cause}`)).join('; ') });
}

function pointWords(chart: RateChart, place: number, words: Words): string {
  const [point, reading] = [chart.points[place] as RatePoint, chart.xmr.readings[place] as XmrReading];
  const period = periodWords(chart, point, words);
  if (reading.value === null) return words.say('xmr.point.none', { period });
  const values = { period, rate: figure(reading.value), findings: point.findings, read: point.read };
  return reading.signal ? words.say('xmr.point.signal', { ...values, signal: signalWords(reading.signal, words) }) : words.say('xmr.point.usual', values);
}

function periodWords({ period }: RateChart, { first, last }: RatePoint, words: Words): string {
  return period === 'month' ? formatMonth(first, words.locale) : `${formatMonth(first, words.locale, 'without-year')}–${formatMonth(last, words.locale)}`;
}

/** A rate as it is read: whole where it has two figures, one decimal below. */
export function figure(value: number): string {
  return value === 0 || value >= 9.95 ? String(Math.round(value)) : value.toFixed(1);
}

/** Steps of the axis: 1, 2 or 5 and noughts, so that three to six of them reach the most. */
function stepOf(most: number): { readonly by: number; readonly count: number } {
  const ten = 10 ** Math.floor(Math.log10(most / 4));
  const by = [1, 2, 5, 10].map((times) => times * ten).find((step) => most / step <= 6) ?? 10 * ten;
  return { by, count: Math.max(1, Math.ceil(most / by)) };
}

/** Heights of names from the top down, moved apart so that none covers another. */
function spread(heights: readonly number[]): readonly number[] {
  const apart: number[] = [];
  for (const at of heights) apart.push(Math.max(at, (apart.at(-1) ?? -Infinity) + 15));
  return apart;
}
