import { expect, it } from 'vitest';
import { createTrainingRun, type FromTraining } from '../../../entrypoints/dashboard/training-run.js';
import { openCoder } from '../../../entrypoints/batch/coder.js';
import { succeed } from '../../../lib/base/result.js';
import type { DoubtPolicy } from '../../../lib/model/assertion.js';

it('reads doubting words as the department treats them, pauses when it is asked to, and goes on to the end', async () => {
  const coder = openCoder();
  const text = Array.from({ length: 40 }, (_, at) => JSON.stringify({ id: String(at), text: at % 2 ? 'Stiff morning hands.' : 'Known wandering lesions.', codes: [at % 2 ? 'M069' : 'G35X'] })).join('\n');
  const told: FromTraining['kind'][] = [];
  const treated: DoubtPolicy[] = [];
  let [time, resting] = [0, 0];
  let wake: () => void = () => undefined;
  const paused = new Promise<void>((resolve) => { wake = resolve; });
  const take = createTrainingRun({
    open: (_, doubt) => { treated.push(doubt); return Promise.resolve(succeed({ text, tools: { judge: () => ({ kind: 'valid' }), editionOf: () => null, learn: coder.learn, isClinical: () => true, specialtyOf: () => null, textOf64: () => null } })); },
    post: ({ kind }) => { told.push(kind); if (kind === 'paused') wake(); },
    // Each look at the clock is a turn later.
    now: () => { time += 100; return time; },
    rest: async () => { resting += 1; if (resting === 2) await take({ kind: 'pause' }); },
  });
  const running = take({ kind: 'start', file: new Blob([]), doubt: { probable: 'leave' } as unknown as DoubtPolicy });
  await paused;
  expect([treated, told.at(-1), told.filter((kind) => kind === 'progress').length]).toEqual([[{ probable: 'leave' }], 'paused', 2]);
  await take({ kind: 'resume' });
  await running;
  expect(told.at(-1)).toBe('done');
  console.info(`looks at a pause ${resting}, paused 1, ended done`);
});
