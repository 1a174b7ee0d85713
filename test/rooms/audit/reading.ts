import functions from '../../../assets/specialties/treatment-functions.json' with { type: 'json' };
import { createHash } from 'node:crypto';
import { csvRows } from '../../../lib/base/csv-rows.js';
import { createFunctionFinder, dayOfIso, mappingFor, orderShown, readExtract, type ExtractFailure, type ExtractRead, type LedgerHeld } from '../../../lib/audit/index.js';
import type { Result } from '../../../lib/base/result.js';
import type { ColumnMapping } from '../../../lib/model/ledger.js';

export const functionOf = createFunctionFinder(functions.map(({ code, en, cy }) => ({ code, names: [en, cy] })));
/** An empty ledger. */
export const nothingHeld: LedgerHeld = { block: () => new Uint32Array(0), counts: null, frozen: [] };

/** The ledger that an extract makes of another. */
export function heldAfter(before: LedgerHeld, { blocks, counts, frozen }: ExtractRead): LedgerHeld {
  return { block: (at) => blocks.get(at) ?? before.block(at), counts, frozen };
}

/** Reads a CSV as the import does, with a hash in place of the board's key. */
export function readText(text: string, asOf: string, held: LedgerHeld = nothingHeld, change: (mapping: ColumnMapping) => ColumnMapping = (same) => same): Result<ExtractRead, ExtractFailure> {
  const separator = [',', ';', '\t'].reduce((best, one) => ((text.split('\r', 1)[0] ?? '').split(one).length > (text.split('\r', 1)[0] ?? '').split(best).length ? one : best));
  const [head, ...rows] = [...csvRows(text, separator)];
  const header = head?.cells ?? [];
  const guess = mappingFor(header, null, null);
  const shown = orderShown(rows.slice(0, 500).flatMap(({ cells }) => (['admitted', 'discharged', 'ended', 'coded'] as const).map((field) => cells[header.indexOf(guess.columns[field] ?? '')] ?? '')));
  const steps = readExtract({ header, rows, isWorkbook: false }, { mapping: change({ ...guess, days: shown }), asOf: dayOfIso(asOf), functionOf, keyOf: ({ patient, spell, episode }) => createHash('md5').update(JSON.stringify([patient, spell, episode])).digest('hex'), coderOf: (coder) => Number.parseInt(createHash('md5').update(coder).digest('hex').slice(0, 7), 16) + 1 }, held);
  for (;;) { const step = steps.next(); if (step.done) return step.value; }
}

/** The same, where it has to succeed. */
export function mustRead(...given: Parameters<typeof readText>): ExtractRead {
  const read = readText(...given);
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  return read.value;
}
