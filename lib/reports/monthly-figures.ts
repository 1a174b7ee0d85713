import type { CounterTotal } from '../model/counters.js';
import type { Month } from '../model/month.js';
import type { Clock } from '../model/ports.js';
import type { LeavingFigures, MonthlyFigure, QualityOverview } from '../model/quality.js';
import type { Settings } from '../model/settings.js';
import { questionOf } from './quality-question.js';
import { qualityOverview } from './quality-report.js';

/** Months of the figures that leave: those that the quality page opens with. */
const figureMonths = 12;

/** The figures of this machine that may leave, in a file or to a server: whole months alone, and hidden in them what the quality page hides as it opens. */
export function leavingFigures(totals: Iterable<CounterTotal>, settings: Pick<Settings, 'interventions' | 'rebases'>, clock: Clock): LeavingFigures {
  const overview = qualityOverview(totals, questionOf(settings, clock, figureMonths));
  return { from: overview.from, to: overview.to, figures: monthlyFigures(overview) };
}

/** The months of the first look, specialty by specialty, hidden together as the page hides them. In order of month, then specialty. */
function monthlyFigures({ specialties }: Pick<QualityOverview, 'specialties'>): readonly MonthlyFigure[] {
  return specialties.flatMap(({ specialty, tables }) => tables.month.rows.map(({ key, findings, read, rate, minutes }): MonthlyFigure => ({ month: key as Month, specialty, findings, read, rate, minutes })))
    .sort((a, b) => (a.month !== b.month ? (a.month < b.month ? -1 : 1) : a.specialty < b.specialty ? -1 : 1));
}
