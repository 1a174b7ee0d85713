import { fail, succeed, type Result } from '../../lib/base/result.js';
import type { SendFailure } from '../../lib/model/sending.js';
import type { SendTransaction } from '../../lib/sync/outbox.js';
import { readServerFit, type ServerFit } from '../../lib/sync/server-fit.js';
import { issueIn, readFhirJson, readTransactionReply } from '../../lib/sync/transaction-reply.js';
import { send } from './send.js';

/** Seconds and bytes: what a server says that it can do is long on some; an answer to a bundle is not. The worker itself ends after 30 seconds without a reply. */
const limits = { seconds: 20, statementBytes: 8_000_000, replyBytes: 2_000_000, errorBytes: 64_000 } as const;

/** A FHIR server as the exchange knows it. */
export interface FhirServer {
  /** What it says that it can do (`/metadata`). */
  readonly fit: (signal: AbortSignal) => Promise<Result<ServerFit, SendFailure>>;
  readonly transact: SendTransaction;
}

/** The server at this address; `token` is asked for before each request and stands in no address. */
export function createFhirServer(address: string, token: () => Promise<string | null>, seconds: number = limits.seconds): FhirServer {
  const type = 'application/fhir+json';
  return {
    async fit(signal) {
      const answer = await send(`${address}/metadata`, { body: null, type, bearer: await token() }, { seconds, bytes: limits.statementBytes }, signal);
      if (!answer.ok) return answer;
      const { status, retryAfter } = answer.value;
      if (status !== 200) return fail({ kind: 'status', status, retryAfter });
      const json = readFhirJson(answer.value);
      return json.ok || json.failure.kind === 'not-json' ? succeed(readServerFit(answer.value.body)) : fail({ kind: 'reply-refused', fault: json.failure.kind });
    },
    async transact(bundle, signal) {
      // A server's base is where bundles go; some know it only with a slash, and a redirect is not followed.
      const answer = await send(address, { body: JSON.stringify(bundle), type, bearer: await token() }, { seconds, bytes: limits.replyBytes, errorBytes: limits.errorBytes }, signal as AbortSignal);
      if (!answer.ok) return answer;
      const { status, retryAfter } = answer.value;
      if (status !== 200) {
        const json = readFhirJson(answer.value);
        return fail({ kind: 'status', status, retryAfter, ...issueIn(json.ok ? json.value : null) });
      }
      const read = readTransactionReply(answer.value, bundle.entry);
      return read.ok ? succeed(read.value) : fail({ kind: 'reply-refused', fault: read.failure.kind });
    },
  };
}
