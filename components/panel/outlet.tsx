import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { writtenCode, type ClinicalCode, type CodeSystem } from '../../lib/model/code.js';
import type { CodedEpisode, CodingDepth } from '../../lib/model/coded-episode.js';
import type { EncoderFormat } from '../../lib/model/encoder.js';
import type { Words } from '../words.js';
import type { PanelCommandId } from './commands.js';
import { Glyph } from './shapes.jsx';
import { Key, Sheet } from './sheets.jsx';

/** The ways out: onto the clipboard, typed by hand, or into a file. None of them writes into the record. */
export type OutletWay = 'copy' | 'type' | 'csv' | 'fhir';

/** What leaves: codes with how far the episode is coded. No word of the record. */
export interface LeavingCodes { readonly coded: CodedEpisode; readonly depth: CodingDepth }

/** What writes the codes, and keeps how they are wanted. */
export interface OutletWriter {
  readonly text: (codes: LeavingCodes, format: EncoderFormat) => string;
  /** Offers a file on this computer. */
  /** Saves a file and gives null; or saves none and gives the place where an identifier of a patient stands. */
  readonly save: (way: 'csv' | 'fhir', codes: LeavingCodes) => string | null;
  readonly remember: (format: EncoderFormat) => void;
}

/** One code in the order in which an encoder is given it. */
export interface OrderedCode { readonly code: ClinicalCode; readonly system: CodeSystem; readonly role: 'primary' | 'secondary' }

/** Diagnoses, then procedures, each in recording order. */
export function codesInOrder({ diagnoses, procedures }: Pick<CodedEpisode, 'diagnoses' | 'procedures'>): readonly OrderedCode[] {
  return [diagnoses, procedures].flatMap((units) => units.flatMap(({ system, codes }) => codes.map((code) => ({ code, system })))
    .map((one, at): OrderedCode => ({ ...one, role: at === 0 ? 'primary' : 'secondary' })));
}

const ways: readonly { readonly way: OutletWay; readonly command: PanelCommandId & `outlet.${OutletWay}` }[] = [
  { way: 'copy', command: 'outlet.copy' }, { way: 'type', command: 'outlet.type' }, { way: 'csv', command: 'outlet.csv' }, { way: 'fhir', command: 'outlet.fhir' },
];

export interface OutletProps {
  /** Null while nobody is confirmed. */
  readonly coded: CodedEpisode | null;
  /** Errors of validation that stand. They are said, and hold nothing back. */
  readonly errors: number;
  /** Taking the codes out is the next step here; else something else is, and no button is filled. */
  readonly isNext: boolean;
  readonly format: EncoderFormat;
  readonly words: Words;
  readonly chordOf: (id: PanelCommandId) => string | null;
  readonly onWay: (way: OutletWay) => void;
  readonly onFormat: (format: EncoderFormat) => void;
}

/** The codes of the episode on their way to the encoder: the four ways out, and how codes are copied. */
export function Outlet({ coded, errors, isNext, format, words, chordOf, onWay, onFormat }: OutletProps): JSX.Element {
  const { say } = words;
  const codes = coded ? codesInOrder(coded) : [];
  const choice = <Value extends string>(label: string, value: Value, values: readonly (readonly [Value, string])[], choose: (value: Value) => void): JSX.Element => (
    <label class="outletchoice"><span>{label}</span>
      <select class="find" value={value} onChange={(event) => { const chosen = values.find(([one]) => one === event.currentTarget.value); if (chosen) choose(chosen[0]); }}>
        {values.map(([one, called]) => <option key={one} value={one} selected={one === value}>{called}</option>)}
      </select>
    </label>
  );
  return (
    <div class="outlet">
      {codes.length === 0 ? <p>{say('outlet.nothing')}</p> : <p class="cc outletcodes">{codes.map(({ code }) => (format.dotted ? writtenCode(code) : code)).join(' ')}</p>}
      {errors > 0 && codes.length > 0 ? <p class="prompt"><Glyph name="important" /><span>{say('outlet.errors', { count: errors })}</span></p> : null}
      {codes.length === 0 ? null : (
        <ul class="ways">{ways.map(({ way, command }, at) => {
          const chord = chordOf(command);
          return <li key={way}><button type="button" class={isNext && at === 0 ? 'btn go' : 'btn'} {...(at === 0 ? { 'data-first': true } : {})} onClick={() => onWay(way)}>{say(command)} {chord === null ? null : <Key chord={chord} words={words} />}</button></li>;
        })}</ul>
      )}
      <fieldset class="outletformat"><legend>{say('outlet.format')}</legend>
        {choice(say('outlet.dots'), format.dotted ? 'dotted' : 'bare', [['dotted', say('outlet.dots.dotted')], ['bare', say('outlet.dots.bare')]], (value) => onFormat({ ...format, dotted: value === 'dotted' }))}
        {choice(say('outlet.layout'), format.layout, [['lines', say('outlet.layout.lines')], ['tabs', say('outlet.layout.tabs')]], (layout) => onFormat({ ...format, layout }))}
        {choice(say('outlet.lineEnd'), format.lineEnd, [['crlf', say('outlet.lineEnd.crlf')], ['lf', say('outlet.lineEnd.lf')]], (lineEnd) => onFormat({ ...format, lineEnd }))}
      </fieldset>
      <p class="small">{say('outlet.never')}</p>
    </div>
  );
}

export interface TypeOneByOneProps {
  readonly coded: CodedEpisode;
  readonly format: EncoderFormat;
  readonly words: Words;
  readonly onClose: () => void;
}

/**
 * One code at a time, large, for typing into an encoder beside it. Arrows go on and back, Enter and Space go on;
 * each code is read out character by character, since `E11.3` spoken as a word is not typed right.
 */
export function TypeOneByOne({ coded, format, words, onClose }: TypeOneByOneProps): JSX.Element | null {
  const { say } = words;
  const [place, setPlace] = useState(0);
  const codes = codesInOrder(coded);
  // A code that was taken back while the sheet is open leaves its place to the last one.
  const at = Math.min(place, codes.length - 1);
  const current = codes[at];
  if (!current) return null;
  const isLast = at === codes.length - 1;
  const written = format.dotted ? writtenCode(current.code) : current.code;
  const position = say('outlet.place', { at: at + 1, of: codes.length });
  const role = say(`outlet.role.${current.system}.${current.role}`);
  const go = (to: number): void => setPlace(Math.max(0, Math.min(to, codes.length - 1)));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const to: Readonly<Record<string, number>> = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: codes.length - 1 };
    const next = to[event.key];
    if (next === undefined) return;
    event.preventDefault();
    go(next);
  };
  return (
    <Sheet label={say('outlet.type')} onClose={onClose}>
      <div class="pad typing" onKeyDown={onKeyDown}>
        <p class="typingplace"><b>{position}</b> <span>{role} <span class="n">{current.system}</span></span></p>
        <p class="typingcode" aria-hidden="true">{written}</p>
        <p class="vh" role="status">{say('outlet.spelled', { place: position, role, characters: [...written].map((one) => (one === '.' ? say('outlet.dot') : one)).join(' ') })}</p>
        <p class="small">{isLast ? say('outlet.end') : '\u00a0'}</p>
        <div class="acts">
          <button type="button" class="btn" aria-disabled={at === 0} onClick={() => go(at - 1)}>{say('outlet.previous')} <kbd>←</kbd></button>
          <button type="button" class="btn go" data-first aria-disabled={isLast} onClick={() => go(at + 1)}>{say('outlet.next')} <kbd>→</kbd></button>
          <button type="button" class="btn" onClick={onClose}>{say('action.close')} <kbd>Esc</kbd></button>
        </div>
      </div>
    </Sheet>
  );
}
