import type { EpisodeKey, EventBody, EventId } from '../../../lib/model/decision.js';
import type { SpecialtyId } from '../../../lib/model/episode.js';
import type { QueryTemplateId } from '../../../lib/model/query.js';
import type { MachineId, SharedStatement } from '../../../lib/model/shared-statement.js';
import { createStatementFold } from '../../../lib/sync/shared-statement.js';
import { chanceFrom } from '../../harness/chance.js';
import { device, draft, fault, finding, keyOf, reading } from '../log/invented-decisions.js';
import type { DeviceLog } from '../../../lib/log/index.js';

/**
 * A log that the real store has written: findings, faults, queries and where they went, readings, and undos of any of them. With what the whole of it says. Half of it was
 * written then and half a month later, where `begun` (milliseconds since 1970 UTC) says when.
 */
export async function writtenLog(rows: number, seed: number, begun: number | null = null): Promise<{ readonly log: DeviceLog; readonly machine: MachineId; readonly says: readonly SharedStatement[] }> {
  const on = device();
  const log = on.open();
  if (begun !== null) on.time.now = begun;
  const chance = chanceFrom(seed);
  const pick = (of: number): number => Math.floor(chance() * of);
  const notes = Math.ceil(rows / 4);
  const standing: EventId[] = [];
  const queries: EventId[] = [];
  for (let number = 1; number <= rows; number += 1) {
    const kind = chance();
    const undoes = standing.length > 0 && kind > 0.85 ? standing.splice(pick(standing.length), 1)[0] : undefined;
    const query = queries[pick(queries.length)];
    const body: EventBody = undoes ? { kind: 'undone', undoes } : kind < 0.1 ? reading(number, pick(notes)) : kind < 0.2 ? { kind: 'query-drafted', episode: chance() < 0.5 ? '' : keyOf(pick(notes)) as EpisodeKey, specialty: 'neurology' as SpecialtyId, category: 'conflict', rule: '', template: 'conflict' as QueryTemplateId, language: 'both', findings: 1 }
      : kind < 0.3 && query ? { kind: 'query-moved', query, state: 'sent', outcome: 'none', due: pick(2) * 1_790_000_000_000 } : kind < 0.5 ? fault('missing-type', pick(notes), pick(notes)) : { ...finding('finding-logged', pick(notes)), episode: keyOf(pick(notes)) } as EventBody;
    on.time.now += begun !== null && number === Math.ceil(rows / 2) ? 31 * 86_400_000 : 1000;
    const written = await log.append(draft(number, body));
    if (!written.ok) throw new Error(written.failure.kind);
    if (body.kind === 'query-drafted') queries.push(written.value.id);
    if (body.kind !== 'document-read') standing.push(written.value.id);
  }
  const machine = on.sentinel.value?.epoch as MachineId;
  const fold = createStatementFold(machine);
  const all = await log.read();
  for (const row of all.ok ? all.value : []) fold.add(row);
  return { log, machine, says: fold.all() };
}
