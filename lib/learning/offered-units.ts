import type { CodedEpisode } from '../model/coded-episode.js';
import type { Suggestion } from '../model/suggestion.js';

/** Suggestions that are accepted as one, in recording order. */
export type OfferedUnit = readonly [Suggestion, ...Suggestion[]];

/** The units of suggestions that are on offer. */
export function offeredUnits(suggestions: readonly Suggestion[]): readonly OfferedUnit[] {
  const units = new Map<number, [Suggestion, ...Suggestion[]]>();
  for (const one of suggestions) if (one.shown) { const held = units.get(one.group); if (held) held.push(one); else units.set(one.group, [one]); }
  return [...units.values()];
}

/** Those of the units that stand in the episode as they were offered. */
export function keptUnits(units: readonly OfferedUnit[], { diagnoses, procedures }: Pick<CodedEpisode, 'diagnoses' | 'procedures'>): readonly OfferedUnit[] {
  const nameOf = (system: string, codes: readonly string[]): string => `${system} ${codes.join(' ')}`;
  const given = new Set([...diagnoses, ...procedures].map(({ system, codes }) => nameOf(system, codes)));
  return units.filter((unit) => given.has(nameOf(unit[0].system, unit.map(({ code }) => code))));
}
