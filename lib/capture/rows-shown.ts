import type { Fingerprint } from '../model/context.js';
import type { CoverageGapKind } from '../model/snapshot.js';
import { attributeOf, isShown, queryAll } from './page-access.js';
import { longestText, readRegion, type ReadOptions, type RegionText } from './read-text.js';
import { createTextMap, type TextRun } from './text-map.js';

/** The rows of one list that have been shown, in order, as long as the same patient is on screen. Patient text: memory only. */
export interface RowsShown {
  /** By the row's own number or name, else by its words. */
  readonly rows: Map<string, { readonly text: string; readonly blocks: readonly number[] }>;
  /** Names in the order of the list, as far as it is known. */
  order: string[];
  /** Whose each row of the page is: of the patient under whom its words were first read. They stay theirs while the words stay, whoever is named meanwhile. */
  readonly whose: WeakMap<Element, { readonly text: string; readonly subject: Fingerprint }>;
}

/** Nothing shown yet. */
export function noRows(): RowsShown { return { rows: new Map(), order: [], whose: new WeakMap() }; }

/** Another patient is on screen: what was shown is forgotten. Whose the rows are that still stand in the page is not. */
export function forgetRows(shown: RowsShown): void {
  shown.rows.clear();
  shown.order = [];
}

/** Attributes in which lists and viewers number their rows; the first that a row has names it. */
const numbers = ['aria-rowindex', 'data-page-number', 'row-index', 'data-index', 'data-row-index', 'aria-posinset', 'row-id', 'data-row-id', 'data-id'];

function nameOf(row: Element, text: string): string {
  for (const name of numbers) { const value = attributeOf(row, name); if (value !== null && value !== '') return `${name}=${value}`; }
  return `words=${text}`;
}

const numberOf = (name: string): number | null => { const number = /=(\d+)$/.exec(name)?.[1]; return number === undefined || name.startsWith('words=') ? null : Number(number); };

/**
 * Reads the rows that are drawn now, adds them to those that were shown before, and gives all of them as one text.
 * Only rows that are in the page have places in it: what scrolled away is listed and never painted on other words.
 * `subject` is the patient on screen, or null while nobody is known; rows that are another's are counted and not read.
 */
export function readRows(region: Element, selector: string, shown: RowsShown, subject: Fingerprint | null, options: ReadOptions): RegionText {
  const drawn = queryAll(region, selector).filter(isShown);
  const live = new Map<string, RegionText>();
  const gaps = new Map<CoverageGapKind, number>();
  let editable = false;
  let last = -1;
  let undrawn = 0;
  let others = 0;
  for (const row of drawn) {
    const read = readRegion(row, options);
    for (const [kind, count] of read.gaps) gaps.set(kind, (gaps.get(kind) ?? 0) + count);
    editable ||= read.editable;
    const name = nameOf(row, read.text);
    if (read.text.trim() === '') { if (read.gaps.has('not-yet-shown') && !shown.rows.has(name)) undrawn += 1; continue; }
    const owner = shown.whose.get(row);
    if (owner?.text !== read.text) { if (subject !== null) shown.whose.set(row, { text: read.text, subject }); }
    else if (owner.subject !== subject) { others += 1; continue; }
    live.set(name, read);
    if (!shown.rows.has(name)) shown.order.splice(last + 1, 0, name);
    shown.rows.set(name, { text: read.text, blocks: read.blocks });
    last = shown.order.indexOf(name);
  }
  if (shown.order.every((name) => numberOf(name) !== null)) shown.order.sort((a, b) => (numberOf(a) as number) - (numberOf(b) as number));
  const parts: string[] = [];
  const runs: TextRun[] = [];
  const blocks: number[] = [];
  let length = 0;
  for (const name of shown.order) {
    const row = shown.rows.get(name);
    if (!row) continue;
    if (length + row.text.length + 2 > longestText) { gaps.set('truncated', 1); break; }
    if (length > 0) { parts.push('\n\n'); length += 2; }
    blocks.push(...row.blocks.map((at) => at + length));
    for (const run of live.get(name)?.map.runs ?? []) runs.push({ ...run, start: run.start + length });
    parts.push(row.text);
    length += row.text.length;
  }
  // A grid counts its headings as rows; a viewer's pages are all in the page, drawn or not.
  const counted = [region, ...queryAll(region, '[aria-rowcount]')].map((one) => Number(attributeOf(one, 'aria-rowcount') ?? 0)).find((count) => count > 0);
  const headings = counted === undefined ? 0 : queryAll(region, '[role=row]').filter((row) => queryAll(row, '[role=columnheader]').length > 0).length;
  const left = counted === undefined ? undrawn : counted - headings - shown.order.length;
  if (left > 0) gaps.set('not-yet-shown', left); else gaps.delete('not-yet-shown');
  if (others > 0) gaps.set('unconfirmed', others);
  const text = parts.join('');
  return { text, blocks, map: createTextMap(text, runs), gaps, fields: [], editable };
}
