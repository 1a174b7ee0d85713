import { ageBands, uncodedReasons, type AgeBand, type Day, type LedgerCounts, type TreatmentFunction, type UncodedReason, type WorkCount } from '../model/ledger.js';
import { rowWords } from './ledger-blocks.js';
import { deadlineOf, isoOf, monthNumberOf, monthOfNumber } from './ledger-days.js';

/** Band of an age in days. */
export function bandOf(days: number): AgeBand {
  const at = ageBands.findIndex((most) => days <= most);
  return (at < 0 ? ageBands.length : at) as AgeBand;
}

/** Counts blocks one after the other, as the ledger is on a day; `counts` gives what the dashboard opens with. */
export function createLedgerCounter(asOf: Day): { readonly add: (words: Uint32Array) => void; readonly counts: () => LedgerCounts } {
  // Twice as fast by number as by text: month and specialty are one key.
  const months = new Map<number, [episodes: number, coded: number, within: number, primary: number, electronic: number, paper: number]>();
  const backlog = new Map<number, number>();
  const work = new Map<number, [full: number, primary: number, untold: number]>();
  const coders = new Map<number, Set<number>>();
  const monthOf = new Map<number, number>();
  const deadlines = new Map<number, number>();
  const month = (day: number): number => { let found = monthOf.get(day); if (found === undefined) { found = monthNumberOf(day as Day); monthOf.set(day, found); } return found; };
  const deadline = (of: number): number => { let found = deadlines.get(of); if (found === undefined) { found = deadlineOf(of); deadlines.set(of, found); } return found; };
  let episodes = 0;
  return {
    add(words) {
      for (let at = 0; at < words.length; at += rowWords) {
        const ended = (words[at + 4] ?? 0) & 0xffff;
        const coded = (words[at + 5] ?? 0) >>> 16;
        const bits = words[at + 6] ?? 0;
        const specialty = bits & 1023;
        const depth = (bits >>> 10) & 3;
        const medium = (bits >>> 12) & 3;
        const inMonth = month(ended);
        const key = inMonth * 1024 + specialty;
        let own = months.get(key);
        if (!own) { own = [0, 0, 0, 0, 0, 0]; months.set(key, own); }
        episodes += 1;
        own[0] += 1;
        if (medium === 1) own[4] += 1; else if (medium === 2) own[5] += 1;
        if (coded === 0xffff) {
          const cell = (specialty * 16 + ((bits >>> 17) & 15)) * 8 + bandOf(asOf - ended);
          backlog.set(cell, (backlog.get(cell) ?? 0) + 1);
          continue;
        }
        own[1] += 1;
        if (coded <= deadline(inMonth)) own[2] += 1;
        if (depth === 2) own[3] += 1;
        const codedIn = month(coded);
        let done = work.get(codedIn);
        if (!done) { done = [0, 0, 0]; work.set(codedIn, done); }
        done[depth === 1 ? 0 : depth === 2 ? 1 : 2] += 1;
        const coder = words[at + 8] ?? 0;
        if (coder !== 0) { const known = coders.get(codedIn); if (known) known.add(coder); else coders.set(codedIn, new Set([coder])); }
      }
    },
    counts: () => ({
      asOf: isoOf(asOf), episodes,
      months: [...months].sort(([a], [b]) => a - b).map(([key, [all, coded, within, primaryOnly, electronic, paper]]) => ({ month: monthOfNumber(Math.floor(key / 1024)), specialty: (key % 1024) as TreatmentFunction, episodes: all, coded, within, primaryOnly, electronic, paper })),
      backlog: [...backlog].sort(([a], [b]) => a - b).map(([cell, count]) => ({ specialty: Math.floor(cell / 128) as TreatmentFunction, reason: (uncodedReasons[Math.floor(cell / 8) % 16] ?? 'none-given') as UncodedReason, band: (cell % 8) as AgeBand, episodes: count })),
      work: [...work].sort(([a], [b]) => a - b).map(([in_, [full, primary, untold]]): WorkCount => ({ month: monthOfNumber(in_), full, primary, untold, coders: coders.get(in_)?.size ?? null })),
    }),
  };
}
