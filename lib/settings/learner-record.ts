import type { TraineeProgress } from '../model/trainee.js';
import { noProgress } from '../model/trainee.js';
import type { PartStore } from './learned-store.js';

/** The learner's record on this device. */
export interface LearnerRecord {
  /** `damaged`: what was kept cannot be read; it is left as it is. */
  readonly read: () => Promise<TraineeProgress | 'damaged'>;
  /** Changes what is kept now, and gives it as it is then; null where it was not kept. What is damaged is never written over. */
  readonly change: (by: (before: TraineeProgress) => TraineeProgress) => Promise<TraineeProgress | null>;
}

/** Keeps the learner's record among what this device was given to learn with. `check` knows what progress is; `alone` lets one page write at a time. */
export function createLearnerRecord(store: PartStore, check: (kept: unknown) => TraineeProgress | null, alone: <Answer>(write: () => Promise<Answer>) => Promise<Answer>): LearnerRecord {
  const read = async (): Promise<TraineeProgress | 'damaged'> => {
    const kept = await store.read('trainee');
    return kept === undefined ? noProgress : check(kept) ?? 'damaged';
  };
  return {
    read,
    change: (by) => alone(async () => {
      try {
        const before = await read();
        if (before === 'damaged') return null;
        const after = by(before);
        if (after !== before) await store.write('trainee', after);
        return after;
      } catch { return null; }
    }),
  };
}
