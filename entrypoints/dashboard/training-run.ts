import type { Result } from '../../lib/base/result.js';
import { trainOnFile, writeModel, type TrainingTools } from '../../lib/learning/index.js';
import type { DoubtPolicy } from '../../lib/model/assertion.js';
import type { LabelledFileFailure, LabelledSummary, TrainingProgress, TrainingReport } from '../../lib/model/training.js';

/** What the page tells the worker. A cancel is no message: the page ends the worker, and all that it held is gone. */
export type ToTraining = { readonly kind: 'start'; readonly file: Blob; /** The department's own treatment of doubting words. */ readonly doubt: DoubtPolicy } | { readonly kind: 'pause' } | { readonly kind: 'resume' };

/** What the worker tells the page. `model` is the file of the model as data; no text and no episode is in it. */
export type FromTraining =
  | { readonly kind: 'progress'; readonly progress: TrainingProgress }
  | { readonly kind: 'paused' }
  | { readonly kind: 'failed'; readonly failure: LabelledFileFailure }
  | { readonly kind: 'done'; readonly report: TrainingReport; readonly summary: LabelledSummary; readonly model: unknown };

/** What a run needs of its worker. */
export interface TrainingRunParts {
  readonly open: (file: Blob, doubt: DoubtPolicy) => Promise<Result<{ readonly text: string; readonly tools: TrainingTools }, LabelledFileFailure>>;
  readonly post: (message: FromTraining) => void;
  /** Milliseconds, for the length of a turn. */
  readonly now: () => number;
  /** Lets messages in. */
  readonly rest: () => Promise<void>;
}

/** Milliseconds of work between two looks at what the page says. */
const turn = 80;

/** One training, taken in turns so that it can pause between them. */
export function createTrainingRun({ open, post, now, rest }: TrainingRunParts): (message: ToTraining) => Promise<void> {
  let isStarted = false;
  let resume: (() => void) | null = null;
  let held: Promise<void> | null = null;
  const run = async (file: Blob, doubt: DoubtPolicy): Promise<void> => {
    const opened = await open(file, doubt);
    if (!opened.ok) { post({ kind: 'failed', failure: opened.failure }); return; }
    const steps = trainOnFile(opened.value.text, opened.value.tools);
    let since = now();
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) {
        if (!step.value.ok) post({ kind: 'failed', failure: step.value.failure });
        else { const { model, report, summary } = step.value.value; post({ kind: 'done', report, summary, model: writeModel(model) }); }
        return;
      }
      if (now() - since < turn) continue;
      post({ kind: 'progress', progress: step.value });
      await rest();
      if (held) { post({ kind: 'paused' }); await held; }
      since = now();
    }
  };
  return async (message) => {
    switch (message.kind) {
      case 'start': if (isStarted) return; isStarted = true; return run(message.file, message.doubt).catch(() => post({ kind: 'failed', failure: { kind: 'unreadable' } }));
      case 'pause': held ??= new Promise((go) => { resume = go; }); return;
      case 'resume': resume?.(); held = null; resume = null;
    }
  };
}
