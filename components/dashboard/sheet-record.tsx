import type { JSX } from 'preact';
import type { EntryTrial } from '../../lib/model/sheet.js';
import type { Words } from '../words.js';

/** How the trial of the entry in hand on the open record stands: not begun, under way, what came of it, or nobody answered. */
export type RecordTrial = EntryTrial | { readonly kind: 'reading' | 'no-answer' } | null;

/** Tries the entry in hand on the record that is open in another tab. Its places are lit there; here are counts alone. */
export function SheetRecord({ trial, words, onTry, onEnd }: { readonly trial: RecordTrial; readonly words: Words; readonly onTry: () => void; readonly onEnd: () => void }): JSX.Element {
  const { say } = words;
  return (
    <div class="onrecord">
      <p class="acts">
        <button type="button" class="btn" disabled={trial?.kind === 'reading'} onClick={onTry}>{say('sheet.record.try')}</button>
        {trial?.kind === 'tried' ? <> <button type="button" class="btn" onClick={onEnd}>{say('sheet.record.end')}</button></> : null}
      </p>
      <p class="small">{say('sheet.record.note')}</p>
      <p role="status" class="told">{trial === null ? '' : toldOf(trial, words)}</p>
    </div>
  );
}

function toldOf(trial: NonNullable<RecordTrial>, { say }: Words): string {
  switch (trial.kind) {
    case 'tried': return `${say('sheet.record.tried', { marks: trial.marks, documents: trial.documents, read: trial.read })}${trial.beaten > 0 ? ` ${say('sheet.record.beaten', { n: trial.beaten })}` : ''}`;
    case 'ended': return '';
    default: return say(`sheet.record.${trial.kind}`);
  }
}
