import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { present, type Bound, type ContextKey } from '../../lib/model/context.js';
import type { GuessedMark, GuessResult, RecordGuess } from '../../lib/model/guess.js';
import type { SelectedWords } from '../../lib/model/review.js';
import type { Verdict } from '../../lib/model/rulebook.js';
import type { Evidence } from '../../lib/model/suggestion.js';
import type { Sureness } from '../../lib/model/trainee.js';
import { typedCodes } from '../learn/answer.jsx';

/** What a guess asks of the outside. */
export interface GuessPorts {
  /** Where words first stand in the notes on screen. */
  readonly find: (key: ContextKey, words: string) => Promise<Evidence | null>;
  readonly selection: () => Promise<SelectedWords | null>;
  /** Compares, shows the record's marks and codes, and keeps the counts; `kept` false where they could not be. Null where the record has changed. */
  readonly compare: (key: ContextKey, guess: RecordGuess, sure: Sureness | null) => Promise<{ readonly result: Bound<GuessResult>; readonly kept: boolean } | null>;
  /** Turns guessing off for this record; false where it has changed. */
  readonly show: (key: ContextKey) => Promise<boolean>;
}

/** What is wrong with a guess, kept as what it is of, so that it is said in the language shown. */
export type GuessProblem = { readonly kind: 'not-found'; readonly words: string } | { readonly kind: 'no-selection' | 'nothing' | 'changed' } | { readonly kind: 'no-code'; readonly codes: string };

/** A guess as far as it has come. Patient text: memory only, and of one patient's episode. */
export interface GuessDraft {
  readonly of: string;
  readonly marks: readonly (GuessedMark & { readonly words: string })[];
  readonly sought: string;
  readonly verdict: Verdict;
  readonly diagnoses: string;
  readonly procedures: string;
  readonly sure: Sureness | null;
  readonly problem: GuessProblem | null;
  readonly result: GuessResult | null;
  readonly kept: boolean;
}

/** A guess and what may be done with it. */
export interface Guess {
  readonly draft: GuessDraft;
  readonly change: (part: Partial<Pick<GuessDraft, 'sought' | 'verdict' | 'diagnoses' | 'procedures' | 'sure'>>) => void;
  /** Marks the words that were typed, or those that are selected in the note. */
  readonly mark: () => void;
  readonly unmark: (mark: GuessDraft['marks'][number]) => void;
  /** `known` false: the trainee says that she does not know. */
  readonly compare: (known: boolean) => void;
  readonly show: () => void;
}

const empty = (of: string): GuessDraft => ({ of, marks: [], sought: '', verdict: 'avoid', diagnoses: '', procedures: '', sure: null, problem: null, result: null, kept: true });

/**
 * The guess at the record on screen. While a page is read again it is held and not shown; with another patient, or none, it is dropped.
 * `subject` names the patient's episode, empty while nothing is shown; `gone` where nobody is confirmed any more.
 */
export function useGuess(subject: string, gone: boolean, key: ContextKey | null, ports: GuessPorts): Guess {
  const [held, setHeld] = useState(empty(''));
  const now = useRef({ subject, key });
  now.current = { subject, key };
  useLayoutEffect(() => { if (gone || (subject !== '' && held.of !== subject)) setHeld(empty(subject)); }, [subject, gone]);
  const draft = held.of === subject ? held : empty(subject);
  /** Only over what is of this patient still. */
  const put = (of: string, part: Partial<GuessDraft>): void => setHeld((before) => (now.current.subject === of ? { ...(before.of === of ? before : empty(of)), ...part } : before));
  const fail = (of: string, problem: GuessProblem): void => put(of, { problem });
  const mark = async (): Promise<void> => {
    if (!key) return;
    const { verdict } = draft;
    const typed = draft.sought.trim();
    const selected = typed === '' ? await ports.selection() : null;
    const words = typed === '' ? selected?.words.trim() ?? '' : typed;
    if (words === '') { fail(subject, { kind: 'no-selection' }); return; }
    const place = selected?.place ?? await ports.find(key, words);
    if (!place) { fail(subject, { kind: 'not-found', words }); return; }
    // The patient may have changed while the page was asked.
    setHeld((before) => (before.of === subject && now.current.subject === subject ? { ...before, sought: '', problem: null, marks: [...before.marks.filter((one) => one.words !== words), { ...place, verdict, words }] } : before));
  };
  const compare = async (known: boolean): Promise<void> => {
    if (!key) return;
    const [diagnoses, procedures] = [typedCodes(draft.diagnoses), typedCodes(draft.procedures)];
    const bad = [...diagnoses.bad, ...procedures.bad];
    if (known && bad.length > 0) { fail(subject, { kind: 'no-code', codes: bad.join(', ') }); return; }
    if (known && draft.marks.length + diagnoses.codes.length + procedures.codes.length === 0) { fail(subject, { kind: 'nothing' }); return; }
    const marks = draft.marks.map(({ document, version, span, verdict }) => ({ document, version, span, verdict }));
    const answer = await ports.compare(key, known ? { marks, diagnoses: diagnoses.codes, procedures: procedures.codes } : { marks: [], diagnoses: [], procedures: [] }, known ? draft.sure : null);
    const result = answer && now.current.key ? present(answer.result, now.current.key) : null;
    if (!answer || !result) { fail(subject, { kind: 'changed' }); return; }
    put(subject, { result, kept: answer.kept, problem: null });
  };
  return {
    draft,
    change: (part) => put(subject, part),
    mark: () => void mark(),
    unmark: (gone) => put(subject, { marks: draft.marks.filter((one) => one !== gone) }),
    compare: (known) => void compare(known),
    show: () => { if (key) void ports.show(key).then((done) => { if (!done) fail(subject, { kind: 'changed' }); }); },
  };
}
