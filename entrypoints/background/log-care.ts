import type { DeviceLog } from '../../lib/log/index.js';
import type { LogCare } from '../../lib/model/ports.js';
import type { Retention } from '../../lib/model/settings.js';

/** Share of the browser's quota from which on a person is told, and the bytes below which there is no room to speak of. */
const fullFrom = 0.8;
const leastFree = 50_000_000;

/** How much room is left, and what the clock did. The browser's word is an estimate; where it gives none nothing is said. */
export async function careOf(store: Pick<DeviceLog, 'clock'>, estimate: () => Promise<StorageEstimate> = () => navigator.storage.estimate()): Promise<LogCare> {
  const [clock, { usage = 0, quota }] = await Promise.all([store.clock(), estimate().catch((): StorageEstimate => ({}))]);
  const isFull = quota !== undefined && (usage > quota * fullFrom || quota - usage < leastFree);
  return { isFull, ...(clock.ok ? clock.value : { back: null, waits: false }) };
}

/**
 * What the log needs once a day: what has passed out of retention is destroyed, what has no copy is copied. Asked for whenever the worker is awake with something
 * to do, so that no alarm wakes it; a day on which it fails is tried again at the next occasion.
 */
export function createDailyCare(store: Pick<DeviceLog, 'retain' | 'catchUp'>, retention: () => Retention, today: () => string): () => Promise<void> {
  let done = '';
  let running = false;
  return async () => {
    const day = today();
    if (running || done === day) return;
    running = true;
    try {
      const kept = await store.retain(retention());
      if (kept.ok && (await store.catchUp()).ok) done = day;
    } finally { running = false; }
  };
}
