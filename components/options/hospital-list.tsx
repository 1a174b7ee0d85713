import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Hospital, SiteId } from '../../lib/model/fault.js';
import type { Words } from '../words.js';

interface HospitalListProps { readonly words: Words; readonly hospitals: readonly Hospital[]; readonly fixed: boolean; readonly onHospitals: (hospitals: readonly Hospital[]) => void }

const lineOf = ({ id, name, words }: Hospital): string => [id, name.en, name.cy, words.join(', ')].join('; ').replace(/; $/, '');

/** One hospital from its line, or null. The short name is what the log keeps: too few figures for an identifier. */
function readHospital(line: string): Hospital | null {
  const [id = '', en = '', cy = '', words = '', ...more] = line.split(';').map((part) => part.trim());
  const isId = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id) && id.length <= 64 && id !== 'unknown' && id.replace(/\D/g, '').length < 4;
  return isId && en !== '' && cy !== '' && more.length === 0 ? { id: id as SiteId, name: { en, cy }, words: words.split(',').map((word) => word.trim()).filter((word) => word.length > 1) } : null;
}

/** The board's hospitals where no policy names them: a line each, taken whole or not at all. */
export function HospitalList({ words: { say }, hospitals, fixed, onHospitals }: HospitalListProps): JSX.Element {
  const [draft, setDraft] = useState<string | null>(null);
  const [wrong, setWrong] = useState<number | null>(null);
  const save = (event: Event): void => {
    event.preventDefault();
    const lines = (draft ?? '').split('\n');
    const read: Hospital[] = [];
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '') continue;
      const one = readHospital(line);
      if (!one || read.some(({ id }) => id === one.id)) { setWrong(at + 1); return; }
      read.push(one);
    }
    setWrong(null);
    onHospitals(read);
    setDraft(null);
  };
  return (
    <form onSubmit={save} novalidate>
      <label class="field">{say('options.faults.hospitals')}<textarea rows={3} disabled={fixed} spellcheck={false} value={draft ?? hospitals.map(lineOf).join('\n')} aria-invalid={wrong !== null} {...(wrong === null ? {} : { 'aria-describedby': 'hospital-problem' })} onInput={(event) => setDraft(event.currentTarget.value)} /></label>
      {wrong === null ? null : <p class="problem" id="hospital-problem" role="alert">{say('options.faults.wrong', { line: wrong })}</p>}
      {fixed ? null : <div class="acts"><button type="submit" class="btn" disabled={draft === null}>{say('options.faults.save')}</button></div>}
    </form>
  );
}
