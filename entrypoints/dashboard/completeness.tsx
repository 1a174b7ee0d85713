import type { JSX } from 'preact';
import functions from '../../assets/specialties/treatment-functions.json' with { type: 'json' };
import { CompletenessPage, type CompletenessTold, type CompletenessView, type SpecialtyLine, type TablePeriod } from '../../components/dashboard/completeness-page.jsx';
import { whatIfKinds, type WhatIf } from '../../components/dashboard/forecast-view.jsx';
import type { ImportState } from '../../components/dashboard/ledger-import.jsx';
import { updatePaper } from '../../components/dashboard/update-paper.js';
import { rowFaultWords } from '../../components/dashboard/ledger-words.js';
import { saveLooked } from '../../components/save-file.js';
import { createWords, formatMonth, type Words } from '../../components/words.js';
import { chanceFrom } from '../../lib/base/chance.js';
import { csvText, type TableLine } from '../../lib/base/csv.js';
import { backlogOf, checkTrajectory, completenessReport, forecast, newestFirst, openRefused, readMapping, tableMonths, teamPace, tenths, tierOneTarget, withoutCoders, writeMapping } from '../../lib/audit/index.js';
import type { LedgerHeld, LedgerParts, LedgerStore, LedgerStoreFailure } from '../../lib/log/index.js';
import type { Backlog, ForecastAssumptions, LedgerCounts, Trajectory, TreatmentFunction } from '../../lib/model/ledger.js';
import type { RefusedRows } from '../../lib/model/ledger-import.js';
import { otherLocale } from '../../lib/model/language.js';
import { monthsOn, type Month } from '../../lib/model/month.js';
import type { Paper } from '../../lib/model/paper.js';
import type { ChartOrTooFew } from '../../lib/model/quality.js';
import { mayKeepCoders, type EffectiveSettings, type Settings } from '../../lib/model/settings.js';
import { hiddenCells, rateChart, smallestShown, type MonthTally, type SumLine } from '../../lib/reports/index.js';
import { paperHtml } from './paper-html.js';
import type { FromLedger, ToLedger } from './ledger-run.js';
import type { RunningLedger } from './start-ledger.js';

export interface CompletenessHere { readonly held: LedgerHeld | null; readonly parts: LedgerParts; readonly failure: LedgerStoreFailure | null }

export interface CompletenessRoom {
  readonly read: (effective: EffectiveSettings) => Promise<CompletenessHere>;
  readonly page: (here: CompletenessHere, settings: Settings, words: Words) => JSX.Element;
}

export interface CompletenessRoomOptions {
  readonly store: LedgerStore;
  /** Opens the worker of an import. */
  readonly start: (told: (message: FromLedger) => void) => RunningLedger;
  /** The board's secret, for the keys of episodes. */
  readonly secret: () => Promise<Uint8Array>;
  /** YYYY-MM-DD */
  readonly today: () => string;
  readonly xlsx: (lines: readonly TableLine[]) => Promise<Blob>;
  readonly docx: (papers: readonly [Paper, ...Paper[]]) => Promise<Blob>;
  readonly copy: (text: string) => Promise<void>;
  readonly save?: typeof saveLooked;
  readonly again: () => void;
  readonly draw: () => void;
}

/** Frozen months that an XmR chart asks for: with fewer the limits are on trial (governance §10). */
const leastMonths = 12;
/** Months that a forecast looks ahead. */
const ahead = 6;
const forecastSeed = 20_251;
/** Numbers to start from and to be changed: those of the sources (thirty episodes a day, governance §1; one an hour more when primary-only, the committee paper), and a rota that nobody has told. */
const firstAssumptions: ForecastAssumptions = { growth: 0, coders: 20, hoursEach: 130, sickness: 0.06, rateFull: 4, ratePrimary: 5, primaryShare: 0.7, outsourced: 0, autoShare: 0, autoAccepted: 0.9, order: 'as-before' };
const months: Readonly<Record<Exclude<TablePeriod, 'plan'>, number>> = { 6: 6, 12: 12, 24: 24 };

/** The page of completeness: the ledger's figures, and extracts brought in. */
export function createCompletenessRoom({ store, start, secret, today, xlsx, docx, copy, save = saveLooked, again, draw }: CompletenessRoomOptions): CompletenessRoom {
  let told: CompletenessTold | null = null;
  let before: Partial<LedgerParts> | null = null;
  let period: TablePeriod = 'plan';
  let specialty: TreatmentFunction | null = null;
  let importing: ImportState = { kind: 'idle' };
  let running: RunningLedger | null = null;
  let refused: RefusedRows | null = null;
  let chosen = '';
  /** What was worked out of what the page shows: the same figures and assumptions are not simulated twice. */
  let worked: { readonly of: unknown; readonly view: CompletenessView } | null = null;

  const set = (state: ImportState): void => { importing = state; draw(); };
  const end = (): void => { running?.cancel(); running = null; };
  const tell = (what: CompletenessTold | null): void => { told = what; draw(); };
  const hear = (message: FromLedger): void => {
    switch (message.kind) {
      case 'progress': { const { step, done, of } = message; set({ kind: 'running', progress: { step, done, of } }); return; }
      case 'looked': { const { looked } = message; const day = today(); set({ kind: 'mapping', name: chosen, looked, mapping: looked.mapping, asOf: looked.latest ?? day, latestAllowed: day, failure: null }); return; }
      case 'read': refused = openRefused(message.told.refused); set({ kind: 'review', told: message.told, refused }); return;
      case 'taken': running = null; told = { key: 'ledger.told.taken' }; importing = { kind: 'idle' }; before = null; again(); return;
      case 'failed': {
        running = null;
        refused = message.failure.kind === 'nothing-read' ? openRefused(message.failure.refused) : null;
        set({ kind: 'failed', failure: message.failure, refused });
      }
    }
  };
  const write = async (part: Partial<LedgerParts>, undo: Partial<LedgerParts>, done: CompletenessTold): Promise<void> => {
    const kept = await store.write(part);
    told = kept.ok ? done : { key: 'completeness.told.not-saved', isFailure: true };
    before = kept.ok ? undo : before;
    again();
  };
  const ask = (message: ToLedger): void => running?.say(message);

  return {
    async read(effective) {
      const first = await store.read();
      // What policy lets in no more goes before anything is shown.
      const isGone = first.ok && first.value.held?.coders === true && !mayKeepCoders(effective) && (await store.forgetCoders(withoutCoders)).ok;
      const read = isGone ? await store.read() : first;
      return read.ok ? { ...read.value, failure: null } : { held: null, parts: { plans: [], mapping: null, hours: [], assumptions: null, rebases: [] }, failure: read.failure };
    },
    page({ held, parts, failure }, settings, words) {
      const plans = [...newestFirst(parts.plans)].reverse();
      const nameOf = (code: TreatmentFunction): string => { const known = functions.find((one) => one.code === code); return known ? (words.locale === 'cy' ? known.cy : known.en) : words.say('dashboard.unknownSpecialty'); };
      const inputs = [held?.generation, parts, period, specialty, today(), settings.interventions];
      if (held && JSON.stringify(worked?.of) !== JSON.stringify(inputs)) worked = { of: inputs, view: viewOf(held, parts, plans, { period, specialty, today: today(), settings }) };
      const view = held && worked ? worked.view : null;
      const paperOf = (shown: CompletenessView, each: Words) => updatePaper({ ...shown, today: today(), plans, actions: settings.auditActions }, each);
      const table = (): readonly TableLine[] => (view ? tableLines(view, plans, words) : []);
      return (
        <CompletenessPage view={view} plans={plans} hours={parts.hours} importing={importing} told={failure ? { key: 'completeness.told.unreadable', isFailure: true } : told} canUndo={before !== null} singleKeys={settings.singleKeys} nameOf={nameOf} words={words}
          importActs={{
            keepsCoders: settings.auditPersons,
            onFile: (file) => { end(); told = null; refused = null; chosen = file.name; running = start(hear); set({ kind: 'running', progress: { step: 'looking', done: 0, of: 0 } }); ask({ kind: 'look', file, saved: parts.mapping, today: today() }); },
            onMapping: (mapping) => { if (importing.kind === 'mapping') set({ ...importing, mapping, failure: null }); },
            onAsOf: (asOf) => { if (importing.kind === 'mapping') set({ ...importing, asOf }); },
            onRead: () => {
              if (importing.kind !== 'mapping' || !/^\d{4}-\d\d-\d\d$/.test(importing.asOf) || importing.asOf > today()) return;
              const { mapping, asOf } = importing;
              set({ kind: 'running', progress: { step: 'rows', done: 0, of: importing.looked.rows } });
              void Promise.all([secret(), store.write({ mapping })]).then(([key]) => ask({ kind: 'read', mapping, asOf, secret: key, coders: settings.auditPersons }), () => { end(); set({ kind: 'failed', failure: { kind: 'unreadable' }, refused: null }); });
            },
            onTake: () => { set({ kind: 'running', progress: { step: 'taking', done: 0, of: 0 } }); ask({ kind: 'take', on: today() }); },
            onCancel: () => { end(); told = { key: 'ledger.told.cancelled' }; set({ kind: 'idle' }); },
            onSaveMapping: () => { if (importing.kind === 'mapping') stopOrTell(saveLooked(Object.values(importing.mapping.columns), writeMapping(importing.mapping), 'nodi-ledger-columns.json')); },
            onLoadMapping: (file) => void (async () => {
              const text = file.size > 1_000_000 ? '' : await file.text().catch(() => '');
              let data: unknown = null;
              try { data = JSON.parse(text); } catch { /* What is no JSON is no mapping. */ }
              const read = readMapping(data);
              if (importing.kind !== 'mapping') return;
              set(read.ok ? { ...importing, mapping: read.value, failure: null } : { ...importing, failure: read.failure });
            })(),
            onSaveRefused: () => {
              if (!refused) return;
              const lines = Array.from({ length: refused.count }, (_, at): TableLine => { const row = refused?.at(at); return row ? [row.line, rowFaultWords(row, words)] : []; });
              stopOrTell(save(lines.map(([, why]) => why), csvText([[words.say('ledger.column.line'), words.say('ledger.column.why')], ...lines]), 'nodi-refused-rows.csv', 'text/csv'));
            },
          }}
          paper={view ? paperOf(view, words) : null}
          onPaper={(way) => void (async () => {
            if (!view) return;
            const papers = [paperOf(view, words), paperOf(view, createWords(otherLocale(words.locale)))] as const;
            // What a person typed; a day that is due is a field of its own and no day of birth.
            const looked = [...plans.map(({ name }) => name), ...settings.auditActions.map(({ number, recommendation, owner, reason }) => ({ number, recommendation, owner, reason }))];
            stopOrTell(way === 'html' ? saveLooked(looked, paperHtml(papers), `nodi-update-${view.asOf.slice(0, 7)}.html`, 'text/html') : saveLooked(looked, await docx(papers), `nodi-update-${view.asOf.slice(0, 7)}.docx`));
          })().catch(() => tell({ key: 'completeness.told.not-saved', isFailure: true }))}
          onPeriod={(next) => { period = next; tell(null); }} onSpecialty={(next) => { specialty = next; tell(null); }}
          onCopy={() => void copy(table().map((line) => line.map((cell) => (typeof cell === 'number' ? String(cell) : cell ?? '–')).join('\t')).join('\n')).then(() => tell({ key: 'completeness.told.copied' }), () => tell({ key: 'completeness.told.not-copied', isFailure: true }))}
          onSave={(kind) => void (async () => {
            const lines = table();
            const looked = [...plans.map(({ name }) => name), view?.specialty === null ? '' : nameOf(view?.specialty as TreatmentFunction)];
            stopOrTell(kind === 'csv' ? saveLooked(looked, csvText(lines), 'nodi-completeness.csv', 'text/csv') : saveLooked(looked, await xlsx(lines), 'nodi-completeness.xlsx'));
          })().catch(() => tell({ key: 'completeness.told.not-saved', isFailure: true }))}
          checkPlan={(plan) => { const checked = checkTrajectory(plan, parts.plans); return checked.ok ? null : checked.failure; }}
          newPlanId={() => crypto.randomUUID()}
          onPlans={(next) => void write({ plans: next }, { plans: parts.plans }, { key: next.length < parts.plans.length ? 'plan.told.removed' : 'plan.told.kept' })}
          onHours={(hours) => void write({ hours }, { hours: parts.hours }, { key: 'pace.told.kept' })}
          onAssume={(assumptions) => void write({ assumptions }, { assumptions: parts.assumptions }, { key: 'forecast.told.kept' })}
          onRebases={(drawn) => { const before = parts.rebases.filter((one) => one.specialty === specialty).length; void write({ rebases: [...parts.rebases.filter((one) => one.specialty !== specialty), ...drawn.map((from) => ({ specialty, from }))] }, { rebases: parts.rebases }, { key: drawn.length > before ? 'quality.told.redrawn' : 'quality.told.removed' }); }}
          onThaw={(month: Month) => void (async () => { if (!held) return; const kept = await store.freeze(held.generation, held.frozen.filter((one) => one.month !== month)); told = kept.ok ? { key: 'completeness.told.thawed', values: { month: formatMonth(month, words.locale) } } : { key: 'completeness.told.not-saved', isFailure: true }; again(); })()}
          onForget={() => void store.forget().then((kept) => { told = kept.ok ? { key: 'completeness.told.forgotten' } : { key: 'completeness.told.not-saved', isFailure: true }; worked = null; before = null; again(); })}
          onUndo={() => { if (before) void write(before, {}, { key: 'completeness.told.undone' }).then(() => { before = null; draw(); }); }} />
      );
    },
  };

  function stopOrTell(where: string | null): void { if (where === null) return; tell({ key: 'export.stopped', values: { where }, isFailure: true }); }
}

/** The committee's table as lines of cells: shares as numbers with one place behind the point. */
function tableLines({ report: { rows, years } }: CompletenessView, plans: readonly Trajectory[], { say, locale }: Words): readonly TableLine[] {
  const number = (percent: number | null | undefined): number | null => (percent === null || percent === undefined ? null : tenths(percent));
  return [
    [say('completeness.column.month'), say('completeness.column.within'), say('completeness.column.now'), ...plans.map(({ name }) => name), ...(plans.length > 0 ? [say('completeness.column.toNewest')] : [])],
    ...rows.map(({ month, within, current, planned, toNewest }): TableLine => [formatMonth(month, locale), number(within?.percent), number(current?.percent), ...planned, ...(plans.length > 0 ? [number(toNewest)] : [])]),
    ...years.map(({ year, within, current }): TableLine => [say('completeness.year', { year }), number(within.percent), number(current.percent)]),
  ];
}

interface Asked { readonly period: TablePeriod; readonly specialty: TreatmentFunction | null; readonly today: string; readonly settings: Settings }

/** What the page shows of a ledger. */
function viewOf({ counts, frozen, imports }: LedgerHeld, parts: LedgerParts, plans: readonly Trajectory[], { period, specialty, today, settings }: Asked): CompletenessView {
  const chosen: TablePeriod = period === 'plan' && plans.length === 0 ? '6' : period;
  const known = counts.months.map(({ month }) => month).sort();
  const last = known.at(-1) ?? (counts.asOf.slice(0, 7) as Month);
  const span = chosen === 'plan' ? tableMonths(counts, plans) ?? { from: last, to: last } : { from: monthsOn(last, 1 - months[chosen]), to: last };
  const question = { counts, frozen, plans, today, ...span };
  const report = completenessReport({ ...question, specialty });
  const assumptions = parts.assumptions ?? firstAssumptions;
  const backlog = backlogOf(counts);
  const hidden = hiddenIn(backlog);
  return {
    asOf: counts.asOf, episodes: counts.episodes, report, target: tierOneTarget, period: chosen, specialty, imports, leastMonths,
    frozen: [...frozen].reverse().map(({ month, asOf, counts: own }) => ({ month, asOf, within: own.reduce((sum, { within }) => sum + within, 0), episodes: own.reduce((sum, one) => sum + one.episodes, 0) })),
    specialties: specialtyLines(counts, frozen, today), chart: chartOf(frozen, specialty, settings, parts.rebases), rebases: parts.rebases.filter((one) => one.specialty === specialty).map(({ from }) => from), backlog, isHidden: (table, line, column) => hidden[table].has(line * (backlog.bands.length + 1) + column),
    pace: teamPace(counts.work, parts.hours), assumptions, isAssumed: parts.assumptions !== null,
    forecast: forecast(counts, assumptions, ahead, chanceFrom(forecastSeed)), whatIfs: parts.assumptions ? whatIfKinds.map((kind): WhatIf => ({ kind, last: lastOf(counts, changed(assumptions, kind)) })) : [],
  };
}

function changed(assumptions: ForecastAssumptions, kind: WhatIf['kind']): ForecastAssumptions {
  switch (kind) {
    case 'primary-only': return { ...assumptions, primaryShare: 1 };
    case 'two-coders': return { ...assumptions, coders: assumptions.coders + 2 };
    case 'auto-coding': return { ...assumptions, autoShare: Math.min(1, assumptions.autoShare + 0.1) };
  }
}

function lastOf(counts: LedgerCounts, assumptions: ForecastAssumptions): WhatIf['last'] {
  const made = forecast(counts, assumptions, ahead, chanceFrom(forecastSeed), 400);
  return made.kind === 'forecast' ? made.months.at(-1) ?? null : null;
}

/** Each specialty in its last frozen month; one of fewer than five episodes is named and not shown. */
function specialtyLines(counts: LedgerCounts, frozen: LedgerHeld['frozen'], today: string): readonly SpecialtyLine[] {
  const codes = [...new Set(counts.months.map((one) => one.specialty))];
  const first = counts.months[0]?.month;
  const last = frozen.at(-1)?.month;
  if (first === undefined || last === undefined) return codes.map((specialty) => ({ specialty, month: null, episodes: null, within: null, now: null }));
  return codes.map((specialty): SpecialtyLine => {
    const row = completenessReport({ counts, frozen, plans: [], specialty, from: monthsOn(last, -11), to: last, today }).rows.findLast(({ within }) => within !== null);
    if (!row?.within) return { specialty, month: null, episodes: null, within: null, now: null };
    const isFew = row.within.episodes < smallestShown;
    return { specialty, month: row.month, episodes: isFew ? null : row.within.episodes, within: isFew ? null : row.within.percent, now: isFew ? null : row.current?.percent ?? null };
  });
}

/** Which cells of the two tables of the backlog are hidden, so that no count under five is shown or can be worked out. */
function hiddenIn(backlog: Backlog): Readonly<Record<'specialty' | 'reason', ReadonlySet<number>>> {
  const of = (lines: readonly { readonly bands: readonly number[]; readonly episodes: number }[]): ReadonlySet<number> => {
    const width = backlog.bands.length + 1;
    const values = [...lines, { bands: backlog.bands, episodes: backlog.episodes }].flatMap(({ bands, episodes }) => [...bands, episodes]);
    const across: readonly SumLine[] = [...lines, null].map((_, line) => ({ parts: backlog.bands.map((__, column) => line * width + column), total: line * width + width - 1 }));
    const down: readonly SumLine[] = Array.from({ length: width }, (_, column) => ({ parts: lines.map((__, line) => line * width + column), total: lines.length * width + column }));
    // The sum of all stands in the page's own heading.
    return hiddenCells(values, [...across, ...down], { open: [values.length - 1] });
  };
  return { specialty: of(backlog.bySpecialty), reason: of(backlog.byReason) };
}

/** The chart of the frozen months, where there are enough of them. */
function chartOf(frozen: LedgerHeld['frozen'], specialty: TreatmentFunction | null, { interventions }: Settings, rebases: LedgerParts['rebases']): ChartOrTooFew | null {
  const tallies = new Map<Month, MonthTally>(frozen.flatMap(({ month, counts }): readonly (readonly [Month, MonthTally])[] => {
    const own = counts.filter((one) => specialty === null || one.specialty === specialty);
    return own.length === 0 ? [] : [[month, { findings: own.reduce((sum, { within }) => sum + within, 0), read: own.reduce((sum, { episodes }) => sum + episodes, 0) }]];
  }));
  const last = [...tallies.keys()].sort().at(-1);
  if (last === undefined || tallies.size < leastMonths) return null;
  return rateChart(tallies, last, { better: 'higher', rebases: rebases.filter((one) => one.specialty === specialty).map(({ from }) => ({ from, limitsUntil: null })), interventions: interventions.filter((one) => one.specialty === 'all') });
}
