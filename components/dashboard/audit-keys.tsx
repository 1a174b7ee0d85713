import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { secondaryTotals, type AuditKey, type AuditTable } from '../../lib/model/audit.js';
import { inLocale } from '../../lib/model/language.js';
import { TypedText } from '../typed-text.jsx';
import type { Words } from '../words.js';

export interface AuditKeysProps {
  readonly table: AuditTable;
  /** Fixed by policy: it is seen and not changed. */
  readonly isManaged: boolean;
  readonly words: Words;
  readonly onTable: (table: AuditTable) => void;
  readonly onSave: () => void;
  readonly onFile: (file: File) => void;
  readonly onShipped: () => void;
}

/** The board's error keys and how it counts, as a table that a person changes without code. */
export function AuditKeys({ table, isManaged, words, onTable, onSave, onFile, onShipped }: AuditKeysProps): JSX.Element {
  const { say, locale } = words;
  const input = useRef<HTMLInputElement>(null);
  const put = (at: number, change: Partial<AuditKey>): void => onTable({ ...table, keys: table.keys.map((key, place) => (place === at ? { ...key, ...change } : key)) });
  const rename = (at: number, text: string): void => { const key = table.keys[at]; if (key && text.trim() !== '') put(at, { name: locale === 'cy' ? { ...key.name, cy: text } : { ...key.name, en: text } }); };
  return (
    <details class="audit-keys">
      <summary>{say('audit.keys')}{table.confirmed ? '' : ` · ${say('audit.keys.placeholder')}`}</summary>
      {isManaged ? <p>{say('audit.keys.managed')}</p> : null}
      <fieldset disabled={isManaged}>
        <legend class="vh">{say('audit.keys')}</legend>
        <p><label>{say('audit.keys.total')} <select class="find" value={table.total} onChange={(event) => { const total = secondaryTotals.find((one) => one === event.currentTarget.value); if (total) onTable({ ...table, total }); }}>{secondaryTotals.map((total) => <option key={total} value={total}>{say(`audit.total.${total}`)}</option>)}</select></label></p>
        <p><label class="check"><input type="checkbox" checked={table.othersCount} onChange={(event) => onTable({ ...table, othersCount: event.currentTarget.checked })} /> {say('audit.keys.others')}</label></p>
        <p><label class="check"><input type="checkbox" checked={table.confirmed} onChange={(event) => onTable({ ...table, confirmed: event.currentTarget.checked })} /> {say('audit.keys.confirmed')}</label></p>
        <div class="twin wide" tabIndex={0} role="region" aria-label={say('audit.keys')}>
          <table>
            <caption class="vh">{say('audit.keys')}</caption>
            <thead><tr>{(['key', 'category', 'verdict', 'meaning', 'counts'] as const).map((column) => <th key={column} scope="col">{say(`audit.column.${column}`)}</th>)}</tr></thead>
            <tbody>{table.keys.map((key, at) => (
              <tr key={`${key.category} ${key.kind}`}>
                <th scope="row"><TypedText class="find short" aria-label={say('audit.keys.id', { key: inLocale(key.name, locale) })} value={key.id} maxLength={6} onDone={(text) => { const id = text.toUpperCase().replace(/[^A-Z0-9]/g, ''); if (id !== '' && !table.keys.some((one, place) => place !== at && one.id === id)) put(at, { id }); }} /></th>
                <td>{say(`audit.category.${key.category}`)}</td>
                <td>{say(`audit.kind.${key.kind}`)}</td>
                <td><TypedText class="find" aria-label={say('audit.keys.name', { key: key.id })} value={inLocale(key.name, locale)} maxLength={120} onDone={(text) => rename(at, text)} /></td>
                <td><input type="checkbox" aria-label={say('audit.keys.counts', { key: key.id })} checked={key.counts} onChange={(event) => put(at, { counts: event.currentTarget.checked })} /></td>
              </tr>
            ))}</tbody>
          </table>
        </div>
        <p class="acts">
          <button type="button" class="btn" onClick={() => input.current?.click()}>{say('audit.keys.bringIn')}</button><input ref={input} type="file" hidden accept=".json" aria-label={say('audit.keys.bringIn')} onChange={(event) => { const [file] = event.currentTarget.files ?? []; if (file) onFile(file); event.currentTarget.value = ''; }} />
          <button type="button" class="btn" onClick={onShipped}>{say('audit.keys.shipped')}</button>
        </p>
      </fieldset>
      <p class="acts"><button type="button" class="btn" onClick={onSave}>{say('audit.keys.save')}</button></p>
    </details>
  );
}
