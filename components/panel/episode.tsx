import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useEffect, useRef, useState } from 'preact/hooks';
import type { ClinicalCode, CodeSystem } from '../../lib/model/code.js';
import { codeSystems, writtenCode } from '../../lib/model/code.js';
import type { CodedEpisode, CodedUnit } from '../../lib/model/coded-episode.js';
import type { EventId } from '../../lib/model/decision.js';
import type { Specialty } from '../../lib/model/episode.js';
import type { RecordView } from '../../lib/model/review.js';
import { formatDate } from '../words.js';
import type { Words } from '../words.js';
import { labelOf, unitWords } from './code-units.js';
import type { PanelCommandId } from './commands.js';
import type { EpisodeDesk } from './desk.js';
import { EpisodeChecks } from './episode-checks.jsx';
import { specialtyName } from './record-summary.js';
import { Glyph } from './shapes.jsx';
import { Key } from './sheets.jsx';

export interface EpisodeViewProps {
  readonly record: RecordView;
  readonly coded: CodedEpisode;
  readonly specialties: readonly Specialty[];
  readonly words: Words;
  readonly desk: EpisodeDesk;
  readonly commandOf: (event: KeyboardEvent) => PanelCommandId | null;
  readonly chordOf: (id: PanelCommandId) => string | null;
  /** Depth with its reason. */
  readonly badge: ComponentChildren;
  /** What stands in the place of the last word while an audit waits for the episode. */
  readonly auditing?: ComponentChildren;
  /** Ways out to the encoder. */
  readonly outlet?: ComponentChildren;
  readonly time: ComponentChildren;
  readonly onAdd: () => void;
  /** A unit that came back, to be in hand; `turn` grows with each. */
  readonly reached: { readonly unit: string; readonly byKey: boolean; readonly turn: number } | null;
}

/** The episode as the page shows it; only what it shows. */
function Facts({ record, specialties, words }: Pick<EpisodeViewProps, 'record' | 'specialties' | 'words'>): JSX.Element {
  const { say, locale } = words;
  const { specialty, consultant, admitted, discharged, patientClass } = record.episode;
  const days = [admitted, discharged].flatMap((day) => (day === null ? [] : [formatDate(day, locale)]));
  const known = specialtyName(record, specialties, words);
  const facts: readonly (readonly [string, string | null])[] = [
    [say('episode.specialty'), known ?? specialty], [say('episode.consultant'), consultant], [say('episode.stay'), [...new Set(days), ...(patientClass ? [patientClass] : [])].join(' · ') || null],
  ];
  const shown = facts.flatMap(([name, value]) => (value ? [{ name, value }] : []));
  return shown.length === 0 ? <p class="note">{say('header.noEpisode')}</p> : <dl class="facts">{shown.map(({ name, value }) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
}

/** What the coder has put into the episode, in its order, and what speaks against it. */
export function EpisodeView({ record, coded, specialties, words, desk, commandOf, chordOf, badge, auditing, outlet, time, onAdd, reached }: EpisodeViewProps): JSX.Element {
  const { say } = words;
  const [chosen, setChosen] = useState<EventId | null>(null);
  const [dragged, setDragged] = useState<EventId | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const focusNext = useRef(false);
  const lastPlace = useRef(0);
  const all = [...coded.diagnoses, ...coded.procedures];
  const found = all.findIndex(({ id }) => id === chosen);
  // A unit that went away leaves the place to the one that took its place.
  const place = found >= 0 ? found : Math.min(lastPlace.current, all.length - 1);
  const current = all[place] ?? null;
  useEffect(() => { lastPlace.current = Math.max(0, place); }, [place]);
  useLayoutEffect(() => {
    if (!focusNext.current) return;
    focusNext.current = false;
    list.current?.querySelector<HTMLElement>('[role=option][tabindex="0"]')?.focus();
  });
  useEffect(() => {
    if (!reached || !all.some(({ id }) => id === reached.unit)) return;
    focusNext.current = reached.byKey;
    setChosen(reached.unit as EventId);
  }, [reached?.turn, all.some(({ id }) => id === reached?.unit)]);

  const select = (unit: CodedUnit | undefined): void => { if (unit) { focusNext.current = true; setChosen(unit.id); } };
  const remove = (unit: CodedUnit): void => { const next = all[all.indexOf(unit) + 1] ?? all[all.indexOf(unit) - 1]; desk.remove(unit); if (next) select(next); };
  const move = (unit: CodedUnit, by: 1 | -1): void => { select(unit); desk.move(unit, by); };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!current || event.defaultPrevented || !(event.target as Element).matches('[role=option]')) return;
    switch (commandOf(event)) {
      case 'row.down': select(all[place + 1]); break;
      case 'row.up': select(all[place - 1]); break;
      case 'unit.up': move(current, -1); break;
      case 'unit.down': move(current, 1); break;
      case 'unit.remove': remove(current); break;
      default: return;
    }
    event.preventDefault();
  };
  const nameOf = (system: CodeSystem, code: ClinicalCode): JSX.Element => {
    const label = record.names.find((one) => one.system === system && one.code === code)?.label;
    if (!label) return <span class="sp dim">{say('search.noTitle')}</span>;
    const called = labelOf({ code, label }, words);
    return <span class="sp" lang={called.language}>{called.words}</span>;
  };
  const button = (id: PanelCommandId, text: string, unit: CodedUnit, act: () => void): JSX.Element => { const chord = chordOf(id); return <button type="button" class="btn" onClick={act}>{text}<span class="vh"> {unitWords(unit.codes, words)}</span> {chord === null ? null : <Key chord={chord} words={words} />}</button>; };
  const part = (system: CodeSystem, units: readonly CodedUnit[]): JSX.Element => {
    const title = say(system === 'ICD-10' ? 'episode.diagnoses' : 'episode.procedures');
    const starts = units.map((_, at) => units.slice(0, at).reduce((sum, { codes }) => sum + codes.length, 1));
    return (
      <section class="codes" key={system}>
        <h2>{title} <span class="n">{system}</span></h2>
        {units.length === 0 ? <p class="small">{say(system === 'ICD-10' ? 'episode.noDiagnoses' : 'episode.noProcedures')}</p> : (
          <div class="rows">
            <ul role="listbox" aria-label={title}>
              {units.map((unit, at) => {
                const state = desk.unitStanding(unit);
                const isCurrent = unit === current;
                return (
                  <li key={unit.id} data-row={unit.id} class={`code unit is-${state}${isCurrent ? ' is-current' : ''}${dragged === unit.id ? ' is-dragged' : ''}`} role="option" aria-selected={isCurrent} tabIndex={isCurrent ? 0 : -1} style={{ order: at * 2 }}
                    draggable onClick={() => select(unit)}
                    onDragStart={(event) => { setDragged(unit.id); if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move'; }} onDragEnd={() => setDragged(null)}
                    onDragOver={(event) => { if (units.some(({ id }) => id === dragged)) event.preventDefault(); }}
                    onDrop={(event) => {
                      event.preventDefault();
                      const from = units.findIndex(({ id }) => id === dragged);
                      const moved = units[from];
                      setDragged(null);
                      // Downwards it goes behind the one under the pointer, upwards before it.
                      if (moved && from !== at) { select(moved); desk.moveBehind(moved, from < at ? unit.id : units[at - 1]?.id ?? 'first'); }
                    }}>
                    {unit.codes.map((code, index) => (
                      <span class="cl" key={code}><span class="seq">{(starts[at] ?? 1) + index}</span><b class="cc">{writtenCode(code)}</b> {nameOf(system, code)}{at === 0 && index === 0 ? <span class="small role">{say('episode.primary')}</span> : null}</span>
                    ))}
                    {state === 'open' ? null : <span class="mark">{say(`desk.is.${state}`)}</span>}
                  </li>
                );
              })}
            </ul>
            {units.map((unit, at) => (unit === current ? (
              <div key={`${unit.id} acts`} class="cd is-current" role="group" aria-label={say('episode.unit', { codes: unitWords(unit.codes, words) })} style={{ order: at * 2 + 1 }}>
                <div class="acts">
                  {at > 0 ? button('unit.up', say('episode.up'), unit, () => move(unit, -1)) : null}
                  {at < units.length - 1 ? button('unit.down', say('episode.down'), unit, () => move(unit, 1)) : null}
                  {button('unit.remove', say('episode.remove'), unit, () => remove(unit))}
                </div>
              </div>
            ) : null))}
          </div>
        )}
      </section>
    );
  };
  const errors = record.checks.filter(({ severity }) => severity === 'error').length;
  const finishChord = chordOf('episode.finish');
  const addChord = chordOf('code.add');
  return (
    <div ref={list} class="codelist episode" onKeyDown={onKeyDown}>
      <Facts record={record} specialties={specialties} words={words} />
      {badge}
      {codeSystems.map((system) => part(system, system === 'ICD-10' ? coded.diagnoses : coded.procedures))}
      <p class="note"><button type="button" class="btn" onClick={onAdd}>{say('desk.add')} {addChord === null ? null : <Key chord={addChord} words={words} />}</button></p>
      <EpisodeChecks checks={record.checks} words={words} onUnit={(unit) => select(all.find(({ id }) => id === unit))} />
      {auditing ?? <div class="note finish">
        {coded.coded !== null ? <p role="status"><Glyph name="tick" /> <b>{say('episode.isCoded')}</b> <span class="small block">{say('episode.reopens')}</span></p> : (
          <>
            <button type="button" class="btn go" aria-disabled={errors > 0} {...(errors > 0 ? { 'aria-describedby': 'finish-why' } : {})} onClick={() => { if (errors === 0) desk.finish(); }}>{say('episode.finish')} {finishChord === null ? null : <Key chord={finishChord} words={words} />}</button>
            {errors > 0 ? <p class="small" id="finish-why">{say('episode.notYet', { count: errors })}</p> : null}
          </>
        )}
      </div>}
      {outlet}
      {time}
    </div>
  );
}
