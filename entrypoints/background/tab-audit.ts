import { foldAudits, waitingAudits } from '../../lib/audit/index.js';
import { auditKey } from '../../lib/log/index.js';
import type { AuditSample, WaitingAudit } from '../../lib/model/audit.js';
import type { EpisodeKey } from '../../lib/model/decision.js';
import type { TabEpisode } from './tab-episode.js';
import type { TabPatient } from './tab-patient.js';
import type { World } from './world.js';

export type TabAudit = ReturnType<typeof createTabAudit>;

/** Whether an audit waits for the episode of a tab: known by its keyed hash alone, and to an auditor alone. */
export function createTabAudit({ ownFrames }: TabPatient, { leadEpisode }: TabEpisode) {
  /** The log is folded once for each event that came. */
  let read: { readonly events: number; readonly samples: readonly AuditSample[]; readonly waiting: ReadonlyMap<EpisodeKey, WaitingAudit> } | null = null;
  const now = (it: World): NonNullable<typeof read> => {
    if (read?.events !== it.events.length) { const samples = foldAudits(it.events); read = { events: it.events.length, samples, waiting: waitingAudits(samples) }; }
    return read;
  };

  /** The audit that waits for an auditor's codes of an episode; null for everybody else. */
  const auditOf = (it: World, episode: EpisodeKey | null): WaitingAudit | null => (episode === null || it.effective.settings.profile !== 'auditor' ? null : now(it).waiting.get(episode) ?? null);

  return {
    auditOf,
    samplesOf: (it: World): readonly AuditSample[] => now(it).samples,
    auditIn: (it: World, tab: number): WaitingAudit | null => auditOf(it, leadEpisode(it, ownFrames(tab))),
    /** Under what the codes given to an episode are kept: an auditor's apart from the first coder's, which nobody sees before. */
    workedOn: (it: World, episode: EpisodeKey): EpisodeKey => { const audit = auditOf(it, episode); return audit ? auditKey(it.boardKey, { ...audit, episode }) : episode; },
  };
}
