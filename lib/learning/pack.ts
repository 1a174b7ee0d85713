import { fail, succeed, type Result } from '../base/result.js';
import { codeSystems, readCode, type CodeSystem } from '../model/code.js';
import { contextFlags, type CodeName, type ContextFlag, type PackFailure, type Phrase } from '../model/learning.js';
import { cellAt, type Cell, type Cells } from './cells.js';
import { forgottenName, type DecisionMemory } from './from-decisions.js';
import type { JudgedHere } from './judged-words.js';
import { longestPhrase, type Vocabulary } from './phrase.js';

/** Schemas of a pack; one with another number is refused. The second may hold approved words: a part without any is written, and signed, as in the first. */
export const packSchemas = [1, 2] as const;

/** Words may leave the device only after so many episodes: fewer could point at one. */
export const shareableFrom = 3;

/** A cell as a row: phrase, context, specialty, classification, edition, episodes, given, then four entries for each code: code, accepted, refused, beside. */
export type PackRow = readonly (string | number)[];

/** The counts of one device at one moment. `device` is a name made of its key, never of a person. A later `version` takes the place of an earlier one whole: counts may fall, when decisions are taken back. */
export interface DevicePart {
  readonly device: string;
  readonly version: number;
  /** Finished episodes by specialty. */
  readonly finished: readonly (readonly [string, number])[];
  readonly rows: readonly PackRow[];
  /** Words that a person on this device approved as terms: phrase, code, and the day (its first millisecond, UTC). Left out where there are none. */
  readonly entries?: readonly (readonly [string, string, number])[];
}

/** A part with the key and the signature that vouch for it: each device signs its own, so a pack can be joined and passed on by anybody. Both in base64url. */
export interface SignedPart {
  readonly part: DevicePart;
  readonly key: string;
  readonly signature: string;
}

/** What coders exchange. At most one part for each device, by the device's name. */
export interface Pack {
  readonly kind: 'nodi-pack';
  readonly schema: (typeof packSchemas)[number];
  readonly parts: readonly SignedPart[];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Milliseconds. */
const day = 86_400_000;

/** What this device may share of its memory, and of what a person approved. The same memory gives the same part, to the letter. */
export function devicePart(memory: DecisionMemory, device: string, judged: ReadonlyMap<string, JudgedHere> = new Map()): DevicePart {
  const rows = [...memory.cells.values()].flatMap((cells) => [...cells.values()]).filter(({ episodes }) => episodes >= shareableFrom)
    .flatMap((cell): PackRow[] => {
      const codes = [...cell.codes].filter(([code]) => !memory.forgotten.has(forgottenName(cell.phrase, code))).sort(([a], [b]) => compare(a, b));
      return codes.length === 0 ? [] : [[cell.phrase, cell.flag, cell.specialty, cell.system, cell.list, cell.episodes, cell.given, ...codes.flatMap(([code, { accepted, refused, beside }]) => [code, accepted, refused, beside])]];
    });
  const nameOf = (row: PackRow): string => row.slice(0, 5).join('\t');
  const entries = [...judged.values()].filter(({ verdict }) => verdict === 'approved').map(({ phrase, name, at }) => [phrase, name, Math.floor(at / day) * day] as const).sort((a, b) => compare(a.join('\t'), b.join('\t')));
  return { device, version: memory.version, finished: [...memory.finished].filter(([, count]) => count > 0).sort(([a], [b]) => compare(a, b)), rows: rows.sort((a, b) => compare(nameOf(a), nameOf(b))), ...(entries.length > 0 ? { entries } : {}) };
}

/** What is signed: the part in one way of writing. */
export function writtenPart({ device, version, finished, rows, entries }: DevicePart): string { return JSON.stringify(entries ? [2, device, version, finished, rows, entries] : [1, device, version, finished, rows]); }

/** Joins packs: of each device its newest part. The order and the number of times do not matter. */
export function mergePacks(...packs: readonly Pack[]): Pack {
  const newest = new Map<string, SignedPart>();
  for (const one of packs.flatMap(({ parts }) => parts)) {
    const held = newest.get(one.part.device);
    // Two parts of one version should be one; were they not, the choice must be the same in whatever order they came.
    if (!held || one.part.version > held.part.version || (one.part.version === held.part.version && compare(nameOf(one), nameOf(held)) > 0)) newest.set(one.part.device, one);
  }
  const parts = [...newest.values()].sort((a, b) => compare(a.part.device, b.part.device));
  return { kind: 'nodi-pack', schema: parts.some(({ part }) => part.entries) ? 2 : 1, parts };
}

const nameOf = ({ part, key, signature }: SignedPart): string => `${writtenPart(part)} ${key} ${signature}`;

/** Is this part of a coder whom the board named, by public key or by the name of the device? `named` null: no board did, and the person decides. */
export function isNamed({ part: { device }, key }: { readonly part: Pick<DevicePart, 'device'>; readonly key?: string }, named: readonly string[] | null): boolean {
  return named === null || named.includes(device) || (key !== undefined && named.includes(key));
}

/** The parts of a pack that may be counted under the board's policy; one whose coder it does not name any more is kept and says nothing. */
export function namedParts(pack: Pack, named: readonly string[] | null): Pack {
  return named === null ? pack : { ...pack, parts: pack.parts.filter((one) => isNamed(one, named)) };
}

/** Finished episodes that stand behind what is known of a specialty: this device's, those of the packs, and those that a model was trained on. */
export function episodesBehind(specialty: string, own: ReadonlyMap<string, number>, packs: Pack | null, trained: ReadonlyMap<string, number> | null): number {
  const others = packs?.parts.reduce((sum, { part }) => sum + (part.finished.find(([name]) => name === specialty)?.[1] ?? 0), 0) ?? 0;
  return (own.get(specialty) ?? 0) + others + (trained?.get(specialty) ?? 0);
}

/** Reads a pack's data; signatures are for the caller to check. Every row is looked at, and one that is not sound refuses the whole. */
export function readPack(data: unknown, isClinical: Vocabulary): Result<Pack, PackFailure> {
  if (!isFields(data) || data['kind'] !== 'nodi-pack' || !Array.isArray(data['parts'])) return fail({ kind: 'not-a-pack' });
  const { schema } = data;
  if (!isCount(schema)) return fail({ kind: 'not-a-pack' });
  if (!(packSchemas as readonly unknown[]).includes(schema)) return fail({ kind: 'other-schema', found: schema });
  const parts: SignedPart[] = [];
  for (const [at, raw] of (data['parts'] as readonly unknown[]).entries()) {
    if (!isFields(raw) || typeof raw['key'] !== 'string' || typeof raw['signature'] !== 'string' || !isFields(raw['part'])) return fail({ kind: 'damaged', part: at + 1 });
    const { device, version, finished, rows, entries } = raw['part'];
    const isSound = typeof device === 'string' && /^[0-9a-f]{16}$/.test(device) && isCount(version) && Array.isArray(finished) && finished.every(isFinished) && Array.isArray(rows) && rows.every(isRow) && (entries === undefined || (Array.isArray(entries) && entries.length > 0 && entries.every(isEntry)));
    if (!isSound) return fail({ kind: 'damaged', part: at + 1 });
    const checked = rows as readonly PackRow[];
    const approved = entries as DevicePart['entries'];
    if (![...checked, ...approved ?? []].every(([phrase]) => String(phrase).split(' ').every(isClinical))) return fail({ kind: 'word', part: at + 1 });
    parts.push({ part: { device, version, finished: finished as DevicePart['finished'], rows: checked, ...(approved ? { entries: approved } : {}) }, key: raw['key'], signature: raw['signature'] });
  }
  return succeed(mergePacks({ kind: 'nodi-pack', schema: 1, parts }));
}

/** The counts of a part, for looking up. */
export function cellsOfPart({ rows }: DevicePart): Cells {
  const cells: Cells = new Map();
  for (const [phrase, flag, specialty, system, list, episodes, given, ...codes] of rows) {
    const cell: Cell = cellAt(cells, { phrase: phrase as Phrase, flag: flag as ContextFlag, specialty: String(specialty), system: system as CodeSystem, list: String(list) });
    cell.episodes = Number(episodes);
    cell.given = Number(given);
    for (let at = 0; at < codes.length; at += 4) cell.codes.set(codes[at] as CodeName, { accepted: Number(codes[at + 1]), refused: Number(codes[at + 2]), beside: Number(codes[at + 3]) });
  }
  return cells;
}

function isFields(value: unknown): value is Record<string, unknown> { return typeof value === 'object' && value !== null && !Array.isArray(value); }
function isCount(value: unknown): value is number { return Number.isSafeInteger(value) && (value as number) >= 0; }
function isName(value: unknown): value is string { return typeof value === 'string' && /^[a-z0-9][a-z0-9.-]{0,63}$/.test(value); }
function isFinished(value: unknown): boolean { return Array.isArray(value) && value.length === 2 && isName(value[0]) && isCount(value[1]); }

function isEntry(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 3) return false;
  const [phrase, name, at] = value as readonly unknown[];
  return typeof phrase === 'string' && phrase !== '' && phrase.split(' ').length <= longestPhrase && typeof name === 'string' && /^(?:ICD-10|OPCS-4) [A-Z]\d\d[\dX]$/.test(name) && isCount(at) && at % day === 0;
}

function isRow(value: unknown): boolean {
  if (!Array.isArray(value) || value.length < 11 || (value.length - 7) % 4 !== 0) return false;
  const [phrase, flag, specialty, system, list, episodes, given, ...codes] = value as readonly unknown[];
  if (typeof phrase !== 'string' || phrase === '' || phrase.split(' ').length > longestPhrase || !(contextFlags as readonly unknown[]).includes(flag)) return false;
  if (!isName(specialty) || !(codeSystems as readonly unknown[]).includes(system) || !isName(list) || !isCount(episodes) || !isCount(given) || given > episodes || episodes < shareableFrom) return false;
  for (let at = 0; at < codes.length; at += 4) {
    const [code, accepted, refused, beside] = codes.slice(at, at + 4);
    if (typeof code !== 'string' || !code.startsWith(`${String(system)} `) || readCode(code.slice(String(system).length + 1)) === null) return false;
    if (!isCount(accepted) || !isCount(refused) || !isCount(beside) || accepted + refused > episodes || beside > given || beside > accepted + refused) return false;
  }
  return true;
}
