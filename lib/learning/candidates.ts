import type { Span } from '../base/span.js';
import type { CaseReading, CodeName } from '../model/learning.js';
import { wilsonLower } from './interval.js';
import { codesOf, findPhrases, recordOf, type PhraseFound, type PhraseKind, type PhraseMemory, type PhraseRecord } from './phrase-memory.js';
import type { Feature } from './ranker.js';
import type { WordingScore } from './wording.js';

/** A code that speaks for itself in a document: by the engine, by remembered words, by the whole wording, or by several of them. */
export interface RankedCandidate {
  readonly name: CodeName;
  readonly features: readonly Feature[];
  readonly evidence: readonly [Span, ...Span[]];
  readonly from: 'lexicon' | 'phrase' | 'words';
  /** The strongest record of remembered words, or null. */
  readonly record: PhraseRecord | null;
}

/** Most codes that the whole wording may bring in. */
const fromWording = 60;
/** What is believed of a phrase that nobody has seen, before anything is counted. */
const unseen = 0.1;
const logit = (share: number): number => { const held = Math.min(0.995, Math.max(0.005, share)); return Math.log(held / (1 - held)); };

export interface CandidateSources {
  readonly memory: PhraseMemory;
  readonly wording: ReadonlyMap<CodeName, WordingScore>;
  /** Episodes by code among those learned from. */
  readonly prior: (name: CodeName) => number;
}

interface Remembered extends PhraseRecord {
  readonly phrase: PhraseFound;
  readonly kind: PhraseKind;
  /** The record of the words in whatever context: denied words may not borrow from plain ones, so the ranker learns how far it holds in each. */
  readonly loose: PhraseRecord;
  /** Is it the code that these words were given most often? */
  readonly leads: boolean;
}

/** All candidates of a document with what the ranker weighs. */
export function rankedCandidates(one: CaseReading, { memory, wording, prior }: CandidateSources): readonly RankedCandidate[] {
  const found = findPhrases(memory, one);
  const byCode = new Map<CodeName, Remembered[]>();
  for (const phrase of found) {
    const records = codesOf(memory, phrase.phrase).map(([name, kind]) => ({ name, kind, phrase, loose: recordOf(memory, { phrase: phrase.phrase, flag: '*' }, name, one.specialty, unseen), ...recordOf(memory, phrase, name, one.specialty, unseen) }));
    const most = Math.max(...records.map(({ accepted }) => accepted));
    for (const record of records) {
      const each = { ...record, leads: record.accepted === most };
      const list = byCode.get(record.name);
      if (list) list.push(each); else byCode.set(record.name, [each]);
    }
  }
  const engine = new Map(one.candidates.map((candidate) => [candidate.name, candidate]));
  const worded = [...wording].sort((a, b) => b[1].score - a[1].score).slice(0, fromWording);
  const rank = new Map(worded.map(([name], at) => [name, at]));
  return [...new Set<CodeName>([...engine.keys(), ...byCode.keys(), ...rank.keys()])].flatMap((name): RankedCandidate[] => {
    const known = engine.get(name);
    const records = (byCode.get(name) ?? []).sort((a, b) => b.share - a.share || b.loose.share - a.loose.share || Number(b.kind === 'marked') - Number(a.kind === 'marked'));
    const [best] = records;
    const words = wording.get(name);
    const features: Feature[] = [['bias', 1], ['prior', Math.log1p(prior(name)) / 5], [`system ${name.slice(0, 4)}`, 1]];
    if (known) features.push([known.shown ? 'offered' : 'ranked', 1], [known.shown ? 'offered.confidence' : 'ranked.confidence', logit(known.confidence) / 2]);
    if (best) {
      const length = best.phrase.last - best.phrase.first + 1;
      const nothing = records.reduce((product, { share }) => product * (1 - share), 1);
      features.push(['loose.share', logit(best.loose.share) / 2], [`loose.${best.phrase.flag}`, 1], [`loose.${best.phrase.flag}.share`, logit(best.loose.share) / 2]);
      if (best.seen > 0) features.push(
        ['phrase', 1], ['phrase.share', logit(best.share) / 2], ['phrase.least', wilsonLower(best.accepted, best.seen)], ['phrase.seen', Math.log1p(best.seen) / 3], ['phrase.words', Math.min(4, length) / 4],
        ['phrase.more', Math.log1p(records.length - 1) / 2], ['phrase.any', logit(1 - nothing) / 2], ['phrase.leads', best.leads ? 1 : 0],
        [`phrase.${best.phrase.flag}`, 1], [`phrase.${best.kind}`, 1], [`phrase.${best.kind}.share`, logit(best.share) / 2], [known ? 'phrase.and' : 'phrase.alone', 1],
        [`phrase.${best.kind}.${best.seen > 3 ? 'many' : best.seen}.${best.accepted === best.seen ? 'all' : 'some'}`, 1],
      );
    } else if (known) features.push(['phrase.none', 1]);
    if (words) features.push(['wording', Math.min(1.5, words.score) * 2], ['wording.rank', 1 / (1 + (rank.get(name) ?? 99))], [known || best ? 'wording.and' : 'wording.alone', Math.min(1.5, words.score) * 2]);
    const evidence = known?.spans ?? evidenceOf(one, best?.phrase ?? null, words?.at ?? null);
    return evidence ? [{ name, features, evidence, from: known ? 'lexicon' : best ? 'phrase' : 'words', record: best ?? null }] : [];
  });
}

/** The remembered words, or the word that weighs most: no code without its words. */
function evidenceOf(one: CaseReading, phrase: PhraseFound | null, at: number | null): readonly [Span, ...Span[]] | null {
  const first = one.words[phrase?.first ?? at ?? -1];
  const last = one.words[phrase?.last ?? at ?? -1];
  return first && last ? [{ start: first.start, end: last.end }] : null;
}
