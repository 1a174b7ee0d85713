import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { writtenCode, type ClinicalCode, type CodeSystem } from '../../lib/model/code.js';
import type { CodeHit, CodesFound } from '../../lib/model/codebook.js';
import type { Words } from '../words.js';
import { CodeSearch } from './code-search.jsx';
import { quoted } from './code-units.js';
import { Sheet } from './sheets.jsx';

export interface ChooseSheetProps {
  readonly words: Words;
  /** The codes that one is replaced of; null where a code is added. */
  readonly replacing: { readonly system: CodeSystem; readonly codes: readonly [ClinicalCode, ...ClinicalCode[]] } | null;
  /** Words that it is chosen for, which the search begins with; they may come while it is open. */
  readonly start: string;
  /** Do the words go with the code as its proof? Null while the page is asked for them. */
  readonly isProof: boolean | null;
  readonly search: (asked: string) => Promise<CodesFound | null>;
  /** `at`: which of the codes gives way. */
  readonly onChoose: (hit: CodeHit, at: number) => void;
  readonly onClose: () => void;
}

/** The search for a code that goes into the episode: Enter accepts it, with the words that it was asked for. */
export function ChooseSheet({ words, replacing, start, isProof, search, onChoose, onClose }: ChooseSheetProps): JSX.Element {
  const { say } = words;
  const [at, setAt] = useState(0);
  const title = replacing ? say('choose.edit', { code: writtenCode(replacing.codes[at] ?? replacing.codes[0]) }) : say('choose.add');
  return (
    <Sheet label={title} onClose={onClose}>
      <h2 class="pad">{title}</h2>
      {replacing && replacing.codes.length > 1 ? (
        <p class="pad"><label>{say('choose.which')} <select class="find" value={at} onChange={(event) => setAt(Number(event.currentTarget.value))}>{replacing.codes.map((code, index) => <option key={code} value={index}>{writtenCode(code)}</option>)}</select></label></p>
      ) : null}
      <CodeSearch words={words} search={search} start={start} {...(replacing ? { system: replacing.system } : {})} onChoose={(hit) => { onClose(); onChoose(hit, at); }} />
      <p class="small pad">{isProof === null ? say('choose.asking') : isProof ? say('choose.for', { words: quoted(start) }) : say('choose.without')}</p>
      <p class="small pad foot"><span><kbd>↵</kbd> {say('choose.accept')}</span> <span><kbd>Esc</kbd> {say('action.close')}</span></p>
    </Sheet>
  );
}
