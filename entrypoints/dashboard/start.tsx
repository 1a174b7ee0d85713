import type { JSX } from 'preact';
import { keyOf, panelCommands, showChord } from '../../components/panel/commands.js';
import { StartPage } from '../../components/dashboard/start-page.jsx';
import type { DashboardPage } from '../../components/dashboard/dashboard-nav.jsx';
import type { Words } from '../../components/words.js';
import { firstStepIds, type FirstStepId } from '../../lib/model/first-steps.js';
import type { EffectiveSettings } from '../../lib/model/settings.js';
import { noProgress, type TraineeProgress } from '../../lib/model/trainee.js';
import type { LearnerRecord } from '../../lib/settings/index.js';
import { afterStep, firstSteps, tickStep } from '../../lib/training/index.js';

interface StartRoom {
  readonly read: () => Promise<TraineeProgress | 'damaged'>;
  /** A step was done here: it is ticked once. */
  readonly did: (step: FirstStepId) => void;
  /** This page was opened. */
  readonly visited: (page: DashboardPage) => void;
  readonly page: (kept: TraineeProgress | 'damaged', effective: EffectiveSettings, words: Words) => JSX.Element;
}

/** Joins the walkthrough to the learner's record; `open` goes to a page of the dashboard or to the options. */
export function createStartRoom({ learner, open, again }: { readonly learner: LearnerRecord; readonly open: (place: DashboardPage | 'options') => void; readonly again: () => void }): StartRoom {
  let isSaved = true;
  // What was done in the panel meanwhile is ticked on the way back.
  window.addEventListener('focus', () => { if (location.hash === '#start') again(); });
  const known = new Set<FirstStepId>();
  const change = async (by: (before: TraineeProgress) => TraineeProgress): Promise<void> => { isSaved = await learner.change(by) !== null; again(); };
  const did = (step: FirstStepId): void => {
    if (known.has(step)) return;
    known.add(step);
    void learner.change((before) => afterStep(before, step));
  };
  const goTo = (step: FirstStepId, effective: EffectiveSettings): (() => void) | null => {
    switch (step) {
      case 'profile': return effective.settings.profileAsked ? () => open('options') : () => document.querySelector<HTMLElement>('.profile-ask select')?.focus();
      case 'site': return () => open('options');
      case 'case': case 'sure': case 'pre': case 'cards': return () => open('learn');
      case 'page-quality': return () => open('quality');
      case 'page-packs': return () => open('packs');
      case 'page-queries': return () => open('queries');
      case 'page-data': return () => open('data');
      case 'page-sheet': return () => open('sheet');
      case 'page-bookmark': return () => open('bookmark');
      case 'page-model': return () => open('model');
      case 'language': return () => document.querySelector<HTMLElement>('.topline .lang button')?.focus();
      case 'panel': case 'palette': case 'keys': case 'next': case 'log': case 'accept': case 'copy': case 'guess': return null;
    }
  };
  return {
    read: learner.read,
    did,
    visited: (page) => { const step = firstStepIds.find((one) => one === `page-${page}`); if (step) did(step); },
    page(kept, effective, words) {
      const { settings: { profile, profileAsked, sites, keys }, managed } = effective;
      const progress = kept === 'damaged' ? noProgress : kept;
      const panel = panelCommands.find(({ id }) => id === 'panel.toggle');
      const chord = panel ? keyOf(panel, keys) : null;
      return <StartPage profile={profile} steps={firstSteps(profile, progress, { profileChosen: profileAsked || managed.includes('profile'), siteAllowed: sites.length > 0 })} panelKey={chord === null ? '' : showChord(chord, words.say('key.Space'))}
        isDamaged={kept === 'damaged'} isSaved={isSaved} words={words} goTo={(step) => goTo(step, effective)} onTick={(step, ticked) => void change((before) => tickStep(before, step, ticked))} />;
    },
  };
}
