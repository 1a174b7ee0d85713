/** A machine with a log, in a process of its own so that it can be killed: sends to argv[2] what argv[3..4] (rows, seed) say, its place in the file argv[5]. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fail, succeed } from '../../../lib/base/result.js';
import { defaultFhirNames } from '../../../lib/sync/fhir-bundle.js';
import { sendWaiting, type OutboxPlace, type SendTransaction } from '../../../lib/sync/outbox.js';
import { inventedLog, machineOf, pagesOf } from './invented-log.js';

const [, , address = '', rowCount = '', seed = '', file = '', batch = '10'] = process.argv;
const rows = inventedLog(Number(rowCount), Number(seed));

const send: SendTransaction = async (bundle) => {
  try {
    const answer = await fetch(address, { method: 'POST', body: JSON.stringify(bundle), headers: { 'content-type': 'application/fhir+json' } });
    if (answer.status !== 200) { await answer.body?.cancel(); return fail({ kind: 'status', status: answer.status, retryAfter: null }); }
    return succeed(((await answer.json()) as { readonly entry: readonly { readonly response: { readonly status: string } }[] }).entry.map(({ response }) => Number(response.status.slice(0, 3))));
  } catch { return fail({ kind: 'network' }); }
};

for (;;) {
  const ended = await sendWaiting({
    log: pagesOf(rows), machine: machineOf(Number(seed)),
    place: {
      read: () => Promise.resolve(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as OutboxPlace : null),
      write: (place) => { writeFileSync(`${file}.new`, JSON.stringify(place)); renameSync(`${file}.new`, file); return Promise.resolve(); },
    },
    send, names: defaultFhirNames, wait: (milliseconds) => pause(milliseconds), chance: () => Math.random(), batch: Number(batch), backOff: { first: 10, longest: 100 },
  }, new AbortController().signal);
  if (ended.ok) process.exit(0);
  if (ended.failure.kind !== 'circuit-open') { process.stderr.write(`${JSON.stringify(ended.failure)}\n`); process.exit(3); }
  await pause(50);
}
