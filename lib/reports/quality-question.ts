import { monthOf, monthsOn } from '../model/month.js';
import type { Clock } from '../model/ports.js';
import type { Settings } from '../model/settings.js';
import type { QualityQuestion } from './quality-report.js';

/** Months of the charts, the last whole one included. */
export const chartMonths = 24;

/** What the charts are asked: the whole months before this one, and what people noted and set. */
export function questionOf({ interventions, rebases }: Pick<Settings, 'interventions' | 'rebases'>, clock: Clock, tableMonths: number): QualityQuestion {
  const by = <Value extends { readonly specialty: string }>(values: readonly Value[]): Map<Value['specialty'], Value[]> => {
    const found = new Map<Value['specialty'], Value[]>();
    for (const value of values) found.set(value.specialty, [...found.get(value.specialty) ?? [], value]);
    return found;
  };
  return { to: monthsOn(monthOf(clock.wall(), clock.offset()), -1), tableMonths, chartMonths, interventions: by(interventions), rebases: by(rebases) };
}
