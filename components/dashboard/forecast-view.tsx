import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { codingOrders, type Forecast, type ForecastAssumptions, type ForecastMonth } from '../../lib/model/ledger.js';
import { formatMonth, type Words } from '../words.js';
import { share } from './completeness-chart.jsx';
import { Scrolling } from './scrolling-table.jsx';

export const whatIfKinds = ['primary-only', 'two-coders', 'auto-coding'] as const;
/** The assumptions with one of them changed, and what comes of it in the last month. */
export interface WhatIf { readonly kind: (typeof whatIfKinds)[number]; readonly last: ForecastMonth | null }

/** Numbers of the form: which assumption, its step and range, and whether it is shown as a percentage. */
const inputs = [
  ['coders', 0.1, 0, 500, false], ['hoursEach', 1, 0, 300, false], ['sickness', 0.1, 0, 100, true], ['rateFull', 0.1, 0.1, 60, false], ['ratePrimary', 0.1, 0.1, 60, false], ['primaryShare', 1, 0, 100, true],
  ['outsourced', 1, 0, 100_000, false], ['growth', 1, -10_000, 10_000, false], ['autoShare', 1, 0, 100, true], ['autoAccepted', 1, 0, 100, true],
] as const;

interface ForecastProps {
  readonly forecast: Forecast;
  readonly whatIfs: readonly WhatIf[];
  readonly assumptions: ForecastAssumptions;
  /** A person has said what the assumptions are. */
  readonly isAssumed: boolean;
  readonly words: Words;
  readonly onAssume: (assumptions: ForecastAssumptions) => void;
}

/** What may come, with every assumption in the open: ranges of a simulation, never one line. */
export function ForecastView({ forecast, whatIfs, assumptions, isAssumed, words, onAssume }: ForecastProps): JSX.Element {
  const { say, locale } = words;
  const range = ([low, high]: readonly [number, number]): string => say('forecast.range', { low: share(low), high: share(high) });
  const name = say('forecast.title');
  return (
    <section class="forecast">
      <h2>{name}</h2>
      {forecast.kind === 'too-short' ? <p>{say('forecast.short', { count: forecast.months, least: forecast.least })}</p> : (
        <>
          <Assumptions key={JSON.stringify(assumptions)} assumptions={assumptions} words={words} onAssume={onAssume} />
          {!isAssumed ? <p>{say('forecast.unsaid')}</p> : (
            <>
              <p>{say('forecast.rests', { count: forecast.history, arrivals: forecast.arrivals.toLocaleString(locale), capacity: forecast.capacity.toLocaleString(locale), runs: forecast.runs.toLocaleString(locale) })}</p>
              <Ranges months={forecast.months} title={name} words={words} />
              <Scrolling name={name}>
                <caption class="vh">{name}</caption>
                <thead><tr><th scope="col">{say('completeness.column.month')}</th><th scope="col" class="r">{say('forecast.column.eighty')}</th><th scope="col" class="r">{say('forecast.column.ninetyFive')}</th><th scope="col" class="r">{say('forecast.column.middle')}</th><th scope="col" class="r">{say('forecast.column.backlog')}</th></tr></thead>
                <tbody>{forecast.months.map((one) => <tr key={one.month}><th scope="row">{formatMonth(one.month, locale)}</th><td class="r"><b>{range(one.eighty)}</b></td><td class="r">{range(one.ninetyFive)}</td><td class="r">{share(one.middle)}%</td><td class="r">{one.backlog.toLocaleString(locale)}</td></tr>)}</tbody>
              </Scrolling>
              <h3>{say('forecast.whatIf')}</h3>
              <ul class="plain">{whatIfs.map(({ kind, last }) => <li key={kind}>{say(`forecast.whatIf.${kind}`)} {last ? say('forecast.whatIf.comes', { month: formatMonth(last.month, locale), range: range(last.eighty) }) : '–'}</li>)}</ul>
              <p class="small">{say('forecast.caution')}</p>
            </>
          )}
        </>
      )}
    </section>
  );
}

function Assumptions({ assumptions, words: { say }, onAssume }: Pick<ForecastProps, 'assumptions' | 'words' | 'onAssume'>): JSX.Element {
  const [given, give] = useState<ForecastAssumptions>(assumptions);
  const fields = inputs.map(([field, step, least, most, isPercent]) => ({ field, step, least, most, isPercent, value: isPercent ? Math.round(given[field] * 1000) / 10 : given[field] }));
  const isSound = fields.every(({ value, least, most }) => Number.isFinite(value) && value >= least && value <= most);
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (isSound) onAssume(given); }}>
      <fieldset class="plan-months"><legend>{say('forecast.assumptions')}</legend>
        {fields.map(({ field, step, least, most, isPercent, value }) => <label key={field}><span>{say(`forecast.assume.${field}`)}</span> <input class="find" type="number" required min={least} max={most} step={step} value={value} onInput={(event) => { const typed = event.currentTarget.valueAsNumber; give({ ...given, [field]: isPercent ? typed / 100 : typed }); }} /></label>)}
        <label><span>{say('forecast.assume.order')}</span> <select class="find" value={given.order} onChange={(event) => { const chosen = codingOrders.find((one) => one === event.currentTarget.value); if (chosen) give({ ...given, order: chosen }); }}>{codingOrders.map((one) => <option key={one} value={one} selected={one === given.order}>{say(`forecast.order.${one}`)}</option>)}</select></label>
      </fieldset>
      <p class="acts"><button type="submit" class="btn" aria-disabled={!isSound}>{say('forecast.work-out')}</button></p>
    </form>
  );
}

/** The ranges as bars, the wide one behind the narrow one; the table below says the same. */
function Ranges({ months, title, words: { say, locale } }: { readonly months: readonly ForecastMonth[]; readonly title: string; readonly words: Words }): JSX.Element {
  const [width, left, top, bottom] = [640, 58, 20, 190];
  const y = (percent: number): number => bottom - ((bottom - top) * percent) / 100;
  const x = (at: number): number => left + ((width - left) * (at + 0.5)) / months.length;
  return (
    <div class="xmr-scroll" role="group" aria-label={title} tabIndex={0}><svg class="ranges" viewBox={`0 0 ${width} 220`} role="img" aria-label={say('forecast.chart', { title })}>
      {[0, 50, 100].map((value) => <g key={value}><path class={value === 0 ? 'axis' : 'grid'} d={`M${left} ${y(value)}H${width}`} /><text class="end" x={left - 8} y={y(value) + 4}>{value === 100 ? '100%' : value}</text></g>)}
      {months.map(({ month, middle, eighty, ninetyFive }, at) => (
        <g key={month}>
          <path class="wide" d={`M${x(at)} ${y(ninetyFive[0]) + 1}V${y(ninetyFive[1]) - 1}`} /><path class="narrow" d={`M${x(at)} ${y(eighty[0]) + 1}V${y(eighty[1]) - 1}`} /><path class="middle-of" d={`M${x(at) - 11} ${y(middle)}h22`} />
          <text class="middle" x={x(at)} y={bottom + 18}>{formatMonth(month, locale, 'without-year')}</text>
        </g>
      ))}
    </svg></div>
  );
}
