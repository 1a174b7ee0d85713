import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { documentKinds } from '../../lib/model/document.js';
import { faultCategories } from '../../lib/model/fault.js';
import type { SpecialtyId } from '../../lib/model/episode.js';
import type { Locale } from '../../lib/model/language.js';
import type { LogHealth } from '../../lib/model/ports.js';
import { LimitsAnew } from './limits-anew.jsx';
import { interventionKinds, type ChartOrTooFew, type Comparison, type CountRow, type CountTable, type DetailDimension, type InterventionKind, type NotedIntervention, type QualityOverview, type RedrawnLimits, type SpecialtyOverview } from '../../lib/model/quality.js';
import type { Verdict } from '../../lib/model/rulebook.js';
import { formatMonth, type Words } from '../words.js';
import { VerdictShape } from '../panel/shapes.js';
import { figure, interventionWords, MeaningGlyph, Sparkline, XmrChart } from './xmr-chart.js';

type Specialty = SpecialtyId | 'unknown';

/** A term of the sheet as the page names it. */
export interface NamedTerm {
  readonly term: string;
  readonly instead: string;
  readonly verdict: Verdict;
}

/** One specialty opened: what needs its single counters. */
export interface OpenedSpecialty {
  readonly specialty: Specialty;
  readonly tables: Readonly<Record<DetailDimension, CountTable>>;
  /** What it is compared about, and how each of its most frequent terms fared; null where nothing was done in the months of the chart. */
  readonly compared: { readonly intervention: NotedIntervention; readonly comparisons: readonly Comparison[] } | null;
}

export interface QualityPageProps {
  readonly overview: QualityOverview;
  /** The specialty on show; null while its counters are read, or where there is none. */
  readonly opened: OpenedSpecialty | null;
  readonly nameOf: (specialty: Specialty) => string;
  readonly termOf: (key: string) => NamedTerm | null;
  readonly siteOf: (key: string) => string;
  readonly interventions: readonly NotedIntervention[];
  readonly rebases: readonly RedrawnLimits[];
  /** The board's policy notes what was done: nobody else does. */
  readonly areInterventionsFixed: boolean;
  /** Editions of the sheet that may have been issued. */
  readonly editions: readonly string[];
  /** Months of the tables. */
  readonly months: number;
  /** What came of the last act, and whether it can be taken back. */
  readonly told: string | null;
  readonly canUndo: boolean;
  /** What `glance` said of the log; anything but sound is told before the figures. */
  readonly health: LogHealth;
  readonly words: Words;
  readonly onLocale: (locale: Locale) => void;
  readonly onOpen: (specialty: Specialty) => void;
  readonly onMonths: (months: number) => void;
  readonly onInterventions: (interventions: readonly NotedIntervention[]) => void;
  readonly onRebases: (rebases: readonly RedrawnLimits[]) => void;
  readonly onUndo: () => void;
  /** Brings back from the copy what the log has lost; asked only where something is missing. */
  readonly onRestore: () => void;
}

/** Lengths of the tables that can be asked for. */
const periods = [3, 6, 12, 24] as const;

/** What coders found, by specialty, each compared only with itself: never ranked, every count with its denominator, every chart with its table. Worked by keyboard alone. */
export function QualityPage(props: QualityPageProps): JSX.Element {
  const { overview, opened, nameOf, health, words, onLocale, onOpen, months, onMonths, told, canUndo, onUndo, onRestore } = props;
  const { say } = words;
  // In the order of the names that are read, which is not the order of the ids; the unknown stays last.
  const rows = [...overview.specialties].sort((a, b) => Number(a.specialty === 'unknown') - Number(b.specialty === 'unknown') || nameOf(a.specialty).localeCompare(nameOf(b.specialty), words.locale));
  const chosen = rows.find(({ specialty }) => specialty === opened?.specialty);
  const signals = rows.filter(({ chart }) => chart.kind === 'chart' && chart.chart.reading.kind !== 'usual').length;
  const range = say('quality.range', { from: formatMonth(overview.from, words.locale), to: formatMonth(overview.to, words.locale) });
  return (
    <main class="main wide" id="top">
      <Languages words={words} onLocale={onLocale} />
      <Warning health={health} words={words} onRestore={onRestore} />
      {rows.length === 0 ? (
        <><h1>{say('quality.empty.title')}</h1><p class="lede">{say('quality.empty', { range })}</p></>
      ) : (
        <>
          <h1>{say('quality.signals', { count: signals })} {say('quality.others', { count: rows.length - signals })}</h1>
          <p class="lede">{say('quality.lede', { range })}</p>
          <p class="bulk"><label><span>{say('quality.period')}</span> <select class="find" value={String(months)} onChange={(event) => onMonths(Number(event.currentTarget.value))}>{periods.map((period) => <option key={period} value={String(period)} selected={period === months}>{say('quality.months', { count: period })}</option>)}</select></label></p>
          <p role="status">{told ?? ''} {canUndo ? <button type="button" class="btn" onClick={onUndo}>{say('quality.undo')}</button> : null}</p>
          <TableOf name={say('quality.specialties')} words={words}>
            <thead><tr>
              <th scope="col">{say('dashboard.column.specialty')}</th>
              <th scope="col" class="r">{say('xmr.column.read')} <span class="block">{say('quality.months', { count: months })}</span></th>
              <th scope="col" class="r">{say('xmr.column.rate')} <span class="block">{formatMonth(overview.to, words.locale)}</span></th>
              <th scope="col">{say('quality.column.trend')}</th>
              <th scope="col">{say('quality.column.says')}</th>
            </tr></thead>
            <tbody>{rows.map((row) => (
              <tr key={row.specialty} class={row === chosen ? 'cur' : ''}>
                <th scope="row"><button type="button" class="choice" aria-pressed={row === chosen} onClick={() => onOpen(row.specialty)}>{nameOf(row.specialty)}</button></th>
                <td class="r">{shown(row.total.read, words)}</td>
                <td class="r">{latestOf(row.chart)}</td>
                <td>{row.chart.kind === 'chart' ? <Sparkline chart={row.chart.chart} /> : null}</td>
                <td>{saysWords(row.chart, words)}</td>
              </tr>
            ))}</tbody>
            <tfoot><tr>
              <th scope="row">{say('dashboard.allSpecialties')}</th><td class="r">{shown(overview.bySpecialty.total.read, words)}</td><td class="r">–</td><td /><td>{say('quality.notCompared')}</td>
            </tr></tfoot>
          </TableOf>
          {chosen ? <One key={chosen.specialty} {...props} row={chosen} /> : <p class="small">{say('quality.choose')}</p>}
        </>
      )}
    </main>
  );
}

/** One specialty: its chart, what was done, whether terms became rarer, and its tables. */
function One(props: QualityPageProps & { readonly row: SpecialtyOverview }): JSX.Element {
  const { row, opened, nameOf, termOf, siteOf, words } = props;
  const { say } = words;
  const name = nameOf(row.specialty);
  const termWords = (key: string): string => termOf(key)?.term ?? (key === 'none' ? say('quality.noTerm') : key);
  const categoryWords = (key: string): string => { const known = faultCategories.find((one) => one === key); return known ? say(`fault.${known}`) : key; };
  const kindWords = (key: string): string => { const known = documentKinds.find((one) => one === key); return known ? say(`document.${known}`) : key; };
  return (
    <div class="onespecialty">
      <h2 aria-live="polite">{name}</h2>
      <XmrChart of={row.chart} name={name} words={words} />
      <Done {...props} />
      {opened ? (
        <>
          <Compared {...props} opened={opened} />
          <Counts title={say('quality.table.term', { name })} table={opened.tables.term} nameOf={termWords} words={words} />
          <Counts title={say('quality.table.category', { name })} table={opened.tables.category} nameOf={categoryWords} words={words} />
          <Counts title={say('quality.table.kind', { name })} table={opened.tables['document-kind']} nameOf={kindWords} words={words} />
        </>
      ) : null}
      <Counts title={say('quality.table.site', { name })} table={row.tables.site} nameOf={siteOf} words={words} />
      <Counts title={say('quality.table.month', { name })} table={row.tables.month} nameOf={(key) => formatMonth(key, words.locale)} words={words} />
      <p class="small">{say('quality.hidden')}</p>
    </div>
  );
}

/** What was done to make documents better, and where a person set the limits anew. */
function Done({ row, nameOf, interventions, rebases, areInterventionsFixed, editions, overview, words, onInterventions, onRebases }: QualityPageProps & { readonly row: SpecialtyOverview }): JSX.Element {
  const { say } = words;
  const [kind, setKind] = useState<InterventionKind>('lead-briefed');
  const [date, setDate] = useState(`${overview.to}-01`);
  const [everywhere, setEverywhere] = useState(false);
  const [edition, setEdition] = useState<string>(editions.at(-1) ?? '');
  const { specialty } = row;
  const own = interventions.filter((one) => one.specialty === 'all' || one.specialty === specialty);
  const points = row.chart.kind === 'chart' ? row.chart.chart.points.slice(1) : [];
  const drawn = rebases.filter((one) => one.specialty === specialty);
  return (
    <section class="done">
      <h3>{say('quality.done')}</h3>
      {own.length === 0 ? <p>{say('quality.done.none')}</p> : (
        <ul class="plain">{own.map((one) => (
          <li key={`${one.kind}${one.date}${one.specialty}`}>{interventionWords(one, words)} <span class="small">{one.specialty === 'all' ? say('dashboard.allSpecialties') : nameOf(one.specialty)}</span>{' '}
            {areInterventionsFixed ? null : <button type="button" class="btn" aria-label={say('quality.removeOf', { remove: say('quality.remove'), what: interventionWords(one, words) })} onClick={() => onInterventions(interventions.filter((other) => other !== one))}>{say('quality.remove')}</button>}</li>
        ))}</ul>
      )}
      {areInterventionsFixed ? <p class="small">{say('quality.done.fixed')}</p> : (
        <form class="bulk" onSubmit={(event) => { event.preventDefault(); onInterventions([...interventions, { kind, date, edition: kind === 'sheet-issued' && edition !== '' ? edition as NotedIntervention['edition'] : null, specialty: everywhere || specialty === 'unknown' ? 'all' as const : specialty }].sort((a, b) => (a.date < b.date ? -1 : 1))); }}>
          <label><span>{say('quality.done.what')}</span> <select class="find" value={kind} onChange={(event) => { const chosen = interventionKinds.find((one) => one === event.currentTarget.value); if (chosen) setKind(chosen); }}>{interventionKinds.map((one) => <option key={one} value={one} selected={one === kind}>{say(`quality.kind.${one}`)}</option>)}</select></label>
          {kind === 'sheet-issued' ? <label><span>{say('quality.done.edition')}</span> <select class="find" value={edition} onChange={(event) => setEdition(event.currentTarget.value)}>{editions.map((one) => <option key={one} value={one} selected={one === edition}>{one}</option>)}</select></label> : null}
          <label><span>{say('quality.done.date')}</span> <input class="find" type="date" required value={date} onInput={(event) => setDate(event.currentTarget.value)} /></label>
          <label class="check"><input type="checkbox" checked={everywhere} onChange={(event) => setEverywhere(event.currentTarget.checked)} /> <span>{say('quality.done.everywhere')}</span></label>
          <button type="submit" class="btn">{say('quality.done.note')}</button>
        </form>
      )}
      {points.length > 0 && specialty !== 'unknown' ? (
        <LimitsAnew key={specialty} months={points.map(({ first }) => first)} drawn={drawn.map((one) => one.from)} words={words}
          onDrawn={(next) => onRebases([...rebases.filter((one) => one.specialty !== specialty || next.includes(one.from)), ...next.filter((month) => !drawn.some((one) => one.from === month)).map((month) => ({ specialty, from: month, limitsUntil: null }))])} />
      ) : null}
      <p class="small">{say('quality.rebase.why')}</p>
    </section>
  );
}

/** Did terms become rarer after what was done? Each with its uncertainty, on one scale. */
function Compared({ opened, termOf, words }: QualityPageProps & { readonly opened: OpenedSpecialty }): JSX.Element | null {
  const { say } = words;
  if (!opened.compared || opened.compared.comparisons.length === 0) return null;
  const { intervention, comparisons } = opened.compared;
  const fewer = comparisons.filter(({ change }) => change.kind !== 'too-few' && change.verdict === 'fewer').length;
  const most = Math.max(1, ...comparisons.flatMap(({ before, after }) => [before.rate ?? 0, after.rate ?? 0]));
  const [first] = comparisons;
  const title = say('quality.compared', { count: fewer, done: interventionWords(intervention, words) });
  return (
    <section>
      <h3>{title}</h3>
      <TableOf name={title} words={words}>
        <thead><tr>
          <th scope="col">{say('dashboard.column.term')}</th><th scope="col">{say('quality.column.instead')}</th><th scope="col">{say('quality.column.dots')}</th>
          <th scope="col" class="r">{say('quality.column.before')}</th><th scope="col" class="r">{say('quality.column.after')}</th><th scope="col" class="r">{say('quality.column.change')}</th>
        </tr></thead>
        <tbody>{comparisons.map((comparison) => {
          const [before, after] = [comparison.before.rate, comparison.after.rate];
          const named = termOf(comparison.key);
          return (
            <tr key={comparison.key}>
              <th scope="row"><span class="sig">{named ? <VerdictShape verdict={named.verdict} /> : null}{named?.term ?? comparison.key}</span></th>
              <td>{named?.instead ?? ''}</td>
              <td>{before === null || after === null ? null : <svg class="dots" viewBox="0 0 150 16" aria-hidden="true"><path class="axis" d="M5 8H145" /><path class="join" d={`M${5 + (140 * before) / most} 8H${5 + (140 * after) / most}`} /><circle class="before" cx={5 + (140 * before) / most} cy="8" r="4" /><circle class="after" cx={5 + (140 * after) / most} cy="8" r="4" /></svg>}</td>
              <td class="r">{before === null ? say('quality.few') : figure(before)}</td><td class="r">{after === null ? say('quality.few') : figure(after)}</td>
              <td class="r">{changeWords(comparison, words)}</td>
            </tr>
          );
        })}</tbody>
      </TableOf>
      {first ? <p class="small">{say('quality.compared.spans', { beforeFrom: formatMonth(first.before.from, words.locale), beforeTo: formatMonth(first.before.to, words.locale), beforeRead: shown(first.before.read, words), afterFrom: formatMonth(first.after.from, words.locale), afterTo: formatMonth(first.after.to, words.locale), afterRead: shown(first.after.read, words) })}</p> : null}
    </section>
  );
}

function changeWords({ change }: Comparison, words: Words): JSX.Element | string {
  const { say } = words;
  switch (change.kind) {
    case 'too-few': return say('quality.change.too-few');
    case 'hidden': return <b>{say(`quality.change.hidden.${change.verdict}`)}</b>;
    case 'told': {
      const values = { ratio: change.ratio.toFixed(2), lower: change.lower.toFixed(2), upper: Number.isFinite(change.upper) ? change.upper.toFixed(2) : '∞' };
      return change.verdict === 'no-change-shown' ? say('quality.change.none', values) : <b>{say(`quality.change.${change.verdict}`, values)}</b>;
    }
  }
}

/** Counts by one thing, with what they stand against. In order of what is read, never of a rate. */
function Counts({ title, table, nameOf, words }: { readonly title: string; readonly table: CountTable; readonly nameOf: (key: string) => string; readonly words: Words }): JSX.Element {
  const { say } = words;
  const line = (row: CountRow, name: string): JSX.Element => (
    <tr key={row.key}><th scope="row">{name}</th><td class="r">{shown(row.findings, words)}</td><td class="r">{shown(row.read, words)}</td><td class="r">{row.rate === null ? '–' : figure(row.rate)}</td><td class="r">{row.minutes === null ? '–' : row.minutes}</td></tr>
  );
  return (
    <details class="counts">
      <summary>{title}</summary>
      <TableOf name={title} words={words}>
        <thead><tr>
          <th scope="col">{say('quality.column.what')}</th><th scope="col" class="r">{say('dashboard.column.findings')}</th><th scope="col" class="r">{say(table.readUnit === 'documents' ? 'quality.column.documents' : 'xmr.column.read')}</th>
          <th scope="col" class="r">{say(table.readUnit === 'documents' ? 'quality.column.per100documents' : 'xmr.column.rate')}</th><th scope="col" class="r">{say('quality.column.minutes')}</th>
        </tr></thead>
        <tbody>{table.rows.map((row) => line(row, nameOf(row.key)))}</tbody>
        <tfoot>{line(table.total, say('quality.total'))}</tfoot>
      </TableOf>
    </details>
  );
}

function shown(count: number | null, words: Words): string {
  return count === null ? words.say('quality.few') : count.toLocaleString(words.locale);
}

/** The rate of the last point, or a dash where it may not be shown. */
function latestOf(of: ChartOrTooFew): string {
  const value = of.kind === 'chart' ? of.chart.xmr.readings.at(-1)?.value ?? null : null;
  return value === null ? '–' : figure(value);
}

/** What a chart says, short, with the shape of what it says. */
function saysWords(of: ChartOrTooFew, words: Words): JSX.Element {
  const { say } = words;
  if (of.kind === 'too-few') return <>{say('quality.says.few')}</>;
  const { reading, period, xmr } = of.chart;
  const trial = xmr.phases.at(-1)?.trial === true ? ` ${say('quality.says.trial', { count: xmr.phases.at(-1)?.points ?? 0 })}` : '';
  const month = (of: string): string => formatMonth(of, words.locale);
  switch (reading.kind) {
    case 'usual': return <span class="sig"><MeaningGlyph meaning="usual" />{say('quality.says.usual')}{trial}</span>;
    case 'changed': return <span class="sig"><MeaningGlyph meaning={reading.meaning} />{say(`quality.says.changed.${reading.side}`, { since: month(reading.since) })}{trial}</span>;
    case 'apart': return <span class="sig"><MeaningGlyph meaning={reading.meaning} />{say(`quality.says.apart.${period}.${reading.side}`, { at: month(reading.at) })}{trial}</span>;
    case 'passed': return <span class="sig"><MeaningGlyph meaning="usual" />{say(`quality.says.passed.${reading.side}`, { since: month(reading.since), until: month(reading.until) })}{trial}</span>;
  }
}

function TableOf({ name, words, children }: { readonly name: string; readonly words: Words; readonly children: ComponentChildren }): JSX.Element {
  // A narrow window scrolls the table, which the keyboard must reach too.
  return <div class="twin wide" role="region" aria-label={words.say('dashboard.tableOf', { chart: name })} tabIndex={0}><table><caption class="vh">{name}</caption>{children}</table></div>;
}

/** The product's name, and the choice of language. */
export function Languages({ words, onLocale }: Pick<QualityPageProps, 'words' | 'onLocale'>): JSX.Element {
  const each = (locale: Locale, name: string): JSX.Element =>
    <button type="button" lang={locale} aria-pressed={words.locale === locale} onClick={() => onLocale(locale)}>{name}</button>;
  return (
    <div class="topline">
      <span>{words.say('app.name')}</span><span class="sp" />
      <span class="lang" role="group" aria-label={words.say('language.label')}>{each('en-GB', words.say('language.english'))}{each('cy', words.say('language.welsh'))}</span>
    </div>
  );
}

function Warning({ health, words, onRestore }: Pick<QualityPageProps, 'health' | 'words' | 'onRestore'>): JSX.Element | null {
  const restore = <div class="acts"><button type="button" class="btn" onClick={onRestore}>{words.say('options.log.restore')}</button></div>;
  switch (health.kind) {
    case 'sound': return null;
    case 'data-loss': return <><p class="warning" role="alert">{words.say('dashboard.loss', { expected: health.expected, found: health.found })}</p>{restore}</>;
    case 'chain-broken': return <><p class="warning" role="alert">{words.say('dashboard.broken', { at: health.at })}</p>{restore}</>;
    case 'counters-broken': return <><p class="warning" role="alert">{words.say('dashboard.counters')}</p>{restore}</>;
    case 'newer-schema': return <p class="warning" role="alert">{words.say('dashboard.newer')}</p>;
  }
}
