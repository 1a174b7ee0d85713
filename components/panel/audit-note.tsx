import type { JSX } from 'preact';
import type { WaitingAudit } from '../../lib/model/audit.js';
import type { Words } from '../words.js';
import { Glyph } from './shapes.jsx';
import { Key } from './sheets.jsx';

/** What an auditor is told of an episode that an audit waits for, in the place of its codes; `chord` is the key that adds a code. */
export function AuditHere({ audit, words, codes, chord, onAdd, onTake }: { readonly audit: WaitingAudit; readonly words: Words; /** Codes that the auditor has given it. */ readonly codes: number; readonly chord: string | null; readonly onAdd: (() => void) | null; readonly onTake: () => void }): JSX.Element {
  const { say } = words;
  return (
    <section class="codes blind">
      <h2><Glyph name="unreadable" /> {say(audit.view === 2 ? 'auditing.title.second' : 'auditing.title', { place: audit.place, of: audit.of })}</h2>
      <p class="note">{say('auditing.text')}{audit.depth === 'primary' ? ` ${say('audit.primaryOnly')}` : ''} <span class="small block">{say('auditing.given', { count: codes })}</span></p>
      <p class="note acts">
        {onAdd ? <button type="button" class="btn" onClick={onAdd}>{say('desk.add')} {chord === null ? null : <Key chord={chord} words={words} />}</button> : null}
        <button type="button" class="btn go" aria-disabled={codes === 0} onClick={() => { if (codes > 0) onTake(); }}>{say('auditing.take')}</button>
      </p>
    </section>
  );
}
