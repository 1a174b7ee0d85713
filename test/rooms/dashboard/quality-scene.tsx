import { render } from 'preact';
import { createWords } from '../../../components/words.js';
import { createQualityRoom, type QualityHere } from '../../../entrypoints/dashboard/quality.js';
import { succeed } from '../../../lib/base/result.js';
import { totalsOf, type Counter } from '../../../lib/model/counters.js';
import type { SpecialtyId } from '../../../lib/model/episode.js';
import type { SiteId } from '../../../lib/model/fault.js';
import type { Locale } from '../../../lib/model/language.js';
import type { Month } from '../../../lib/model/month.js';
import type { LogHealth } from '../../../lib/model/ports.js';
import type { NotedIntervention } from '../../../lib/model/quality.js';
import type { Rule, RuleId } from '../../../lib/model/rulebook.js';
import { defaultSettings, type Settings } from '../../../lib/model/settings.js';
import { simulateYears, threeSpecialties } from '../../harness/simulated-years.js';

declare global { interface Window { quality: { settings: Settings; locales: Locale[]; paints: number } } }

const years = simulateYears(6, 24);
const scene = location.hash.slice(1);
/** A year of one quiet specialty, with counts too small to show. */
const few: readonly Counter[] = ['2025-10', '2025-11', '2025-12'].flatMap((month): readonly Counter[] => {
  const place = { month: month as Month, specialty: 'neurology' as SpecialtyId, site: 'unknown' as const };
  return [{ kind: 'episodes-read', ...place, episodes: 9 }, { kind: 'findings', ...place, documentKind: 'clinic-letter', category: 'symbol', rule: 'BM001' as RuleId, findings: 1, minutes: 2 }];
});
const short: readonly Counter[] = simulateYears(3, 8, threeSpecialties(4), '2025-05' as Month).counters;
const counters = scene === 'empty' ? [] : scene === 'few' ? few : scene === 'short' ? short : years.counters;
const health: LogHealth = scene === 'few' ? { kind: 'data-loss', expected: 9, found: 7 } : { kind: 'sound', rows: 9 };
const named = (id: string, en: string, cy: string, treatmentFunction: string) => ({ id: id as SpecialtyId, name: { en, cy }, aliases: [], treatmentFunction });
const rule = (id: string, term: string, en: string, cy: string): Rule => ({ id, term, verdict: 'avoid', text: { en: { short: '', why: '', instead: [en] }, cy: { short: '', why: '', instead: [cy] } } }) as unknown as Rule;
const rules = [rule('BM001', '?', 'probable, presumed, working diagnosis, or the symptom', 'probable, presumed, diagnosis gweithredol, neu’r symptom'), rule('BM002', 'MS', 'multiple sclerosis, in words', 'sglerosis ymledol, mewn geiriau'), rule('BM003', 'likely', 'probable, presumed, treat as', 'probable, presumed, treat as'), rule('BM004', 'LP', 'lumbar puncture, with opening pressure if measured', 'pigiad meingefnol, gyda’r pwysau agoriadol os mesurwyd'), rule('BM005', 'h/o', 'current …, or previous …, resolved', '… cyfredol, neu … blaenorol, wedi gwella')];
const interventions = [...years.interventions].flatMap(([specialty, own]) => own.map((one): NotedIntervention => ({ ...one, specialty })));
window.quality = {
  settings: { ...defaultSettings, locale: document.documentElement.lang === 'cy' ? 'cy' : 'en-GB', interventions: scene === 'simulated' ? interventions : [], hospitals: [{ id: 'glan-y-don' as SiteId, name: { en: 'Glan-y-Don Hospital', cy: 'Ysbyty Glan-y-Don' }, words: [] }, { id: 'bryn-mawr' as SiteId, name: { en: 'Bryn-mawr Hospital', cy: 'Ysbyty Bryn-mawr' }, words: [] }] },
  locales: [], paints: 0,
};
const room = createQualityRoom({
  counters: { totals: () => Promise.resolve(succeed(totalsOf(counters))), countersOf: (specialty) => Promise.resolve(succeed(counters.filter((one) => one.specialty === specialty))) },
  glance: () => Promise.resolve(health), clock: { wall: () => Date.UTC(2026, 0, 15), offset: () => 0 }, editions: () => ['starter-7'],
  rulebook: { rules, specialties: [named('neurology', 'Neurology', 'Niwroleg', '400'), named('rheumatology', 'Rheumatology', 'Rhiwmatoleg', '410'), named('cataract', 'Cataract day surgery', 'Llawdriniaeth cataract', '130')] },
  change: (part) => { window.quality.settings = { ...window.quality.settings, ...part }; return Promise.resolve(true); }, restore: () => undefined, again: () => void draw(),
});
let here: Omit<QualityHere, 'settings'> | null = null;
async function draw(): Promise<void> {
  here = await room.read();
  const app = document.getElementById('app');
  const { settings } = window.quality;
  document.documentElement.lang = settings.locale;
  if (app) render(room.page({ ...here, settings: { settings, managed: scene === 'fixed' ? ['interventions'] : [], policyProblems: [] } }, createWords(settings.locale), (locale) => { window.quality.locales.push(locale); window.quality.settings = { ...window.quality.settings, locale }; void draw(); }), app);
  window.quality.paints += 1;
}
void draw();
