import { fail, succeed, type Result } from '../base/result.js';
import { auditLanes, type AuditableEpisode, type AuditLane } from '../model/audit.js';
import { readCode, type ClinicalCode } from '../model/code.js';
import type { EpisodeKey } from '../model/event-id.js';
import type { SpecialtyId } from '../model/episode.js';
import type { EditionId } from '../model/rulebook.js';
import { folded } from './ledger-columns.js';
import { isoOf, orderShown, readDay } from './ledger-days.js';

export const codedFields = ['patient', 'episode', 'specialty', 'admitted', 'discharged', 'coded', 'depth', 'coder', 'lane', 'diagnoses', 'procedures'] as const;
/** What a column of a file of coded episodes may hold. `patient` and `episode` make the key and are kept nowhere. */
export type CodedField = (typeof codedFields)[number];
const needed = ['patient', 'coded', 'diagnoses', 'procedures'] as const satisfies readonly CodedField[];

/** Heads by which departments and encoders name the columns, in either language, folded. */
const heads: Readonly<Record<CodedField, readonly string[]>> = {
  patient: ['patient', 'hospital number', 'crn', 'nhs number', 'unit number', 'claf', 'rhif ysbyty', 'rhif gig'],
  episode: ['episode', 'episode number', 'fce', 'cyfnod', 'rhif cyfnod'],
  specialty: ['specialty', 'treatment function', 'main specialty', 'arbenigedd'],
  admitted: ['admitted', 'admission date', 'derbyn', 'dyddiad derbyn'],
  discharged: ['discharged', 'discharge date', 'episode end', 'rhyddhau', 'dyddiad rhyddhau'],
  coded: ['coded', 'coded date', 'date coded', 'codwyd', 'dyddiad codio'],
  depth: ['depth', 'coding depth', 'dyfnder', 'dyfnder codio'],
  coder: ['coder', 'codiwr'],
  lane: ['lane', 'how coded', 'lon', 'sut y codwyd'],
  diagnoses: ['diagnoses', 'icd 10', 'diagnosis codes', 'diagnosisau', 'codau diagnosis'],
  procedures: ['procedures', 'opcs 4', 'procedure codes', 'triniaethau', 'codau triniaeth'],
};

export const codedFaults = ['no-patient', 'bad-day', 'ambiguous-day', 'no-codes', 'bad-code', 'too-many-codes', 'order-of-days', 'bad-depth', 'bad-coder', 'bad-lane', 'twice'] as const;
export type CodedFault = (typeof codedFaults)[number];

export interface CodedFile {
  readonly episodes: readonly AuditableEpisode[];
  /** Rows that could not be taken, each with the line of the file and why. */
  readonly refused: readonly { readonly line: number; readonly why: CodedFault }[];
}

export interface CodedReading {
  readonly header: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly line: number }[];
  readonly keyOf: (patient: string, episode: { readonly number: string | null; readonly admitted: string | null }) => EpisodeKey;
  readonly specialtyOf: (words: string) => SpecialtyId | 'unknown';
  /** The rulebook in force: the file says nothing of it. */
  readonly edition: EditionId;
  /** Does policy let coders be told apart? Else their column is not read. */
  readonly persons: boolean;
}

/** Reads a department's own list of coded episodes, from which an audit draws. Fails where a column that is needed is missing or stands twice; a row that is not sound is refused by itself. Nothing is kept: what is drawn goes to the log. */
export function readCodedFile({ header, rows, keyOf, specialtyOf, edition, persons }: CodedReading): Result<CodedFile, { readonly kind: 'no-column' | 'column-twice'; readonly field: CodedField }> {
  const names = header.map((head) => folded(head));
  const places = new Map<CodedField, number>();
  for (const field of codedFields) {
    const found = names.flatMap((name, at) => (heads[field].includes(name) ? [at] : []));
    if (found.length > 1) return fail({ kind: 'column-twice', field });
    if (found[0] !== undefined) places.set(field, found[0]);
  }
  for (const field of needed) if (!places.has(field)) return fail({ kind: 'no-column', field });
  const cell = (cells: readonly string[], field: CodedField): string => { const at = places.get(field); return at === undefined ? '' : (cells[at] ?? '').trim(); };
  const days = orderShown(rows.flatMap(({ cells }) => (['admitted', 'discharged', 'coded'] as const).map((field) => cell(cells, field)).filter((text) => text !== '')));
  const seen = new Set<EpisodeKey>();
  const episodes: AuditableEpisode[] = [];
  const refused: CodedFile['refused'][number][] = [];
  for (const { cells, line } of rows) {
    if (cells.every((one) => one.trim() === '')) continue;
    const read = readRow((field) => cell(cells, field), days);
    if (typeof read === 'string') { refused.push({ line, why: read }); continue; }
    const { patient, number, admitted, coder, ...more } = read;
    const key = keyed(keyOf, patient, { number, admitted });
    if (key === null) { refused.push({ line, why: 'no-patient' }); continue; }
    if (seen.has(key)) { refused.push({ line, why: 'twice' }); continue; }
    seen.add(key);
    episodes.push({ ...more, episode: key, specialty: specialtyOf(cell(cells, 'specialty')), coder: persons ? coder : '', criterion: 'default', edition, row: line });
  }
  return succeed({ episodes, refused });
}

function keyed(keyOf: CodedReading['keyOf'], patient: string, episode: Parameters<CodedReading['keyOf']>[1]): EpisodeKey | null {
  try { return keyOf(patient, episode); } catch { return null; }
}

type ReadRow = Pick<AuditableEpisode, 'coded' | 'stay' | 'depth' | 'lane' | 'diagnoses' | 'procedures' | 'coder'> & { readonly patient: string; readonly number: string | null; readonly admitted: string | null };

function readRow(cell: (field: CodedField) => string, days: Parameters<typeof readDay>[1]): ReadRow | CodedFault {
  const patient = cell('patient');
  if (!/[\p{L}\p{Nd}]/u.test(patient) || patient.length > 40) return 'no-patient';
  const read = (field: 'admitted' | 'discharged' | 'coded'): ReturnType<typeof readDay> | null => (cell(field) === '' ? null : readDay(cell(field), days, true));
  const [admitted, discharged, coded] = [read('admitted'), read('discharged'), read('coded')];
  if (coded === null) return 'bad-day';
  for (const one of [admitted, discharged, coded]) if (one && !one.ok) return one.failure.kind === 'ambiguous' ? 'ambiguous-day' : 'bad-day';
  const value = (one: typeof admitted): number | null => (one?.ok ? one.value : null);
  const [from, to, done] = [value(admitted), value(discharged), value(coded)];
  if (done === null) return 'bad-day';
  if ((from !== null && to !== null && to < from) || (from !== null && done < from)) return 'order-of-days';
  const diagnoses = typedCodes(cell('diagnoses'));
  const procedures = typedCodes(cell('procedures'));
  if (diagnoses === null || procedures === null) return 'bad-code';
  if (diagnoses.length + procedures.length === 0) return 'no-codes';
  if (diagnoses.length > 40 || procedures.length > 40) return 'too-many-codes';
  const depth = depthIn(cell('depth'));
  if (depth === null) return 'bad-depth';
  const coder = cell('coder').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  // A pseudonym, not a name or a number of staff: three figures at most, as the log takes it.
  if (coder !== '' && (!/^[a-z]/.test(coder) || coder.length > 40 || coder.replace(/\D/g, '').length > 3)) return 'bad-coder';
  const lane = laneIn(cell('lane'));
  if (lane === null) return 'bad-lane';
  const iso = (day: number | null): string | null => (day === null ? null : isoOf(day as Parameters<typeof isoOf>[0]));
  return { patient, number: cell('episode') || null, admitted: iso(from), coded: iso(done) ?? '', stay: from !== null && to !== null ? Math.min(9999, to - from) : null, depth, lane, diagnoses, procedures, coder };
}

/** Codes as departments write them and auditors type them, with or without dots, daggers and asterisks, parted by anything else; null where one of them is none. */
export function typedCodes(text: string): readonly ClinicalCode[] | null {
  const codes = text.split(/[\s,;|/]+/).filter(Boolean).map(readCode);
  const read = codes.flatMap((code) => code ?? []);
  return read.length === codes.length ? read : null;
}

const full = ['', 'full', 'llawn', 'f'];
const primary = ['primary', 'primary only', 'primary_only', 'sylfaenol', 'p'];
function depthIn(words: string): 'full' | 'primary' | null {
  const name = folded(words);
  return full.includes(name) ? 'full' : primary.map(folded).includes(name) ? 'primary' : null;
}

function laneIn(words: string): AuditLane | null {
  const name = folded(words).replaceAll(' ', '-');
  return name === '' ? 'typed' : auditLanes.find((lane) => lane === name) ?? null;
}
