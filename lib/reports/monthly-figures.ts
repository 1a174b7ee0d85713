import type { Month } from '../model/month.js';
import type { MonthlyFigure, QualityOverview } from '../model/quality.js';

/** The months of the first look, specialty by specialty, hidden together as the page hides them. In order of month, then specialty. */
export function monthlyFigures({ specialties }: Pick<QualityOverview, 'specialties'>): readonly MonthlyFigure[] {
  return specialties.flatMap(({ specialty, tables }) => tables.month.rows.map(({ key, findings, read, rate, minutes }): MonthlyFigure => ({ month: key as Month, specialty, findings, read, rate, minutes })))
    .sort((a, b) => (a.month !== b.month ? (a.month < b.month ? -1 : 1) : a.specialty < b.specialty ? -1 : 1));
}
