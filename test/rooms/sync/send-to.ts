import { fail, succeed } from '../../../lib/base/result.js';
import type { SendTransaction } from '../../../lib/sync/outbox.js';
import { readTransactionReply } from '../../../lib/sync/transaction-reply.js';

/** Sends over a network of this machine, as the extension does over a real one. */
export function sendTo(address: string): SendTransaction {
  return async (bundle) => {
    let answer: Response;
    let body: string;
    try {
      answer = await fetch(address, { method: 'POST', body: JSON.stringify(bundle), headers: { 'content-type': 'application/fhir+json' } });
      body = await answer.text();
    } catch { return fail({ kind: 'network' }); }
    if (answer.status !== 200) return fail({ kind: 'status', status: answer.status, retryAfter: null });
    const read = readTransactionReply({ contentType: answer.headers.get('content-type'), body }, bundle.entry);
    return read.ok ? succeed(read.value) : fail({ kind: 'reply-refused', fault: read.failure.kind });
  };
}
