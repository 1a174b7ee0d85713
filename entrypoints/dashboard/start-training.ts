import workerAddress from './training-worker.ts?worker&url';
import type { DoubtPolicy } from '../../lib/model/assertion.js';
import type { FromTraining, ToTraining } from './training-run.js';

/** A training that runs. */
export interface RunningTraining {
  readonly pause: (pause: boolean) => void;
  /** Ends the worker at once, with all that it holds. */
  readonly cancel: () => void;
}

interface TrustedTypes { readonly createPolicy: (name: string, rules: { readonly createScriptURL: (address: string) => string }) => { readonly createScriptURL: (address: string) => string } }
let policy: ReturnType<TrustedTypes['createPolicy']> | null = null;

/** The packaged worker and nothing else: the one address that this page's policy lets a script be made from. */
function trainingWorker(): Worker {
  const { trustedTypes } = globalThis as unknown as { readonly trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy('nodi-train', { createScriptURL: (address) => { if (address !== workerAddress) throw new TypeError('Not the packaged worker'); return address; } }) ?? null;
  return new Worker(policy ? policy.createScriptURL(workerAddress) : workerAddress, { type: 'module' });
}

/** Trains on a file in a worker of its own, which ends with the training. */
export function startTraining(file: Blob, doubt: DoubtPolicy, told: (message: FromTraining) => void): RunningTraining {
  const worker = trainingWorker();
  const say = (message: ToTraining): void => worker.postMessage(message);
  worker.addEventListener('message', ({ data }: MessageEvent<FromTraining>) => { if (data.kind === 'done' || data.kind === 'failed') worker.terminate(); told(data); });
  worker.addEventListener('error', () => { worker.terminate(); told({ kind: 'failed', failure: { kind: 'unreadable' } }); });
  say({ kind: 'start', file, doubt });
  return { pause: (pause) => say({ kind: pause ? 'pause' : 'resume' }), cancel: () => worker.terminate() };
}
