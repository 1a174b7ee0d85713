import type { SpecialtyId } from '../model/episode.js';
import type { MachinesTogether, TogetherRow } from '../model/quality.js';
import { standingOnce, type SharedStatement } from '../model/shared-statement.js';
import { hiddenCells, smallestShown, type SumLine } from './small-cells.js';

/** Findings and open queries of this machine, and of all machines with each thing once. A finding that stands here is counted as it is told here. */
export function machinesTogether(own: readonly SharedStatement[], others: readonly SharedStatement[], least = smallestShown): MachinesTogether {
  const here = standingOnce(own);
  const known = new Set(here.map(({ kind, key }) => `${kind} ${key}`));
  const beyond = standingOnce(others).filter(({ kind, key }) => !known.has(`${kind} ${key}`));
  const tally = new Map<SpecialtyId | 'unknown', { here: number; beyond: number }>();
  const queries = { here: 0, all: 0 };
  for (const [part, statements] of [['here', here], ['beyond', beyond]] as const) {
    for (const one of statements) {
      if (one.kind === 'query') { if (one.state === 'drafted' || one.state === 'sent') { queries.all += 1; if (part === 'here') queries.here += 1; } continue; }
      const row = tally.get(one.specialty) ?? { here: 0, beyond: 0 };
      row[part] += 1;
      tally.set(one.specialty, row);
    }
  }
  // What only others say is shown nowhere, and must not be told by taking one column from the other.
  const values: number[] = [0, 0, 0];
  const lines: SumLine[] = [{ parts: [0, 1], total: 2 }];
  const columns: readonly [number[], number[], number[]] = [[], [], []];
  const places = [...tally].sort(([a], [b]) => (a < b ? -1 : 1)).map(([specialty, row]) => {
    const at = [row.here, row.beyond, row.here + row.beyond].map((value, column) => { const place = values.push(value) - 1; columns[column]?.push(place); values[column] = (values[column] ?? 0) + value; return place; }) as [number, number, number];
    lines.push({ parts: [at[0], at[1]], total: at[2] });
    return { specialty, at };
  });
  for (const [total, parts] of columns.entries()) lines.push({ parts, total });
  const hidden = hiddenCells(values, lines, { least });
  const shown = (at: number): number | null => (hidden.has(at) ? null : values[at] ?? 0);
  const rows = places.map(({ specialty, at }): TogetherRow => ({ specialty, here: shown(at[0]), all: shown(at[2]) }));
  return { rows, total: { here: shown(0), all: shown(2) }, openQueries: queries, machines: new Set(others.map(({ machine }) => machine)).size, kept: others.length };
}
