import { partsOfCodeName, type CodeName, type Phrase, type ProposedWords } from '../model/learning.js';
import { tallyOf } from './cells.js';
import { forgottenName } from './from-decisions.js';
import type { Vocabulary } from './phrase.js';
import { recordOf, type PhraseMemory } from './phrase-memory.js';
import type { SharedRecord } from './record.js';

/** What words must have before a person is asked about them: episodes that were coded so, and the share of them among all that hold the words (product/autocoding.md §8, 12). */
export const proposalBar = { accepted: 3, share: 0.7, longest: 4 } as const;
/** A word by itself that is shorter may be a name or an abbreviation of several things, which the sheet of abbreviations settles. */
const shortestAlone = 5;

interface Count { accepted: number; seen: number; readonly coders: Set<number> }

/** Which words are looked at: those of the shipped lists alone, which the lexicon does not give that code for already. */
export interface ProposalTests {
  readonly isClinical: Vocabulary;
  readonly isKnown: (phrase: Phrase, name: CodeName) => boolean;
}

/**
 * Words that might become terms of the lexicon, best supported first: parts of the words that coders gave a code for, plainly meant, and words that the model was
 * trained to know (`trained`). Of words within words the longer go where they say no more, and the shorter where they stand for no other episodes. Proposed only: nothing uses them.
 */
export function proposeWords(record: SharedRecord, trained: PhraseMemory | null, { isClinical, isKnown }: ProposalTests): readonly ProposedWords[] {
  const found = new Map<string, ProposedWords>();
  const take = (phrase: Phrase, name: CodeName, { accepted, seen }: Pick<Count, 'accepted' | 'seen'>, coders: number | null): void => {
    const key = forgottenName(phrase, name);
    const before = found.get(key);
    if (accepted < proposalBar.accepted || accepted / seen < proposalBar.share || (before && before.accepted >= accepted)) return;
    if (isWordy(phrase) && phrase.split(' ').every(isClinical)) found.set(key, { phrase, name, accepted, seen, coders });
  };
  for (const [key, count] of countDecided(record)) { const [phrase = '', name = ''] = key.split('\t'); take(phrase as Phrase, name as CodeName, count, count.coders.size); }
  for (const [phrase, links] of trained?.links ?? []) {
    if (phrase.split(' ').length > proposalBar.longest) continue;
    for (const name of links.keys()) take(phrase as Phrase, name, recordOf(trained as PhraseMemory, { phrase: phrase as Phrase, flag: 'plain' }, name, null, 0), null);
  }
  const proposed = [...found.values()];
  const byName = new Map<CodeName, ProposedWords[]>();
  for (const one of proposed) { const held = byName.get(one.name); if (held) held.push(one); else byName.set(one.name, [one]); }
  return proposed
    .filter((one) => (byName.get(one.name) ?? []).every((other) => other === one || !isBetter(other, one)))
    .filter(({ phrase, name }) => !record.own.forgotten.has(forgottenName(phrase, name)) && !isKnown(phrase, name))
    .sort((a, b) => b.accepted - a.accepted || b.accepted / b.seen - a.accepted / a.seen || (a.phrase < b.phrase ? -1 : 1));
}

const isWordy = (phrase: string): boolean => phrase.includes(' ') || phrase.length >= shortestAlone;
const holds = (longer: string, shorter: string): boolean => longer !== shorter && ` ${longer} `.includes(` ${shorter} `);
const shareOf = ({ accepted, seen }: ProposedWords): number => accepted / seen;

/** Makes a proposal of the same code the other one needless? */
function isBetter(other: ProposedWords, one: ProposedWords): boolean {
  if (holds(other.phrase, one.phrase)) return other.accepted >= one.accepted;
  return holds(one.phrase, other.phrase) && other.accepted > one.accepted && shareOf(other) >= shareOf(one);
}

/** Episodes by words and code, over all parts of the words that somebody decided about. Under primary-only coding a code that the words did not get is unknown, as everywhere. */
function countDecided({ own, others }: SharedRecord): ReadonlyMap<string, Count> {
  const counts = new Map<string, Count>();
  [own.cells, ...others].forEach((cells, coder) => {
    const codesOf = new Map<string, Set<CodeName>>();
    for (const [phrase, held] of cells) for (const cell of held.values()) if (cell.flag === 'plain') {
      for (const part of partsOf(phrase)) {
        const name = `${part}\t${cell.system}`;
        const codes = codesOf.get(name) ?? new Set<CodeName>();
        codesOf.set(name, codes);
        for (const code of cell.codes.keys()) codes.add(code);
      }
    }
    for (const [phrase, held] of cells) for (const cell of held.values()) if (cell.flag === 'plain') {
      for (const part of partsOf(phrase)) for (const code of codesOf.get(`${part}\t${cell.system}`) ?? []) {
        if (partsOfCodeName(code).system !== cell.system) continue;
        const { accepted, seen } = tallyOf(cell, code);
        const key = forgottenName(part, code);
        const count = counts.get(key) ?? { accepted: 0, seen: 0, coders: new Set<number>() };
        counts.set(key, count);
        count.accepted += accepted;
        count.seen += seen;
        if (accepted > 0) count.coders.add(coder);
      }
    }
  });
  return counts;
}

/** Every run of up to four words of a phrase. */
function partsOf(phrase: string): ReadonlySet<string> {
  const words = phrase.split(' ');
  const parts = new Set<string>();
  for (let first = 0; first < words.length; first += 1) for (let last = first + 1; last <= Math.min(words.length, first + proposalBar.longest); last += 1) parts.add(words.slice(first, last).join(' '));
  return parts;
}
