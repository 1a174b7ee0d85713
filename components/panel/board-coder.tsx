import type { JSX } from 'preact';
import type { BoardCoderState, CoderFailure } from '../../lib/model/auto-coder.js';
import { writtenCode } from '../../lib/model/code.js';
import type { CodedUnit } from '../../lib/model/coded-episode.js';
import { labelIn } from '../../lib/model/language.js';
import type { BoardPart, BoardRow, RecordView } from '../../lib/model/review.js';
import type { Words } from '../words.js';
import { boardName, quoted, quoteName, unitsOf, unitWords, type Proposed } from './code-units.js';
import type { BelowCodes } from './panel.jsx';
import { datedTitle } from './record-summary.js';
import { Glyph } from './shapes.jsx';

export interface BoardCoderProps extends BelowCodes {
  readonly view: BoardPart;
  readonly record: RecordView;
  readonly words: Words;
  /** The time of day of a moment, in milliseconds since 1970 UTC, as people read it. */
  readonly timeOf: (moment: number) => string;
  readonly onAgree: () => void;
}

/** What the board's own coder says, below what Nodi reads itself: it moves nothing and chooses nothing, every code of it shows its words, and a person accepts it or does not. */
export function BoardCoder({ view: { host, state, refused, rows }, record, words, timeOf, desk, onAgree, onShow }: BoardCoderProps): JSX.Element {
  const { say } = words;
  const lost = refused.reduce((sum, { count }) => sum + count, 0);
  const rowOf = (row: BoardRow): JSX.Element => {
    const { suggestion: { system, code }, label, quotes } = row;
    const unit: Proposed = { name: boardName(system, code), system, codes: [code], quotes };
    const ours = unitsOf(record.coding?.suggestions ?? [], system).find(({ codes }) => codes.includes(code));
    const within = heldWithin(record, unit);
    const standing = desk.standing(unit);
    const act = (look: string, key: 'desk.accept' | 'desk.edit' | 'desk.reject' | 'action.undo', run: () => void): JSX.Element => <button type="button" class={`btn ${look}`} onClick={run}>{say(key)}<span class="vh"> {writtenCode(code)}</span></button>;
    const { kind } = standing;
    const called = label && labelIn(label, words.locale);
    const aside = ours === undefined ? null : ours.codes.length > 1 ? say('board.aboveInUnit') : say('board.alsoOurs');
    // A code of a group is nothing by itself: the group is decided where it stands, as one.
    const decidable = record.coding !== null && (ours === undefined || ours.codes.length === 1) && within === null;
    return (
      <li key={unit.name} class={`code is-${kind}`} data-row={unit.name} tabIndex={-1}>
        <span class="cl"><b class="cc">{writtenCode(code)}</b> {called ? <span class="sp" lang={called.language}>{called.words}</span> : null}</span>
        <span class="ground small">{[system, ...(state.kind === 'answered' ? [say('board.ground', { name: state.answer.model })] : []), ...(aside === null ? [] : [aside])].join('; ')}</span>
        {quotes.map((quote) => {
          const document = record.documents.find(({ id }) => id === quote.document);
          return <p class="q" key={quoteName(quote)}><button type="button" class="link quote" onClick={() => onShow(quote)} {...(document?.language === 'en' || document?.language === 'cy' ? { lang: document.language } : {})}>“{quoted(quote.words)}”</button> <span class="small block">{document ? datedTitle(document, words) : ''}</span></p>;
        })}
        {within ? <span class="mark"><Glyph name="tick" />{say('board.within', { code: unitWords(within.codes, words) })}</span> : kind === 'open' ? null
          : <span class="mark">{kind === 'accepted' ? <Glyph name="tick" /> : null}{kind === 'accepted' && standing.instead !== null ? say('desk.acceptedInstead', { code: unitWords(standing.instead, words) }) : say(`desk.is.${kind}`)}</span>}
        {decidable ? (
          <div class="acts">
            {kind === 'open' ? act('go', 'desk.accept', () => desk.accept(unit, 'board')) : null}
            {kind === 'open' || kind === 'accepted' ? act('', 'desk.edit', () => desk.edit(unit)) : null}
            {kind === 'open' ? act('', 'desk.reject', () => desk.reject(unit, () => undefined)) : null}
            {kind === 'accepted' || kind === 'rejected' ? act('', 'action.undo', () => desk.undo(unit)) : null}
          </div>
        ) : null}
      </li>
    );
  };
  return (
    <section class="codes board" aria-label={say('board.title')}>
      <h2>{say('board.title')} <span class="n">{host}</span></h2>
      <p class="note" role="status">{lineOf(state, words, timeOf)}</p>
      {state.kind === 'unseen' ? (
        <>
          <p class="note"><b>{say('board.leaves')}</b> {say('board.leavesTo', { address: state.address })}</p>
          <pre class="payload" tabIndex={0} aria-label={say('board.leaves')}>{state.payload}</pre>
          <p class="note">{say('board.check')}</p>
          <p><button type="button" class="btn" onClick={onAgree}>{say('board.agree')}</button></p>
        </>
      ) : null}
      {rows.length > 0 ? <ul>{rows.map(rowOf)}</ul> : null}
      {lost > 0 ? (
        <details><summary>{say('board.refused', { count: lost })}</summary>
          <ul class="rules">{refused.map(({ reason, count }) => <li key={reason}>{say(`refusal.${reason}`)}: {count}</li>)}</ul>
        </details>
      ) : null}
    </section>
  );
}

/** The unit of several codes in the episode that a code is one of; null where it stands by itself or not at all. */
function heldWithin({ coded }: RecordView, { system, codes }: Proposed): CodedUnit | null {
  return [...coded?.diagnoses ?? [], ...coded?.procedures ?? []].find((one) => one.system === system && one.codes.length > 1 && codes.every((code) => one.codes.includes(code))) ?? null;
}

function lineOf(state: BoardCoderState, { say }: Words, timeOf: (moment: number) => string): string {
  switch (state.kind) {
    case 'unseen': return say('board.unseen');
    case 'asking': return say('board.asking');
    case 'answered': return state.answer.suggestions.length === 0 ? say('board.abstains', { name: state.answer.model }) : say('board.answered', { name: state.answer.model });
    case 'failed': return failureLine(state.failure, say);
    case 'circuit-open': return say('board.circuit', { time: timeOf(state.until) });
    case 'spent': return say('board.spent');
    case 'address-refused': return say('board.notInBuild');
  }
}

function failureLine(failure: CoderFailure, say: Words['say']): string {
  switch (failure.kind) {
    case 'reply-refused': return say('board.replyRefused', { reason: say(`refusal.${failure.fault}`) });
    case 'slow': return say('board.slow', { count: failure.seconds });
    case 'network': return say('board.network');
    case 'redirect': return say('board.redirect');
    case 'status': return say('board.status', { status: failure.status });
    case 'too-much-text': return say('board.tooMuch');
    case 'nothing-to-ask': return say('board.nothing');
    case 'withdrawn': return say('board.withdrawn');
  }
}
