import type { AuditableEpisode, PlainCoding } from '../model/audit.js';
import type { CodedEpisode } from '../model/coded-episode.js';
import type { EpisodeKey, LogEvent } from '../model/decision.js';
import { laneOf } from './draw-sample.js';

/** The codes of an episode without what binds them into units. */
export function plainCodingOf({ diagnoses, procedures }: Pick<CodedEpisode, 'diagnoses' | 'procedures'>): PlainCoding {
  return { diagnoses: diagnoses.flatMap(({ codes }) => codes), procedures: procedures.flatMap(({ codes }) => codes) };
}

/** Episodes that were coded to the end on this computer, as an audit can draw them. Whose they are the log does not know, nor how long the stay was. `dayAt`: the day here of a row's moment. */
export function auditableOf(events: readonly LogEvent[], coded: ReadonlyMap<EpisodeKey, CodedEpisode>, dayAt: (event: LogEvent) => string): readonly AuditableEpisode[] {
  const finished = new Map(events.flatMap((event) => (event.kind === 'episode-coded' ? [[event.id, event] as const] : [])));
  return [...coded.values()].flatMap((one): AuditableEpisode[] => {
    const end = one.coded === null ? undefined : finished.get(one.coded);
    if (!end || one.diagnoses.length + one.procedures.length === 0) return [];
    return [{
      episode: one.episode, specialty: end.specialty, coder: '', coded: dayAt(end), stay: null, depth: end.depth, criterion: end.criterion,
      lane: laneOf([...one.diagnoses, ...one.procedures].map(({ origin }) => origin)), edition: end.edition, row: 0, ...plainCodingOf(one),
    }];
  });
}
