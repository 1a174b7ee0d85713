import { mergeCounters, type Counter } from '../model/counters.js';
import type { LogEvent } from '../model/decision.js';
import type { BackupParts } from './backup.js';
import { byPlace, changesBy, copiedWith, countersIn, createKnownRows, restingRows, weightOf, weightOfAll, type DetailRow } from './counts.js';
import { lastOfChain, noAnchor, type Database } from './database.js';

/** Adds to the counters, inside a transaction that holds both tables; gives what their weight changed by. */
export async function addCounters({ totals, details }: Database, changes: Iterable<Counter>): Promise<number> {
  let by = 0;
  for (const [name, own] of byPlace(changes)) {
    const [before, held] = [await totals.get(name), await details.get(name)];
    const after = restingRows(before && held ? countersIn(held.text, before.total) : [], own);
    by += (after ? weightOf(after.total.total) : 0) - (before ? weightOf(before.total) : 0);
    if (after) { await totals.put(after.total); await details.put(after.detail); } else { await totals.delete(name); await details.delete(name); }
  }
  return by;
}

/** Puts these in the place of all counters, inside such a transaction. */
export async function replaceCounters({ totals, details }: Database, counters: Iterable<Counter>): Promise<void> {
  const rows = [...byPlace(counters).values()].flatMap((own) => restingRows(own) ?? []);
  await Promise.all([totals.clear(), details.clear()]);
  await totals.bulkPut(rows.map(({ total }) => total));
  await details.bulkPut(rows.map(({ detail }) => detail));
}

/** Do the counters hold every row, and does none of them miss? Counters of an older build's rows that are still being taken up are not looked at. */
export function areCountersSound({ dexie, events, origin, totals, details }: Database): Promise<boolean> {
  return dexie.transaction('r', [events, origin, totals, details], async () => {
    const [from, all] = await Promise.all([origin.get('log'), totals.toArray()]);
    const last = await lastOfChain({ events }, from);
    if (from?.schema === 1) return true;
    if ((from?.counted ?? 0) !== (last?.sequence ?? (from?.anchor ?? noAnchor).sequence) || (from?.sum ?? 0) !== all.reduce((sum, { total }) => sum + weightOf(total), 0)) return false;
    const known = new Map(all.map((row) => [row.name, row]));
    let sound = await details.count() === all.length;
    await details.each((detail) => { sound &&= isTold(detail, known.get(detail.name)?.total); });
    return sound;
  });
}

function isTold(detail: DetailRow, total: Parameters<typeof weightOf>[0] | undefined): boolean {
  if (!total) return false;
  try {
    const again = restingRows(countersIn(detail.text, total))?.total.total;
    return again !== undefined && JSON.stringify(again) === JSON.stringify(total);
  } catch { return false; }
}

/** Takes what is left of the counters as all there is, inside a transaction; gives what they weigh. Only because a person said so. */
export async function recount(on: Database): Promise<number> {
  const known = new Map((await on.totals.toArray()).map((row) => [row.name, row.total]));
  const left = (await on.details.toArray()).flatMap((detail) => {
    const total = known.get(detail.name);
    try { return total ? countersIn(detail.text, total) : []; } catch { return []; }
  });
  await replaceCounters(on, left);
  return weightOfAll(left);
}

/** Every counter of every place. */
export function allCounters({ dexie, totals, details }: Database): Promise<readonly Counter[]> {
  return dexie.transaction('r', totals, details, async () => {
    const texts = new Map((await details.toArray()).map((row) => [row.name, row.text]));
    return (await totals.toArray()).flatMap(({ name, total }) => countersIn(texts.get(name) ?? '[]', total));
  });
}

/** What each row changed, in order; from the first that the rows hold of each episode. */
export function changesOf(rows: Iterable<LogEvent>): readonly { readonly sequence: number; readonly changes: readonly Counter[] }[] {
  const known = createKnownRows();
  return [...rows].map((row) => ({ sequence: row.sequence, changes: changesBy(known.add(row).before, row) }));
}

/** Counters with what they must weigh; less than nought where nobody knows, so that they are never taken for sound. */
export interface RebuiltCounters {
  readonly counters: readonly Counter[];
  readonly sum: number;
}

/** The counters as the backup has them, brought up to the last of these rows. What a damaged copy holds no more is seen by the sum. */
export function countersFromBackup({ counters, sums }: BackupParts, epoch: string, rows: readonly LogEvent[]): RebuiltCounters {
  const newest = new Map<string, BackupParts['counters'][number]>();
  for (const part of counters) if (part.epoch === epoch && part.counted >= (newest.get(part.group)?.counted ?? 0)) newest.set(part.group, part);
  const sum = sums.filter((one) => one.epoch === epoch).reduce<BackupParts['sums'][number] | null>((last, one) => (last && last.counted > one.counted ? last : one), null);
  const changes = changesOf(rows);
  /** A place without a copy had no counters when the sum was copied, or its copies are gone: whichever adds up. */
  const withSince = (withoutCopy: number): readonly Counter[] => mergeCounters(
    ...[...newest.values()].map((part) => part.counters),
    changes.flatMap(({ sequence, changes: own }) => own.filter((counter) => sequence > (newest.get(copiedWith(counter))?.counted ?? withoutCopy))),
  );
  const expected = sum === null ? -1 : sum.sum + changes.filter(({ sequence }) => sequence > sum.counted).reduce((all, { changes: own }) => all + weightOfAll(own), 0);
  const likely = withSince(sum?.counted ?? 0);
  return { counters: weightOfAll(likely) === expected ? likely : withSince(0), sum: expected };
}
