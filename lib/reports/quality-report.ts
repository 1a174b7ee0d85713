import { totalsOf, type Counter, type CounterTotal } from '../model/counters.js';
import type { SpecialtyId } from '../model/episode.js';
import { monthsBetween, monthsOn, type Month } from '../model/month.js';
import type { ChartOrTooFew, CountRow, CountTable, DetailDimension, Intervention, OverviewDimension, QualityOverview, SpecialtyOverview } from '../model/quality.js';
import type { Rebase } from '../model/xmr.js';
import { rateChart } from './rate-chart.js';
import { hiddenCells, smallestShown, type SumLine } from './small-cells.js';
import { talliesOf, type Dimension, type SpecialtyTally, type Tally } from './tallies.js';

/** What is asked of the counters, and what people have set. */
export interface QualityQuestion {
  /** Last month of the report: the last whole one. */
  readonly to: Month;
  /** Months of the tables, up to and with `to`. */
  readonly tableMonths: number;
  /** Months of the charts. */
  readonly chartMonths: number;
  /** By specialty; `all` for what was done everywhere. */
  readonly interventions: ReadonlyMap<SpecialtyId | 'all', readonly Intervention[]>;
  readonly rebases: ReadonlyMap<SpecialtyId, readonly Rebase[]>;
  /** Smallest count that may be shown; policy may set it, 5 otherwise. */
  readonly least?: number;
}

/** One specialty with all its tables. */
export interface SpecialtyQuality {
  readonly specialty: SpecialtyId | 'unknown';
  readonly tables: Readonly<Record<Dimension, CountTable>>;
  readonly chart: ChartOrTooFew;
}

/** Documentation quality from the running counters alone. */
export interface QualityReport {
  readonly from: Month;
  readonly to: Month;
  readonly bySpecialty: CountTable;
  readonly specialties: readonly SpecialtyQuality[];
}

/** The whole report: the first look and every specialty's details, as a page that opens one after another shows them. */
export function qualityReport(counters: Iterable<Counter>, question: QualityQuestion): QualityReport {
  const all = [...counters];
  const { from, to, bySpecialty, specialties } = qualityOverview(totalsOf(all), question);
  const own = new Map<SpecialtyId | 'unknown', Counter[]>();
  for (const counter of all) { const held = own.get(counter.specialty); if (held) held.push(counter); else own.set(counter.specialty, [counter]); }
  return { from, to, bySpecialty, specialties: specialties.map((one) => ({ specialty: one.specialty, chart: one.chart, tables: { ...one.tables, ...specialtyDetails(own.get(one.specialty) ?? [], one, question) } })) };
}

/** The first look: from one total a place, whatever the log holds. All of it is hidden in together: what one table hides, no other and no chart gives away. */
export function qualityOverview(totals: Iterable<CounterTotal>, question: QualityQuestion): QualityOverview {
  const from = monthsOn(question.to, 1 - question.tableMonths);
  const least = question.least ?? smallestShown;
  const chartFrom = monthsOn(question.to, 1 - Math.max(question.tableMonths, question.chartMonths));
  const tallies = talliesOf(asCounters(totals), { chartFrom, from, to: question.to });
  const charts = chartsOf(tallies, question, least);
  const cells = cellsOf(tallies, charts);
  const findings = hiddenCells(cells.findings.values, cells.findings.lines, { least });
  const read = hiddenCells(cells.read.values, cells.read.lines, { least });
  const rowAt = (key: string, tally: Tally, findingsAt: number, readAt: number): CountRow => rowOf(key, tally, findings.has(findingsAt), read.has(readAt));
  const sum = { findings: 0, minutes: 0, read: 0 };
  for (const tally of tallies.values()) { sum.findings += tally.total.findings; sum.minutes += tally.total.minutes; sum.read += tally.total.read; }
  const specialties = [...tallies].map(([specialty, tally], at): SpecialtyOverview => {
    const place = cells.specialties[at] as SpecialtyCells;
    const total = rowAt(specialty, tally.total, place.findings, place.read);
    const tableOf = (dimension: OverviewDimension): CountTable => ({ readUnit: 'episodes', rows: place.by[dimension].map((row) => rowAt(row.key, row.tally, row.findings, row.read)), total: { ...total, key: 'all' } });
    const chart = charts.get(specialty) ?? { kind: 'too-few' };
    // What the tables hide must not be read off the chart.
    const given = place.charted.some((point) => findings.has(point.findings) || read.has(point.read));
    return { specialty, total, tables: { site: tableOf('site'), month: tableOf('month') }, chart: given ? { kind: 'too-few' } : chart };
  });
  return { from, to: question.to, bySpecialty: { readUnit: 'episodes', rows: specialties.map(({ total }) => total), total: rowAt('all', sum, 0, 0) }, specialties };
}

/**
 * Terms, categories and kinds of one specialty, from its own counters. The first look stands as it is: what it shows stays
 * shown, what it hides is not given away here, so that the two agree whatever else is opened.
 */
export function specialtyDetails(counters: Iterable<Counter>, { specialty, total: known }: SpecialtyOverview, question: QualityQuestion): Readonly<Record<DetailDimension, CountTable>> {
  const from = monthsOn(question.to, 1 - question.tableMonths);
  const tally = talliesOf(counters, { chartFrom: from, from, to: question.to }).get(specialty);
  const least = question.least ?? smallestShown;
  const findings: Sums = { values: [tally?.total.findings ?? 0], lines: [] };
  const documents: Sums = { values: [tally?.documents ?? 0], lines: [] };
  const placed = (dimension: DetailDimension): readonly { readonly key: string; readonly tally: Tally; readonly findings: number; readonly documents: number }[] => {
    const rows = [...tally?.by[dimension] ?? []].sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => ({ key, tally: one, findings: put(findings, one.findings), documents: dimension === 'document-kind' ? put(documents, one.read) : 0 }));
    findings.lines.push({ parts: rows.map((row) => row.findings), total: 0 });
    if (dimension === 'document-kind') documents.lines.push({ parts: rows.map((row) => row.documents), total: 0 });
    return rows;
  };
  const by = { term: placed('term'), category: placed('category'), 'document-kind': placed('document-kind') };
  const hidden = hiddenCells(findings.values, findings.lines, { least, ...(known.findings === null ? { secret: [0] } : { open: [0] }) });
  const hiddenDocuments = hiddenCells(documents.values, documents.lines, { least });
  const total = (dimension: DetailDimension): CountRow => {
    const sum = dimension === 'document-kind' ? { ...tally?.total ?? nought, read: tally?.documents ?? 0 } : tally?.total ?? nought;
    return rowOf('all', sum, hidden.has(0), dimension === 'document-kind' ? hiddenDocuments.has(0) : known.read === null);
  };
  const tableOf = (dimension: DetailDimension): CountTable => ({
    readUnit: dimension === 'document-kind' ? 'documents' : 'episodes',
    rows: by[dimension].map((row) => rowOf(row.key, row.tally, hidden.has(row.findings), dimension === 'document-kind' ? hiddenDocuments.has(row.documents) : known.read === null)),
    total: total(dimension),
  });
  return { term: tableOf('term'), category: tableOf('category'), 'document-kind': tableOf('document-kind') };
}

const nought: Tally = { findings: 0, minutes: 0, read: 0 };

function rowOf(key: string, tally: Tally, hidesFindings: boolean, hidesRead: boolean): CountRow {
  const [findings, read] = [hidesFindings ? null : tally.findings, hidesRead ? null : tally.read];
  return { key, findings, read, rate: findings === null || read === null || read === 0 ? null : (100 * findings) / read, minutes: findings === null ? null : tally.minutes };
}

/** Totals as counters of no kind in particular: enough for sums by specialty, site and month. */
function* asCounters(totals: Iterable<CounterTotal>): Iterable<Counter> {
  for (const { month, specialty, site, episodesRead, findings, minutes } of totals) {
    const place = { month, specialty, site };
    yield { kind: 'episodes-read', ...place, episodes: episodesRead };
    yield { kind: 'findings', ...place, documentKind: 'other', category: 'other', rule: null, findings, minutes };
  }
}

function chartsOf(tallies: ReadonlyMap<SpecialtyId | 'unknown', SpecialtyTally>, { to, interventions, rebases }: QualityQuestion, least: number): ReadonlyMap<SpecialtyId | 'unknown', ChartOrTooFew> {
  return new Map([...tallies].map(([specialty, { charted }]) => {
    const own = specialty === 'unknown' ? [] : interventions.get(specialty) ?? [];
    return [specialty, rateChart(charted, to, { better: 'lower', least, rebases: specialty === 'unknown' ? [] : rebases.get(specialty) ?? [], interventions: [...own, ...interventions.get('all') ?? []] })];
  }));
}

interface SpecialtyCells {
  readonly findings: number;
  readonly read: number;
  /** Points of the chart that lie in the range of the tables. */
  readonly charted: readonly { readonly findings: number; readonly read: number }[];
  readonly by: Readonly<Record<OverviewDimension, readonly { readonly key: string; readonly tally: Tally; readonly findings: number; readonly read: number }[]>>;
}

interface Sums {
  readonly values: number[];
  readonly lines: SumLine[];
}

function put(sums: Sums, value: number): number {
  return sums.values.push(value) - 1;
}

/** Every cell of the first look and every sum among them; a specialty's total is one cell, wherever it stands. Cell 0 is the total of all. */
function cellsOf(tallies: ReadonlyMap<SpecialtyId | 'unknown', SpecialtyTally>, charts: ReadonlyMap<SpecialtyId | 'unknown', ChartOrTooFew>): { readonly findings: Sums; readonly read: Sums; readonly specialties: readonly SpecialtyCells[] } {
  const findings: Sums = { values: [0], lines: [] };
  const read: Sums = { values: [0], lines: [] };
  const specialties = [...tallies].map(([specialty, tally]): SpecialtyCells => {
    const own = { findings: put(findings, tally.total.findings), read: put(read, tally.total.read) };
    const cellsBy = (dimension: OverviewDimension): SpecialtyCells['by'][OverviewDimension] => {
      const rows = [...tally.by[dimension]].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => ({ key, tally: one, findings: put(findings, one.findings), read: put(read, one.read) }));
      findings.lines.push({ parts: rows.map((row) => row.findings), total: own.findings });
      read.lines.push({ parts: rows.map((row) => row.read), total: own.read });
      return rows;
    };
    const [site, month] = [cellsBy('site'), cellsBy('month')];
    const months = new Map(month.map((row) => [row.key, row]));
    const chart = charts.get(specialty);
    const charted = (chart?.kind === 'chart' ? chart.chart.points : []).flatMap((point) => {
      const parts = monthsBetween(point.first, point.last).flatMap((one) => months.get(one) ?? []);
      // A quarter is a sum of months, and gives away the one that is hidden; a quarter that reaches out of the range gives away none.
      if (parts.length === 0 || parts.reduce((sum, row) => sum + row.tally.read, 0) !== point.read) return [];
      const [only] = parts;
      if (parts.length === 1 && only) return [{ findings: only.findings, read: only.read }];
      const sum = { findings: put(findings, point.findings), read: put(read, point.read) };
      findings.lines.push({ parts: parts.map((row) => row.findings), total: sum.findings });
      read.lines.push({ parts: parts.map((row) => row.read), total: sum.read });
      return [sum];
    });
    return { ...own, charted, by: { site, month } };
  });
  findings.values[0] = specialties.reduce((sum, { findings: at }) => sum + (findings.values[at] ?? 0), 0);
  read.values[0] = specialties.reduce((sum, { read: at }) => sum + (read.values[at] ?? 0), 0);
  findings.lines.push({ parts: specialties.map((one) => one.findings), total: 0 });
  read.lines.push({ parts: specialties.map((one) => one.read), total: 0 });
  return { findings, read, specialties };
}
