import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { writtenCode, type CodeSystem } from '../../lib/model/code.js';
import type { Specialty } from '../../lib/model/episode.js';
import type { GuessResult, GuessState, OfferedAnswer } from '../../lib/model/guess.js';
import { inLocale, type DocumentLanguage } from '../../lib/model/language.js';
import type { RuleCard } from '../../lib/model/review.js';
import { verdicts } from '../../lib/model/rulebook.js';
import type { CaseCode, Competency, TaughtRule } from '../../lib/model/trainee.js';
import { IndexPath, itemText, outcomeKeys, SureChoice } from '../learn/answer.jsx';
import { formatDate, specialtyIn, type Words } from '../words.js';
import { quoted, sentence } from './code-units.js';
import type { Guess, GuessProblem } from './guess.js';
import { Glyph, VerdictShape } from './shapes.jsx';

/** What the Learn part knows of the learner: read when it comes to the front. */
export interface LearningNow {
  /** Cards that are due, and how many of them today's session has; when the next one comes where none is due. */
  readonly due: number;
  readonly session: number;
  readonly next: number | null;
  /** The weakest first. */
  readonly weak: readonly Competency[];
  readonly cards: readonly RuleCard[];
  readonly rules: readonly TaughtRule[];
  /** Ways through the index that the invented cases teach, by code. */
  readonly trails: readonly Pick<CaseCode, 'system' | 'code' | 'trail'>[];
  readonly isDamaged: boolean;
}

interface LearnPartProps {
  readonly words: Words;
  /** Null where this profile does not guess first, or no record is on screen. */
  readonly state: GuessState | null;
  /** The guess-first switch; null for profiles that have none. */
  readonly guessFirst: boolean | null;
  /** The board's policy says whether trainees guess first. */
  readonly guessFixed: boolean;
  /** An episode of the blind sample: its codes are compared when it is coded. */
  readonly isBlind: boolean;
  readonly guess: Guess;
  readonly specialties: readonly Specialty[];
  readonly onLearning: () => Promise<LearningNow | null>;
  readonly onGuessFirst: (on: boolean) => void;
  readonly onOpen: () => void;
}

/** How words of a document are spoken; as the page about them where nobody knows. */
const langOf = (language: DocumentLanguage): string | undefined => (language === 'en' ? 'en-GB' : language === 'cy' ? 'cy' : undefined);

/** In the place of marks and codes while a trainee has still to guess. */
export function GuessHidden({ words: { say }, onGuess }: { readonly words: Words; readonly onGuess: () => void }): JSX.Element {
  return (
    <section class="state">
      <Glyph name="unreadable" large />
      <h2>{say('guess.title')}</h2>
      <p>{say('guess.hidden')}</p>
      <div class="acts"><button type="button" class="btn go" onClick={onGuess}>{say('guess.begin')}</button></div>
    </section>
  );
}

/** The panel's Learn part: what is due, the guess at the record on screen, its comparison, and the rules that are weakest. */
export function LearnPart(props: LearnPartProps): JSX.Element {
  const { words, state, guessFirst, guessFixed, guess, specialties, onLearning, onGuessFirst, onOpen } = props;
  const { say } = words;
  const [learning, setLearning] = useState<LearningNow | null>(null);
  const { result } = guess.draft;
  useEffect(() => {
    const life = new AbortController();
    const look = (): void => { void onLearning().then((now) => { if (!life.signal.aborted) setLearning(now); }, () => undefined); };
    look();
    // The Learn page stands in another tab: what was answered there counts here on the way back.
    window.addEventListener('focus', look, { signal: life.signal });
    return () => life.abort();
  }, [result]);
  const rules = learning?.rules ?? [];
  const names = { rules, cardOf: (rule: string) => [...result?.cards ?? [], ...learning?.cards ?? []].find((card) => card.rule === rule) ?? null, words };
  return (
    <div class="learnpart">
      {result ? <Compared {...props} result={result} names={names} learning={learning} /> : state === 'hidden' ? <Guessing {...props} /> : null}
      <section class="note learnbox">
        <h2>{say('learnpart.today')}</h2>
        {learning?.isDamaged ? <p role="alert">{say('learn.damaged')}</p> : null}
        <p>{learning === null ? say('learnpart.reading') : learning.due > 0 ? say('learnpart.due', { count: learning.due }) : learning.next === null ? say('learnpart.none') : say('learnpart.nextOn', { date: formatDate(new Date(learning.next).toISOString(), words.locale) })}</p>
        <div class="acts"><button type="button" class={state === 'hidden' && !result ? 'btn' : 'btn go'} onClick={onOpen}>{say('learnpart.open')}</button></div>
      </section>
      {guessFirst === null ? null : (
        <section class="note learnbox">
          <label class="learnswitch"><input type="checkbox" checked={guessFirst} disabled={guessFixed} onChange={(event) => onGuessFirst(event.currentTarget.checked)} /> <span>{say('guess.switch')}</span></label>
          <p class="small">{say('guess.switch.text')}{guessFixed ? ` ${say('options.managed')}` : ''}</p>
        </section>
      )}
      <section class="note learnbox">
        <h2>{say('learnpart.weak')}</h2>
        {learning === null || learning.weak.length === 0 ? <p>{say('learnpart.weak.none')}</p> : (
          <ul class="weak">{learning.weak.map((line) => (
            <li key={`${line.item} ${line.specialty}`}><b>{itemText(line.item, names).name}</b> <span class="small">{specialtyIn(specialties, line.specialty, words)}</span> <span class="small nowrap">{say('learn.of', { part: line.right, whole: line.tried })}</span></li>
          ))}</ul>
        )}
      </section>
    </div>
  );
}

function problemWords(problem: GuessProblem, { say }: Words): string {
  switch (problem.kind) {
    case 'not-found': return say('guess.notFound', { words: quoted(problem.words) });
    case 'no-code': return say('learn.code.none', { codes: problem.codes });
    case 'no-selection': return say('guess.noSelection');
    case 'nothing': return say('guess.nothing');
    case 'changed': return say('refused.context-changed');
  }
}

function Guessing({ words, guess, isBlind }: LearnPartProps): JSX.Element {
  const { say } = words;
  const { draft, change } = guess;
  const onKeyDown = (event: KeyboardEvent): void => {
    const isField = (event.target as Element).matches('input, select');
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); event.stopPropagation(); guess.compare(true); return; }
    // The panel's own keys in its filter: here a field is a field.
    if (isField && ['Enter', 'ArrowDown', 'Escape'].includes(event.key)) event.stopPropagation();
  };
  return (
    <section class="note learnbox" onKeyDown={onKeyDown}>
      <h2>{say('guess.title')}</h2>
      <p>{say('guess.hidden')} <span class="small block">{say('guess.kept')}</span></p>
      <p role="status" class="learn-problem">{draft.problem ? problemWords(draft.problem, words) : ''}</p>
      <h3>{say('learn.mark')}</h3>
      <p class="small">{say('guess.mark.how')}</p>
      <form class="guessrow" onSubmit={(event) => { event.preventDefault(); guess.mark(); }}>
        <label><span>{say('learn.mark.words')}</span> <input class="find" value={draft.sought} autocomplete="off" spellcheck={false} onInput={(event) => change({ sought: event.currentTarget.value })} /></label>
        <label><span>{say('learn.mark.verdict')}</span> <select class="find" value={draft.verdict} onChange={(event) => change({ verdict: verdicts.find((one) => one === event.currentTarget.value) ?? 'avoid' })}>{verdicts.map((one) => <option key={one} value={one} selected={one === draft.verdict}>{say(`verdict.${one}`)}</option>)}</select></label>
        <button type="submit" class="btn">{draft.sought.trim() === '' ? say('guess.mark.selected') : say('learn.mark.add')}</button>
      </form>
      {draft.marks.length > 0 ? <ul class="guessmarks">{draft.marks.map((one) => <li key={one.words}><VerdictShape verdict={one.verdict} /> <span>{quoted(one.words)}</span> <span class="small">{say(`verdict.${one.verdict}`)}</span> <button type="button" class="btn" aria-label={say('learn.mark.removeOf', { words: quoted(one.words) })} onClick={() => guess.unmark(one)}>{say('learn.mark.remove')}</button></li>)}</ul> : null}
      {isBlind ? <p class="small">{say('guess.blind')}</p> : (
        <>
          <h3>{say('learn.code')}</h3>
          <form class="guessrow" onSubmit={(event) => { event.preventDefault(); guess.compare(true); }}>
            <label><span>{say('learn.code.diagnoses')}</span> <input class="find mono" value={draft.diagnoses} autocomplete="off" spellcheck={false} onInput={(event) => change({ diagnoses: event.currentTarget.value })} /></label>
            <label><span>{say('learn.code.procedures')}</span> <input class="find mono" value={draft.procedures} autocomplete="off" spellcheck={false} onInput={(event) => change({ procedures: event.currentTarget.value })} /></label>
          </form>
        </>
      )}
      <SureChoice sure={draft.sure} words={words} onSure={(sure) => change({ sure })} />
      <div class="acts">
        <button type="button" class="btn go" onClick={() => guess.compare(true)}>{say('guess.compare')} <kbd>Ctrl ↵</kbd></button>
        <button type="button" class="btn" onClick={() => guess.compare(false)}>{say('learn.answer.unknown')}</button>
        <button type="button" class="btn" onClick={guess.show}>{say('guess.off')}</button>
      </div>
    </section>
  );
}

/** The way through the index that an invented case teaches for this code, where the words of this record say all of it; else the term that led here. */
function wayTo(system: CodeSystem, { code, label, words }: OfferedAnswer, trails: LearningNow['trails']): CaseCode['trail'] {
  const written = `${words} ${label.en}`.toLowerCase();
  return trails.find((one) => one.system === system && one.code === code && one.trail.every((part) => written.includes(part.toLowerCase())))?.trail ?? [label.en];
}

function Compared({ words, guess, result, names, learning }: LearnPartProps & { readonly result: GuessResult; readonly names: Parameters<typeof itemText>[1]; readonly learning: LearningNow | null }): JSX.Element {
  const { say, locale } = words;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => { heading.current?.focus(); }, []);
  const { right, of, extra, items } = result.counts;
  const wrong = items.filter((one) => !one.right).length;
  const side = (yours: string, offered: string): JSX.Element => <dl class="sides"><div><dt>{say('learn.column.yours')}</dt><dd>{yours}</dd></div><div><dt>{say('guess.column.offered')}</dt><dd>{offered}</dd></div></dl>;
  const sign = (outcome: string): JSX.Element => (outcome === 'right' ? <Glyph name="tick" /> : outcome === 'extra' ? <Glyph name="person" /> : <VerdictShape verdict="caution" />);
  return (
    <section class="note learnbox">
      <h2 ref={heading} tabIndex={-1}>{say('learn.score', { right, of })}{extra > 0 ? ` ${say('guess.extra', { count: extra })}` : ''}</h2>
      <p>{wrong > 0 ? say('learn.tomorrow', { count: wrong }) : ''} <span class="small block">{say('guess.note')}</span></p>
      {guess.draft.kept ? null : <p role="alert">{say('learn.notSaved')}</p>}
      <ul class="compared" aria-label={say('learn.table')}>
        {result.codes.map(({ system, outcome, given, offered }, at) => {
          const rule = offered ? names.rules.find(({ id }) => id === offered.rule) : undefined;
          const trail = offered ? wayTo(system, offered, learning?.trails ?? []) : null;
          const reasons = offered ? [...new Set(offered.because as readonly string[])] : [];
          return (
            <li key={`c${at}`}>
              <p>{sign(outcome)} <b>{outcome === 'extra' ? say('guess.outcome.extra') : say(outcomeKeys[outcome])}</b></p>
              {side(given === null ? '–' : writtenCode(given), offered ? writtenCode(offered.code) : say('learn.notCoded'))}
              {offered ? <p>{offered.words === '' ? null : <>“<span lang={langOf(offered.language)}>{quoted(offered.words)}</span>”. </>}{rule ? inLocale(rule.why, locale) : ''} {rule ? <span class="small">{itemText(`rule:${rule.id}`, names).standard}</span> : null}</p> : <p>{say('guess.unoffered')}</p>}
              {offered && trail ? (
                <details><summary>{say('learn.path')}</summary>
                  <IndexPath lead={trail[0]} qualifiers={trail.slice(1)} code={writtenCode(offered.code)} words={words} verify={<>{say('guess.verify')} {reasons.map((id) => sentence(`rule.${id}`, id, words)).join('; ')}</>} />
                </details>
              ) : null}
            </li>
          );
        })}
        {result.marks.map(({ outcome, given, offered, words: written, language }, at) => {
          const card = offered ? names.cardOf(offered.rule) : null;
          return (
            <li key={`m${at}`}>
              <p>{sign(outcome)} <b>{outcome === 'extra' ? say('guess.outcome.extra') : say(outcomeKeys[outcome])}</b> · “<span lang={langOf(language)}>{quoted(written)}</span>”</p>
              {side(given ? say(`verdict.${given}`) : '–', offered ? say(`verdict.${offered.verdict}`) : say('learn.notMarked'))}
              <p>{card ? inLocale(card.text, locale).why : say('learn.notInSheet')} {card ? <span class="small">{inLocale(card.source, locale)} · {card.rule}</span> : null}</p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
