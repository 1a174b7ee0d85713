import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Verdict, RuleId } from '../../lib/model/rulebook.js';
import { termKinds, verdicts } from '../../lib/model/rulebook.js';
import type { EntryDiagnosis, EntryNoise, SheetEdition, SheetEntries, SheetEntry, TextState } from '../../lib/model/sheet.js';
import { VerdictShape } from '../panel/shapes.js';
import { TypedText } from '../typed-text.jsx';
import { formatDate, type Words } from '../words.js';
import { examplesFrom, formsFrom, linesOf } from './entry-words.js';
import { SheetLeave, type SheetLeaveProps } from './sheet-leave.jsx';
import { SheetContext } from './sheet-context.jsx';
import { diagnosisIn, languageOfTerm } from './sheet-diagnosis.js';
import { SheetMerge, type SheetJoining, type SheetMergeProps } from './sheet-merge.jsx';
import { nextStop, problemsTold, SheetProblems, type SheetProblemsNow } from './sheet-problems.jsx';
import { SheetRecord, type RecordTrial } from './sheet-record.jsx';
import { SpecialtyChoice } from './specialty-choice.jsx';

type Language = 'en' | 'cy';

/** Words of a text that an entry marks. */
export interface TriedMark { readonly start: number; readonly end: number; readonly verdict: Verdict }

/** What was found of the entry in hand. */
export interface EntryFound { readonly diagnoses: readonly EntryDiagnosis[]; readonly noise: EntryNoise | null }

export interface SheetPageProps extends SheetLeaveProps, Pick<SheetMergeProps, 'specialties' | 'onSettle' | 'onJoin' | 'onLeaveFile'> {
  /** Two people's edits that wait to be joined; then nothing else is shown. */
  readonly joining: SheetJoining | null;
  readonly entries: SheetEntries;
  readonly inForce: SheetEdition;
  readonly origin: { readonly by: 'shipped' | 'department' } | { readonly by: 'board'; readonly way: 'policy' | 'file'; readonly device: string };
  /** The edition that the policy carries, where it is not in force, and why. */
  readonly refused: { readonly number: number | null; readonly why: string } | null;
  readonly touched: ReadonlySet<RuleId>;
  readonly chosen: SheetEntry | null;
  readonly found: EntryFound | null;
  /** What is wrong anywhere in the sheet. */
  readonly problems: SheetProblemsNow;
  /** Changed texts that wait for a reader, in the order of entries. */
  readonly toReview: readonly { readonly id: RuleId; readonly language: Language }[];
  readonly by: string;
  /** Are single keys heard (a setting of the person's)? */
  readonly singleKeys: boolean;
  readonly told: string | null;
  readonly specialtyOf: (id: string) => string;
  readonly onChoose: (id: RuleId) => void;
  readonly onEdit: (entry: SheetEntry) => void;
  readonly onText: (entry: SheetEntry, language: Language, text: SheetEntry['text']['en'], source: string) => void;
  /** Begins an entry of this term. */
  readonly onAdd: (term: string) => void;
  readonly onSign: (entry: SheetEntry, language: Language, state: 'reviewed' | 'approved' | 'draft') => void;
  readonly onBy: (name: string) => void;
  readonly onTake: (id: RuleId, out: boolean) => void;
  readonly marksIn: (text: string) => readonly TriedMark[];
  readonly recordTrial: RecordTrial;
  readonly onTryRecord: (entry: SheetEntry) => void;
  readonly onEndTrial: () => void;
}

/** Pixels of one row; rows beyond the window are not in the page, so that ten thousand cost what twenty do. */
const rowHeight = 30;
const shownRows = 18;

/** What a search looks through, worked out once for each entry: an edit makes one of them anew. */
const sought = new WeakMap<SheetEntry, string>();
function soughtIn(entry: SheetEntry): string {
  const held = sought.get(entry);
  if (held !== undefined) return held;
  const made = `${entry.id} ${entry.term} ${entry.forms.map(({ text }) => text).join(' ')}`.toLowerCase();
  sought.set(entry, made);
  return made;
}

/** The department's sheet; while two people's edits wait to be joined, these alone. */
export function SheetPage(props: SheetPageProps): JSX.Element {
  return props.joining ? <SheetMerge {...props} {...props.joining} /> : <SheetEditor {...props} />;
}

/** What is in force, what is being changed, and what publishing waits for. */
function SheetEditor(props: SheetPageProps): JSX.Element {
  const { entries, refused, editions, touched, chosen, problems, toReview, told, singleKeys, words, onChoose, onSign, onAdd } = props;
  const { say } = words;
  const [find, setFind] = useState('');
  const [only, setOnly] = useState<'all' | 'changed' | 'review' | Verdict>('all');
  const search = useRef<HTMLInputElement>(null);
  const shown = useMemo(() => {
    const wanted = find.trim().toLowerCase();
    return entries.filter((entry) => (wanted === '' || soughtIn(entry).includes(wanted))
      && (only === 'all' || (only === 'changed' ? touched.has(entry.id) : only === 'review' ? ['missing', 'draft'].includes(entry.status.cy.state) || ['missing', 'draft'].includes(entry.status.en.state) : entry.verdict === only)));
  }, [entries, find, only, touched]);
  const isNew = useMemo(() => { const wanted = find.trim().toLowerCase(); return wanted !== '' && !entries.some((entry) => soughtIn(entry).includes(wanted) && entry.term.toLowerCase() === wanted); }, [entries, find]);
  const nextToReview = (): void => { const [next] = toReview.filter(({ id }) => id !== chosen?.id); const one = next ?? toReview[0]; if (one) onChoose(one.id); };
  const entryRef = useRef<HTMLDivElement>(null);
  /** Shows an entry and goes there: what was being typed in another is kept first. */
  const open = (id: RuleId): void => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    onChoose(id);
    entryRef.current?.querySelector('h2')?.focus();
  };
  const step = (by: 1 | -1): void => { const id = nextStop(problems.found ?? [], chosen?.id ?? null, by); if (id) open(id); };
  const onKeys = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    if (event.key === 'F8' && !event.ctrlKey && !event.altKey && !event.metaKey) { event.preventDefault(); step(event.shiftKey ? -1 : 1); return; }
    const isTyping = event.target instanceof Element && event.target.closest('input, textarea, select') !== null;
    if (event.key === 'Enter' && event.ctrlKey && chosen) {
      const language = event.target instanceof Element && event.target.closest('[data-language="en"]') ? 'en' : 'cy';
      event.preventDefault();
      onSign(chosen, language, 'approved');
    } else if (!singleKeys || isTyping || event.ctrlKey || event.altKey || event.metaKey) { /* Not ours. */ } else if (event.key === '/') { event.preventDefault(); search.current?.focus(); } else if (event.key.toLowerCase() === 'n') nextToReview();
  };
  // Heard wherever the focus is: the page has no other field that takes letters than those left out above.
  useEffect(() => { document.addEventListener('keydown', onKeys); return () => document.removeEventListener('keydown', onKeys); });
  const newest = editions.reduce((most, { number }) => Math.max(most, number), 0);
  const welsh = toReview.filter(({ language }) => language === 'cy').length;
  return (
    <div class="sheet-edit">
      <p class="small">{inForceIn(props)}</p>
      {refused ? <p class="warning">{say('sheet.board.refused', { number: refused.number ?? '–', why: refused.why })}</p> : null}
      <h1>{say('sheet.headline', { number: newest + 1, entries: entries.length, changed: touched.size, waiting: toReview.length })}</h1>
      <div class="edbar">
        <span>{toReview.length > 0 ? say('sheet.waits', { n: toReview.length, welsh }) : say('sheet.waits.not')}</span>
        <button type="button" class="btn" disabled={toReview.length === 0} onClick={nextToReview}>{say('sheet.next')}{singleKeys ? <> <kbd>N</kbd></> : null}</button>
        <span role="status" class="count">{problemsTold(problems, entries.length, words)}</span>
        <button type="button" class="btn" disabled={!problems.found?.length} onClick={() => step(1)}>{say('sheet.problems.next')} <kbd>F8</kbd></button>
      </div>
      <p role="status" class="told">{told ?? ''}</p>
      <div class="se" ref={entryRef}>
        <div>
          <label>{say('sheet.find')}{singleKeys ? <> <kbd>/</kbd></> : null}<input ref={search} class="find wide" type="search" value={find} onInput={(event) => setFind(event.currentTarget.value)} /></label>
          <label>{say('sheet.only')}<select class="find wide" value={only} onChange={(event) => setOnly((['all', 'changed', 'review', ...verdicts] as const).find((one) => one === event.currentTarget.value) ?? 'all')}>
            {(['all', 'changed', 'review'] as const).map((one) => <option key={one} value={one}>{say(`sheet.only.${one}`)}</option>)}{verdicts.map((one) => <option key={one} value={one}>{say(`verdict.${one}`)}</option>)}
          </select></label>
          {isNew ? <p class="acts"><button type="button" class="btn" onClick={() => onAdd(find.trim())}>{say('sheet.add', { term: find.trim() })}</button></p> : null}
          <List entries={shown} chosen={chosen?.id ?? null} touched={touched} words={words} onChoose={onChoose} />
          <p class="small">{say('sheet.shown', { n: shown.length, all: entries.length })}<br />●○○ {say('sheet.state.draft')} · ●●○ {say('sheet.state.reviewed')} · ●●● {say('sheet.state.approved')}</p>
        </div>
        {chosen ? <Entry key={chosen.id} {...props} entry={chosen} /> : <p>{say('sheet.choose')}</p>}
      </div>
      <SheetProblems {...problems} entries={entries.length} chosen={chosen?.id ?? null} words={words} onOpen={open} />
      <SheetLeave {...props} />
    </div>
  );
}

/** Which edition is in force, since when and whose it is. */
function inForceIn({ inForce: { number, from }, origin, words: { say, locale } }: SheetPageProps): string {
  const day = formatDate(from, locale);
  switch (origin.by) {
    case 'shipped': return say('sheet.inForce.shipped');
    case 'department': return say('sheet.inForce', { number, day });
    case 'board': return say(`sheet.inForce.board.${origin.way}`, { number, day, device: origin.device });
  }
}

const dots: Readonly<Record<TextState, string>> = { missing: '–', draft: '●○○', reviewed: '●●○', approved: '●●●' };

function List({ entries, chosen, touched, words, onChoose }: { readonly entries: SheetEntries; readonly chosen: RuleId | null; readonly touched: ReadonlySet<RuleId>; readonly words: Words; readonly onChoose: (id: RuleId) => void }): JSX.Element {
  const { say } = words;
  const [top, setTop] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const at = entries.findIndex(({ id }) => id === chosen);
  const from = Math.max(0, Math.min(Math.floor(top / rowHeight) - 6, entries.length - shownRows));
  const reveal = (index: number): void => {
    const { current } = box;
    if (!current) return;
    if (index * rowHeight < current.scrollTop) current.scrollTop = index * rowHeight;
    else if ((index + 1) * rowHeight > current.scrollTop + current.clientHeight) current.scrollTop = (index + 1) * rowHeight - current.clientHeight;
    setTop(current.scrollTop);
  };
  useEffect(() => { if (at >= 0) reveal(at); }, [chosen]);
  const move = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: shownRows - 2, PageUp: 2 - shownRows, Home: -entries.length, End: entries.length };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const entry = entries[Math.max(0, Math.min(entries.length - 1, at + step))];
    if (entry) onChoose(entry.id);
  };
  return (
    <div ref={box} class="rows" role="listbox" tabIndex={0} aria-label={say('sheet.entries')} aria-activedescendant={at >= from && at < from + shownRows + 12 && at >= 0 ? `entry-${chosen ?? ''}` : undefined} style={{ height: `${shownRows * rowHeight}px` }} onKeyDown={move} onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
      <div role="presentation" style={{ height: `${entries.length * rowHeight}px`, position: 'relative' }}>
        {entries.slice(from, from + shownRows + 12).map((entry, index) => (
          <div key={entry.id} id={`entry-${entry.id}`} role="option" aria-selected={entry.id === chosen} aria-setsize={entries.length} aria-posinset={from + index + 1} class="row" style={{ top: `${(from + index) * rowHeight}px` }} onClick={() => { onChoose(entry.id); box.current?.focus(); }}>
            <VerdictShape verdict={entry.verdict} /><span class="vh">{say(`verdict.${entry.verdict}`)}</span>
            <span class={`term m m-${entry.verdict}`} lang={languageOfTerm(entry)}>{entry.term}</span>{touched.has(entry.id) ? <span class="small">{say('sheet.changed')}</span> : null}<span class="sp" />
            {(['en', 'cy'] as const).map((language) => <span key={language} class="st"><span aria-hidden="true">{language.toUpperCase()} {dots[entry.status[language].state]}</span><span class="vh">{say(`sheet.language.${language}`)}: {say(`sheet.state.${entry.status[language].state}`)}</span></span>)}
          </div>
        ))}
      </div>
    </div>
  );
}

function Entry({ entry, found, by, touched, words, specialties, specialtyOf, onEdit, onText, onSign, onBy, onTake, marksIn, recordTrial, onTryRecord, onEndTrial }: SheetPageProps & { readonly entry: SheetEntry }): JSX.Element {
  const { say, locale } = words;
  const [trial, setTrial] = useState(entry.examples.find[0]?.text ?? '');
  const box = (id: string, label: string, value: string, lang: string | undefined, rows: number, onChange: (text: string) => void): JSX.Element => <label>{label}<TypedText id={id} lang={lang} rows={rows} value={value} onDone={onChange} /></label>;
  return (
    <div class="entry">
      <h2 tabIndex={-1}><span class={`m m-${entry.verdict}`} lang={languageOfTerm(entry)}>{entry.term}</span></h2>
      <p class="meta">
        <label>{say('sheet.verdict')} <select class="find" value={entry.verdict} onChange={(event) => { const verdict = verdicts.find((one) => one === event.currentTarget.value); if (verdict) onEdit({ ...entry, verdict }); }}>{verdicts.map((one) => <option key={one} value={one} selected={one === entry.verdict}>{say(`verdict.${one}`)}</option>)}</select></label>
        <label>{say('sheet.kind')} <select class="find" value={entry.kind} onChange={(event) => { const kind = termKinds.find((one) => one === event.currentTarget.value); if (kind) onEdit({ ...entry, kind }); }}>{termKinds.map((one) => <option key={one} value={one} selected={one === entry.kind}>{say(`sheet.kind.${one}`)}</option>)}</select></label>
        <span>{entry.id}</span>
        <label class="check"><input type="checkbox" checked={entry.noisy} onChange={(event) => onEdit({ ...entry, noisy: event.currentTarget.checked })} /> {say('sheet.noisy')}</label>
      </p>
      <SpecialtyChoice id="sheet-specialties" entry={entry} specialties={specialties} specialtyOf={specialtyOf} words={words} onEdit={onEdit} />
      {box('sheet-forms', say('sheet.forms'), entry.forms.map(({ text }) => text).join('\n'), undefined, 2, (text) => {
        const forms = formsFrom(entry, text);
        if (forms) onEdit({ ...entry, forms });
      })}
      <SheetContext entry={entry} words={words} onEdit={onEdit} />
      <div class="form">
        {(['en', 'cy'] as const).map((language) => {
          const [text, status] = [entry.text[language], entry.status[language]];
          const change = (part: Partial<typeof text>): void => onText(entry, language, { ...text, ...part }, entry.source[language]);
          return (
            <section key={language} data-language={language} aria-label={say(`sheet.language.${language}`)}>
              <h3>{say(`sheet.language.${language}`)} <span class="st"><span aria-hidden="true">{dots[status.state]}</span> {say(`sheet.state.${status.state}`)}{'by' in status ? ` ${status.by}, ${formatDate(status.on, locale)}` : ''}</span></h3>
              {box(`sheet-short-${language}`, say('sheet.short'), text.short, language, 1, (short) => change({ short: short.trim().slice(0, 90) }))}
              {box(`sheet-why-${language}`, say('sheet.why'), text.why, language, 3, (why) => change({ why: why.trim() }))}
              {box(`sheet-instead-${language}`, say('detail.instead'), text.instead.join('\n'), language, 3, (instead) => change({ instead: linesOf(instead) }))}
              {box(`sheet-source-${language}`, say('sheet.source'), entry.source[language], language, 1, (source) => onText(entry, language, text, source.trim()))}
              <p class="acts">
                <button type="button" class="btn" disabled={status.state === 'missing' || by === ''} onClick={() => onSign(entry, language, 'reviewed')}>{say(`sheet.review.${language}`)}</button>
                <button type="button" class="btn go" disabled={status.state === 'missing' || by === ''} onClick={() => onSign(entry, language, 'approved')}>{say(`sheet.approve.${language}`)} <kbd>Ctrl ↵</kbd></button>
                {status.state === 'reviewed' || status.state === 'approved' ? <button type="button" class="btn" onClick={() => onSign(entry, language, 'draft')}>{say('sheet.sendBack')}</button> : null}
              </p>
            </section>
          );
        })}
      </div>
      <div class="form">
        {box('sheet-find', say('sheet.mustFind'), entry.examples.find.map(({ text }) => text).join('\n'), undefined, 3, (text) => onEdit({ ...entry, examples: { ...entry.examples, find: examplesFrom(entry, 'find', text) } }))}
        {box('sheet-leave', say('sheet.mustLeave'), entry.examples.leave.map(({ text }) => text).join('\n'), undefined, 3, (text) => onEdit({ ...entry, examples: { ...entry.examples, leave: examplesFrom(entry, 'leave', text) } }))}
      </div>
      <p class="acts"><label>{say('sheet.by')} <TypedText class="find" value={by} maxLength={120} onDone={(text) => onBy(text.trim())} /></label> {touched.has(entry.id) ? <button type="button" class="btn" onClick={() => onTake(entry.id, false)}>{say('sheet.asBefore')}</button> : null} <button type="button" class="btn" onClick={() => onTake(entry.id, true)}>{say('sheet.takeOut')}</button></p>
      <section class="try">
        <h2>{say('sheet.try')}</h2>
        <label>{say('sheet.try.text')}<textarea rows={2} value={trial} onInput={(event) => setTrial(event.currentTarget.value)} /></label>
        <Tried text={trial} marks={marksIn(trial)} />
        {found ? <ul class="plain">
          {found.diagnoses.length === 0 ? <li>{say('sheet.found.none', { n: entry.examples.find.length + entry.examples.leave.length })}</li> : found.diagnoses.map((one, at) => <li key={at}>△ {diagnosisIn(one, words)}</li>)}
          {found.noise ? <li>{say('sheet.noise', { n: found.noise.marks, notes: found.noise.notes, words: found.noise.words })}</li> : null}
        </ul> : null}
        <SheetRecord trial={recordTrial} words={words} onTry={() => onTryRecord(entry)} onEnd={onEndTrial} />
      </section>
    </div>
  );
}

function Tried({ text, marks }: { readonly text: string; readonly marks: readonly TriedMark[] }): JSX.Element {
  const parts: JSX.Element[] = [];
  let at = 0;
  for (const { start, end, verdict } of marks) {
    if (start < at) continue;
    parts.push(<span key={`t${at}`}>{text.slice(at, start)}</span>, <span key={start} class={`m m-${verdict}`}>{text.slice(start, end)}</span>);
    at = end;
  }
  return <p class="s">{parts}{text.slice(at)}</p>;
}
