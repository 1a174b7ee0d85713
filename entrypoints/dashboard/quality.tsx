import type { JSX } from 'preact';
import { QualityPage, type NamedTerm, type OpenedSpecialty } from '../../components/dashboard/quality-page.jsx';
import { nameIn, specialtyIn, type Words } from '../../components/words.js';
import type { Counter, CounterTotal, FindingSubject } from '../../lib/model/counters.js';
import type { SpecialtyId } from '../../lib/model/episode.js';
import { inLocale, type Locale } from '../../lib/model/language.js';
import { monthOf, monthsOn, type Month } from '../../lib/model/month.js';
import type { Clock, CounterStore, LogHealth } from '../../lib/model/ports.js';
import type { NotedIntervention, RedrawnLimits, SpecialtyOverview } from '../../lib/model/quality.js';
import type { Rulebook, RuleId } from '../../lib/model/rulebook.js';
import type { EffectiveSettings, Settings } from '../../lib/model/settings.js';
import { beforeAfter, chartMonths, noTerm, qualityOverview, questionOf, specialtyDetails, type QualityQuestion } from '../../lib/reports/index.js';

/** Most terms that are compared before and after. */
const comparedTerms = 5;

type Specialty = SpecialtyId | 'unknown';

export interface QualityHere {
  readonly totals: readonly CounterTotal[];
  readonly opened: { readonly specialty: Specialty; readonly counters: readonly Counter[] } | null;
  readonly health: LogHealth;
  readonly settings: EffectiveSettings;
}

export interface QualityRoom {
  /** One total a place, and the counters of the specialty on show: never a row of the log. */
  readonly read: () => Promise<Omit<QualityHere, 'settings'>>;
  readonly page: (here: QualityHere, words: Words, onLocale: (locale: Locale) => void) => JSX.Element;
}

export interface QualityRoomOptions {
  readonly counters: CounterStore;
  readonly glance: () => Promise<LogHealth>;
  readonly clock: Clock;
  readonly rulebook: Pick<Rulebook, 'rules' | 'specialties'>;
  /** Editions by which an act can be noted, as they are now. */
  readonly editions: () => readonly string[];
  /** Keeps a part of the settings; false where it could not. */
  readonly change: (part: Partial<Settings>) => Promise<boolean>;
  /** Brings back from the copy what the log has lost. */
  readonly restore: () => void;
  /** Reads and draws anew. */
  readonly again: () => void;
}

/** The page of documentation quality. */
export function createQualityRoom({ counters, glance, clock, rulebook, editions, change, restore, again }: QualityRoomOptions): QualityRoom {
  let wanted: Specialty | null = null;
  let months = 12;
  let told: string | null = null;
  /** What an undo puts back: memory only. */
  let before: Partial<Settings> | null = null;
  const keep = async (part: Partial<Settings>, undo: Partial<Settings> | null, done: string, failed: string): Promise<void> => {
    const kept = await change(part).catch(() => false);
    told = kept ? done : failed;
    if (kept) before = undo;
    again();
  };
  const termIn = (key: string, words: Words): NamedTerm | null => {
    const rule = rulebook.rules.find(({ id }) => id === key);
    return rule ? { term: rule.term, instead: inLocale(rule.text, words.locale).instead.join(', '), verdict: rule.verdict } : null;
  };
  return {
    async read() {
      const [totals, health] = await Promise.all([counters.totals(), glance()]);
      const all = totals.ok ? totals.value : [];
      // The first name opens by itself, so that a chart is there at the first look.
      const known = [...new Set(all.map(({ specialty }) => specialty))].sort();
      const specialty = known.find((one) => one === wanted) ?? known.find((one) => one !== 'unknown') ?? known[0];
      const from = monthsOn(monthOf(clock.wall(), clock.offset()), -chartMonths);
      const own = specialty === undefined ? null : await counters.countersOf(specialty, from);
      return { totals: all, health, opened: specialty !== undefined && own?.ok ? { specialty, counters: own.value } : null };
    },
    page({ totals, opened, health, settings: { settings, managed } }, words, onLocale) {
      const question = questionOf(settings, clock, months);
      const overview = qualityOverview(totals, question);
      const row = overview.specialties.find(({ specialty }) => specialty === opened?.specialty);
      return (
        <QualityPage overview={overview} opened={opened && row ? openedOf(opened, row, question, settings.interventions) : null} health={health} words={words} onLocale={onLocale} onRestore={restore}
          nameOf={(id) => specialtyIn(rulebook.specialties, id, words)}
          termOf={(key) => termIn(key, words)} siteOf={(key) => nameIn(settings.hospitals, key, words) ?? (key === 'unknown' ? words.say('quality.siteUnknown') : key)}
          interventions={settings.interventions} rebases={settings.rebases} areInterventionsFixed={managed.includes('interventions')} editions={editions()} months={months} told={told} canUndo={before !== null}
          onOpen={(specialty) => { wanted = specialty; told = null; again(); }} onMonths={(count) => { months = count; told = null; again(); }}
          onInterventions={(interventions: readonly NotedIntervention[]) => void keep({ interventions }, { interventions: settings.interventions }, words.say(interventions.length > settings.interventions.length ? 'quality.told.noted' : 'quality.told.removed'), words.say('quality.told.not-saved'))}
          onRebases={(rebases: readonly RedrawnLimits[]) => void keep({ rebases }, { rebases: settings.rebases }, words.say(rebases.length > settings.rebases.length ? 'quality.told.redrawn' : 'quality.told.removed'), words.say('quality.told.not-saved'))}
          onUndo={() => { if (before) void keep(before, null, words.say('quality.told.undone'), words.say('quality.told.not-saved')); }} />
      );
    },
  };
}

/** A specialty's tables, and its most frequent terms before and after the last thing that was done within its chart. */
function openedOf({ specialty, counters }: NonNullable<QualityHere['opened']>, row: SpecialtyOverview, question: QualityQuestion, noted: readonly NotedIntervention[]): OpenedSpecialty {
  const tables = specialtyDetails(counters, row, question);
  const first = row.chart.kind === 'chart' ? row.chart.chart.points[0]?.first : undefined;
  const monthAt = ({ date }: NotedIntervention): Month => date.slice(0, 7) as Month;
  const intervention = first === undefined ? undefined : noted.filter((one) => (one.specialty === 'all' || one.specialty === specialty) && monthAt(one) > first && monthAt(one) < question.to).at(-1);
  if (first === undefined || !intervention) return { specialty, tables, compared: null };
  const subjects = [...tables.term.rows].filter(({ key, findings }) => key !== noTerm && findings !== null).sort((a, b) => (b.findings ?? 0) - (a.findings ?? 0)).slice(0, comparedTerms).map(({ key }): FindingSubject => ({ by: 'rule', rule: key as RuleId }));
  const at = monthAt(intervention);
  return { specialty, tables, compared: { intervention, comparisons: beforeAfter(counters, specialty, subjects, { before: { from: first, to: monthsOn(at, -1) }, after: { from: monthsOn(at, 1), to: question.to } }, question.least) } };
}

