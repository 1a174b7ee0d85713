import { subjectKey, type Counter, type FindingSubject } from '../model/counters.js';
import type { SpecialtyId } from '../model/episode.js';
import type { Month } from '../model/month.js';
import type { ComparedChange, ComparedSpan, Comparison } from '../model/quality.js';
import { rateRatio, type CountedRate } from './rate-ratio.js';
import { isSmall, smallestShown } from './small-cells.js';

/** Two stretches of months, all four included; the month of the intervention itself is best left out of both. */
export interface ComparedSpans {
  readonly before: { readonly from: Month; readonly to: Month };
  readonly after: { readonly from: Month; readonly to: Month };
}

/**
 * Did a term or category become rarer in a specialty? Counts episodes with it at least once per episodes read, so that
 * one long note does not count ten times and the interval holds. In the order asked. Figures are hidden as a pair where
 * one of them is small: the other and a known sum would give it away.
 */
export function beforeAfter(counters: Iterable<Counter>, specialty: SpecialtyId | 'unknown', subjects: readonly FindingSubject[], spans: ComparedSpans, least: number = smallestShown): readonly Comparison[] {
  const own = [...counters].filter((counter) => counter.specialty === specialty);
  const rateIn = ({ from, to }: ComparedSpans['before'], key: string): CountedRate => {
    let [count, exposure] = [0, 0];
    for (const counter of own) {
      if (counter.month < from || counter.month > to) continue;
      if (counter.kind === 'episodes-read') exposure += counter.episodes;
      else if (counter.kind === 'episodes-found' && subjectKey(counter.subject) === key) count += counter.episodes;
    }
    return { count, exposure };
  };
  return subjects.map((subject): Comparison => {
    const [before, after] = [rateIn(spans.before, subjectKey(subject)), rateIn(spans.after, subjectKey(subject))];
    const [hideFound, hideRead] = [isSmall(before.count, least) || isSmall(after.count, least), isSmall(before.exposure, least) || isSmall(after.exposure, least)];
    const spanOf = (span: ComparedSpans['before'], rate: CountedRate): ComparedSpan => ({ ...span, found: hideFound ? null : rate.count, read: hideRead ? null : rate.exposure, rate: hideFound || hideRead || rate.exposure === 0 ? null : (100 * rate.count) / rate.exposure });
    return { specialty, key: keyOf(subject), before: spanOf(spans.before, before), after: spanOf(spans.after, after), change: changeOf(before, after, hideFound || hideRead, least) };
  });
}

function keyOf(subject: FindingSubject): string {
  switch (subject.by) {
    case 'any': return 'any';
    case 'rule': return subject.rule;
    case 'category': return subject.category;
  }
}

/** Fewer than twice the smallest shown count in all can tell a change only where it is extreme: then nothing is said. */
function changeOf(before: CountedRate, after: CountedRate, hide: boolean, least: number): ComparedChange {
  const ratio = before.count + after.count < 2 * least ? null : rateRatio(before, after);
  if (!ratio) return { kind: 'too-few' };
  const verdict = ratio.upper < 1 ? 'fewer' : ratio.lower > 1 ? 'more' : 'no-change-shown';
  if (!hide) return { kind: 'told', verdict, ...ratio };
  return verdict === 'no-change-shown' ? { kind: 'too-few' } : { kind: 'hidden', verdict };
}
