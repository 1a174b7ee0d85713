import type { ClinicalCode, CodeEntry, CodeSystem } from '../model/code.js';
import type { CodeList, CodesOfDay, EditionSummary, EpisodeDay } from '../model/codebook.js';
import type { Episode } from '../model/episode.js';
import { chooseEdition } from './editions.js';

/** Editions in memory, asked without waiting. */
export interface CodeShelf {
  readonly editions: readonly EditionSummary[];
  readonly on: (when: EpisodeDay) => CodesOfDay;
}

/** Lays editions out for coding; the table of one is made when a day first asks for it. */
export function createCodeShelf(lists: readonly CodeList[]): CodeShelf {
  const editions = lists.map(({ summary }) => summary);
  const tables = new Map<EditionSummary, ReadonlyMap<ClinicalCode, CodeEntry>>();
  const tableOf = (summary: EditionSummary): ReadonlyMap<ClinicalCode, CodeEntry> => {
    const known = tables.get(summary);
    if (known) return known;
    const table = new Map((lists.find((list) => list.summary === summary)?.entries ?? []).map((entry) => [entry.code, entry]));
    tables.set(summary, table);
    return table;
  };
  return {
    editions,
    on(when) {
      const systems = { 'ICD-10': chooseEdition(editions, 'ICD-10', when.day), 'OPCS-4': chooseEdition(editions, 'OPCS-4', when.day) };
      return {
        ...when, systems,
        entry(system: CodeSystem, code: ClinicalCode) {
          const edition = systems[system];
          return edition.ok ? tableOf(edition.value).get(code) ?? null : null;
        },
      };
    },
  };
}

/** The day that chooses the editions: discharge, else admission, else today ("end date" is to be checked against the wording of the NCCS and TRUD). Days are YYYY-MM-DD. */
export function dayOf(episode: Pick<Episode, 'admitted' | 'discharged'>, today: string): EpisodeDay {
  if (episode.discharged !== null) return { day: episode.discharged.slice(0, 10), ground: 'discharged' };
  return episode.admitted !== null ? { day: episode.admitted.slice(0, 10), ground: 'admitted' } : { day: today, ground: 'today' };
}

/** Later than any edition begins: the newest ones answer. */
export const newest: EpisodeDay = { day: '9999-12-31', ground: 'newest' };
