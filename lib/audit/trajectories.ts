import { fail, succeed, type Result } from '../base/result.js';
import { identifierIn } from '../model/identifier.js';
import type { Trajectory, TrajectoryFault } from '../model/ledger.js';

/** Most trajectories, and months of one, that are kept. */
export const [mostPlans, mostPlanMonths] = [20, 60] as const;

const month = /^20\d\d-(?:0[1-9]|1[0-2])$/;

/** A trajectory that a person typed: named, dated, and shares from 0 to 100 with one place behind the point. */
export function checkTrajectory(given: Trajectory, others: readonly Trajectory[]): Result<Trajectory, TrajectoryFault> {
  const name = given.name.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (name === '') return fail({ kind: 'no-name' });
  if (name.length > 60 || /\p{Cc}|\p{Cf}/u.test(name)) return fail({ kind: 'long-name' });
  // Its name goes out with every table.
  if (identifierIn(name) !== null) return fail({ kind: 'identifier' });
  if (!month.test(given.agreed)) return fail({ kind: 'no-date' });
  if (others.some((one) => one.id !== given.id && one.name === name)) return fail({ kind: 'same-name' });
  const months = Object.entries(given.months).sort(([a], [b]) => (a < b ? -1 : 1));
  if (months.length === 0) return fail({ kind: 'no-months' });
  if (months.length > mostPlanMonths || others.filter(({ id }) => id !== given.id).length >= mostPlans) return fail({ kind: 'too-many' });
  for (const [at, share] of months) if (!month.test(at) || !Number.isFinite(share) || share < 0 || share > 100 || Math.abs(share * 10 - Math.round(share * 10)) > 1e-9) return fail({ kind: 'bad-share', at });
  return succeed({ id: given.id, name, agreed: given.agreed, months: Object.fromEntries(months) });
}

/** Trajectories by the month that they were agreed in, the latest first: that one is the plan in force, the others are what was promised before. */
export function newestFirst(plans: readonly Trajectory[]): readonly Trajectory[] {
  return [...plans].sort((a, b) => (a.agreed === b.agreed ? 0 : a.agreed < b.agreed ? 1 : -1));
}
