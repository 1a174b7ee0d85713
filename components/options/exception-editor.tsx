import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CodingDepth } from '../../lib/model/coded-episode.js';
import { exceptionFields, exceptionOperators, fieldKinds, operatorsOf, type DepthDecision, type ExceptionCriterion, type ExceptionList, type SampleEpisode } from '../../lib/model/exception.js';
import { checkExceptions, readValue, writeValue, type ExceptionFault } from '../../lib/model/exception-faults.js';
import { inLocale } from '../../lib/model/language.js';
import { groundWords } from '../panel/depth-badge.jsx';
import { textOfChosen } from '../chosen-file.js';
import { saveLooked } from '../save-file.js';
import { TypedText } from '../typed-text.jsx';
import type { Words } from '../words.js';

export interface ExceptionEditorProps {
  readonly depth: CodingDepth;
  /** The list in use. */
  readonly list: ExceptionList;
  readonly isShipped: boolean;
  readonly fixed: { readonly depth: boolean; readonly list: boolean };
  readonly samples: readonly SampleEpisode[];
  readonly onTry: (list: ExceptionList, sample: SampleEpisode) => DepthDecision;
  readonly onDepth: (depth: CodingDepth) => void;
  /** Null goes back to the list that ships. */
  readonly onSave: (list: ExceptionList | null) => void;
}

/** What is wrong with a list, with the number of the line. */
export function exceptionWords({ at, problem }: ExceptionFault, say: Words['say']): string {
  return at === null ? say(`exceptions.fault.${problem}`) : say('exceptions.faultAt', { place: at + 1, problem: say(`exceptions.fault.${problem}`) });
}

/** When full coding is required: whether the department codes primary-only, and its list of exceptions, a draft until it is saved, tried at once on sample episodes. */
export function ExceptionEditor({ words, depth, list, isShipped, fixed, samples, onTry, onDepth, onSave }: ExceptionEditorProps & { readonly words: Words }): JSX.Element {
  const { say, locale } = words;
  const [steps, setSteps] = useState<readonly ExceptionList[]>([]);
  const [importFault, setImportFault] = useState<readonly ExceptionFault[] | null>(null);
  const [stopped, setStopped] = useState<string | null>(null);
  const draft = steps.at(-1) ?? list;
  const checked = checkExceptions(draft);
  const faults = checked.ok ? [] : checked.failure.faults;
  const put = (next: ExceptionList): void => setSteps((before) => [...before, next]);
  const lines = (criteria: readonly ExceptionCriterion[]): void => put({ ...draft, criteria: criteria.map((one, at) => ({ ...one, order: (at + 1) * 10 })) });
  const change = (at: number, part: Partial<ExceptionCriterion>): void => put({ ...draft, criteria: draft.criteria.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  const move = (at: number, by: 1 | -1): void => {
    const [one, other] = [draft.criteria[at], draft.criteria[at + by]];
    if (one && other) lines(draft.criteria.map((each, index) => (index === at ? other : index === at + by ? one : each)));
  };
  const add = (): void => {
    const used = new Set(draft.criteria.map(({ id }) => id));
    let number = draft.criteria.length + 1;
    while (used.has(`rule-${number}`)) number += 1;
    lines([...draft.criteria, { id: `rule-${number}`, field: 'length-of-stay', operator: '>', value: 7, reason: { en: '', cy: '' }, order: 1, from: null, to: null, ask: true }]);
  };
  const faultWords = (fault: ExceptionFault): string => exceptionWords(fault, say);
  const read = (file: File): void => void textOfChosen(file, 'exceptions').then((text) => {
    if (text === null) { setImportFault([{ at: null, part: 'list', problem: 'too-many' }]); return; }
    const given = checkExceptions(JSON.parse(text));
    setImportFault(given.ok ? null : given.failure.faults);
    if (given.ok) put(given.value);
  }).catch(() => setImportFault([{ at: null, part: 'list', problem: 'not-a-list' }]));
  const cell = (at: number, label: string): { readonly 'aria-label': string } => ({ 'aria-label': say('exceptions.cell', { label, place: at + 1 }) });

  return (
    <div class="exceptions">
      <label class="choice"><input type="checkbox" checked={depth === 'primary'} disabled={fixed.depth} onChange={(event) => onDepth(event.currentTarget.checked ? 'primary' : 'full')} /> <span>{say('exceptions.primaryOnly')}</span></label>
      {draft.status === 'placeholder' ? <p class="problem">{say('depth.placeholder')}</p> : null}
      <div class="scrollx" role="region" tabIndex={0} aria-label={say('exceptions.title')}>
        <table class="criteria">
          <thead><tr>{(['order', 'field', 'operator', 'value', 'en', 'cy', 'from', 'to', 'ask'] as const).map((name) => <th key={name} scope="col">{say(`exceptions.column.${name}`)}</th>)}</tr></thead>
          <tbody>{draft.criteria.map((one, at) => (
            <tr key={one.id}>
              <th scope="row">{at + 1}{fixed.list ? null : <span class="acts">
                <button type="button" class="btn" disabled={at === 0} onClick={() => move(at, -1)} {...cell(at, say('exceptions.up'))}>↑</button>
                <button type="button" class="btn" disabled={at === draft.criteria.length - 1} onClick={() => move(at, 1)} {...cell(at, say('exceptions.down'))}>↓</button>
                <button type="button" class="btn" onClick={() => lines(draft.criteria.filter((each) => each !== one))} {...cell(at, say('options.remove'))}>×</button>
              </span>}</th>
              <td data-name={say('exceptions.column.field')}><select disabled={fixed.list} value={one.field} {...cell(at, say('exceptions.column.field'))} onChange={(event) => { const field = exceptionFields.find((each) => each === event.currentTarget.value) ?? one.field; change(at, { field, operator: operatorsOf[fieldKinds[field]][0], value: readValue(field, '') }); }}>{exceptionFields.map((field) => <option key={field} value={field}>{say(`depth.field.${field}`)}</option>)}</select></td>
              <td data-name={say('exceptions.column.operator')}><select disabled={fixed.list} value={one.operator} {...cell(at, say('exceptions.column.operator'))} onChange={(event) => change(at, { operator: exceptionOperators.find((each) => each === event.currentTarget.value) ?? one.operator })}>{operatorsOf[fieldKinds[one.field]].map((each) => <option key={each} value={each}>{each === 'in' ? say('exceptions.in') : each === 'starts-with' ? say('exceptions.startsWith') : each}</option>)}</select></td>
              <td data-name={say('exceptions.column.value')}>{fieldKinds[one.field] === 'yes-no'
                ? <select disabled={fixed.list} value={writeValue(one.value)} {...cell(at, say('exceptions.column.value'))} onChange={(event) => change(at, { value: event.currentTarget.value === 'yes' })}><option value="yes">{say('depth.yes')}</option><option value="no">{say('depth.no')}</option></select>
                : <TypedText type="text" disabled={fixed.list} value={writeValue(one.value)} aria-invalid={faults.some((fault) => fault.at === at && fault.part === 'value')} {...cell(at, say('exceptions.column.value'))} onDone={(text) => change(at, { value: readValue(one.field, text) })} />}</td>
              {(['en', 'cy'] as const).map((language) => <td key={language} data-name={say(`exceptions.column.${language}`)}><TypedText type="text" lang={language} disabled={fixed.list} value={one.reason[language]} {...cell(at, say(`exceptions.column.${language}`))} onDone={(text) => change(at, { reason: { ...one.reason, [language]: text } })} /></td>)}
              {(['from', 'to'] as const).map((end) => <td key={end} data-name={say(`exceptions.column.${end}`)}><TypedText type="date" disabled={fixed.list} value={one[end] ?? ''} {...cell(at, say(`exceptions.column.${end}`))} onDone={(text) => change(at, { [end]: text || null })} /></td>)}
              <td data-name={say('exceptions.column.ask')}><input type="checkbox" disabled={fixed.list} checked={one.ask} {...cell(at, say('exceptions.column.ask'))} onChange={(event) => change(at, { ask: event.currentTarget.checked })} /></td>
            </tr>
          ))}</tbody>
        </table>
      </div>
      <div role="status">{[...(importFault ?? []), ...faults].map((fault, index) => <p class="problem" key={index}>{faultWords(fault)}</p>)}{stopped === null ? null : <p class="problem">{say('export.stopped', { where: stopped })}</p>}{steps.length > 0 ? <p class="small">{say('exceptions.draft')}</p> : null}</div>
      <div class="acts">
        {fixed.list ? null : <>
          <button type="button" class="btn go" disabled={steps.length === 0 || faults.length > 0} onClick={() => { onSave(draft); setSteps([]); }}>{say('exceptions.save')}</button>
          <button type="button" class="btn" disabled={steps.length === 0} onClick={() => setSteps((before) => before.slice(0, -1))}>{say('exceptions.undo')}</button>
          <button type="button" class="btn" onClick={add}>{say('exceptions.add')}</button>
          {isShipped ? null : <button type="button" class="btn" onClick={() => { onSave(null); setSteps([]); }}>{say('exceptions.shipped')}</button>}
        </>}
        <button type="button" class="btn" onClick={() => setStopped(saveLooked(draft.criteria.map(({ id, reason }) => ({ id, reason })), JSON.stringify(draft, null, 2), 'exception-criteria.json'))}>{say('picker.export')}</button>
      </div>
      {fixed.list ? null : <>
        <label class="choice"><input type="checkbox" checked={draft.status === 'agreed'} onChange={(event) => put({ ...draft, status: event.currentTarget.checked ? 'agreed' : 'placeholder' })} /> <span>{say('exceptions.agreed')}</span></label>
        <label class="field">{say('exceptions.import')} <input type="file" accept="application/json,.json" onChange={(event) => { const file = event.currentTarget.files?.[0]; if (file) read(file); }} /></label>
      </>}
      <h3>{say('exceptions.tried')}</h3>
      {checked.ok ? <ul>{samples.map((sample) => { const decided = onTry(checked.value, sample); return <li key={sample.id}><span class="sp">{inLocale(sample.title, locale)}</span> <span><b>{say(`depth.${decided.depth}`)}</b> <span class="small">{groundWords({ ...decided, answered: [], status: draft.status }, words)}</span></span></li>; })}</ul> : null}
    </div>
  );
}
