import type { SpecialtyId } from '../model/episode.js';
import type { Rulebook } from '../model/rulebook.js';

const plain = (words: string): string => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}&]+/gu, ' ').trim();

/**
 * The specialty that a page's or a person's words name: by id, treatment function code, name or alias in either language.
 * Words around it (“day case”, “Department of”) do not matter; when several are named, the longest name wins; else unknown.
 */
export function findSpecialty(rulebook: Rulebook, words: string | null): SpecialtyId | 'unknown' {
  if (!words) return 'unknown';
  const wanted = ` ${plain(words)} `;
  let found: SpecialtyId | 'unknown' = 'unknown';
  let longest = 0;
  for (const specialty of rulebook.specialties) {
    for (const name of [specialty.id, specialty.treatmentFunction, specialty.name.en, specialty.name.cy, ...specialty.aliases]) {
      const plainName = plain(name);
      if (plainName.length > longest && wanted.includes(` ${plainName} `)) { found = specialty.id; longest = plainName.length; }
    }
  }
  return found;
}
