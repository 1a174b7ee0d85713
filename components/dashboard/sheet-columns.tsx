import type { JSX } from 'preact';
import { sheetColumns, type SheetColumn, type TableRow } from '../../lib/model/sheet-table.js';
import type { Words } from '../words.js';

/** A table that was read and how its columns are taken. */
export interface SheetLayout {
  readonly rows: readonly TableRow[];
  /** Which row holds the heads, from 0. */
  readonly head: number;
  readonly columns: readonly (SheetColumn | null)[];
  /** Were its columns taken so before? */
  readonly isRemembered: boolean;
}

/** Rows under the heads that are shown, and rows among which the heads may stand. */
const [shownRows, headRows] = [3, 10];

/** Which column of a file is taken for which of the sheet: guessed by its heading or as it was taken before, and a person's to change. */
export function SheetColumns({ layout, words, onColumn, onHead }: { readonly layout: SheetLayout; readonly words: Words; readonly onColumn: (at: number, column: SheetColumn | null) => void; readonly onHead: (row: number) => void }): JSX.Element {
  const { say } = words;
  const { rows, head, columns, isRemembered } = layout;
  const heads = rows[head]?.cells ?? [];
  return (
    <>
      <p class="small">{say(isRemembered ? 'sheet.columns.remembered' : 'sheet.columns.guessed')}</p>
      <p class="acts"><label>{say('sheet.columns.head')} <select class="find" value={String(head)} onChange={(event) => onHead(Number(event.currentTarget.value))}>{rows.slice(0, Math.min(headRows, rows.length - 1)).map(({ cells, line }, at) => <option key={at} value={String(at)} selected={at === head}>{line}: {cells.filter((cell) => cell.trim() !== '').slice(0, 3).join(', ').slice(0, 60)}</option>)}</select></label></p>
      <div class="twin wide" tabIndex={0} role="region" aria-label={say('sheet.columns')}><table>
        <caption class="vh">{say('sheet.columns')}</caption>
        <thead><tr><th scope="col">{say('sheet.columns.file')}</th><th scope="col">{say('sheet.columns.first')}</th><th scope="col">{say('sheet.columns.taken')}</th></tr></thead>
        <tbody>{columns.map((column, at) => {
          const called = (heads[at] ?? '').trim() || say('sheet.columns.unnamed', { n: at + 1 });
          return (
            <tr key={at}><th scope="row">{called.slice(0, 80)}</th><td class="small">{rows.slice(head + 1, head + 1 + shownRows).map(({ cells }) => (cells[at] ?? '').slice(0, 60)).filter((cell) => cell !== '').join(' · ')}</td>
              <td><select class="find" aria-label={say('sheet.columns.takenFor', { name: called.slice(0, 80) })} value={column ?? ''} onChange={(event) => onColumn(at, sheetColumns.find((one) => one === event.currentTarget.value) ?? null)}>
                <option value="" selected={column === null}>{say('sheet.columns.none')}</option>{sheetColumns.map((one) => <option key={one} value={one} selected={one === column}>{say(`sheet.column.${one}`)}</option>)}
              </select></td></tr>
          );
        })}</tbody>
      </table></div>
    </>
  );
}
