import type { JSX } from 'preact';
import { mostActions, statusOn, type AuditAction } from '../../lib/model/audit-action.js';
import { TypedText } from '../typed-text.jsx';
import type { Words } from '../words.js';

export interface ActionTrackerProps {
  readonly actions: readonly AuditAction[];
  /** YYYY-MM-DD */
  readonly today: string;
  readonly words: Words;
  readonly onActions: (actions: readonly AuditAction[]) => void;
}

const chosen = ['open', 'complete', 'on-hold'] as const;

/** Recommendations of audits and how far they are: a small table that the update paper includes. */
export function ActionTracker({ actions, today, words: { say }, onActions }: ActionTrackerProps): JSX.Element {
  const put = (at: number, change: Partial<AuditAction>): void => onActions(actions.map((one, place) => (place === at ? { ...one, ...change } : one)));
  const text = (at: number, part: 'number' | 'recommendation' | 'owner' | 'reason', most: number, short = false): JSX.Element => <TypedText class={short ? 'find short' : 'find'} aria-label={say('action.field', { column: say(`action.${part}`), number: actions[at]?.number ?? '' })} value={actions[at]?.[part] ?? ''} maxLength={most} onDone={(text) => put(at, { [part]: text.trim() })} />;
  return (
    <details class="audit-keys">
      <summary>{say('action.title')}</summary>
      <p class="small">{say('action.lede')}</p>
      <div class="twin wide" tabIndex={0} role="region" aria-label={say('action.title')}>
        <table>
          <caption class="vh">{say('action.title')}</caption>
          <thead><tr>{(['number', 'recommendation', 'owner', 'due', 'status', 'reason', 'remove'] as const).map((column) => <th key={column} scope="col">{say(`action.${column}`)}</th>)}</tr></thead>
          <tbody>{actions.map((one, at) => (
            <tr key={at}>
              <th scope="row">{text(at, 'number', 12, true)}</th><td>{text(at, 'recommendation', 300)}</td><td>{text(at, 'owner', 80)}</td>
              <td><TypedText class="find" type="date" aria-label={say('action.field', { column: say('action.due'), number: one.number })} value={one.due ?? ''} onDone={(text) => put(at, { due: text === '' ? null : text })} /></td>
              <td><select class="find" aria-label={say('action.field', { column: say('action.status'), number: one.number })} value={one.status} onChange={(event) => { const status = chosen.find((each) => each === event.currentTarget.value); if (status) put(at, { status }); }}>{chosen.map((status) => <option key={status} value={status}>{say(`action.status.${status}`)}</option>)}</select>{statusOn(one, today) === 'overdue' ? <> {say('action.status.overdue')}</> : null}</td>
              <td>{text(at, 'reason', 300)}</td>
              <td><button type="button" class="btn" aria-label={say('action.remove.long', { number: one.number })} onClick={() => onActions(actions.filter((_, place) => place !== at))}>{say('action.remove')}</button></td>
            </tr>
          ))}</tbody>
        </table>
      </div>
      <p class="acts"><button type="button" class="btn" disabled={actions.length >= mostActions} onClick={() => onActions([...actions, { number: String(actions.length + 1), recommendation: '', owner: '', due: null, status: 'open', reason: '' }])}>{say('action.add')}</button></p>
    </details>
  );
}
