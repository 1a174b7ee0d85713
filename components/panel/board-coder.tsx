import type { JSX } from 'preact';
import type { BoardCoderState, BoardCoderView, CoderFailure } from '../../lib/model/auto-coder.js';
import { writtenCode } from '../../lib/model/code.js';
import type { Place, RecordView } from '../../lib/model/review.js';
import type { Words } from '../words.js';

export interface BoardCoderProps {
  readonly view: BoardCoderView;
  readonly record: RecordView;
  readonly words: Words;
  /** The time of day of a moment, in milliseconds since 1970 UTC, as people read it. */
  readonly timeOf: (moment: number) => string;
  readonly onAgree: () => void;
  readonly onShow: (place: Place) => void;
}

/** What the board's own coder says, below what Nodi reads itself: it moves nothing, chooses nothing, and every code of it shows its words. */
export function BoardCoder({ view: { host, state, refused }, record, words, timeOf, onAgree, onShow }: BoardCoderProps): JSX.Element {
  const { say } = words;
  const lost = refused.reduce((sum, { count }) => sum + count, 0);
  const ours = new Set(record.coding?.suggestions.map(({ suggestion }) => `${suggestion.system} ${suggestion.code}`));
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
      {state.kind === 'answered' ? (
        <ul class="rules">
          {state.answer.suggestions.map(({ system, code, evidence }) => (
            <li key={`${system} ${code}`}>
              <b class="cc">{writtenCode(code)}</b> <span class="small">{system}; {say('board.ground', { name: state.answer.model })}{ours.has(`${system} ${code}`) ? `; ${say('board.alsoOurs')}` : ''}</span>{' '}
              {evidence.slice(0, 4).map((place, at) => <button type="button" class="link" key={at} onClick={() => onShow(place)}>{say('board.words', { at: at + 1 })}<span class="vh"> {writtenCode(code)}</span></button>)}
            </li>
          ))}
        </ul>
      ) : null}
      {lost > 0 ? (
        <details><summary>{say('board.refused', { count: lost })}</summary>
          <ul class="rules">{refused.map(({ reason, count }) => <li key={reason}>{say(`refusal.${reason}`)}: {count}</li>)}</ul>
        </details>
      ) : null}
    </section>
  );
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
