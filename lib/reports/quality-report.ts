import type { Counter } from '../model/counters.js';
import type { SpecialtyId } from '../model/episode.js';
import { monthsBetween, monthsOn, type Month } from '../model/month.js';
import type { ChartOrTooFew, CountRow, CountTable, Intervention } from '../model/quality.js';
import type { Rebase } from '../model/xmr.js';
import { rateChart } from './rate-chart.js';
import { hiddenCells, smallestShown, type SumLine } from './small-cells.js';
import { dimensions, talliesOf, type Dimension, type SpecialtyTally, type Tally } from './tallies.js';

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

/** One specialty, compared only with itself. */
export interface SpecialtyQuality {
  readonly specialty: SpecialtyId | 'unknown';
  readonly tables: Readonly<Record<Dimension, CountTable>>;
  readonly chart: ChartOrTooFew;
}

/** Documentation quality from the running counters alone. */
export interface QualityReport {
  readonly from: Month;
  readonly to: Month;
  /** In order of ids, never of rates. */
  readonly bySpecialty: CountTable;
  readonly specialties: readonly SpecialtyQuality[];
}

/** The whole report. All tables are hidden in together: what one hides, no other gives away. */
export function qualityReport(counters: Iterable<Counter>, question: QualityQuestion): QualityReport {
  const from = monthsOn(question.to, 1 - question.tableMonths);
  const least = question.least ?? smallestShown;
  const chartFrom = monthsOn(question.to, 1 - Math.max(question.tableMonths, question.chartMonths));
  const tallies = talliesOf(counters, { chartFrom, from, to: question.to });
  const charts = chartsOf(tallies, question, least);
  const cells = cellsOf(tallies, charts);
  const findings = hiddenCells(cells.findings.values, cells.findings.lines, least);
  const read = hiddenCells(cells.read.values, cells.read.lines, least);
  const rowAt = (key: string, tally: Tally, findingsAt: number, readAt: number): CountRow => {
    const [counted, base] = [findings.has(findingsAt) ? null : tally.findings, read.has(readAt) ? null : tally.read];
    return { key, findings: counted, read: base, rate: counted === null || base === null || base === 0 ? null : (100 * counted) / base, minutes: counted === null ? null : tally.minutes };
  };
  const total = { findings: 0, minutes: 0, read: 0 };
  for (const tally of tallies.values()) { total.findings += tally.total.findings; total.minutes += tally.total.minutes; total.read += tally.total.read; }
  const placed = [...tallies].map(([specialty, tally], at) => ({ specialty, tally, place: cells.specialties[at] as SpecialtyCells }));
  return {
    from, to: question.to,
    bySpecialty: { readUnit: 'episodes', rows: placed.map(({ specialty, tally, place }) => rowAt(specialty, tally.total, place.findings, place.read)), total: rowAt('all', total, 0, 0) },
    specialties: placed.map(({ specialty, tally, place }) => {
      const tableOf = (dimension: Dimension): CountTable => {
        const documents = dimension === 'document-kind';
        const sum = documents ? { ...tally.total, read: tally.documents } : tally.total;
        return {
          readUnit: documents ? 'documents' : 'episodes',
          rows: place.by[dimension].map(({ key, tally: own, findings: findingsAt, read: readAt }) => rowAt(key, own, findingsAt, readAt)),
          total: rowAt('all', sum, place.findings, documents ? place.documents : place.read),
        };
      };
      const tables = { term: tableOf('term'), category: tableOf('category'), 'document-kind': tableOf('document-kind'), site: tableOf('site'), month: tableOf('month') };
      const chart = charts.get(specialty) ?? { kind: 'too-few' };
      // What the tables hide must not be read off the chart.
      const given = place.charted.some((point) => findings.has(point.findings) || read.has(point.read));
      return { specialty, tables, chart: given ? { kind: 'too-few' } : chart };
    }),
  };
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
  readonly documents: number;
  /** Points of the chart that lie in the range of the tables. */
  readonly charted: readonly { readonly findings: number; readonly read: number }[];
  readonly by: Readonly<Record<Dimension, readonly { readonly key: string; readonly tally: Tally; readonly findings: number; readonly read: number }[]>>;
}

interface Sums {
  readonly values: readonly number[];
  readonly lines: readonly SumLine[];
}

/** Every cell of the publication and every sum among them; a specialty's total is one cell, wherever it stands. Cell 0 is the total of all. */
function cellsOf(tallies: ReadonlyMap<SpecialtyId | 'unknown', SpecialtyTally>, charts: ReadonlyMap<SpecialtyId | 'unknown', ChartOrTooFew>): { readonly findings: Sums; readonly read: Sums; readonly specialties: readonly SpecialtyCells[] } {
  const findings = { values: [0], lines: [] as SumLine[] };
  const read = { values: [0], lines: [] as SumLine[] };
  const put = (sums: { values: number[] }, value: number): number => sums.values.push(value) - 1;
  const specialties = [...tallies].map(([specialty, tally]): SpecialtyCells => {
    const own = { findings: put(findings, tally.total.findings), read: put(read, tally.total.read), documents: put(read, tally.documents) };
    const cellsBy = (dimension: Dimension): SpecialtyCells['by'][Dimension] => {
      const shared = dimension === 'term' || dimension === 'category';
      const rows = [...tally.by[dimension]].sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, one]) => ({ key, tally: one, findings: put(findings, one.findings), read: shared ? own.read : put(read, one.read) }));
      findings.lines.push({ parts: rows.map((row) => row.findings), total: own.findings });
      if (!shared) read.lines.push({ parts: rows.map((row) => row.read), total: dimension === 'document-kind' ? own.documents : own.read });
      return rows;
    };
    const [term, category, kind, site, month] = dimensions.map(cellsBy);
    const months = new Map((month ?? []).map((row) => [row.key, row]));
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
    return { ...own, charted, by: { term: term ?? [], category: category ?? [], 'document-kind': kind ?? [], site: site ?? [], month: month ?? [] } };
  });
  findings.values[0] = specialties.reduce((sum, { findings: at }) => sum + (findings.values[at] ?? 0), 0);
  read.values[0] = specialties.reduce((sum, { read: at }) => sum + (read.values[at] ?? 0), 0);
  findings.lines.push({ parts: specialties.map((one) => one.findings), total: 0 });
  read.lines.push({ parts: specialties.map((one) => one.read), total: 0 });
  return { findings, read, specialties };
}
