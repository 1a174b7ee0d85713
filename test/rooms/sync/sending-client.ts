/** A machine with a log, in a process of its own so that it can be killed: sends to argv[2] what argv[3..4] (rows, seed) say, its place in the file argv[5]. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fail, succeed } from '../../../lib/base/result.js';
import type { SendingPlace } from '../../../lib/model/sending.js';
import { defaultFhirNames } from '../../../lib/sync/fhir-bundle.js';
import { sendWaiting, type SendTransaction } from '../../../lib/sync/outbox.js';
import { readTransactionReply } from '../../../lib/sync/transaction-reply.js';
import { inventedLog, machineOf, pagesOf } from './invented-log.js';

const [, , address = '', rowCount = '', seed = '', file = '', batch = '10'] = process.argv;
const rows = inventedLog(Number(rowCount), Number(seed));

const send: SendTransaction = async (bundle) => {
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

for (;;) {
  const ended = await sendWaiting({
    log: pagesOf(rows), machine: machineOf(Number(seed)), address, now: () => Date.now(),
    place: {
      read: () => Promise.resolve(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as SendingPlace : null),
      write: (place) => { writeFileSync(`${file}.new`, JSON.stringify(place)); renameSync(`${file}.new`, file); return Promise.resolve(); },
    },
    send, names: defaultFhirNames, batch: Number(batch),
  }, new AbortController().signal);
  if (ended.ok) process.exit(0);
  if (ended.failure.kind !== 'failed') { process.stderr.write(`${JSON.stringify(ended.failure)}\n`); process.exit(3); }
  await pause(10 + Math.random() * 40);
}
