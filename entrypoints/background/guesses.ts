import type { ContextKey } from '../../lib/model/context.js';
import type { ShownRecord } from '../../lib/model/guess.js';

/** Which records a trainee may see the marks and codes of, one for each tab. */
export interface Guesses {
  readonly isShown: (key: ContextKey) => boolean;
  readonly show: (key: ContextKey) => void;
  /** This record is in front of the tab: what was shown of another one is dropped, and is to be guessed anew when it comes back. */
  readonly seen: (key: ContextKey) => void;
  readonly forget: (tab: number) => void;
}

/** Begins with what the last worker knew; `write` keeps it in memory for the next one, and its failure only hides a record again. */
export function createGuesses(known: readonly ShownRecord[], write: (records: readonly ShownRecord[]) => Promise<void>): Guesses {
  const shown = new Map(known.map((one) => [one.tab, one]));
  const keep = (): void => { void write([...shown.values()]).catch(() => undefined); };
  const isShown = ({ tab, subject, episode }: ContextKey): boolean => {
    const one = shown.get(tab);
    return one !== undefined && subject !== 'unknown' && one.subject === subject && one.episode === episode;
  };
  const forget = (tab: number): void => { if (shown.delete(tab)) keep(); };
  return {
    isShown,
    show: (key) => { const { tab, subject, episode } = key; shown.set(tab, { tab, subject, episode }); keep(); },
    seen: (key) => { if (key.subject !== 'unknown' && shown.has(key.tab) && !isShown(key)) forget(key.tab); },
    forget,
  };
}
