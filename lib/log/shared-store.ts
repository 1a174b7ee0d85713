import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { fail, succeed, type Result } from '../base/result.js';
import type { FileStore } from '../model/ports.js';
import type { Retention } from '../model/settings.js';
import { mergeStatements, statementName, type MachineId, type SharedStatement } from '../model/shared-statement.js';

/** What a file brought: what nobody had said, what was said anew, what was known, and what this machine itself had said. */
export interface TakenStatements { readonly fresh: number; readonly changed: number; readonly known: number; readonly own: number }

/** `damaged`: neither copy is as it was written. `full`: more than are kept of others. */
export type SharedStoreFailure = { readonly kind: 'damaged' } | { readonly kind: 'full' } | { readonly kind: 'not-saved' };

/** What other machines said, in a place of its own: never a row of this log, and in none of its counters. */
export interface SharedStore {
  readonly read: () => Promise<Result<readonly SharedStatement[], SharedStoreFailure>>;
  /** Takes all of them or none. What this machine said itself is left out: its own log knows it better. */
  readonly take: (statements: readonly SharedStatement[], own: MachineId | null) => Promise<Result<TakenStatements, SharedStoreFailure>>;
  /** Puts these in the place of all, also of what is damaged. */
  readonly replace: (statements: readonly SharedStatement[]) => Promise<Result<null, SharedStoreFailure>>;
  /** Lets go of what is as old as rows and queries of this machine that pass out of retention. */
  readonly retain: (policy: Retention, now: number) => Promise<Result<number, SharedStoreFailure>>;
}

/** Most that are kept of others: some 80 MB. */
const mostKept = 200_000;
const copies = ['others-a', 'others-b'] as const;

/**
 * One file, twice, each with its checksum and each written whole or not at all: a file that is replaced leaves nothing of the old one in a database.
 * `exclusive` lets one writer in at a time, of all pages of this device.
 */
export function createSharedStore({ files, exclusive }: { readonly files: FileStore; readonly exclusive: <Value>(write: () => Promise<Value>) => Promise<Value> }): SharedStore {
  const read = async (): Promise<Result<readonly SharedStatement[], SharedStoreFailure>> => {
    let isThere = false;
    for (const copy of copies) {
      const bytes = await files.read(copy).catch(() => { isThere = true; return null; });
      if (!bytes) continue;
      isThere = true;
      const text = new TextDecoder().decode(bytes);
      // Its checksum stands: it is as this file wrote it.
      if (bytesToHex(sha256(utf8ToBytes(text.slice(65)))) === text.slice(0, 64)) return succeed(JSON.parse(text.slice(65)) as readonly SharedStatement[]);
    }
    return isThere ? fail({ kind: 'damaged' }) : succeed([]);
  };
  const write = async (statements: readonly SharedStatement[]): Promise<Result<null, SharedStoreFailure>> => {
    if (statements.length > mostKept) return fail({ kind: 'full' });
    const text = JSON.stringify(statements);
    const bytes = utf8ToBytes(`${bytesToHex(sha256(utf8ToBytes(text)))}\n${text}`) as Uint8Array<ArrayBuffer>;
    // A first copy that was not written leaves both as they were; a second one that was not leaves the first, which is read before it.
    try { await files.write(copies[0], bytes); } catch { return fail({ kind: 'not-saved' }); }
    await files.write(copies[1], bytes).catch(() => undefined);
    return succeed(null);
  };
  return {
    read,
    take: (statements, own) => exclusive(async () => {
      const held = await read();
      if (!held.ok) return held;
      const others = statements.filter(({ machine }) => machine !== own);
      const before = new Map(held.value.map((one) => [statementName(one), one]));
      const merged = mergeStatements(held.value, others);
      const fresh = merged.length - before.size;
      const changed = merged.filter((one) => { const known = before.get(statementName(one)); return known !== undefined && (known.event !== one.event || known.sequence !== one.sequence); }).length;
      if (fresh + changed > 0) { const written = await write(merged); if (!written.ok) return written; }
      return succeed({ fresh, changed, known: others.length - fresh - changed, own: statements.length - others.length });
    }),
    replace: (statements) => exclusive(() => write(statements)),
    retain: ({ days, months }, now) => exclusive(async () => {
      const held = await read();
      if (!held.ok) return held;
      const [finding, query] = [now - days * 86_400_000, now - months * 31 * 86_400_000];
      const kept = held.value.filter(({ kind, at }) => at >= (kind === 'finding' ? finding : query));
      if (kept.length === held.value.length) return succeed(0);
      const written = await write(kept);
      return written.ok ? succeed(held.value.length - kept.length) : written;
    }),
  };
}
