import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Bilingual } from '../../lib/model/language.js';
import type { EntryChange, SheetEdition } from '../../lib/model/sheet.js';
import type { SheetColumn } from '../../lib/model/sheet-table.js';
import { TypedText } from '../typed-text.jsx';
import { formatDate, type Words } from '../words.js';
import { SheetColumns, type SheetLayout } from './sheet-columns.jsx';

/** A file that was read and waits for a person's word; what it would change, or why it cannot be taken, by row. */
export interface SheetPreview { readonly name: string; readonly changes: readonly EntryChange[]; readonly problems: readonly string[]; /** The number of an edition that is the board's. */ readonly boardNumber: number | null; /** How the columns of a table are taken. */ readonly layout: SheetLayout | null }

export interface SheetLeaveProps {
  readonly editions: readonly SheetEdition[];
  readonly changes: Bilingual<string>;
  readonly by: string;
  readonly today: string;
  readonly preview: SheetPreview | null;
  readonly words: Words;
  readonly onChanges: (changes: Bilingual<string>) => void;
  readonly onPublish: (from: string) => void;
  readonly onRollBack: (number: number) => void;
  readonly diff: (number: number) => readonly EntryChange[];
  readonly onFile: (file: File) => void;
  readonly onPreview: (take: boolean) => void;
  readonly onColumn: (at: number, column: SheetColumn | null) => void;
  readonly onHead: (row: number) => void;
  readonly onSave: (way: 'csv' | 'xlsx' | 'edition') => void;
}

/** How a sheet leaves the editor and comes into it: publishing, earlier editions, and files. */
export function SheetLeave({ editions, changes, by, today, preview, words, onChanges, onPublish, onRollBack, diff, onFile, onPreview, onColumn, onHead, onSave }: SheetLeaveProps): JSX.Element {
  const { say, locale } = words;
  const input = useRef<HTMLInputElement>(null);
  const [from, setFrom] = useState(today);
  const [compared, setCompared] = useState<number | null>(null);
  const newest = editions.reduce((most, { number }) => Math.max(most, number), 0);
  return (
    <>
      <section>
        <h2>{say('sheet.publish')}</h2>
        <p class="small">{say('sheet.publish.note')}</p>
        <div class="form">{(['en', 'cy'] as const).map((language) => <label key={language}>{say(`sheet.changes.${language}`)}<TypedText lang={language} rows={2} value={changes[language]} onDone={(text) => onChanges({ ...changes, [language]: text })} /></label>)}</div>
        <p class="acts"><label>{say('sheet.from')} <input class="find" type="date" value={from} min={today} onChange={(event) => setFrom(event.currentTarget.value)} /></label> <button type="button" class="btn" disabled={by === ''} onClick={() => onPublish(from)}>{say('sheet.publish.do', { number: newest + 1 })}</button></p>
      </section>
      <section>
        <h2>{say('sheet.history')}</h2>
        <ul class="plain">{[...editions].reverse().map((edition) => (
          <li key={edition.number}><b>{edition.number === 0 ? say('sheet.shipped') : say('sheet.edition', { number: edition.number, day: formatDate(edition.from, locale), by: edition.published.by })}</b> {edition.changes[locale === 'cy' ? 'cy' : 'en']}
            <span class="acts"> <button type="button" class="btn" aria-expanded={compared === edition.number} onClick={() => setCompared(compared === edition.number ? null : edition.number)}>{say('sheet.compare', { number: edition.number })}</button> {edition.number === newest ? null : <button type="button" class="btn" disabled={by === ''} onClick={() => onRollBack(edition.number)}>{say('sheet.rollBack', { number: edition.number })}</button>}</span>
            {compared === edition.number ? <ChangeList changes={diff(edition.number)} words={words} /> : null}</li>
        ))}</ul>
      </section>
      <section>
        <h2>{say('sheet.files')}</h2>
        <p class="acts"><button type="button" class="btn" onClick={() => input.current?.click()}>{say('sheet.bringIn')}</button><input ref={input} type="file" hidden aria-label={say('sheet.bringIn')} accept=".csv,.xlsx,.json" onChange={(event) => { const [file] = event.currentTarget.files ?? []; if (file) onFile(file); event.currentTarget.value = ''; }} /></p>
        {preview ? <div role="group" aria-label={say('sheet.preview', { name: preview.name })}>
          <h3>{say('sheet.preview', { name: preview.name })}</h3>
          {preview.layout ? <SheetColumns layout={preview.layout} words={words} onColumn={onColumn} onHead={onHead} /> : null}
          {preview.problems.length > 0 ? <><p>{say('sheet.preview.refused')}</p><ul class="plain">{preview.problems.map((one, at) => <li key={at}>{one}</li>)}</ul></> : <ChangeList changes={preview.changes} words={words} />}
          <p class="acts">{preview.problems.length === 0 && (preview.changes.length > 0 || preview.boardNumber !== null) ? <button type="button" class="btn" onClick={() => onPreview(true)}>{preview.boardNumber === null ? say('sheet.preview.take', { n: preview.changes.length }) : say('sheet.preview.board', { number: preview.boardNumber })}</button> : null} <button type="button" class="btn" onClick={() => onPreview(false)}>{say('sheet.preview.leave')}</button></p>
        </div> : null}
        <p class="acts">{(['csv', 'xlsx', 'edition'] as const).map((way) => <button key={way} type="button" class="btn" disabled={way === 'edition' && newest === 0} onClick={() => onSave(way)}>{say(`sheet.save.${way}`)}</button>)}</p>
      </section>
    </>
  );
}

/** What differs between two states, in words. */
function ChangeList({ changes, words }: { readonly changes: readonly EntryChange[]; readonly words: Words }): JSX.Element {
  const { say } = words;
  return changes.length === 0 ? <p>{say('sheet.diff.none')}</p> : <ul class="plain">{changes.slice(0, 300).map((change) => <li key={change.id}><b>{change.kind === 'removed' ? change.before.term : change.after.term}</b> {change.id}: {change.kind === 'changed' ? change.parts.map((part) => say(`sheet.part.${part}`)).join(', ') : say(`sheet.diff.${change.kind}`)}</li>)}</ul>;
}
