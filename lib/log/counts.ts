import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { EventBody, EventId, LogEvent } from '../model/decision.js';
import type { CountCell } from '../model/log-counts.js';
import { findingKey, undoneEvents } from '../model/standing.js';

const london = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit' });

/** The month of a moment where the reports are read (`2026-11`), summer time included. */
export function monthOf(wall: number): string {
  const parts = london.formatToParts(wall);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}`;
}

/** Cells that one more of this decision is counted in; the one place to extend when decisions say more. An undo takes its decision out of them. */
export function cellsOf(body: EventBody, month: string): readonly { readonly cell: CountCell; readonly by: number }[] {
  const cell = (more: Partial<CountCell>): CountCell => ({ month, kind: body.kind, specialty: '', rule: '', documentKind: '', site: '', ...more });
  switch (body.kind) {
    case 'finding-logged':
    case 'finding-dismissed': return [{ cell: cell({ specialty: body.specialty, rule: body.rule, documentKind: body.documentKind }), by: 1 }];
    case 'unreadable-logged': return [{ cell: cell({ specialty: body.specialty, rule: body.gap }), by: body.count }];
    case 'codes-accepted':
    case 'codes-rejected':
    case 'episode-coded': return [{ cell: cell({ specialty: body.specialty }), by: 1 }];
    default: return [];
  }
}

/** What decisions must share for one to take the place of another: the same rule at the same place; else the decision alone. Hashed, as it stands beside the sealed row. */
export function aboutOf(body: EventBody, id: EventId): string {
  const name = body.kind === 'finding-logged' || body.kind === 'finding-dismissed' ? findingKey(body) : id;
  return bytesToHex(sha256(utf8ToBytes(`about ${name}`))).slice(0, 24);
}

/** The decision that holds among those about one thing, undos included; null where none does. */
export function standingOf(rows: readonly LogEvent[]): LogEvent | null {
  const undone = undoneEvents(rows);
  return rows.filter((row) => row.kind !== 'undone' && !undone.has(row.id)).reduce<LogEvent | null>((last, row) => (last === null || row.sequence > last.sequence ? row : last), null);
}

/** How counts change when `row` is written after `before`, all that is known about the same thing. By cell name. */
export function changesBy(before: readonly LogEvent[], row: LogEvent): ReadonlyMap<string, number> {
  const changes = new Map<string, number>();
  const weigh = (standing: LogEvent | null, sign: 1 | -1): void => {
    if (standing === null) return;
    for (const { cell, by } of cellsOf(standing, monthOf(standing.wall))) { const name = nameOf(cell); changes.set(name, (changes.get(name) ?? 0) + sign * by); }
  };
  weigh(standingOf(before), -1);
  weigh(standingOf([...before, row]), 1);
  return new Map([...changes].filter(([, by]) => by !== 0));
}

/** Closed lists and pack ids only: none of them holds a bar. */
export function nameOf({ month, kind, specialty, rule, documentKind, site }: CountCell): string {
  return [month, kind, specialty, rule, documentKind, site].join('|');
}

export function cellNamed(name: string): CountCell {
  const [month = '', kind = '', specialty = '', rule = '', documentKind = '', site = ''] = name.split('|');
  return { month, kind: kind as EventBody['kind'], specialty, rule, documentKind, site };
}
