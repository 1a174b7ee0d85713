import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { writtenCode, type CodeSystem } from '../../lib/model/code.js';
import type { CodeHit, CodesFound, EditionsOfDay } from '../../lib/model/codebook.js';
import { labelIn } from '../../lib/model/language.js';
import type { Words } from '../words.js';
import { formatDate } from '../words.js';
import { missingEditions } from './editions.jsx';

/** What the search is given: it asks, shows, and hands over the code that was chosen. */
export interface CodeSearchProps {
  readonly words: Words;
  /** Codes by the editions of the episode's day; null when nobody answers. */
  readonly search: (asked: string) => Promise<CodesFound | null>;
  readonly onChoose: (hit: CodeHit, found: CodesFound) => void;
  /** Words that may be searched without being typed: those selected in the note, those of the row. */
  readonly offered?: readonly string[];
  /** What it begins with; words that come later stand as long as nothing has been typed. */
  readonly start?: string;
  /** The only classification that is asked for: a code is replaced by one of its own. */
  readonly system?: CodeSystem;
  /** Backspace in an empty field: back to where the search was opened from. */
  readonly onBack?: () => void;
}

/** Episodes in England a year, as people read it. */
const grouped = (count: number, { locale }: Words): string => count.toLocaleString(locale === 'cy' ? 'cy-GB' : 'en-GB');

/** Looks codes up by code, its beginning, words or synonyms, by keyboard first. Nothing is chosen before Enter or a click. */
export function CodeSearch({ words, search, onChoose, offered = [], start = '', system: only, onBack }: CodeSearchProps): JSX.Element {
  const { say } = words;
  const [text, setText] = useState(start);
  const [place, setPlace] = useState(0);
  const [found, setFound] = useState<CodesFound | null>(null);
  const [state, setState] = useState<'idle' | 'asked' | 'silent'>('idle');
  const asked = useRef(0);
  const list = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);

  const look = (sought: string): void => {
    asked.current += 1;
    const mine = asked.current;
    setState('asked');
    // The empty question makes the search ready while the first letter is typed.
    void search(sought.trim()).then((answer) => {
      // A later letter has been typed: this answer is to another question.
      if (mine !== asked.current) return;
      setFound(answer);
      setPlace(0);
      setState(answer === null ? 'silent' : 'idle');
    });
  };
  const typed = useRef(false);
  useLayoutEffect(() => { input.current?.focus(); return () => { asked.current += 1; }; }, []);
  useEffect(() => { if (!typed.current) { setText(start); look(start); } }, [start]);
  // The words that it begins with give way to the first letter typed.
  useLayoutEffect(() => { if (!typed.current) input.current?.select(); }, [text]);
  const ask = (next: string): void => { typed.current = true; setText(next); look(next); };

  const isEmpty = text.trim() === '';
  const hits = isEmpty ? [] : found?.hits.filter(({ entry }) => only === undefined || entry.system === only) ?? [];
  const timesOf = ({ entry }: CodeHit): number => found?.before.find(({ system, code }) => system === entry.system && code === entry.code)?.times ?? 0;
  const count = isEmpty ? offered.length : hits.length;
  const current = Math.min(place, count - 1);
  useLayoutEffect(() => { list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }); });
  const choose = (at: number): void => {
    const words_ = isEmpty ? offered[at] : undefined;
    if (words_ !== undefined) { ask(words_); input.current?.focus(); return; }
    const hit = hits[at];
    if (hit && found) onChoose(hit, found);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && count > 0) { event.preventDefault(); setPlace((current + step + count) % count); }
    if (event.key === 'Enter') { event.preventDefault(); choose(current); }
    if (event.key === 'Backspace' && text === '' && onBack) { event.preventDefault(); onBack(); }
  };
  const said = state === 'silent' ? say('search.silent') : isEmpty ? say('search.hint') : state === 'asked' ? '' : say('search.count', { count: hits.length });
  const isDraft = words.locale === 'cy' && hits.some(({ label }) => label?.cy !== undefined && label.translation === 'draft');
  const missing = found ? missingEditions(found.editions, words) : [];
  return (
    <div class="pal codesearch">
      <input ref={input} class="find wide" type="text" data-first role="combobox" aria-expanded={count > 0} aria-controls="code-hits" aria-label={say('search.label')} placeholder={say('search.placeholder')} aria-busy={state === 'asked'}
        {...(count > 0 ? { 'aria-activedescendant': `code-hit-${current}` } : {})} value={text} autocomplete="off" spellcheck={false} onInput={(event) => ask(event.currentTarget.value)} onKeyDown={onKeyDown} />
      <div ref={list} class="items" role="listbox" id="code-hits" aria-label={say('search.results')}>
        {isEmpty ? offered.map((one, index) => (
          <div key={one} id={`code-hit-${index}`} role="option" aria-selected={index === current} class={index === current ? 'cur' : ''} onClick={() => choose(index)}><span class="sp">{say('search.these', { words: one })}</span></div>
        )) : hits.map((hit, index) => {
          const { entry: { system, code }, label, words: led, usage } = hit;
          const called = label ? labelIn(label, words.locale) : null;
          return (
            <div key={`${system} ${code}`} id={`code-hit-${index}`} role="option" aria-selected={index === current} class={index === current ? 'cur' : ''} onClick={() => choose(index)}>
              <b class="cc">{writtenCode(code)}</b>{' '}
              <span class="sp">{called ? <span lang={called.language}>{called.words}</span> : <span class="dim">{say('search.noTitle')}</span>}{' '}
                <span class="small block">{timesOf(hit) > 0 ? <b class="before">{say('search.before', { count: timesOf(hit) })} · </b> : null}{system}{led === null ? null : <> · {say('search.led', { words: led })}</>}{usage > 0 ? <> · {say('search.usage', { number: grouped(usage, words) })}</> : null}</span></span>
            </div>
          );
        })}
      </div>
      {missing.map((sentence) => <p key={sentence} class="small pad">{sentence}</p>)}
      {isDraft ? <p class="small pad draft"><span aria-hidden="true">●○○</span> {say('codes.draftLabels')}</p> : null}
      <p class="small pad" role="status">{said}</p>
    </div>
  );
}

/** One code with all that its edition says of it. */
export function CodeCard({ hit: { entry, label, usage }, editions, words }: { readonly hit: CodeHit; readonly editions: EditionsOfDay; readonly words: Words }): JSX.Element {
  const { say, locale } = words;
  const edition = editions.systems[entry.system];
  const called = label ? labelIn(label, locale) : null;
  const facts: readonly (readonly [string, string])[] = [
    [say('codecard.edition'), edition.ok ? `${edition.value.name} · ${formatDate(editions.day, locale)}` : '–'],
    ...(entry.dual === 'none' ? [] : [[say('codecard.dual'), say(`codecard.${entry.dual}`)] as const]),
    ...(entry.sex === null ? [] : [[say('codecard.sex'), say(`codecard.${entry.sex}`)] as const]),
    ...(entry.ages === null ? [] : [[say('codecard.ages'), say('codecard.years', { from: entry.ages.from, to: entry.ages.to })] as const]),
    [say('codecard.usage'), usage > 0 ? grouped(usage, words) : say('codecard.unknown')],
  ];
  return (
    <>
      <h2><span class="cc">{writtenCode(entry.code)}</span> {called ? <span lang={called.language}>{called.words}</span> : say('search.noTitle')}</h2>
      {entry.title === null && called ? <p class="small">{say('codecard.ownLabel')}</p> : null}
      <dl class="facts">{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
    </>
  );
}
