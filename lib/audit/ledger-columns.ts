import { fail, succeed, type Result } from '../base/result.js';
import { dayOrders, ledgerFields, type ColumnFailure, type ColumnMapping, type DayOrder, type LedgerField } from '../model/ledger.js';

/** Words as they are compared: letters and figures in one case, without accents. */
export function folded(words: string): string {
  return words.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{Nd}]+/gu, ' ').trim();
}

/** Heads by which extracts name their columns, in English and Welsh; the first of a field's words that a head is wins over a later one. Of WPAS and PEDW practice as governance §5 has it, to be checked with the department. */
const heads: Readonly<Record<LedgerField, readonly string[]>> = {
  patient: ['nhs number', 'nhs no', 'nhsnumber', 'crn', 'hospital number', 'case record number', 'patient id', 'patient number', 'patient identifier', 'unit number', 'rhif gig', 'rhif y gig', 'rhif ysbyty', 'rhif claf', 'rhif y claf', 'dynodwr claf'],
  spell: ['spell number', 'provider spell number', 'hospital provider spell number', 'spell id', 'spell no', 'spell', 'admission number', 'rhif cyfnod darparwr', 'rhif sbel', 'sbel', 'rhif derbyn'],
  episode: ['episode number', 'episode id', 'episode no', 'fce number', 'fce id', 'episode key', 'consultant episode number', 'episode', 'rhif cyfnod', 'rhif y cyfnod', 'rhif pennod', 'dynodwr cyfnod', 'rhif episod', 'cyfnod'],
  specialty: ['treatment function code', 'treatment function', 'tfc', 'main specialty code', 'main specialty', 'specialty code', 'specialty', 'speciality', 'spec', 'cod arbenigedd', 'prif arbenigedd', 'arbenigedd', 'swyddogaeth triniaeth', 'cod swyddogaeth triniaeth'],
  admitted: ['admission date', 'date of admission', 'admitted', 'date admitted', 'admit date', 'episode start date', 'spell start date', 'dyddiad derbyn', 'derbyniwyd', 'dyddiad mynediad', 'dyddiad dechrau r cyfnod'],
  discharged: ['discharge date', 'date of discharge', 'discharged', 'date discharged', 'spell end date', 'dyddiad rhyddhau', 'rhyddhawyd', 'dyddiad gadael'],
  ended: ['episode end date', 'end of episode', 'episode end', 'fce end date', 'consultant episode end date', 'dyddiad gorffen y cyfnod', 'dyddiad diwedd y cyfnod', 'diwedd y cyfnod', 'dyddiad diwedd cyfnod'],
  coded: ['coded date', 'date coded', 'coding date', 'coding complete date', 'date coding completed', 'coded on', 'dyddiad codio', 'codiwyd ar', 'dyddiad y codio'],
  depth: ['coding depth', 'depth of coding', 'depth', 'dyfnder codio', 'dyfnder'],
  medium: ['medium', 'notes type', 'record type', 'electronic or paper', 'electronic paper', 'coded from', 'cyfrwng', 'math o nodiadau', 'math o gofnod', 'electronig neu bapur'],
  status: ['coding status', 'status', 'episode status', 'statws codio', 'statws'],
  reason: ['uncoded reason', 'reason uncoded', 'reason not coded', 'reason', 'suspension reason', 'suspend reason', 'rheswm heb godio', 'rheswm dros beidio codio', 'rheswm'],
  coder: ['coder', 'coder id', 'coded by', 'coder name', 'coder initials', 'codydd', 'codiwyd gan', 'dynodwr codydd'],
};

/** What each column seems to hold, by its head. Nothing is guessed from what stands below it: the person sees the guess and says. */
export function guessColumns(header: readonly string[]): ColumnMapping['columns'] {
  const columns: Partial<Record<LedgerField, string>> = {};
  const taken = new Set<number>();
  const all = header.map(folded);
  for (const field of ledgerFields) {
    const at = heads[field].map((head) => all.findIndex((one, index) => one === head && !taken.has(index))).find((index) => index >= 0);
    if (at === undefined) continue;
    taken.add(at);
    columns[field] = header[at] ?? '';
  }
  return columns;
}

/** The mapping that a file starts with: the department's own where its heads are all there, else a guess. */
export function mappingFor(header: readonly string[], saved: ColumnMapping | null, days: DayOrder | null): ColumnMapping {
  if (saved && Object.values(saved.columns).every((head) => header.includes(head)) && saved.columns.episode !== undefined) return saved;
  return { columns: guessColumns(header), days, unknownSpecialty: saved?.unknownSpecialty ?? 'refuse', specialties: saved?.specialties ?? {} };
}

/** Places of the columns, -1 where the extract has none of a field. */
export type ColumnPlaces = Readonly<Record<LedgerField, number>>;

/** Where each column of a mapping stands. An episode needs its number, its end or the discharge, and a day or a status that says whether it is coded. */
export function placesOf(header: readonly string[], { columns }: ColumnMapping): Result<ColumnPlaces, ColumnFailure> {
  const places: Record<string, number> = {};
  const seen = new Set<number>();
  for (const field of ledgerFields) {
    const head = columns[field];
    const at = head === undefined ? -1 : header.indexOf(head);
    if (head !== undefined && at < 0) return fail({ kind: 'no-column', field });
    if (at >= 0 && (seen.has(at) || header.indexOf(head ?? '', at + 1) >= 0)) return fail({ kind: 'column-twice', field });
    if (at >= 0) seen.add(at);
    places[field] = at;
  }
  const found = places as ColumnPlaces;
  if (found.episode < 0) return fail({ kind: 'no-column', field: 'episode' });
  if (found.ended < 0 && found.discharged < 0) return fail({ kind: 'no-column', field: 'discharged' });
  if (found.coded < 0) return fail({ kind: 'no-column', field: 'coded' });
  if (found.specialty < 0) return fail({ kind: 'no-column', field: 'specialty' });
  return succeed(found);
}

/** A mapping as a file that another machine of the department takes. It holds heads of columns, never a cell. */
export function writeMapping(mapping: ColumnMapping): string {
  return `${JSON.stringify({ kind: 'nodi-ledger-columns', schema: 1, ...mapping }, null, 1)}\n`;
}

const isText = (value: unknown, most: number): value is string => typeof value === 'string' && value.length > 0 && value.length <= most && !/\p{Cc}/u.test(value);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a mapping from data that may be anything: whole or not at all. */
export function readMapping(data: unknown): Result<ColumnMapping, ColumnFailure> {
  const no = fail({ kind: 'not-a-mapping' as const });
  if (!isRecord(data) || data['kind'] !== 'nodi-ledger-columns' || data['schema'] !== 1 || Object.keys(data).length !== 6) return no;
  const { columns, days, unknownSpecialty, specialties } = data;
  if (!isRecord(columns) || !isRecord(specialties)) return no;
  const read: Partial<Record<LedgerField, string>> = {};
  for (const [key, head] of Object.entries(columns)) {
    const field = ledgerFields.find((one) => one === key);
    if (field === undefined || !isText(head, 200)) return no;
    read[field] = head;
  }
  if (new Set(Object.values(read)).size !== Object.keys(read).length) return no;
  const order = days === null ? null : dayOrders.find((one) => one === days);
  if (order === undefined || (unknownSpecialty !== 'refuse' && unknownSpecialty !== 'count')) return no;
  const own: [string, number][] = [];
  for (const [name, code] of Object.entries(specialties)) {
    if (own.length >= 1000 || !isText(name, 120) || folded(name) !== name || typeof code !== 'number' || !Number.isInteger(code) || code < 100 || code > 999) return no;
    own.push([name, code]);
  }
  return succeed({ columns: read, days: order, unknownSpecialty, specialties: Object.fromEntries(own) });
}
