import { fail, succeed, type Result } from '../base/result.js';
import type { EditionId, Rulebook } from '../model/rulebook.js';
import { boardEditionName, editionName, type BoardSheet, type BoardSheetFailure, type HeldBoardEdition, type SheetEdition, type SignedEdition } from '../model/sheet.js';
import { editionInForce, rulebookOf, shippedEdition } from './sheet-editions.js';
import { readSignedEdition, writtenEdition } from './signed-edition.js';

/** Where editions are kept, as far as reading by them goes. */
export interface EditionsKept {
  readonly editions: () => Promise<readonly SheetEdition[]>;
  readonly boardEditions: () => Promise<readonly HeldBoardEdition[]>;
  /** Adds one of the board's, and takes out those of higher numbers: they are rolled back. */
  readonly keepBoardEdition: (held: HeldBoardEdition) => Promise<void>;
}

/** Was this text signed with that key, for that device? */
export type IsSigned = (sealed: { readonly device: string; readonly key: string; readonly signature: string; readonly text: string }) => Promise<boolean>;

/** The sheet on one day: what is in force and whose it is, and by which names findings may know its editions. */
export interface SheetNow {
  readonly edition: SheetEdition;
  readonly rulebook: Rulebook;
  readonly origin: { readonly by: 'shipped' | 'department' } | { readonly by: 'board'; readonly way: 'policy' | 'file'; readonly device: string };
  /** Why the edition that the policy carries is not the one in force. */
  readonly refused: { readonly number: number | null; readonly failure: BoardSheetFailure } | null;
  /** The sheet that ships first, then the department's in the order of their numbers, then the board's. */
  readonly names: readonly EditionId[];
}

const isNamed = ({ device, key }: Pick<SignedEdition, 'device' | 'key'>, { keys }: BoardSheet): boolean => keys === null || keys.includes(device) || keys.includes(key);

/** The board's editions that its policy stands behind: those that it carried, and those of the keys that it names. */
function stood(held: readonly HeldBoardEdition[], policy: BoardSheet): readonly HeldBoardEdition[] {
  return held.filter(({ signed, way }) => isNamed(signed, policy) && (way === 'policy' || policy.keys !== null));
}

/** May this edition stand as the board's: unaltered, of a signer whom the policy names, and not older than one that is here unless the policy rolls back? */
export async function judgeBoardEdition(signed: SignedEdition, policy: BoardSheet, held: readonly HeldBoardEdition[], isSigned: IsSigned): Promise<Result<SignedEdition, BoardSheetFailure>> {
  const { edition, device, key, signature } = signed;
  if (!await isSigned({ device, key, signature, text: writtenEdition(edition) })) return fail({ kind: 'tampered' });
  if (!isNamed(signed, policy)) return fail({ kind: 'not-named' });
  const before = stood(held, policy);
  const same = before.find(({ signed: one }) => one.edition.number === edition.number);
  if (same && writtenEdition(same.signed.edition) !== writtenEdition(edition)) return fail({ kind: 'other-content' });
  const newest = Math.max(...before.map(({ number }) => number));
  if (!policy.rollBack && newest > edition.number) return fail({ kind: 'older', newest });
  return succeed(signed);
}

/**
 * Reads what is in force. It is asked whenever something is shown or read by it, since another page may have published meanwhile and a board may have
 * sent another policy. Where the policy says whose the sheet is, the newest of the board's editions that has begun goes before the department's own.
 */
export function createSheetReader(store: EditionsKept, shipped: Rulebook, isSigned: IsSigned): (policy: BoardSheet | null, day: string) => Promise<SheetNow> {
  const zero = shippedEdition(shipped);
  /** What a policy's text comes to, by the text: it is long, and read again with each page. */
  let known: { readonly text: string; readonly read: Promise<SignedEdition | null> } | null = null;
  const signedIn = (text: string): Promise<SignedEdition | null> => {
    if (known?.text === text) return known.read;
    let data: unknown = null;
    try { data = JSON.parse(text); } catch { /* What is no JSON is no edition. */ }
    const read = readSignedEdition(data);
    known = { text, read: Promise.resolve(read.ok ? read.value : null) };
    return known.read;
  };
  const carried = async (policy: BoardSheet, held: readonly HeldBoardEdition[]): Promise<SheetNow['refused']> => {
    if (policy.edition === null) return null;
    const signed = await signedIn(policy.edition);
    if (!signed) return { number: null, failure: { kind: 'not-an-edition' } };
    const { edition: { number } } = signed;
    const here = held.find((one) => one.signed.edition.number === number && one.signed.signature === signed.signature);
    const judged = await judgeBoardEdition(signed, policy, held, isSigned);
    if (!judged.ok) return { number, failure: judged.failure };
    const isNewest = held.every((one) => one.signed.edition.number <= number);
    if (here?.way === 'policy' && isNewest) return null;
    try { await store.keepBoardEdition({ number, way: 'policy', signed }); return null; } catch { return { number, failure: { kind: 'not-kept' } }; }
  };
  return async (policy, day) => {
    // A store that cannot be opened holds nothing to mark by; the sheet that ships does.
    const own = await store.editions().catch(() => []);
    const names = [shipped.edition, ...own.map(({ number }) => editionName(number))];
    const department = editionInForce(own, day);
    const ours = { edition: department ?? zero, rulebook: rulebookOf(department ?? zero, shipped), origin: { by: department ? 'department' as const : 'shipped' as const }, names };
    if (!policy) return { ...ours, refused: null };
    const refused = await carried(policy, await store.boardEditions().catch(() => []));
    const board = stood(await store.boardEditions().catch(() => []), policy);
    const all = [...names, ...board.map(({ number }) => boardEditionName(number))];
    const edition = editionInForce(board.map(({ signed }) => signed.edition), day);
    const held = edition && board.find(({ number }) => number === edition.number);
    if (!edition || !held) return { ...ours, names: all, refused };
    return { edition, rulebook: { ...rulebookOf(edition, shipped), edition: boardEditionName(edition.number) }, origin: { by: 'board', way: held.way, device: held.signed.device }, refused, names: all };
  };
}
