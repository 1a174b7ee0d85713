import { QueryClient } from '@tanstack/query-core';
import { afterFailure, backOff, closedCircuit, isClosed, type Circuit } from '../../lib/base/circuit.js';
import { unreachable } from '../../lib/base/result.js';
import type { BoardCoderState, BoardCoderView, CoderAnswer, CoderFailure, CoderQuestion, Refusal, ReplyFault } from '../../lib/model/auto-coder.js';
import { bind, present, type Bound, type ContextKey } from '../../lib/model/context.js';
import type { AutoCoder } from '../../lib/model/ports.js';

/** Times in milliseconds, and counts (trust/reliability.md, R-28). */
export const boardCoderLimits = {
  /** Tries after the first, on a network that fails and on 502, 503, 504. */
  retries: 2,
  /** Longest wait before a first retry; doubled for the next. The wait is anywhere between nothing and that. */
  jitter: 500,
  /** A coder that asks for a longer wait than this is left alone for as long. */
  longestRetryAfter: 10_000,
  /** A record is asked about once it has stood still for so long: pages bring their parts one after the other, and each would be a question of its own. */
  settle: 400,
  failuresToOpen: 5,
  open: 60_000,
  /** Requests about one episode, tries included, as long as the browser runs. */
  perEpisode: 20,
  /** How long an answer is kept after its record has left the screen. */
  kept: 60_000,
} as const;

/** What is asked about, and on whose behalf. */
export interface BoardQuestion {
  readonly key: ContextKey;
  /** Of the content of everything that would be sent: the same name, the same answer. */
  readonly content: string;
  readonly question: () => CoderQuestion;
}

export interface BoardCoderWires {
  readonly coder: AutoCoder;
  readonly host: string;
  readonly now: () => number;
  /** Milliseconds that a record stands still before it is asked about. */
  readonly settle: number;
  /** 0 to 1, for waits that do not fall together. */
  readonly chance: () => number;
  /** Something new can be said of a tab. */
  readonly changed: (tab: number) => void;
}

/** Asks the board's coder beside the local reading, which never waits for it. */
export interface BoardCoder {
  /** What can be said now; asks where nobody has asked, after whoever calls has been answered. */
  readonly look: (asked: BoardQuestion) => BoardCoderView;
  /** The record of a tab is gone: what was asked is withdrawn, and its answer forgotten. */
  readonly forget: (tab: number) => void;
}

interface Asked {
  readonly content: string;
  readonly subject: ContextKey['subject'];
  bound: Bound<BoardCoderState>;
}

/** A failure on its way through the query. */
class Failed extends Error {
  constructor(readonly failure: CoderFailure) { super(failure.kind); }
}

/** Is the coder at fault, so that it is the sooner left alone? */
function isItsFault({ kind }: CoderFailure): boolean {
  return kind !== 'withdrawn' && kind !== 'too-much-text' && kind !== 'nothing-to-ask';
}

/** Joins a coder with patience, a cache by content, a circuit and a budget. */
export function createBoardCoder({ coder, host, now, settle, chance, changed }: BoardCoderWires): BoardCoder {
  const limits = boardCoderLimits;
  const client = new QueryClient({ defaultOptions: { queries: { gcTime: limits.kept, staleTime: Number.POSITIVE_INFINITY, networkMode: 'always' } } });
  const tabs = new Map<number, Asked>();
  const spent = new Map<string, number>();
  const refused = new Map<Refusal | ReplyFault, number>();
  let circuit: Circuit = closedCircuit;
  let probing = false;

  const count = (reason: Refusal | ReplyFault, times: number): void => { refused.set(reason, (refused.get(reason) ?? 0) + times); };

  /** One request, and what it tells of the coder. */
  const once = async (question: CoderQuestion, episode: string, signal: AbortSignal): Promise<CoderAnswer> => {
    spent.set(episode, (spent.get(episode) ?? 0) + 1);
    const answer = await coder.ask(question, signal);
    if (answer.ok) {
      circuit = closedCircuit;
      for (const [reason, times] of Object.entries(answer.value.refused)) count(reason as Refusal, times);
      return answer.value;
    }
    const { failure } = answer;
    if (failure.kind === 'reply-refused') count(failure.fault, 1);
    if (isItsFault(failure)) circuit = afterFailure(circuit, limits, now(), failure.kind === 'status' ? failure.retryAfter : null);
    throw new Failed(failure);
  };

  const isRetried = (failure: CoderFailure, tries: number, episode: string): boolean => {
    if (tries >= limits.retries || circuit.failures >= limits.failuresToOpen || (spent.get(episode) ?? 0) >= limits.perEpisode) return false;
    switch (failure.kind) {
      case 'network': return true;
      case 'status': return [502, 503, 504].includes(failure.status) && (failure.retryAfter ?? 0) <= limits.longestRetryAfter;
      case 'slow': case 'redirect': case 'reply-refused': case 'too-much-text': case 'nothing-to-ask': case 'withdrawn': return false;
      default: return unreachable(failure);
    }
  };

  const ask = async (tab: number, asked: Asked, { key, content, question }: BoardQuestion): Promise<void> => {
    const episode = `${key.subject} ${key.episode}`;
    const say = (state: BoardCoderState): void => {
      // Another record has taken its place: nobody hears of this one.
      if (tabs.get(tab) !== asked) return;
      asked.bound = bind(key, state);
      changed(tab);
    };
    // Whoever looked is answered first: the local reading does not wait.
    await new Promise<void>((resolve) => { setTimeout(resolve, settle); });
    if (tabs.get(tab) !== asked) return;
    if ((spent.get(episode) ?? 0) >= limits.perEpisode) { say({ kind: 'spent' }); return; }
    const isProbe = !isClosed(circuit, limits, now());
    if (isProbe && (now() < circuit.quietUntil || probing)) { say({ kind: 'circuit-open', until: Math.max(circuit.quietUntil, now()) }); return; }
    probing ||= isProbe;
    try {
      const answer = await client.fetchQuery({
        queryKey: [content],
        queryFn: ({ signal }) => once(question(), episode, signal),
        retry: (tries, problem) => !isProbe && problem instanceof Failed && isRetried(problem.failure, tries, episode),
        retryDelay: (tries, problem) => Math.max(problem instanceof Failed && problem.failure.kind === 'status' ? problem.failure.retryAfter ?? 0 : 0, backOff(tries, chance(), { first: limits.jitter, longest: limits.open })),
      });
      say({ kind: 'answered', answer });
    } catch (problem) {
      // A query that was cancelled has nobody waiting for it; any other problem is a fault of ours and must be seen.
      if (problem instanceof Failed) say(circuit.failures >= limits.failuresToOpen ? { kind: 'circuit-open', until: circuit.quietUntil } : { kind: 'failed', failure: problem.failure });
      else if (tabs.get(tab) === asked) throw problem;
    } finally { if (isProbe) probing = false; }
  };

  const drop = (tab: number): void => {
    const before = tabs.get(tab);
    if (!before) return;
    tabs.delete(tab);
    if ([...tabs.values()].some(({ content }) => content === before.content)) return;
    void client.cancelQueries({ queryKey: [before.content] }, { revert: false });
    client.removeQueries({ queryKey: [before.content] });
  };

  return {
    look(asked) {
      const { key, content } = asked;
      const before = tabs.get(key.tab);
      const shown = before && before.content === content ? present(before.bound, key) : null;
      const view = (state: BoardCoderState): BoardCoderView => ({ host, state, refused: [...refused].map(([reason, times]) => ({ reason, count: times })) });
      // A circuit that was open when it was asked for is tried again once its time has come; nothing else is asked twice.
      if (shown && !(shown.kind === 'circuit-open' && now() >= shown.until && !probing)) return view(shown);
      if (before && (before.subject !== key.subject || before.content !== content)) drop(key.tab);
      const known = client.getQueryData<CoderAnswer>([content]);
      const state: BoardCoderState = known ? { kind: 'answered', answer: known } : { kind: 'asking' };
      const fresh: Asked = { content, subject: key.subject, bound: bind(key, state) };
      tabs.set(key.tab, fresh);
      if (!known) void ask(key.tab, fresh, asked);
      return view(state);
    },
    forget: drop,
  };
}
