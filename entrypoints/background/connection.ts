import { fail, succeed, type Result } from '../../lib/base/result.js';
import { createRemoteCoder, mostReplyBytes, writeRequest, type RawReply } from '../../lib/coding/coders/index.js';
import type { BoardCoderView, CoderFailure, CoderQuestion } from '../../lib/model/auto-coder.js';
import { bind, type Bound, type ContextKey } from '../../lib/model/context.js';
import type { Settings } from '../../lib/model/settings.js';
import { boardCoderLimits, createBoardCoder, type BoardCoder } from './board-coder.js';
import { send, type SendLimits } from './send.js';

/** Where the contract is answered, below the origin that policy names. */
const path = '/v1/suggestions';

/** Posts a question to a coder; only a reply of status 200 is read. */
export async function postToCoder(address: string, body: string, limits: SendLimits, signal: AbortSignal): Promise<Result<RawReply, CoderFailure>> {
  const answer = await send(address, { body, type: 'application/json' }, limits, signal);
  if (!answer.ok) return answer;
  const { status, retryAfter, contentType } = answer.value;
  return status === 200 ? succeed({ contentType, body: answer.value.body }) : fail({ kind: 'status', status, retryAfter });
}

/** The way to the board's coder, in packages that were built for one. */
export interface Connection {
  /** What the panel may show of it for the record on screen; null where policy names none. Asks only once a person has seen what would leave. */
  readonly view: (settings: Settings, key: ContextKey, content: string, question: () => CoderQuestion) => Bound<BoardCoderView> | null;
  readonly forget: (tab: number) => void;
}

/** Opens it for the origins that the package was built for; an origin of the policy that is none of them is refused by name. */
export function createConnection(origins: readonly string[], changed: (tab: number) => void): Connection {
  let open: { readonly origin: string; readonly seconds: number; readonly board: BoardCoder } | null = null;
  const boardFor = ({ origin, seconds }: { readonly origin: string; readonly seconds: number }): BoardCoder => {
    if (open?.origin !== origin || open.seconds !== seconds) {
      const coder = createRemoteCoder({ nonce: () => crypto.randomUUID(), post: (body, signal) => postToCoder(`${origin}${path}`, body, { seconds, bytes: mostReplyBytes }, signal as AbortSignal) });
      open = { origin, seconds, board: createBoardCoder({ coder, host: new URL(origin).host, now: () => Date.now(), settle: boardCoderLimits.settle, chance: () => Math.random(), changed }) };
    }
    return open.board;
  };
  return {
    view(settings, key, content, question) {
      const named = settings.boardCoder;
      if (named === null) { if (open) { open.board.forget(key.tab); open = null; } return null; }
      const host = new URL(named.origin).host;
      if (!origins.includes(named.origin)) return bind(key, { host, state: { kind: 'address-refused', reason: 'not-in-build' }, refused: [] });
      if (settings.boardCoderSeen !== named.origin) {
        const payload = JSON.stringify(writeRequest(question(), '00000000-0000-4000-8000-000000000000'), null, 2);
        return bind(key, { host, state: { kind: 'unseen', payload, address: `${named.origin}${path}` }, refused: [] });
      }
      return bind(key, boardFor(named).look({ key, content, question }));
    },
    forget(tab) { open?.board.forget(tab); },
  };
}
