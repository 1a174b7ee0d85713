import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { dayOrders, ledgerFields, type ColumnMapping, type LedgerField } from '../../lib/model/ledger.js';
import type { LedgerFailure, LedgerImport, LedgerProgress, LookedAt, ReadTold, RefusedRows } from '../../lib/model/ledger-import.js';
import { formatDate, formatMonth, type Words } from '../words.js';
import { Scrolling } from './scrolling-table.jsx';
import { fieldWords, ledgerFailureWords, rowFaultWords } from './ledger-words.js';

/** Where an import is. */
export type ImportState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly progress: LedgerProgress }
  | { readonly kind: 'mapping'; readonly name: string; readonly looked: LookedAt; readonly mapping: ColumnMapping; readonly asOf: string; readonly latestAllowed: string; readonly failure: LedgerFailure | null }
  | { readonly kind: 'review'; readonly told: ReadTold; readonly refused: RefusedRows }
  | { readonly kind: 'failed'; readonly failure: LedgerFailure; readonly refused: RefusedRows | null };

export interface ImportActs {
  readonly onFile: (file: File) => void;
  readonly onMapping: (mapping: ColumnMapping) => void;
  readonly onAsOf: (day: string) => void;
  readonly onRead: () => void;
  readonly onTake: () => void;
  readonly onCancel: () => void;
  readonly onSaveMapping: () => void;
  readonly onLoadMapping: (file: File) => void;
  readonly onSaveRefused: () => void;
  /** May coders' pseudonyms be kept? Policy alone says so; else the column is not read. */
  readonly keepsCoders: boolean;
}

/** Refused rows that are listed; all of them are in the file. */
const listed = 100;
/** What points at a patient is not shown again: the person knows the column by its head. */
const hiddenFields: readonly LedgerField[] = ['patient', 'spell', 'episode', 'coder'];

/** Brings an extract of the PAS in: choose, say what the columns are, see what it would do, take it or leave it. Nothing rests anywhere before that. */
export function LedgerImportView({ state, imports, words, ...acts }: ImportActs & { readonly state: ImportState; readonly imports: readonly LedgerImport[]; readonly words: Words }): JSX.Element {
  const { say, locale } = words;
  const input = useRef<HTMLInputElement>(null);
  const last = imports.at(-1);
  return (
    <section class="ledger-import">
      <h2>{say('ledger.title')}</h2>
      {last ? <p>{say('ledger.last', { on: formatDate(last.on, locale), asOf: formatDate(last.asOf, locale), rows: last.rows.toLocaleString(locale), refused: last.refused.toLocaleString(locale) })}</p> : null}
      {state.kind === 'idle' || state.kind === 'failed' ? (
        <>
          {state.kind === 'failed' ? <><p class="warning" role="alert">{ledgerFailureWords(state.failure, words)}</p>{state.refused ? <Refused refused={state.refused} words={words} onSave={acts.onSaveRefused} /> : null}</> : null}
          <p>{say('ledger.what')}</p>
          <p class="acts"><button type="button" class="btn" onClick={() => input.current?.click()}>{say('ledger.choose')}</button><input ref={input} type="file" accept=".csv,.tsv,.txt,.xlsx,text/csv" hidden aria-label={say('ledger.choose')} onChange={() => { const file = input.current?.files?.[0]; if (file) acts.onFile(file); if (input.current) input.current.value = ''; }} /></p>
        </>
      ) : null}
      {state.kind === 'running' ? <p class="acts"><label>{say(`ledger.running.${state.progress.step}`)} {state.progress.of > 0 && state.progress.step === 'rows' ? say('data.progress', { done: state.progress.done.toLocaleString(locale), of: state.progress.of.toLocaleString(locale) }) : ''}<br /><progress max={Math.max(1, state.progress.of)} {...(state.progress.of > 0 ? { value: state.progress.done } : {})} /></label>{state.progress.step === 'taking' ? null : <> <button type="button" class="btn" onClick={acts.onCancel}>{say('data.cancel')}</button></>}</p> : null}
      {state.kind === 'mapping' ? <Mapping state={state} words={words} {...acts} /> : null}
      {state.kind === 'review' ? <Review told={state.told} refused={state.refused} words={words} {...acts} /> : null}
    </section>
  );
}

/** What each field of the ledger is read from, with the first row below, and how days are written. */
function Mapping({ state: { name, looked, mapping, asOf, latestAllowed, failure }, words, ...acts }: ImportActs & { readonly state: Extract<ImportState, { readonly kind: 'mapping' }>; readonly words: Words }): JSX.Element {
  const { say, locale } = words;
  const input = useRef<HTMLInputElement>(null);
  const choose = (field: LedgerField, head: string): void => { const { [field]: _, ...others } = mapping.columns; acts.onMapping({ ...mapping, columns: head === '' ? others : { ...others, [field]: head } }); };
  const sampleOf = (field: LedgerField): string => { const at = looked.header.indexOf(mapping.columns[field] ?? ''); return at < 0 ? '' : hiddenFields.includes(field) ? say('ledger.hidden') : looked.sample.map((cells) => cells[at] ?? '').filter((cell) => cell !== '').slice(0, 3).join(' · '); };
  const fields = ledgerFields.filter((field) => field !== 'coder' || acts.keepsCoders);
  return (
    <form onSubmit={(event) => { event.preventDefault(); acts.onRead(); }}>
      <h3>{say('ledger.mapping.title', { name, rows: looked.rows.toLocaleString(locale) })}</h3>
      {failure ? <p class="warning" role="alert">{ledgerFailureWords(failure, words)}</p> : null}
      <p class="small">{say('ledger.mapping.what')}</p>
      <Scrolling name={say('ledger.mapping')}>
        <caption class="vh">{say('ledger.mapping')}</caption>
        <thead><tr><th scope="col">{say('ledger.column.field')}</th><th scope="col">{say('ledger.column.head')}</th><th scope="col">{say('ledger.column.sample')}</th></tr></thead>
        <tbody>{fields.map((field) => (
          <tr key={field}><th scope="row"><label for={`ledger-${field}`}>{fieldWords(field, words)}</label></th>
            <td><select id={`ledger-${field}`} class="find" value={mapping.columns[field] ?? ''} onChange={(event) => choose(field, event.currentTarget.value)}><option value="" selected={mapping.columns[field] === undefined}>{say('ledger.notThere')}</option>{looked.header.map((head, at) => <option key={at} value={head} selected={head === mapping.columns[field]}>{head}</option>)}</select></td>
            <td>{sampleOf(field)}</td></tr>
        ))}</tbody>
      </Scrolling>
      <div class="bulk">
        <label><span>{say('ledger.days')}</span> <select class="find" value={mapping.days ?? ''} onChange={(event) => acts.onMapping({ ...mapping, days: dayOrders.find((one) => one === event.currentTarget.value) ?? null })}><option value="" selected={mapping.days === null}>{say('ledger.days.unsaid')}</option>{dayOrders.map((one) => <option key={one} value={one} selected={one === mapping.days}>{say(`ledger.days.${one}`)}</option>)}</select></label>
        <label><span>{say('ledger.unknownSpecialty')}</span> <select class="find" value={mapping.unknownSpecialty} onChange={(event) => acts.onMapping({ ...mapping, unknownSpecialty: event.currentTarget.value === 'count' ? 'count' : 'refuse' })}>{(['refuse', 'count'] as const).map((one) => <option key={one} value={one} selected={one === mapping.unknownSpecialty}>{say(`ledger.unknownSpecialty.${one}`)}</option>)}</select></label>
        <label><span>{say('ledger.asOf')}</span> <input class="find" type="date" required max={latestAllowed} value={asOf} onInput={(event) => acts.onAsOf(event.currentTarget.value)} /></label>
      </div>
      <p class="small">{say('ledger.asOf.why')}</p>
      <p class="acts">
        <button type="submit" class="btn">{say('ledger.read')}</button> <button type="button" class="btn" onClick={acts.onSaveMapping}>{say('ledger.mapping.save')}</button> <button type="button" class="btn" onClick={() => input.current?.click()}>{say('ledger.mapping.load')}</button> <button type="button" class="btn" onClick={acts.onCancel}>{say('ledger.leave')}</button>
        <input ref={input} type="file" accept=".json,application/json" hidden aria-label={say('ledger.mapping.load')} onChange={() => { const file = input.current?.files?.[0]; if (file) acts.onLoadMapping(file); if (input.current) input.current.value = ''; }} />
      </p>
    </form>
  );
}

/** What the extract would do to the ledger, before it does. */
function Review({ told, refused, words, ...acts }: ImportActs & { readonly told: ReadTold; readonly refused: RefusedRows; readonly words: Words }): JSX.Element {
  const { say, locale } = words;
  const { tally } = told;
  const lines = ([['fresh', tally.fresh], ['coded', tally.changed.coded], ['reopened', tally.changed.reopened], ['recoded', tally.changed.recoded], ['dates', tally.changed.dates], ['specialty', tally.changed.specialty], ['other', tally.changed.other], ['same', tally.same], ['older', tally.older], ['absent', tally.absent]] as const).filter(([what, count]) => count > 0 || what === 'fresh');
  return (
    <>
      <h3 aria-live="polite">{say('ledger.review.title', { rows: told.rows.toLocaleString(locale), taken: (told.rows - refused.count).toLocaleString(locale), refused: refused.count.toLocaleString(locale) })}</h3>
      <ul class="plain">{lines.map(([what, count]) => <li key={what}>{say(`ledger.tally.${what}`, { episodes: count.toLocaleString(locale) })}</li>)}{told.otherReasons > 0 ? <li>{say('ledger.otherReasons', { episodes: told.otherReasons.toLocaleString(locale) })}</li> : null}</ul>
      {told.freezes.length > 0 ? <><p>{say('ledger.freezes')}</p><ul class="plain">{told.freezes.map(({ month, counts }) => <li key={month}>{say('ledger.freezes.month', { month: formatMonth(month, locale), episodes: counts.reduce((sum, { episodes }) => sum + episodes, 0).toLocaleString(locale) })}</li>)}</ul></> : null}
      {refused.count > 0 ? <Refused refused={refused} words={words} onSave={acts.onSaveRefused} /> : null}
      <p class="acts"><button type="button" class="btn" onClick={acts.onTake}>{say('ledger.take')}</button> <button type="button" class="btn" onClick={acts.onCancel}>{say('ledger.leave')}</button></p>
    </>
  );
}

/** Refused rows by reason, and the first of them with their lines. */
function Refused({ refused, words, onSave }: { readonly refused: RefusedRows; readonly words: Words; readonly onSave: () => void }): JSX.Element {
  const { say, locale } = words;
  const [isOpen, open] = useState(false);
  const name = say('ledger.refused.table');
  const rows = Array.from({ length: Math.min(listed, refused.count) }, (_, index) => refused.at(index));
  return (
    <>
      <ul class="plain">{[...refused.byFault].map(([why, count]) => <li key={why}>{say('ledger.refused.by', { reason: say(`ledger.row.${why}`), rows: count.toLocaleString(locale) })}</li>)}</ul>
      <details open={isOpen} onToggle={(event) => open(event.currentTarget.open)}>
        <summary>{say('ledger.refused.open', { count: rows.length })}</summary>
        <Scrolling name={name}><caption class="vh">{name}</caption><thead><tr><th scope="col" class="r">{say('ledger.column.line')}</th><th scope="col">{say('ledger.column.why')}</th></tr></thead><tbody>{rows.map((row, index) => <tr key={index}><th scope="row" class="r">{row.line.toLocaleString(locale)}</th><td>{rowFaultWords(row, words)}</td></tr>)}</tbody></Scrolling>
      </details>
      <p class="acts"><button type="button" class="btn" onClick={onSave}>{say('ledger.refused.save')}</button></p>
    </>
  );
}
