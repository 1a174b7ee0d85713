import workerAddress from './ledger-worker.ts?worker&url';
import type { FromLedger, ToLedger } from './ledger-run.js';

/** An import that runs. */
export interface RunningLedger {
  readonly say: (message: ToLedger) => void;
  /** Ends the worker at once, with all that it holds. */
  readonly cancel: () => void;
}

interface TrustedTypes { readonly createPolicy: (name: string, rules: { readonly createScriptURL: (address: string) => string }) => { readonly createScriptURL: (address: string) => string } }
let policy: ReturnType<TrustedTypes['createPolicy']> | null = null;

/** The packaged worker and nothing else. */
function ledgerWorker(): Worker {
  const { trustedTypes } = globalThis as unknown as { readonly trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy('nodi-ledger', { createScriptURL: (address) => { if (address !== workerAddress) throw new TypeError('Not the packaged worker'); return address; } }) ?? null;
  return new Worker(policy ? policy.createScriptURL(workerAddress) : workerAddress, { type: 'module' });
}

/** Opens a worker for one import; it ends with the import. */
export function startLedger(told: (message: FromLedger) => void): RunningLedger {
  const worker = ledgerWorker();
  worker.addEventListener('message', ({ data }: MessageEvent<FromLedger>) => { if (data.kind === 'taken' || data.kind === 'failed') worker.terminate(); told(data); });
  worker.addEventListener('error', () => { worker.terminate(); told({ kind: 'failed', failure: { kind: 'unreadable' } }); });
  return { say: (message) => worker.postMessage(message), cancel: () => worker.terminate() };
}
