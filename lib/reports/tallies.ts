import type { Counter } from '../model/counters.js';
import type { SpecialtyId } from '../model/episode.js';
import type { Month } from '../model/month.js';

/** The things that findings are counted by, inside one specialty. */
export const dimensions = ['term', 'category', 'document-kind', 'site', 'month'] as const;
export type Dimension = (typeof dimensions)[number];

/** What was counted under one key. `read` in the unit of its dimension: documents for kinds, episodes otherwise. */
export interface Tally {
  findings: number;
  minutes: number;
  read: number;
}

/** All that is counted of one specialty in one range of months. */
export interface SpecialtyTally {
  readonly total: Tally;
  /** Documents read of all kinds: what stands under the table of kinds. */
  documents: number;
  readonly by: Readonly<Record<Dimension, ReadonlyMap<string, Tally>>>;
  /** Month by month over the longer range of the charts. */
  readonly charted: ReadonlyMap<Month, Tally>;
}

/** Key of findings that no term of the sheet names. */
export const noTerm = 'none';

/** Months of the tables and, at least as many, of the charts; all included. */
export interface TalliedMonths {
  readonly chartFrom: Month;
  readonly from: Month;
  readonly to: Month;
}

/** One pass over the counters. Specialties in order of their ids, the unknown last. */
export function talliesOf(counters: Iterable<Counter>, { chartFrom, from, to }: TalliedMonths): ReadonlyMap<SpecialtyId | 'unknown', SpecialtyTally> {
  const found = new Map<SpecialtyId | 'unknown', SpecialtyTally & { readonly by: Record<Dimension, Map<string, Tally>>; readonly charted: Map<Month, Tally> }>();
  for (const counter of counters) {
    if (counter.kind === 'episodes-found' || counter.month < chartFrom || counter.month > to) continue;
    let own = found.get(counter.specialty);
    if (!own) found.set(counter.specialty, own = { total: nought(), documents: 0, by: { term: new Map(), category: new Map(), 'document-kind': new Map(), site: new Map(), month: new Map() }, charted: new Map() });
    const tabled = counter.month >= from;
    switch (counter.kind) {
      case 'episodes-read':
        tallyAt(own.charted, counter.month).read += counter.episodes;
        if (tabled) for (const tally of [own.total, tallyAt(own.by.site, counter.site), tallyAt(own.by.month, counter.month)]) tally.read += counter.episodes;
        break;
      case 'documents-read':
        if (!tabled) break;
        own.documents += counter.documents;
        tallyAt(own.by['document-kind'], counter.documentKind).read += counter.documents;
        break;
      case 'findings':
        count(tallyAt(own.charted, counter.month), counter);
        if (!tabled) break;
        count(own.total, counter);
        count(tallyAt(own.by.term, counter.rule ?? noTerm), counter);
        count(tallyAt(own.by.category, counter.category), counter);
        count(tallyAt(own.by['document-kind'], counter.documentKind), counter);
        count(tallyAt(own.by.site, counter.site), counter);
        count(tallyAt(own.by.month, counter.month), counter);
        break;
    }
  }
  // Terms and categories are looked for in every episode that is read.
  for (const { total, by } of found.values()) for (const dimension of ['term', 'category'] as const) for (const tally of by[dimension].values()) tally.read = total.read;
  return new Map([...found].sort(([a], [b]) => Number(a === 'unknown') - Number(b === 'unknown') || (a < b ? -1 : 1)));
}

function tallyAt<Key>(map: Map<Key, Tally>, key: Key): Tally {
  let tally = map.get(key);
  if (!tally) map.set(key, tally = nought());
  return tally;
}

function count(tally: Tally, { findings, minutes }: Extract<Counter, { readonly kind: 'findings' }>): void {
  tally.findings += findings;
  tally.minutes += minutes;
}

function nought(): Tally {
  return { findings: 0, minutes: 0, read: 0 };
}
