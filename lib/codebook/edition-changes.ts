import { codeSystems, type ClinicalCode, type CodeEntry, type CodeSystem } from '../model/code.js';
import type { CodeList, EditionsHeld } from '../model/codebook.js';
import type { CodeShelf } from './code-shelf.js';

const isSameEntry = (one: CodeEntry, other: CodeEntry): boolean => one.title === other.title && one.dual === other.dual && one.sex === other.sex && one.ages?.from === other.ages?.from && one.ages?.to === other.ages?.to;
/** The category of a code: its first three characters. */
const categoryOf = (code: ClinicalCode): string => code.slice(0, 3);

/**
 * Codes that an edition touches beside another one: those that are gone or new, those with another title, kind (dagger, asterisk), sex or ages, and all of a
 * category that a code joined or left, since words may belong to the neighbour now. How often a code is used is no part of an edition.
 */
export function touchedCodes(before: readonly CodeEntry[], after: readonly CodeEntry[]): ReadonlySet<ClinicalCode> {
  const [old, now] = [before, after].map((entries) => new Map(entries.map((entry) => [entry.code, entry])));
  const touched = new Set<ClinicalCode>();
  const moved = new Set<string>();
  for (const code of new Set([...old?.keys() ?? [], ...now?.keys() ?? []])) {
    const [one, other] = [old?.get(code), now?.get(code)];
    if (!one || !other) { touched.add(code); moved.add(categoryOf(code)); } else if (!isSameEntry(one, other)) touched.add(code);
  }
  for (const code of now?.keys() ?? []) if (moved.has(categoryOf(code))) touched.add(code);
  return touched;
}

/** Does what was decided under an edition, by its name in the log, hold for a code of the edition that is in force? */
export interface EditionChanges {
  readonly holds: (system: CodeSystem, code: ClinicalCode, list: string, inForce: string) => boolean;
  /** The same for another page: what is in force, and what each other edition on this device differs in from it. */
  readonly held: (shelf: CodeShelf, day: string) => EditionsHeld;
}

/**
 * Compares editions that a health board imported. A list that ships holds the codes in use and is the same for every edition, so what changed cannot be
 * told from it; nor where the older edition is not on this device any more: then nothing that was decided under it holds. `logName`: the name of an edition in the log.
 */
export function createEditionChanges(lists: readonly CodeList[], logName: (name: string) => string): EditionChanges {
  const found = new Map<string, ReadonlySet<ClinicalCode> | null>();
  const listOf = (system: CodeSystem, name: string): CodeList | null => lists.find(({ summary }) => summary.system === system && summary.source === 'imported' && logName(summary.name) === name) ?? null;
  const changed = (system: CodeSystem, list: string, inForce: string): ReadonlySet<ClinicalCode> | null => {
    const name = `${system}\t${list}\t${inForce}`;
    const known = found.get(name);
    if (known !== undefined) return known;
    const [before, after] = [listOf(system, list), listOf(system, inForce)];
    const made = before && after ? touchedCodes(before.entries, after.entries) : null;
    found.set(name, made);
    return made;
  };
  return {
    holds: (system, code, list, inForce) => list === inForce || changed(system, list, inForce)?.has(code) === false,
    held(shelf, day) {
      const { systems } = shelf.on({ day, ground: 'today' });
      const inForce = codeSystems.flatMap((system) => { const edition = systems[system]; return edition.ok ? [{ system, list: logName(edition.value.name) }] : []; });
      const others = inForce.flatMap(({ system, list }) => lists.flatMap(({ summary }) => {
        const other = logName(summary.name);
        const codes = summary.system === system && other !== list ? changed(system, other, list) : null;
        return codes ? [{ system, list: other, touched: [...codes] }] : [];
      }));
      return { inForce, others };
    },
  };
}
