import { codeSystems, type ClinicalCode, type CodeSystem } from '../model/code.js';
import { newest, type CodeShelf } from './code-shelf.js';

/** How a code stands to the editions on this device. */
export type EditionVerdict =
  | { readonly kind: 'valid' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'other-edition'; readonly edition: string; readonly found: string };

/** Judges codes of episodes by the edition of their day; where no day is known, or no edition of the day is here, by the newest, as what is learned will be used under it. */
export function judgeCodes(shelf: CodeShelf): { readonly judge: (system: CodeSystem, code: ClinicalCode, day: string | null) => EditionVerdict; readonly editionOf: (day: string | null) => string | null } {
  const latest = shelf.on(newest);
  const days = new Map<string, ReturnType<CodeShelf['on']>>();
  const on = (day: string | null): ReturnType<CodeShelf['on']> => {
    if (day === null) return latest;
    const held = days.get(day) ?? shelf.on({ day, ground: 'discharged' });
    days.set(day, held);
    return held;
  };
  return {
    judge(system, code, day) {
      const own = on(day);
      const codes = own.systems[system].ok ? own : latest;
      if (codes.entry(system, code) !== null) return { kind: 'valid' };
      const edition = codes.systems[system];
      const other = shelf.editions.find((one) => one.system === system && shelf.on({ day: one.from, ground: 'discharged' }).entry(system, code) !== null);
      return other && edition.ok ? { kind: 'other-edition', edition: edition.value.name, found: other.name } : { kind: 'unknown' };
    },
    editionOf(day) {
      const { systems } = on(day);
      const names = codeSystems.flatMap((system) => { const edition = systems[system]; return edition.ok ? [edition.value.name] : []; });
      return names.length === codeSystems.length ? names.join(', ') : null;
    },
  };
}
