import type { PanelCommandId } from '../../components/panel/commands.js';
import type { Command } from '../../lib/model/decision.js';
import { stepsPutAway, type FirstStepId } from '../../lib/model/first-steps.js';
import type { EffectiveSettings } from '../../lib/model/settings.js';
import type { LearnerRecord } from '../../lib/settings/index.js';
import { afterStep, firstSteps, tickStep } from '../../lib/training/index.js';

/** Steps that a command of the panel does, and those that a decision does once it is kept. */
const byCommand: Partial<Record<PanelCommandId, FirstStepId>> = { 'palette.open': 'palette', 'codes.search': 'palette', 'keys.open': 'keys', 'problem.next': 'next', 'problem.previous': 'next', 'outlet.copy': 'copy', 'outlet.type': 'copy', 'outlet.csv': 'copy', 'outlet.fhir': 'copy', 'locale.switch': 'language' };
const byDecision: Partial<Record<Command['kind'], FirstStepId>> = { 'log-finding': 'log', 'log-fault': 'log', 'accept-codes': 'accept', 'show-finding': 'next' };

/** How far the first steps are; null where there is nothing to remind anybody of. */
export interface StepsNow { readonly done: number; readonly of: number }

/** What the panel does for the walkthrough: it ticks what was done, each once, and says how far it is. */
export function createPanelSteps(learner: LearnerRecord) {
  const known = new Set<FirstStepId>();
  const did = (step: FirstStepId | undefined): void => {
    if (step === undefined || known.has(step)) return;
    known.add(step);
    void learner.change((before) => afterStep(before, step)).catch(() => undefined);
  };
  return {
    did,
    command: (id: PanelCommandId): void => did(byCommand[id]),
    decided: (kind: Command['kind']): void => did(byDecision[kind]),
    async now({ settings: { profile, profileAsked, sites }, managed }: EffectiveSettings): Promise<StepsNow | null> {
      const kept = await learner.read().catch(() => 'damaged' as const);
      const profileChosen = profileAsked || managed.includes('profile');
      // Whose work it is comes first: until it is answered that question stands here.
      if (kept === 'damaged' || !profileChosen || kept.steps.includes(stepsPutAway)) return null;
      const steps = firstSteps(profile, kept, { profileChosen, siteAllowed: sites.length > 0 });
      const done = steps.filter(({ state }) => state !== 'open').length;
      return done === steps.length ? null : { done, of: steps.length };
    },
    putAway: async (): Promise<void> => { await learner.change((before) => tickStep(before, stepsPutAway, true)); },
  };
}
