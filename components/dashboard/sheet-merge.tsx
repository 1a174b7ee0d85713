import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { SpecialtyId } from '../../lib/model/episode.js';
import { termKinds, verdicts, type RuleId } from '../../lib/model/rulebook.js';
import { entryParts, type ConflictChoice, type EntryPart, type MergeConflict, type SheetEdition, type SheetEntry } from '../../lib/model/sheet.js';
import { TypedText } from '../typed-text.jsx';
import type { Words } from '../words.js';
import { examplesFrom, fieldsOfPart, formsFrom, linesOf, type FieldShown } from './entry-words.js';
import { SpecialtyChoice } from './specialty-choice.jsx';

/** Two people's edits that met, and what was chosen so far. */
export interface SheetJoining {
  /** The other person's edition. */
  readonly edition: SheetEdition;
  /** As both found it. */
  readonly began: ReadonlyMap<RuleId, SheetEntry>;
  readonly conflicts: readonly MergeConflict[];
  readonly choices: ReadonlyMap<MergeConflict, ConflictChoice>;
}

export interface SheetMergeProps extends SheetJoining {
  readonly specialties: readonly SpecialtyId[];
  readonly specialtyOf: (id: string) => string;
  readonly singleKeys: boolean;
  readonly words: Words;
  readonly onSettle: (conflict: MergeConflict, choice: ConflictChoice) => void;
  readonly onJoin: () => void;
  readonly onLeaveFile: () => void;
}

/** Parts that a person writes here; the others stand as one of the two has them. */
const writable: ReadonlySet<EntryPart | 'entry'> = new Set(['term', 'kind', 'verdict', 'forms', 'appliesTo', 'find', 'leave', 'en', 'cy']);

/** Settles, one by one, what two people changed otherwise. Nothing is kept before all are settled. */
export function SheetMerge(props: SheetMergeProps): JSX.Element {
  const { edition, conflicts, choices, singleKeys, words, onJoin, onLeaveFile } = props;
  const { say } = words;
  const head = useRef<HTMLHeadingElement>(null);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => head.current?.focus(), []);
  const left = conflicts.filter((one) => !choices.has(one)).length;
  const toNext = (): void => {
    const at = conflicts.findIndex((one) => !choices.has(one));
    place.current?.querySelectorAll<HTMLInputElement>('fieldset')[at]?.querySelector('input')?.focus();
  };
  const onKeys = (event: KeyboardEvent): void => {
    const isTyping = event.target instanceof Element && event.target.closest('input:not([type="radio"]):not([type="checkbox"]), textarea, select') !== null;
    if (!singleKeys || isTyping || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.key.toLowerCase() !== 'n') return;
    event.preventDefault();
    toNext();
  };
  useEffect(() => { document.addEventListener('keydown', onKeys); return () => document.removeEventListener('keydown', onKeys); });
  return (
    <div class="sheet-edit" ref={place}>
      <h1 ref={head} tabIndex={-1}>{say('sheet.merge.title', { number: edition.number, by: edition.published.by })}</h1>
      <p class="lede">{say('sheet.merge.lede')}</p>
      <div class="edbar"><span role="status">{say('sheet.merge.left', { n: left, all: conflicts.length })}</span> <button type="button" class="btn" disabled={left === 0} onClick={toNext}>{say('sheet.merge.next')}{singleKeys ? <> <kbd>N</kbd></> : null}</button></div>
      {conflicts.map((conflict, at) => <Conflict key={`${conflict.id} ${conflict.part}`} {...props} conflict={conflict} at={at} />)}
      <p class="acts"><button type="button" class="btn go" disabled={left > 0} onClick={onJoin}>{say('sheet.merge.join', { number: edition.number })}</button> <button type="button" class="btn" onClick={onLeaveFile}>{say('sheet.preview.leave')}</button></p>
    </div>
  );
}

function Conflict({ conflict, at, began, choices, specialties, specialtyOf, words, onSettle }: SheetMergeProps & { readonly conflict: MergeConflict; readonly at: number }): JSX.Element {
  const { say } = words;
  const { id, part, ours, theirs } = conflict;
  const was = began.get(id) ?? null;
  const choice = choices.get(conflict);
  const term = (was ?? ours ?? theirs)?.term ?? id;
  const one = ours ?? theirs;
  const rows = (part === 'entry' ? entryParts : [part]).flatMap((each) => fieldRows(conflict, each, was, words, specialtyOf));
  const pick = (way: 'ours' | 'theirs' | 'edit', label: string, set: ConflictChoice): JSX.Element => <label class="check"><input type="radio" name={`merge-${at}`} checked={way === 'edit' ? typeof choice === 'object' : choice === way} onChange={() => onSettle(conflict, set)} /> {label}</label>;
  return (
    <fieldset class="meet">
      <legend><b>{term}</b> {id}: {part === 'entry' ? say('sheet.merge.whole') : say(`sheet.part.${part}`)}{choice === undefined ? ` – ${say('sheet.merge.waits')}` : ` – ${say('sheet.merge.settled')}`}</legend>
      {part === 'entry' ? <p>{say(ours ? theirs ? 'sheet.merge.bothAdded' : 'sheet.merge.theyTookOut' : 'sheet.merge.youTookOut')}</p> : null}
      {rows.length === 0 ? null : <div class="twin wide" tabIndex={0} role="region" aria-label={say('sheet.merge.beside', { term })}><table>
        <thead><tr><th scope="col">{say('sheet.merge.field')}</th><th scope="col">{say('sheet.merge.was')}</th><th scope="col">{say('sheet.merge.ours')}</th><th scope="col">{say('sheet.merge.theirs')}</th></tr></thead>
        <tbody>{rows.map(([label, lang, ...texts], row) => <tr key={row}><th scope="row">{label}</th>{texts.map((text, side) => <td key={side} lang={lang}>{text}</td>)}</tr>)}</tbody>
      </table></div>}
      <div class="picks">
        {pick('ours', say(part === 'entry' && !ours ? 'sheet.merge.out' : 'sheet.merge.takeOurs'), 'ours')}
        {pick('theirs', say(part === 'entry' && !theirs ? 'sheet.merge.out' : 'sheet.merge.takeTheirs'), 'theirs')}
        {one && writable.has(part) ? pick('edit', say('sheet.merge.anew'), one) : null}
      </div>
      {typeof choice === 'object' && part !== 'entry' ? <Anew entry={choice} part={part} at={at} specialties={specialties} specialtyOf={specialtyOf} words={words} onEdit={(next) => onSettle(conflict, next)} /> : null}
    </fieldset>
  );
}

type Row = readonly [label: string, lang: string | undefined, was: string, ours: string, theirs: string];

/** The fields in which the two differ; of an entry that one of them took out, those that the other changed. */
function fieldRows({ ours, theirs }: MergeConflict, part: EntryPart, was: SheetEntry | null, words: Words, specialtyOf: (id: string) => string): readonly Row[] {
  const fields = (entry: SheetEntry | null): readonly FieldShown[] => (entry ? fieldsOfPart(entry, part, words, specialtyOf) : []);
  const [before, mine, others] = [fields(was), fields(ours), fields(theirs)];
  return (ours ? mine : others).flatMap(({ label, text, lang }, at): readonly Row[] => {
    const [old, one, other] = [before[at]?.text ?? '–', mine[at]?.text ?? '–', others[at]?.text ?? '–'];
    return (ours && theirs ? one === other : text === old) ? [] : [[label, lang, old, one, other]];
  });
}

/** One part, written anew. */
function Anew({ entry, part, at, specialties, specialtyOf, words, onEdit }: { readonly entry: SheetEntry; readonly part: EntryPart; readonly at: number; readonly specialties: readonly SpecialtyId[]; readonly specialtyOf: (id: string) => string; readonly words: Words; readonly onEdit: (entry: SheetEntry) => void }): JSX.Element | null {
  const { say } = words;
  const box = (label: string, value: string, lang: string | undefined, onChange: (text: string) => void): JSX.Element => <label>{label}<TypedText lang={lang} rows={2} value={value} onDone={onChange} /></label>;
  const choose = <Value extends string>(label: string, values: readonly Value[], value: Value, called: (one: Value) => string, set: (one: Value) => void): JSX.Element => <label>{label} <select class="find" value={value} onChange={(event) => { const next = values.find((each) => each === event.currentTarget.value); if (next) set(next); }}>{values.map((each) => <option key={each} value={each} selected={each === value}>{called(each)}</option>)}</select></label>;
  switch (part) {
    case 'term': return box(say('sheet.part.term'), entry.term, undefined, (term) => { if (term.trim() !== '') onEdit({ ...entry, term: term.trim() }); });
    case 'kind': return choose(say('sheet.kind'), termKinds, entry.kind, (one) => say(`sheet.kind.${one}`), (kind) => onEdit({ ...entry, kind }));
    case 'verdict': return choose(say('sheet.verdict'), verdicts, entry.verdict, (one) => say(`verdict.${one}`), (verdict) => onEdit({ ...entry, verdict }));
    case 'forms': return box(say('sheet.forms'), entry.forms.map(({ text }) => text).join('\n'), undefined, (text) => { const forms = formsFrom(entry, text); if (forms) onEdit({ ...entry, forms }); });
    case 'appliesTo': return <SpecialtyChoice id={`merge-specialty-${at}`} entry={entry} specialties={specialties} specialtyOf={specialtyOf} words={words} onEdit={onEdit} />;
    case 'find': case 'leave': return box(say(part === 'find' ? 'sheet.mustFind' : 'sheet.mustLeave'), entry.examples[part].map(({ text }) => text).join('\n'), undefined, (text) => onEdit({ ...entry, examples: { ...entry.examples, [part]: examplesFrom(entry, part, text) } }));
    case 'en': case 'cy': {
      const text = entry.text[part];
      const change = (next: Partial<typeof text>): void => onEdit({ ...entry, text: { ...entry.text, [part]: { ...text, ...next } } });
      return <div>
        {box(say('sheet.short'), text.short, part, (short) => change({ short: short.trim().slice(0, 90) }))}{box(say('sheet.why'), text.why, part, (why) => change({ why: why.trim() }))}
        {box(say('detail.instead'), text.instead.join('\n'), part, (instead) => change({ instead: linesOf(instead) }))}{box(say('sheet.source'), entry.source[part], part, (source) => onEdit({ ...entry, source: { ...entry.source, [part]: source.trim() } }))}
      </div>;
    }
    default: return null;
  }
}
