import { placedWords } from '../../lib/analysis/index.js';
import { phraseOf } from '../../lib/learning/index.js';
import type { ClinicalCode } from '../../lib/model/code.js';
import type { ChosenBefore, CodeHit, CodesFound } from '../../lib/model/codebook.js';
import type { LogEvent } from '../../lib/model/decision.js';
import { codeName, partsOfCodeName, type CodeName } from '../../lib/model/learning.js';
import { standingEvents } from '../../lib/model/standing.js';
import { isClinicalWord } from './clinical-words.js';

/** Most earlier choices that stand before what a search finds. */
const most = 5;

/** Codes that were accepted for these very words, the most chosen first; what was undone or forgotten does not count. */
export function chosenFor(events: readonly LogEvent[], text: string): readonly ChosenBefore[] {
  if (text.trim() === '' || !events.some((event) => event.kind === 'codes-accepted' && event.phrase !== '')) return [];
  const phrase = phraseOf(placedWords(text).map((word) => ({ ...word, sentence: 0 })), { start: 0, end: text.length }, isClinicalWord);
  if (phrase === null) return [];
  const times = new Map<CodeName, number>();
  for (const event of standingEvents(events)) {
    if (event.kind === 'phrase-forgotten' && event.phrase === phrase) times.delete(codeName(event.system, event.code as ClinicalCode));
    if (event.kind !== 'codes-accepted' || event.phrase !== phrase) continue;
    // The words prove the first code of a unit; the others follow from it.
    const name = codeName(event.system, event.codes.split(' ')[0] as ClinicalCode);
    times.set(name, (times.get(name) ?? 0) + 1);
  }
  return [...times].sort(([, a], [, b]) => b - a).slice(0, most).map(([name, count]) => ({ ...partsOfCodeName(name), times: count }));
}

/** What a search found with earlier choices first, as far as they are in the editions of the day. */
export function withChosenBefore(found: CodesFound, before: readonly ChosenBefore[], findCode: (code: ClinicalCode) => readonly CodeHit[]): CodesFound {
  const isOf = ({ entry }: CodeHit, one: ChosenBefore): boolean => entry.system === one.system && entry.code === one.code;
  const first = before.flatMap((one) => found.hits.find((hit) => isOf(hit, one)) ?? findCode(one.code).find((hit) => isOf(hit, one)) ?? []);
  return { ...found, hits: [...first, ...found.hits.filter((hit) => !first.includes(hit))], before: before.filter((one) => first.some((hit) => isOf(hit, one))) };
}
