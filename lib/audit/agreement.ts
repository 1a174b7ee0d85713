import type { AuditedEpisode, AuditLine } from '../model/audit.js';
import type { Kappa, TrainingNeed } from '../model/audit-report.js';
import { cohenKappa } from './interval.js';

/** Codes of the first coder that two auditors judged, as right or not: their agreement beyond chance, over all episodes that had a second view. Null where too little was judged twice to say anything. */
export function auditorAgreement(episodes: readonly Pick<AuditedEpisode, 'views'>[]): Kappa | null {
  return cohenKappa(episodes.flatMap(({ views: { 1: one, 2: two } }) => {
    if (one.at !== 'coded' || two.at !== 'coded') return [];
    const other = verdicts(two.lines);
    return [...verdicts(one.lines)].flatMap(([code, verdict]) => { const second = other.get(code); return second === undefined ? [] : [[verdict, second] as const]; });
  }));
}

/** Each of the first coder's codes with its verdict. A code that stands twice in one category is told apart by its turn. */
function verdicts(lines: readonly AuditLine[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { category, first, kind } of lines) {
    if (first === null) continue;
    let turn = 0;
    while (found.has(`${category} ${first} ${turn}`)) turn += 1;
    found.set(`${category} ${first} ${turn}`, kind === 'right' ? 'right' : 'wrong');
  }
  return found;
}

/** What to teach, the most frequent first; one episode alone is chance. */
export function trainingNeeds(episodes: readonly Pick<AuditedEpisode, 'episode' | 'lines'>[]): readonly TrainingNeed[] {
  const met = new Map<string, Set<string>>();
  for (const { episode, lines } of episodes) for (const { category, kind, cause, first, audited } of lines ?? []) {
    const code = audited ?? first;
    if (kind === 'right' || cause !== 'coder' || code === null) continue;
    const name = `${category.endsWith('diagnosis') ? 'ICD-10' : 'OPCS-4'} ${code.slice(0, 3)}`;
    met.set(name, (met.get(name) ?? new Set()).add(episode));
  }
  return [...met].filter(([, found]) => found.size > 1).map(([name, found]): TrainingNeed => {
    const [system, category] = name.split(' ');
    return { category: category ?? '', system: system === 'OPCS-4' ? 'OPCS-4' : 'ICD-10', episodes: found.size };
  }).sort((a, b) => b.episodes - a.episodes || (a.category < b.category ? -1 : 1));
}
