import { fail, succeed, type Result } from '../base/result.js';
import type { CodeSystem } from '../model/code.js';
import type { EditionSummary, NoEdition } from '../model/codebook.js';

/** Windows of use as TRUD's release pages give them; whether Wales switched on the same day is to be checked, so an import may set its own. */
export const knownWindows: readonly { readonly system: CodeSystem; readonly name: string; readonly from: string; readonly to: string | null }[] = [
  { system: 'ICD-10', name: 'ICD-10 5th Edition', from: '2016-04-01', to: null },
  { system: 'OPCS-4', name: 'OPCS-4.10', from: '2023-04-01', to: '2026-03-31' },
  { system: 'OPCS-4', name: 'OPCS-4.11', from: '2026-04-01', to: null },
];

/** The edition for a day of discharge (YYYY-MM-DD): an imported one goes before the shipped one. Editions are never mixed. */
export function chooseEdition(editions: readonly EditionSummary[], system: CodeSystem, day: string): Result<EditionSummary, NoEdition> {
  const own = editions.filter((one) => one.system === system);
  const fits = own.filter((one) => one.from <= day && (one.to === null || day <= one.to)).sort((a, b) => Number(b.source === 'imported') - Number(a.source === 'imported') || (a.from < b.from ? 1 : -1));
  if (fits[0]) return succeed(fits[0]);
  const before = own.filter((one) => one.to !== null && one.to < day).sort((a, b) => ((a.to ?? '') < (b.to ?? '') ? 1 : -1))[0];
  if (before) return fail({ kind: 'ended', nearest: before.name });
  const after = own.filter((one) => day < one.from).sort((a, b) => (a.from < b.from ? -1 : 1))[0];
  return fail(after ? { kind: 'before-all', nearest: after.name } : { kind: 'none', nearest: null });
}
