import type { JSX } from 'preact';
import { pickedParts, type AdapterDefinition, type FieldSelector, type PickedPart, type PickedPlace } from '../../lib/model/adapter.js';
import type { RecordView, TabView } from '../../lib/model/review.js';
import { Glyph } from '../panel/shapes.jsx';
import type { Words } from '../words.js';
import { isEnough, neededParts, type Picked } from './draft.js';

export interface PickerProps {
  readonly words: Words;
  readonly name: string;
  readonly picked: Picked;
  /** What each part gave when it was chosen: shown so that a person sees what would be read. */
  readonly given: Readonly<Partial<Record<PickedPart, PickedPlace>>>;
  /** The part that is being pointed at, and what is under the pointer. */
  readonly pointing: PickedPart | null;
  readonly aim: PickedPlace | null;
  readonly view: TabView;
  readonly record: RecordView | null;
  /** How many patients the draft has read, each with every part. */
  readonly tested: number;
  readonly draft: AdapterDefinition;
  readonly saved: 'no' | 'yes' | 'failed';
  readonly onName: (name: string) => void;
  readonly onPoint: (part: PickedPart | null) => void;
  readonly onRemove: (part: PickedPart) => void;
  readonly onSave: () => void;
  readonly onExport: () => void;
  /** Where an identifier of a patient stands in the description, so that it was not saved as a file. */
  readonly stopped: string | null;
  readonly onClose: () => void;
}

const shownSelector = (fields: readonly FieldSelector[]): string => fields.map((field) => ('label' in field ? field.label.join(', ') : field.selector)).join(' | ');

/** Teaches Nodi a page by pointing: part by part, with what would be read, until it has read two patients rightly. */
export function Picker(props: PickerProps): JSX.Element {
  const { words, picked, given, pointing, aim, record, view, tested } = props;
  const { say } = words;
  const missing = view.kind === 'record' ? record?.missing ?? [] : view.kind === 'no-patient' ? view.missing : [];
  return (
    <main class="panel picker" lang={words.locale}>
      <div class="pad">
        <h1>{say('picker.title')}</h1>
        <p class="small">{say('picker.how')}</p>
        <label class="field">{say('picker.name')}<input type="text" value={props.name} maxLength={120} onInput={(event) => props.onName(event.currentTarget.value)} /></label>
        <ul class="parts">
          {pickedParts.map((part) => {
            const fields = picked[part] ?? [];
            const place = pointing === part ? aim : given[part];
            const needed = (neededParts as readonly PickedPart[]).includes(part);
            return (
              <li key={part} data-part={part}>
                <span class="sp"><b>{say(`part.${part}`)}</b>{needed ? <span class="small"> {say('picker.needed')}</span> : null}
                  {fields.length > 0 ? <span class="small block"><code>{shownSelector(fields)}</code></span> : null}
                  {place ? <span class="small block" data-given>{say('picker.places', { count: place.count })}: {place.words === '' ? say('picker.noWords') : place.words}</span> : null}
                  {place?.fault ? <span class="small block warn" role="status"><Glyph name="important" /> {say(`picker.fault.${place.fault}`)}</span> : null}
                </span>
                {pointing === part
                  ? <button type="button" class="btn" onClick={() => props.onPoint(null)}>{say('picker.stop')}<span class="vh"> {say(`part.${part}`)}</span></button>
                  : <button type="button" class="btn" onClick={() => props.onPoint(part)}>{say('picker.point')}<span class="vh"> {say(`part.${part}`)}</span></button>}
                {fields.length > 0 ? <button type="button" class="btn" onClick={() => props.onRemove(part)}>{say('options.remove')}<span class="vh"> {say(`part.${part}`)}</span></button> : null}
              </li>
            );
          })}
        </ul>
        <h2>{say('picker.read')}</h2>
        <div role="status">
          {!isEnough(picked) ? <p>{say('picker.notEnough')}</p>
            : record ? <p>{say('picker.reads', { count: record.documents.length, digits: record.subject.kind === 'known' ? record.subject.subject.lastDigits : '' })}</p>
              : <p>{say(view.kind === 'no-patient' ? 'state.unknown.title' : 'state.reading.title')}</p>}
          {missing.length > 0 && isEnough(picked) ? <p class="warn"><Glyph name="important" /> {say('adapter.missing', { parts: missing.map(({ part }) => say(`part.${part}`)).join(', ') })}</p> : null}
          <p>{say('picker.tested', { count: tested })}</p>
        </div>
        {props.stopped === null ? null : <p role="alert">{say('export.stopped', { where: props.stopped })}</p>}
        {props.saved === 'no' ? null : <p role="alert">{say(props.saved === 'yes' ? 'picker.saved' : 'options.notSaved')}</p>}
        <div class="acts">
          <button type="button" class="btn go" disabled={!isEnough(picked)} onClick={props.onSave}>{say('picker.save', { version: props.draft.version })}</button>
          <button type="button" class="btn" disabled={!isEnough(picked)} onClick={props.onExport}>{say('picker.export')}</button>
          <button type="button" class="btn" onClick={props.onClose}>{say('action.close')}</button>
        </div>
      </div>
    </main>
  );
}
