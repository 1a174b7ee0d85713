import { csvText } from '../base/csv.js';
import type { SharedStatement } from '../model/shared-statement.js';

/**
 * Findings and queries as a table, one row each. No episode, not even its keyed hash, and the day in place of the moment: what is counted by, and nothing that
 * finds a patient (trust/threats.md, T18). What was taken back stays a row and says so.
 */
export function statementsCsv(statements: readonly SharedStatement[]): string {
  return csvText([
    ['kind', 'day', 'stands', 'specialty', 'category', 'term', 'document_kind', 'author_role', 'site', 'team', 'minutes', 'findings', 'state', 'outcome', 'due'],
    ...statements.map((one) => {
      const shared = [one.kind, day(one.kind === 'finding' ? one.at : one.drafted), one.stands ? 'yes' : 'taken-back', one.specialty, one.category, one.rule] as const;
      return one.kind === 'finding' ? [...shared, one.documentKind, one.authorRole, one.site, one.team, one.minutes, 1, null, null, null]
        : [...shared, null, null, null, null, null, one.findings, one.state, one.outcome, one.due === 0 ? null : day(one.due)];
    }),
  ]);
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
