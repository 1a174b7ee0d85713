import { render } from 'preact';
import { XmrChart } from '../../../components/dashboard/xmr-chart.js';
import { createWords } from '../../../components/words.js';
import type { SpecialtyId } from '../../../lib/model/episode.js';
import { monthsBetween, type Month } from '../../../lib/model/month.js';
import type { ChartOrTooFew } from '../../../lib/model/quality.js';
import type { Better } from '../../../lib/model/xmr.js';
import { qualityReport, rateChart, type MonthTally } from '../../../lib/reports/index.js';
import { simulateYears } from '../../harness/simulated-years.js';

const month = (text: string): Month => text as Month;
const years = simulateYears(6, 24);
const simulated = (specialty: string, limitsUntil: string | null): ChartOrTooFew => {
  const rebases = new Map(limitsUntil === null ? [] : [[specialty as SpecialtyId, [{ from: years.first, limitsUntil: month(limitsUntil) }]]]);
  return qualityReport(years.counters, { to: years.last, tableMonths: 12, chartMonths: 24, interventions: years.interventions, rebases }).specialties.find((one) => one.specialty === specialty)?.chart ?? { kind: 'too-few' };
};
const invented = (first: string, last: string, findings: readonly (number | null)[], better: Better = 'lower', from: string | null = null): ChartOrTooFew =>
  rateChart(new Map(monthsBetween(month(first), month(last)).map((one, at): [Month, MonthTally] => { const count = findings[at % findings.length] ?? null; return [one, { findings: count ?? 0, read: count === null ? 0 : 50 }]; })), month(last),
    { better, rebases: from === null ? [] : [{ from: month(from), limitsUntil: null }], interventions: [{ kind: 'coding-depth-changed', date: '2025-09-15', edition: null }] });

const stories: Readonly<Record<string, ChartOrTooFew>> = {
  works: simulated('neurology', '2024-12'),
  quiet: simulated('rheumatology', null),
  trial: invented('2025-01', '2025-08', [12, 15, 11, 14]),
  rebased: invented('2024-09', '2026-08', [30, 33, 31, 29, 34, 31, 30, 32, 29, 33, 30, 32, 18, 20, 17, 21, 18, 19, 20, 16, 19, 40, 18, 20], 'lower', '2025-09'),
  gap: invented('2025-01', '2026-03', [12, 15, 11, null, 14, 13, 12, 11, 15, 13, null, 12, 14, 38, 13]),
  neutral: invented('2025-01', '2026-02', [12, 15, 11, 14, 13, 12, 15, 11, 14, 13, 12, 15, 11, 45], 'neutral'),
  quarters: invented('2024-01', '2025-12', [3, 6, 5, 4]),
  few: invented('2025-01', '2025-08', [1, 0, 0]),
};

const locale = document.documentElement.lang === 'cy' ? 'cy' : 'en-GB';
const scene = location.hash.slice(1);
const of = stories[scene];
const app = document.getElementById('app');
if (app && of) render(<main class="main"><h1>Nodi</h1><h2>{scene}</h2><XmrChart of={of} name={locale === 'cy' ? 'Niwroleg' : 'Neurology'} words={createWords(locale)} /></main>, app);
