import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { writtenCode } from '../../lib/model/code.js';
import type { Specialty } from '../../lib/model/episode.js';
import { inLocale } from '../../lib/model/language.js';
import type { CodingView, Place, ProblemRow, Quote, RecordView } from '../../lib/model/review.js';
import type { Abstention, Band, Suggestion } from '../../lib/model/suggestion.js';
import type { WordKey, Words } from '../words.js';
import { labelOf, quoted, quoteName, sentence, unitsOf, unitWords, type Unit } from './code-units.js';
import type { PanelCommandId } from './commands.js';
import type { Desk } from './desk.js';
import { coverageWords, datedTitle } from './record-summary.js';
import { Glyph, VerdictShape } from './shapes.jsx';
import { Key } from './sheets.jsx';

function abstentionTitle({ system, role, reason }: Abstention): WordKey {
  if (role === 'primary') return system === 'ICD-10' ? 'codes.noPrimary' : 'codes.noPrimaryProcedure';
  return reason === 'conflict' ? 'codes.noSide' : 'codes.noSecondary';
}

/** Three bars, as many filled as the band has; the word beside them says the same. */
function Bars({ band }: { readonly band: Band }): JSX.Element {
  const full = { strong: 3, fair: 2, slight: 1 }[band];
  return <svg class="ic bars" viewBox="0 0 16 16" aria-hidden="true">{[0, 1, 2].map((at) => <rect key={at} x={1 + at * 5} y={11 - at * 4} width="4" height={4 + at * 4} fill={at < full ? 'currentColor' : 'none'} stroke="currentColor" stroke-width="1" />)}</svg>;
}

/** What coders decided before at words like these: “accepted 41 of 43 · 4 coders · neurology”. */
function recordWords({ record }: Suggestion, { say, locale }: Words, specialties: CodesListProps['specialties']): string {
  if (!record) return say('ground.no-record');
  const name = specialties?.find(({ id }) => id === record.specialty)?.name;
  return [say('record.accepted', { accepted: record.accepted, seen: record.seen }), say('record.coders', { count: record.coders }), record.specialty === null ? say('record.allSpecialties') : name ? inLocale(name, locale).toLocaleLowerCase(locale) : record.specialty].join(' · ');
}

export interface CodesListProps {
  readonly record: RecordView;
  readonly coding: CodingView;
  /** `primary`: what primary-only coding does not need is folded away, as unknown. */
  readonly depth: RecordView['depth'];
  readonly words: Words;
  /** Names of specialties, for saying whose record it is. */
  readonly specialties?: readonly Pick<Specialty, 'id' | 'name'>[];
  /** What a key pressed on a row asks for; the keys are the person's own. */
  readonly commandOf: (event: KeyboardEvent) => PanelCommandId | null;
  /** The key of a command, where it has one. */
  readonly chordOf: (id: PanelCommandId) => string | null;
  /** What may be done with a row; null where codes are only shown. */
  readonly desk: Desk | null;
  readonly onShow: (quote: Quote) => void;
  /** Opens the search for a code that is not on offer. */
  readonly onAdd?: () => void;
  readonly onSelect?: (suggestion: Suggestion) => void;
  /** The unit whose words were pointed at in the note; with `byKey` the focus goes to it. */
  readonly reached?: { readonly unit: string; readonly byKey: boolean; readonly turn: number } | null;
  /** The words of the unit in hand, or under the pointer, to be painted as such in every document; empty when the codes leave the front. */
  readonly onHold?: (places: readonly (Place & Pick<Quote, 'key'>)[]) => void;
  /** Is given the acceptance of the unit that has earned one key, for keys and the palette; null where none has. */
  readonly earner?: { current: (() => void) | null };
  /** Is given the walk through all words of all units, for the key that goes to the next mark. */
  readonly stepper?: { current: ((by: 1 | -1) => void) | null };
}

/** Codes on offer, each with the words that prove it; what was rejected, and why; where nothing can be said. Nothing is accepted before a person says so, and one unit at a time. */
export function CodesList({ record, coding, depth, words, specialties, commandOf, chordOf, desk, onShow, onAdd, onSelect, reached = null, onHold, stepper, earner }: CodesListProps): JSX.Element {
  const { say } = words;
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [unfolded, setUnfolded] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const [hovered, setHovered] = useState<string | null>(null);
  /** Which of its words was shown, for those who do not see the note. */
  const [told, setTold] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const focusNext = useRef(false);
  /** Units that one key accepted and that nothing is known of yet. */
  const underWay = useRef(new Set<string>());
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
  // Words were pointed at in the note.
  useEffect(() => {
    if (!reached) return;
    if (beside.some(({ name }) => name === reached.unit)) setUnfolded(true);
    shownLast.current = null;
    focusNext.current = reached.byKey;
    setChosen(reached.unit);
  }, [reached?.turn, reached?.unit]);
  useEffect(() => { list.current?.querySelector('[role=option][aria-selected=true]')?.scrollIntoView({ block: 'nearest' }); }, [current?.name]);

  const held = [...open, ...beside].find(({ name }) => name === hovered) ?? current;
  const placesOf = (unit: Unit): readonly (Place & Pick<Quote, 'key'>)[] => {
    const places = unit.rows.flatMap(({ suggestion }) => suggestion.evidence).flatMap(({ document: id, version, span }) => { const document = record.documents.find((one) => one.id === id); return document ? [{ key: document.key, document: id, version, span }] : []; });
    return [...new Map(places.map((place) => [`${place.document} ${place.span.start}-${place.span.end}`, place])).values()];
  };
  useEffect(() => { onHold?.(held ? placesOf(held) : []); }, [held?.name, coding]);
  useEffect(() => () => onHold?.([]), []);

  const select = (unit: Unit): void => {
    shownLast.current = null;
    setTold('');
    // Directly before what it waits for: a key is drawn state by state.
    focusNext.current = true;
    setChosen(unit.name);
    onSelect?.(unit.rows[0].suggestion);
  };
  const toggleWhy = (unit: Unit): void => setOpened((before) => { const after = new Set(before); if (!after.delete(unit.name)) after.add(unit.name); return after; });
  const where = (quote: Quote): string => { const document = documentOf(quote); return document ? datedTitle(document, words) : ''; };
  const documentOf = (quote: Quote): RecordView['documents'][number] | undefined => record.documents.find((one) => one.id === quote.document);
  const showFrom = (unit: Unit, at: number): void => {
    const quote = unit.quotes[at];
    if (!quote) return;
    shownLast.current = quote;
    setTold(say('codes.place', { at: at + 1, count: unit.quotes.length, words: quoted(quote.words), document: where(quote) }));
    onShow(quote);
  };
  /** Where the words stand that were shown last, among those of a unit; -1 when they are none of its. */
  const lastOf = (unit: Unit): number => unit.quotes.findIndex((quote) => shownLast.current !== null && quoteName(quote) === quoteName(shownLast.current));
  // From words to words through all units, as the key for the next mark does among the problems.
  const walk = (by: 1 | -1): void => {
    const all = open.flatMap((unit) => unit.quotes.map((_, at) => ({ unit, at })));
    const last = current ? lastOf(current) : -1;
    const before = all.findIndex(({ unit, at }) => unit === current && at === Math.max(0, last));
    const next = all[last < 0 && by > 0 ? before : (before + by + all.length) % all.length];
    if (!next) return;
    if (next.unit !== current) select(next.unit);
    showFrom(next.unit, next.at);
  };
  if (stepper) stepper.current = walk;

  /** Contradictions about what a unit codes, as the coder has left them. */
  const conflictsOf = (unit: Unit): readonly ProblemRow[] => record.documents.flatMap(({ rows }) => rows).filter(({ diagnostic, state }) => diagnostic.severity === 'conflict' && state.kind !== 'dismissed' && unit.rows.some(({ suggestion }) => diagnostic.codes.includes(suggestion.code)));
  const standing = (unit: Unit): ReturnType<Desk['standing']> => desk?.standing(unit) ?? { kind: 'open' };
  /** The row after one that was decided is in hand next: the first that is still open, else the one below. */
  const follow = (unit: Unit): void => {
    const at = open.indexOf(unit);
    const next = open.slice(at + 1).find((one) => standing(one).kind === 'open') ?? open[at + 1];
    if (next) select(next); else focusNext.current = true;
  };
  const decide = (what: 'accept' | 'one-key' | 'reject', unit: Unit): void => {
    if (standing(unit).kind !== 'open') return;
    if (what === 'reject') { desk?.reject(unit, () => follow(unit)); return; }
    desk?.accept(unit, what === 'accept' ? 'suggestion' : what);
    follow(unit);
  };
  const hasEarned = (unit: Unit): boolean => unit.rows.every(({ suggestion }) => suggestion.record?.oneKey);
  /** What one key accepts: the row in hand where it has earned it, else the first that has. Never one whose side the record contradicts: that is to be looked at. */
  const earned = desk ? [...(current ? [current] : []), ...open].find((unit) => hasEarned(unit) && standing(unit).kind === 'open' && conflictsOf(unit).length === 0) ?? null : null;
  for (const name of [...underWay.current]) if (open.every((unit) => unit.name !== name || standing(unit).kind !== 'open')) underWay.current.delete(name);
  const acceptEarned = (): void => {
    // Keys come faster than the panel is drawn: what was accepted a moment ago is not accepted twice.
    if (!earned || underWay.current.has(earned.name)) return;
    underWay.current.add(earned.name);
    decide('one-key', earned);
  };
  if (earner) earner.current = earned && !underWay.current.has(earned.name) ? acceptEarned : null;
  useEffect(() => () => { if (earner) earner.current = null; }, []);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!current || event.defaultPrevented) return;
    // From anywhere among the codes. A key that is held down is one key.
    if (desk && commandOf(event) === 'code.oneKey') { event.preventDefault(); if (!event.repeat) acceptEarned(); return; }
    if (!(event.target as Element).matches('[role=option]')) return;
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
      case 'code.accept': if (!desk) return; decide('accept', current); break;
      case 'code.edit': if (!desk) return; desk.edit(current); break;
      case 'code.reject': if (!desk) return; decide('reject', current); break;
      case 'code.undo': if (!desk) return; desk.undo(current); break;
      case 'row.show': {
        showFrom(current, (lastOf(current) + 1) % current.quotes.length);
        break;
      }
      default: return;
    }
    event.preventDefault();
  };

  const saying = (quote: Quote, tabIndex: 0 | -1, look = 'quote'): JSX.Element => {
    const language = documentOf(quote)?.language;
    return <button type="button" class={`link ${look}`} tabIndex={tabIndex} onClick={() => onShow(quote)} {...(language === 'en' || language === 'cy' ? { lang: language } : {})}>“{quoted(quote.words)}”</button>;
  };

  const act = (id: 'code.accept' | 'code.edit' | 'code.reject' | 'code.undo' | 'row.why', unit: Unit, key: WordKey, run: () => void, part: { readonly go?: boolean; readonly expanded?: boolean } = {}): JSX.Element => {
    const chord = chordOf(id);
    return <button type="button" class={`btn ${id === 'row.why' ? 'why' : part.go ? 'go' : ''}`} {...(part.expanded === undefined ? {} : { 'aria-expanded': part.expanded })} onClick={run}>{say(key)}<span class="vh"> {unitWords(unit.codes, words)}</span> {chord === null ? null : <Key chord={chord} words={words} />}</button>;
  };
  const actions = (unit: Unit, isOpen: boolean): ComponentChildren => {
    const { kind } = standing(unit);
    return (
      <>
        {desk && kind === 'open' ? act('code.accept', unit, 'desk.accept', () => decide('accept', unit), { go: true }) : null}
        {desk && (kind === 'open' || kind === 'accepted') ? act('code.edit', unit, 'desk.edit', () => desk.edit(unit)) : null}
        {desk && kind === 'open' ? act('code.reject', unit, 'desk.reject', () => decide('reject', unit)) : null}
        {desk && (kind === 'accepted' || kind === 'rejected') ? act('code.undo', unit, 'action.undo', () => desk.undo(unit)) : null}
        {act('row.why', unit, 'codes.why', () => toggleWhy(unit), { expanded: isOpen })}
      </>
    );
  };
  const mark = (unit: Unit): JSX.Element | null => {
    const held = standing(unit);
    if (held.kind === 'open') return null;
    const text = held.kind === 'accepted' && held.instead !== null ? say('desk.acceptedInstead', { code: unitWords(held.instead, words) }) : say(`desk.is.${held.kind}`);
    return <span class="mark">{held.kind === 'accepted' ? <Glyph name="tick" /> : null}{text}</span>;
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
        {conflictsOf(unit).flatMap(({ related }) => related).map((place) => (
          <p class="prompt" key={`conflict ${quoteName(place)}`}><VerdictShape verdict="conflict" /><span><span class="vh">{say('verdict.conflict')} </span>{say(`conflict.unit.${place.side}`, { document: where(place) })} {saying(place, tabIndex, 'm m-conflict')}</span></p>
        ))}
        {isCurrent ? <div class="acts">{actions(unit, isOpen)}</div> : null}
        {isOpen ? <ul class="rules">{rules.map((id) => <li key={id}>{sentence(`rule.${id}`, id, words)}</li>)}</ul> : null}
      </div>
    );
  };
  const oneKeyChord = chordOf('code.oneKey');
  const earnedKey: JSX.Element | null = oneKeyChord === null ? null : <> <Key chord={oneKeyChord} words={words} /></>;
  const rowsOf = (label: string, units: readonly Unit[]): JSX.Element => (
    <div class="rows">
      <ul role="listbox" aria-label={label}>
        {units.map((unit, at) => {
          const [{ suggestion: lead }] = unit.rows;
          const isCurrent = unit === current;
          return (
            <li key={unit.name} data-row={unit.name} class={`code is-${standing(unit).kind}${isCurrent ? ' is-current' : ''}`} role="option" aria-selected={isCurrent} tabIndex={isCurrent ? 0 : -1} style={{ order: at * 2 }} onClick={() => select(unit)} onPointerEnter={() => setHovered(unit.name)} onPointerLeave={() => setHovered(null)}>
              {unit.rows.map(({ suggestion }) => { const called = labelOf(suggestion, words); return <span class="cl" key={suggestion.code}><b class="cc">{writtenCode(suggestion.code)}</b> <span class="sp" lang={called.language}>{called.words}</span></span>; })}
              <span class={`band ${lead.band}`}><Bars band={lead.band} /> <b>{say(`band.${lead.band}`)}</b> <span class="small">{[...new Set([...lead.grounds.map((ground) => say(`ground.${ground}`)), recordWords(lead, words, specialties)])].join('; ')}</span>{hasEarned(unit) ? <span class="small one-key"><Glyph name="key" /> {say('record.oneKey')}{unit === earned ? earnedKey : null}</span> : null}</span>
              {mark(unit)}
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
  const addChord = chordOf('code.add');
  const isEmpty = open.length + beside.length + coding.abstentions.length === 0;
  return (
    <div ref={list} class="codelist" onKeyDown={onKeyDown}>
      <div class="vh" role="status">{told}</div>
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
      {onAdd ? <p class="note"><button type="button" class="btn" onClick={onAdd}>{say('desk.add')} {addChord === null ? null : <Key chord={addChord} words={words} />}</button></p> : null}
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
