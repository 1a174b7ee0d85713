/** How a server that is asked now and then has been lately: plain data, so that it may be kept while a worker sleeps. */
export interface Circuit {
  /** Failures since it last answered well. */
  readonly failures: number;
  /** It is left alone until then, milliseconds since 1970 UTC. */
  readonly quietUntil: number;
}

export interface CircuitLimits {
  readonly failuresToOpen: number;
  /** Milliseconds that it is left alone once it is open. */
  readonly open: number;
}

/** It answers. */
export const closedCircuit: Circuit = { failures: 0, quietUntil: 0 };

/** After one more failure; `retryAfter` is what it asked for, in milliseconds, or null. */
export function afterFailure({ failures, quietUntil }: Circuit, limits: CircuitLimits, now: number, retryAfter: number | null): Circuit {
  return { failures: failures + 1, quietUntil: Math.max(quietUntil, failures + 1 >= limits.failuresToOpen ? now + limits.open : 0, retryAfter === null ? 0 : now + retryAfter) };
}

/** May it be asked like any other? If not, one request at a time finds out, once its time has come. */
export function isClosed({ failures, quietUntil }: Circuit, limits: CircuitLimits, now: number): boolean {
  return failures < limits.failuresToOpen && now >= quietUntil;
}

/** Milliseconds before the try after `tries` others: full jitter, so that many machines that failed together do not come back together. `chance` is from 0 up to 1. */
export function backOff(tries: number, chance: number, { first, longest }: { readonly first: number; readonly longest: number }): number {
  return chance * Math.min(longest, first * 2 ** tries);
}
