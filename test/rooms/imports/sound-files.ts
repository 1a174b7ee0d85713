import { starterSheet, shippedExceptions } from '../../../assets/starter.js';
import { devicePart, learnFromDecisions, writtenPart } from '../../../lib/learning/index.js';
import { deviceKeys, type LearnedPart, type PartStore } from '../../../lib/settings/index.js';
import type { MachineId } from '../../../lib/model/shared-statement.js';
import { defaultFhirNames } from '../../../lib/sync/fhir-bundle.js';
import { createStatementFold } from '../../../lib/sync/shared-statement.js';
import { statementBundle } from '../../../lib/sync/statement-bundle.js';
import { accept, finish, rows } from '../learning/invented-decisions.js';
import { device, draft, finding, reading } from '../log/invented-decisions.js';
import { inventedLog } from '../sync/invented-log.js';

/** A store of parts in memory. */
export function memoryParts(): PartStore & { readonly held: Map<LearnedPart, unknown> } {
  const held = new Map<LearnedPart, unknown>();
  return { held, read: (part) => Promise.resolve(held.get(part)), write: (part, value) => { held.set(part, value); return Promise.resolve(); }, remove: (part) => { held.delete(part); return Promise.resolve(); } };
}

/** Some 9,000 codes of OPCS-4's form, with wording of our own. */
export function codeTable(): string {
  const letters = [...'ABCDEFGHJKLMNPQRSTUVWXYZ'];
  const codes = letters.flatMap((letter) => Array.from({ length: 45 }, (_, category) => Array.from({ length: 9 }, (_, last) => `${letter}${String(category + 1).padStart(2, '0')}.${last + 1}`)).flat());
  return `${[...codes, 'Z94.1', 'Z94.2', 'Z95.1'].map((code, at) => `${code}\tInvented wording ${at}`).join('\n')}\n`;
}

/** A pack that a coder's device signed. */
export async function signedPack(): Promise<string> {
  const keys = await deviceKeys(memoryParts());
  const part = devicePart(learnFromDecisions(rows(Array.from({ length: 4 }, (_, at) => [accept(at + 1, 'G35X', 'multiple sclerosis'), finish(at + 1, 1, 1)]).flat())), keys.device);
  return JSON.stringify({ kind: 'nodi-pack', schema: 1, parts: [{ part, key: keys.key, signature: await keys.sign(writtenPart(part)) }] });
}

/** A small model as it is written. */
export const model = JSON.stringify({
  kind: 'nodi-model', schema: 1, episodes: 40, specialties: [['neurology', 40]], threshold: 0.5, codes: ['ICD-10 G35X', 'OPCS-4 X921'], prior: [[0, 30], [1, 4]], vocabulary: 'multiple sclerosis infusion',
  phrases: [['multiple sclerosis', [0, 1]], ['infusion', [1, 0]]], cells: [['*\t*\tmultiple sclerosis', 20, 0, 18], ['neurology\tplain\tinfusion', 6, 1, 4]], rarity: [['multiple', 1.2], ['infusion', 2]], wording: [['multiple', [0], [0.4]]],
  ranker: { options: { alpha: 0.1, beta: 1, l1: 0, l2: 1 }, state: [['band', 0.2, 3]] }, calibration: { at: [0.1, 0.9], share: [0.2, 0.8] },
});

/** A log of some rows as it is saved. */
export async function savedLog(): Promise<string> {
  const store = device().open();
  for (let number = 1; number <= 8; number += 1) await store.append(draft(number, number % 3 === 0 ? reading(number) : finding('finding-logged', number, `BM00${number}`)));
  const text = await store.exported();
  if (!text.ok) throw new Error('The log was not saved.');
  return text.value;
}

/** What another machine says of findings and queries. */
export function statements(): string {
  const fold = createStatementFold('00000000-0000-4000-8000-000000000005' as MachineId);
  for (const row of inventedLog(24, 5, 8)) fold.add(row);
  return JSON.stringify(statementBundle(fold.all(), defaultFhirNames));
}

const episodes = [['1', 'Known multiple sclerosis, came for infusion', 'G35X', '2026-03-01'], ['2', 'Cataract of the right eye', 'H269', '2026-03-02'], ['3', 'Type 2 diabetes', 'E119', '2026-03-04'], ['4', 'Fall at home', 'W190', '']] as const;
/** Coded episodes in the three ways that they may be written. */
export const labelledLines = `${episodes.map(([id, text, code, date]) => JSON.stringify({ id, text, codes: [code], date: date || null, spans: [{ start: 0, end: 4, code }] })).join('\n')}\n`;
export const labelledTable = `id\ttext\tcodes\tdate\n${episodes.map(([id, text, code, date]) => `${id}\t${text}\t${code}\t${date}`).join('\n')}\n`;
export const labelledBundle = JSON.stringify({ resourceType: 'Bundle', entry: episodes.flatMap(([id, text, code, date]) => [
  { resource: { resourceType: 'Encounter', id, period: { end: date || '2026-01-01' } } }, { resource: { resourceType: 'DiagnosticReport', status: 'final', encounter: { reference: `Encounter/${id}` }, conclusion: text } },
  { resource: { resourceType: 'Condition', encounter: { reference: `Encounter/${id}` }, code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code }] } } },
]).map((one) => one) });

/** One pack of the sheet, a list of exceptions, a description of a page and a policy. */
export const sheetPack = JSON.stringify({ ...(starterSheet.packs[3] as object), rules: (starterSheet.packs[3] as { readonly rules: readonly unknown[] }).rules.slice(0, 8) });
export const exceptionList = JSON.stringify(shippedExceptions);
export const adapter = JSON.stringify({
  id: 'ward-portal', version: 2, name: 'Ward portal', matches: ['https://portal.example/*'],
  banner: { region: ['.banner'], identifier: [{ selector: '.nhs', from: 'text' }], name: [{ selector: '.name', from: { attribute: 'data-name' } }] },
  episode: { specialty: [{ selector: '.specialty', from: 'value' }] }, notes: [{ region: '.note', kind: { attribute: 'data-kind', values: { letter: 'clinic-letter' } }, idAttribute: 'id' }], exclude: ['nav'],
});
export const policy = JSON.stringify({
  locale: 'cy', profile: 'auditor', marks: true, sites: ['https://epr.example'], adapters: [adapter], noisyOn: ['BM012'], doubt: { likely: 'codable' }, highCostDrugs: ['X891'], retention: { days: 90, months: 13 }, packKeys: ['0123456789abcdef'],
  hospitals: [{ id: 'glan-y-don', name: { en: 'Glan-y-Don', cy: 'Glan-y-Don' }, words: ['Glan'] }], interventions: [{ kind: 'lead-briefed', date: '2026-03-01', specialty: 'neurology' }], blindShare: 0.08, episodeKeySecret: 'ab'.repeat(32),
});
