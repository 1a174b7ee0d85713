import type { DeviceLog } from '../../lib/log/index.js';
import type { LogCare } from '../../lib/model/ports.js';

/** Share of the browser's quota from which on a person is told, and the bytes below which there is no room to speak of. */
const fullFrom = 0.8;
const leastFree = 50_000_000;

/** How much room is left, and what the clock did. The browser's word is an estimate; where it gives none nothing is said. */
export async function careOf(store: Pick<DeviceLog, 'clock'>, estimate: () => Promise<StorageEstimate> = () => navigator.storage.estimate()): Promise<LogCare> {
  const [clock, { usage = 0, quota }] = await Promise.all([store.clock(), estimate().catch((): StorageEstimate => ({}))]);
  const isFull = quota !== undefined && (usage > quota * fullFrom || quota - usage < leastFree);
  return { isFull, ...(clock.ok ? clock.value : { back: null, waits: false }) };
}
