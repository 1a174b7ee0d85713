import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import english from '../../assets/languages/en-GB/messages.json';
import { writtenCode } from '../../lib/model/code.js';
import { labelIn } from '../../lib/model/language.js';
import type { CodingView, Quote, RecordView } from '../../lib/model/review.js';
import type { Abstention, Band, Suggestion } from '../../lib/model/suggestion.js';
import type { WordKey, Words } from '../words.js';
import type { PanelCommandId } from './commands.js';
import { coverageWords, documentTitle } from './record-summary.js';
import { Glyph, VerdictShape } from './shapes.jsx';
import { Key } from './sheets.jsx';

type Row = CodingView['suggestions'][number];

/** Codes that are recorded together: one row, with the words of all of them. */
interface Unit {
  readonly name: string;
  readonly rows: readonly [Row, ...Row[]];
  readonly isPrimary: boolean;
  readonly quotes: readonly Quote[];
}

const order = (a: Suggestion, b: Suggestion): number => Number(b.role === 'primary') - Number(a.role === 'primary') || a.position - b.position;

/** The units of one classification in the order of recording, the primary first. */
function unitsOf(rows: readonly Row[], system: Suggestion['system']): readonly Unit[] {
  const units = new Map<number, [Row, ...Row[]]>();
  for (const row of rows.filter(({ suggestion }) => suggestion.shown && suggestion.system === system).sort((a, b) => order(a.suggestion, b.suggestion))) {
    const held = units.get(row.suggestion.group);
    if (held) held.push(row); else units.set(row.suggestion.group, [row]);
  }
  return [...units].map(([group, held]) => ({
    name: `${system} ${group}`, rows: held, isPrimary: held.some(({ suggestion }) => suggestion.role === 'primary'),
    quotes: [...new Map(held.flatMap(({ quotes }) => quotes).map((quote) => [quoteName(quote), quote])).values()],
  }));
}

const quoteName = ({ document, span }: Quote): string => `${document} ${span.start}-${span.end}`;

/** Longest quotation, in characters; what is longer ends at a word. */
const longest = 120;

function quoted(words: string): string {
  if (words.length <= longest) return words;
  const end = words.lastIndexOf(' ', longest);
  return `${words.slice(0, end > longest / 2 ? end : longest).replace(/[\uD800-\uDBFF]$/, '').trimEnd()} …`;
}

/** A sentence that the engine names by its key; the bare name where the catalogue has none for it. */
function sentence(key: string, bare: string, words: Words): string {
  return key in english ? words.say(key as WordKey) : bare;
}

/** A label that is only the code again (the sides of OPCS-4) says what the code means. */
function labelOf({ code, label }: Suggestion, words: Words): ReturnType<typeof labelIn> {
  return label.en === code ? { words: sentence(`code.${code}`, '', words), language: words.locale === 'cy' ? 'cy' : 'en' } : labelIn(label, words.locale);
}

function abstentionTitle({ system, role, reason }: Abstention): WordKey {
  if (role === 'primary') return system === 'ICD-10' ? 'codes.noPrimary' : 'codes.noPrimaryProcedure';
  return reason === 'conflict' ? 'codes.noSide' : 'codes.noSecondary';
}

/** Three bars, as many filled as the band has; the word beside them says the same. */
function Bars({ band }: { readonly band: Band }): JSX.Element {
  const full = { strong: 3, fair: 2, slight: 1 }[band];
  return <svg class="ic bars" viewBox="0 0 16 16" aria-hidden="true">{[0, 1, 2].map((at) => <rect key={at} x={1 + at * 5} y={11 - at * 4} width="4" height={4 + at * 4} fill={at < full ? 'currentColor' : 'none'} stroke="currentColor" stroke-width="1" />)}</svg>;
}

export interface CodesListProps {
  readonly record: RecordView;
  readonly coding: CodingView;
  /** `primary`: what primary-only coding does not need is folded away, as unknown. */
  readonly depth: RecordView['depth'];
  readonly words: Words;
  /** What a key pressed on a row asks for; the keys are the person's own. */
  readonly commandOf: (event: KeyboardEvent) => PanelCommandId | null;
  /** The key shown on *Why*, where it has one. */
  readonly whyChord: string | null;
  readonly onShow: (quote: Quote) => void;
  readonly onSelect?: (suggestion: Suggestion) => void;
}

/** Codes on offer, each with the words that prove it; what was rejected, and why; where nothing can be said. Nothing is accepted here. */
export function CodesList({ record, coding, depth, words, commandOf, whyChord, onShow, onSelect }: CodesListProps): JSX.Element {
  const { say } = words;
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [unfolded, setUnfolded] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const focusNext = useRef(false);
  /** The quotation that Space showed last: pressed again, it goes on to the next one. */
  const shownLast = useRef<Quote | null>(null);

  const diagnoses = unitsOf(coding.suggestions, 'ICD-10');
  const procedures = unitsOf(coding.suggestions, 'OPCS-4');
  const secondary = (units: readonly Unit[]): readonly Unit[] => units.filter((unit) => !unit.isPrimary);
  const primary = (units: readonly Unit[]): readonly Unit[] => units.filter((unit) => unit.isPrimary);
  const beside = [...secondary(diagnoses), ...secondary(procedures)];
  const isFolded = depth === 'primary' && !unfolded;
  const open = [...primary(diagnoses), ...primary(procedures), ...(isFolded ? [] : beside)];
  const current = open.find((unit) => unit.name === chosen) ?? open[0] ?? null;

  useLayoutEffect(() => {
    if (!focusNext.current) return;
    focusNext.current = false;
    list.current?.querySelector<HTMLElement>('[role=option][tabindex="0"]')?.focus();
  });
  const select = (unit: Unit): void => {
    focusNext.current = true;
    shownLast.current = null;
    setChosen(unit.name);
    onSelect?.(unit.rows[0].suggestion);
  };
  const toggleWhy = (unit: Unit): void => setOpened((before) => { const after = new Set(before); if (!after.delete(unit.name)) after.add(unit.name); return after; });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!current || event.defaultPrevented || !(event.target as Element).matches('[role=option]')) return;
    const at = open.indexOf(current);
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    const command = plain && event.key === 'Home' ? 'first' : plain && event.key === 'End' ? 'last' : commandOf(event);
    const goTo = (unit: Unit | undefined): void => { if (unit) select(unit); };
    switch (command) {
      case 'first': goTo(open[0]); break;
      case 'last': goTo(open.at(-1)); break;
      case 'row.down': goTo(open[at + 1]); break;
      case 'row.up': goTo(open[at - 1]); break;
      case 'row.why': toggleWhy(current); break;
      case 'row.show': {
        const before = current.quotes.findIndex((quote) => shownLast.current !== null && quoteName(quote) === quoteName(shownLast.current));
        const quote = current.quotes[(before + 1) % current.quotes.length];
        if (quote) { shownLast.current = quote; onShow(quote); }
        break;
      }
      default: return;
    }
    event.preventDefault();
  };

  const documentOf = (quote: Quote): RecordView['documents'][number] | undefined => record.documents.find((one) => one.id === quote.document);
  const where = (quote: Quote): string => { const document = documentOf(quote); return document ? documentTitle(document, words) : ''; };
  const saying = (quote: Quote, tabIndex: 0 | -1): JSX.Element => {
    const language = documentOf(quote)?.language;
    return <button type="button" class="link quote" tabIndex={tabIndex} onClick={() => onShow(quote)} {...(language === 'en' || language === 'cy' ? { lang: language } : {})}>“{quoted(quote.words)}”</button>;
  };

  const detail = (unit: Unit, at: number): JSX.Element => {
    const [{ suggestion: lead }] = unit.rows;
    const isCurrent = unit === current;
    // Only the row in hand is on the way of the Tab key.
    const tabIndex = isCurrent ? 0 : -1;
    const isOpen = opened.has(unit.name);
    const prompts = [...new Set(unit.rows.flatMap(({ suggestion }) => suggestion.prompts))];
    const rules = [...new Set(unit.rows.flatMap(({ suggestion }) => suggestion.because as readonly string[]))];
    return (
      <div key={`${unit.name} detail`} class={`cd${isCurrent ? ' is-current' : ''}`} role="group" aria-label={say('codes.detail', { code: writtenCode(lead.code) })} style={{ order: at * 2 + 1 }}>
        {unit.quotes.map((quote) => <p class="q" key={quoteName(quote)}>{saying(quote, tabIndex)} <span class="small block">{where(quote)}</span></p>)}
        {prompts.map((prompt) => <p class="prompt" key={prompt}><VerdictShape verdict="caution" /><span>{sentence(prompt, prompt, words)}</span></p>)}
        <button type="button" class="btn why" tabIndex={tabIndex} aria-expanded={isOpen} onClick={() => toggleWhy(unit)}>{say('codes.why')}<span class="vh"> {writtenCode(lead.code)}</span> {isCurrent && whyChord !== null ? <Key chord={whyChord} words={words} /> : null}</button>
        {isOpen ? <ul class="rules">{rules.map((id) => <li key={id}>{sentence(`rule.${id}`, id, words)}</li>)}</ul> : null}
      </div>
    );
  };
  const rowsOf = (label: string, units: readonly Unit[]): JSX.Element => (
    <div class="rows">
      <ul role="listbox" aria-label={label}>
        {units.map((unit, at) => {
          const [{ suggestion: lead }] = unit.rows;
          const isCurrent = unit === current;
          return (
            <li key={unit.name} data-row={unit.name} class={`code${isCurrent ? ' is-current' : ''}`} role="option" aria-selected={isCurrent} tabIndex={isCurrent ? 0 : -1} style={{ order: at * 2 }} onClick={() => select(unit)}>
              {unit.rows.map(({ suggestion }) => { const called = labelOf(suggestion, words); return <span class="cl" key={suggestion.code}><b class="cc">{writtenCode(suggestion.code)}</b> <span class="sp" lang={called.language}>{called.words}</span></span>; })}
              <span class={`band ${lead.band}`}><Bars band={lead.band} /> <b>{say(`band.${lead.band}`)}</b> <span class="small">{[...new Set([...lead.grounds.map((ground) => say(`ground.${ground}`)), say('ground.no-record')])].join('; ')}</span></span>
            </li>
          );
        })}
      </ul>
      {units.map(detail)}
    </div>
  );
  const part = (key: WordKey, system: Suggestion['system'], role: Suggestion['role'], units: readonly Unit[]): JSX.Element | null => {
    // All refusals of a classification stand with its primary, where no fold hides them.
    const abstained = role === 'primary' ? coding.abstentions.filter((one) => one.system === system) : [];
    if (units.length === 0 && abstained.length === 0) return null;
    const codes = units.length === 1 ? units[0]?.rows.length ?? 0 : 0;
    return (
      <section class="codes" key={key}>
        <h2>{say(key)} <span class="n">{system}{units.length > 1 ? ` · ${units.length}` : codes > 1 ? ` · ${say('codes.unit', { count: codes })}` : ''}</span></h2>
        {units.length > 0 ? rowsOf(say(key), units) : null}
        {abstained.map((one) => <p class="abstain" key={`${one.role} ${one.reason}`}><b>{say(abstentionTitle(one))}</b> <span class="small block">{say(`codes.abstain.${one.reason}` as WordKey)}</span></p>)}
      </section>
    );
  };
  const secondaries: ComponentChildren = <>{part('codes.secondaryDiagnoses', 'ICD-10', 'secondary', secondary(diagnoses))}{part('codes.secondaryProcedures', 'OPCS-4', 'secondary', secondary(procedures))}</>;
  const isDraft = words.locale === 'cy' && coding.suggestions.some(({ suggestion: { shown, label } }) => shown && label.cy !== undefined && label.translation === 'draft');
  const isEmpty = open.length + beside.length + coding.abstentions.length === 0;
  return (
    <div ref={list} class="codelist" onKeyDown={onKeyDown}>
      <p class="note">{say('codes.read', { read: coverageWords(record, words) })}</p>
      {isDraft ? <p class="note draft"><span aria-hidden="true">●○○</span> {say('codes.draftLabels')}</p> : null}
      {isEmpty ? <p class="note"><b>{say('codes.none')}</b></p> : null}
      {part('codes.primaryDiagnosis', 'ICD-10', 'primary', primary(diagnoses))}
      {part('codes.primaryProcedure', 'OPCS-4', 'primary', primary(procedures))}
      {depth === 'primary' && beside.length > 0 ? (
        <section class="codes beside">
          <h2><button type="button" class="head" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}><Glyph name={unfolded ? 'chevron' : 'folded'} /> {say('codes.secondary')} <span class="n">{beside.reduce((sum, unit) => sum + unit.rows.length, 0)}</span></button></h2>
          <p class="small">{say('codes.notNeeded')}</p>
          {unfolded ? null : <p class="small">{beside.flatMap(({ rows }) => rows.map(({ suggestion }) => writtenCode(suggestion.code))).join(' · ')}</p>}
          {unfolded ? secondaries : null}
        </section>
      ) : secondaries}
      {coding.rejected.length > 0 ? (
        <details class="whynot"><summary>{say('codes.whyNot')} <span class="n">{coding.rejected.length}</span></summary>
          <ul>{coding.rejected.map(({ rejection, quote }, index) => (
            <li key={index}><s aria-hidden="true">{writtenCode(rejection.code)}</s><span class="vh">{say('codes.notOffered', { code: writtenCode(rejection.code) })}</span>
              <span class="sp">{quote ? saying(quote, 0) : null} <span class="small">{[...new Set(rejection.because.map((id) => sentence(`rule.${id}`, id, words)))].join('; ')}{rejection.cue ? ` (“${rejection.cue.trim()}”)` : ''}</span></span></li>
          ))}</ul>
        </details>
      ) : null}
    </div>
  );
}
