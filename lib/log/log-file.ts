import { fail, succeed, type Result } from '../base/result.js';
import type { Counter } from '../model/counters.js';
import type { LogEvent } from '../model/decision.js';
import type { LogImportFailure } from '../model/ports.js';
import { followChain, hashOf } from './chain.js';
import { checkDraft, isCounter } from './check-draft.js';
import { logSchema, type Anchor } from './database.js';
import { outlivesItsDay } from './retention.js';

/** The whole log as one text; `unread` are rows whose keys are gone, and a file with such is taken by no log. */
export function writeExport(log: { readonly epoch: string | null; readonly anchor: Anchor; readonly unread: number; readonly rows: readonly LogEvent[]; readonly counters: readonly Counter[] }): string {
  const { epoch, anchor, unread, rows, counters } = log;
  return JSON.stringify({ format: 'nodi-log', schema: logSchema, epoch, anchor, unread, rows, counters, countersHash: hashOf({ counters }) });
}

/** What a file of the log holds: its rows behind the beginning, those that outlived their day, and the counters. */
export interface ExportedLog { readonly epoch: string; readonly anchor: Anchor; readonly rows: readonly LogEvent[]; readonly carriedOver: readonly LogEvent[]; readonly counters: readonly Counter[] }

/** A file as `exported` wrote it: every row is checked as a decision is, and the chain from end to end. */
export function readExport(text: string, isClinical?: (word: string) => boolean): Result<ExportedLog, LogImportFailure> {
  let file: unknown;
  try { file = JSON.parse(text); } catch { return fail({ kind: 'not-a-log' }); }
  const { format, schema, epoch, anchor, rows, counters, countersHash, unread } = (typeof file === 'object' && file !== null ? file : {}) as Readonly<Record<string, unknown>>;
  const from = anchor as Anchor | null | undefined;
  if (format === 'nodi-log' && typeof schema === 'number' && schema !== logSchema) return fail({ kind: 'other-schema', found: schema });
  if (format !== 'nodi-log' || schema !== logSchema || typeof epoch !== 'string' || unread !== 0 || !Array.isArray(rows) || !Array.isArray(counters) || !counters.every(isCounter) || hashOf({ counters }) !== countersHash
    || typeof from !== 'object' || from === null || !Number.isSafeInteger(from.sequence) || !/^[0-9a-f]{64}$/.test(from.hash)) return fail({ kind: 'not-a-log' });
  let position = { next: from.sequence + 1, previous: from.hash };
  for (const row of rows as readonly LogEvent[]) {
    const at = position.next;
    if (typeof row !== 'object' || row === null) return fail({ kind: 'damaged', at });
    const { id, edition, sequence: _s, wall, offset, schema: written, previous: _p, hash: _h, ...body } = row;
    if (!checkDraft({ id, edition, body }, isClinical).ok || !Number.isSafeInteger(wall) || !Number.isSafeInteger(offset) || !(written <= logSchema)) return fail({ kind: 'damaged', at });
    if (row.sequence <= from.sequence) {
      if (!Number.isSafeInteger(row.sequence) || row.sequence < 1 || row.hash !== hashOf(row) || (row.kind !== 'undone' && !outlivesItsDay(row))) return fail({ kind: 'damaged', at: row.sequence });
      continue;
    }
    const reached = followChain(position, [row]);
    if ('brokenAt' in reached) return fail({ kind: 'damaged', at });
    position = reached;
  }
  return succeed({ epoch, anchor: { sequence: from.sequence, hash: from.hash }, rows: (rows as readonly LogEvent[]).filter((row) => row.sequence > from.sequence), carriedOver: (rows as readonly LogEvent[]).filter((row) => row.sequence <= from.sequence), counters });
}
