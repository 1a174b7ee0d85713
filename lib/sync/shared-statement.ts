import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { EpisodeKey, EventId, LogEvent } from '../model/decision.js';
import type { MachineId, SharedFinding, SharedQuery, SharedStatement } from '../model/shared-statement.js';

/** The key of a finding: the same on every machine that has the board's key. */
export function findingKey(episode: EpisodeKey, place: string, what: string): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(['finding', episode, place, what]))));
}

/** Follows the log row by row. */
export interface StatementFold {
  /** Takes the next row in order; gives the key that it says something new of, or null. */
  readonly add: (row: LogEvent) => string | null;
  /** What the rows so far say of a key. */
  readonly stateOf: (key: string) => SharedStatement | null;
  readonly all: () => readonly SharedStatement[];
}

const unknownDetails = { authorRole: 'unknown', site: 'unknown', team: 'unknown', minutes: 0 } as const;

function findingOf(row: LogEvent, machine: MachineId): SharedFinding | null {
  if (row.kind !== 'finding-logged' && row.kind !== 'fault-logged' && row.kind !== 'unreadable-logged') return null;
  const rule = row.kind === 'finding-logged' ? row.rule : '' as const;
  const category = row.category ?? (row.kind === 'unreadable-logged' ? 'unreadable-document' : row.kind === 'finding-logged' && row.verdict === 'conflict' ? 'conflict' : 'avoid-term');
  const place = row.kind === 'unreadable-logged' ? `gap ${row.gap}` : row.place;
  const { authorRole, site, team, minutes } = { ...unknownDetails, ...row };
  return {
    kind: 'finding', key: findingKey(row.episode, place, rule === '' ? `category ${category}` : `rule ${rule}`), machine, sequence: row.sequence, at: row.wall, event: row.id, stands: true, episode: row.episode, specialty: row.specialty,
    documentKind: row.kind === 'unreadable-logged' ? 'unknown' : row.documentKind, rule, category, authorRole, site, team, minutes,
  };
}

/** The rows of one machine's log as what they say to other machines. A taken-back row counts no more, one that was brought back does; rows about anything else say nothing. */
export function createStatementFold(machine: MachineId): StatementFold {
  /** Which key a row is about, and the row that an undo stands for in the end. */
  const roots = new Map<EventId, { readonly root: EventId; readonly depth: number }>();
  const keys = new Map<EventId, string>();
  const findings = new Map<string, Map<EventId, SharedFinding>>();
  const queries = new Map<string, { readonly draft: SharedQuery; readonly moves: Map<EventId, Pick<SharedQuery, 'state' | 'outcome' | 'due'>> }>();
  const undone = new Set<EventId>();
  const lastWord = new Map<string, Pick<SharedStatement, 'sequence' | 'at' | 'event'>>();

  const stateOf = (key: string): SharedStatement | null => {
    const said = lastWord.get(key);
    if (!said) return null;
    const group = findings.get(key);
    if (group) {
      const rows = [...group.values()];
      const last = rows.filter(({ event }) => !undone.has(event)).at(-1);
      const told = last ?? rows.at(-1);
      return told ? { ...told, ...said, stands: last !== undefined } : null;
    }
    const query = queries.get(key);
    if (!query) return null;
    const moved = [...query.moves].filter(([id]) => !undone.has(id)).at(-1)?.[1];
    return { ...query.draft, ...moved, ...said, stands: !undone.has(query.draft.event) };
  };
  return {
    stateOf,
    all: () => [...lastWord.keys()].flatMap((key) => stateOf(key) ?? []),
    add: (row) => {
      let key: string | null = null;
      const finding = findingOf(row, machine);
      if (finding) {
        key = finding.key;
        findings.set(key, (findings.get(key) ?? new Map<EventId, SharedFinding>()).set(row.id, finding));
      } else if (row.kind === 'query-drafted') {
        const { episode, specialty, category, rule, template, language, findings: about } = row;
        key = row.id;
        queries.set(key, { moves: new Map(), draft: { kind: 'query', key, machine, sequence: row.sequence, at: row.wall, event: row.id, stands: true, episode, specialty, category, rule, template, language, findings: about, state: 'drafted', outcome: 'none', due: 0, drafted: row.wall } });
      } else if (row.kind === 'query-moved') {
        const query = queries.get(row.query);
        if (!query) return null;
        key = row.query;
        const before = stateOf(key);
        query.moves.set(row.id, { state: row.state, outcome: row.outcome, due: row.due === 0 && before?.kind === 'query' ? before.due : row.due });
      } else if (row.kind === 'undone') {
        const about = roots.get(row.undoes);
        const root = about ?? { root: row.undoes, depth: 0 };
        key = keys.get(root.root) ?? null;
        if (key === null) return null;
        roots.set(row.id, { root: root.root, depth: root.depth + 1 });
        if ((root.depth + 1) % 2 === 1) undone.add(root.root); else undone.delete(root.root);
      }
      if (key === null) return null;
      if (row.kind !== 'undone') keys.set(row.id, key);
      // A clock that was put back makes no word of one log older than the one before it.
      lastWord.set(key, { sequence: row.sequence, at: Math.max(row.wall, (lastWord.get(key)?.at ?? -1) + 1), event: row.id });
      return key;
    },
  };
}
