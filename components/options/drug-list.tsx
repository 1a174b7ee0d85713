import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { readCode } from '../../lib/model/code.js';
import type { Words } from '../words.js';

interface DrugListProps { readonly words: Words; readonly codes: readonly string[]; readonly fixed: boolean; readonly onCodes: (codes: readonly string[]) => void }

const isDrugCode = (code: string): boolean => /^X(?:8[1-9]|9[0-8])[0-9]$/.test(code);

/** The department's High Cost Drugs codes (PCSX24) as a person types them, dotted or not, parted by spaces, commas or lines; taken whole or not at all. */
export function DrugList({ words: { say }, codes, fixed, onCodes }: DrugListProps): JSX.Element {
  const [draft, setDraft] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const save = (event: Event): void => {
    event.preventDefault();
    const written = (draft ?? '').split(/[\s,;]+/).filter(Boolean);
    const bad = written.find((one) => !isDrugCode(readCode(one) ?? ''));
    setWrong(bad?.slice(0, 12) ?? null);
    if (bad !== undefined) return;
    onCodes([...new Set(written.flatMap((one) => readCode(one) ?? []))].sort());
    setDraft(null);
  };
  return (
    <form onSubmit={save} novalidate>
      <label class="field">{say('options.drugs.codes')}<textarea rows={3} disabled={fixed} value={draft ?? codes.join(' ')} aria-invalid={wrong !== null} {...(wrong === null ? {} : { 'aria-describedby': 'drug-problem' })} onInput={(event) => setDraft(event.currentTarget.value)} /></label>
      {wrong === null ? null : <p class="problem" id="drug-problem" role="alert">{say('options.drugs.wrong', { code: wrong })}</p>}
      {fixed ? null : <div class="acts"><button type="submit" class="btn" disabled={draft === null}>{say('options.drugs.save')}</button></div>}
    </form>
  );
}
