import type { Brand } from '../base/brand.js';
import type { DocumentKind } from './document.js';
import type { SpecialtyId } from './episode.js';
import type { EpisodeKey, EventId } from './event-id.js';
import type { FaultCategory, FaultDetails } from './fault.js';
import type { QueryLanguage, QueryOutcome, QueryState, QueryTemplateId } from './query.js';
import type { RuleId } from './rulebook.js';

/** Names one log, by a UUID made by chance when it was begun: no name of a computer, an account or a person. */
export type MachineId = Brand<string, 'MachineId'>;

/** What every statement holds. `machine`, `sequence` and `event` are of the row that said the last word, `at` (milliseconds since 1970 UTC) its clock. */
interface Said { readonly key: string; readonly machine: MachineId; readonly sequence: number; readonly at: number; readonly event: EventId; /** False once it was taken back. */ readonly stands: boolean }

/** A finding as machines share it: its key is of the episode, the place and what is wrong there, so two coders on one note say one thing. */
export type SharedFinding = Said & Omit<FaultDetails, 'category'> & {
  readonly kind: 'finding'; readonly episode: EpisodeKey; readonly specialty: SpecialtyId | 'unknown'; readonly documentKind: DocumentKind | 'unknown'; readonly rule: RuleId | ''; readonly category: FaultCategory;
};

/** A query and where it stands: no words, for its template ships. `due` is milliseconds since 1970 UTC or 0. */
export type SharedQuery = Said & {
  readonly kind: 'query'; readonly episode: EpisodeKey | ''; readonly specialty: SpecialtyId | 'unknown'; readonly category: FaultCategory; readonly rule: RuleId | '';
  readonly template: QueryTemplateId; readonly language: QueryLanguage; readonly findings: number; readonly state: QueryState; readonly outcome: QueryOutcome; readonly due: number; readonly drafted: number;
};

/** What one machine tells another. There is no field that could hold patient text or an identifier. */
export type SharedStatement = SharedFinding | SharedQuery;

/** What one machine says of one thing has one name: another machine's word never takes its place. */
export function statementName({ machine, kind, key }: SharedStatement): string {
  return `${machine} ${kind} ${key}`;
}

/** Of one machine the later row stands, by its number and never by its clock; of one row, any order gives the same. */
function later(a: SharedStatement, b: SharedStatement): SharedStatement {
  return a.sequence !== b.sequence ? (a.sequence > b.sequence ? a : b) : a.event !== b.event ? (a.event > b.event ? a : b) : JSON.stringify(a) > JSON.stringify(b) ? a : b;
}

/** Statements of several machines as one set, in order of their names: idempotent, commutative and associative. */
export function mergeStatements(...parts: readonly Iterable<SharedStatement>[]): readonly SharedStatement[] {
  const all = new Map<string, SharedStatement>();
  for (const part of parts) for (const one of part) { const name = statementName(one); const held = all.get(name); all.set(name, held ? later(held, one) : one); }
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/**
 * What stands when all machines are heard, each thing once: it stands as long as one of them has not taken it back. How it is told is the word of the latest
 * clock among those, for between machines there is nothing else to go by; whether it counts never hangs on a clock.
 */
export function standingOnce(statements: Iterable<SharedStatement>): readonly SharedStatement[] {
  const found = new Map<string, SharedStatement>();
  for (const one of statements) {
    if (!one.stands) continue;
    const name = `${one.kind} ${one.key}`;
    const held = found.get(name);
    found.set(name, !held || one.at > held.at || (one.at === held.at && one.event > held.event) ? one : held);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
