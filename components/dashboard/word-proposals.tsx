import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { writtenCode } from '../../lib/model/code.js';
import type { EventId } from '../../lib/model/decision.js';
import { labelIn, type Label } from '../../lib/model/language.js';
import { partsOfCodeName, type CodeName, type Phrase, type PhraseVerdict, type WordsForApproval } from '../../lib/model/learning.js';
import { Glyph } from '../panel/shapes.jsx';
import { formatDate, type Words } from '../words.js';

export interface WordProposalsProps {
  readonly waiting: WordsForApproval;
  /** Name of this device, for telling its own decisions from those of other coders. */
  readonly device: string;
  /** Are single keys heard (a setting of the person's)? */
  readonly singleKeys: boolean;
  readonly words: Words;
  /** Each answers whether it was kept. */
  readonly onJudge: (phrase: Phrase, name: CodeName, verdict: PhraseVerdict) => Promise<boolean>;
  readonly onTakeBack: (event: EventId) => Promise<boolean>;
}

/** The keys of a row, as they are pressed and shown. They act only while a row has the focus. */
const keys: Readonly<Record<string, PhraseVerdict | 'undo'>> = { a: 'approved', d: 'declined', u: 'undo' };
const codeOf = (name: CodeName): string => writtenCode(partsOfCodeName(name).code);

/** Words that Nodi proposes as terms, for a senior coder's word: one row and one key each, and nothing is used before. */
export function WordProposals({ waiting: { isSenior, proposed, more, judged }, device, singleKeys, words, onJudge, onTakeBack }: WordProposalsProps): JSX.Element {
  const { say, locale } = words;
  const body = useRef<HTMLTableSectionElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  /** The row that goes on in hand once the one that was judged has left; null while nothing was judged. */
  const next = useRef<number | null>(null);
  const underWay = useRef(new Set<string>());
  const [told, setTold] = useState<{ readonly what: PhraseVerdict | 'undone'; readonly phrase: Phrase; readonly name: CodeName } | null>(null);
  const rowsNow = (): readonly HTMLElement[] => [...body.current?.querySelectorAll('tr') ?? []];
  useLayoutEffect(() => {
    if (next.current === null) return;
    const row = rowsNow()[Math.min(next.current, proposed.length - 1)];
    next.current = null;
    (row?.querySelector('button') ?? heading.current)?.focus();
  }, [proposed]);
  const judge = async (phrase: Phrase, name: CodeName, verdict: PhraseVerdict, at: number | null): Promise<void> => {
    const row = `${phrase} ${name}`;
    // Keys come faster than the page is drawn: one decision a row.
    if (underWay.current.has(row)) return;
    underWay.current.add(row);
    const isKept = await onJudge(phrase, name, verdict);
    underWay.current.delete(row);
    if (!isKept) return;
    next.current = at;
    setTold({ what: verdict, phrase, name });
  };
  const takeBack = async (phrase: Phrase, name: CodeName, event: EventId): Promise<void> => { if (await onTakeBack(event)) setTold({ what: 'undone', phrase, name }); };
  const judgeRow = (at: number, verdict: PhraseVerdict): void => { const one = proposed[at]; if (one) void judge(one.phrase, one.name, verdict, at); };
  const undoLast = (): void => { const last = judged.find(({ event }) => event !== null); if (last?.event) void takeBack(last.phrase, last.name, last.event); };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isSenior || !singleKeys || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat) return;
    const at = rowsNow().findIndex((row) => row.contains(event.target as Node));
    const to = event.key === 'ArrowDown' ? at + 1 : event.key === 'ArrowUp' ? at - 1 : null;
    const key = keys[event.key.toLowerCase()];
    if (to !== null && at >= 0) rowsNow()[to]?.querySelector('button')?.focus();
    else if (key === 'undo') undoLast();
    else if (key !== undefined && proposed[at]) judgeRow(at, key);
    else return;
    event.preventDefault();
  };
  const named = (name: CodeName, label: Label | null): JSX.Element => { const called = label && labelIn(label, locale); return <td>{codeOf(name)}{called ? <span class="small block" lang={called.language}>{called.words}</span> : null}</td>; };
  const shownKey = (key: string): JSX.Element | null => (singleKeys ? <> <kbd aria-hidden="true">{key}</kbd></> : null);
  const about = (phrase: Phrase, name: CodeName): JSX.Element => <span class="vh"> “{phrase}” {codeOf(name)}</span>;
  return (
    <section onKeyDown={onKeyDown}>
      <h2 ref={heading} tabIndex={-1}>{say('propose.title')}</h2>
      <p class="lede">{say('propose.lede')}{isSenior ? singleKeys ? ` ${say('propose.keys')}` : '' : ` ${say('propose.seniors', { device })}`}</p>
      <p role="status" class={told === null ? 'vh' : 'small'}>{told === null ? '' : say(`propose.told.${told.what}`, { words: told.phrase, code: codeOf(told.name) })}</p>
      {proposed.length === 0 ? <p>{say('propose.none')}</p> : (
        <div class="twin" role="region" aria-label={say('propose.title')} tabIndex={0}>
          <table>
            <caption class="vh">{say('propose.title')}</caption>
            <thead><tr><th scope="col">{say('model.column.words')}</th><th scope="col">{say('model.column.code')}</th><th scope="col">{say('model.column.record')}</th><th scope="col">{say('propose.column.word')}</th></tr></thead>
            <tbody ref={body}>{proposed.map(({ phrase, name, label, accepted, seen, coders }, at) => (
              <tr key={`${phrase} ${name}`}>
                <th scope="row" lang="en">“{phrase}”</th>{named(name, label)}
                <td>{coders === null ? say('propose.trained', { accepted, seen }) : <>{say('record.accepted', { accepted, seen })} · {say('record.coders', { count: coders })}</>}</td>
                <td>{!isSenior ? '–' : <>
                  <button type="button" class="choice" onClick={() => judgeRow(at, 'approved')}>{say('propose.approve')}{about(phrase, name)}{shownKey('A')}</button>{' '}
                  <button type="button" class="choice" onClick={() => judgeRow(at, 'declined')}>{say('propose.decline')}{about(phrase, name)}{shownKey('D')}</button>
                </>}</td>
              </tr>
            ))}</tbody>
          </table>
        </div>
      )}
      {more > 0 ? <p class="small">{say('propose.more', { count: more })}</p> : null}
      {judged.length === 0 ? null : (
        <>
          <h3>{say('propose.judged')}</h3>
          <div class="twin" role="region" aria-label={say('propose.judged')} tabIndex={0}>
            <table>
              <caption class="vh">{say('propose.judged')}</caption>
              <thead><tr><th scope="col">{say('model.column.words')}</th><th scope="col">{say('model.column.code')}</th><th scope="col">{say('propose.column.said')}</th><th scope="col">{say('propose.column.who')}</th><th scope="col">{say('propose.column.when')}</th><th scope="col">{say('propose.column.back')}</th></tr></thead>
              <tbody>{judged.map(({ phrase, name, label, verdict, by, event, at }) => (
                <tr key={`${by} ${phrase} ${name}`}>
                  <th scope="row" lang="en">“{phrase}”</th>{named(name, label)}
                  <td>{verdict === 'approved' ? <Glyph name="tick" /> : null} {say(`propose.${verdict}`)}</td>
                  <td>{by === device ? say('propose.here', { device: by }) : say('propose.coder', { device: by })}</td>
                  <td>{formatDate(new Date(at).toISOString(), locale)}</td>
                  <td>{!isSenior ? '–' : event === null
                    ? <button type="button" class="choice" onClick={() => void judge(phrase, name, 'declined', null)}>{say('propose.decline')}{about(phrase, name)}</button>
                    : <button type="button" class="choice" onClick={() => void takeBack(phrase, name, event)}>{say('propose.takeBack')}{about(phrase, name)}</button>}</td>
                </tr>
              ))}</tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}
