import type { CounterTotal } from '../../../lib/model/counters.js';
import type { SpecialtyId } from '../../../lib/model/episode.js';
import { monthsBetween, type Month } from '../../../lib/model/month.js';
import type { LeavingFigures } from '../../../lib/model/quality.js';
import { defaultSettings } from '../../../lib/model/settings.js';
import { leavingFigures } from '../../../lib/reports/index.js';
import { chanceFrom } from '../../harness/chance.js';

const months = monthsBetween('2025-09' as Month, '2026-11' as Month);
const specialties = ['cardiology', 'general-surgery', 'neurology', 'unknown'] as readonly (SpecialtyId | 'unknown')[];

/** What one machine has counted after so many days of work, in months of which the last is not over: episodes that were read long ago get findings, others lose them. */
export function inventedTotals(seed: number, days: number): readonly CounterTotal[] {
  const chance = chanceFrom(seed);
  const pick = (of: number): number => Math.floor(chance() * of);
  const totals = months.flatMap((month) => specialties.map((specialty) => ({ month, specialty, site: 'unknown' as const, episodesRead: 3 + pick(60), documentsRead: 90, findings: pick(14), minutes: pick(40), episodesFound: 0 })));
  for (let day = 0; day < days; day += 1) for (let change = 0; change < 3; change += 1) {
    const total = totals[pick(totals.length)];
    if (total) { total.findings = Math.max(0, total.findings + 1 + pick(3) - pick(4)); total.episodesRead += pick(2); }
  }
  return totals;
}

/** What may leave of it: twelve whole months, small counts hidden. */
export function inventedFigures(seed: number, days: number): LeavingFigures {
  return leavingFigures(inventedTotals(seed, days), defaultSettings, { wall: () => Date.UTC(2026, 10, 15), offset: () => 0 });
}
