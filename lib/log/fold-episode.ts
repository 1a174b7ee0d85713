import type { ClinicalCode } from '../model/code.js';
import type { CodedEpisode, CodedUnit } from '../model/coded-episode.js';
import type { EpisodeKey, LogEvent } from '../model/decision.js';
import { undoneEvents } from '../model/standing.js';

/** An episode that nobody has decided anything about. */
export function emptyEpisode(episode: EpisodeKey): CodedEpisode {
  return { episode, diagnoses: [], procedures: [], rejected: [], depth: null, coded: null };
}

/** What each episode that has a decision about its codes is coded to, from all events in order of sequence, with undo and redo honoured. The same events give the same answer for ever. */
export function foldEpisodes(events: Iterable<LogEvent>): ReadonlyMap<EpisodeKey, CodedEpisode> {
  const ordered = [...events].sort((a, b) => a.sequence - b.sequence);
  const undone = undoneEvents(ordered);
  const episodes = new Map<EpisodeKey, { units: CodedUnit[]; rejected: CodedEpisode['rejected'][number][]; depth: CodedEpisode['depth']; coded: CodedEpisode['coded'] }>();
  for (const event of ordered) {
    if (undone.has(event.id) || !isAboutCodes(event)) continue;
    const held = episodes.get(event.episode) ?? { units: [], rejected: [], depth: null, coded: null };
    episodes.set(event.episode, held);
    // Whatever is decided after the last word opens the episode again.
    if (event.kind !== 'episode-coded') held.coded = null;
    switch (event.kind) {
      case 'codes-accepted': {
        const [first, ...more] = event.codes.split(' ') as ClinicalCode[];
        if (first === undefined) break;
        const unit: CodedUnit = { id: event.id, system: event.system, codes: [first, ...more], origin: event.origin, list: event.list };
        const at = event.replaces === '' ? -1 : held.units.findIndex(({ id }) => id === event.replaces);
        // The same codes twice in one episode are one unit.
        if (at < 0 && held.units.some((one) => one.system === unit.system && one.codes.join(' ') === event.codes)) break;
        if (at >= 0) held.units.splice(at, 1, unit); else held.units.push(unit);
        held.rejected = held.rejected.filter((one) => one.system !== event.system || one.codes !== event.codes);
        break;
      }
      case 'codes-rejected':
        held.rejected = [...held.rejected.filter((one) => one.system !== event.system || one.codes !== event.codes), { event: event.id, system: event.system, codes: event.codes }];
        break;
      case 'codes-removed': held.units = held.units.filter(({ id }) => id !== event.unit); break;
      case 'codes-moved': {
        const unit = held.units.find(({ id }) => id === event.unit);
        if (!unit) break;
        const rest = held.units.filter((one) => one !== unit);
        const after = event.after === 'first' ? -1 : rest.findIndex(({ id }) => id === event.after);
        if (event.after !== 'first' && after < 0) break;
        rest.splice(after + 1, 0, unit);
        held.units = rest;
        break;
      }
      case 'depth-chosen': held.depth = event.depth; break;
      case 'episode-coded': held.coded = event.id; break;
    }
  }
  return new Map([...episodes].map(([episode, { units, ...more }]) => [episode, { episode, diagnoses: units.filter(({ system }) => system === 'ICD-10'), procedures: units.filter(({ system }) => system === 'OPCS-4'), ...more }]));
}

type CodesEvent = Extract<LogEvent, { readonly kind: 'codes-accepted' | 'codes-rejected' | 'codes-removed' | 'codes-moved' | 'depth-chosen' | 'episode-coded' }>;

function isAboutCodes(event: LogEvent): event is CodesEvent {
  switch (event.kind) {
    case 'codes-accepted': case 'codes-rejected': case 'codes-removed': case 'codes-moved': case 'depth-chosen': case 'episode-coded': return true;
    default: return false;
  }
}
