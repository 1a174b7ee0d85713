import { csvText } from '../base/csv.js';
import { monthsOn } from '../model/month.js';
import type { MonthlyFigure } from '../model/quality.js';
import type { MachineId } from '../model/shared-statement.js';
import type { FhirNames } from './fhir-bundle.js';
import { namesOf } from './statement-bundle.js';

interface Concept { readonly coding: readonly { readonly system: string; readonly code: string }[] }
interface Extension { readonly url: string; readonly valueCode: string }
interface Population { readonly code: Concept; readonly count?: number; readonly extension?: readonly [Extension] }
interface Stratum { readonly value: Concept; readonly population: readonly Population[]; readonly measureScore?: { readonly value: number } }

/** Monthly figures in FHIR R4; only the parts that are used. */
export interface MeasureReport {
  readonly resourceType: 'MeasureReport';
  readonly identifier: readonly { readonly system: string; readonly value: string }[];
  readonly status: 'complete';
  readonly type: 'summary';
  readonly measure: string;
  readonly period: { readonly start: string; readonly end: string };
  readonly group: readonly [{ readonly code: Concept; readonly stratifier: readonly [{ readonly code: readonly [Concept]; readonly stratum: readonly Stratum[] }] }];
}

/** Figures as a transaction: for a server, or as a file. Each report of a month takes the place of the one before it. */
export interface FiguresBundle {
  readonly resourceType: 'Bundle';
  readonly type: 'transaction';
  readonly entry: readonly { readonly resource: MeasureReport; readonly request: { readonly method: 'PUT'; readonly url: string } }[];
}

const masked: Extension = { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' };
const population = 'http://terminology.hl7.org/CodeSystem/measure-population';

/** One report a month with a stratum for each specialty: episodes read, findings among them, findings per 100. A count that may not be shown is said to be masked. */
export function figuresBundle(figures: readonly MonthlyFigure[], machine: MachineId, names: FhirNames): FiguresBundle {
  const ours = namesOf(names);
  const concept = (system: string, code: string): Concept => ({ coding: [{ system, code }] });
  const counted = (code: string, count: number | null): Population => ({ code: concept(population, code), ...(count === null ? { extension: [masked] } : { count }) });
  return {
    resourceType: 'Bundle', type: 'transaction',
    entry: [...new Set(figures.map(({ month }) => month))].map((month) => {
      const [identifier, after] = [{ system: ours('figures'), value: `${month}.${machine}` }, new Date(`${monthsOn(month, 1)}-01T00:00:00Z`)];
      const stratum = figures.filter((one) => one.month === month).map(({ specialty, findings, read, rate }): Stratum => ({
        value: concept(ours('specialty'), specialty), population: [counted('denominator', read), counted('numerator', findings)], ...(rate === null ? {} : { measureScore: { value: Number(rate.toFixed(2)) } }),
      }));
      return {
        resource: {
          resourceType: 'MeasureReport', identifier: [identifier], status: 'complete', type: 'summary', measure: ours('findings-per-100-episodes-read'),
          period: { start: `${month}-01`, end: new Date(after.getTime() - 1).toISOString().slice(0, 10) }, group: [{ code: concept(ours('measure'), 'findings-per-100-episodes-read'), stratifier: [{ code: [concept(ours('measure'), 'specialty')], stratum }] }],
        },
        request: { method: 'PUT', url: `MeasureReport?identifier=${identifier.system}|${identifier.value}` },
      };
    }),
  };
}

/** The same as a table; `hidden` stands where a count may not be shown. */
export function figuresCsv(figures: readonly MonthlyFigure[]): string {
  return csvText([['month', 'specialty', 'episodes_read', 'findings', 'findings_per_100', 'minutes'], ...figures.map(({ month, specialty, read, findings, rate, minutes }) => [month, specialty, read ?? 'hidden', findings ?? 'hidden', rate === null ? null : Number(rate.toFixed(2)), minutes ?? 'hidden'])]);
}
