import * as v from 'valibot';
import { fail, succeed, type Result } from '../base/result.js';
import { entryParts, type SheetEdition, type SheetEntry, type SignedEdition } from '../model/sheet.js';
import { checkPack } from './check-pack.js';
import { inOrder, partOf } from './sheet-entry.js';

const day = v.pipe(v.string(), v.isoDate());
const person = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(120));
const words = v.pipe(v.string(), v.maxLength(4_000));
const status = v.variant('state', [
  v.strictObject({ state: v.picklist(['missing', 'draft']) }),
  v.strictObject({ state: v.picklist(['reviewed', 'approved']), by: person, on: day }),
]);
const statuses = v.strictObject({ en: status, cy: status });
const editionShape = v.strictObject({
  number: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(99_999)), from: day, published: v.strictObject({ by: person, on: day }), changes: v.strictObject({ en: words, cy: words }),
  entries: v.pipe(v.array(v.looseObject({ status: statuses })), v.minLength(1), v.maxLength(20_000)),
});
const signedShape = v.strictObject({ kind: v.literal('nodi-sheet'), schema: v.literal(1), edition: editionShape, device: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)), key: v.pipe(v.string(), v.regex(/^[\w-]{87}$/)), signature: v.pipe(v.string(), v.regex(/^[\w-]{86}$/)) });

/** What is signed: the edition in one way of writing, whatever order its file had. */
export function writtenEdition({ number, from, published, changes, entries }: SheetEdition): string {
  return JSON.stringify(['nodi-sheet', 1, number, from, [published.by, published.on], [changes.en, changes.cy], entries.map((entry) => [entry.id, ...entryParts.map((part) => partOf(entry, part))])]);
}

/** Reads an edition that somebody sent; every entry is checked as the sheet that ships would be, and one that is not sound refuses the whole. The signature is for the caller to check. */
export function readSignedEdition(data: unknown): Result<SignedEdition, { readonly kind: 'not-an-edition' }> {
  const read = v.safeParse(signedShape, data);
  if (!read.success) return fail({ kind: 'not-an-edition' });
  const { edition, ...sealed } = read.output;
  const checked = checkPack({ pack: 'sheet', rules: edition.entries.map(({ status: _, ...entry }) => ({ ...entry, translation: 'draft' })) }, 'sheet');
  if (!checked.ok || new Set(checked.value.map(({ id }) => id)).size !== checked.value.length) return fail({ kind: 'not-an-edition' });
  const entries = checked.value.map(({ translation: _, ...rule }, index): SheetEntry => ({ ...rule, status: (edition.entries[index] as { readonly status: SheetEntry['status'] }).status }));
  return succeed({ ...sealed, edition: { ...edition, entries: inOrder(entries) } });
}
