import { withoutCoders } from '../../lib/audit/index.js';
import type { DeviceLog, LedgerStore, SharedStore } from '../../lib/log/index.js';
import type { LogCare } from '../../lib/model/ports.js';
import { longestRetention, type EffectiveSettings, type Retention } from '../../lib/model/settings.js';

/** Share of the browser's quota from which on a person is told, and the bytes below which there is no room to speak of. */
const fullFrom = 0.8;
const leastFree = 50_000_000;

/** How much room is left, and what the clock did. The browser's word is an estimate; where it gives none nothing is said. */
export async function careOf(store: Pick<DeviceLog, 'clock'>, estimate: () => Promise<StorageEstimate> = () => navigator.storage.estimate()): Promise<LogCare> {
  const [clock, { usage = 0, quota }] = await Promise.all([store.clock(), estimate().catch((): StorageEstimate => ({}))]);
  const isFull = quota !== undefined && (usage > quota * fullFrom || quota - usage < leastFree);
  return { isFull, ...(clock.ok ? clock.value : { back: null, waits: false }) };
}

/** How long the log is kept. While nobody can read what the board wrote of it, as long as a board may say: what is destroyed does not come back. */
export function retentionOf({ settings, policyProblems }: Pick<EffectiveSettings, 'settings' | 'policyProblems'>): Retention {
  return policyProblems.some((name) => name === 'retention' || name === 'managed-storage') ? longestRetention : settings.retention;
}

/** A log with what other machines said beside it: that passes out of retention with the log's own. What cannot be read of it is not destroyed, and its page says so. */
export function withOthers(store: Pick<DeviceLog, 'retain' | 'catchUp'>, shared: Pick<SharedStore, 'retain'>, now: () => number): Pick<DeviceLog, 'retain' | 'catchUp'> {
  return { catchUp: store.catchUp, retain: async (policy) => { const own = await store.retain(policy); if (own.ok && !own.value.waits) await shared.retain(policy, now()); return own; } };
}

/** A log with the ledger beside it: pseudonyms of coders that policy lets in no more go from it. */
export function withLedger(store: Pick<DeviceLog, 'retain' | 'catchUp'>, ledger: Pick<LedgerStore, 'forgetCoders'>, isAllowed: () => boolean): Pick<DeviceLog, 'retain' | 'catchUp'> {
  return { catchUp: store.catchUp, retain: async (policy) => { const own = await store.retain(policy); if (!isAllowed()) await ledger.forgetCoders(withoutCoders); return own; } };
}

/**
 * What the log needs once a day, and whenever the policy says another time: what has passed out of retention is destroyed, what has no copy is copied. Asked for
 * whenever the worker is awake with something to do (`more` names what else of the policy it depends on), so that no alarm wakes it; a day on which it fails is tried again at the next occasion.
 */
export function createDailyCare(store: Pick<DeviceLog, 'retain' | 'catchUp'>, retention: () => Retention, today: () => string, more: () => string = () => ''): () => Promise<void> {
  let done = '';
  let running = false;
  return async () => {
    if (running) return;
    running = true;
    try {
      for (;;) {
        const policy = retention();
        const due = `${today()} ${policy.days} ${policy.months} ${more()}`;
        // The policy may change meanwhile.
        if (due === done) return;
        if (!(await store.retain(policy)).ok || !(await store.catchUp()).ok) return;
        done = due;
      }
    } finally { running = false; }
  };
}
