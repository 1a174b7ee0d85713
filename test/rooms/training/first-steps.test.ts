import { describe, expect, it } from 'vitest';
import { profileViews } from '../../../components/profile-views.js';
import { firstStepIds, stepsPutAway } from '../../../lib/model/first-steps.js';
import { profiles } from '../../../lib/model/profile.js';
import { noProgress, type TraineeProgress } from '../../../lib/model/trainee.js';
import { afterStep, firstSteps, readProgress, tickStep } from '../../../lib/training/index.js';

const fresh = { profileChosen: false, siteAllowed: false };
const states = (progress: TraineeProgress, use = fresh): string => firstSteps('trainee', progress, use).filter(({ state }) => state !== 'open').map(({ id, state }) => `${id} ${state}`).join(', ');

describe('the walkthrough for first use', () => {
  it('has steps for each profile, begun with whose work it is, those that need no record first, and only pages that the profile has', () => {
    const used = new Set<string>();
    for (const profile of profiles) {
      const steps = firstSteps(profile, noProgress, fresh);
      for (const { id } of steps) used.add(id);
      expect(steps.length, profile).toBeGreaterThanOrEqual(5);
      expect(steps[0]?.id).toBe('profile');
      expect(steps.every(({ state }) => state === 'open')).toBe(true);
      const needs = steps.map(({ needsRecord }) => needsRecord);
      expect(needs, profile).toEqual([...needs].sort((a, b) => Number(a) - Number(b)));
      const pages: readonly string[] = profileViews[profile].pages;
      expect(steps.flatMap(({ id }) => (id.startsWith('page-') ? [id.slice(5)] : [])).filter((page) => !pages.includes(page)), profile).toEqual([]);
      expect(pages.includes('start')).toBe(true);
    }
    expect(firstStepIds.filter((id) => !used.has(id))).toEqual([]);
    // A trainee may learn for weeks before she is given access.
    expect(firstSteps('trainee', noProgress, fresh).filter(({ needsRecord }) => !needsRecord).length).toBeGreaterThanOrEqual(8);
  });

  it('is done by doing, as far as what was kept tells, and goes on where it was', () => {
    const case_ = { at: 1, right: 1, of: 2, extra: 0 };
    const done: TraineeProgress = { ...noProgress, attempts: [{ ...case_, case: 'N01' as never, set: 'practice' }, { ...case_, case: 'N02' as never, set: 'pre' }], sure: [{ sure: 'sure', at: 1, right: 1, of: 2 }], live: [{ specialty: 'unknown', at: 1, right: 0, of: 1, extra: 0, items: [] }] };
    expect(states(done, { profileChosen: true, siteAllowed: true })).toBe('profile done, pre done, case done, sure done, site done, guess done');
    const kept = readProgress(JSON.parse(JSON.stringify(afterStep(afterStep(noProgress, 'palette'), 'palette'))));
    if (!kept) throw new Error('not read');
    expect(kept.steps).toEqual(['did-palette']);
    expect(states(kept)).toBe('palette done');
  });

  it('takes a person’s own tick and its taking back, which never undoes what was done', () => {
    const ticked = tickStep(noProgress, 'panel', true);
    expect(states(ticked)).toBe('panel ticked');
    expect(states(tickStep(ticked, 'panel', false))).toBe('');
    expect(states(tickStep(afterStep(ticked, 'panel'), 'panel', false))).toBe('panel done');
    expect(tickStep(noProgress, stepsPutAway, true).steps).toEqual([stepsPutAway]);
    expect(states(tickStep(noProgress, stepsPutAway, true))).toBe('');
  });
});
