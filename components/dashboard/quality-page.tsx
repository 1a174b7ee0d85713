import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Specialty, SpecialtyId } from '../../lib/model/episode.js';
import { sideConflictRule } from '../../lib/model/diagnostic.js';
import { inLocale, type Locale } from '../../lib/model/language.js';
import type { LogHealth } from '../../lib/model/ports.js';
import type { ReportTable } from '../../lib/model/report.js';
import type { Rule, RuleId, Severity } from '../../lib/model/rulebook.js';
import type { Words } from '../words.js';
import { VerdictShape } from '../panel/shapes.js';
import { BarChart } from './bar-chart.js';

/** One term and how often it was logged. */
export interface TermCount {
  readonly rule: RuleId;
  readonly verdict: Severity;
  readonly findings: number;
}

/** One specialty and what was logged for it, as the report *findings by specialty* gives it. */
export interface SpecialtyCount {
  readonly specialty: SpecialtyId | 'unknown';
  readonly findings: number;
  readonly episodes: number;
  readonly unreadable: number;
  readonly rules: readonly TermCount[];
}

export interface QualityPageProps {
  readonly bySpecialty: ReportTable<SpecialtyCount>;
  readonly byTerm: ReportTable<TermCount>;
  /** Names of specialties and terms; an id without a name is shown as it is. */
  readonly specialties: readonly Pick<Specialty, 'id' | 'name'>[];
  readonly rules: readonly Pick<Rule, 'id' | 'term'>[];
  /** What `check` said of the log; anything but sound is told before the figures. */
  readonly health: LogHealth;
  readonly words: Words;
  readonly onLocale: (locale: Locale) => void;
  /** Brings back from the copy what the log has lost; asked only where something is missing. */
  readonly onRestore: () => void;
}

type Chosen = SpecialtyId | 'unknown' | 'all';

/** What coders logged, by specialty and by term: each chart with its table below. Reached and worked by keyboard alone. */
export function QualityPage({ bySpecialty, byTerm, specialties, rules, health, words, onLocale, onRestore }: QualityPageProps): JSX.Element {
  const [wanted, choose] = useState<Chosen>('all');
  const nameOf = (id: Chosen): string => {
    if (id === 'all') return words.say('dashboard.allSpecialties');
    if (id === 'unknown') return words.say('dashboard.unknownSpecialty');
    const known = specialties.find((one) => one.id === id);
    return known ? inLocale(known.name, words.locale) : id;
  };
  // In the order of the names that are read, which is not the order of the ids; the unknown stays last.
  const rows = [...bySpecialty.rows].sort((a, b) => Number(a.specialty === 'unknown') - Number(b.specialty === 'unknown') || nameOf(a.specialty).localeCompare(nameOf(b.specialty), words.locale));
  // A specialty whose last finding was undone is gone from the rows: then all are shown.
  const own = rows.find((row) => row.specialty === wanted);
  const chosen: Chosen = own ? own.specialty : 'all';
  const findings = rows.reduce((sum, row) => sum + row.findings, 0);
  const logged = rows.filter((row) => row.findings > 0);

  return (
    <main class="main" id="top">
      <Languages words={words} onLocale={onLocale} />
      <Warning health={health} words={words} onRestore={onRestore} />
      {rows.length === 0 ? (
        <>
          <h1>{words.say('dashboard.empty.title')}</h1>
          <p class="lede">{words.say('dashboard.empty', { count: bySpecialty.eventsRead })}</p>
        </>
      ) : (
        <>
          <h1>{words.say('dashboard.title', { count: findings, specialties: words.say('dashboard.specialties', { count: logged.length }) })}</h1>
          <p class="lede">{words.say('dashboard.lede', { count: bySpecialty.eventsRead })}</p>
          <h2>{words.say('dashboard.bySpecialty')}</h2>
          <BarChart bars={rows.map((row) => ({ name: nameOf(row.specialty), value: row.findings }))} />
          <p class="small">{words.say('dashboard.choose')}</p>
          <TableOf chart={words.say('dashboard.bySpecialty')} words={words}>
            <thead><tr>
              <th scope="col">{words.say('dashboard.column.specialty')}</th>
              <th scope="col" class="r">{words.say('dashboard.column.findings')}</th>
              <th scope="col" class="r">{words.say('dashboard.column.episodes')}</th>
              <th scope="col" class="r">{words.say('dashboard.column.unreadable')}</th>
            </tr></thead>
            <tbody>{rows.map((row) => (
              <tr key={row.specialty} class={row.specialty === chosen ? 'cur' : ''}>
                <th scope="row"><Choice id={row.specialty} chosen={chosen} choose={choose} name={nameOf(row.specialty)} /></th>
                <td class="r">{row.findings}</td><td class="r">{row.episodes}</td><td class="r">{row.unreadable}</td>
              </tr>
            ))}</tbody>
            <tfoot><tr class={chosen === 'all' ? 'cur' : ''}>
              <th scope="row"><Choice id="all" chosen={chosen} choose={choose} name={nameOf('all')} /></th>
              <td class="r">{findings}</td>
              {/* One episode may stand under two specialties, so a sum would count it twice. */}
              <td class="r">–</td>
              <td class="r">{rows.reduce((sum, row) => sum + row.unreadable, 0)}</td>
            </tr></tfoot>
          </TableOf>
          <Terms name={nameOf(chosen)} counts={own ? own.rules : byTerm.rows} rules={rules} words={words} />
        </>
      )}
    </main>
  );
}

function Terms({ name, counts, rules, words }: { readonly name: string; readonly counts: readonly TermCount[]; readonly rules: QualityPageProps['rules']; readonly words: Words }): JSX.Element {
  const title = words.say('dashboard.byTerm', { specialty: name });
  const termOf = (id: RuleId): string => rules.find((rule) => rule.id === id)?.term ?? (id === sideConflictRule ? words.say('conflict.term') : id);
  return (
    <section>
      <h2 aria-live="polite">{title}</h2>
      {counts.length === 0 ? <p>{words.say('dashboard.noTerms', { specialty: name })}</p> : (
        <>
          <BarChart bars={counts.map((count) => ({ name: termOf(count.rule), value: count.findings }))} />
          <TableOf chart={title} words={words}>
            <thead><tr>
              <th scope="col">{words.say('dashboard.column.term')}</th>
              <th scope="col">{words.say('dashboard.column.verdict')}</th>
              <th scope="col" class="r">{words.say('dashboard.column.findings')}</th>
            </tr></thead>
            <tbody>{counts.map((count) => (
              <tr key={count.rule}>
                <th scope="row">{termOf(count.rule)}</th>
                <td><span class="sig"><VerdictShape verdict={count.verdict} />{words.say(`verdict.${count.verdict}`)}</span></td>
                <td class="r">{count.findings}</td>
              </tr>
            ))}</tbody>
          </TableOf>
        </>
      )}
    </section>
  );
}

function TableOf({ chart, words, children }: { readonly chart: string; readonly words: Words; readonly children: ComponentChildren }): JSX.Element {
  const caption = words.say('dashboard.tableOf', { chart });
  // A narrow window scrolls the table, which the keyboard must reach too.
  return <div class="twin" role="region" aria-label={caption} tabIndex={0}><table><caption class="vh">{chart}</caption>{children}</table></div>;
}

function Choice({ id, chosen, choose, name }: { readonly id: Chosen; readonly chosen: Chosen; readonly choose: (id: Chosen) => void; readonly name: string }): JSX.Element {
  return <button type="button" class="choice" aria-pressed={id === chosen} onClick={() => choose(id)}>{name}</button>;
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
