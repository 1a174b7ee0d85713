import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Command, CommandOutcome, EventId, RecordedCommand } from '../../lib/model/decision.js';
import type { ProblemState } from '../../lib/model/review.js';
import { unreachable } from '../../lib/base/result.js';

export type DecisionKind = 'logged' | 'fault' | 'dismissed' | 'muted' | 'unreadable' | 'accepted' | 'rejected' | 'removed' | 'moved' | 'depth' | 'coded' | 'audited' | 'queried' | 'undone' | 'redone';

/** A decision on its way to the log, with what the panel needs to speak of it. Memory only. */
export interface Decision {
  readonly command: RecordedCommand;
  readonly what: DecisionKind;
  /** Words as written, shown only while the same patient is on screen. */
  readonly words: string;
  readonly row: string | null;
  readonly subject: string;
}

/** A decision that was not written; it is kept until someone sends it again or saves it. */
export interface UnsavedDecision extends Decision {
  readonly reason: Extract<CommandOutcome, { readonly kind: 'not-saved' }>['reason'];
}

/** An acknowledged decision and the event that an undo (or a redo) of it has to take back. */
interface Step { readonly decision: Decision; readonly last: EventId }

/** What is said of the last act: the toast for 8 seconds, the status line after. */
export type Notice =
  /** `before`: how often the same fault was logged in the episode already. */
  | { readonly kind: 'decided'; readonly decision: Decision; readonly before: number }
  | { readonly kind: 'refused'; readonly reason: Extract<CommandOutcome, { readonly kind: 'refused' }>['reason'] }
  | { readonly kind: 'copied'; readonly wording: string }
  | { readonly kind: 'not-copied' }
  /** A sentence of its own, such as that codes left for the encoder. */
  | { readonly kind: 'told'; readonly words: string };

/** How long the toast stays, milliseconds (design: 8 s, then undo stays in the status line). */
const toastTime = 8000;

/** The decisions of one panel: pending until acknowledged, kept when not saved, undone without end. */
export interface Decisions {
  /** Resolves when the log has answered; true only when it acknowledged. */
  readonly send: (decision: Decision) => Promise<boolean>;
  readonly retry: (decision: UnsavedDecision) => Promise<boolean>;
  readonly drop: (decision: UnsavedDecision) => void;
  /** Gives the row that came back, or null. */
  readonly undo: () => Promise<string | null>;
  readonly redo: () => Promise<string | null>;
  readonly say: (notice: Notice) => void;
  readonly pending: ReadonlySet<string>;
  readonly settled: ReadonlyMap<string, ProblemState>;
  readonly unsaved: readonly UnsavedDecision[];
  readonly notice: Notice | null;
  readonly toast: boolean;
  /** The row of the decision that an undo would take back. */
  readonly lastRow: string | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly hideToast: () => void;
}

/**
 * Holds what was decided in this panel and is not yet seen in a view. Everything but unsaved decisions is forgotten when the subject changes.
 * `holdToast`: the toast stays while the pointer or the focus is on it, so that its time never runs out under someone's hand (WCAG 2.2.1).
 */
export function useDecisions(subject: string, run: (command: Command) => Promise<CommandOutcome>, newId: () => EventId, holdToast: boolean): Decisions {
  const [pending, setPending] = useState<ReadonlySet<string>>(new Set());
  const [settled, setSettled] = useState<ReadonlyMap<string, ProblemState>>(new Map());
  const [unsaved, setUnsaved] = useState<readonly UnsavedDecision[]>([]);
  const [done, setDone] = useState<readonly Step[]>([]);
  const [taken, setTaken] = useState<readonly Step[]>([]);
  const [notice, setNotice] = useState<Notice | null>(null);
  const [toast, setToast] = useState(false);
  const now = useRef(subject);
  now.current = subject;
  /** What may be undone and redone, as it is in this very moment: keys come faster than the panel is drawn. */
  const steps = useRef<{ done: readonly Step[]; taken: readonly Step[] }>({ done: [], taken: [] });
  const keep = (next: Partial<typeof steps.current>): void => { steps.current = { ...steps.current, ...next }; setDone(steps.current.done); setTaken(steps.current.taken); };
  /** Everything under way: an undo waits for it, so that it takes back what was decided last. */
  const underWay = useRef<Promise<unknown>>(Promise.resolve());

  useEffect(() => {
    setPending(new Set()); setSettled(new Map()); keep({ done: [], taken: [] }); setNotice(null); setToast(false);
  }, [subject]);

  useEffect(() => {
    if (!toast || holdToast) return undefined;
    const timer = setTimeout(() => setToast(false), toastTime);
    return () => clearTimeout(timer);
  }, [toast, notice, holdToast]);

  const say = useCallback((next: Notice): void => { setNotice(next); setToast(true); }, []);
  const setRowPending = (row: string | null, on: boolean): void => {
    if (row === null) return;
    setPending((before) => { const after = new Set(before); if (on) after.add(row); else after.delete(row); return after; });
  };
  const settle = (row: string | null, state: ProblemState): void => {
    if (row !== null) setSettled((before) => new Map(before).set(row, state));
  };

  /** Sends and books the answer. A late answer for a subject that has left the screen changes nothing that is shown. */
  const deliver = async (decision: Decision, acknowledged: (event: EventId) => void): Promise<boolean> => {
    setRowPending(decision.row, true);
    const outcome = await run(decision.command).catch((): CommandOutcome => ({ kind: 'not-saved', reason: 'no-answer' }));
    const here = now.current === decision.subject;
    if (here) setRowPending(decision.row, false);
    switch (outcome.kind) {
      case 'acknowledged':
        setUnsaved((before) => before.filter((other) => other.command.id !== decision.command.id));
        if (here) { acknowledged(outcome.event); say({ kind: 'decided', decision, before: outcome.before ?? 0 }); }
        return true;
      case 'not-saved':
        setUnsaved((before) => [...before.filter((other) => other.command.id !== decision.command.id), { ...decision, reason: outcome.reason }]);
        return false;
      case 'refused':
        setUnsaved((before) => before.filter((other) => other.command.id !== decision.command.id));
        if (here) say({ kind: 'refused', reason: outcome.reason });
        return false;
      case 'done': return true;
      default: return unreachable(outcome);
    }
  };

  const book = (decision: Decision) => (event: EventId): void => {
    const { what } = decision;
    if (what === 'logged' || what === 'dismissed') settle(decision.row, { kind: what, event });
    keep({ done: [...steps.current.done, { decision, last: event }], taken: [] });
  };

  const send = (decision: Decision): Promise<boolean> => {
    const sent = deliver(decision, book(decision));
    underWay.current = Promise.all([underWay.current, sent]);
    return sent;
  };

  const takeBack = async (step: Step, what: 'undone' | 'redone'): Promise<string | null> => {
    const { decision } = step;
    const back: Decision = { ...decision, what, command: { kind: 'undo', id: newId(), undoes: step.last } };
    const acknowledged = await deliver(back, (event) => {
      const turned: Step = { decision, last: event };
      const isSame = (other: Step): boolean => other.last === step.last;
      if (what === 'undone') {
        settle(decision.row, { kind: 'open' });
        keep({ done: steps.current.done.filter((other) => !isSame(other)), taken: [...steps.current.taken, turned] });
      } else {
        if (decision.what === 'logged' || decision.what === 'dismissed') settle(decision.row, { kind: decision.what, event });
        keep({ done: [...steps.current.done, turned], taken: steps.current.taken.filter((other) => !isSame(other)) });
      }
    });
    return acknowledged ? decision.row : null;
  };
  const lastDone = done[done.length - 1];
  const lastTaken = taken[taken.length - 1];
  const turn = (from: 'done' | 'taken', what: 'undone' | 'redone'): Promise<string | null> => {
    const about = now.current;
    const turned = underWay.current.then(() => { const step = steps.current[from].at(-1); return step && now.current === about ? takeBack(step, what) : null; });
    underWay.current = turned;
    return turned;
  };

  return {
    send,
    retry: (decision) => deliver(decision, decision.what === 'undone' || decision.what === 'redone' ? () => undefined : book(decision)),
    drop: (decision) => setUnsaved((before) => before.filter((other) => other.command.id !== decision.command.id)),
    undo: () => turn('done', 'undone'),
    redo: () => turn('taken', 'redone'),
    say, pending, settled, unsaved, notice, toast,
    lastRow: lastDone?.decision.row ?? null,
    canUndo: lastDone !== undefined,
    canRedo: lastTaken !== undefined,
    hideToast: () => setToast(false),
  };
}
