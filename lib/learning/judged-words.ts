import type { LogEvent } from '../model/decision.js';
import type { EventId } from '../model/event-id.js';
import { codeName, type CodeName, type Phrase, type PhraseVerdict } from '../model/learning.js';
import type { ClinicalCode } from '../model/code.js';
import { undoneEvents } from '../model/standing.js';
import { forgottenName } from './from-decisions.js';

/** What a person said here of words that were proposed as a term for a code. */
export interface JudgedHere {
  readonly phrase: Phrase;
  readonly name: CodeName;
  readonly verdict: PhraseVerdict;
  readonly event: EventId;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
}

/** The last word on each phrase and code, by `forgottenName`, the newest decision last. What was taken back is open again. */
export function judgedWords(events: Iterable<LogEvent>): ReadonlyMap<string, JudgedHere> {
  const all = [...events];
  const undone = undoneEvents(all);
  const judged = new Map<string, JudgedHere>();
  for (const event of all.sort((a, b) => a.sequence - b.sequence)) {
    if (event.kind !== 'phrase-judged' || undone.has(event.id)) continue;
    const name = codeName(event.system, event.code as ClinicalCode);
    const key = forgottenName(event.phrase, name);
    judged.delete(key);
    judged.set(key, { phrase: event.phrase as Phrase, name, verdict: event.verdict, event: event.id, at: event.wall });
  }
  return judged;
}

/** Whose word on words counts: this device's, and of which others. */
export interface Seniors { readonly isSelf: boolean; readonly are: (signed: { readonly part: { readonly device: string }; readonly key?: string }) => boolean }

const everyone: Seniors = { isSelf: true, are: () => true };

/** Words that a person approved, on this device (`by` null) or on that of a coder whose pack was brought in. */
export interface ApprovedWords { readonly phrase: Phrase; readonly name: CodeName; readonly by: string | null; readonly at: number }

/**
 * Every approval that holds here: this device's own, and those of packs. What is declined here is not approved by another. Where the board names its senior
 * coders, only their word counts, for and against.
 */
export function approvedWords(all: ReadonlyMap<string, JudgedHere>, packs: { readonly parts: readonly { readonly part: { readonly device: string; readonly entries?: readonly (readonly [string, string, number])[] }; readonly key?: string }[] } | null, seniors: Seniors = everyone): readonly ApprovedWords[] {
  const judged = seniors.isSelf ? all : new Map<string, JudgedHere>();
  const own = [...judged.values()].filter(({ verdict }) => verdict === 'approved').map(({ phrase, name, at }): ApprovedWords => ({ phrase, name, by: null, at }));
  const others = (packs?.parts ?? []).filter(seniors.are).flatMap(({ part }) => (part.entries ?? []).map(([phrase, name, at]): ApprovedWords => ({ phrase: phrase as Phrase, name: name as CodeName, by: part.device, at })));
  return [...own, ...others.filter(({ phrase, name }) => judged.get(forgottenName(phrase, name))?.verdict !== 'declined')];
}
