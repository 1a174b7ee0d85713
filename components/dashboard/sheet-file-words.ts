import type { BoardSheetFailure } from '../../lib/model/sheet.js';
import type { SheetTableFailure } from '../../lib/model/sheet-table.js';
import type { Words } from '../words.js';

/** Why nothing of a table was taken, in words: by row and column where they are the reason. */
export function tableFailureWords(failure: SheetTableFailure | { readonly kind: 'not-a-workbook' | 'too-large' | 'formula' }, { say }: Words): readonly string[] {
  switch (failure.kind) {
    case 'rows': return failure.problems.map(({ line, column, why }) => say('sheet.row', { line, column: column === null ? '–' : say(`sheet.column.${column}`), why: say(`sheet.row.${why}`) }));
    case 'no-column': case 'column-twice': return [say(`sheet.file.${failure.kind}`, { column: say(`sheet.column.${failure.column}`) })];
    case 'open-quote': return [say('sheet.file.open-quote', { line: failure.line })];
    case 'too-many': return [say('sheet.file.too-many', { most: failure.most })];
    default: return [say(`sheet.file.${failure.kind}`)];
  }
}

/** Why an edition does not stand as the board's, in words. */
export function boardFailureWords(failure: BoardSheetFailure, number: number | null, { say }: Words): string {
  switch (failure.kind) {
    case 'older': return say('sheet.board.older', { number: number ?? 0, newest: failure.newest });
    case 'other-content': return say('sheet.board.other-content', { number: number ?? 0 });
    case 'not-an-edition': case 'tampered': return say(`sheet.file.${failure.kind}`);
    default: return say(`sheet.board.${failure.kind}`);
  }
}
