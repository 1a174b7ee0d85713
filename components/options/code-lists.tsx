import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Result } from '../../lib/base/result.js';
import { writtenCode } from '../../lib/model/code.js';
import type { CodeListsHere, EditionDraft, EditionSummary, FileFault, ImportProgress } from '../../lib/model/codebook.js';
import { formatDate } from '../words.js';
import type { Words } from '../words.js';

/** What the section is given and what it may ask for; reading and keeping is done by whoever shows it. */
export interface CodeListsProps {
  /** Null until it is known. */
  readonly lists: CodeListsHere | null;
  /** The editions in force today. */
  readonly inForce: readonly EditionSummary[];
  /** YYYY-MM-DD */
  readonly today: string;
  /** Looks into files: which editions they are of, and which are none. */
  readonly onInspect: (files: readonly File[]) => Promise<{ readonly drafts: readonly EditionDraft[]; readonly faults: readonly FileFault[] }>;
  /** Reads the files that were looked into and keeps all of the editions, or none. */
  readonly onImport: (drafts: readonly EditionDraft[], how: { readonly onProgress: (progress: ImportProgress & { readonly file: string }) => void; readonly signal: AbortSignal }) => Promise<Result<readonly EditionSummary[], FileFault>>;
  /** False when nothing was removed. */
  readonly onRemove: (name: string) => Promise<boolean>;
  /** Puts back what was removed last; false when it could not be. */
  readonly onRestore: (name: string) => Promise<boolean>;
}

const grouped = (count: number, words: Words): string => count.toLocaleString(words.locale === 'cy' ? 'cy-GB' : 'en-GB');

/** The days of an edition as people write them. */
export function editionDays({ from, to }: Pick<EditionSummary, 'from' | 'to'>, words: Words): string {
  return to === null ? words.say('codelists.days.open', { from: formatDate(from, words.locale) }) : words.say('codelists.days.range', { from: formatDate(from, words.locale), to: formatDate(to, words.locale) });
}

/** Why an import was not taken, in one sentence that says what to do. */
export function faultWords({ file, failure }: FileFault, words: Words): string {
  const { say } = words;
  switch (failure.kind) {
    case 'bad-line': return say(`codelists.fail.${failure.reason}`, { file, line: failure.line });
    case 'double-code': return say('codelists.fail.double-code', { file, line: failure.line, code: writtenCode(failure.code) });
    case 'truncated': return say('codelists.fail.truncated', { file, line: failure.line, codes: grouped(failure.codes, words) });
    case 'files-differ': return say('codelists.fail.files-differ', { codes: grouped(failure.codes, words) });
    case 'other-classification': return say('codelists.fail.other-classification', { file, found: failure.found });
    case 'overlaps': return say('codelists.fail.overlaps', { edition: failure.edition });
    case 'no-name': case 'bad-days': case 'cancelled': case 'not-saved': return say(`codelists.fail.${failure.kind}`);
    case 'not-a-code-file': case 'too-large': case 'unreadable': case 'same-part': return say(`codelists.fail.${failure.kind}`, { file });
  }
}

/** Every edition on this device, and the import of files. */
export function CodeLists({ words, lists, inForce, today, onInspect, onImport, onRemove, onRestore }: CodeListsProps & { readonly words: Words }): JSX.Element {
  const { say } = words;
  const [drafts, setDrafts] = useState<readonly EditionDraft[]>([]);
  const [faults, setFaults] = useState<readonly FileFault[]>([]);
  const [progress, setProgress] = useState<(ImportProgress & { readonly file: string }) | null>(null);
  const [notice, setNotice] = useState('');
  const [removed, setRemoved] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  const chooser = useRef<HTMLInputElement>(null);
  useEffect(() => () => running.current?.abort(), []);

  const finish = (): void => { setDrafts([]); if (chooser.current) { chooser.current.value = ''; chooser.current.focus(); } };
  const inspect = (files: readonly File[]): void => {
    if (files.length === 0) return;
    setNotice(''); setFaults([]); setDrafts([]); setRemoved(null);
    void onInspect(files).then((found) => { setFaults(found.faults); if (found.faults.length === 0) setDrafts(found.drafts); });
  };
  const start = (event: Event): void => {
    event.preventDefault();
    const life = new AbortController();
    running.current = life;
    setFaults([]); setNotice('');
    setProgress({ file: drafts[0]?.files[0] ?? '', lines: 0, of: 1 });
    void onImport(drafts, { onProgress: setProgress, signal: life.signal }).then((result) => {
      running.current = null;
      setProgress(null);
      if (result.ok) { setNotice(say('codelists.done', { names: result.value.map(({ name }) => name).join(', ') })); finish(); return; }
      if (result.failure.failure.kind === 'cancelled') { setNotice(say('codelists.fail.cancelled')); finish(); return; }
      setFaults([result.failure]);
    });
  };
  const remove = (name: string): void => void onRemove(name).then((good) => { if (good) { setRemoved(name); setNotice(say('codelists.removed', { name })); } else setNotice(say('options.notSaved')); chooser.current?.focus(); }, () => setNotice(say('options.notSaved')));
  const restore = (name: string): void => void onRestore(name).then((good) => { setRemoved(null); setNotice(good ? say('codelists.restored', { name }) : say('codelists.fail.not-saved')); chooser.current?.focus(); }, () => setNotice(say('codelists.fail.not-saved')));
  const change = (at: number, part: Partial<EditionDraft>): void => setDrafts((before) => before.map((draft, index) => (index === at ? { ...draft, ...part } : draft)));

  return (
    <>
      <p>{say('codelists.text')}</p>
      {lists?.isWhole === false ? <p class="problem" role="alert">{say('codelists.unread')}</p> : null}
      {lists === null ? null : (
        <table class="editions">
          <thead><tr>{(['edition', 'forDays', 'codes', 'titles', 'from'] as const).map((column) => <th key={column} scope="col">{say(`codelists.column.${column}`)}</th>)}<td></td></tr></thead>
          <tbody>{[...lists.editions].sort((a, b) => (a.system === b.system ? (a.from < b.from ? -1 : 1) : a.system < b.system ? -1 : 1)).map((edition) => (
            <tr key={`${edition.source} ${edition.name}`}>
              <th scope="row">{edition.name}{inForce.some((one) => one.name === edition.name && one.source === edition.source) ? <span class="small block">{say('codelists.inForce')}</span> : null}</th>
              <td>{editionDays(edition, words)}</td>
              <td class="count">{grouped(edition.codes, words)}</td>
              <td>{say(edition.titles ? 'codelists.titles.yes' : 'codelists.titles.no')}</td>
              <td>{say(`codelists.source.${edition.source}`)}</td>
              <td>{edition.source === 'imported' ? <button type="button" class="btn" disabled={progress !== null} aria-label={say('codelists.remove', { name: edition.name })} onClick={() => remove(edition.name)}>{say('options.remove')}</button> : null}</td>
            </tr>
          ))}</tbody>
        </table>
      )}
      <p class="said"><span role="status">{notice}</span> {removed === null ? null : <button type="button" class="link" onClick={() => restore(removed)}>{say('action.undo')}</button>}</p>

      <label class="field">{say('codelists.choose')} <input ref={chooser} type="file" multiple accept=".txt,.xml,.tsv,text/plain,text/xml" disabled={progress !== null} aria-describedby="codelists-note" onChange={(event) => inspect([...event.currentTarget.files ?? []])} /></label>
      <p class="small" id="codelists-note">{say('codelists.note')}</p>
      {faults.map((fault) => <p key={`${fault.file} ${fault.failure.kind}`} class="problem" role="alert">{faultWords(fault, words)}</p>)}
      {drafts.length === 0 ? null : (
        <form class="drafts" onSubmit={start} novalidate>
          {drafts.map((draft, at) => (
            <fieldset key={draft.files.join(' ')} disabled={progress !== null}>
              <legend>{say('codelists.draft', { system: draft.system })}</legend>
              <p class="small">{say('codelists.files', { files: draft.files.join(', ') })}</p>
              <label class="field">{say('codelists.name')} <input type="text" value={draft.name} spellcheck={false} onInput={(event) => change(at, { name: event.currentTarget.value })} /></label>
              <label class="field">{say('codelists.first')} <input type="date" value={draft.from} onInput={(event) => change(at, { from: event.currentTarget.value })} /></label>
              <label class="field">{say('codelists.last')} <input type="date" value={draft.to ?? ''} onInput={(event) => change(at, { to: event.currentTarget.value === '' ? null : event.currentTarget.value })} /></label>
              {draft.to !== null && draft.to < today ? <p class="small">{say('codelists.ended', { day: formatDate(draft.to, words.locale) })}</p> : null}
              {lists?.editions.some(({ name, source }) => source === 'imported' && name === draft.name.trim()) ? <p class="small">{say('codelists.replaces', { name: draft.name.trim() })}</p> : null}
            </fieldset>
          ))}
          {progress === null ? <div class="acts"><button type="submit" class="btn go">{say('codelists.import')}</button><button type="button" class="btn" onClick={() => { setFaults([]); finish(); }}>{say('codelists.leave')}</button></div> : (
            <div class="progress">
              <label class="small">{say('codelists.progress', { file: progress.file, lines: grouped(progress.lines, words), of: grouped(progress.of, words) })}<progress max={progress.of} value={progress.lines} /></label>
              <div class="acts"><button type="button" class="btn" onClick={() => running.current?.abort()}>{say('codelists.cancel')}</button></div>
            </div>
          )}
        </form>
      )}
    </>
  );
}

/** Where the shipped lists come from and on what terms; `notice` is the file that ships with them, in English. */
export function Sources({ words: { say }, notice }: { readonly words: Words; readonly notice: string }): JSX.Element {
  return (
    <>
      <ul>{([1, 2, 3, 4, 5] as const).map((line) => <li key={line}><span>{say(`sources.${line}`)}</span></li>)}</ul>
      <details class="sources"><summary>{say('sources.whole')}</summary><pre lang="en" tabIndex={0}>{notice}</pre></details>
    </>
  );
}
