import { fail, succeed, type Result } from '../base/result.js';
import type { Rulebook, RuleId } from '../model/rulebook.js';
import { editionName, type PublishFailure, type SheetDraft, type SheetEdition, type SheetEntries, type SheetEntry, type SignedOff } from '../model/sheet.js';
import { checkPack } from './check-pack.js';
import { changedParts, diffSheets } from './sheet-changes.js';
import { entryOf, inOrder, isTextMissing, ruleOf } from './sheet-entry.js';

const isDay = (text: string): boolean => /^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(text);

/** The sheet that ships, as edition 0: in force while the department has published none. */
export function shippedEdition(rulebook: Rulebook): SheetEdition {
  const read: SignedOff = { by: 'Nodi', on: '2026-01-01' };
  return { number: 0, from: '0000-01-01', published: read, changes: { en: '', cy: '' }, entries: inOrder(rulebook.rules.map((rule) => entryOf(rule, read))) };
}

/** The edition in force on a day (YYYY-MM-DD): the newest of those that have begun. */
export function editionInForce(editions: readonly SheetEdition[], day: string): SheetEdition | null {
  return editions.reduce<SheetEdition | null>((best, one) => (one.from <= day && (!best || one.number > best.number) ? one : best), null);
}

/** An edition as the reader of records takes it; the sheet that ships keeps its own name. */
export function rulebookOf(edition: SheetEdition, shipped: Rulebook): Rulebook {
  return edition.number === 0 ? shipped : { edition: editionName(edition.number), rules: edition.entries.map(ruleOf), specialties: shipped.specialties };
}

/** A draft that begins from an edition with nothing changed. */
export function draftFrom(edition: Pick<SheetEdition, 'number'>): SheetDraft {
  return { base: edition.number, touched: new Map(), changes: { en: '', cy: '' }, reviewed: null };
}

/** All entries of a draft. */
export function draftEntries(draft: SheetDraft, base: SheetEdition): SheetEntries {
  if (draft.touched.size === 0) return base.entries;
  const left = new Map(draft.touched);
  // The edition's are in order already: ten thousand are not sorted for one that was changed.
  const kept = base.entries.flatMap((entry) => { const changed = left.get(entry.id); if (changed === undefined) return [entry]; left.delete(entry.id); return changed ? [changed] : []; });
  const added = [...left.values()].flatMap((entry) => (entry ? [entry] : []));
  return added.length === 0 ? kept : inOrder([...kept, ...added]);
}

/** One of many by its id, found by halves: entries are in the order of their ids, and a letter typed looks one up among ten thousand. */
function entryIn(entries: SheetEntries, id: RuleId): SheetEntry | null {
  let [from, to] = [0, entries.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const entry = entries[middle];
    if (entry && entry.id < id) from = middle + 1; else to = middle;
  }
  const found = entries[from];
  return found?.id === id ? found : null;
}

/** Puts entries (null: takes one out) in a draft. One that is again as in the edition is not touched any more; what was said of the draft as a whole holds no more. */
export function withEntries(draft: SheetDraft, base: SheetEdition, changed: Iterable<readonly [RuleId, SheetEntry | null]>): SheetDraft {
  const touched = new Map(draft.touched);
  for (const [id, entry] of changed) {
    const before = entryIn(base.entries, id);
    const isBack = entry && before ? changedParts(before, entry).length === 0 : entry === before;
    if (isBack) touched.delete(id); else touched.set(id, entry);
  }
  return { ...draft, touched, reviewed: null };
}

/** Changed texts that nobody has reviewed: what publishing waits for. */
export function textsToReview(draft: SheetDraft): readonly { readonly id: RuleId; readonly language: 'en' | 'cy' }[] {
  return [...draft.touched].flatMap(([id, entry]) => (entry ? (['en', 'cy'] as const).flatMap((language) => (entry.status[language].state === 'missing' || entry.status[language].state === 'draft' ? [{ id, language }] : [])) : []))
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.language === 'en' ? -1 : 1));
}

/** The entries, each as a rule must be; what is wrong with them otherwise. */
export function unsoundEntries(entries: SheetEntries): readonly { readonly id: RuleId; readonly field: string | null; readonly why: string }[] {
  return entries.flatMap((entry) => {
    const checked = checkPack({ pack: 'sheet', rules: [ruleOf(entry)] }, 'sheet');
    return checked.ok ? [] : checked.failure.problems.map(({ field, why }) => ({ id: entry.id, field, why }));
  });
}

/** Publishes a draft as the next edition; the editions before it stand as they were. */
export function publishDraft(editions: readonly SheetEdition[], draft: SheetDraft, when: { readonly from: string; readonly by: string; readonly on: string }): Result<SheetEdition, PublishFailure> {
  const newest = editions.reduce((most, { number }) => Math.max(most, number), 0);
  const base = editions.find(({ number }) => number === draft.base);
  if (!base || draft.base !== newest) return fail({ kind: 'behind', newest });
  const entries = draftEntries(draft, base);
  if (diffSheets(base.entries, entries).length === 0) return fail({ kind: 'no-change' });
  const texts = textsToReview(draft);
  if (texts.length > 0) return fail({ kind: 'texts-to-review', texts });
  const problems = unsoundEntries([...draft.touched.values()].flatMap((entry) => (entry ? [entry] : [])));
  if (problems.length > 0) return fail({ kind: 'not-sound', problems });
  for (const language of ['en', 'cy'] as const) if (draft.changes[language].trim() === '') return fail({ kind: 'no-change-log', language });
  if (!draft.reviewed) return fail({ kind: 'not-reviewed' });
  // An edition that began before its forerunner would take the forerunner's days from it, and change what the past was read by.
  if (!isDay(when.from) || !isDay(when.on) || when.from < when.on || when.from < base.from) return fail({ kind: 'bad-day' });
  return succeed({ number: newest + 1, from: when.from, published: { by: when.by, on: when.on }, changes: draft.changes, entries });
}

/** A new edition with the content of an older one; what was published in between stays in the list. */
export function rolledBack(editions: readonly SheetEdition[], to: number, when: { readonly from: string; readonly by: string; readonly on: string }): Result<SheetEdition, PublishFailure> {
  const newest = editions.reduce<SheetEdition | null>((best, one) => (!best || one.number > best.number ? one : best), null);
  const older = editions.find(({ number }) => number === to);
  if (!newest || !older || older.number === newest.number || diffSheets(newest.entries, older.entries).length === 0) return fail({ kind: 'no-change' });
  if (!isDay(when.from) || !isDay(when.on) || when.from < when.on || when.from < newest.from) return fail({ kind: 'bad-day' });
  return succeed({ number: newest.number + 1, from: when.from, published: { by: when.by, on: when.on }, changes: { en: `Back to edition ${to}.`, cy: `Yn ôl i argraffiad ${to}.` }, entries: older.entries });
}

/** Counts of texts by language that are missing or wait for a reader, over all entries: what is not translated is said, never silent. */
export function unreviewedTexts(entries: SheetEntries): { readonly en: number; readonly cy: number; readonly missing: number } {
  let [en, cy, missing] = [0, 0, 0];
  for (const entry of entries) {
    if (entry.status.en.state === 'missing' || entry.status.en.state === 'draft') en += 1;
    if (entry.status.cy.state === 'missing' || entry.status.cy.state === 'draft') cy += 1;
    if (isTextMissing(entry, 'en') || isTextMissing(entry, 'cy')) missing += 1;
  }
  return { en, cy, missing };
}
