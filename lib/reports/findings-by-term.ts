import { grouped } from '../base/grouped.js';
import type { SpecialtyId } from '../model/episode.js';
import type { ReportDefinition } from '../model/report.js';
import type { RuleId, Severity } from '../model/rulebook.js';
import { standingEvents } from '../model/standing.js';

/** One term of the sheet: how often coders logged it. */
export interface TermFindings {
  readonly rule: RuleId;
  /** As the sheet had it when it was last logged. */
  readonly verdict: Severity;
  /** Standing logged findings: each place once. */
  readonly findings: number;
  readonly episodes: number;
  /** Specialties for which it was logged, by id. */
  readonly specialties: readonly (SpecialtyId | 'unknown')[];
}

/** Which terms were logged, in all specialties together; what was undone is left out. Most logged first, then by id. */
export const findingsByTerm: ReportDefinition<TermFindings> = {
  id: 'findings-by-term',
  question: { en: 'Which terms do coders log?', cy: 'Pa dermau mae codyddion yn eu cofnodi?' },
  project: (events) => {
    const all = [...events];
    const logged = standingEvents(all).filter((event) => event.kind === 'finding-logged');
    const rows = [...grouped(logged, (event) => event.rule)].map(([rule, own]): TermFindings => ({
      rule,
      verdict: (own.at(-1) as (typeof own)[number]).verdict,
      findings: own.length,
      episodes: new Set(own.map((event) => event.episode)).size,
      specialties: [...new Set(own.map((event) => event.specialty))].sort(),
    }));
    return { rows: rows.sort((a, b) => b.findings - a.findings || (a.rule < b.rule ? -1 : 1)), eventsRead: all.length };
  },
};
