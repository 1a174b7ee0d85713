/** What a port gives back: errors do not survive cloning between processes, so a failure is a value with a `kind`. */
export type Result<Value, Failure extends { readonly kind: string }> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Failure };

/** Wraps a value that was reached. */
export function succeed<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

/** Wraps a failure that can reasonably happen; programmer errors throw instead. */
export function fail<Failure extends { readonly kind: string }>(failure: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure };
}

/** Closes an exhaustive `switch`: compiles only when every choice is handled, throws when data lied about its type. */
export function unreachable(choice: never): never {
  throw new Error(`A choice was not handled: ${JSON.stringify(choice)}`);
}
