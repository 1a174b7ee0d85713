import { succeed } from '../../../lib/base/result.js';
import type { LogStore } from '../../../lib/model/ports.js';
import type { MachineId } from '../../../lib/model/shared-statement.js';
import type { EditionId } from '../../../lib/model/rulebook.js';
import type { EventBody, EventId, LogEvent } from '../../../lib/model/decision.js';
import { chanceFrom } from '../../harness/chance.js';

/** Rows as one coder's machine writes them. Machines of the same board meet the same `notes`: so two coders log one finding. */
export function inventedLog(rows: number, seed: number, notes = rows): readonly LogEvent[] {
  const chance = chanceFrom(seed);
  const one = <Item>(items: readonly Item[]): Item => items[Math.floor(chance() * items.length)] as Item;
  const hex = (part: string, number: number): string => part.repeat(56) + number.toString(16).padStart(8, '0');
  const idOf = (index: number): EventId => `${seed.toString(16).padStart(8, '0')}-0000-4000-8000-${String(index).padStart(12, '0')}` as EventId;
  const findings: EventId[] = [];
  const queries: EventId[] = [];
  const undos: EventId[] = [];
  return Array.from({ length: rows }, (_, index): LogEvent => {
    const note = Math.floor(chance() * notes);
    const specialty = one(['cardiology', 'general-surgery', 'care-of-the-elderly', 'unknown']);
    const details = { category: one(['avoid-term', 'missing-laterality', 'conflict']), authorRole: one(['consultant', 'resident-doctor', 'unknown']), site: one(['ward-hospital', 'unknown']), team: 'unknown', minutes: Math.floor(chance() * 30) };
    const document = { specialty, documentKind: one(['clinic-letter', 'ward-round']), documentLanguage: 'en', episode: hex('a', note), place: hex('b', note), adapter: 'demo', adapterVersion: 1 };
    const kind = chance();
    const id = idOf(index);
    const body: Record<string, unknown> = kind < 0.45 || findings.length === 0 ? { kind: 'finding-logged', rule: `BM${String(100 + (note % 40))}`, verdict: 'avoid', ...document, ...details }
      : kind < 0.6 ? { kind: 'fault-logged', ...document, ...details }
        : kind < 0.65 ? { kind: 'unreadable-logged', gap: 'canvas', count: 1, specialty, episode: hex('a', note), adapter: 'demo', adapterVersion: 1 }
          : kind < 0.75 || queries.length === 0 ? { kind: 'query-drafted', episode: hex('a', note), specialty, category: 'conflict', rule: '', template: 'conflict', language: 'both', findings: 1 }
            : kind < 0.85 ? { kind: 'query-moved', query: one(queries), state: one(['sent', 'answered', 'closed']), outcome: one(['none', 'clarified']), due: one([0, 1_790_000_000_000]) }
              : kind < 0.93 ? { kind: 'undone', undoes: one(findings) } : kind < 0.95 && undos.length > 0 ? { kind: 'undone', undoes: undos.pop() } : { kind: 'document-read', site: 'unknown', ...document };
    if (/logged$/.test(String(body['kind']))) findings.push(id);
    if (body['kind'] === 'query-drafted') queries.push(id);
    if (body['kind'] === 'undone' && kind < 0.93) { findings.splice(findings.indexOf(body['undoes'] as EventId), 1); undos.push(id); }
    return { id, sequence: index + 1, wall: 1_780_000_000_000 + index * 60_000 + (seed % 1000), offset: 0, edition: 'starter-1' as EditionId, schema: 2, previous: '', hash: '', ...(body as EventBody) };
  });
}

/** The machine that wrote the log of this seed. */
export const machineOf = (seed: number): MachineId => `${seed.toString(16).padStart(8, '0')}-1111-4111-8111-111111111111` as MachineId;

/** A log as whoever reads it in pages sees it: what is related shares an episode or a query, with what takes it back. */
export function pagesOf(rows: readonly LogEvent[]): Pick<LogStore, 'page' | 'related'> {
  const groupOf = new Map<EventId, string>();
  const groups = new Map<string, LogEvent[]>();
  for (const row of rows) {
    const earlier = row.kind === 'undone' ? row.undoes : row.kind === 'query-moved' ? row.query : null;
    const name = (earlier === null ? undefined : groupOf.get(earlier)) ?? ('episode' in row && row.episode !== '' ? row.episode : row.id);
    groupOf.set(row.id, name);
    if (row.kind !== 'document-read') groups.set(name, [...groups.get(name) ?? [], row]);
  }
  return {
    page: (after, limit) => { const own = rows.slice(after, after + limit); return Promise.resolve(succeed({ rows: own.filter(({ kind }) => kind !== 'document-read'), to: own.at(-1)?.sequence ?? null })); },
    related: (asked) => Promise.resolve(succeed([...new Set(asked.map(({ id }) => groupOf.get(id) ?? ''))].flatMap((name) => groups.get(name) ?? []).sort((a, b) => a.sequence - b.sequence))),
  };
}
