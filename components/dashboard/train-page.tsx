import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { writtenCode } from '../../lib/model/code.js';
import { partsOfCodeName } from '../../lib/model/learning.js';
import type { LabelledFault, LabelledFileFailure, LabelledFormat, LabelledSummary, Score, TrainingProgress, TrainingReport } from '../../lib/model/training.js';
import type { Words } from '../words.js';

/** Where a training is. */
export type TrainingState =
  | { readonly kind: 'idle'; readonly told: 'cancelled' | 'taken' | 'untaken' | 'discarded' | 'not-saved' | null }
  | { readonly kind: 'running'; readonly progress: TrainingProgress; readonly pause: 'no' | 'asked' | 'yes' }
  | { readonly kind: 'failed'; readonly failure: LabelledFileFailure }
  /** `stopped`: where in the model an identifier stands, because of which its file was not saved. */
  | { readonly kind: 'done'; readonly report: TrainingReport; readonly summary: LabelledSummary; readonly stopped: string | null };

export interface TrainPageProps {
  readonly state: TrainingState;
  /** Is a model in use, which this one would take the place of? */
  readonly replaces: boolean;
  readonly nameOf: (specialty: string) => string;
  readonly words: Words;
  readonly onFile: (file: File) => void;
  readonly onPause: (pause: boolean) => void;
  readonly onCancel: () => void;
  readonly onTake: () => void;
  /** Takes back that a model was put in use: the one before it is in use again, or none. */
  readonly onUntake: () => void;
  readonly onDiscard: () => void;
  readonly onSave: () => void;
}

/** Most rows of faults and of codes that are shown. */
const listed = 50;

/** Training from a board's own coded episodes: choose, watch, look at what was gained, and only then take it. */
export function TrainPage(props: TrainPageProps): JSX.Element {
  const { state, words: { say } } = props;
  const input = useRef<HTMLInputElement>(null);
  const isRunning = state.kind === 'running';
  return (
    <>
      <h1>{say('train.title')}</h1>
      <p class="lede">{say('train.lede')}</p>
      <p role="status" class={state.kind === 'idle' && state.told ? 'warning' : 'vh'}>{state.kind === 'idle' && state.told ? say(`train.told.${state.told}`) : state.kind === 'running' ? say(`train.pause.${state.pause}`) : state.kind === 'done' ? say('train.ready') : ''}</p>
      {state.kind === 'idle' && state.told === 'taken' ? <p class="acts"><button type="button" class="btn" onClick={props.onUntake}>{say('train.untake')}</button></p> : null}
      {state.kind === 'failed' ? <p class="warning" role="alert">{failureWords(state.failure, props.words)}</p> : null}
      {isRunning ? <Running {...props} state={state} /> : (
        <p class="acts"><button type="button" class="btn" onClick={() => input.current?.click()}>{say('train.choose')}</button><input ref={input} type="file" accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson" hidden aria-label={say('train.choose')} onChange={() => { const file = input.current?.files?.[0]; if (file) props.onFile(file); if (input.current) input.current.value = ''; }} /></p>
      )}
      {state.kind === 'done' ? <Outcome {...props} state={state} /> : null}
      <h2>{say('train.formats')}</h2>
      <ul class="plain">{(['json-lines', 'csv', 'fhir'] as const).map((format) => <li key={format}>{say(`train.format.${format}`)}</li>)}</ul>
    </>
  );
}

function Running({ state: { progress, pause }, words: { say }, onPause, onCancel }: TrainPageProps & { readonly state: Extract<TrainingState, { readonly kind: 'running' }> }): JSX.Element {
  const counted = progress.counted ? say('train.counted', progress.counted) : '';
  return (
    <section>
      <label>{say(`train.step.${progress.step}`)} {counted}<br /><progress max={1} value={progress.done} /></label>
      <p class="acts"><button type="button" class="btn" onClick={() => onPause(pause === 'no')}>{say(pause === 'no' ? 'train.pause' : 'train.resume')}</button> <button type="button" class="btn" onClick={onCancel}>{say('train.cancel')}</button></p>
    </section>
  );
}

function Outcome({ state: { report, summary, stopped }, replaces, nameOf, words, onTake, onDiscard, onSave }: TrainPageProps & { readonly state: Extract<TrainingState, { readonly kind: 'done' }> }): JSX.Element {
  const { say } = words;
  const share = (right: number, of: number): string => (of === 0 ? '–' : say('train.share', { right, of, percent: Math.round((100 * right) / of) }));
  const cells = ({ right, offered, gold }: Score): JSX.Element => <><td class="r">{share(right, offered)}</td><td class="r">{share(right, gold)}</td></>;
  return (
    <section>
      <h2>{say('train.gained')}</h2>
      <p>{say('train.measured', { held: report.heldOut, from: report.learnedFrom, order: say(`train.order.${summary.order}`) })}</p>
      <p>{say('train.file', { read: summary.read, taken: summary.taken, bad: summary.bad, left: summary.left, unknown: summary.withoutSpecialty })}</p>
      <ul class="plain">{summary.editions.map(({ name, episodes }) => <li key={name}>{name === null ? say('train.noEdition', { episodes }) : say('train.edition', { name, episodes })}</li>)}</ul>
      {stopped === null ? null : <p class="warning" role="alert">{say('export.stopped', { where: stopped })}</p>}
      <p class="acts"><button type="button" class="btn" onClick={onTake}>{say(replaces ? 'train.replace' : 'train.take')}</button> <button type="button" class="btn" onClick={onSave}>{say('train.save')}</button> <button type="button" class="btn" onClick={onDiscard}>{say('train.discard')}</button></p>
      <Table caption={say('train.bySpecialty')}>
        <thead><tr><th scope="col">{say('dashboard.column.specialty')}</th><th scope="col" class="r">{say('train.column.episodes')}</th><th scope="col" class="r">{say('train.column.precisionBefore')}</th><th scope="col" class="r">{say('train.column.recallBefore')}</th><th scope="col" class="r">{say('train.column.precisionAfter')}</th><th scope="col" class="r">{say('train.column.recallAfter')}</th></tr></thead>
        <tbody>{report.specialties.map((one) => <tr key={one.specialty}><th scope="row">{one.specialty === '*' ? say('dashboard.allSpecialties') : nameOf(one.specialty)}</th><td class="r">{one.episodes}</td>{cells(one.before)}{cells(one.after)}</tr>)}</tbody>
      </Table>
      <Table caption={say('train.byCode')}>
        <thead><tr><th scope="col">{say('model.column.code')}</th><th scope="col" class="r">{say('train.column.episodes')}</th><th scope="col" class="r">{say('train.column.found')}</th><th scope="col" class="r">{say('train.column.false')}</th></tr></thead>
        <tbody>{(report.codes.length > listed ? [...report.codes.slice(0, listed - 10), ...report.codes.slice(-10)] : report.codes).map((one) => <tr key={one.name}><th scope="row">{partsOfCodeName(one.name).system} {writtenCode(partsOfCodeName(one.name).code)}</th><td class="r">{one.gold}</td><td class="r">{one.foundBefore} → {one.foundAfter}</td><td class="r">{one.falseBefore} → {one.falseAfter}</td></tr>)}</tbody>
      </Table>
      {report.codes.length > listed ? <p class="small">{say('train.codesListed', { count: listed, all: report.codes.length })}</p> : null}
      {summary.faults.length === 0 ? null : (
        <Table caption={say('train.faults', { bad: summary.bad, shown: Math.min(listed, summary.faults.length) })}>
          <thead><tr><th scope="col">{say(summary.format === 'fhir' ? 'train.column.entry' : 'train.column.line')}</th><th scope="col">{say('train.column.why')}</th></tr></thead>
          <tbody>{summary.faults.slice(0, listed).map(({ at, fault }, row) => <tr key={row}><th scope="row">{at}</th><td>{faultWords(fault, summary.format, words)}</td></tr>)}</tbody>
        </Table>
      )}
    </section>
  );
}

function Table({ caption, children }: { readonly caption: string; readonly children: JSX.Element | JSX.Element[] }): JSX.Element {
  return <><h3>{caption}</h3><div class="twin" role="region" aria-label={caption} tabIndex={0}><table><caption class="vh">{caption}</caption>{children}</table></div></>;
}

/** Why nothing of a file was learned, in a sentence. */
export function failureWords(failure: LabelledFileFailure, { say }: Words): string {
  switch (failure.kind) {
    case 'no-heading': return say('train.fail.no-heading', { heading: failure.heading });
    case 'open-quote': return say('train.fail.open-quote', { line: failure.line });
    case 'too-few': return say('train.fail.too-few', { usable: failure.usable, needed: failure.needed });
    case 'unreadable': case 'too-large': case 'not-labelled': case 'not-a-bundle': return say(`train.fail.${failure.kind}`);
  }
}

/** Why an episode was not taken, in a sentence that holds none of its words. */
export function faultWords(fault: LabelledFault, format: LabelledFormat, { say }: Words): string {
  switch (fault.kind) {
    case 'shape': return say('train.fault.shape', { field: fault.field });
    case 'code': return fault.code === null ? say('train.fault.no-code') : say('train.fault.code', { code: fault.code });
    case 'unknown-code': return say('train.fault.unknown-code', { code: fault.code });
    case 'other-edition': return say('train.fault.other-edition', { code: fault.code, edition: fault.edition, found: fault.found });
    case 'diagnosis-code': return say('train.fault.diagnosis-code', { code: fault.code });
    case 'span': return say('train.fault.span', { start: fault.start, end: fault.end, length: fault.length });
    case 'cells': return say('train.fault.cells', { found: fault.found, expected: fault.expected });
    case 'too-long': return say('train.fault.too-long', { length: fault.length });
    case 'same-id': return say(format === 'fhir' ? 'train.fault.same-entry' : 'train.fault.same-id', { at: fault.at });
    case 'not-json': case 'no-codes': case 'no-text': return say(`train.fault.${fault.kind}`);
  }
}
