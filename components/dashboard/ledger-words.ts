import type { LedgerField, RefusedRow, TrajectoryFault } from '../../lib/model/ledger.js';
import type { LedgerFailure } from '../../lib/model/ledger-import.js';
import { formatMonth, type Words } from '../words.js';

/** A field of the ledger in words. */
export function fieldWords(field: LedgerField, { say }: Words): string { return say(`ledger.field.${field}`); }

/** Why nothing of a file was taken, in a sentence. */
export function ledgerFailureWords(failure: LedgerFailure, words: Words): string {
  const { say, locale } = words;
  switch (failure.kind) {
    case 'no-column': case 'column-twice': return say(`ledger.fail.${failure.kind}`, { column: fieldWords(failure.field, words) });
    case 'other-key': return say('ledger.fail.other-key', { columns: failure.fields.map((field) => fieldWords(field, words)).join(', ') });
    case 'too-many-rows': return say('ledger.fail.too-many-rows', { most: failure.most.toLocaleString(locale) });
    case 'open-quote': return say('ledger.fail.open-quote', { line: failure.line });
    default: return say(`ledger.fail.${failure.kind}`);
  }
}

/** Why a row was refused, without its line. */
export function rowFaultWords({ why, field }: Pick<RefusedRow, 'why' | 'field'>, words: Words): string {
  const reason = words.say(`ledger.row.${why}`);
  return field === null ? reason : words.say('ledger.row.in', { reason, column: fieldWords(field, words) });
}

/** Why a trajectory is not kept. */
export function trajectoryFaultWords(fault: TrajectoryFault, { say, locale }: Words): string {
  return fault.kind === 'bad-share' ? say('plan.fail.bad-share', { month: formatMonth(fault.at, locale) }) : say(`plan.fail.${fault.kind}`);
}
