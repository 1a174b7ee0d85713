import { ageBands, uncodedReasons, type AgeBand, type Backlog, type BacklogCount, type BacklogLine, type LedgerCounts, type TeamHours, type TeamPace, type WorkCount } from '../model/ledger.js';

/** The backlog in order of codes and of reasons, never of size: a specialty is compared with itself. */
export function backlogOf({ backlog }: Pick<LedgerCounts, 'backlog'>): Backlog {
  const linesOf = <Key>(keys: readonly Key[], own: (one: BacklogCount) => Key): readonly BacklogLine<Key>[] => keys.map((key) => lineOf(key, backlog.filter((one) => own(one) === key)));
  const whole = lineOf(null, backlog);
  const specialties = [...new Set(backlog.map(({ specialty }) => specialty))].sort((a, b) => a - b);
  return { bands: whole.bands, episodes: whole.episodes, bySpecialty: linesOf(specialties, ({ specialty }) => specialty), byReason: linesOf(uncodedReasons.filter((reason) => backlog.some((one) => one.reason === reason)), ({ reason }) => reason) };
}

function lineOf<Key>(key: Key, counts: readonly BacklogCount[]): BacklogLine<Key> {
  const bands: number[] = Array.from({ length: ageBands.length + 1 }, () => 0);
  for (const { band, episodes } of counts) bands[band satisfies AgeBand] = (bands[band] ?? 0) + episodes;
  return { key, bands, episodes: bands.reduce((sum, one) => sum + one, 0) };
}

/** Fewest people of whom a figure of a team may be shown (issue and governance §9: never one person's pace). */
export const fewestPeople = 5;

/** The pace of each month whose hours are known. */
export function teamPace(work: readonly WorkCount[], hours: readonly TeamHours[]): readonly TeamPace[] {
  return hours.map((one): TeamPace => {
    const done = work.find(({ month }) => month === one.month);
    // Whichever count is lower: seven on the rota of whom three coded are three.
    if (Math.min(one.people, done?.coders ?? Infinity) < fewestPeople) return { kind: 'few', month: one.month };
    const episodes = done ? done.full + done.primary + done.untold : 0;
    return episodes === 0 || !(one.hours > 0) ? { kind: 'no-work', month: one.month } : { kind: 'pace', month: one.month, perHour: episodes / one.hours, episodes, hours: one.hours, people: one.people };
  });
}
