import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Backlog, CompletenessReport, CompletenessRow, Forecast, ForecastAssumptions, TeamHours, TeamPace, Trajectory, TrajectoryFault, TreatmentFunction } from '../../lib/model/ledger.js';
import type { LedgerImport } from '../../lib/model/ledger-import.js';
import type { Month } from '../../lib/model/month.js';
import type { ChartOrTooFew } from '../../lib/model/quality.js';
import { formatDate, formatMonth, type WordKey, type Words, type WordValues } from '../words.js';
import { BacklogTables, Pace } from './backlog-tables.jsx';
import { CompletenessChart, share } from './completeness-chart.jsx';
import { ForecastView, type WhatIf } from './forecast-view.jsx';
import { LimitsAnew } from './limits-anew.jsx';
import { LedgerImportView, type ImportActs, type ImportState } from './ledger-import.jsx';
import type { Paper } from '../../lib/model/paper.js';
import { PaperView } from './paper-view.jsx';
import { Scrolling } from './scrolling-table.jsx';
import { TrajectoryEditor } from './trajectory-editor.jsx';
import { XmrChart } from './xmr-chart.js';

/** One specialty in its last month that is frozen; null where it is too small to show. */
export interface SpecialtyLine { readonly specialty: TreatmentFunction; readonly month: Month | null; readonly episodes: number | null; readonly within: number | null; readonly now: number | null }

export const tablePeriods = ['plan', '6', '12', '24'] as const;
/** Months of the table: those of the newest trajectory, or the last so many. */
export type TablePeriod = (typeof tablePeriods)[number];

/** What the ledger says, as the page shows it. */
export interface CompletenessView {
  readonly asOf: string;
  readonly episodes: number;
  readonly report: CompletenessReport;
  readonly target: number;
  readonly period: TablePeriod;
  /** Null: all of them. */
  readonly specialty: TreatmentFunction | null;
  readonly specialties: readonly SpecialtyLine[];
  /** Null before as many months are frozen as the rules of the chart ask for. */
  readonly chart: ChartOrTooFew | null;
  /** Months from which a person set its limits anew. */
  readonly rebases: readonly Month[];
  readonly leastMonths: number;
  readonly backlog: Backlog;
  /** Counts that may not be shown, by table, line and column; the last column is the line's sum. */
  readonly isHidden: (table: 'specialty' | 'reason', line: number, column: number) => boolean;
  readonly pace: readonly TeamPace[];
  readonly forecast: Forecast;
  readonly whatIfs: readonly WhatIf[];
  readonly assumptions: ForecastAssumptions;
  readonly isAssumed: boolean;
  readonly imports: readonly LedgerImport[];
  /** Months that are known for good, the latest first, with the day of the data that they were frozen on. */
  readonly frozen: readonly { readonly month: Month; readonly asOf: string; readonly within: number; readonly episodes: number }[];
}

/** What came of the last act. */
export interface CompletenessTold { readonly key: WordKey; readonly values?: WordValues; readonly isFailure?: true }

export interface CompletenessPageProps {
  /** Null before the first extract. */
  readonly view: CompletenessView | null;
  /** The newest last. */
  readonly plans: readonly Trajectory[];
  readonly hours: readonly TeamHours[];
  readonly importing: ImportState;
  readonly importActs: ImportActs;
  readonly told: CompletenessTold | null;
  readonly canUndo: boolean;
  readonly singleKeys: boolean;
  readonly nameOf: (specialty: TreatmentFunction) => string;
  readonly words: Words;
  readonly onPeriod: (period: TablePeriod) => void;
  readonly onSpecialty: (specialty: TreatmentFunction | null) => void;
  readonly onCopy: () => void;
  readonly onSave: (kind: 'csv' | 'xlsx') => void;
  readonly checkPlan: (plan: Trajectory) => TrajectoryFault | null;
  readonly onPlans: (plans: readonly Trajectory[]) => void;
  readonly newPlanId: () => string;
  readonly onHours: (hours: readonly TeamHours[]) => void;
  readonly onAssume: (assumptions: ForecastAssumptions) => void;
  /** The update paper as it stands, in the language shown; null before the first extract. */
  readonly paper: Paper | null;
  readonly onPaper: (way: 'docx' | 'html') => void;
  readonly onRebases: (drawn: readonly Month[]) => void;
  readonly onThaw: (month: Month) => void;
  readonly onForget: () => void;
  readonly onUndo: () => void;
}

/** How much of each month was coded in time, against what was promised: the committee's table and chart, what waits, and what may come. */
export function CompletenessPage(props: CompletenessPageProps): JSX.Element {
  const { view, plans, importing, importActs, told, canUndo, nameOf, words, onUndo, onForget } = props;
  const { say, locale } = words;
  return (
    <div class="completeness">
      <p role="status" class={told && !told.isFailure ? 'warning' : ''}>{told && !told.isFailure ? say(told.key, told.values) : ''}{canUndo ? <> <button type="button" class="btn" onClick={onUndo}>{say('completeness.undo')}</button></> : null}</p>
      {told?.isFailure ? <p class="warning" role="alert">{say(told.key, told.values)}</p> : null}
      {view ? (
        <>
          <p class="topline"><span>{view.specialty === null ? say('completeness.all') : nameOf(view.specialty)}</span><span>{say('completeness.dataOf', { date: formatDate(view.asOf, locale) })}</span></p>
          <h1>{titleOf(view.report.rows, plans, words)}</h1>
          <p class="lede">{say('completeness.lede')} {view.chart === null ? say('completeness.trend', { count: view.report.frozenMonths, least: view.leastMonths }) : ''}</p>
          <Committee {...props} view={view} />
          <Deadlines view={view} words={words} />
          {view.chart ? <XmrChart of={view.chart} name={say('completeness.xmr.name')} words={words} measure="completeness" /> : null}
          {view.chart?.kind === 'chart' ? <><LimitsAnew key={String(view.specialty)} months={view.chart.chart.points.slice(1).map(({ first }) => first)} drawn={view.rebases} words={words} onDrawn={props.onRebases} /><p class="small">{say('quality.rebase.why')}</p></> : null}
          <Specialties {...props} view={view} />
          <BacklogTables backlog={view.backlog} asOf={view.asOf} isHidden={view.isHidden} nameOf={nameOf} words={words} />
          <Pace pace={view.pace} hours={props.hours} latest={view.asOf.slice(0, 7) as Month} words={words} onHours={props.onHours} />
          {props.paper ? <details class="audit-report"><summary>{say('paper.make')}</summary><p class="small">{say('paper.lede')}</p><PaperView paper={props.paper} /><p class="acts">{(['docx', 'html'] as const).map((way) => <button key={way} type="button" class="btn" onClick={() => props.onPaper(way)}>{say(`paper.way.${way}`)}</button>)}</p></details> : null}
          <ForecastView forecast={view.forecast} whatIfs={view.whatIfs} assumptions={view.assumptions} isAssumed={view.isAssumed} words={words} onAssume={props.onAssume} />
        </>
      ) : <><h1>{say('completeness.empty.title')}</h1><p class="lede">{say('completeness.empty')}</p></>}
      <TrajectoryEditor plans={plans} check={props.checkPlan} newId={props.newPlanId} onPlans={props.onPlans} words={words} />
      <LedgerImportView state={importing} imports={view?.imports ?? []} words={words} {...importActs} />
      {view ? <Ledger view={view} words={words} onThaw={props.onThaw} onForget={onForget} /> : null}
    </div>
  );
}

/** What the ledger holds, what is frozen in it and on which data, and the way to be rid of it. */
function Ledger({ view: { episodes, frozen }, words, onThaw, onForget }: Pick<CompletenessPageProps, 'words' | 'onThaw' | 'onForget'> & { readonly view: CompletenessView }): JSX.Element {
  const { say, locale } = words;
  const [isSure, ask] = useState(false);
  return (
    <section>
      <h2>{say('completeness.ledger')}</h2>
      <p>{say('completeness.ledger.holds', { episodes: episodes.toLocaleString(locale) })}</p>
      {frozen.length === 0 ? null : <details><summary>{say('completeness.frozen')}</summary><p class="small">{say('completeness.thaw.what')}</p><ul class="plain">{frozen.map(({ month, asOf, within, episodes: all }) => { const name = say('completeness.frozen.month', { month: formatMonth(month, locale), within: within.toLocaleString(locale), episodes: all.toLocaleString(locale), date: formatDate(asOf, locale) }); return <li key={month}>{name} <button type="button" class="btn" aria-label={say('quality.removeOf', { remove: say('completeness.thaw'), what: formatMonth(month, locale) })} onClick={() => onThaw(month)}>{say('completeness.thaw')}</button></li>; })}</ul></details>}
      <p class="acts">{isSure ? <><button type="button" class="btn" onClick={() => { ask(false); onForget(); }}>{say('completeness.forget.sure')}</button> <button type="button" class="btn" onClick={() => ask(false)}>{say('ledger.leave')}</button></> : <button type="button" class="btn" onClick={() => ask(true)}>{say('completeness.forget')}</button>}</p>
    </section>
  );
}

/** What the table says, in a sentence: its last frozen month against the newest trajectory. */
function titleOf(rows: readonly CompletenessRow[], plans: readonly Trajectory[], { say, locale }: Words): string {
  const last = rows.findLast(({ within }) => within !== null);
  if (!last?.within || last.within.percent === null) return say('completeness.title.none');
  const values = { month: formatMonth(last.month, locale), share: share(last.within.percent) };
  const plan = plans.at(-1)?.name ?? '';
  if (last.toNewest === null) return say('completeness.title.alone', values);
  return say(`completeness.title.${last.toNewest > 0 ? 'above' : last.toNewest < 0 ? 'below' : 'at'}`, { ...values, plan, points: share(Math.abs(last.toNewest)) });
}

/** The committee's table with its chart. */
function Committee({ view, plans, singleKeys, words, onPeriod, onCopy, onSave }: CompletenessPageProps & { readonly view: CompletenessView }): JSX.Element {
  const { say, locale } = words;
  const { report: { rows, years }, target } = view;
  const name = say('completeness.table');
  const percent = (value: number | null | undefined): string => (value === null || value === undefined ? '–' : `${share(value)}%`);
  const typed = (event: KeyboardEvent): void => {
    if (!singleKeys || event.key.toLowerCase() !== 'c' || event.ctrlKey || event.altKey || event.metaKey || (event.target instanceof HTMLElement && event.target.matches('input, select, textarea'))) return;
    event.preventDefault();
    onCopy();
  };
  return (
    <div class="split" onKeyDown={typed}>
      <figure><CompletenessChart rows={rows} plans={plans} target={target} title={say('completeness.chart', { target })} words={words} /></figure>
      <div>
        <Scrolling name={name}>
          <caption class="vh">{name}</caption>
          <thead><tr>
            <th scope="col">{say('completeness.column.month')}</th><th scope="col" class="r">{say('completeness.column.within')}</th><th scope="col" class="r">{say('completeness.column.now')}</th>
            {plans.map((plan) => <th key={plan.id} scope="col" class="r">{plan.name}</th>)}
            {plans.length > 0 ? <th scope="col" class="r">{say('completeness.column.toNewest')}</th> : null}
          </tr></thead>
          <tbody>{rows.map(({ month, within, current, planned, toNewest }) => (
            <tr key={month}><th scope="row">{formatMonth(month, locale)}</th><td class="r"><b>{percent(within?.percent)}</b></td><td class="r">{percent(current?.percent)}</td>{planned.map((one, at) => <td key={plans[at]?.id ?? at} class="r">{percent(one)}</td>)}{plans.length > 0 ? <td class="r">{toNewest === null ? '–' : signed(toNewest)}</td> : null}</tr>
          ))}</tbody>
          <tfoot>{years.map((year) => <tr key={year.year}><th scope="row">{say('completeness.year', { year: year.year })}</th><td class="r"><b>{percent(year.within.percent)}</b></td><td class="r">{percent(year.current.percent)}</td>{plans.map(({ id }) => <td key={id} class="r">–</td>)}{plans.length > 0 ? <td class="r">–</td> : null}</tr>)}</tfoot>
        </Scrolling>
        <p class="acts">
          <button type="button" class="btn" {...(singleKeys ? { 'aria-keyshortcuts': 'C' } : {})} onClick={onCopy}>{say('completeness.copy')}{singleKeys ? <> <kbd aria-hidden="true">C</kbd></> : null}</button>{' '}
          <button type="button" class="btn" onClick={() => onSave('csv')}>CSV</button>{' '}<button type="button" class="btn" onClick={() => onSave('xlsx')}>Excel</button>
        </p>
        <p class="bulk"><label><span>{say('completeness.period')}</span> <select class="find" value={view.period} onChange={(event) => { const chosen = tablePeriods.find((one) => one === event.currentTarget.value); if (chosen) onPeriod(chosen); }}>{tablePeriods.filter((one) => one !== 'plan' || plans.length > 0).map((one) => <option key={one} value={one} selected={one === view.period}>{one === 'plan' ? say('completeness.period.plan') : say('quality.months', { count: Number(one) })}</option>)}</select></label></p>
        <p class="small">{say('completeness.note')}</p>
        {years.map((year) => <p key={year.year} class="small">{say('completeness.year.note', { year: year.year, count: year.frozen, coded: year.current.coded.toLocaleString(locale), episodes: year.current.episodes.toLocaleString(locale) })}</p>)}
      </div>
    </div>
  );
}

/** `+5.4`, `−3`. */
const signed = (points: number): string => { const rounded = Math.round(points * 10) / 10; return rounded > 0 ? `+${rounded}` : rounded < 0 ? `−${-rounded}` : '0'; };

/** What is to be coded by when. */
function Deadlines({ view: { report: { cutOffs } }, words: { say, locale } }: { readonly view: CompletenessView; readonly words: Words }): JSX.Element {
  return (
    <section>
      <h2>{say('completeness.cutoffs')}</h2>
      {cutOffs.length === 0 ? <p>{say('completeness.cutoffs.none')}</p> : <ul class="plain">{cutOffs.map(({ month, deadline, days, uncoded, episodes }) => <li key={month}>{say('completeness.cutoff', { month: formatMonth(month, locale), deadline: formatDate(deadline, locale), count: days, uncoded: uncoded.toLocaleString(locale), episodes: episodes.toLocaleString(locale) })}</li>)}</ul>}
    </section>
  );
}

/** Each specialty in its last frozen month, in order of its name and never of its share. */
function Specialties({ view, nameOf, words, onSpecialty }: CompletenessPageProps & { readonly view: CompletenessView }): JSX.Element {
  const { say, locale } = words;
  const rows = [...view.specialties].sort((a, b) => nameOf(a.specialty).localeCompare(nameOf(b.specialty), locale));
  const name = say('completeness.specialties');
  const percent = (value: number | null): string => (value === null ? say('quality.few') : `${share(value)}%`);
  return (
    <section>
      <h2>{name}</h2>
      <p class="small">{say('completeness.specialties.what')}</p>
      <Scrolling name={name}>
        <caption class="vh">{name}</caption>
        <thead><tr><th scope="col">{say('dashboard.column.specialty')}</th><th scope="col">{say('completeness.column.month')}</th><th scope="col" class="r">{say('completeness.column.episodes')}</th><th scope="col" class="r">{say('completeness.column.within')}</th><th scope="col" class="r">{say('completeness.column.now')}</th></tr></thead>
        <tbody>
          <tr class={view.specialty === null ? 'cur' : ''}><th scope="row"><button type="button" class="choice" aria-pressed={view.specialty === null} onClick={() => onSpecialty(null)}>{say('completeness.all')}</button></th><td colSpan={4}>{say('completeness.all.above')}</td></tr>
          {rows.map((row) => <tr key={row.specialty} class={row.specialty === view.specialty ? 'cur' : ''}><th scope="row"><button type="button" class="choice" aria-pressed={row.specialty === view.specialty} onClick={() => onSpecialty(row.specialty)}>{nameOf(row.specialty)}</button></th><td>{row.month === null ? '–' : formatMonth(row.month, locale)}</td><td class="r">{row.episodes === null ? say('quality.few') : row.episodes.toLocaleString(locale)}</td><td class="r">{percent(row.within)}</td><td class="r">{percent(row.now)}</td></tr>)}
        </tbody>
      </Scrolling>
    </section>
  );
}
