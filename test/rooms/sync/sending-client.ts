/** A machine with a log, in a process of its own so that it can be killed: sends to argv[2] what argv[3..4] (rows, seed) say, its place in the file argv[5]. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { SendingPlace } from '../../../lib/model/sending.js';
import { defaultFhirNames } from '../../../lib/sync/fhir-bundle.js';
import { sendWaiting } from '../../../lib/sync/outbox.js';
import { inventedLog, machineOf, pagesOf } from './invented-log.js';
import { sendTo } from './send-to.js';

const [, , address = '', rowCount = '', seed = '', file = '', batch = '10'] = process.argv;
const rows = inventedLog(Number(rowCount), Number(seed));

for (;;) {
  const ended = await sendWaiting({
    log: pagesOf(rows), machine: machineOf(Number(seed)), address, now: () => Date.now(),
    place: {
      read: () => Promise.resolve(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as SendingPlace : null),
      write: (place) => { writeFileSync(`${file}.new`, JSON.stringify(place)); renameSync(`${file}.new`, file); return Promise.resolve(); },
    },
    send: sendTo(address), names: defaultFhirNames, batch: Number(batch),
  }, new AbortController().signal);
  if (ended.ok) process.exit(0);
  if (ended.failure.kind !== 'failed') { process.stderr.write(`${JSON.stringify(ended.failure)}\n`); process.exit(3); }
  await pause(10 + Math.random() * 40);
}
