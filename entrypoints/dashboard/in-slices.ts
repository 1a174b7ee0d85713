/** Longest time, in milliseconds, that a slice goes on before it lets the page answer: well under the 50 that a person feels. */
const slice = 8;

interface SlicesOptions<Step, Result> {
  /** Once after each slice that did not end the work, with the last step. */
  readonly onSlice?: (step: Step) => void;
  readonly onDone: (result: Result) => void;
  /** Gives the work up, in silence. */
  readonly signal: AbortSignal;
  readonly now?: () => number;
  readonly later?: (go: () => void) => void;
}

/** Does work that pauses by `yield` in tasks of a few milliseconds each, so that no key waits for it. The first begins in a task of its own. */
export function inSlices<Step, Result>(work: Generator<Step, Result>, { onSlice, onDone, signal, now = () => performance.now(), later = (go) => { setTimeout(go, 0); } }: SlicesOptions<Step, Result>): void {
  const go = (): void => {
    if (signal.aborted) return;
    const until = now() + slice;
    for (;;) {
      const step = work.next();
      if (step.done) { onDone(step.value); return; }
      if (now() < until) continue;
      onSlice?.(step.value);
      later(go);
      return;
    }
  };
  later(go);
}
