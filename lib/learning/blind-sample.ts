import type { CodedEpisode, CodeOrigin } from '../model/coded-episode.js';
import { unreachable } from '../base/result.js';
import type { BlindComparison, BlindFigures, BlindState } from '../model/blind.js';
import type { EpisodeKey, LogEvent } from '../model/decision.js';
import type { Suggestion } from '../model/suggestion.js';
import { keptUnits, offeredUnits } from './offered-units.js';

/** Is this episode of the sample that is coded without suggestions? `share` of all episodes (0–1) are. Always the same answer for an episode, and nobody can choose it: its key is a keyed hash. */
export function isBlind(episode: EpisodeKey, share: number): boolean {
  return Number.parseInt(episode.slice(0, 8), 16) / 2 ** 32 < share;
}

/** Episodes that were compared once, and those whose coder had seen suggestions before. */
export interface BlindHistory { readonly compared: ReadonlySet<EpisodeKey>; readonly open: ReadonlySet<EpisodeKey> }

/** Does a code that came in this way tell that its coder saw what was proposed, by Nodi or by the board's own coder? */
export function hasSeenProposals(origin: CodeOrigin): boolean {
  switch (origin) {
    case 'suggestion': case 'one-key': case 'board': return true;
    case 'search': case 'selection': return false;
    default: return unreachable(origin);
  }
}

/** Read of all events, those that were taken back too: what a coder has seen is not unseen by an undo. */
export function blindHistory(events: Iterable<LogEvent>): BlindHistory {
  const [compared, open] = [new Set<EpisodeKey>(), new Set<EpisodeKey>()];
  for (const event of events) {
    if (event.kind === 'episode-coded' && event.blind !== undefined) compared.add(event.episode);
    const hasSeen = event.kind === 'codes-rejected' || (event.kind === 'episode-coded' && event.blind === undefined) || (event.kind === 'codes-accepted' && hasSeenProposals(event.origin));
    if (hasSeen && !compared.has(event.episode)) open.add(event.episode);
  }
  return { compared, open };
}

/** How an episode of the sample stands; null for one that is not of it. `live`: the record of its specialty is in use, so that there is something to check. */
export function blindStateOf(episode: EpisodeKey, { compared, open }: BlindHistory, { share, live }: { readonly share: number; readonly live: boolean }): BlindState | null {
  if (compared.has(episode)) return 'shown';
  return live && isBlind(episode, share) && !open.has(episode) ? 'hidden' : null;
}

/** What was hidden against what the coder gave, in counts. */
export function compareBlind(suggestions: readonly Suggestion[], coded: Pick<CodedEpisode, 'diagnoses' | 'procedures'>): BlindComparison {
  const units = offeredUnits(suggestions);
  const earned = units.filter((unit) => unit.every(({ record }) => record?.oneKey));
  const main = units.find(([first]) => first.system === 'ICD-10' && first.role === 'primary');
  return { blind: !main ? 'none' : main[0].code === coded.diagnoses[0]?.codes[0] ? 'same' : 'other', quick: earned.length, quickKept: keptUnits(earned, coded).length };
}

/** What the sample shows of each specialty, beside what coders kept where they saw the suggestions. The first comparison of an episode stands: after it the coder knew the answer. */
export function blindFigures(events: Iterable<LogEvent>): ReadonlyMap<string, BlindFigures> {
  const figures = new Map<string, BlindFigures>();
  const seen = new Set<EpisodeKey>();
  for (const event of [...events].sort((a, b) => a.sequence - b.sequence)) {
    if (event.kind !== 'episode-coded' || event.blind === undefined || seen.has(event.episode)) continue;
    seen.add(event.episode);
    const before = figures.get(event.specialty) ?? { episodes: 0, offered: 0, same: 0, given: 0, mains: 0, mainsSame: 0, quick: 0, quickSame: 0 };
    figures.set(event.specialty, {
      episodes: before.episodes + 1, offered: before.offered + event.offered, same: before.same + event.kept, given: before.given + event.diagnoses + event.procedures,
      mains: before.mains + (event.blind === 'none' ? 0 : 1), mainsSame: before.mainsSame + (event.blind === 'same' ? 1 : 0), quick: before.quick + (event.quick ?? 0), quickSame: before.quickSame + (event.quickKept ?? 0),
    });
  }
  return figures;
}
