/** The worker that an extract is read in: the only place that holds its rows, for as long as it runs. */
import functions from '../../assets/specialties/treatment-functions.json' with { type: 'json' };
import { createFunctionFinder } from '../../lib/audit/index.js';
import { createLedgerKeys, createLedgerStore } from '../../lib/log/index.js';
import { createLedgerRun, type FromLedger, type ToLedger } from './ledger-run.js';

const take = createLedgerRun({
  store: createLedgerStore({ name: 'nodi-ledger' }),
  functionOf: createFunctionFinder(functions.map(({ code, en, cy }) => ({ code, names: [en, cy] }))),
  keysOf: createLedgerKeys,
  post: (message: FromLedger) => self.postMessage(message),
  now: () => performance.now(),
});
self.addEventListener('message', ({ data }: MessageEvent<ToLedger>) => void take(data));
