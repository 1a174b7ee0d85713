import type { TableLine } from '../base/csv.js';
import { fail, succeed, type Result } from '../base/result.js';
import type { Specialty, SpecialtyId } from '../model/episode.js';
import { matchFor, termKinds, type RuleExample, type RuleId, type TermForm, type TermKind } from '../model/rulebook.js';
import type { SheetEntries, SheetEntry } from '../model/sheet.js';
import { sheetColumns, type SheetColumn, type SheetTable, type SheetTableFailure, type TableProblem, type TableRow } from '../model/sheet-table.js';
import { verdictIn } from './sheet-columns.js';
import { freeIds, inOrder, isTextMissing, kindOf, withText } from './sheet-entry.js';

/** Most rows of a sheet, and most characters of a cell. */
const mostRows = 20_000;
const mostLetters = 4_000;
/** Problems that are listed; a file with more is refused all the same. */
const mostProblems = 200;

const plain = (words: string): string => words.toLowerCase().replace(/[\s_-]+/g, ' ').trim();

/** A cell as it was before we kept a spreadsheet from taking it for a formula. */
const unguarded = (cell: string): string => (/^'\s*[=+\-@|\t\r\n]/.test(cell) ? cell.slice(1) : cell);
const parts = (cell: string): readonly string[] => cell.split('|').map((one) => one.trim()).filter((one) => one !== '');
const isFormula = (cell: string): boolean => /^\s*[=+\-@]\s*[\p{L}\d"'\\(+\-=@].*(?:[(!]|\|\s*')/u.test(cell);
// What no keyboard writes, and marks that turn words round: a reader would not see what is there.
const isHidden = (cell: string): boolean => /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]/.test(cell);

/**
 * Reads a table of entries whole or not at all. A row of an id (or, without one, of a term) that the sheet has changes that entry and keeps what the
 * table has no column for; rows that are not there take nothing out. Changed words come in as drafts, whatever a file says of them: nobody here read them.
 */
export function readSheetTable(rows: readonly TableRow[], columns: readonly (SheetColumn | null)[], sheet: { readonly entries: SheetEntries; readonly specialties: readonly Specialty[] }): Result<SheetTable, SheetTableFailure> {
  if (rows.length === 0) return fail({ kind: 'empty' });
  if (rows.length > mostRows) return fail({ kind: 'too-many', most: mostRows });
  for (const needed of ['term', 'verdict'] as const) if (!columns.includes(needed)) return fail({ kind: 'no-column', column: needed });
  const twice = columns.find((column, index) => column !== null && columns.indexOf(column) !== index);
  if (twice) return fail({ kind: 'column-twice', column: twice });
  const problems: TableProblem[] = [];
  const known = new Map(sheet.entries.map((entry) => [entry.id, entry]));
  const byTerm = new Map(sheet.entries.map((entry) => [plain(entry.term), entry]));
  const seen = new Set<RuleId>();
  const read: SheetEntry[] = [];
  const freeId = freeIds((id) => known.has(id) || seen.has(id));
  for (const { cells, line } of rows) {
    const before = problems.length;
    const bad = (column: SheetColumn | null, why: TableProblem['why']): void => { problems.push({ line, column, why }); };
    if (cells.length > columns.length && cells.slice(columns.length).some((cell) => cell.trim() !== '')) bad(null, 'too-many-cells');
    const cell = (column: SheetColumn): string | null => { const at = columns.indexOf(column); return at < 0 ? null : unguarded((cells[at] ?? '')).normalize('NFC').trim(); };
    columns.forEach((column, at) => {
      const text = cells[at] ?? '';
      if (column === null) return;
      if (text.length > mostLetters) bad(column, 'too-long');
      if (isHidden(text)) bad(column, 'hidden-letters');
      if (isFormula(text)) bad(column, 'formula');
    });
    const [term, verdict, kind, id] = [cell('term') ?? '', verdictIn(cell('verdict') ?? ''), cell('kind'), cell('id') ?? ''];
    if (term === '') bad('term', 'missing');
    if (term.length > 200) bad('term', 'too-long');
    if (verdict === null) bad('verdict', 'unknown-word');
    if (kind !== null && kind !== '' && !termKinds.some((one) => one === plain(kind))) bad('kind', 'unknown-word');
    if (id !== '' && !/^[A-Z]{2}\d{3,5}$/.test(id)) bad('id', 'bad-id');
    for (const column of ['status-en', 'status-cy'] as const) { const status = plain(cell(column) ?? ''); if (status !== '' && !['missing', 'draft', 'reviewed', 'approved'].includes(status)) bad(column, 'unknown-word'); }
    const wanted = parts(cell('specialties') ?? '');
    const areAll = wanted.length === 0 || (wanted.length === 1 && plain(wanted[0] ?? '') === 'all');
    const own = wanted.map((word) => sheet.specialties.find((one) => [one.id as string, one.name.en, one.name.cy, ...one.aliases].some((name) => plain(name) === plain(word)))?.id ?? null);
    if (!areAll && own.includes(null)) bad('specialties', 'unknown-specialty');
    const match = (cell('match') ?? '').split(';').map(plain).filter((one) => one !== '');
    if (match.some((one) => !['ci', 'case', 'noisy', 'symbol before term', 'symbol', 'token', 'between terms', 'literal', 'words'].includes(one))) bad('match', 'unknown-word');
    const held = id !== '' ? known.get(id as RuleId) : byTerm.get(plain(term));
    const name = id !== '' ? id as RuleId : held?.id ?? freeId();
    if (seen.has(name)) bad('id', 'twice');
    seen.add(name);
    if (problems.length > before || verdict === null) { if (problems.length >= mostProblems) break; continue; }
    const kindNow: TermKind = termKinds.find((one) => one === plain(kind ?? '')) ?? held?.kind ?? kindOf(term);
    const texts = [...new Set([term, ...(cell('variants') === null ? held?.forms.map(({ text }) => text) ?? [] : parts(cell('variants') ?? ''))])];
    const formOf = (text: string): TermForm => held?.forms.find((form) => form.text === text) ?? {
      text, language: 'any', caseSensitive: match.includes('case') || (kindNow === 'abbreviation' && match.length === 0),
      match: match.includes('symbol before term') ? 'before-term' : match.includes('between terms') ? 'between-terms' : matchFor(text),
    };
    // A table always writes the term first; the sheet may look for other forms only.
    const wantedForms = held && !held.forms.some(({ text }) => text === held.term) && term === held.term ? texts.filter((text) => text !== term || parts(cell('variants') ?? '').includes(term)) : texts;
    const forms = wantedForms.map(formOf);
    const examples = (column: 'find' | 'leave'): readonly RuleExample[] => { const written = cell(column); return written === null ? held?.examples[column] ?? [] : parts(written).map((text) => held?.examples[column].find((one) => one.text === text) ?? { text, specialty: null }); };
    const [first, ...others] = forms.length > 0 ? forms : texts.map(formOf);
    if (!first) { bad('term', 'missing'); continue; }
    let entry: SheetEntry = {
      ...(held ?? { unless: null, onlyWhen: null, number: null, text: { en: { short: '', why: '', instead: [] }, cy: { short: '', why: '', instead: [] } }, source: { en: '', cy: '' }, status: { en: { state: 'missing' }, cy: { state: 'missing' } } }),
      id: name, term, kind: kindNow, verdict, forms: [first, ...others],
      appliesTo: cell('specialties') === null ? held?.appliesTo ?? 'all' : areAll ? 'all' : own as SpecialtyId[],
      noisy: cell('match') === null ? held?.noisy ?? false : match.includes('noisy'),
      examples: { find: examples('find'), leave: examples('leave') },
    };
    for (const language of ['en', 'cy'] as const) {
      const old = entry.text[language];
      const why = cell(`why-${language}`) ?? old.why;
      const text = { why, short: cell(`short-${language}`) ?? (why === old.why ? old.short : shortOf(why)), instead: cell(`instead-${language}`) === null ? old.instead : parts(cell(`instead-${language}`) ?? '') };
      const source = cell(`source-${language}`) ?? entry.source[language];
      if (JSON.stringify([old.short, old.why, old.instead, entry.source[language]]) !== JSON.stringify([text.short, text.why, text.instead, source])) entry = withText(entry, language, text, source);
      else if (isTextMissing(entry, language)) entry = { ...entry, status: { ...entry.status, [language]: { state: 'missing' } } };
    }
    read.push(entry);
  }
  if (problems.length > 0) return fail({ kind: 'rows', problems: problems.slice(0, mostProblems) });
  return succeed({ entries: inOrder(read), added: read.filter(({ id }) => !known.has(id)).length, rows: rows.length });
}

/** The few words for the list, from the reason: its first clause. */
function shortOf(why: string): string {
  const clause = /^[^.;:(]+/.exec(why)?.[0].trim() ?? '';
  return clause.length <= 90 ? clause : `${clause.slice(0, 89).replace(/\s+\S*$/, '')}…`;
}

/** Heads of ours that are more than the name of the column. */
const headings: Readonly<Partial<Record<SheetColumn, string>>> = { specialties: 'applies to', 'source-en': 'source', 'status-en': 'en status', 'status-cy': 'cy status', match: 'match hint', find: 'must find', leave: 'must leave alone' };

/** The sheet as a table, under the names that it is read by. */
export function sheetTable(entries: SheetEntries): readonly TableLine[] {
  const header = sheetColumns.map((column) => headings[column] ?? column.replace('-', ' '));
  const lines = entries.map((entry) => sheetColumns.map((column): string => {
    switch (column) {
      case 'id': case 'term': case 'kind': case 'verdict': return entry[column];
      case 'variants': return entry.forms.map(({ text }) => text).filter((text) => text !== entry.term).join('|');
      case 'specialties': return entry.appliesTo === 'all' ? 'all' : entry.appliesTo.join('|');
      case 'match': return [entry.forms.some(({ caseSensitive }) => caseSensitive) ? 'case' : 'ci', ...(entry.noisy ? ['noisy'] : [])].join(';');
      case 'find': case 'leave': return entry.examples[column].map(({ text }) => text).join('|');
      case 'source-en': return entry.source.en;
      case 'source-cy': return entry.source.cy;
      case 'status-en': return entry.status.en.state;
      case 'status-cy': return entry.status.cy.state;
      default: { const [part, language] = column.split('-') as ['short' | 'why' | 'instead', 'en' | 'cy']; const held = entry.text[language][part]; return typeof held === 'string' ? held : held.join('|'); }
    }
  }));
  return [header, ...lines];
}
