import { grouped } from '../base/grouped.js';
import type { AuditedEpisode, AuditLine, AuditSample, AuditTable } from '../model/audit.js';
import type { AuditReport, LaneFigures, PartScores } from '../model/audit-report.js';
import { smallestShown } from '../model/counters.js';
import type { Month } from '../model/month.js';
import { auditorAgreement, trainingNeeds } from './agreement.js';
import { keyCounts, laneFigures, scoresOf } from './score.js';

/** The report of a sample, as the board's table counts. Persons are told apart only where `persons` says so. */
export function auditReport({ method, seed, population, drawn: drawnAt, episodes }: AuditSample, table: AuditTable, persons: boolean): AuditReport {
  const judged = episodes.filter((one): one is AuditedEpisode & { readonly lines: readonly AuditLine[] } => one.lines !== null);
  const lines = judged.flatMap((one) => one.lines);
  const wrong = lines.filter(({ kind }) => kind !== 'right');
  const caused = (cause: AuditLine['cause']): number => wrong.filter((one) => one.cause === cause).length;
  const parts = (nameOf: (one: AuditedEpisode) => string): readonly PartScores[] => [...grouped(judged, nameOf)].map(([name, own]): PartScores => ({
    name, episodes: own.length, scores: own.length < smallestShown ? null : scoresOf(own.flatMap((one) => one.lines), table),
  })).sort((a, b) => b.episodes - a.episodes || (a.name < b.name ? -1 : 1));
  return {
    method, seed, population, drawnAt, drawn: episodes.length, judged: judged.length, agreed: episodes.filter(({ state }) => state === 'agreed').length,
    anew: judged.filter((one) => one.anew).length, primaryOnly: judged.filter(({ depth }) => depth === 'primary').length, scores: scoresOf(lines, table), errors: { coder: caused('coder'), documentation: caused('documentation'), system: caused('system') },
    keys: keyCounts(lines, table), lanes: laneFigures(judged), bySpecialty: parts(({ specialty }) => specialty), byEdition: parts(({ edition }) => edition), byCoder: persons ? parts(({ coder }) => coder).filter(({ name }) => name !== '') : [],
    byMonth: [...grouped(judged.filter(({ lane }) => lane !== 'typed'), ({ coded }) => coded.slice(0, 7) as Month)].map(([month, own]) => ({ month, episodes: own.length, lanes: own.length < smallestShown ? null : together(own) })).sort((a, b) => (a.month < b.month ? -1 : 1)),
    agreement: auditorAgreement(episodes), needs: trainingNeeds(judged),
  };
}

/** The figures of all lanes but the typed one in one. */
function together(own: readonly AuditedEpisode[]): LaneFigures | null {
  return laneFigures(own.map((one) => ({ ...one, lane: 'suggestion' as const })))[0] ?? null;
}
