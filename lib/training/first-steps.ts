import type { FirstStep, FirstStepId } from '../model/first-steps.js';
import type { Profile } from '../model/profile.js';
import type { TraineeProgress } from '../model/trainee.js';

/** What each profile does first, in order: what needs no record comes before what does. */
const steps: Readonly<Record<Profile, readonly FirstStepId[]>> = {
  coder: ['profile', 'language', 'panel', 'palette', 'keys', 'page-bookmark', 'site', 'next', 'log', 'accept', 'copy'],
  auditor: ['profile', 'language', 'panel', 'palette', 'page-quality', 'page-model', 'site', 'next', 'accept'],
  'clinical-lead': ['profile', 'language', 'page-quality', 'page-packs', 'page-bookmark'],
  trainee: ['profile', 'language', 'pre', 'case', 'sure', 'cards', 'page-bookmark', 'panel', 'palette', 'site', 'guess', 'next'],
  manager: ['profile', 'language', 'page-quality', 'page-packs', 'page-queries', 'page-data', 'page-sheet'],
};
const withRecord: ReadonlySet<FirstStepId> = new Set(['site', 'next', 'log', 'accept', 'copy', 'guess']);

/** What is known besides the learner's record. */
export interface FirstUse {
  /** The person said whose work this is, or the board did. */
  readonly profileChosen: boolean;
  readonly siteAllowed: boolean;
}

/** Is the step done by what has been done, whatever was ticked? */
function isDone(step: FirstStepId, { attempts, cards, sure, live }: TraineeProgress, use: FirstUse): boolean {
  switch (step) {
    case 'profile': return use.profileChosen;
    case 'site': return use.siteAllowed;
    case 'case': return attempts.some(({ set }) => set === 'practice');
    case 'pre': return attempts.some(({ set }) => set === 'pre');
    case 'sure': return sure.length > 0;
    case 'cards': return cards.some(({ reps }) => reps > 0);
    case 'guess': return live.length > 0;
    default: return false;
  }
}

/** The walkthrough of a profile as it stands. Steps that Nodi saw being done are kept as ids (`did-palette`); `tick-palette` is a person's own word. */
export function firstSteps(profile: Profile, progress: TraineeProgress, use: FirstUse): readonly FirstStep[] {
  return steps[profile].map((id) => ({
    id, needsRecord: withRecord.has(id),
    state: isDone(id, progress, use) || progress.steps.includes(`did-${id}`) ? 'done' : progress.steps.includes(`tick-${id}`) ? 'ticked' : 'open',
  }));
}

/** After a step was seen being done. */
export function afterStep(progress: TraineeProgress, step: FirstStepId): TraineeProgress {
  return progress.steps.includes(`did-${step}`) ? progress : { ...progress, steps: [...progress.steps, `did-${step}`] };
}

/** A person's own tick, set or taken back; `step` may be the mark that the steps are put away. */
export function tickStep(progress: TraineeProgress, step: FirstStepId | 'put-away', ticked: boolean): TraineeProgress {
  const mark = step === 'put-away' ? step : `tick-${step}`;
  const others = progress.steps.filter((one) => one !== mark);
  return { ...progress, steps: ticked ? [...others, mark] : others };
}
