import { csvText } from '../base/csv.js';
import { monthsOn, type Month } from '../model/month.js';
import type { MonthlyFigure } from '../model/quality.js';
import type { MachineId } from '../model/shared-statement.js';
import type { FhirNames } from './fhir-bundle.js';
import { namesOf, type BundleKind } from './statement-bundle.js';

interface Concept { readonly coding: readonly { readonly system: string; readonly code: string }[] }
interface Extension { readonly url: string; readonly valueCode: string }
interface Population { readonly code: Concept; readonly count?: number; readonly extension?: readonly [Extension] }
interface Identifier { readonly system: string; readonly value: string }
interface Stratum { readonly value: Concept; readonly population: readonly Population[]; readonly measureScore?: { readonly value: number } }

/** Monthly figures in FHIR R4; only the parts that are used. */
export interface MeasureReport {
  readonly resourceType: 'MeasureReport';
  readonly identifier: readonly [Identifier];
  readonly extension: readonly [Extension];
  readonly status: 'complete';
  readonly type: 'summary';
  readonly measure: string;
  readonly period: { readonly start: string; readonly end: string };
  readonly improvementNotation: Concept;
  readonly group: readonly [{ readonly code: Concept; readonly population: readonly Population[]; readonly stratifier?: readonly [{ readonly code: readonly [Concept]; readonly stratum: readonly Stratum[] }] }];
}

/** One month; it makes the report or takes the place of the one that has its key. */
export interface FiguresEntry { readonly resource: MeasureReport; readonly request: { readonly method: 'PUT'; readonly url: string } }

/** Figures as a transaction: for a server, or as a file. */
export interface FiguresBundle { readonly resourceType: 'Bundle'; readonly type: BundleKind; readonly entry: readonly FiguresEntry[] }

const masked: Extension = { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' };
const population = 'http://terminology.hl7.org/CodeSystem/measure-population';

const measure = 'findings-per-100-episodes-read';

/**
 * What one machine counted in one month: a stratum for each specialty with its episodes read, the findings among them and findings per 100. A count that may not be shown is
 * said to be masked, and so is the month's sum, which would give it away. Its key is of measure, month and machine: figures that are reckoned anew take the place of
 * this machine's own, and two machines never take each other's. Whoever adds machines up counts a note that two of them read twice.
 */
export function figuresEntry(month: Month, figures: readonly MonthlyFigure[], machine: MachineId, names: FhirNames): FiguresEntry {
  const ours = namesOf(names);
  const concept = (system: string, code: string): Concept => ({ coding: [{ system, code }] });
  const counted = (code: string, count: number | null): Population => ({ code: concept(population, code), ...(count === null ? { extension: [masked] } : { count }) });
  const sum = (counts: readonly (number | null)[]): number | null => counts.reduce<number | null>((total, count) => (total === null || count === null ? null : total + count), 0);
  const [identifier, after] = [{ system: ours('figures'), value: `${measure}.${month}.${machine}` }, new Date(`${monthsOn(month, 1)}-01T00:00:00Z`)];
  const stratum = figures.map(({ specialty, findings, read, rate }): Stratum => ({
    value: concept(ours('specialty'), specialty), population: [counted('denominator', read), counted('numerator', findings)], ...(rate === null ? {} : { measureScore: { value: Number(rate.toFixed(2)) } }),
  }));
  return {
    resource: {
      resourceType: 'MeasureReport', identifier: [identifier], extension: [{ url: ours('machine'), valueCode: machine }], status: 'complete', type: 'summary', measure: ours(measure),
      period: { start: `${month}-01`, end: new Date(after.getTime() - 1).toISOString().slice(0, 10) }, improvementNotation: concept('http://terminology.hl7.org/CodeSystem/measure-improvement-notation', 'decrease'),
      group: [{
        code: concept(ours('measure'), measure), population: [counted('denominator', sum(figures.map(({ read }) => read))), counted('numerator', sum(figures.map(({ findings }) => findings)))],
        ...(stratum.length === 0 ? {} : { stratifier: [{ code: [concept(ours('measure'), 'specialty')], stratum }] }),
      }],
    },
    request: { method: 'PUT', url: `MeasureReport?identifier=${identifier.system}|${identifier.value}` },
  };
}

/** One report for each month that has figures. */
export function figuresBundle(figures: readonly MonthlyFigure[], machine: MachineId, names: FhirNames): FiguresBundle {
  return { resourceType: 'Bundle', type: 'transaction', entry: [...new Set(figures.map(({ month }) => month))].map((month) => figuresEntry(month, figures.filter((one) => one.month === month), machine, names)) };
}

/** The same as a table; `hidden` stands where a count may not be shown. */
export function figuresCsv(figures: readonly MonthlyFigure[]): string {
  return csvText([['month', 'specialty', 'episodes_read', 'findings', 'findings_per_100', 'minutes'], ...figures.map(({ month, specialty, read, findings, rate, minutes }) => [month, specialty, read ?? 'hidden', findings ?? 'hidden', rate === null ? null : Number(rate.toFixed(2)), minutes ?? 'hidden'])]);
}
