/** A machine with monthly figures, in a process of its own so that it can be killed: tells argv[2], day by day for argv[3] days, what the machine of the seed argv[4] has counted by then, its place in the file argv[5]. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { FiguresPlace } from '../../../lib/model/sending.js';
import { defaultFhirNames } from '../../../lib/sync/fhir-bundle.js';
import { sendFigures } from '../../../lib/sync/figures-outbox.js';
import { inventedFigures } from './invented-figures.js';
import { machineOf } from './invented-log.js';
import { sendTo } from './send-to.js';

const [, , address = '', days = '', seed = '', file = ''] = process.argv;
const read = (): FiguresPlace | null => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as FiguresPlace : null);

for (let day = Number(read()?.day ?? '') + 1; day <= Number(days);) {
  const ended = await sendFigures({
    figures: () => Promise.resolve(inventedFigures(Number(seed), day)), as: machineOf(Number(seed)), address: 'https://fhir.example/R4', day: String(day), now: () => Date.now(),
    place: { read: () => Promise.resolve(read()), write: (place) => { writeFileSync(`${file}.new`, JSON.stringify(place)); renameSync(`${file}.new`, file); return Promise.resolve(); } },
    send: sendTo(address), names: defaultFhirNames,
  }, new AbortController().signal);
  if (ended.ok) { day += 1; continue; }
  if (ended.failure.kind !== 'failed') { process.stderr.write(`${JSON.stringify(ended.failure)}\n`); process.exit(3); }
  await pause(10 + Math.random() * 40);
}
