/** What the quality page asks of the counters, over a million logged findings. */
import type { Month } from '../../lib/model/month.js';
import { qualityReport } from '../../lib/reports/index.js';
import { manyCounters } from '../harness/simulated-years.js';
import { median, type Figure } from './figures.js';

/** The report of twenty specialties over three years, folded from its counters; reading them from a database is not in it. */
export function benchQuality(): readonly Figure[] {
  const counters = manyCounters(6, 1_000_000);
  const times = Array.from({ length: 7 }, () => {
    const start = performance.now();
    qualityReport(counters, { to: '2026-12' as Month, tableMonths: 12, chartMonths: 36, interventions: new Map(), rebases: new Map() });
    return performance.now() - start;
  });
  return [{ name: `quality: report of 1,000,000 findings from ${counters.length} counters, median of ${times.length}`, value: median(times), unit: 'ms', goal: { atMost: 300 } }];
}
