import { fail, succeed, type Result } from '../base/result.js';
import type { CodeEntry, CodeSystem } from '../model/code.js';
import type { CodeList, EditionDraft, FileFault, ImportFailure, ImportProgress } from '../model/codebook.js';
import type { Lifetime } from '../base/lifetime.js';
import { knownWindows } from './editions.js';
import { knownFile } from './file-layout.js';
import { readCodeFile } from './read-code-file.js';

/** A file that a person chose. */
export interface FileText { readonly name: string; readonly text: string }

/** The edition that a file's name speaks of (`OPCS411 CodesAndTitles Nov 2025.txt`, `ICD10_Edition5_…_20160401.txt`), or null. */
export function editionNamed(file: string, system: CodeSystem): string | null {
  if (system === 'ICD-10') { const edition = /Edition[ _-]?(\d)/i.exec(file)?.[1]; return edition === undefined ? null : `ICD-10 ${edition}th Edition`; }
  const number = /OPCS[ _-]*4[ ._-]?(\d{1,2})(?!\d)/i.exec(file)?.[1];
  return number === undefined ? null : `OPCS-4.${number}`;
}

/** The classification that an edition's name speaks of, or null. */
export function systemNamed(edition: string): CodeSystem | null {
  const systems = [/OPCS/i.test(edition) ? 'OPCS-4' : null, /ICD/i.test(edition) ? 'ICD-10' : null].flatMap((one): CodeSystem[] => (one === null ? [] : [one as CodeSystem]));
  return systems.length === 1 ? systems[0] ?? null : null;
}

/** The editions that some files are of, by their names and what is in them, with the days that TRUD gives; a person may change all of it. */
export function planImport(files: readonly FileText[], today: string): { readonly drafts: readonly EditionDraft[]; readonly faults: readonly FileFault[] } {
  const drafts = new Map<string, EditionDraft>();
  const faults: FileFault[] = [];
  const known = files.map(({ name, text }) => ({ name, found: knownFile(text) }));
  for (const { name: file, found } of known) {
    if (!found) { faults.push({ kind: 'file-fault', file, failure: { kind: 'not-a-code-file' } }); continue; }
    const { system } = found;
    // A file whose name says nothing goes with the others of its classification, else with the edition in force.
    const companion = known.flatMap((one) => (one.found?.system === system ? editionNamed(one.name, system) ?? [] : []))[0];
    const current = knownWindows.find((one) => one.system === system && one.from <= today && (one.to === null || today <= one.to));
    const name = editionNamed(file, system) ?? companion ?? current?.name ?? system;
    const window = knownWindows.find((one) => one.name === name);
    const held = drafts.get(name);
    drafts.set(name, held ? { ...held, files: [...held.files, file] } : { system, name, from: window?.from ?? '', to: window?.to ?? null, files: [file] });
  }
  return { drafts: [...drafts.values()], faults };
}

const isDay = (day: string): boolean => /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day));

export interface EditionReading {
  readonly onProgress?: (progress: ImportProgress & { readonly file: string }) => void;
  readonly signal?: Lifetime;
  readonly fewest?: number;
}

/** Reads the files of one edition into one list: metadata completes codes and titles. The first fault ends it. */
export async function readEdition({ system, name, from, to, files }: EditionDraft, texts: readonly FileText[], { onProgress, ...options }: EditionReading = {}): Promise<Result<CodeList, FileFault>> {
  const [firstFile = ''] = files;
  const refuse = (failure: ImportFailure, file = firstFile): { readonly ok: false; readonly failure: FileFault } => fail({ kind: 'file-fault', file, failure });
  const called = name.trim();
  const said = systemNamed(called);
  if (called === '') return refuse({ kind: 'no-name' });
  if (said !== null && said !== system) return refuse({ kind: 'other-classification', found: system });
  if (!isDay(from) || (to !== null && (!isDay(to) || to < from))) return refuse({ kind: 'bad-days' });
  let codes: readonly CodeEntry[] | null = null;
  let metadata: readonly CodeEntry[] | null = null;
  for (const file of files) {
    const text = texts.find((one) => one.name === file)?.text ?? '';
    const read = await readCodeFile(text, system, { ...options, ...(onProgress ? { onProgress: (progress) => onProgress({ ...progress, file }) } : {}) });
    if (!read.ok) return refuse(read.failure, file);
    if (read.value.part === 'codes') { if (codes) return refuse({ kind: 'same-part' }, file); codes = read.value.entries; }
    else { if (metadata) return refuse({ kind: 'same-part' }, file); metadata = read.value.entries; }
  }
  const more = new Map((metadata ?? []).map((entry) => [entry.code, entry]));
  const base = codes ?? metadata ?? [];
  const shared = base.filter(({ code }) => more.has(code)).length;
  const missing = codes && metadata ? codes.length + metadata.length - 2 * shared : 0;
  // Files of one edition list the same codes; a few strays are let be.
  if (missing > base.length / 100) return refuse({ kind: 'files-differ', codes: missing });
  const entries = base.map((entry): CodeEntry => { const other = more.get(entry.code); return other && codes ? { ...entry, sex: entry.sex ?? other.sex } : entry; });
  return succeed({ summary: { system, name: called, from, to, codes: entries.length, titles: true, source: 'imported' }, entries });
}
