import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { LogCare, LogHealth, LogImportFailure, RestoredLog } from '../../lib/model/ports.js';
import { saveLooked } from '../save-file.js';
import type { Words } from '../words.js';

/** The log on this computer, and what may be asked for it. Each promise that is rejected is told as not done. */
export interface LogSectionProps {
  /** How the log stands; null until that is known. */
  readonly health: LogHealth | null;
  readonly care: LogCare | null;
  readonly words: Words;
  /** Brings back from the copy outside the database. */
  readonly onRestore: () => Promise<RestoredLog>;
  /** After a loss: goes on from the rows that are left. */
  readonly onAcceptLoss: () => Promise<void>;
  /** The log as one text, which is not sealed. */
  readonly onExport: () => Promise<string>;
  readonly onImport: (text: string) => Promise<RestoredLog | { readonly failure: LogImportFailure }>;
}

/** Largest file of a log that is read: one message between the extension's pages holds 64 MB. */
const largestFile = 48_000_000;

/** Why a file was not taken as the log, with the decision at which it is wrong. */
export function logImportWords(failure: LogImportFailure, say: Words['say']): string {
  return say(`options.log.import.${failure.kind}`, { ...('at' in failure ? { at: failure.at } : {}), ...('found' in failure ? { found: failure.found } : {}) });
}

/** How the log on this device stands, what has gone wrong with it, and the ways out. After a loss nothing is written until a person has said so here. */
export function LogSection({ health, care, words: { say }, onRestore, onAcceptLoss, onExport, onImport }: LogSectionProps): JSX.Element {
  const [told, tell] = useState('');
  const [busy, setBusy] = useState(false);
  const doing = (act: () => Promise<string>): void => {
    setBusy(true);
    void act().then(tell, () => tell(say('options.notSaved'))).finally(() => setBusy(false));
  };
  const back = ({ back: rows, missing }: RestoredLog): string => say(missing > 0 ? 'options.log.partly' : 'options.log.restored', { back: rows, missing });
  const bringIn = async (file: File): Promise<string> => {
    if (file.size > largestFile) return say('options.log.import.too-large');
    const answer = await onImport(await file.text());
    return 'failure' in answer ? logImportWords(answer.failure, say) : back(answer);
  };
  return (
    <>
      {health === null ? null : <Health health={health} say={say} />}
      {care?.isFull ? <p class="problem" role="alert">{say('options.log.full')}</p> : null}
      {care?.back ? <p class="problem">{say('options.log.clock-back', { at: care.back.sequence, minutes: care.back.minutes })}</p> : null}
      {care?.waits ? <p class="problem">{say('options.log.clock-ahead')}</p> : null}
      <p role="status">{told}</p>
      <div class="acts">
        {health && health.kind !== 'sound' && health.kind !== 'newer-schema' ? <button type="button" class="btn go" disabled={busy} onClick={() => doing(async () => back(await onRestore()))}>{say('options.log.restore')}</button> : null}
        {health?.kind === 'data-loss' || health?.kind === 'counters-broken' ? <button type="button" class="btn" disabled={busy} onClick={() => doing(async () => { await onAcceptLoss(); return say('options.log.accepted'); })}>{say('options.log.accept')}</button> : null}
        <button type="button" class="btn" disabled={busy} onClick={() => doing(async () => { const text = await onExport(); const where = saveLooked(JSON.parse(text), text, 'nodi-log.json'); return where === null ? say('options.log.exported') : say('export.stopped', { where }); })}>{say('options.log.export')}</button>
      </div>
      <label class="field">{say('options.log.import')} <input type="file" accept="application/json,.json" disabled={busy} onChange={(event) => { const field = event.currentTarget; const file = field.files?.[0]; if (file) doing(() => bringIn(file).finally(() => { field.value = ''; })); }} /></label>
      <p class="small">{say('options.log.file')}</p>
    </>
  );
}

function Health({ health, say }: { readonly health: LogHealth; readonly say: Words['say'] }): JSX.Element {
  switch (health.kind) {
    case 'sound': return <p>{say('options.log.sound', { count: health.rows })}</p>;
    case 'newer-schema': return <p class="problem" role="alert">{say('notSaved.newer-schema')}</p>;
    case 'chain-broken': return <p class="problem" role="alert">{say('options.log.broken', { at: health.at })}</p>;
    case 'counters-broken': return <p class="problem" role="alert">{say('options.log.counters')}</p>;
    case 'data-loss': return <p class="problem" role="alert">{say('options.log.loss', { expected: health.expected, found: health.found })}</p>;
  }
}
