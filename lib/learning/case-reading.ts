import type { Span } from '../base/span.js';
import type { Assertion } from '../model/assertion.js';
import { codeName, type CaseCandidate, type CaseReading, type ContextFlag } from '../model/learning.js';
import type { Coding } from '../model/suggestion.js';

/** What the rooms that read and code made of one text, as the entrypoint joins them. */
export interface ReadForLearning {
  readonly words: readonly (Span & { readonly folded: string })[];
  /** The sentence about an offset. */
  readonly sentence: (offset: number) => Span;
  readonly assert: (span: Span) => Assertion;
  readonly coding: Coding;
}

/** How words were meant, in one word: the strongest reason against coding them first. */
export function flagOf({ polarity, certainty, temporality, subject }: Assertion): ContextFlag {
  if (subject !== 'patient') return 'other-person';
  if (polarity === 'negated') return 'denied';
  if (temporality === 'hypothetical') return 'planned';
  if (certainty === 'uncertain') return 'doubted';
  return temporality === 'historical' ? 'past' : 'plain';
}

/** One text as learning sees it. */
export function caseReading({ words, sentence, assert, coding }: ReadForLearning, specialty: string | null): CaseReading {
  let within: Span = { start: 0, end: 0 };
  const flags = new Map<string, ContextFlag>();
  return {
    specialty,
    words: words.map((word) => {
      if (word.start >= within.end) within = sentence(word.start);
      return { ...word, sentence: within.start };
    }),
    flagOf: (span) => {
      const name = `${span.start} ${span.end}`;
      const flag = flags.get(name) ?? flagOf(assert(span));
      flags.set(name, flag);
      return flag;
    },
    candidates: coding.suggestions.map(({ system, code, confidence, shown, evidence: [first, ...more] }): CaseCandidate => ({ name: codeName(system, code), confidence, shown, spans: [first.span, ...more.map(({ span }) => span)] })),
  };
}
