import { fail, succeed, type Result } from '../base/result.js';
import { unknownFunction, type ColumnMapping, type Day, type DayField, type EpisodeIdentity, type LedgerEpisode, type LedgerField, type LedgerStatus, type ReadEpisode, type RefusedRow, type RowFault, type TreatmentFunction, type UncodedReason } from '../model/ledger.js';
import type { ColumnPlaces } from './ledger-columns.js';
import { readDay } from './ledger-days.js';

/** What a row is read by. */
export interface RowReading {
  readonly places: ColumnPlaces;
  readonly mapping: ColumnMapping;
  /** Columns of the head: a row of another number is damaged. */
  readonly width: number;
  /** The day that the extract is of: a later one in it cannot be. */
  readonly asOf: Day;
  /** From a workbook: days may be numbers, and empty cells at a row's end are left off. */
  readonly isWorkbook: boolean;
  /** `folded`, which may remember the few words that stand in a column a million times. */
  readonly fold: (words: string) => string;
  /** Treatment functions by their code and by their folded names. */
  readonly functionOf: (folded: string) => TreatmentFunction | null;
}

type Fault = { readonly why: RowFault; readonly field: LedgerField | null };

const statuses: Readonly<Record<string, LedgerStatus>> = {
  uncoded: 'uncoded', 'not coded': 'uncoded', 'to be coded': 'uncoded', outstanding: 'uncoded', awaiting: 'uncoded', u: 'uncoded', n: 'uncoded', no: 'uncoded', 'heb ei godio': 'uncoded', 'heb godio': 'uncoded', 'i w godio': 'uncoded', na: 'uncoded',
  suspended: 'suspended', query: 'suspended', queried: 'suspended', 'on hold': 'suspended', pending: 'suspended', s: 'suspended', 'wedi i atal': 'suspended', ataliwyd: 'suspended', ymholiad: 'suspended',
  coded: 'coded', complete: 'coded', completed: 'coded', c: 'coded', y: 'coded', yes: 'coded', 'wedi i godio': 'coded', codiwyd: 'coded', cyflawn: 'coded', ydy: 'coded',
  audited: 'audited', a: 'audited', 'wedi i archwilio': 'audited', archwiliwyd: 'audited',
};
const depths: Readonly<Record<string, 'full' | 'primary'>> = { full: 'full', f: 'full', complete: 'full', llawn: 'full', primary: 'primary', p: 'primary', 'primary only': 'primary', 'primary diagnosis only': 'primary', 'primary diagnosis and procedure only': 'primary', 'primary diagnosis and procedure': 'primary', partial: 'primary', 'sylfaenol yn unig': 'primary', sylfaenol: 'primary', 'prif yn unig': 'primary', prif: 'primary' };
const media: Readonly<Record<string, 'electronic' | 'paper'>> = { electronic: 'electronic', e: 'electronic', digital: 'electronic', electronig: 'electronic', digidol: 'electronic', paper: 'paper', p: 'paper', 'case notes': 'paper', 'paper notes': 'paper', papur: 'paper', 'nodiadau papur': 'paper' };
/** By what words hold, since departments word their reasons as they please. */
const reasons: readonly (readonly [RegExp, UncodedReason])[] = [
  [/\b(?:discharge summary|summary|e ?dal|advice letter|crynodeb)\b/, 'no-summary'], [/\b(?:notes?|casenotes?|nodiadau)\b/, 'no-notes'], [/\b(?:query|queried|clinician|consultant|ymholiad|clinigwr|ymgynghorydd)\b/, 'query'],
  [/\b(?:histology|histopathology|pathology|histoleg|patholeg)\b/, 'histology'], [/\b(?:system|it|pas|wpas|encoder)\b/, 'system'], [/\b(?:backlog|queue|capacity|ol groniad|olgroniad|ciw)\b/, 'backlog'],
];
/** An identifier has plain letters and figures, and a sign or two between them: no formula, no hidden or broken letter, no sentence. */
const identifier = /^[A-Za-z0-9](?:[A-Za-z0-9 ./_-]{0,38}[A-Za-z0-9])?$/;
/** From this day on episodes are counted: older ones are slips of a century. */
const firstEnd = 10_957 as Day;

/** Reads one row: an episode, or the first thing that is wrong with it. Nothing is put right. */
export function readLedgerRow(cells: readonly string[], line: number, reading: RowReading): Result<ReadEpisode, { readonly kind: 'refused' } & RefusedRow> {
  const read = rowOf(cells, reading);
  return 'why' in read ? fail({ kind: 'refused', line, ...read }) : succeed(read);
}

function rowOf(cells: readonly string[], reading: RowReading): ReadEpisode | Fault {
  const { places, mapping, width, isWorkbook, asOf, fold } = reading;
  if (cells.length > width ? cells.slice(width).some((cell) => cell.trim() !== '') : cells.length < width && !isWorkbook) return { why: 'wrong-width', field: null };
  const cell = (field: LedgerField): string => { const at = places[field]; return at < 0 ? '' : (cells[at] ?? '').trim(); };
  const identity = identityOf(cell, places);
  if ('why' in identity) return identity;
  const days: Partial<Record<DayField, Day | null>> = {};
  for (const field of ['admitted', 'discharged', 'ended', 'coded'] as const) {
    const text = cell(field);
    if (text === '') { days[field] = null; continue; }
    const day = readDay(text, mapping.days, isWorkbook);
    if (!day.ok) return { why: day.failure.kind === 'bad' ? 'bad-day' : 'ambiguous-day', field };
    if (day.value > asOf) return { why: 'day-to-come', field };
    if (field !== 'admitted' && day.value < firstEnd) return { why: 'day-too-early', field };
    days[field] = day.value;
  }
  const { admitted = null, discharged = null, coded = null } = days;
  const ended = days.ended ?? discharged;
  if (ended === null) return { why: 'missing-end', field: places.ended >= 0 ? 'ended' : 'discharged' };
  if (admitted !== null && ended < admitted) return { why: 'ended-before-admitted', field: days.ended === null || days.ended === undefined ? 'discharged' : 'ended' };
  if (admitted !== null && discharged !== null && discharged < admitted) return { why: 'ended-before-admitted', field: 'discharged' };
  if (discharged !== null && ended > discharged) return { why: 'ended-after-discharged', field: 'ended' };
  if (coded !== null && coded < ended) return { why: 'coded-before-end', field: 'coded' };
  const specialty = specialtyOf(cell('specialty'), reading);
  if (specialty === null) return { why: 'unknown-specialty', field: 'specialty' };
  const status = statusOf(fold(cell('status')), coded);
  if (typeof status === 'object') return status;
  const depth = wordOf(fold(cell('depth')), depths);
  if (depth === undefined) return { why: 'unknown-word', field: 'depth' };
  const medium = wordOf(fold(cell('medium')), media);
  if (medium === undefined) return { why: 'unknown-word', field: 'medium' };
  const given = fold(cell('reason'));
  const reason = coded !== null ? null : given === '' ? 'none-given' : reasons.find(([words]) => words.test(given))?.[1] ?? 'other';
  const episode: LedgerEpisode = { specialty, admitted, discharged, ended, coded, depth, medium, status, reason };
  return { identity, episode, coder: coded === null ? null : cell('coder').slice(0, 80) || null, isReasonOther: reason === 'other' };
}

function identityOf(cell: (field: LedgerField) => string, places: ColumnPlaces): EpisodeIdentity | Fault {
  for (const field of ['episode', 'patient', 'spell'] as const) {
    if (places[field] < 0) continue;
    const text = cell(field);
    if (text === '') return { why: 'missing-id', field };
    if (!identifier.test(text)) return { why: 'bad-id', field };
  }
  return { patient: cell('patient'), spell: cell('spell'), episode: cell('episode') };
}

function specialtyOf(written: string, { fold, functionOf, mapping }: RowReading): TreatmentFunction | null {
  const words = fold(written);
  const own = words === '' ? undefined : Object.hasOwn(mapping.specialties, words) ? mapping.specialties[words] : undefined;
  const found = own !== undefined ? own as TreatmentFunction : words === '' ? null : functionOf(words);
  return found ?? (mapping.unknownSpecialty === 'count' ? unknownFunction : null);
}

/** A status and a day of coding that say the same; without a status the day says it. */
function statusOf(words: string, coded: Day | null): LedgerStatus | Fault {
  if (words === '') return coded === null ? 'uncoded' : 'coded';
  const status = Object.hasOwn(statuses, words) ? statuses[words] : undefined;
  if (status === undefined) return { why: 'unknown-word', field: 'status' };
  const isCoded = status === 'coded' || status === 'audited';
  if (isCoded && coded === null) return { why: 'coded-without-day', field: 'coded' };
  if (!isCoded && coded !== null) return { why: 'day-without-coded', field: 'status' };
  return status;
}

/** Null for an empty cell, undefined for words that nobody knows. */
function wordOf<Value>(words: string, known: Readonly<Record<string, Value>>): Value | null | undefined {
  return words === '' ? null : Object.hasOwn(known, words) ? known[words] : undefined;
}
