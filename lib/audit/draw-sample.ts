import { chanceFrom } from '../base/chance.js';
import { unreachable } from '../base/result.js';
import type { AuditableEpisode, AuditLane, AuditTable, SampleRequest } from '../model/audit.js';
import type { CodeOrigin } from '../model/coded-episode.js';
import type { EpisodeKey } from '../model/event-id.js';

export interface DrawnSample {
  /** Episodes that could have been drawn. */
  readonly population: number;
  /** In the order in which they were drawn. */
  readonly episodes: readonly AuditableEpisode[];
}

/** The week of a day (YYYY-MM-DD) by ISO 8601: it belongs to the year that its Thursday is in. */
export function weekOf(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + 4 - (at.getUTCDay() || 7));
  const year = at.getUTCFullYear();
  return `${year}-W${String(Math.ceil(((at.getTime() - Date.UTC(year, 0, 1)) / 86_400_000 + 1) / 7)).padStart(2, '0')}`;
}

/** Which lane an episode went: the most automatic way in which any of its codes came. */
export function laneOf(origins: readonly CodeOrigin[]): AuditLane {
  return origins.includes('one-key') ? 'one-key' : origins.includes('board') ? 'board' : origins.includes('suggestion') ? 'suggestion' : 'typed';
}

/** Episodes from which a request draws, in no order. Those in `drawn` were audited before and are not drawn again. */
export function toDrawFrom(episodes: readonly AuditableEpisode[], request: SampleRequest, table: Pick<AuditTable, 'highRisk'>, drawn: ReadonlySet<EpisodeKey> = new Set()): readonly AuditableEpisode[] {
  return episodes.filter((one) => !drawn.has(one.episode) && concerns(one, request) && isWanted(one, request.method, table));
}

/**
 * A simple random sample without replacement of those that the request concerns. The order in which the episodes are given does not matter, so
 * that who imports them anew draws the same.
 */
export function drawSample(episodes: readonly AuditableEpisode[], request: SampleRequest, table: Pick<AuditTable, 'highRisk'>, drawn?: ReadonlySet<EpisodeKey>): DrawnSample {
  const left = toDrawFrom(episodes, request, table, drawn).toSorted((a, b) => (a.episode < b.episode ? -1 : 1));
  const population = left.length;
  const chance = chanceFrom(request.seed);
  const taken: AuditableEpisode[] = [];
  while (taken.length < request.size && left.length > 0) taken.push(...left.splice(Math.floor(chance() * left.length), 1));
  return { population, episodes: taken };
}

function concerns(one: AuditableEpisode, { specialty, coder, week, longestStay }: SampleRequest): boolean {
  return (specialty === null || one.specialty === specialty) && (coder === null || one.coder === coder) && (week === null || weekOf(one.coded) === week)
    && (longestStay === null || (one.stay !== null && one.stay <= longestStay));
}

function isWanted(one: AuditableEpisode, method: SampleRequest['method'], { highRisk }: Pick<AuditTable, 'highRisk'>): boolean {
  switch (method) {
    case 'random': return true;
    case 'auto-coded': return one.lane !== 'typed';
    case 'one-key': return one.lane === 'one-key';
    // `default` and `coder` are no criteria: the one is none at all, the other a person's own choice.
    case 'exceptions': return one.criterion !== 'default' && one.criterion !== 'coder';
    case 'high-risk': return one.criterion === 'coder' || [...one.diagnoses, ...one.procedures].some((code) => highRisk.some((start) => code.startsWith(start)));
    default: return unreachable(method);
  }
}

/** Is an episode of the share (a fraction) of the one-key lane that is audited without being asked for? Figures 9 to 16 of its key say so: by the first eight it is chosen to be coded without suggestions (lib/learning), and such an episode is never coded by one key. */
function isAuditedBlind(episode: EpisodeKey, share: number): boolean {
  return Number.parseInt(episode.slice(8, 16), 16) / 2 ** 32 < share;
}

/** Episodes of the one-key lane that are of the blind share and that nobody has audited. */
export function blindDue(episodes: readonly AuditableEpisode[], drawn: ReadonlySet<EpisodeKey>, share: number): readonly AuditableEpisode[] {
  return episodes.filter(({ episode, lane }) => lane === 'one-key' && !drawn.has(episode) && isAuditedBlind(episode, share));
}
