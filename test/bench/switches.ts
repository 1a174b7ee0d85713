/** Two thousand changes of patient: what stays behind in the page. */
import { openSampleRecord, until, type Portal } from '../harness/sample-record.js';
import type { Figure } from './figures.js';
import { watchMainThread } from './page-cost.js';

const switches = 2000;

/** Figures of foreign marks and of heap growth after collection, with the built extension on the sample record. */
export async function benchSwitches(): Promise<readonly Figure[]> {
  const sample = await openSampleRecord();
  const { page } = sample;
  await until(sample.painted, (words) => words.length > 0);
  const ids = await page.evaluate(() => (window as unknown as { portal: Portal }).portal.addPatients(100));
  const run = (count: number): Promise<number> => page.evaluate(async ({ all, times }) => {
    const { portal } = window as unknown as { portal: Portal };
    const markers = new Map(portal.list().map((one) => [one.id, one.marker]));
    let foreign = 0;
    for (let index = 0; index < times; index += 1) {
      const id = all[(index * 7) % all.length] as string;
      portal.open(id);
      for (let frame = 0; frame < (index % 10 === 0 ? 6 : 1); frame += 1) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        for (const highlight of CSS.highlights.values()) for (const one of highlight as unknown as Iterable<StaticRange>) {
          const words = one.startContainer.textContent ?? '';
          const named = /marker\d{4}/.exec(words);
          if (one.startContainer.isConnected && named && named[0] !== markers.get(id)) foreign += 1;
        }
      }
    }
    return foreign;
  }, { all: ids, times: count });
  // The first few fill caches that stay.
  await run(100);
  const thread = await watchMainThread(page);
  const before = await thread.heap();
  const foreign = await run(switches);
  const after = await thread.heap();
  await sample.close();
  return [
    { name: `switches: ${switches}, foreign marks`, value: foreign, unit: '', goal: { atMost: 0 } },
    { name: `switches: ${switches}, heap growth of the page after collection`, value: (after - before) / 1e6, unit: 'MB', goal: { atMost: 5 } },
  ];
}
