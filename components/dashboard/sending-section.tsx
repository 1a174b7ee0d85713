import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { SendFailure, SendingState, SendingView, ServerFault, SetAside } from '../../lib/model/sending.js';
import { formatMonth, type WordKey, type Words } from '../words.js';

export interface SendingSectionProps {
  readonly view: SendingView;
  readonly words: Words;
  /** A moment, in milliseconds since 1970 UTC, as people read it. */
  readonly timeOf: (moment: number) => string;
  /** Set where what was typed can be no credential. */
  readonly isTokenWrong: boolean;
  readonly onAgree: () => void;
  readonly onPause: (isPaused: boolean) => void;
  readonly onSend: (again: boolean) => void;
  /** Null forgets it. */
  readonly onCredential: (token: string | null) => void;
}

/** Where findings and queries are sent, how far that has come, and what a person decides of it. The first that would leave is shown whole before anything does. */
export function SendingSection({ view, words: { say, locale }, timeOf, isTokenWrong, onAgree, onPause, onSend, onCredential }: SendingSectionProps): JSX.Element {
  const { address, state, hasCredential, waiting, confirmed, lastSent, setAside, figures } = view;
  const [typed, setTyped] = useState('');
  const button = (name: WordKey, act: () => void): JSX.Element => <button type="button" class="btn" onClick={act}>{say(name)}</button>;
  const isOn = state.kind !== 'not-in-build' && state.kind !== 'unseen';
  return (
    <section class="sending" aria-label={say('sending.title')}>
      <h2>{say('sending.title')}</h2>
      <p>{say('sending.where')} <code lang="en">{address}</code></p>
      <p role="status" class={isTrouble(state) ? 'warning' : ''}>{lineOf(state, waiting, say, timeOf)}</p>
      {state.kind === 'unfit' ? <ul>{state.faults.map((fault) => <li key={JSON.stringify(fault)}>{faultLine(fault, say)}</li>)}</ul> : null}
      {state.kind === 'not-in-build' ? null : <p>{say('sending.figures.what')}</p>}
      {state.kind === 'unseen' && (state.payload !== null || state.figures !== null) ? (
        <>
          {state.payload === null ? null : <pre class="payload" tabIndex={0} aria-label={say('sending.payload')}>{state.payload}</pre>}
          {state.figures === null ? null : <pre class="payload figures" tabIndex={0} aria-label={say('sending.figures.payload')}>{state.figures}</pre>}
          <p>{say('sending.check')}</p>
          <p class="acts">{button('sending.agree', onAgree)}</p>
        </>
      ) : null}
      {isOn ? (
        <>
          <dl class="facts">
            <dt>{say('sending.last')}</dt><dd>{lastSent === 0 ? say('sending.never') : timeOf(lastSent)}</dd>
            <dt>{say('sending.confirmed')}</dt><dd>{confirmed}</dd>
            <dt>{say('sending.waitingRows')}</dt><dd>{waiting}</dd>
            <dt>{say('sending.asideCount')}</dt><dd>{setAside.length}</dd>
            <dt>{say('sending.figures.last')}</dt><dd>{figures.last === null ? say('sending.figures.none') : say('sending.figures.sent', { month: formatMonth(figures.last, locale), time: timeOf(figures.lastSent) })}</dd>
          </dl>
          {figures.isTaken ? null : <p class="warning">{say('sending.figures.lacks')}</p>}
          {figures.refused.length > 0 ? (
            <>
              <h3>{say('sending.figures.refused')}</h3>
              <ul>{figures.refused.map((one) => <li key={one.month}>{formatMonth(one.month, locale)}: {say(reasonOf(one))} <code lang="en">{[one.status, one.issue, one.at].filter((part) => part !== '').join(' ')}</code></li>)}</ul>
            </>
          ) : null}
          <p class="acts">{state.kind === 'paused' ? button('sending.resume', () => onPause(false)) : <>{button('sending.now', () => onSend(false))} {button('sending.pause', () => onPause(true))}</>}</p>
          <form onSubmit={(event) => { event.preventDefault(); if (typed.trim() !== '') onCredential(typed.trim()); setTyped(''); }}>
            <p><label class="block">{say('sending.credential')}<br /><input class="find" type="password" autocomplete="off" spellcheck={false} value={typed} aria-describedby="sending-credential-help" onInput={({ currentTarget }) => setTyped(currentTarget.value)} /></label></p>
            <p class="small" id="sending-credential-help">{say(hasCredential ? 'sending.held' : 'sending.notHeld')} {say('sending.credential.help')}</p>
            {isTokenWrong ? <p role="alert" class="warning">{say('sending.credential.wrong')}</p> : null}
            <p class="acts"><button type="submit" class="btn">{say('sending.credential.use')}</button> {hasCredential ? button('sending.credential.forget', () => onCredential(null)) : null}</p>
          </form>
        </>
      ) : null}
      {setAside.length > 0 ? (
        <>
          <h3>{say('sending.aside')}</h3>
          <p>{say('sending.aside.what')}</p>
          <div class="twin aside" tabIndex={0} role="region" aria-label={say('sending.aside')}>
            <table>
              <thead><tr><th scope="col">{say('sending.aside.kind')}</th><th scope="col" class="r">{say('sending.aside.row')}</th><th scope="col">{say('sending.aside.why')}</th></tr></thead>
              <tbody>{setAside.map((one) => <tr key={one.key}><th scope="row">{say(`sending.kind.${one.kind}`)}</th><td class="r">{one.sequence}</td><td>{say(reasonOf(one))} <code lang="en">{[one.status, one.issue, one.at].filter((part) => part !== '').join(' ')}</code></td></tr>)}</tbody>
            </table>
          </div>
          {isOn && state.kind !== 'paused' ? <p class="acts">{button('sending.again', () => onSend(true))}</p> : null}
        </>
      ) : null}
    </section>
  );
}

function isTrouble({ kind }: SendingState): boolean {
  return !['idle', 'sending', 'paused', 'unseen'].includes(kind);
}

function lineOf(state: SendingState, waiting: number, say: Words['say'], timeOf: SendingSectionProps['timeOf']): string {
  switch (state.kind) {
    case 'unseen': return say(state.payload === null && state.figures === null ? 'sending.unseen.empty' : 'sending.unseen');
    case 'waiting': return `${failureLine(state.failure, say)} ${say(state.isOpen ? 'sending.open' : 'sending.later', { time: timeOf(state.until) })}`;
    case 'credential-refused': return say(state.status === 403 ? 'sending.forbidden' : 'sending.unauthorised');
    case 'idle': return say(waiting === 0 ? 'sending.idle' : 'sending.soon');
    case 'not-in-build': case 'paused': case 'sending': case 'unfit': case 'too-many-refused': case 'log-unreadable': case 'not-kept': return say(`sending.${state.kind}`);
  }
}

function failureLine(failure: SendFailure, say: Words['say']): string {
  switch (failure.kind) {
    case 'network': case 'withdrawn': return say('sending.network');
    case 'slow': return say('sending.slow', { count: failure.seconds });
    case 'redirect': return say('sending.redirect');
    case 'status': return say('sending.status', { status: failure.status });
    case 'reply-refused': return say('sending.replyRefused', { reason: say(failure.fault === 'login-page' || failure.fault === 'wrong-type' || failure.fault === 'not-json' ? `refusal.${failure.fault}` : `sending.fault.${failure.fault}`) });
  }
}

function faultLine(fault: ServerFault, say: Words['say']): string {
  switch (fault.kind) {
    case 'not-r4': return fault.version === '' ? say('sending.lacks.version') : say('sending.lacks.not-r4', { version: fault.version });
    case 'no-statement': case 'no-json': case 'no-bundle': return say(`sending.lacks.${fault.kind}`);
    case 'no-resource': case 'no-conditional-create': case 'no-conditional-update': return say(`sending.lacks.${fault.kind}`, { type: fault.type });
  }
}

/** Why it was set aside, in words; the server's own closed ones stand beside it. */
function reasonOf({ status }: Pick<SetAside, 'status'>): WordKey {
  return status === 412 ? 'sending.reason.not-unique' : status === 400 || status === 422 ? 'sending.reason.invalid' : status >= 500 ? 'sending.reason.failed' : 'sending.reason.refused';
}
