import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { SpecialtyId } from '../../lib/model/episode.js';
import type { MachinesTogether, ShownCount } from '../../lib/model/quality.js';
import type { WordKey, Words, WordValues } from '../words.js';

/** What is under way, and how far it is: `of` is 0 where nobody knows. */
export interface DataRunning { readonly what: 'export' | 'import' | 'count'; readonly done: number; readonly of: number }

/** What came of the last act. */
export interface DataTold { readonly key: WordKey; readonly values?: WordValues; readonly isFailure?: true }

/** What can be taken out. */
export type DataFile = 'bundle' | 'csv' | 'figures' | 'figures-csv';

export interface DataPageProps {
  readonly running: DataRunning | null;
  readonly told: DataTold | null;
  readonly canUndo: boolean;
  /** Other machines whose word is kept here, and how much of it. */
  readonly others: { readonly machines: number; readonly kept: number; /** What is kept cannot be read. */ readonly isDamaged: boolean };
  /** Null until a person asks for it. */
  readonly together: MachinesTogether | null;
  /** The part about a board's server; none where nothing is ever sent. */
  readonly sending?: JSX.Element | null;
  readonly nameOf: (specialty: SpecialtyId | 'unknown') => string;
  readonly words: Words;
  readonly onExport: (file: DataFile) => void;
  readonly onImport: (file: File) => void;
  readonly onCount: () => void;
  readonly onCancel: () => void;
  readonly onForget: () => void;
  readonly onUndo: () => void;
}

/** Findings and queries out as files, in from other machines, and all machines counted together. */
export function DataPage(props: DataPageProps): JSX.Element {
  const { running, told, canUndo, others, together, sending = null, words: { say }, onExport, onImport, onCount, onCancel, onForget, onUndo } = props;
  const input = useRef<HTMLInputElement>(null);
  const button = (name: WordKey, act: () => void): JSX.Element => <button type="button" class="btn" aria-disabled={running !== null} onClick={() => { if (!running) act(); }}>{say(name)}</button>;
  return (
    <>
      <h1>{say('data.title')}</h1>
      <p class="lede">{say('data.lede')}</p>
      <p role="status" class={told && !told.isFailure ? 'warning' : ''}>{told && !told.isFailure ? say(told.key, told.values) : ''}{canUndo && !running ? <> <button type="button" class="btn" onClick={onUndo}>{say('data.undo')}</button></> : null}</p>
      {told?.isFailure ? <p class="warning" role="alert">{say(told.key, told.values)}</p> : null}
      {running ? (
        <p class="acts"><label>{say(`data.running.${running.what}`)} {running.of > 0 ? say('data.progress', { done: running.done, of: running.of }) : ''}<br /><progress max={Math.max(1, running.of)} value={running.done} /></label> <button type="button" class="btn" onClick={onCancel}>{say('data.cancel')}</button></p>
      ) : null}
      <section>
        <h2>{say('data.out')}</h2>
        <p>{say('data.out.what')}</p>
        <p class="acts">{button('data.bundle', () => onExport('bundle'))} {button('data.csv', () => onExport('csv'))}</p>
        <p>{say('data.figures.what')}</p>
        <p class="acts">{button('data.figures.fhir', () => onExport('figures'))} {button('data.figures.csv', () => onExport('figures-csv'))}</p>
      </section>
      <section>
        <h2>{say('data.in')}</h2>
        <p>{say('data.in.what')}</p>
        <p class="acts">{button('data.choose', () => input.current?.click())}<input ref={input} type="file" accept=".json,application/json,application/fhir+json" hidden aria-label={say('data.choose')} onChange={() => { const file = input.current?.files?.[0]; if (file) onImport(file); if (input.current) input.current.value = ''; }} /></p>
      </section>
      <section>
        <h2>{say('data.together')}</h2>
        <p>{say('data.together.what')}</p>
        {others.isDamaged ? null : <p>{say('data.machines', { machines: others.machines, kept: others.kept })}</p>}
        <p class="acts">{button('data.count', onCount)} {others.kept > 0 || others.isDamaged ? button('data.forget', onForget) : null}</p>
        {together ? <Together {...props} together={together} /> : null}
      </section>
      {sending}
    </>
  );
}

function Together({ together, nameOf, words }: DataPageProps & { readonly together: MachinesTogether }): JSX.Element {
  const { say, locale } = words;
  const shown = (count: ShownCount): string => (count === null ? say('quality.few') : count.toLocaleString(locale));
  const rows = [...together.rows].sort((a, b) => Number(a.specialty === 'unknown') - Number(b.specialty === 'unknown') || nameOf(a.specialty).localeCompare(nameOf(b.specialty), locale));
  return (
    <>
      <table>
        <caption class="vh">{say('data.together')}</caption>
        <thead><tr><th scope="col">{say('dashboard.column.specialty')}</th><th scope="col" class="r">{say('data.column.here')}</th><th scope="col" class="r">{say('data.column.all')}</th></tr></thead>
        <tbody>{rows.map(({ specialty, here, all }) => <tr key={specialty}><th scope="row">{nameOf(specialty)}</th><td class="r">{shown(here)}</td><td class="r">{shown(all)}</td></tr>)}</tbody>
        <tfoot><tr><th scope="row">{say('dashboard.allSpecialties')}</th><td class="r">{shown(together.total.here)}</td><td class="r">{shown(together.total.all)}</td></tr></tfoot>
      </table>
      <p>{say('data.queries', together.openQueries)}</p>
      <p class="small">{say('quality.hidden')}</p>
    </>
  );
}
