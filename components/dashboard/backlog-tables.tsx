import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ageBands, type Backlog, type TeamHours, type TeamPace, type TreatmentFunction, type UncodedReason } from '../../lib/model/ledger.js';
import type { Month } from '../../lib/model/month.js';
import { formatDate, formatMonth, type Words } from '../words.js';
import { Scrolling } from './scrolling-table.jsx';

interface BacklogProps {
  readonly backlog: Backlog;
  readonly asOf: string;
  readonly isHidden: (table: 'specialty' | 'reason', line: number, column: number) => boolean;
  readonly nameOf: (specialty: TreatmentFunction) => string;
  readonly words: Words;
}

/** What is not coded, by its age in days on the day of the data, by specialty and by reason. */
export function BacklogTables({ backlog, asOf, isHidden, nameOf, words }: BacklogProps): JSX.Element {
  const { say, locale } = words;
  const bands = [...ageBands.map((most, at) => say('backlog.band', { from: at === 0 ? 0 : (ageBands[at - 1] ?? 0) + 1, to: most })), say('backlog.band.older', { from: (ageBands.at(-1) ?? 0) + 1 })];
  const table = <Key,>(which: 'specialty' | 'reason', lines: readonly { readonly key: Key; readonly bands: readonly number[]; readonly episodes: number }[], name: (key: Key) => string): JSX.Element => {
    const shown = (count: number, line: number, column: number): string => (isHidden(which, line, column) ? say('quality.few') : count.toLocaleString(locale));
    const title = say(`backlog.by.${which}`);
    // In order of the words that are read, each with its own place for what is hidden.
    const order = lines.map((line, at) => ({ line, at })).sort((a, b) => (which === 'specialty' ? name(a.line.key).localeCompare(name(b.line.key), locale) : 0));
    return (
      <Scrolling name={title}>
        <caption>{title}</caption>
        <thead><tr><th scope="col">{say(`backlog.column.${which}`)}</th>{bands.map((band) => <th key={band} scope="col" class="r">{band}</th>)}<th scope="col" class="r">{say('backlog.column.all')}</th></tr></thead>
        <tbody>{order.map(({ line, at }) => <tr key={String(line.key)}><th scope="row">{name(line.key)}</th>{line.bands.map((count, column) => <td key={column} class="r">{shown(count, at, column)}</td>)}<td class="r"><b>{shown(line.episodes, at, bands.length)}</b></td></tr>)}</tbody>
        <tfoot><tr><th scope="row">{say('backlog.total')}</th>{backlog.bands.map((count, column) => <td key={column} class="r">{shown(count, lines.length, column)}</td>)}<td class="r"><b>{backlog.episodes.toLocaleString(locale)}</b></td></tr></tfoot>
      </Scrolling>
    );
  };
  return (
    <section class="backlog">
      <h2>{say('backlog.title', { episodes: backlog.episodes.toLocaleString(locale), date: formatDate(asOf, locale) })}</h2>
      {backlog.episodes === 0 ? null : (
        <>
          <p class="small">{say('backlog.what')} {say('quality.hidden')}</p>
          {table('specialty', backlog.bySpecialty, nameOf)}
          {table<UncodedReason>('reason', backlog.byReason, (reason) => say(`backlog.reason.${reason}`))}
        </>
      )}
    </section>
  );
}

/** Episodes coded in an hour, by the team of five or more; never by a person. */
export function Pace({ pace, hours, latest, words, onHours }: { readonly pace: readonly TeamPace[]; readonly hours: readonly TeamHours[]; readonly latest: Month | null; readonly words: Words; readonly onHours: (hours: readonly TeamHours[]) => void }): JSX.Element {
  const { say, locale } = words;
  const [month, setMonth] = useState<string>(latest ?? '');
  const [worked, setWorked] = useState('');
  const [people, setPeople] = useState('');
  const isReady = /^20\d\d-(?:0[1-9]|1[0-2])$/.test(month) && Number(worked) > 0 && Number(people) > 0;
  const name = say('pace.title');
  return (
    <section class="pace">
      <h2>{name}</h2>
      <p class="small">{say('pace.what')}</p>
      {pace.length === 0 ? null : (
        <Scrolling name={name}>
          <caption class="vh">{name}</caption>
          <thead><tr><th scope="col">{say('pace.column.month')}</th><th scope="col" class="r">{say('pace.column.perHour')}</th><th scope="col" class="r">{say('pace.column.coded')}</th><th scope="col" class="r">{say('pace.column.hours')}</th><th scope="col" class="r">{say('pace.column.people')}</th><th scope="col"><span class="vh">{say('quality.remove')}</span></th></tr></thead>
          <tbody>{pace.map((one) => {
            const remove = <td><button type="button" class="btn" aria-label={say('quality.removeOf', { remove: say('quality.remove'), what: formatMonth(one.month, locale) })} onClick={() => onHours(hours.filter((other) => other.month !== one.month))}>{say('quality.remove')}</button></td>;
            return one.kind === 'pace'
              ? <tr key={one.month}><th scope="row">{formatMonth(one.month, locale)}</th><td class="r"><b>{one.perHour.toFixed(2)}</b></td><td class="r">{one.episodes.toLocaleString(locale)}</td><td class="r">{one.hours.toLocaleString(locale)}</td><td class="r">{one.people}</td>{remove}</tr>
              : <tr key={one.month}><th scope="row">{formatMonth(one.month, locale)}</th><td colSpan={4}>{say(one.kind === 'few' ? 'pace.few' : 'pace.none')}</td>{remove}</tr>;
          })}</tbody>
        </Scrolling>
      )}
      <form class="bulk" onSubmit={(event) => { event.preventDefault(); if (!isReady) return; onHours([...hours.filter((one) => one.month !== month), { month: month as Month, hours: Number(worked), people: Math.floor(Number(people)) }].sort((a, b) => (a.month < b.month ? -1 : 1))); setWorked(''); setPeople(''); }}>
        <label><span>{say('pace.column.month')}</span> <input class="find" type="month" required value={month} onInput={(event) => setMonth(event.currentTarget.value)} /></label>
        <label><span>{say('pace.column.hours')}</span> <input class="find" type="number" min="1" max="100000" step="0.5" required value={worked} onInput={(event) => setWorked(event.currentTarget.value)} /></label>
        <label><span>{say('pace.column.people')}</span> <input class="find" type="number" min="1" max="1000" required value={people} onInput={(event) => setPeople(event.currentTarget.value)} /></label>
        <button type="submit" class="btn" aria-disabled={!isReady}>{say('pace.keep')}</button>
      </form>
    </section>
  );
}
