/** From a worker that was stopped to its first codes, and what the coder costs in time and memory. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openCoder, packagedLexicon, shippedCodes } from '../../entrypoints/batch/coder.js';
import { openEpisodeCoder } from '../../entrypoints/background/coder.js';
import { createCodeShelf, newest, shippedLists } from '../../lib/codebook/index.js';
import type { ClinicalDocument } from '../../lib/model/document.js';
import type { SpecialtyId } from '../../lib/model/episode.js';
import { openSampleRecord, until } from '../harness/sample-record.js';
import { median, type Figure } from './figures.js';
import { notesOf, sampleNotes } from './notes.js';

const rounds = 7;

/** Milliseconds from the first message to a stopped worker, which starts it, to the first answer that holds codes; the record is open all the while. */
async function coldStarts(): Promise<readonly number[]> {
  const sample = await openSampleRecord();
  const { panel } = sample;
  await panel.getByRole('tab', { name: /^Codes/ }).click();
  await until(() => panel.innerText('[role=tabpanel]'), (text) => text.includes('C75.1'));
  const session = await sample.browser.context.newCDPSession(panel);
  let stopped = 0;
  session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => { stopped += versions.filter((one) => one.runningStatus === 'stopped').length; });
  await session.send('ServiceWorker.enable');
  const tab = Number(new URL(panel.url()).searchParams.get('tab'));
  const taken: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const seen = stopped;
    await session.send('ServiceWorker.stopAllWorkers');
    await until(() => Promise.resolve(stopped), (count) => count > seen);
    taken.push(await panel.evaluate(async (id) => {
      const { runtime } = (globalThis as unknown as { chrome: { runtime: { sendMessage: (message: object) => Promise<unknown> } } }).chrome;
      const start = performance.now();
      while (performance.now() - start < 20_000) {
        if (JSON.stringify(await runtime.sendMessage({ nodi: 1, name: 'panel.view', ask: { tab: id } }).catch(() => null)).includes('C751')) return performance.now() - start;
        await new Promise((done) => { setTimeout(done, 4); });
      }
      return NaN;
    }, tab));
  }
  await sample.close();
  return taken;
}

/** Megabytes that the coder holds once a note has been coded: its own, with the buffers that it opened. */
function held(document: ClinicalDocument): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const { icd10, opcs4 } = shippedCodes();
  const codes = createCodeShelf(shippedLists({ icd10, opcs4 })).on(newest);
  const compiled = new Uint8Array(packagedLexicon());
  collect();
  const before = process.memoryUsage();
  const coder = openEpisodeCoder({ lexicon: compiled.slice().buffer, icd10 }, {});
  coder.code([document], 'neurology' as SpecialtyId, codes, []);
  collect();
  const after = process.memoryUsage();
  coder.code([document], 'neurology' as SpecialtyId, codes, []);
  return (after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers) / 1e6;
}

/** The coder in the built extension's own worker, and alone. */
export async function benchCoder(): Promise<readonly Figure[]> {
  const text = notesOf(20_000, sampleNotes());
  const memory = held({ id: 'note', version: 1, kind: 'other', text } as unknown as ClinicalDocument);
  const coder = openCoder();
  const times = Array.from({ length: 60 }, () => { const start = performance.now(); coder.code(text, null); return performance.now() - start; }).slice(20);
  const cold = await coldStarts();
  return [
    { name: `coder: 20 KB note read and coded, median of ${times.length}`, value: median(times), unit: 'ms', goal: { atMost: 15 } },
    { name: 'coder: memory held after a note, with the lexicon', value: memory, unit: 'MB', goal: { atMost: 60 } },
    { name: `coder: a stopped worker’s start to its first codes, median of ${cold.length}`, value: median(cold), unit: 'ms', goal: { atMost: 300 } },
  ];
}
