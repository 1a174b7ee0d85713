import type { EditionId, Rulebook } from '../model/rulebook.js';
import { editionName, type SheetEdition } from '../model/sheet.js';
import { editionInForce, rulebookOf, shippedEdition } from './sheet-editions.js';

/** The sheet on one day: what is in force, and by which names findings may know its editions. */
export interface SheetNow {
  readonly edition: SheetEdition;
  readonly rulebook: Rulebook;
  /** The sheet that ships first, then the department's in the order of their numbers. */
  readonly names: readonly EditionId[];
}

/** Reads what is in force on a day (YYYY-MM-DD). It is asked whenever something is shown or read by it, since another page may have published meanwhile. */
export async function sheetNow(store: { readonly editions: () => Promise<readonly SheetEdition[]> }, shipped: Rulebook, day: string): Promise<SheetNow> {
  // A store that cannot be opened holds nothing to mark by; the sheet that ships does.
  const own = await store.editions().catch(() => []);
  const edition = editionInForce(own, day) ?? shippedEdition(shipped);
  return { edition, rulebook: rulebookOf(edition, shipped), names: [shipped.edition, ...own.map(({ number }) => editionName(number))] };
}
