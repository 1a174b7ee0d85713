import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Words } from '../words.js';

/** Time that each episode was in front of this panel, by subject. Memory only: it leaves the panel nowhere. */
export interface TimeSpent { readonly of: (subject: string) => number }

/** Counts while an episode is in front and the panel can be seen. */
export function useTimeSpent(subject: string): TimeSpent {
  const [spent] = useState(() => new Map<string, number>());
  const [since] = useState<{ at: number | null }>(() => ({ at: null }));
  useEffect(() => {
    if (subject === '') return undefined;
    const begin = (): void => { since.at = document.visibilityState === 'visible' ? performance.now() : null; };
    const end = (): void => { if (since.at !== null) spent.set(subject, (spent.get(subject) ?? 0) + performance.now() - since.at); since.at = null; };
    const turn = (): void => { end(); begin(); };
    begin();
    document.addEventListener('visibilitychange', turn);
    return () => { document.removeEventListener('visibilitychange', turn); end(); };
  }, [subject]);
  return { of: (about) => (spent.get(about) ?? 0) + (about === subject && since.at !== null ? performance.now() - since.at : 0) };
}

/** “2 minutes on this episode. Only you can see this.” Said anew whenever the panel is drawn; it can be hidden, and is then gone until it is asked for. */
export function TimeHere({ time, subject, words, hidden, onHide }: { readonly time: TimeSpent; readonly subject: string; readonly words: Words; readonly hidden: boolean; readonly onHide: (hidden: boolean) => void }): JSX.Element {
  const { say } = words;
  const minutes = Math.floor(time.of(subject) / 60_000);
  return <p class="note time">{hidden ? null : <>{minutes < 1 ? say('time.short') : say('time.minutes', { count: minutes })} </>}<button type="button" class="link" onClick={() => onHide(!hidden)}>{say(hidden ? 'time.show' : 'time.hide')}</button></p>;
}
